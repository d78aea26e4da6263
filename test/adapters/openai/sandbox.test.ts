import type { RemoteError } from '#errors.ts';
import {
  type Lie,
  type ModelFault,
  type OpenAiSandbox,
  type OpenAiSettings,
  startOpenAi,
} from '../../../sandbox/openai/index.ts';
import type { LanguageModelConfig } from '../../../adapters/openai/config.ts';
import { createEmbedder } from '../../../adapters/openai/embedder.ts';
import { createLanguageModel } from '../../../adapters/openai/language-model.ts';
import { createNotes, request as questionRequest, settings } from './double.ts';

let sandbox: OpenAiSandbox;
let usual: OpenAiSettings;
beforeAll(async () => {
  sandbox = await startOpenAi();
  usual = { ...sandbox.settings };
});
afterEach(() => {
  sandbox.mend();
  sandbox.behave('good');
  Object.assign(sandbox.settings, usual);
});
afterAll(() => sandbox.close());

const deps = () => ({ log: createNotes().log, clock: () => new Date() });
function modelAt(change: Partial<LanguageModelConfig> = {}) {
  const { url: baseUrl, apiKey, models } = sandbox;
  return createLanguageModel({ ...settings, baseUrl, apiKey, model: models.chat, ...change }, deps());
}

const strict = (properties: object) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
const texts = { type: 'string' };
const answer = {
  name: 'firstline_answer',
  json: strict({
    outcome: { type: 'string', enum: ['answer', 'ask_back', 'needs_person', 'not_answerable'] },
    language: texts,
    sentences: {
      type: 'array',
      items: strict({ text: texts, support: { type: 'array', items: strict({ passage: texts, quote: texts }) } }),
    },
    question: texts,
    sure: { type: 'number' },
  }),
};
const data = `<question>
How do I reset my VPN password?
</question>
<passage id="P1" title="VPN" section="Password">
To reset your VPN password, open the portal and choose Forgot password. The new VPN password works after five minutes.
</passage>`;
const ask = (change: Partial<Parameters<ReturnType<typeof modelAt>['ask']>[0]> = {}) =>
  questionRequest({
    instructions: 'Answer from the passages alone.',
    data,
    schema: answer,
    maxTokens: 2000,
    ...change,
  });
const answered = {
  kind: 'json',
  json: {
    outcome: 'answer',
    sentences: expect.arrayContaining([
      expect.objectContaining({ support: [{ passage: 'P1', quote: expect.any(String) }] }),
    ]),
  },
  servedBy: expect.stringMatching(/^sandbox-chat-1-/),
};

test('a question is answered as the schema says, and what it cost is told', async () => {
  const reply = await modelAt().ask(ask());
  expect(reply).toMatchObject(answered);
  const [call] = sandbox.calls().slice(-1);
  expect(reply.usage).toMatchObject({ inputTokens: call?.inputTokens, outputTokens: call?.outputTokens });
  expect(call?.inputTokens).toBeGreaterThan(20);
});

test.each([
  [{ structuredOutput: 'json_object' }, 2],
  [{ structuredOutput: 'none' }, 3],
  [{ limitParameter: 'max_tokens' }, 2],
  [{ limitParameter: 'max_completion_tokens' }, 1],
  [{ takesTemperature: false }, 2],
  [{ structuredOutput: 'none', limitParameter: 'max_tokens', takesTemperature: false }, 5],
  [{ tellsUsage: false }, 1],
] satisfies [Partial<OpenAiSettings>, number][])(
  'on a server with %j the answer is the same, after %d requests',
  async (change, requests) => {
    Object.assign(sandbox.settings, change);
    const model = modelAt();
    const before = sandbox.calls().length;
    expect(await model.ask(ask())).toMatchObject(answered);
    expect(sandbox.calls().length - before).toBe(requests);
    const again = await model.ask(ask());
    expect(again).toMatchObject(answered);
    expect(sandbox.calls().length - before).toBe(requests + 1);
    const [call] = sandbox.calls().slice(-1);
    expect(again.usage.inputTokens).toBeGreaterThanOrEqual(call?.inputTokens ?? Infinity);
    expect(again.usage.outputTokens).toBeGreaterThanOrEqual(call?.outputTokens ?? Infinity);
  },
);

test('a server that ignores what is asked for is told in words the second time', async () => {
  sandbox.settings.structuredOutput = 'ignored';
  const model = modelAt();
  expect(await model.ask(ask())).toMatchObject({ kind: 'malformed' });
  expect(await model.ask(ask())).toMatchObject(answered);
});

test('by the paths of Azure as well', async () => {
  const { origin } = new URL(sandbox.url);
  expect(await modelAt({ baseUrl: origin, apiVersion: '2024-10-21' }).ask(ask())).toMatchObject(answered);
  expect(sandbox.calls().at(-1)?.path).toContain('/openai/deployments/sandbox-chat-1/');
});

test.each([
  ['fenced', 'json'],
  ['extra-fields', 'json'],
  ['html', 'json'],
  ['huge', 'malformed'],
  ['empty', 'malformed'],
  ['null-content', 'malformed'],
  ['single-quoted', 'malformed'],
] as const)('an answer that is %s is "%s"', async (mode, kind) => {
  sandbox.behave(mode);
  expect((await modelAt().ask(ask())).kind).toBe(kind);
});

test('a lie is an answer like others: nothing is believed here', async () => {
  sandbox.behave('foreign-url' satisfies Lie);
  expect((await modelAt().ask(ask())).kind).toBe('json');
});

test.each([
  [{ kind: 'refusal' }, 'refused'],
  [{ kind: 'content-filter' }, 'truncated'],
  [{ kind: 'truncated-json' }, 'malformed'],
  [{ kind: 'malformed-json' }, 'malformed'],
  [{ kind: 'truncated-stream' }, 'truncated'],
] satisfies [ModelFault, string][])('of %j comes "%s"', async (fault, kind) => {
  sandbox.fail(fault);
  expect((await modelAt().ask(ask())).kind).toBe(kind);
});

test('an answer that is longer than was asked for is cut off', async () => {
  expect((await modelAt().ask(ask({ maxTokens: 5 }))).kind).toBe('truncated');
});

test.each([
  [{ kind: 'status' }, 'unavailable', null],
  [{ kind: 'status', status: 503 }, 'unavailable', null],
  [{ kind: 'rate-limit', retryAfterSeconds: 4 }, 'rate-limited', 4000],
  [{ kind: 'insufficient-quota' }, 'unauthorized', null],
  [{ kind: 'never' }, 'unavailable', null],
  [{ kind: 'slow', delayMs: 5000 }, 'unavailable', null],
  [{ kind: 'drop' }, 'unavailable', null],
  [{ kind: 'drop-after' }, 'unavailable', null],
  [{ kind: 'wrong-content-type' }, 'unavailable', null],
] satisfies [ModelFault, string, number | null][])('%j is a failure: %s', async (fault, kind, retryAfterMs) => {
  sandbox.fail(fault);
  const failed: RemoteError = await modelAt({ timeoutMs: 300 })
    .ask(ask())
    .then(
      ({ kind: came }) => Promise.reject(new Error(came)),
      (error: RemoteError) => error,
    );
  expect(failed).toMatchObject({ system: 'model server', kind, retryAfterMs });
});

test('a key that is not accepted, and a model that there is not', async () => {
  const wrong = { apiKey: 'sk-wrong' };
  await expect(modelAt(wrong).ask(ask())).rejects.toMatchObject({ kind: 'unauthorized' });
  await expect(modelAt({ model: 'gpt-0' }).ask(ask())).rejects.toMatchObject({ kind: 'unauthorized' });
  const tooLong = ask({ data: 'word '.repeat(140_000) });
  await expect(modelAt().ask(tooLong)).rejects.toMatchObject({ kind: 'rejected' });
});

describe('vectors', () => {
  const embedderAt = (dimensions: number | null) => {
    const { url: baseUrl, apiKey, models } = sandbox;
    const config = { baseUrl, apiKey, apiVersion: null, timeoutMs: 10_000, model: models.embedding, dimensions };
    return createEmbedder(config, deps());
  };
  const product = (one: Float32Array, other: Float32Array) =>
    one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);

  test('likeness is near one for the same, and less for others', async () => {
    const { vectors } = await embedderAt(null).embed(
      ['The VPN drops every hour', 'The VPN drops every hour', 'Order new toner for the printer'],
      AbortSignal.timeout(10_000),
    );
    const [first, same, other] = vectors as readonly [Float32Array, Float32Array, Float32Array];
    expect(product(first, same)).toBeCloseTo(1, 5);
    expect(product(first, other)).toBeLessThan(0.9);
  });

  test('as many dimensions as are set', async () => {
    const many = Array.from({ length: 100 }, (_, index) => `Page ${index}`);
    const { vectors, usage } = await embedderAt(64).embed(many, AbortSignal.timeout(20_000));
    expect(new Set(vectors.map(({ length }) => length))).toEqual(new Set([64]));
    expect(sandbox.calls().at(-1)).toMatchObject({ texts: 100, inputTokens: usage.inputTokens });
  });
});
