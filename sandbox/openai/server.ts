import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { bindLoopback, type Listening } from '../loopback.ts';
import type { Outgoing } from './api-error.ts';

/** As OpenAI has it, pictures included. A longer request is refused with 413. */
const maxBodyBytes = 50 * 1024 * 1024;

/** One request, read to its end. */
export interface Incoming {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What becomes of a request: an answer, after a while; no answer until the caller hangs up; or a dropped connection. */
export type Outcome = { readonly answer: Outgoing; readonly delayMs?: number } | 'never' | 'drop';

export interface Served {
  readonly outcome: Outcome;
  /** Told once it is over; false: the caller did not get all of it. */
  readonly onOver: (isWhole: boolean) => void;
}

/**
 * Starts a server on the loopback address only, which can write in pieces and break off in the middle.
 *
 * @throws the system's error (EADDRINUSE) when the port is taken.
 */
export async function listen(port: number, serve: (incoming: Incoming) => Served): Promise<Listening> {
  const server = createServer((request, response) => {
    answer(request, response, serve).catch((error: unknown) => {
      // the caller hung up while still sending: nobody is left to answer
      if (request.complete) console.error(`sandbox: ${request.method ?? ''} to the model server failed`, error);
      response.destroy();
    });
  });
  return bindLoopback(server, port);
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  serve: (incoming: Incoming) => Served,
): Promise<void> {
  const body = await readBody(request);
  if (body === null) {
    response.writeHead(413, { connection: 'close' }).end();
    return;
  }
  const url = new URL(request.url ?? '/', 'http://localhost');
  const { method = 'GET', headers } = request;
  const { outcome, onOver } = serve({ method, path: url.pathname, query: url.searchParams, headers, body });
  const isWhole = await write(response, outcome);
  onOver(isWhole);
}

/** Whether the caller got all of it. */
async function write(response: ServerResponse, outcome: Outcome): Promise<boolean> {
  const gone = new Promise<void>((resolve) => response.once('close', resolve));
  if (outcome === 'drop') {
    response.destroy();
    return false;
  }
  if (outcome === 'never') {
    await gone;
    return false;
  }
  const { answer: outgoing, delayMs = 0 } = outcome;
  if (delayMs > 0) await Promise.race([gone, delay(delayMs, undefined, { ref: false })]);
  if (!response.destroyed) await writeParts(response, outgoing, gone);
  if (outgoing.isCut === true) response.destroy();
  else if (!response.destroyed) response.end();
  await gone;
  return response.writableFinished;
}

async function writeParts(response: ServerResponse, outgoing: Outgoing, gone: Promise<void>): Promise<void> {
  const { status, headers, parts, pauseMs = 0 } = outgoing;
  response.writeHead(status, headers);
  for (const [index, part] of parts.entries()) {
    if (index > 0 && pauseMs > 0) await Promise.race([gone, delay(pauseMs, undefined, { ref: false })]);
    if (response.destroyed) return;
    await new Promise<void>((resolve) => response.write(part, () => resolve()));
  }
}

/** Null when it is longer than the limit. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    // read on without keeping it: a client that is still writing would see a broken pipe instead of the 413
    if (size <= maxBodyBytes) parts.push(part);
  }
  return size <= maxBodyBytes ? Buffer.concat(parts).toString('utf8') : null;
}
