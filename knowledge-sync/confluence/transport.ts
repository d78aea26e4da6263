import { RemoteError, type RemoteErrorKind } from '#errors.ts';
import type { Clock } from '#ports.ts';

export interface TransportConfig {
  /** With `/wiki` in Cloud; without a slash at the end. */
  readonly baseUrl: string;
  readonly email: string;
  readonly apiToken: string;
}

/** Confluence's failure. `status` is null when no answer of Confluence's came: nothing, or what is no JSON. */
export class ConfluenceFailure extends RemoteError {
  readonly status: number | null;

  constructor(
    kind: RemoteErrorKind,
    detail: { message: string; status: number | null; retryAfterMs?: number | null; cause?: unknown },
  ) {
    super('Confluence', kind, detail);
    this.name = 'ConfluenceFailure';
    this.status = detail.status;
  }
}

/** Asks once. `path` is below the base address and has its query. @throws ConfluenceFailure and nothing else. */
export type Ask = (path: string, body?: unknown) => Promise<unknown>;

/** For the whole call, body included. */
const timeoutMs = 20_000;
/** A page of 5 MB as JSON, with room. What is larger is not read into memory. */
const maxBytes = 50_000_000;

/**
 * Asks with the e-mail address and the API token of an account:
 * https://developer.atlassian.com/cloud/confluence/basic-auth-for-rest-apis/
 *
 * Data Center takes a personal access token as `Bearer` instead, and has no version 2 of the API: there, listings,
 * bodies and ancestors would come from `/rest/api/content` with `expand`, space permissions from
 * `/rest/api/space/{key}/permissions`, and people would have user keys and no addresses of their own.
 */
export function createTransport(config: TransportConfig, clock: Clock): Ask {
  const authorization = `Basic ${Buffer.from(`${config.email}:${config.apiToken}`).toString('base64')}`;

  return async function ask(path, body) {
    const what = `${body === undefined ? 'GET' : 'POST'} ${path.split('?')[0] ?? ''}`;
    const { status, headers, text } = await exchange(what, `${config.baseUrl}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        accept: 'application/json',
        authorization,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      // a redirect would hand the credentials to whoever is named
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (status < 200 || status > 299) throw failureOf(what, { status, headers }, clock());
    return parseJson(what, text);
  };
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

async function exchange(what: string, address: string, init: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(address, init);
    if (Number(response.headers.get('content-length') ?? 0) > maxBytes) {
      await response.body?.cancel();
      return { status: 413, headers: new Headers(), text: '' };
    }
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (cause) {
    const timedOut = (cause as { name?: unknown }).name === 'TimeoutError';
    throw new ConfluenceFailure('unavailable', {
      message: `${what}: ${timedOut ? 'no answer in time' : 'cannot be reached'}`,
      status: null,
      cause,
    });
  }
}

function parseJson(what: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // the parser's own error quotes the text
    const { name } = cause as Error;
    throw new ConfluenceFailure('unavailable', { message: `${what}: the answer is not JSON (${name})`, status: null });
  }
}

function failureOf(what: string, { status, headers }: Omit<Answer, 'text'>, now: Date): ConfluenceFailure {
  const hint = status === 401 ? '; check CONFLUENCE_EMAIL and CONFLUENCE_API_TOKEN: the token may be revoked' : '';
  return new ConfluenceFailure(kindOf(status), {
    message: `${what}: answered ${status}${hint}`,
    status,
    retryAfterMs: waitOf(headers.get('retry-after'), now),
  });
}

/** https://developer.atlassian.com/cloud/confluence/rate-limiting/ */
function kindOf(status: number): RemoteErrorKind {
  if (status === 429) return 'rate-limited';
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 408 || status >= 500) return 'unavailable';
  return 'rejected';
}

/** Seconds or a date. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function waitOf(retryAfter: string | null, now: Date): number | null {
  if (retryAfter === null || retryAfter.trim() === '') return null;
  const seconds = Number(retryAfter);
  const waitMs = Number.isNaN(seconds) ? Date.parse(retryAfter) - now.getTime() : seconds * 1000;
  return Number.isNaN(waitMs) ? null : Math.max(0, Math.round(waitMs));
}
