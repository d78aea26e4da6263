import type { Client } from 'jira.js/core';
import type { z } from 'zod';
import { RemoteError, type RemoteErrorKind } from '#errors.ts';
import type { Clock } from '#ports.ts';

export interface TransportConfig {
  /** The site's address without a slash at the end. */
  readonly baseUrl: string;
  readonly email: string;
  readonly apiToken: string;
  /** For the whole call, body included. */
  readonly timeoutMs: number;
}

/** Jira's failure with the status that our own decisions need; null when no answer came. */
export class JiraFailure extends RemoteError {
  readonly status: number | null;

  constructor(
    kind: RemoteErrorKind,
    detail: { message: string; status: number | null; retryAfterMs?: number | null; cause?: unknown },
  ) {
    super('Jira', kind, detail);
    this.name = 'JiraFailure';
    this.status = detail.status;
  }
}

/**
 * Moves jira.js's calls. Every call is made once and ends within `timeoutMs`: jira.js's own transport has no timeout, and
 * only `knowledge-sync/pace.ts` repeats.
 *
 * `sendRequest` throws {@link JiraFailure} and nothing else. Answers are not validated here: see {@link readAs}.
 */
export function createTransport(config: TransportConfig, clock: Clock): Client {
  const authorization = `Basic ${Buffer.from(`${config.email}:${config.apiToken}`).toString('base64')}`;

  return {
    async sendRequest<T>(call: Parameters<Client['sendRequest']>[0]): Promise<T> {
      const method = call.method ?? 'GET';
      const what = `${method} ${call.url}`;
      const { status, headers, text } = await exchange(what, addressOf(config.baseUrl, call.url, call.searchParams), {
        method,
        headers: {
          accept: 'application/json',
          authorization,
          ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        body: call.body === undefined ? null : JSON.stringify(call.body),
        // a redirect would hand the credentials to whoever is named
        redirect: 'manual',
        signal: AbortSignal.timeout(config.timeoutMs),
      });
      if (status < 200 || status > 299) throw failureOf(what, { status, headers }, clock());
      return parseJson(what, text) as T;
    },
  };
}

/** What Jira answered, as the shape we rely on. @throws JiraFailure `unavailable` when it has another: a proxy's page, say. */
export function readAs<S extends z.ZodType>(schema: S, answer: unknown, what: string): z.output<S> {
  const read = schema.safeParse(answer);
  if (read.success) return read.data;
  throw new JiraFailure('unavailable', { message: `${what}: answer of an unknown shape`, status: 200 });
}

async function exchange(what: string, address: URL, init: RequestInit) {
  try {
    const response = await fetch(address, init);
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (cause) {
    const timedOut = (cause as { name?: unknown }).name === 'TimeoutError';
    throw new JiraFailure('unavailable', {
      message: `${what}: ${timedOut ? 'no answer in time' : 'cannot be reached'}`,
      status: null,
      cause,
    });
  }
}

function addressOf(baseUrl: string, path: string, searchParams: Readonly<Record<string, unknown>> = {}): URL {
  const address = new URL(`${baseUrl}${path}`);
  for (const [name, value] of Object.entries(searchParams)) {
    if (value === undefined) continue;
    // lists are taken separated by commas
    const text = typeof value === 'string' || Array.isArray(value) ? value.toString() : JSON.stringify(value);
    address.searchParams.append(name, text);
  }
  return address;
}

function parseJson(what: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // the parser's own error quotes the text
    const { name } = cause as Error;
    throw new JiraFailure('unavailable', { message: `${what}: the answer is not JSON (${name})`, status: 200 });
  }
}

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/#status-codes */
function failureOf(what: string, { status, headers }: { status: number; headers: Headers }, now: Date): JiraFailure {
  const retryAfterMs = waitOf(headers.get('retry-after'), now);
  if (status === 401) {
    const message = 'does not accept the credentials: check JIRA_EMAIL and JIRA_API_TOKEN';
    return new JiraFailure('unauthorized', { message, status });
  }
  return new JiraFailure(kindOf(status), { message: `${what}: answered ${status}`, status, retryAfterMs });
}

function kindOf(status: number): RemoteErrorKind {
  if (status === 429) return 'rate-limited';
  if (status === 403) return 'unauthorized';
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
