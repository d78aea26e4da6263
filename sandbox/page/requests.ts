import type { IncomingMessage } from 'node:http';

/** Longest body the page sends: a message of 16 000 characters in any script fits. */
const maxBodyBytes = 64 * 1024;

/** A request that is refused; the message is a sentence for the person at the page. */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, sentence: string) {
    super(sentence);
    this.status = status;
  }
}

/**
 * Refuses a request that does not come from a page of this machine: a foreign Host is how another site reaches a
 * loopback server through its own name (DNS rebinding), and a POST that is not JSON is what a foreign page can send
 * without asking the browser first.
 *
 * @throws Refusal 403 for a Host or an Origin that is not loopback, 415 for a POST of another content type.
 */
export function checkOrigin(request: IncomingMessage): void {
  const { host, origin } = request.headers;
  if (host === undefined || !isLoopback(`http://${host}`)) {
    throw new Refusal(403, 'This page answers only to its address on this computer.');
  }
  if (origin !== undefined && !isLoopback(origin)) throw new Refusal(403, 'Requests from other sites are refused.');
  const type = request.headers['content-type'] ?? '';
  if (request.method === 'POST' && !/^application\/json\s*(;|$)/i.test(type)) {
    throw new Refusal(415, 'Send the request as application/json.');
  }
}

/**
 * Reads and parses a JSON body.
 *
 * @throws Refusal 413 over 64 kB, 400 when it is not JSON.
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    // the rest is read and thrown away: a client that is still writing would see a broken pipe instead of the answer
    if (size <= maxBodyBytes) parts.push(part);
  }
  if (size > maxBodyBytes) throw new Refusal(413, 'That is too long to send. Please shorten it.');
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown;
  } catch {
    throw new Refusal(400, 'The request is not valid JSON.');
  }
}

function isLoopback(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { hostname } = new URL(address);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
