import { SetupError } from '#errors.ts';
import type { ToldTrail } from './trail-words.ts';

/** Where the program listens: its settings HOST and PORT, as somebody on the same machine reaches it. */
export function programUrl({ host, port }: { readonly host: string; readonly port: number }): string {
  const reached = new Map([
    ['0.0.0.0', '127.0.0.1'],
    ['::', '::1'],
  ]);
  const name = reached.get(host) ?? host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/**
 * Asks the running program why it did what it did about a message.
 * @throws SetupError in one sentence when there is no answer.
 */
export async function askWhy(program: { url: string; token: string | null }, link: string): Promise<ToldTrail> {
  const { url, token } = program;
  if (token === null) {
    throw new SetupError(
      'OPERATOR_TOKEN is not set: put a secret of at least 16 characters in .env and restart the program.',
    );
  }
  const query = new URLSearchParams({ message: link }).toString();
  const { status, body } = await get(`${url}/operator/why?${query}`, token);
  if (status === 200) return body as ToldTrail;
  throw new SetupError(problemOf(status, Object(body).error, url));
}

async function get(address: string, token: string): Promise<{ status: number; body: unknown }> {
  try {
    const response = await fetch(address, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(10_000),
    });
    return { status: response.status, body: await response.json() };
  } catch (cause) {
    const { origin } = new URL(address);
    throw new SetupError(`The program does not answer at ${origin}. Is it running, with this HOST and PORT?`, {
      cause,
    });
  }
}

function problemOf(status: number, error: unknown, url: string): string {
  if (status === 401) return `The program at ${url} was started with another OPERATOR_TOKEN.`;
  if (status === 404 && error === 'not found') return `The program at ${url} was started without OPERATOR_TOKEN.`;
  return typeof error === 'string' ? error : `The program at ${url} answered with status ${status}.`;
}
