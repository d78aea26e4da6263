import type { RemoteError } from '#errors.ts';
import type { EmbedderConfig } from '../../../adapters/openai/config.ts';
import { createEmbedder } from '../../../adapters/openai/embedder.ts';
import { type Answer, type Double, refuses, sends, startDouble } from './double.ts';

let server: Double;
beforeAll(async () => {
  server = await startDouble();
});
afterAll(() => server.close());

const signal = AbortSignal.timeout(60_000);
function embedderAt(change: Partial<EmbedderConfig> = {}) {
  const usual = {
    apiKey: 'sk-test',
    baseUrl: `${server.url}/v1`,
    apiVersion: null,
    timeoutMs: 10_000,
    dimensions: null,
  };
  return createEmbedder({ model: 'text-embedding-3-small', ...usual, ...change }, { clock: () => new Date(0) });
}
const embeddings = (vectors: readonly unknown[], usage: object | undefined = { prompt_tokens: 3 }) =>
  sends(200, JSON.stringify({ data: vectors.map((embedding, index) => ({ index, embedding })), usage }));
/** To each text a vector that tells its length, last text first. */
const lengths: Answer = ({ body }, response) => {
  const data = body.input.map((text: string, index: number) => ({ index, embedding: [3, text.length] })).toReversed();
  sends(200, JSON.stringify({ data, usage: { prompt_tokens: body.input.length } }))({} as never, response);
};
const failureOf = async (embedding: Promise<unknown>): Promise<unknown> =>
  embedding.then(
    () => 'no failure',
    ({ kind, message }: RemoteError) => [kind, message],
  );

test('a vector for each text, in order and of length 1', async () => {
  server.answer(lengths);
  const embedder = embedderAt();
  expect(embedder.name).toBe('text-embedding-3-small');
  const { vectors, usage } = await embedder.embed(['four', ''], signal);
  expect(vectors).toEqual([Float32Array.from([0.6, 0.8]), Float32Array.from([3 / Math.sqrt(10), 1 / Math.sqrt(10)])]);
  expect(usage).toEqual({ inputTokens: 2, cachedTokens: 0, outputTokens: 0 });
  expect(server.heard.map(({ path, body }) => [path, body])).toEqual([
    ['/v1/embeddings', { model: 'text-embedding-3-small', input: ['four', ' '], encoding_format: 'float' }],
  ]);
});

test('no text, no request', async () => {
  server.answer(lengths);
  expect((await embedderAt().embed([], signal)).vectors).toEqual([]);
  expect(server.heard).toEqual([]);
});

test('dimensions are asked for where they are set, and are part of the name', async () => {
  server.answer(embeddings([[3, 4]]), embeddings([[1, 2, 2]]));
  const embedder = embedderAt({ dimensions: 2 });
  expect(embedder.name).toBe('text-embedding-3-small@2');
  await embedder.embed(['a'], signal);
  expect(server.heard[0]?.body.dimensions).toBe(2);
  expect(await failureOf(embedder.embed(['a'], signal))).toEqual([
    'rejected',
    'model server: /embeddings: 3 dimensions where 2 are set',
  ]);
});

test('Azure names the deployment in the path', async () => {
  server.answer(embeddings([[1]]));
  await embedderAt({ apiVersion: '2024-10-21', baseUrl: server.url, model: 'vectors' }).embed(['a'], signal);
  expect(server.heard[0]?.path).toBe('/openai/deployments/vectors/embeddings?api-version=2024-10-21');
});

test('one call is one request, however many texts', async () => {
  server.answer(lengths);
  const embedder = embedderAt();
  const { vectors } = await embedder.embed(
    Array.from({ length: 300 }, (_, index) => 'x'.repeat(index % 7)),
    signal,
  );
  expect(vectors).toHaveLength(300);
  expect(server.heard).toHaveLength(1);
  expect(embedder.limits).toEqual({ texts: 128, characters: 100_000, longest: 8_000 });
});

const tooLarge =
  'input (992 tokens) is too large to process. increase the physical batch size (current batch size: 512)';
test.each([
  ['too many texts', refuses(400, { message: 'batch size 128 > maximum allowed batch size 32' }), true],
  ['too large a request', sends(413, 'Payload Too Large'), true],
  ['a text that is not understood', sends(422, '{"detail":"inputs must have less than 512 tokens"}'), true],
  ['a text that is too long, as a fault', sends(500, JSON.stringify({ error: { message: tooLarge } })), true],
  ['a fault', sends(500, '{"error":{"message":"Internal error"}}'), false],
  ['a model that there is not', refuses(404, { code: 'model_not_found' }), false],
  ['too many requests', refuses(429, {}), false],
  ['a key that is not accepted', refuses(401, {}), false],
  ['an answer that is none', embeddings([[0]]), false],
])('%s: whether it is the texts that are refused', async (_, answer, isRefused) => {
  server.answer(answer);
  const embedder = embedderAt();
  const error: unknown = await embedder.embed(['a'], signal).catch((failed: unknown) => failed);
  expect(error).toHaveProperty('kind');
  expect(embedder.refuses(error)).toBe(isRefused);
});

test.each([
  ['text-embedding-ada-002', 'text-embedding-ada-002', undefined],
  ['text-embedding-3-large@256', 'text-embedding-3-large', 256],
  ['gecko@003', 'gecko@003', undefined],
])('a model of another name at the same server: %s', async (name, model, dimensions) => {
  server.answer(embeddings([Array.from({ length: dimensions ?? 3 }, () => 1)]));
  const embedder = embedderAt({ dimensions: 8 });
  const other = embedder.named(name);
  expect([other.name, embedder.named(name), embedder.named(embedder.name)]).toEqual([name, other, embedder]);
  await other.embed(['a'], signal);
  expect(server.heard[0]?.body).toMatchObject({ model });
  expect(server.heard[0]?.body.dimensions).toBe(dimensions);
});

test('a long text is cut, and not in the middle of a character', async () => {
  server.answer(lengths);
  await embedderAt().embed(['x'.repeat(9000), `${'x'.repeat(7999)}😀`], signal);
  expect(server.heard[0]?.body.input).toEqual(['x'.repeat(8000), 'x'.repeat(7999)]);
});

test('what the server does not count is counted by us', async () => {
  server.answer(sends(200, JSON.stringify({ data: [{ index: 0, embedding: [1] }] })));
  expect((await embedderAt().embed(['four'], signal)).usage.inputTokens).toBe(2);
});

test.each([
  ['too few', embeddings([[1, 2]]), 'rejected', '1 vectors for 2 texts'],
  ['too many', embeddings([[1], [2], [3]]), 'rejected', '3 vectors for 2 texts'],
  [
    'one twice',
    sends(200, '{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}'),
    'rejected',
    '2 vectors for 2 texts',
  ],
  ['different lengths', embeddings([[1, 2], [1]]), 'rejected', 'vectors of different lengths'],
  [
    'no number',
    embeddings([
      [1, 2],
      [1, null],
    ]),
    'rejected',
    'a vector that is none',
  ],
  [
    'endless numbers',
    sends(200, '{"data":[{"index":0,"embedding":[1e999,1]},{"index":1,"embedding":[1,1]}]}'),
    'rejected',
    'a vector that is none',
  ],
  [
    'nothing but zeros',
    embeddings([
      [0, 0],
      [1, 1],
    ]),
    'rejected',
    'a vector that is none',
  ],
  ['empty ones', embeddings([[], []]), 'rejected', 'a vector that is none'],
  ['no vectors', sends(200, '{}'), 'unavailable', 'answer of an unknown shape'],
  ['no JSON', sends(200, '<html>'), 'unavailable', 'the answer is not JSON'],
  ['an error', sends(500, '{}'), 'unavailable', 'answered 500'],
  [
    'half of it',
    (_: unknown, response: Parameters<Answer>[1]) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"data":[', () => response.destroy());
    },
    'unavailable',
    'the answer breaks off',
  ],
])('%s: no vectors', async (_, answer, kind, what) => {
  server.answer(answer);
  const failed = await failureOf(embedderAt().embed(['a', 'b'], signal));
  expect(failed).toEqual([kind, `model server: /embeddings: ${what}`]);
});
