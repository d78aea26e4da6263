import { type OpenAiSandbox, startOpenAi } from '../../../sandbox/openai/index.ts';
import { buildModels } from '../../../src/build-models.ts';
import { readConfig } from '../../../src/config.ts';
import { openModelSession } from '../../../src/flows/model-session.ts';
import { EVERYONE } from '#domain/knowledge.ts';
import { type Desk, openDesk, silence } from './helpdesk.ts';

let desk: Desk;
let openai: OpenAiSandbox;

beforeEach(async () => {
  [desk, openai] = await Promise.all([openDesk(), startOpenAi()]);
});
afterEach(async () => {
  await openai.close();
  await desk.database.close();
});

/** The program's own models, as a start with these settings makes them. */
async function startWith(settings: Readonly<Record<string, string>>) {
  const config = readConfig({
    OPENAI_API_KEY: openai.apiKey,
    OPENAI_BASE_URL: openai.url,
    OPENAI_EMBEDDING_MODEL: openai.models.embedding,
    ...settings,
  });
  const { deps, embed } = await buildModels(config, { store: desk.store, log: silence, clock: () => new Date() });
  if (deps === null) throw new Error('there is no model');
  /** What a question finds that has no word of the document, and the model it was embedded with. */
  const ask = async () => {
    const conversationId = await desk.say({ text: 'How do I change my password?', authorRef: 'slack/T1/ann' });
    const version = await desk.store.conversations.versionOf(conversationId);
    const behalf = { conversationId, personRef: 'slack/T1/ann', channel: null, version };
    const vector = await openModelSession(behalf, deps).embed('How do I change my password?', []);
    if (vector === null) return null;
    const question = { text: 'xyzzy', readers: { kind: 'everyone' }, limit: 5, near: vector } as const;
    const { passages } = await desk.store.knowledge.search(question);
    const found = passages.filter(({ similarity = 0 }) => similarity > 0).map(({ documentId }) => documentId);
    return { model: vector.model, length: vector.values.length, found };
  };
  return { ask, embed };
}

async function put(id: string, text: string): Promise<void> {
  const fixed = { url: '', revision: '1', updatedAt: null, markdown: '', gaps: [], isComplete: true };
  const document = { source: 'files', id, title: id, audience: EVERYONE, ...fixed };
  await desk.store.knowledge.put(document, [{ ordinal: 0, headings: [], text }]);
}

test('while the vectors of another model are made, questions are embedded with the former one', async () => {
  await put('passwords', 'Change your password in the portal.');
  const former = await startWith({ OPENAI_EMBEDDING_DIMENSIONS: '64' });
  expect(await former.ask()).toBeNull(); // there are no vectors yet
  await former.embed();
  const before = { model: `${openai.models.embedding}@64`, length: 64, found: ['passwords'] };
  expect(await former.ask()).toEqual(before);

  const changed = await startWith({ OPENAI_EMBEDDING_DIMENSIONS: '128' });
  expect(await changed.ask()).toEqual(before);
  await changed.embed();
  expect(await changed.ask()).toEqual({ model: `${openai.models.embedding}@128`, length: 128, found: ['passwords'] });

  const unset = await startWith({});
  expect(await unset.ask()).toMatchObject({ model: `${openai.models.embedding}@128` });
  await unset.embed();
  expect(await unset.ask()).toMatchObject({ model: openai.models.embedding, found: ['passwords'] });
});

test('a former model that is gone leaves a question to its words, and so does one whose price nobody knows', async () => {
  await put('passwords', 'Change your password in the portal.');
  await (await startWith({ OPENAI_EMBEDDING_DIMENSIONS: '64' })).embed();
  await desk.database.knex('embedding_model').update({ name: 'gone' });
  expect(await (await startWith({})).ask()).toBeNull();
  const before = openai.calls().length;
  const budget = { MODEL_BUDGET_PER_DAY: '5', MODEL_PRICES: `${openai.models.embedding}: 1` };
  expect(await (await startWith(budget)).ask()).toBeNull();
  expect(openai.calls()).toHaveLength(before);
});
