import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request of the vendor's, as it came. */
export interface Knock {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** What it was answered with; null while it is not, or when the connection was closed. */
  readonly status: number | null;
}

/** Stands between the vendor and the platform's webhook, so that what came can be looked at, and come again. */
export interface Door {
  readonly url: string;
  readonly knocks: readonly Knock[];
  /** The last whose body has these words, as they are sent. @throws Error when there is none. */
  knockWith(words: string): Knock;
  /** The same request once more; its status. */
  readonly replay: (knock: Omit<Knock, 'status'>) => Promise<number>;
  close(): Promise<void>;
}

/** @param handle the webhook, on a real server behind the door. */
export async function openDoor(handle: http.RequestListener): Promise<Door> {
  const inner = http.createServer(handle);
  const innerUrl = await listening(inner);
  const knocks: Knock[] = [];

  async function forward(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const knock = { ...(await read(request)), status: null };
    const place = knocks.push(knock) - 1;
    const answer = await send(innerUrl, knock);
    knocks[place] = { ...knock, status: answer.status };
    response.writeHead(answer.status, headersOf(answer.headers)).end(Buffer.from(await answer.arrayBuffer()));
  }

  const outer = http.createServer((request, response) => {
    forward(request, response).catch(() => response.destroy());
  });
  return {
    url: await listening(outer),
    knocks,
    knockWith(words) {
      const found = knocks.findLast(({ body }) => body.includes(words));
      if (found === undefined) throw new Error(`nothing came with ${words}`);
      return found;
    },
    replay: async (knock) => (await send(innerUrl, knock)).status,
    async close() {
      await Promise.all([closed(outer), closed(inner)]);
    },
  };
}

async function listening(server: http.Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function closed(server: http.Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

async function read(request: http.IncomingMessage): Promise<Omit<Knock, 'status'>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = 'POST', url: path = '/', headers } = request;
  const kept = Object.entries(headers).filter(
    (entry): entry is [string, string] => !hopByHop.includes(entry[0]) && typeof entry[1] === 'string',
  );
  return { method, path, headers: Object.fromEntries(kept), body: Buffer.concat(chunks).toString() };
}

function send(url: string, { method, path, headers, body }: Omit<Knock, 'status'>): Promise<Response> {
  const content = method === 'GET' ? {} : { body };
  return fetch(`${url}${path}`, { method, headers, ...content });
}

function headersOf(headers: Headers): Record<string, string> {
  return Object.fromEntries(Array.from(headers).filter(([name]) => !hopByHop.includes(name)));
}

const hopByHop = [
  'connection',
  'content-length',
  'host',
  'keep-alive',
  'transfer-encoding',
  'expect',
  'accept-encoding',
];
