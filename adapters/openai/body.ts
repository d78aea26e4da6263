/** An answer of more bytes than anybody could have meant. */
export class BodyTooLarge extends Error {
  constructor(mostBytes: number) {
    super(`more than ${mostBytes} bytes`);
    this.name = 'BodyTooLarge';
  }
}

/** An answer that began and did not end. */
export class BodyBrokenOff extends Error {
  constructor(cause: unknown) {
    super('the answer breaks off', { cause });
    this.name = 'BodyBrokenOff';
  }
}

/**
 * What the client puts on the wire that concerns others: who we are and what we want. It would add a description of this
 * machine, and whatever OPENAI_CUSTOM_HEADERS holds.
 */
const SENT_HEADERS: ReadonlySet<string> = new Set(['accept', 'api-key', 'authorization', 'content-type', 'user-agent']);

/**
 * The `fetch` that the client is given: it reads the whole answer, up to `mostBytes`, so that the client's time limit
 * holds for all of it. A redirect is not followed: it would hand questions and key to whoever is named.
 */
export function cappedFetch(mostBytes: number): typeof fetch {
  return async (address, init) => {
    const headers = [...new Headers(init?.headers)].filter(([name]) => SENT_HEADERS.has(name));
    const response = await fetch(address, { ...init, headers, redirect: 'manual' });
    const bytes = await readWhole(response, mostBytes);
    const { status, statusText } = response;
    return new Response(bytes.length === 0 ? null : bytes, { status, statusText, headers: headersOf(response) });
  };
}

async function readWhole({ body }: Response, mostBytes: number): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (body === null) return Buffer.alloc(0);
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      // an abort is the caller's, or the time limit's
      throw isAbort(error) ? error : new BodyBrokenOff(error);
    });
    if (done) return Buffer.concat(chunks);
    size += value.length;
    if (size > mostBytes) {
      await reader.cancel().catch(() => {});
      throw new BodyTooLarge(mostBytes);
    }
    chunks.push(value);
  }
}

function isAbort(error: unknown): boolean {
  const { name } = Object(error) as { name?: unknown };
  return name === 'AbortError' || name === 'TimeoutError';
}

/** Without those that told of the body as it was sent. */
function headersOf({ headers }: Response): Headers {
  const kept = new Headers(headers);
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) kept.delete(name);
  return kept;
}
