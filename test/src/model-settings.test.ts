import { SetupError } from '#errors.ts';
import { readConfig } from '../../src/config.ts';

const server = { OPENAI_API_KEY: 'sk-secret' };
const prices = { MODEL_PRICES: 'gpt-5-mini: 0.25 / 0.025 / 2; text-embedding-3*: 0.02' };

/** What is said about these settings, a line for each problem; none when nothing is. */
function problems(set: Readonly<Record<string, string>>): readonly string[] {
  try {
    readConfig(set);
    return [];
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.replace('  - ', ''));
  }
}

test('a model at OpenAI has its defaults', () => {
  expect(readConfig({ ...server, OPENAI_MODEL: 'gpt-5-mini' }).models).toEqual({
    server: {
      apiKey: 'sk-secret',
      baseUrl: 'https://api.openai.com/v1',
      apiVersion: null,
      structured: 'auto',
      reasoningEffort: null,
    },
    writer: { model: 'gpt-5-mini', checkModel: 'gpt-5-mini', seesImages: false },
    embeddings: null,
    prices: new Map(),
    caps: {},
    patienceMs: 9000,
    weightsFile: null,
    writtenAt: null,
  });
});

test('everything that can be set is taken over', () => {
  const { models } = readConfig({
    ...server,
    ...prices,
    OPENAI_BASE_URL: 'https://acme.openai.azure.com/openai/',
    OPENAI_API_VERSION: '2024-10-21',
    OPENAI_MODEL: 'GPT-5-mini-2025',
    OPENAI_CHECK_MODEL: 'gpt-5-mini',
    OPENAI_VISION: 'yes',
    OPENAI_STRUCTURED: 'object',
    OPENAI_REASONING_EFFORT: 'minimal',
    OPENAI_EMBEDDING_MODEL: 'text-embedding-3-small',
    OPENAI_EMBEDDING_DIMENSIONS: '256',
    MODEL_SECONDS: '4.5',
    MODEL_WEIGHTS: './drafts.json',
    WRITTEN_AT: '0.9',
    MODEL_BUDGET_PER_DAY: '2',
    MODEL_BUDGET_PER_MONTH: '20.5',
    MODEL_BUDGET_PER_CHANNEL: '1',
    MODEL_BUDGET_PER_PERSON: '0.25',
  });
  expect(models).toEqual({
    server: {
      apiKey: 'sk-secret',
      baseUrl: 'https://acme.openai.azure.com/openai',
      apiVersion: '2024-10-21',
      structured: 'object',
      reasoningEffort: 'minimal',
    },
    writer: { model: 'GPT-5-mini-2025', checkModel: 'gpt-5-mini', seesImages: true },
    embeddings: { model: 'text-embedding-3-small', dimensions: 256 },
    prices: new Map([
      ['gpt-5-mini', { input: 250_000, cachedInput: 25_000, output: 2_000_000 }],
      ['text-embedding-3*', { input: 20_000, cachedInput: 20_000, output: 20_000 }],
    ]),
    caps: { day: 2_000_000, month: 20_500_000, channel: 1_000_000, person: 250_000 },
    patienceMs: 4500,
    weightsFile: './drafts.json',
    writtenAt: 0.9,
  });
});

test('a server of our own needs no key, and vectors need no writer', () => {
  const { models } = readConfig({ OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1', OPENAI_EMBEDDING_MODEL: 'bge-m3' });
  expect(models).toMatchObject({ server: { apiKey: null, baseUrl: 'http://127.0.0.1:11434/v1' }, writer: null });
});

test.each([
  [
    'a model without a server',
    { OPENAI_MODEL: 'm' },
    ['a model is named but no server is: OPENAI_API_KEY or OPENAI_BASE_URL is missing'],
  ],
  [
    'a key without a model',
    server,
    ['OPENAI_API_KEY or OPENAI_BASE_URL is set but no model is: set OPENAI_MODEL, OPENAI_EMBEDDING_MODEL, or both'],
  ],
  [
    'a budget without the prices of all models',
    { ...server, ...prices, OPENAI_MODEL: 'gpt-5-mini', OPENAI_CHECK_MODEL: 'o9', MODEL_BUDGET_PER_DAY: '5' },
    ['a budget is set, but MODEL_PRICES names no price for o9'],
  ],
])('%s is a problem', (_, set, expected) => {
  expect(problems(set)).toEqual(expected);
});

test.each([
  ['OPENAI_BASE_URL', 'api.openai.com/v1'],
  ['OPENAI_BASE_URL', 'ftp://api.openai.com'],
  ['OPENAI_API_VERSION', 'latest'],
  ['OPENAI_VISION', 'maybe'],
  ['OPENAI_STRUCTURED', 'xml'],
  ['OPENAI_REASONING_EFFORT', 'much'],
  ['OPENAI_EMBEDDING_DIMENSIONS', '1.5'],
  ['OPENAI_EMBEDDING_DIMENSIONS', '9000'],
  ['MODEL_SECONDS', '0'],
  ['MODEL_SECONDS', '11'],
  ['MODEL_PRICES', 'gpt-5-mini'],
  ['MODEL_PRICES', 'gpt-5-mini: 1 / 2 / 3 / 4'],
  ['MODEL_PRICES', 'gpt-5-mini: 1; gpt-5-mini: 2'],
  ['WRITTEN_AT', '1.1'],
  ['MODEL_BUDGET_PER_DAY', '0'],
  ['MODEL_BUDGET_PER_MONTH', 'plenty'],
])('%s cannot be %j, and the message does not hold the key', (name, value) => {
  const set = { ...server, ...prices, OPENAI_MODEL: 'gpt-5-mini', [name]: value };
  expect(problems(set)).toEqual([expect.stringContaining(`${name} `)]);
  expect(problems(set).join('\n')).not.toContain('sk-secret');
});
