import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Duplex } from 'node:stream';

/** A request that a vendor made to the program, held back until somebody brings it. */
export interface Letter {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Takes in what Slack and Jira send, and says at once that it has arrived. What becomes of it is up to who holds it. */
export interface Office {
  readonly url: string;
  /** All that arrives from now on goes to this one. */
  open(take: (letter: Letter) => void): void;
  close(): Promise<void>;
}

export async function openOffice(): Promise<Office> {
  let take: (letter: Letter) => void = () => {};
  const server = http.createServer((request, response) => {
    readText(request).then(
      (body) => {
        const names = ['content-type', 'x-slack-signature', 'x-slack-request-timestamp', 'x-hub-signature'];
        const kept = [...names, 'x-atlassian-webhook-identifier'].flatMap((name) => {
          const value = request.headers[name];
          return typeof value === 'string' ? [[name, value]] : [];
        });
        take({ path: request.url ?? '', headers: Object.fromEntries(kept), body });
        response.end();
      },
      () => response.destroy(),
    );
  });
  const url = await listening(server);
  return {
    url,
    open: (taker) => void (take = taker),
    close: () => closed(server),
  };
}

/** Brings letters to whichever handlers are set now, without the way over the network. */
export interface Door {
  /** @returns the status that was answered. */
  bring(letter: Letter): Promise<number>;
  lead(to: readonly { readonly path: string; readonly handle: http.RequestListener }[]): void;
}

export function createDoor(): Door {
  let handlers: Parameters<Door['lead']>[0] = [];
  return {
    lead: (to) => void (handlers = to),
    async bring({ path, headers, body }) {
      const handler = handlers.find((one) => one.path === path);
      if (handler === undefined) return 404;
      const socket = new Duplex({ read() {}, write: (_, __, done) => done() });
      const request = new http.IncomingMessage(socket as Socket);
      Object.assign(request, { method: 'POST', url: path, headers: { ...headers }, complete: true });
      request.push(body);
      request.push(null);
      const response = new http.ServerResponse(request);
      response.assignSocket(socket as Socket);
      const finished = new Promise((resolve) => response.once('finish', resolve));
      handler.handle(request, response);
      await finished;
      return response.statusCode;
    },
  };
}

async function readText(request: http.IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

async function listening(server: http.Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function closed(server: http.Server): Promise<void> {
  const done = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await done;
}
