import http from 'node:http';
import { SetupError } from './errors.ts';
import type { Webhook } from './chat-ports.ts';
import type { Log } from './ports.ts';

/** Whether the program can do its work: one line a part, so that `/readyz` says which is missing. */
export type Readiness = () => Promise<Readonly<Record<string, boolean>>>;

export interface Server {
  readonly url: string;
  /** Takes no new requests; returns when those in hand are answered, or cut off after five seconds. */
  close(): Promise<void>;
}

/** Longer than a webhook may take: Slack waits for three seconds. */
const graceMs = 5000;
const sweepEveryMs = 50;

/**
 * The program's one HTTP server: the platforms' webhooks, `/healthz` (the process runs) and `/readyz` (all parts work).
 * @throws SetupError when the address cannot be had.
 */
export async function startServer(
  at: { host: string; port: number },
  parts: { webhooks: readonly Webhook[]; readiness: Readiness; log: Log },
): Promise<Server> {
  const { webhooks, readiness, log } = parts;
  const server = http.createServer((request, response) => {
    // not `new URL`: it throws at some addresses (`//`), and anybody may ask for any
    const [pathname] = (request.url ?? '').split('?', 1);
    const webhook = webhooks.find(({ path }) => path === pathname);
    if (webhook !== undefined) return webhook.handle(request, response);
    if (pathname === '/healthz') return answer(response, 200, { ok: true });
    if (pathname === '/readyz') return void answerReadiness(response, readiness, log);
    return answer(response, 404, { error: 'not found' });
  });
  // longer than load balancers keep theirs (60 s and more): they use one again in the moment in which we close it
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(at, error)));
    server.listen(at.port, at.host, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : at.port;
  return {
    url: `http://${at.host.includes(':') ? `[${at.host}]` : at.host}:${port}`,
    close: () => close(server),
  };
}

async function close(server: http.Server): Promise<void> {
  // Node ends its own time limits when a server closes: whoever never finishes a request would hold it up for ever.
  const cutOff = setTimeout(() => server.closeAllConnections(), graceMs);
  // A connection that is kept alive becomes idle only when its request is answered.
  const sweep = setInterval(() => server.closeIdleConnections(), sweepEveryMs);
  await new Promise((resolve) => server.close(resolve));
  clearTimeout(cutOff);
  clearInterval(sweep);
}

async function answerReadiness(response: http.ServerResponse, readiness: Readiness, log: Log): Promise<void> {
  try {
    const parts = await readiness();
    answer(response, Object.values(parts).every(Boolean) ? 200 : 503, parts);
  } catch (error) {
    log.error('readiness check failed', { error });
    answer(response, 503, { error: 'the check failed; see the log' });
  }
}

function answer(response: http.ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(`${JSON.stringify(body)}\n`);
}

function cannotListen({ host, port }: { host: string; port: number }, error: NodeJS.ErrnoException): Error {
  if (error.code === 'EADDRINUSE') {
    return new SetupError(`Port ${port} on ${host} is taken by another program. Stop it or set PORT to a free one.`);
  }
  return new SetupError(`Cannot listen on ${host}:${port} (${error.code ?? error.message}). Check HOST and PORT.`);
}
