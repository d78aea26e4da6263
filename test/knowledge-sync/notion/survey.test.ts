import { EVERYONE } from '#domain/knowledge.ts';
import type { NotionClient } from '../../../knowledge-sync/notion/client.ts';
import { survey } from '../../../knowledge-sync/notion/survey.ts';
import {
  isCovered,
  type Known,
  known,
  type Nodes,
  readNotes,
  standingOf,
} from '../../../knowledge-sync/notion/tree.ts';
import { RemoteError } from '#errors.ts';

const id = (number: number) => `${number.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
const database = 'dddddddd-0000-4000-8000-000000000001';
const dataSource = 'dddddddd-0000-4000-8000-000000000002';

/** A database of that many rows, so many of them made in each minute; a query gives 10,000 at most. */
function clientOf(rows: number, perMinute: number): NotionClient & { readonly queries: (string | null)[] } {
  const queries: (string | null)[] = [];
  const minute = (row: number) => new Date(Date.UTC(2026, 0, 1, 0, Math.floor(row / perMinute))).toISOString();
  const all = Array.from({ length: rows }, (_, row) => ({
    object: 'page',
    id: id(row),
    created_time: minute(row),
    last_edited_time: '2026-02-01T09:00:00.000Z',
    parent: { type: 'data_source_id', data_source_id: dataSource, database_id: database },
  }));
  const nothing = async () => null;
  return {
    queries,
    async *search() {
      yield {
        object: 'data_source',
        id: dataSource,
        parent: { database_id: database },
        database_parent: { type: 'workspace' },
      };
      // What is odd in a listing costs nothing else.
      yield* [null, 3, { object: 'page' }, { object: 'page', id: id(0) }, { object: 'mood', id: id(1) }];
    },
    async *rows({ createdFrom }, onCutOff) {
      queries.push(createdFrom);
      const wanted = all.filter(({ created_time: created }) => createdFrom === null || created >= createdFrom);
      if (wanted.length > 10_000) onCutOff();
      yield* wanted.slice(0, 10_000);
    },
    markdown: async () => ({ markdown: '', unknown_block_ids: [] }),
    page: nothing,
    database: nothing,
    dataSource: nothing,
    block: nothing,
    children: nothing,
    userName: nothing,
    async *propertyItems() {},
  };
}

function run(
  client: NotionClient,
  more: { before?: Nodes; keep?: (found: ReadonlyMap<string, Known>) => Promise<void> } = {},
) {
  const warnings: string[] = [];
  const log = { debug() {}, info() {}, warn: (message: string) => void warnings.push(message), error() {} };
  const clock = () => new Date('2026-03-01T09:00:00Z');
  const options = {
    client,
    audiences: new Map([['*', EVERYONE]]),
    log,
    clock,
    before: new Map(),
    keep: async () => {},
    ...more,
  };
  return survey(options).then((surveyed) => ({ ...surveyed, warnings }));
}

test('a database of more rows than a query gives is listed to its end', async () => {
  const client = clientOf(12_000, 50);
  const { pages, warnings } = await run(client);
  expect([pages.size, client.queries.length, warnings]).toEqual([12_000, 2, []]);
});

test('more rows of one minute than a query gives are said to be missing', async () => {
  const { pages, warnings } = await run(clientOf(10_001, 10_001));
  expect([pages.size, warnings]).toEqual([
    10_000,
    ['a Notion database has more rows of one minute than can be listed'],
  ]);
});

test('a survey that breaks off goes on where it was', async () => {
  const notes = new Map<string, unknown>();
  const keep = async (found: ReadonlyMap<string, Known>) => {
    for (const [page, node] of found) notes.set(page, JSON.parse(JSON.stringify(node)));
    if (notes.size >= 300) throw new Error('killed');
  };
  const client = clientOf(1_000, 50);
  await expect(run(client, { keep })).rejects.toThrow('killed');
  let explored = 0;
  const counting: NotionClient = {
    ...client,
    async markdown() {
      explored += 1;
      return { markdown: '', unknown_block_ids: [] };
    },
  };
  const { pages } = await run(counting, { before: readNotes(notes) });
  expect([pages.size, explored]).toEqual([1_000, 700]);
});

test('when page after page cannot be looked through, the listing is given up', async () => {
  const failing = async () => {
    throw new RemoteError('Notion', 'unavailable', { message: 'answered 500' });
  };
  await expect(run({ ...clientOf(50, 50), markdown: failing, children: failing })).rejects.toThrow('answered 500');
});

test('notes of another version are forgotten', () => {
  const kept = known('page', { title: 'VPN', edited: 'x' });
  expect(
    readNotes(
      new Map<string, unknown>([
        [id(1), { v: 0 }],
        [id(2), null],
        [id(3), 'x'],
        [id(4), kept],
      ]),
    ),
  ).toEqual(new Map([[id(4), kept]]));
});

test('pages that stand above each other in a circle end', () => {
  const nodes: Nodes = new Map([
    [id(1), known('page', { parent: { kind: 'page', id: id(2) } })],
    [id(2), known('page', { parent: { kind: 'page', id: id(1) } })],
  ]);
  expect(standingOf(id(1), nodes, new Map([['*', EVERYONE]]))).toEqual({
    kind: 'readable',
    audience: EVERYONE,
    outside: null,
  });
});

test.each([
  ['all of one', [['a']], [['a']], true],
  ['those of one group in several', [['a']], [['a', 'b']], true],
  ['those of several groups in one', [['a', 'b']], [['a']], false],
  ['everyone in a group', [['everyone']], [['a']], false],
  ['a group in everyone', [['a']], [['everyone']], true],
  ['nobody in a group', [], [['a']], true],
  ['a group in nobody', [['a']], [], false],
  ['those of both in one of them', [['a'], ['b']], [['b']], true],
  ['an empty list in a group', [[]], [['a']], false],
])('whether %s is covered', (_, audience, other, expected) => {
  expect(isCovered(audience, other)).toBe(expected);
});
