import type { IncomingMessage } from 'node:http';

/** Longest body the page sends: an article of 200 kB fits, with every line break and quotation mark escaped. */
const maxBodyBytes = 512 * 1024;

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
 * loopback server through its own name (DNS rebinding), and a POST of any other type than JSON, or bytes for a file,
 * is what a foreign page can send without asking the browser first.
 *
 * @throws Refusal 403 for a Host or an Origin that is not loopback, 415 for a POST of another content type.
 */
export function checkOrigin(request: IncomingMessage): void {
  const { host, origin } = request.headers;
  if (host === undefined || !isLoopback(`http://${host}`)) {
    throw new Refusal(403, 'This page answers only to its address on this computer.');
  }
  if (origin !== undefined && !isLoopback(origin)) throw new Refusal(403, 'Requests from other sites are refused.');
  if (request.method === 'POST') checkType(request);
}

function checkType(request: IncomingMessage): void {
  const isFile = /^\/api\/(board\/)?files\?/.test(request.url ?? '');
  const wanted = isFile ? 'application/octet-stream' : 'application/json';
  const [type = ''] = (request.headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== wanted) throw new Refusal(415, `Send the request as ${wanted}.`);
}

/**
 * Reads and parses a JSON body.
 *
 * @throws Refusal 413 over 512 kB, 400 when it is not JSON.
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const bytes = await readBytes(request, maxBodyBytes, 'That is too long to send. Please shorten it.');
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    throw new Refusal(400, 'The request is not valid JSON.');
  }
}

/**
 * Reads a body to its end.
 *
 * @throws Refusal 413 with this sentence when it has more than `maxBytes`.
 */
export async function readBytes(request: IncomingMessage, maxBytes: number, sentence: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    // the rest is read and thrown away: a client that is still writing would see a broken pipe instead of the answer
    if (size <= maxBytes) parts.push(part);
  }
  if (size > maxBytes) throw new Refusal(413, sentence);
  return Buffer.concat(parts);
}

function isLoopback(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { hostname } = new URL(address);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
