import { z } from 'zod';
import { RemoteError, type RemoteErrorKind } from '#errors.ts';

/** A refusal of the connector's, or of another service of Microsoft's, as far as it says why. */
export interface Refusal {
  readonly status: number;
  /** Its own codes, the outer one first: `BotNotInConversationRoster`. */
  readonly codes: readonly string[];
  readonly retryAfterMs: number | null;
}

/**
 * With these the chat is closed to us until something happens there: we are installed again, and then all that waits
 * goes out. https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
 */
const parked = ['BotNotInConversationRoster'];

/**
 * Translates what the SDK's client throws. The message holds the verb, the status and Teams' own code, never a text.
 *
 * @param error of any shape; what is no answer of the connector's is a failed connection.
 */
export function toRemoteError(verb: string, error: unknown): RemoteError {
  if (error instanceof RemoteError) return error;
  const refusal = refusalOf(error);
  if (refusal !== null) return toFailure(verb, refusal);
  return new RemoteError('teams', 'unavailable', { message: `${verb}: no answer`, cause: error });
}

/** The failure that a refusal is. https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/rate-limit */
export function toFailure(verb: string, refusal: Refusal): RemoteError {
  const code = refusal.codes[0];
  return new RemoteError('teams', kindOf(refusal), {
    message: `${verb}: HTTP status ${refusal.status}${code === undefined ? '' : ` (${code})`}`,
    retryAfterMs: refusal.retryAfterMs,
  });
}

function kindOf({ status, codes }: Refusal): RemoteErrorKind {
  if (status === 429) return 'rate-limited';
  if (status === 401) return 'unauthorized';
  if (status === 403 && codes.some((code) => parked.includes(code))) return 'unavailable';
  // 412: another operation on the conversation was faster
  return status >= 500 || status === 412 || status === 408 ? 'unavailable' : 'rejected';
}

const Headers = z.custom<{ get(name: string): unknown }>((headers) => typeof Object(headers).get === 'function');

/** An error of the SDK's client with an answer in it. */
const Answered = z.object({
  statusCode: z.number().int(),
  response: z.object({ bodyAsText: z.string().nullish(), headers: Headers }).nullish().catch(null),
});

/** Null: there was no answer. */
export function refusalOf(error: unknown): Refusal | null {
  const answered = Answered.safeParse(error);
  if (!answered.success) return null;
  const { statusCode: status, response } = answered.data;
  return {
    status,
    codes: codesIn(response?.bodyAsText ?? ''),
    retryAfterMs: waitOf(response?.headers.get('retry-after')),
  };
}

const Code = z
  .string()
  .regex(/^[A-Za-z][\w.]{0,80}$/)
  .nullish()
  .catch(null);
const Failed = z.object({ error: z.object({ code: Code, subCode: Code }) });

/** `{ error: { code, subCode } }`; none when the body is another, a proxy's page for instance. */
export function codesIn(body: string): readonly string[] {
  const read = Failed.safeParse(parsed(body));
  if (!read.success) return [];
  const { code, subCode } = read.data.error;
  return [code, subCode].filter((each) => each != null);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** Of a `Retry-After` in seconds; null when there is none, or another. */
export function waitOf(header: unknown): number | null {
  const seconds = typeof header === 'string' && header.trim() !== '' ? Number(header) : Number.NaN;
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds * 1000) : null;
}
