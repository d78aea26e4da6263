import { jest } from '@jest/globals';
import { createFaults, listen, type Call, type Fault } from '../../sandbox/http.ts';
import type { Listening } from '../../sandbox/loopback.ts';

const faults = createFaults();
const handled: string[] = [];
const told: [string, number | null][] = [];
let server: Listening;

beforeAll(async () => {
  server = await listen({
    port: 0,
    faults,
    handle: async (call: Call) => {
      handled.push(call.path);
      if (call.path === '/broken') throw new Error('a bug in the handler');
      if (call.path === '/text') return { status: 200, body: 'plain' };
      if (call.path === '/bytes')
        return { status: 200, headers: { 'content-type': 'image/png' }, body: Buffer.from([1, 2]) };
      if (call.path === '/nothing') return { status: 204, body: null };
      return { status: 200, body: { method: call.method, q: call.query.get('q'), body: call.body } };
    },
    onCall: (call, answer) => void told.push([call.path, answer?.status ?? null]),
  });
});
afterAll(() => server.close());
afterEach(() => {
  faults.clear();
  handled.length = 0;
  told.length = 0;
});

test('a call comes with its method, query and body, and an object goes back as JSON', async () => {
  const response = await fetch(`${server.url}/echo?q=1`, { method: 'POST', body: 'hëllo' });
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(await response.json()).toEqual({ method: 'POST', q: '1', body: 'hëllo' });
  expect(told).toEqual([['/echo', 200]]);
});

test.each([
  ['/text', 'text/plain; charset=utf-8', 'plain'],
  ['/bytes', 'image/png', '\u0001\u0002'],
])('%s goes out as it is', async (path, type, body) => {
  const response = await fetch(server.url + path);
  expect([response.headers.get('content-type'), await response.text()]).toEqual([type, body]);
});

test('an answer without a body has none', async () => {
  const response = await fetch(`${server.url}/nothing`);
  expect([response.status, await response.text()]).toEqual([204, '']);
});

test('a handler that throws is a 500 and a line on the console, and the server goes on', async () => {
  const lines = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const broken = await fetch(`${server.url}/broken`);
  const next = await fetch(`${server.url}/text`);
  expect([broken.status, next.status, lines.mock.calls.length]).toEqual([500, 200, 1]);
  lines.mockRestore();
});

test('a body over four megabytes is refused before it is handled', async () => {
  const response = await fetch(`${server.url}/large`, { method: 'POST', body: 'x'.repeat(4 * 1024 * 1024 + 1) });
  expect([response.status, handled]).toEqual([413, []]);
});

test('it listens on the loopback address only', () => {
  expect(server.url).toBe(`http://127.0.0.1:${server.port}`);
});

test('a taken port is an error', async () => {
  await expect(
    listen({ port: server.port, faults, handle: async () => ({ status: 200, body: null }) }),
  ).rejects.toThrow('EADDRINUSE');
});

const cases: [string, Partial<Fault>, { status: number | null; retryAfter: string | null; wasHandled: boolean }][] = [
  ['status', { status: 503 }, { status: 503, retryAfter: null, wasHandled: false }],
  ['rate-limit', { retryAfterSeconds: 7 }, { status: 429, retryAfter: '7', wasHandled: false }],
  ['slow', { delayMs: 1 }, { status: 200, retryAfter: null, wasHandled: true }],
  ['drop', {}, { status: null, retryAfter: null, wasHandled: false }],
  ['drop-after', {}, { status: null, retryAfter: null, wasHandled: true }],
];
test.each(cases)('the fault %s disturbs one call and not the next', async (kind, details, expected) => {
  faults.set({ match: 'text', kind: kind as Fault['kind'], times: 1, ...details });
  const untouched = await fetch(`${server.url}/nothing`);
  const response = await fetch(`${server.url}/text`).catch(() => null);
  const seen = {
    status: response?.status ?? null,
    retryAfter: response?.headers.get('retry-after') ?? null,
    wasHandled: handled.includes('/text'),
  };
  const next = await fetch(`${server.url}/text`);
  expect({ untouched: untouched.status, seen, next: next.status }).toEqual({
    untouched: 204,
    seen: expected,
    next: 200,
  });
});

test('faults wait behind each other, and infinite ones last until cleared', () => {
  const list = createFaults();
  list.set({ match: '', kind: 'status', status: 500, times: 1 });
  list.set({ match: '/a', kind: 'drop', times: Number.POSITIVE_INFINITY });
  const kinds = [list.next('/a'), list.next('/a'), list.next('/b'), list.next('/a')].map(
    (fault) => fault?.kind ?? null,
  );
  list.clear();
  expect([...kinds, list.next('/a')]).toEqual(['status', 'drop', null, 'drop', null]);
});
