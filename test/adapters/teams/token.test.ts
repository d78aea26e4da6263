import { createToken } from '../../../adapters/teams/token.ts';
import { createFaults, listen } from '../../../sandbox/http.ts';

const faults = createFaults();
const asked: URLSearchParams[] = [];
let answer: { status: number; body: unknown; headers?: Record<string, string> };
let server: Awaited<ReturnType<typeof listen>>;
let time = 0;

beforeEach(async () => {
  asked.length = 0;
  time = 1_000_000;
  answer = { status: 200, body: { access_token: 'first', expires_in: 3600 } };
  server = await listen({
    port: 0,
    faults,
    async handle({ path, body }) {
      expect(path).toBe('/tenant-1/oauth2/v2.0/token');
      asked.push(new URLSearchParams(body));
      return answer;
    },
  });
});
afterEach(async () => {
  faults.clear();
  await server.close();
});

const token = () =>
  createToken({ loginUrl: server.url, tenantId: 'tenant-1', appId: 'app-1', secret: 's&cret' }, () => new Date(time));

test('asks for what the connector accepts', async () => {
  expect(await token()()).toBe('first');
  expect(Object.fromEntries(asked[0]!)).toEqual({
    grant_type: 'client_credentials',
    client_id: 'app-1',
    client_secret: 's&cret',
    scope: 'https://api.botframework.com/.default',
  });
});

test('is asked for once, however many wait, and again five minutes before its end', async () => {
  const get = token();
  expect(await Promise.all([get(), get(), get()])).toEqual(['first', 'first', 'first']);
  time += 54 * 60_000;
  answer = { status: 200, body: { access_token: 'second', expires_in: 3600 } };
  expect(await get()).toBe('first');
  time += 2 * 60_000;
  expect(await get()).toBe('second');
  expect(asked).toHaveLength(2);
});

test.each([
  [401, { error: 'invalid_client' }, 'unauthorized', /401 \(invalid_client\)/],
  [400, { error: 'unauthorized_client' }, 'unauthorized', /400/],
  [404, 'nothing here', 'unauthorized', /404/],
  [429, {}, 'rate-limited', /429/],
  [500, {}, 'unavailable', /500/],
  [503, 'down', 'unavailable', /503/],
  [200, { access_token: '' }, 'unavailable', /no answer/],
  [200, 'not JSON', 'unavailable', /no answer/],
])('%d %j', async (status, body, kind, message) => {
  answer = { status, body, headers: { 'retry-after': '7' } };
  await expect(token()()).rejects.toMatchObject({ name: 'RemoteError', kind, message: expect.stringMatching(message) });
});

test('how long to wait is told on', async () => {
  answer = { status: 429, body: {}, headers: { 'retry-after': '7' } };
  await expect(token()()).rejects.toMatchObject({ retryAfterMs: 7000 });
});

test('after a failure it is asked for again', async () => {
  const get = token();
  faults.set({ match: '', kind: 'drop', times: 1 });
  await expect(get()).rejects.toMatchObject({ kind: 'unavailable' });
  expect(await get()).toBe('first');
});

test('no error holds the secret', async () => {
  answer = { status: 401, body: { error: 's&cret', error_description: 's&cret' } };
  const failure = await token()().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Error);
  expect(`${String(failure)} ${JSON.stringify(failure)}`).not.toContain('s&cret');
});
