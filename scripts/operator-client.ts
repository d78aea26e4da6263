import { SetupError } from '#errors.ts';

/** The running program, asked over HTTP as its operator. */
export interface OperatorClient {
  /** @throws SetupError in one sentence when there is no answer, or a refusal. */
  get(path: string): Promise<unknown>;
  /** @throws SetupError as `get`. */
  post(path: string, body: object): Promise<unknown>;
}

/** Where the program listens: its settings HOST and PORT, as somebody on the same machine reaches it. */
export function programUrl({ host, port }: { readonly host: string; readonly port: number }): string {
  const reached = new Map([
    ['0.0.0.0', '127.0.0.1'],
    ['::', '::1'],
  ]);
  const name = reached.get(host) ?? host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/** @throws SetupError when there is no token to ask with. */
export function createOperatorClient({ url, token }: { url: string; token: string | null }): OperatorClient {
  if (token === null) {
    throw new SetupError(
      'OPERATOR_TOKEN is not set: put a secret of at least 16 characters in .env and restart the program.',
    );
  }
  const headers = { authorization: `Bearer ${token}` };

  async function ask(path: string, init: RequestInit): Promise<unknown> {
    const { status, body } = await exchange(url, path, { ...init, headers });
    if (status === 200 || status === 202) return body;
    throw new SetupError(problemOf(status, Object(body).error, url));
  }

  return {
    get: (path) => ask(path, { method: 'GET' }),
    post: (path, body) => ask(path, { method: 'POST', body: JSON.stringify(body) }),
  };
}

async function exchange(url: string, path: string, init: RequestInit): Promise<{ status: number; body: unknown }> {
  try {
    const response = await fetch(`${url}${path}`, { ...init, signal: AbortSignal.timeout(10_000) });
    return { status: response.status, body: await response.json() };
  } catch (cause) {
    throw new SetupError(`The program does not answer at ${url}. Is it running, with this HOST and PORT?`, { cause });
  }
}

function problemOf(status: number, error: unknown, url: string): string {
  if (status === 401) return `The program at ${url} was started with another OPERATOR_TOKEN.`;
  if (status === 404 && error === 'not found') return `The program at ${url} was started without OPERATOR_TOKEN.`;
  return typeof error === 'string' ? error : `The program at ${url} answered with status ${status}.`;
}
