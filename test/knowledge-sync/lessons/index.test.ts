import { type Audience, EVERYONE } from '#domain/knowledge.ts';
import type { StoredLesson } from '#ticket-ports.ts';
import { type Database, openDatabase } from '../../../adapters/postgres/database.ts';
import { createKnowledge } from '../../../adapters/postgres/knowledge.ts';
import { createLessons } from '../../../knowledge-sync/lessons/index.ts';
import { refreshDocument } from '../../../knowledge-sync/refresh.ts';
import { syncSource } from '../../../knowledge-sync/sync.ts';

const at = new Date('2026-03-01T09:00:00Z');
const log = { debug() {}, info() {}, warn() {}, error() {} };

let database: Database;
beforeAll(async () => {
  database = await openDatabase({ dump: process.env['TEST_DUMP'] ?? '' });
});
afterAll(() => database.close());
afterEach(() => database.knex.raw('delete from document'));
const knowledge = () => createKnowledge({ knex: database.knex, language: 'english' });

function lesson(fields: Partial<StoredLesson> = {}): StoredLesson {
  return {
    id: '7',
    conversationId: '1',
    ticketId: '10042',
    question: 'Why does the badge printer in Lisbon print blank cards?',
    answer: 'Its ribbon is in upside down:\n\n1. Open the lid.\n2. Turn the ribbon round.',
    url: 'https://desk.example/browse/IT-42',
    state: 'approved',
    by: 'Ann',
    changedAt: at,
    revision: 1,
    ...fields,
  };
}

/** The source over these lessons, which can be changed. */
function setUp(stored: StoredLesson[], audience: Audience = EVERYONE) {
  const source = createLessons(
    { audience },
    {
      lessons: {
        find: async (id) => stored.find((one) => one.id === id) ?? null,
        approved: async () => stored.filter(({ state }) => state === 'approved'),
      },
    },
  );
  const refresh = (id: string) => refreshDocument({ source, id }, { knowledge: knowledge(), log });
  const sync = () => syncSource({ source, knowledge: knowledge(), log, clock: () => at });
  return { source, refresh, sync };
}

async function found(text: string, email = 'bo@acme.example') {
  const { passages } = await knowledge().search({ text, readers: { kind: 'people', emails: [email] }, limit: 5 });
  return passages.map(({ source, documentId, title, url, headings, text: passage }) => ({
    source,
    documentId,
    title,
    url,
    headings,
    passage,
  }));
}

test('an approved lesson is found by its question, and what is quoted is the answer as it stands', async () => {
  const { refresh } = setUp([lesson()]);
  expect(await refresh('7')).toBe('updated');
  expect(await found('badge printer prints blank cards')).toEqual([
    {
      source: 'lessons',
      documentId: '7',
      title: 'Why does the badge printer in Lisbon print blank cards? (IT-42)',
      url: 'https://desk.example/browse/IT-42',
      headings: [],
      passage: 'Its ribbon is in upside down:\n\n1. Open the lid.\n2. Turn the ribbon round.',
    },
  ]);
  expect(await refresh('7')).toBe('current');
});

test('a lesson that is reworded answers in the new words, one that is discarded no more', async () => {
  const stored = [lesson()];
  const { refresh } = setUp(stored);
  await refresh('7');
  stored[0] = lesson({ answer: 'Turn the ribbon round.', revision: 2 });
  expect(await refresh('7')).toBe('updated');
  expect(await found('badge printer')).toMatchObject([{ passage: 'Turn the ribbon round.' }]);
  stored[0] = lesson({ state: 'discarded', revision: 3 });
  expect(await refresh('7')).toBe('updated');
  expect(await found('badge printer')).toEqual([]);
});

test.each(['proposed', 'discarded'] as const)('a lesson that is %s is no document', async (state) => {
  const { source, sync } = setUp([lesson({ state })]);
  expect([await source.lookUp('7'), await source.read('7')]).toEqual([null, null]);
  expect(await sync()).toMatchObject({ added: 0, removed: 0, brokenOff: null });
});

test('an unknown lesson is no document', async () => {
  const { source } = setUp([]);
  expect([await source.lookUp('7'), await source.read('7')]).toEqual([null, null]);
});

test('a sync brings all approved lessons in line, and leaves the rest', async () => {
  const stored = [lesson(), lesson({ id: '8', state: 'proposed' }), lesson({ id: '9', question: 'How do I undock?' })];
  const { sync } = setUp(stored);
  expect(await sync()).toMatchObject({ added: 2, changed: 0, removed: 0, brokenOff: null });
  stored[0] = lesson({ state: 'discarded', revision: 2 });
  stored[1] = lesson({ id: '8', revision: 2 });
  expect(await sync()).toMatchObject({ added: 1, changed: 0, removed: 1, kept: 1, failed: [] });
});

test('only its audience finds it, and a new audience counts without any lesson being read anew', async () => {
  const narrow = setUp([lesson()], [['person:bo@acme.example']]);
  await narrow.sync();
  expect(await found('badge printer', 'bo@acme.example')).toHaveLength(1);
  expect(await found('badge printer', 'eve@acme.example')).toEqual([]);
  const wide = setUp([lesson()], EVERYONE);
  expect(await wide.sync()).toMatchObject({ changed: 0, failed: [] });
  expect(await found('badge printer', 'eve@acme.example')).toHaveLength(1);
});

test.each([
  ['on several lines', 'My badge\n  printer\tis blank\0.', 'My badge printer is blank .'],
  ['that is too long for a title', `${'word '.repeat(80)}end`, `${'word '.repeat(59)}word…`],
])('a question %s becomes one line', async (_, question, title) => {
  const { source } = setUp([lesson({ question })]);
  expect((await source.read('7'))?.title).toBe(`${title} (IT-42)`);
});

test('a question with marks of Markdown and an answer with headings stay what they are', async () => {
  const { refresh } = setUp([lesson({ question: '# *Blank* `cards`?', answer: '# Cure\n\nTurn the ribbon.' })]);
  await refresh('7');
  expect(await found('ribbon')).toMatchObject([
    { title: '# *Blank* `cards`? (IT-42)', headings: ['Cure'], passage: 'Turn the ribbon.' },
  ]);
});
