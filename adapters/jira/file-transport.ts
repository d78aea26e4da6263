import { randomUUID } from 'node:crypto';
import type { Clock } from '#ports.ts';
import type { FileStream } from '#ticket-ports.ts';
import { createForm, type Upload } from './file-form.ts';
import { createPatience } from './patience.ts';
import { authorizationOf, failureOf, JiraFailure, type TransportConfig } from './transport.ts';

/** Moves files, piece by piece. All throw {@link JiraFailure} and nothing else. */
export interface FileTransport {
  /** Sends the content as a form's `file`, and returns the JSON of the answer. */
  send(path: string, upload: Upload): Promise<unknown>;
  /** The content; null when it is gone. The caller reads it to its end, or cancels it. */
  open(path: string): Promise<FileStream | null>;
}

export function createFileTransport(config: TransportConfig, clock: Clock): FileTransport {
  const sending = { ...config, authorization: authorizationOf(config), clock };
  return {
    send: async (path, upload) => await send(sending, path, upload),
    open: async (path) => await open(sending, path),
  };
}

interface Sending extends TransportConfig {
  readonly authorization: string;
  readonly clock: Clock;
}

async function send(sending: Sending, path: string, upload: Upload): Promise<unknown> {
  const what = `POST ${path}`;
  // no time limit for the whole: a large file takes as long as it takes, but always something has to come through
  const patience = createPatience(sending.timeoutMs);
  const form = createForm(upload, { boundary: `firstline-${randomUUID()}`, patience });
  try {
    const { status, headers, text } = await post(`${sending.baseUrl}${path}`, {
      headers: { accept: 'application/json', authorization: sending.authorization, ...form.headers },
      body: form.stream,
      signal: patience.signal,
    });
    if (status < 200 || status > 299) throw failureOf(what, { status, headers, text }, sending.clock());
    return jsonOf(what, text);
  } catch (error) {
    throw form.fault() ?? asFailure(what, error);
  } finally {
    patience.end();
    await form.release();
  }
}

async function post(address: string, init: Pick<RequestInit, 'headers' | 'body' | 'signal'>) {
  // `duplex` is demanded with a stream, which is not read twice
  const whole: RequestInit & { duplex: 'half' } = { ...init, method: 'POST', redirect: 'manual', duplex: 'half' };
  const response = await fetch(address, whole);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

async function open(sending: Sending, path: string): Promise<FileStream | null> {
  const { baseUrl, authorization } = sending;
  const what = `GET ${path}`;
  const first = await get(sending, { what, address: new URL(`${baseUrl}${path}`), headers: { authorization } });
  if (!isRedirect(first)) return await contentOf(sending, { what, response: first, isElsewhere: false });
  await first.body?.cancel();
  const address = redirectOf(what, first, baseUrl);
  // the media service has its own key in the address: ours is for Jira only
  const isElsewhere = address.origin !== new URL(baseUrl).origin;
  const response = await get(sending, { what, address, headers: isElsewhere ? {} : { authorization } });
  return await contentOf(sending, { what, response, isElsewhere });
}

async function get(
  { timeoutMs }: Sending,
  { what, address, headers }: { what: string; address: URL; headers: Record<string, string> },
): Promise<Response> {
  const patience = createPatience(timeoutMs);
  try {
    return await fetch(address, { headers, redirect: 'manual', signal: patience.signal });
  } catch (error) {
    throw asFailure(what, error);
  } finally {
    // the content itself comes as fast as it is read
    patience.end();
  }
}

async function contentOf(
  { clock }: Sending,
  { what, response, isElsewhere }: { what: string; response: Response; isElsewhere: boolean },
): Promise<FileStream | null> {
  const { status, headers, body } = response;
  if (response.ok && body !== null) return fileOf(headers, body);
  await body?.cancel();
  if (status === 404 || status === 410) return null;
  const failure = failureOf(what, { status, headers, text: '' }, clock());
  // a key in an address that is not valid any more says nothing about our credentials
  if (!isElsewhere || failure.kind === 'rate-limited') throw failure;
  throw new JiraFailure('unavailable', { message: `${what}: the media service answered ${status}`, status });
}

function fileOf(headers: Headers, stream: ReadableStream<Uint8Array>): FileStream {
  // of packed content the length is another
  const length = headers.get('content-encoding') === null ? headers.get('content-length') : null;
  const bytes = length === null || !/^\d{1,15}$/.test(length) ? null : Number(length);
  return { stream, mimeType: headers.get('content-type'), bytes };
}

function isRedirect({ status }: Response): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function redirectOf(what: string, { headers, status }: Response, baseUrl: string): URL {
  const target = URL.parse(headers.get('location') ?? '', baseUrl);
  const isSafe = target?.protocol === 'https:' || (target?.protocol === 'http:' && baseUrl.startsWith('http:'));
  if (target !== null && isSafe) return target;
  throw new JiraFailure('rejected', { message: `${what}: led to no address of the web`, status });
}

function jsonOf(what: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new JiraFailure('unavailable', { message: `${what}: the answer is not JSON`, status: 200 });
  }
}

function asFailure(what: string, cause: unknown): JiraFailure {
  if (cause instanceof JiraFailure) return cause;
  const timedOut = (cause as { name?: unknown }).name === 'TimeoutError';
  const message = `${what}: ${timedOut ? 'no answer in time' : 'cannot be reached'}`;
  return new JiraFailure('unavailable', { message, status: null, cause });
}
