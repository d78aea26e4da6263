import http from 'node:http';
import net from 'node:net';
import { SetupError } from '#errors.ts';
import { type Readiness, type Server, startServer } from '../../src/server.ts';

const here = { host: '127.0.0.1', port: 0 };
const log = { debug() {}, info() {}, warn() {}, error() {} };
const ready: Readiness = async () => ({ database: true, slack: true });

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function started(parts: Partial<Parameters<typeof startServer>[1]> = {}, at = here): Promise<Server> {
  const server = await startServer(at, { webhooks: [], readiness: ready, log, ...parts });
  servers.push(server);
  return server;
}

async function asked(server: Server, path: string) {
  const response = await fetch(`${server.url}${path}`);
  return { status: response.status, body: await response.json() };
}

/** Sends exactly this, and returns the first line that comes back, or `closed` when the connection ends without one. */
function firstLine({ url }: Server, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const connection = net.connect(Number(new URL(url).port), '127.0.0.1', () => connection.write(request));
    connection.once('data', (data) => {
      resolve(String(data).split('\r\n')[0] ?? '');
      connection.destroy();
    });
    connection.once('close', () => resolve('closed'));
    connection.once('error', reject);
  });
}

describe('what the server answers', () => {
  test.each([
    ['/healthz says that the process runs', '/healthz', ready, 200, { ok: true }],
    ['/healthz does not ask the parts', '/healthz', async () => ({ database: false }), 200, { ok: true }],
    ['/readyz names the parts when all work', '/readyz', ready, 200, { database: true, slack: true }],
    [
      '/readyz names the part that does not work',
      '/readyz',
      async () => ({ database: true, slack: false }),
      503,
      { database: true, slack: false },
    ],
    [
      '/readyz tells nothing of an error',
      '/readyz',
      async () => {
        throw new Error('secret');
      },
      503,
      { error: 'the check failed; see the log' },
    ],
    ['a query changes nothing', '/healthz?probe=1', ready, 200, { ok: true }],
    ['any other address is not found', '/', ready, 404, { error: 'not found' }],
    ['an address that only begins the same is not found', '/healthz/more', ready, 404, { error: 'not found' }],
  ] as const)('%s', async (_, path, readiness, status, body) => {
    expect(await asked(await started({ readiness }), path)).toEqual({ status, body });
  });

  test('a webhook gets the requests to its own path, whatever their query', async () => {
    const handle: http.RequestListener = (request, response) => {
      response.writeHead(201);
      response.end(JSON.stringify({ path: request.url }));
    };
    const server = await started({ webhooks: [{ path: '/slack/events', handle }] });
    expect(await asked(server, '/slack/events?x=1')).toEqual({ status: 201, body: { path: '/slack/events?x=1' } });
    expect((await asked(server, '/slack')).status).toBe(404);
  });

  test.each(['//', '///a', '/\\', 'http://[', 'http://a:b:c/', '/%', '*'])(
    'the address %j is not found, and the server goes on',
    async (address) => {
      const server = await started();
      expect(await firstLine(server, `GET ${address} HTTP/1.1\r\nhost: x\r\n\r\n`)).toBe('HTTP/1.1 404 Not Found');
      expect((await asked(server, '/healthz')).status).toBe(200);
    },
  );
});

describe('the address', () => {
  test('is told with the port that was given', async () => {
    const server = await started();
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(server.url).not.toBe('http://127.0.0.1:0');
  });

  test('of version 6 of the protocol is told as a browser takes it', async () => {
    const server = await started({}, { host: '::1', port: 0 });
    expect(new URL(server.url).hostname).toBe('[::1]');
    expect((await asked(server, '/healthz')).status).toBe(200);
  });

  test('that is taken is told in a sentence that says what to do', async () => {
    const { port } = new URL((await started()).url);
    const again = started({}, { ...here, port: Number(port) });
    await expect(again).rejects.toEqual(
      new SetupError(`Port ${port} on 127.0.0.1 is taken by another program. Stop it or set PORT to a free one.`),
    );
  });

  test.each(['192.0.2.1', 'nowhere.invalid'])('%s, which is not ours, is told in a sentence', async (host) => {
    const failure = await started({}, { host, port: 0 }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SetupError);
    expect(String(failure)).toMatch(/Cannot listen on .*Check HOST and PORT\.$/);
  });
});

describe('close', () => {
  test('answers what is in hand first', async () => {
    const begun = Promise.withResolvers<http.ServerResponse>();
    const server = await started({ webhooks: [{ path: '/slow', handle: (_, response) => begun.resolve(response) }] });
    const answer = fetch(`${server.url}/slow`);
    const response = await begun.promise;
    const closed = server.close();
    response.end('done');
    expect(await (await answer).text()).toBe('done');
    await closed;
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
  });

  test('does not wait for ever for a request that never ends', async () => {
    const server = await started();
    const { port } = new URL(server.url);
    const connection = net.connect(Number(port), '127.0.0.1');
    const ended = new Promise((resolve) => connection.once('close', resolve));
    connection.on('error', () => {});
    connection.write('POST /healthz HTTP/1.1\r\nhost: x\r\ncontent-le');
    await asked(server, '/healthz'); // by now the server has the other one
    await server.close();
    await ended;
  });
});
