import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { bindLoopback, type Listening } from './loopback.ts';

/** Longest body that is read; Slack and Jira both refuse longer ones. A longer one is answered with 413. */
const maxBodyBytes = 4 * 1024 * 1024;

/** One request, read to its end. `path` has no query; `body` is the text as sent. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Where the server reads bytes in place of text, what was sent; `body` is empty then. */
  readonly bytes?: Buffer;
}

/** What is sent back. A string or a Buffer goes out as it is, anything else as JSON; null and undefined as nothing. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/**
 * A disturbance of the next `times` calls whose path contains `match` ('' is all; Infinity is until cleared).
 *
 * - `status`: answered with `status` (500 if not set), nothing is done;
 * - `rate-limit`: answered with 429 and Retry-After `retryAfterSeconds` (1 if not set), nothing is done;
 * - `slow`: done and answered, `delayMs` later (1000 if not set);
 * - `drop`: the connection is closed before anything is done;
 * - `drop-after`: done, then the connection is closed without an answer: the caller cannot know.
 */
export interface Fault {
  readonly match: string;
  /** A method and a whole path, such as `POST /rest/api/3/issue`: this request and no other. */
  readonly only?: string;
  readonly kind: 'status' | 'rate-limit' | 'slow' | 'drop' | 'drop-after';
  readonly status?: number;
  readonly retryAfterSeconds?: number;
  readonly delayMs?: number;
  readonly times: number;
}

/** The faults in force. The first that matches is used; several may wait behind each other. */
export interface Faults {
  set(fault: Fault): void;
  clear(): void;
  /** Takes one use of the first fault that matches, or null. */
  next(path: string, method?: string): Fault | null;
}

export interface ListenOptions {
  /** 0 is any free port. */
  readonly port: number;
  handle(call: Call): Promise<Answer>;
  readonly faults: Faults;
  /** The longest body, in bytes, of a request whose body is read as bytes; null: text up to the usual limit. */
  readsBytes?(method: string, path: string): number | null;
  /** Told of every call once it is over; `answer` is null when the connection was dropped without one. */
  onCall?(call: Call, answer: Answer | null): void;
  /** The body of an answer that a fault gives, in the words of the vendor that is played. */
  faultBody?(status: number): unknown;
  /** Takes over a request to switch protocols (WebSocket). Without it such requests are refused. */
  onUpgrade?(request: IncomingMessage, socket: Duplex): void;
}

/** An empty list of faults, to be filled while the server runs. */
export function createFaults(): Faults {
  let waiting: { fault: Fault; left: number }[] = [];
  return {
    set(fault) {
      waiting.push({ fault, left: fault.times });
    },
    clear() {
      waiting = [];
    },
    next(path, method = '') {
      const isMet = ({ match, only = `${method} ${path}` }: Fault) =>
        path.includes(match) && only === `${method} ${path}`;
      const found = waiting.find(({ fault, left }) => left > 0 && isMet(fault));
      if (found === undefined) return null;
      found.left -= 1;
      waiting = waiting.filter(({ left }) => left > 0);
      return found.fault;
    },
  };
}

/**
 * Starts a server on the loopback address only. A handler that throws gives 500 and a line on the console;
 * it never ends the process.
 *
 * @throws the system's error (EADDRINUSE) when the port is taken.
 */
export async function listen(options: ListenOptions): Promise<Listening> {
  const server = createServer((request, response) => {
    serve(options, request, response).catch((error: unknown) => {
      // the caller hung up while still sending: nobody is left to answer
      if (!request.complete) {
        response.destroy();
        return;
      }
      console.error(`sandbox: ${request.method ?? ''} ${pathOf(request)} failed`, error);
      if (response.headersSent) response.destroy();
      else send(response, { status: 500, body: { error: 'internal_error' } });
    });
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    if (options.onUpgrade === undefined) socket.destroy();
    else options.onUpgrade(request, socket);
  });
  return bindLoopback(server, options.port);
}

async function serve(options: ListenOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const method = request.method ?? 'GET';
  const url = new URL(request.url ?? '/', 'http://localhost');
  const bytesLimit = options.readsBytes?.(method, url.pathname) ?? null;
  const sent = await readBody(request, bytesLimit ?? maxBodyBytes);
  if (sent === null)
    return send(response, { status: 413, headers: { connection: 'close' }, body: { error: 'too_large' } });
  const call: Call = {
    method,
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    ...(bytesLimit === null ? { body: sent.toString('utf8') } : { body: '', bytes: sent }),
  };
  const answer = await answerWithFault(options, call);
  options.onCall?.(call, answer);
  if (answer === null) response.destroy();
  else send(response, answer);
}

/** Null: close the connection without an answer. */
async function answerWithFault(options: ListenOptions, call: Call): Promise<Answer | null> {
  const fault = options.faults.next(call.path, call.method);
  if (fault === null) return options.handle(call);
  switch (fault.kind) {
    case 'drop':
      return null;
    case 'drop-after':
      await options.handle(call);
      return null;
    case 'slow': {
      const answer = await options.handle(call);
      await delay(fault.delayMs ?? 1000, undefined, { ref: false });
      return answer;
    }
    case 'status':
    case 'rate-limit':
      return refusal(options, fault);
  }
}

function refusal(options: ListenOptions, fault: Fault): Answer {
  const limited = fault.kind === 'rate-limit';
  const status = limited ? 429 : (fault.status ?? 500);
  const body = options.faultBody?.(status) ?? { error: limited ? 'ratelimited' : 'fault' };
  return limited
    ? { status, headers: { 'retry-after': String(fault.retryAfterSeconds ?? 1) }, body }
    : { status, body };
}

/** Null when it is longer than the limit. */
async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    // read on without keeping it: a client that is still writing would see a broken pipe instead of the 413
    if (size <= limitBytes) parts.push(part);
  }
  return size <= limitBytes ? Buffer.concat(parts) : null;
}

function send(response: ServerResponse, answer: Answer): void {
  const { body } = answer;
  const raw = typeof body === 'string' || Buffer.isBuffer(body);
  const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/octet-stream';
  response.writeHead(answer.status, {
    'content-type': raw ? type : 'application/json; charset=utf-8',
    ...answer.headers,
  });
  if (body === null || body === undefined) response.end();
  else response.end(raw ? body : JSON.stringify(body));
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?')[0] ?? '';
}
