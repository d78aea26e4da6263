import type { Client } from 'jira.js/core';
import type { z } from 'zod';
import { RemoteError, type RemoteErrorKind } from '#errors.ts';
import type { Clock } from '#ports.ts';
import { ErrorCollection } from './schema.ts';

export interface TransportConfig {
  /** The site's address without a slash at the end. */
  readonly baseUrl: string;
  readonly email: string;
  readonly apiToken: string;
  /** For the whole call, body included. */
  readonly timeoutMs: number;
}

/** Jira's failure with what our own decisions need to know of it. */
export class JiraFailure extends RemoteError {
  /** Null when no answer came. */
  readonly status: number | null;
  /** Names of the fields that Jira refused. */
  readonly fields: readonly string[];

  constructor(
    kind: RemoteErrorKind,
    detail: {
      message: string;
      status: number | null;
      fields?: readonly string[];
      retryAfterMs?: number | null;
      cause?: unknown;
    },
  ) {
    super('Jira', kind, detail);
    this.name = 'JiraFailure';
    this.status = detail.status;
    this.fields = detail.fields ?? [];
  }
}

/** Whether Jira surely did nothing of what it was asked: another way can be tried without doing it twice. */
export function isRefused(error: unknown): error is JiraFailure {
  return error instanceof JiraFailure && (error.kind === 'rejected' || error.status === 403);
}

/**
 * The same failure as one that no repetition mends. Jira answers 403 where a permission is missing for this one thing:
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/#status-codes
 */
export function asRefusal(error: unknown): unknown {
  if (!(error instanceof JiraFailure) || error.status !== 403) return error;
  return new JiraFailure('rejected', { message: error.message, status: 403, fields: error.fields, cause: error });
}

/**
 * Moves jira.js's calls. Every call is made once and ends within `timeoutMs`: jira.js's own transport has no
 * timeout, and its retries repeat a POST, which makes two tickets.
 *
 * `sendRequest` throws {@link JiraFailure} and nothing else. Answers are not validated here: see {@link readAs}.
 */
export function createTransport(config: TransportConfig, clock: Clock): Client {
  const authorization = authorizationOf(config);

  return {
    async sendRequest<T>(call: Parameters<Client['sendRequest']>[0]): Promise<T> {
      const method = call.method ?? 'GET';
      const what = `${method} ${call.url}`;
      const { status, headers, text } = await exchange(what, addressOf(config.baseUrl, call.url, call.searchParams), {
        method,
        headers: { accept: 'application/json', authorization, ...jsonType(call.body), ...call.headers },
        body: call.body === undefined ? null : JSON.stringify(call.body),
        // a redirect turns a POST into a GET, and would hand the credentials to whoever is named
        redirect: 'manual',
        signal: AbortSignal.timeout(config.timeoutMs),
      });
      if (status < 200 || status > 299) throw failureOf(what, { status, headers, text }, clock());
      // who changes something is not always told anything
      return (text === '' && method !== 'GET' ? undefined : parseJson(what, status, text)) as T;
    },
  };
}

export function authorizationOf({ email, apiToken }: Pick<TransportConfig, 'email' | 'apiToken'>): string {
  return `Basic ${Buffer.from(`${email}:${apiToken}`).toString('base64')}`;
}

/** What Jira answered, as the shape we rely on. @throws JiraFailure `unavailable` when it has another: a proxy's page, say. */
export function readAs<S extends z.ZodType>(schema: S, answer: unknown, what: string): z.output<S> {
  const read = schema.safeParse(answer);
  if (read.success) return read.data;
  throw new JiraFailure('unavailable', { message: `${what}: answer of an unknown shape`, status: 200 });
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

async function exchange(what: string, address: URL, init: RequestInit): Promise<Answer> {
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
    if (value !== undefined) address.searchParams.append(name, textOf(value));
  }
  return address;
}

/** As jira.js passes them: strings, numbers, booleans and lists of those, which Jira takes separated by commas. */
function textOf(value: unknown): string {
  return typeof value === 'string' || Array.isArray(value) ? value.toString() : JSON.stringify(value);
}

function jsonType(body: unknown): Record<string, string> {
  return body === undefined ? {} : { 'content-type': 'application/json' };
}

function parseJson(what: string, status: number, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // the parser's own error quotes the text
    const { name } = cause as Error;
    throw new JiraFailure('unavailable', { message: `${what}: the answer is not JSON (${name})`, status });
  }
}

/** What an answer that is no success means. */
export function failureOf(what: string, { status, headers, text }: Answer, now: Date): JiraFailure {
  if (status === 401) {
    const message = 'does not accept the credentials: check JIRA_EMAIL and JIRA_API_TOKEN';
    return new JiraFailure('unauthorized', { message, status });
  }
  const fields = refusedFields(text);
  const about = fields.length === 0 ? '' : `, because of ${fields.join(', ')}`;
  return new JiraFailure(kindOf(status), {
    message: `${what}: answered ${status}${about}`,
    status,
    fields,
    retryAfterMs: waitOf(headers.get('retry-after'), now),
  });
}

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/#status-codes */
function kindOf(status: number): RemoteErrorKind {
  if (status === 429) return 'rate-limited';
  if (status === 401 || status === 403) return 'unauthorized';
  // 409: somebody else was changing it at the same moment
  if (status === 408 || status === 409 || status >= 500) return 'unavailable';
  return 'rejected';
}

/** Names only: what Jira writes beside them can repeat the employee's words. */
function refusedFields(text: string): readonly string[] {
  try {
    const read = ErrorCollection.safeParse(JSON.parse(text));
    return read.success ? Object.keys(read.data.errors) : [];
  } catch {
    return [];
  }
}

/** Seconds or a date. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function waitOf(retryAfter: string | null, now: Date): number | null {
  if (retryAfter === null || retryAfter.trim() === '') return null;
  const seconds = Number(retryAfter);
  const waitMs = Number.isNaN(seconds) ? Date.parse(retryAfter) - now.getTime() : seconds * 1000;
  return Number.isNaN(waitMs) ? null : Math.max(0, Math.round(waitMs));
}
