import http from 'node:http';
import https from 'node:https';
import { pipeline } from 'node:stream/promises';
import { RemoteError } from '#errors.ts';
import { kindOfStatus } from './remote-error.ts';

/*
 * Requests that are none to the Web API: to the addresses at which Slack gives and takes the content of files. No
 * message holds an address: what gives access may be in it.
 */

/**
 * An address that may be asked: https, or at the API's own origin.
 *
 * @throws RemoteError `rejected` for any other.
 */
export function fileAddress(address: string | undefined, { origin, base }: { origin: string; base?: string }): URL {
  const url = address === undefined ? null : URL.parse(address, base);
  if (url !== null && (url.protocol === 'https:' || url.origin === origin)) return url;
  throw new RemoteError('slack', 'rejected', { message: 'the address of a file is not one by https' });
}

/**
 * Asks for content; follows no redirect. `limitMs`: until the answer begins; what it holds may take longer.
 *
 * @throws RemoteError `unavailable` when there is no answer.
 */
export async function receive(url: URL, headers: Record<string, string>, limitMs: number): Promise<Response> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), limitMs);
  try {
    return await fetch(url, { headers, redirect: 'manual', signal: abort.signal });
  } catch (error) {
    throw noAnswer(error);
  } finally {
    clearTimeout(timer);
  }
}

/** What is sent, piece by piece, and how many bytes it is in all. */
export interface Sending {
  readonly body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  readonly bytes: number;
}

/**
 * Sends content of known length, as fast as it is taken. Not by `fetch`: that takes in a stream as fast as it comes, so
 * that a large file would be held in memory as a whole.
 *
 * @throws RemoteError what the status means when it is not 200; `unavailable` when there is no answer within `limitMs`,
 * and when the content is not as long as it was said to be, or breaks off.
 */
export async function send(url: URL, { body, bytes }: Sending, limitMs: number): Promise<void> {
  const headers = { 'content-type': 'application/octet-stream', 'content-length': bytes };
  const { request } = url.protocol === 'https:' ? https : http;
  const sent = request(url, { method: 'POST', headers, signal: AbortSignal.timeout(limitMs) });
  const answer = new Promise<http.IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve);
    // one may follow another
    sent.on('error', reject);
  });
  const sending = pipeline(exactly(body, bytes), sent).then(() => answer);
  const { statusCode = 0, headers: told } = await Promise.race([answer, sending]).catch((error: unknown) => {
    throw noAnswer(error);
  });
  // nothing of the answer is read, and after a refusal nothing more is sent
  sent.destroy();
  if (statusCode !== 200) throw refusal(statusCode, told['retry-after']);
}

async function* exactly(body: Sending['body'], bytes: number): AsyncGenerator<Uint8Array> {
  let left = bytes;
  for await (const piece of body) {
    left -= piece.length;
    if (left < 0) throw new Error('longer than it was said to be');
    yield piece;
  }
  if (left > 0) throw new Error('shorter than it was said to be');
}

/** For an answer that is not what was asked for. */
export function refusal(status: number, retryAfter: string | null | undefined): RemoteError {
  const seconds = Number(retryAfter ?? Number.NaN);
  return new RemoteError('slack', kindOfStatus(status), {
    message: `files: HTTP status ${status}`,
    retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : null,
  });
}

function noAnswer(error: unknown): RemoteError {
  return new RemoteError('slack', 'unavailable', { message: 'files: no answer', cause: error });
}

/** Frees the connection of an answer whose content is not read. */
export async function dismiss(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => {});
}
