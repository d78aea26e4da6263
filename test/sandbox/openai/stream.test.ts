import { type OpenAiSandbox, startOpenAi } from '../../../sandbox/openai/index.ts';
import { badge, bearer, chatRequest, dataOf, post, printer } from './client.ts';

let server: OpenAiSandbox;
beforeEach(async () => {
  server = await startOpenAi();
});
afterEach(() => server.close());

interface Chunk {
  readonly id: string;
  readonly choices: readonly {
    delta: { content?: string; role?: string; refusal?: string };
    finish_reason: string | null;
  }[];
  readonly usage?: { total_tokens: number } | null;
}

const jam = dataOf('How do I clear a paper jam?', [printer, badge]);
const request = (more: object = {}) => ({ ...chatRequest(server, 'firstline_answer', jam), stream: true, ...more });

function chunksOf(text: string): { chunks: Chunk[]; isDone: boolean } {
  const events = text.split('\n\n').filter((event) => event !== '');
  const chunks = events.filter((event) => event !== 'data: [DONE]').map((event) => JSON.parse(event.slice(6)) as Chunk);
  return { chunks, isDone: events.at(-1) === 'data: [DONE]' };
}

const joined = (chunks: readonly Chunk[]) =>
  chunks.flatMap(({ choices }) => choices.map(({ delta }) => delta.content ?? '')).join('');

test('a stream says the same as a body, in pieces, and ends', async () => {
  const whole = await post(server, '/chat/completions', request({ stream: false }));
  const { text, headers } = await post(server, '/chat/completions', request());
  const { chunks, isDone } = chunksOf(text);
  expect(headers.get('content-type')).toContain('text/event-stream');
  expect(isDone).toBe(true);
  expect(joined(chunks)).toBe(whole.body.choices[0].message.content);
  expect(chunks[0]?.choices[0]?.delta).toMatchObject({ role: 'assistant' });
  expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('stop');
  expect(new Set(chunks.map(({ id }) => id)).size).toBe(1);
  expect(chunks.some((chunk) => 'usage' in chunk)).toBe(false);
});

test('with its usage at the end, where that is asked for', async () => {
  const { text } = await post(server, '/chat/completions', request({ stream_options: { include_usage: true } }));
  const { chunks } = chunksOf(text);
  expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: expect.any(Number) } });
  expect(chunks.slice(0, -1).every(({ usage }) => usage === null)).toBe(true);
});

test('a refusal comes as a refusal', async () => {
  server.fail({ kind: 'refusal', times: 1 });
  const { chunks } = chunksOf((await post(server, '/chat/completions', request())).text);
  const refusal = chunks.flatMap(({ choices }) => choices.map(({ delta }) => delta.refusal ?? '')).join('');
  expect(refusal).toBe("I'm sorry, I can't assist with that request.");
  expect(joined(chunks)).toBe('');
});

test('a stream that breaks off never ends as it should', async () => {
  server.fail({ kind: 'truncated-stream', times: 1 });
  const response = await fetch(`${server.url}/chat/completions`, {
    method: 'POST',
    headers: bearer(server),
    body: JSON.stringify(request()),
  });
  const got: string[] = [];
  const reading = (async () => {
    for await (const part of response.body ?? []) got.push(Buffer.from(part).toString());
  })();
  await expect(reading).rejects.toThrow('terminated');
  const text = got.join('');
  expect(text).toContain('"role":"assistant"');
  expect(text).not.toContain('[DONE]');
  expect(server.calls()).toMatchObject([{ status: null, fault: 'truncated-stream', streamed: true }]);
});

test('the pieces come one after the other', async () => {
  server.settings.streamPauseMs = 5;
  const response = await fetch(`${server.url}/chat/completions`, {
    method: 'POST',
    headers: bearer(server),
    body: JSON.stringify(request()),
  });
  let parts = 0;
  for await (const part of response.body ?? []) parts += part.length > 0 ? 1 : 0;
  expect(parts).toBeGreaterThan(3);
});
