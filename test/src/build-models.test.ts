import { buildModels } from '../../src/build-models.ts';
import { readConfig } from '../../src/config.ts';
import { type Desk, openDesk, silence } from './flows/helpdesk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.database.close());

async function modelsOf(set: Readonly<Record<string, string>>) {
  const config = readConfig({ OPENAI_API_KEY: 'sk-test', ...set });
  return buildModels(config, { store: desk.store, log: silence, clock: () => new Date() });
}

test('a model that writes and checks is one: what it learns of its server, it learns once', async () => {
  const { deps, embeds } = await modelsOf({ OPENAI_MODEL: 'm' });
  expect(deps?.writer?.name).toBe('m');
  expect(deps?.checker).toBe(deps?.writer);
  expect([deps?.embedder, embeds]).toEqual([null, false]);
});

test('two models know nothing of each other', async () => {
  const { deps } = await modelsOf({ OPENAI_MODEL: 'm', OPENAI_CHECK_MODEL: 'n' });
  expect([deps?.writer?.name, deps?.checker?.name]).toEqual(['m', 'n']);
});

test('no model, nothing', async () => {
  expect(
    (await buildModels(readConfig({}), { store: desk.store, log: silence, clock: () => new Date() })).deps,
  ).toBeNull();
});
