import { createKnowledge } from '../../../adapters/postgres/knowledge.ts';
import { type Database, openDatabase } from '../../../adapters/postgres/database.ts';
import { type Audience, EVERYONE, type Readers } from '#domain/knowledge.ts';

let database: Database;

beforeAll(async () => {
  database = await openDatabase({ dump: process.env.TEST_DUMP ?? '' });
});
afterAll(() => database.close());
afterEach(() => database.knex.raw('delete from document'));

function put(id: string, text: string, audience: Audience = EVERYONE): Promise<void> {
  const read = { revision: '1', updatedAt: null, markdown: '', gaps: [], isComplete: true };
  const document = { ...read, source: 'files', id, title: id, url: '', audience };
  // another store than the one that searches, as in another process
  const knowledge = createKnowledge({ knex: database.knex, language: 'english' });
  return knowledge.put(document, [{ ordinal: 0, headings: [], text }]);
}

/** One that stays, as in the program: it remembers words. */
function searcher() {
  const knowledge = createKnowledge({ knex: database.knex, language: 'english' });
  return async (text: string, readers: Readers = { kind: 'everyone' }) => {
    const { terms, corrections, passages } = await knowledge.search({ text, readers, limit: 5 });
    return {
      chunks: Object.fromEntries(terms.map((term) => [term.lexeme, term.chunks])),
      corrections,
      found: passages.map(({ documentId }) => documentId),
    };
  };
}

test('a word that is remembered has the counts of the index as it is now', async () => {
  const search = searcher();
  await put('one', 'restart the router');
  const before = await search('router');
  await put('two', 'the router blinks');
  const after = await search('router');
  await createKnowledge({ knex: database.knex, language: 'english' }).remove('files', ['one', 'two']);
  const emptied = await search('router');

  expect([before, after, emptied].map(({ chunks }) => chunks)).toEqual([{ router: 1 }, { router: 2 }, { router: 0 }]);
});

test('a word that nobody had is found as soon as a document has it', async () => {
  const search = searcher();
  await put('one', 'restart the router');
  const before = await search('the ruoter beamer');
  await put('two', 'the beamer of the meeting room');
  const after = await search('the ruoter beamer');

  expect([before.chunks, after.chunks]).toEqual([
    { router: 1, beamer: 0 },
    { router: 1, beamer: 1 },
  ]);
  expect(after.corrections).toEqual([{ from: 'ruoter', to: 'router' }]);
});

test('what is remembered from one reader shows another nothing', async () => {
  const search = searcher();
  await put('secret', 'the router is blue', [['person:ann@x.example']]);
  const entitled = await search('ruoter', { kind: 'people', emails: ['ann@x.example'] });
  const stranger = await search('ruoter', { kind: 'everyone' });

  expect(entitled).toEqual({
    chunks: { router: 1 },
    corrections: [{ from: 'ruoter', to: 'router' }],
    found: ['secret'],
  });
  expect(stranger).toEqual({ chunks: { ruoter: 0 }, corrections: [], found: [] });
});
