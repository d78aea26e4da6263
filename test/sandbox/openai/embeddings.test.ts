import { type OpenAiSandbox, startOpenAi } from '../../../sandbox/openai/index.ts';
import { post } from './client.ts';

let server: OpenAiSandbox;
beforeAll(async () => {
  server = await startOpenAi();
});
afterAll(() => server.close());

async function embed(input: unknown, more: object = {}): Promise<number[][]> {
  const { body } = await post(server, '/embeddings', { model: server.models.embedding, input, ...more });
  return body.data.map(({ embedding }: { embedding: number[] }) => embedding);
}

const likeness = (one: readonly number[], other: readonly number[]) =>
  one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);

test('a vector of length one for each text, in order', async () => {
  const vectors = await embed(['my printer jams', 'a']);
  expect(vectors.map((vector) => vector.length)).toEqual([256, 256]);
  for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
  expect(await embed('a')).toEqual([vectors[1]]);
});

test.each([8, 256, 1536, 3072])('%i dimensions', async (dimensions) => {
  const [vector = []] = await embed('my printer jams', { dimensions });
  expect(vector).toHaveLength(dimensions);
  expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
});

test('in base64 the same floats', async () => {
  const [floats = []] = await embed('my printer jams');
  const { body } = await post(server, '/embeddings', {
    model: server.models.embedding,
    input: 'my printer jams',
    encoding_format: 'base64',
  });
  const bytes = Buffer.from(body.data[0].embedding, 'base64');
  const read = Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4));
  expect(read).toEqual(floats);
});

const near: [one: string, other: string, far: string][] = [
  ["can't get mail", 'Outlook does not receive e-mail', 'Order a laptop'],
  ['I forgot my passphrase', 'Reset your password', 'Guest Wi-Fi for visitors'],
  ['my notebook is sluggish', 'A slow laptop', 'A slow lift in the lobby'],
  ['wlan in the office', 'Office Wi-Fi', 'Office plants'],
  ['disconnecting all the time', 'VPN keeps dropping', 'Paper jam'],
];

test.each(near)('"%s" is nearer to "%s" than to "%s"', async (one, other, far) => {
  const [a = [], b = [], c = []] = await embed([one, other, far]);
  expect(likeness(a, b)).toBeGreaterThan(likeness(a, c) + 0.1);
});

test.each([
  ['nothing', [], 'input', null],
  ['an empty text', ['x', ''], 'input', null],
  ['too many texts', Array.from({ length: 2049 }, () => 'x'), 'input', 'array_above_max_length'],
  ['a text that is too long', 'word '.repeat(10_000), null, null],
  ['too much together', Array.from({ length: 50 }, () => 'word '.repeat(6400)), null, 'max_tokens_per_request'],
])('refuses %s', async (_, input, param, code) => {
  const { status, body } = await post(server, '/embeddings', { model: server.models.embedding, input });
  expect([status, body.error.param, body.error.code]).toEqual([400, param, code]);
});

test('refuses dimensions that there are not, and models that write', async () => {
  const many = await post(server, '/embeddings', { model: server.models.embedding, input: 'x', dimensions: 9999 });
  const writer = await post(server, '/embeddings', { model: server.models.chat, input: 'x' });
  const asWriter = await post(server, '/chat/completions', { model: server.models.embedding, messages: [] });
  expect([many.status, writer.status, asWriter.status]).toEqual([400, 403, 400]);
});
