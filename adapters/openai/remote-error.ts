import { APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';
import { RemoteError, type RemoteErrorKind } from '#errors.ts';
import { BodyBrokenOff, BodyTooLarge } from './body.ts';

/** As failures name what failed: it need not be OpenAI. */
const SYSTEM = 'model server';

/** A server's refusal of what was sent, with what our own decisions need to know of it. */
export class Refusal extends RemoteError {
  /** Its code, such as `content_filter`; null when it has none. */
  readonly code: string | null;
  readonly status: number;
  /** The parameter that it names; where it names none, all that it says. Never to be logged: it can repeat what was sent. */
  readonly words: string;

  constructor(message: string, { code, status, words }: Pick<Refusal, 'code' | 'status' | 'words'>) {
    super(SYSTEM, 'rejected', { message });
    this.name = 'Refusal';
    this.code = code;
    this.status = status;
    this.words = words;
  }
}

/** Whoever has asked wants no answer any more, before a server has had the time to give one. */
class NotWaitedFor extends RemoteError {
  constructor(message: string) {
    super(SYSTEM, 'unavailable', { message });
    this.name = 'NotWaitedFor';
  }
}

/** A failure of our own making or finding, in words that are no one's text. */
export function failure(
  kind: RemoteErrorKind,
  message: string,
  detail: { retryAfterMs?: number | null; didNothing?: boolean; cause?: unknown } = {},
): RemoteError {
  return new RemoteError(SYSTEM, kind, { message, ...detail });
}

interface Circumstances {
  readonly path: string;
  readonly signal: AbortSignal;
  readonly now: Date;
  /** The request was under way for so long that a server which works would have answered. */
  readonly waitedLong: boolean;
}

/**
 * Translates what the SDK throws. The message holds path, status and code, never a text of the server, which can repeat
 * what it was sent. {@link BodyTooLarge} and {@link BodyBrokenOff} are handed back as they are.
 */
export function toRemoteError(error: unknown, { path, signal, now, waitedLong }: Circumstances): unknown {
  if (error instanceof RemoteError) return error;
  const found = ofBody(error);
  if (found !== null) return found;
  if (error instanceof APIError && typeof error.status === 'number')
    return ofStatus(error, error.status, { path, now });
  if (signal.aborted) return ofAbort(path, signal, waitedLong);
  if (error instanceof APIConnectionTimeoutError) return failure('unavailable', `${path}: no answer in time`);
  const cause = causeOf(error);
  return failure('unavailable', `${path}: cannot be reached`, { cause, didNothing: isNeverReached(cause) });
}

function ofAbort(path: string, { reason }: AbortSignal, waitedLong: boolean): RemoteError {
  const { name } = Object(reason) as { name?: unknown };
  const message = `${path}: ${name === 'TimeoutError' ? 'no answer in time' : 'not waited for'}`;
  return waitedLong ? failure('unavailable', message) : new NotWaitedFor(message);
}

/** Whether the failure says something of the server: who stops waiting after a moment says nothing of it. */
export function isOutage(error: unknown): boolean {
  return error instanceof RemoteError && error.kind === 'unavailable' && !(error instanceof NotWaitedFor);
}

/** The SDK wraps what its `fetch` throws. */
function ofBody(error: unknown): BodyTooLarge | BodyBrokenOff | null {
  const { cause } = Object(error) as { cause?: unknown };
  for (const one of [error, cause]) if (one instanceof BodyTooLarge || one instanceof BodyBrokenOff) return one;
  return null;
}

/** Of the connection only, such as ECONNREFUSED: the SDK's own errors repeat what a server says. */
function causeOf(error: unknown): unknown {
  if (error instanceof APIUserAbortError) return undefined;
  return error instanceof APIError ? error.cause : error;
}

const NEVER_REACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Nothing was sent. The SDK has the system's error some causes deep. */
function isNeverReached(error: unknown): boolean {
  const { code, cause } = Object(error) as { code?: unknown; cause?: unknown };
  return (typeof code === 'string' && NEVER_REACHED.has(code)) || (cause !== undefined && isNeverReached(cause));
}

function ofStatus(
  error: InstanceType<typeof APIError>,
  status: number,
  { path, now }: Pick<Circumstances, 'path' | 'now'>,
): RemoteError {
  const code = codeOf(error);
  const message = `${path}: answered ${status}${code === null ? '' : ` (${code})`}`;
  if (code === 'insufficient_quota') {
    // no wait mends it: https://developers.openai.com/api/docs/guides/error-codes
    return failure('unauthorized', `${message}: nothing is left of what was paid for`);
  }
  const [kind, words] = [kindOf(status), wordsOf(error)];
  if (kind === 'rejected' || isTooLarge(status, words)) return new Refusal(message, { code, status, words });
  // what gave up waiting for the model behind it says nothing of that
  const didNothing = ![408, 504, 524].includes(status);
  return failure(kind, message, { retryAfterMs: waitOf(error.headers, now), didNothing });
}

function codeOf({ code, type }: InstanceType<typeof APIError>): string | null {
  const named: unknown = code ?? type ?? null;
  return typeof named === 'string' && /^[\w.-]{1,80}$/.test(named) ? named : null;
}

function wordsOf({ message, param }: InstanceType<typeof APIError>): string {
  return (typeof param === 'string' && param !== '' ? param : message).slice(0, 4000).toLowerCase();
}

/** https://developers.openai.com/api/docs/guides/error-codes; 409: somebody else was changing it at the same moment */
function kindOf(status: number): RemoteErrorKind {
  if (status === 429) return 'rate-limited';
  // a model, or an address, that is not there: like a wrong key, nothing but a setting mends it
  if (status === 401 || status === 403 || status === 404) return 'unauthorized';
  return status === 408 || status === 409 || status >= 500 ? 'unavailable' : 'rejected';
}

/** llama.cpp calls a fault what no repeating mends: https://github.com/ggml-org/llama.cpp/pull/7389 */
function isTooLarge(status: number, words: string): boolean {
  return status === 500 && words.includes('too large to process');
}

/** OpenAI's own header in milliseconds, else seconds or a date. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function waitOf(headers: Headers | undefined, now: Date): number | null {
  const milliseconds = numberOf(headers?.get('retry-after-ms'));
  if (milliseconds !== null) return milliseconds;
  const written = headers?.get('retry-after') ?? '';
  const seconds = numberOf(written);
  if (seconds !== null) return Math.round(seconds * 1000);
  const date = Date.parse(written);
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime());
}

function numberOf(written: string | null | undefined): number | null {
  return /^\d{1,9}(\.\d+)?$/.test(written?.trim() ?? '') ? Number(written) : null;
}
