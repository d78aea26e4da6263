import { type ModelFault, modelFaultKinds } from '../../../sandbox/openai/contract.ts';
import { type OpenAiSandbox, startOpenAi } from '../../../sandbox/openai/index.ts';
import { badge, chatRequest, dataOf, post, printer } from './client.ts';

let server: OpenAiSandbox;
beforeEach(async () => {
  server = await startOpenAi();
});
afterEach(() => server.close());

const jam = dataOf('How do I clear a paper jam?', [printer, badge]);
const ask = () => post(server, '/chat/completions', chatRequest(server, 'firstline_answer', jam));

const refused: [fault: ModelFault, status: number, code: string | null][] = [
  [{ kind: 'status' }, 500, null],
  [{ kind: 'status', status: 503 }, 503, null],
  [{ kind: 'rate-limit', retryAfterSeconds: 7 }, 429, 'rate_limit_exceeded'],
  [{ kind: 'insufficient-quota' }, 429, 'insufficient_quota'],
];

test.each(refused)('%j', async (fault, status, code) => {
  server.fail({ ...fault, times: 1 });
  const { status: got, body, headers } = await ask();
  expect([got, body.error.code]).toEqual([status, code]);
  expect(headers.get('retry-after')).toBe(fault.retryAfterSeconds === undefined ? null : '7');
  expect(headers.get('x-ratelimit-remaining-requests')).toBe(fault.kind === 'rate-limit' ? '0' : null);
  expect((await ask()).status).toBe(200);
});

test.each(['drop', 'drop-after'] as const)('%s: no answer, and the connection is gone', async (kind) => {
  server.fail({ kind, times: 1 });
  await expect(ask()).rejects.toThrow('fetch failed');
  const [call] = server.calls();
  expect(call).toMatchObject({ status: null, fault: kind, mode: kind === 'drop' ? null : 'good' });
});

test('never: the caller gives up', async () => {
  server.fail({ kind: 'never', times: 1 });
  const asked = fetch(`${server.url}/models`, { signal: AbortSignal.timeout(200) });
  await expect(asked).rejects.toThrow('aborted due to timeout');
  const begun = Date.now();
  while (server.calls().length === 0 && Date.now() - begun < 2000)
    await new Promise((resolve) => setTimeout(resolve, 5));
  expect(server.calls()).toMatchObject([{ status: null, fault: 'never' }]);
});

test('slow: nothing for a while, then all', async () => {
  server.fail({ kind: 'slow', delayMs: 150, times: 1 });
  const begun = performance.now();
  expect((await ask()).status).toBe(200);
  expect(performance.now() - begun).toBeGreaterThan(140);
});

test.each([
  ['malformed-json', 'application/json'],
  ['truncated-json', 'application/json'],
  ['wrong-content-type', 'text/html; charset=utf-8'],
] as const)('%s: 200 that cannot be read', async (kind, type) => {
  server.fail({ kind, times: 1 });
  const { status, headers, body, text } = await ask();
  expect([status, headers.get('content-type'), body]).toEqual([200, type, null]);
  expect(text).not.toBe('');
});

test('a body of which less comes than was announced', async () => {
  server.fail({ kind: 'truncated-stream', times: 1 });
  await expect(ask()).rejects.toThrow('terminated');
});

test('a refusal, and what a filter cuts off', async () => {
  server.fail({ kind: 'refusal', times: 1 });
  server.fail({ kind: 'content-filter', times: 1 });
  const [first, second] = [await ask(), await ask()].map(({ body }) => body.choices[0]);
  expect(first).toMatchObject({
    finish_reason: 'stop',
    message: { content: null, refusal: expect.stringContaining('sorry') },
  });
  expect(second).toMatchObject({ finish_reason: 'content_filter', message: { refusal: null } });
  expect(() => JSON.parse(second.message.content) as unknown).toThrow('JSON');
});

test('a fault meets the requests that it names, and no other', async () => {
  server.fail({ kind: 'status', task: 'firstline_check' });
  server.fail({ kind: 'status', match: '/embeddings', status: 503 });
  expect((await ask()).status).toBe(200);
  const check = chatRequest(server, 'firstline_check', dataOf('x', [printer], { draft: ['y'] }));
  expect((await post(server, '/chat/completions', check)).status).toBe(500);
  expect((await post(server, '/embeddings', { model: server.models.embedding, input: 'x' })).status).toBe(503);
  expect(server.failing().map(({ kind, times }) => [kind, times])).toEqual([
    ['status', Infinity],
    ['status', Infinity],
  ]);
  server.mend();
  expect((await post(server, '/chat/completions', check)).status).toBe(200);
});

test('the words that all vendors here share', async () => {
  server.faults.set({ match: '', kind: 'status', status: 503, times: Infinity });
  expect((await ask()).status).toBe(503);
  server.faults.clear();
  expect((await ask()).status).toBe(200);
});

test('every kind of fault is tried here', () => {
  const tried = ['drop', 'drop-after', 'never', 'slow', 'malformed-json', 'truncated-json', 'wrong-content-type'];
  const named = [...tried, ...refused.map(([{ kind }]) => kind), 'truncated-stream', 'refusal', 'content-filter'];
  expect(new Set(named)).toEqual(new Set(modelFaultKinds));
});
