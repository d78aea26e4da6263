import { Ajv } from 'ajv';
import { deformities, type Deformity } from '../../../sandbox/openai/contract.ts';
import { type OpenAiSandbox, startOpenAi } from '../../../sandbox/openai/index.ts';
import { badge, contentOf, dataOf, type Draft, printer, schemas } from './client.ts';

let server: OpenAiSandbox;
beforeAll(async () => {
  server = await startOpenAi();
});
afterAll(() => server.close());

const data = dataOf('How do I clear a paper jam?', [printer, badge], { draft: ['Open Tray 2.'] });
const isAllowed = new Ajv({ strict: false }).compile(schemas.firstline_answer);

async function made(mode: Deformity): Promise<string | null> {
  server.behave(mode);
  return contentOf(server, 'firstline_answer', data);
}
const parsed = (content: string | null) => JSON.parse(content ?? '') as Draft;

test('empty, and nothing at all', async () => {
  expect([await made('empty'), await made('null-content')]).toEqual(['', null]);
});

test.each(['fenced', 'single-quoted'] as const)('%s: no JSON as it stands', async (mode) => {
  const content = await made(mode);
  expect(content).toContain('Tray 2');
  expect(() => parsed(content)).toThrow('JSON');
});

test.each(['extra-fields', 'missing-fields', 'wrong-types', 'deep-nesting'] as const)(
  '%s: JSON that the schema does not allow',
  async (mode) => {
    const content = await made(mode);
    expect(isAllowed(parsed(content))).toBe(false);
  },
);

test('huge: 200 kB whatever the limit, as the schema has it', async () => {
  const content = await made('huge');
  expect(content?.length).toBeGreaterThan(200_000);
  expect(isAllowed(parsed(content))).toBe(true);
});

test('endless: 500 sentences', async () => {
  const draft = parsed(await made('endless'));
  expect([draft.sentences.length, isAllowed(draft)]).toEqual([500, true]);
});

test.each([
  ['html', /<(?:script|b|img|a)\b/],
  ['markdown-links', /\]\(https:|<https:[^>]+\|/],
  ['unicode-tricks', /[\u200B\u202E\u0456\u{E0049}]/u],
] as const)('%s: in what people read, not in the quotes', async (mode, sign) => {
  const draft = parsed(await made(mode));
  expect(isAllowed(draft)).toBe(true);
  for (const { text, support } of draft.sentences) {
    expect(text).toMatch(sign);
    for (const { quote } of support) expect(printer.text).toContain(quote);
  }
});

test('in every task, and the same again', async () => {
  for (const mode of deformities) {
    server.behave(mode);
    for (const task of ['firstline_check', 'firstline_question'] as const) {
      const content = await contentOf(server, task, data);
      expect(await contentOf(server, task, data)).toBe(content);
    }
    expect(
      server
        .calls()
        .slice(-4)
        .every((call) => call.mode === mode && call.status === 200),
    ).toBe(true);
  }
});
