import type { Knex } from 'knex';
import { onConnection } from '../../adapters/postgres/connection.ts';
import { type Database, type DatabaseLocation, openDatabase } from '../../adapters/postgres/database.ts';
import { repairCounts } from '../../adapters/postgres/knowledge-repair.ts';
import { readableBy } from '../../adapters/postgres/search-sql.ts';
import { createStore } from '../../adapters/postgres/store.ts';
import {
  ADMIN_GROUP,
  ADMINS,
  type Audience,
  type Document,
  EVERYONE,
  groupName,
  NOBODY,
  type Passage,
  type Readers,
  sameAudience,
} from '#domain/knowledge.ts';
import type { Store } from '#ports.ts';
import { putMany } from '../adapters/postgres/many-documents.ts';

/** Who may read what is stored, and what a sync stores beside it. Run on the embedded database and on a server. */
export function knowledgeContract(location: () => DatabaseLocation): void {
  let database: Database;
  let knex: Knex;
  let store: Store;

  beforeAll(async () => {
    database = await openDatabase(location());
    knex = database.knex;
    store = createStore(database, { language: 'english' });
  });
  afterAll(() => database.close());
  afterEach(() => knex.raw('delete from document'));

  async function put(id: string, changes: Partial<Document> = {}): Promise<void> {
    const fixed = { title: id, url: '', revision: '1', updatedAt: null, markdown: '', gaps: [], isComplete: true };
    const document: Document = { source: 'files', id, audience: EVERYONE, ...fixed, ...changes };
    await store.knowledge.put(document, [{ ordinal: 0, headings: [], text: 'toner cartridge' }]);
  }

  const anybody: Readers = { kind: 'everyone' };
  const nobody: Readers = { kind: 'nobody' };
  const people = (...emails: readonly string[]): Readers => ({ kind: 'people', emails });

  /** Whether these readers find the document, and get its sections: both or neither. */
  async function canRead(id: string, readers: Readers): Promise<boolean> {
    const { passages } = await store.knowledge.search({ text: 'toner', readers, limit: 2_000 });
    const isFound = passages.some(({ documentId }) => documentId === id);
    const sections = await store.knowledge.sections(passageOf('files', id), { lexemes: ['toner'], readers });
    expect(sections.length > 0).toBe(isFound);
    return isFound;
  }

  /** As far as `sections` looks at it. */
  function passageOf(source: string, documentId: string): Passage {
    const text = { title: '', url: '', headings: [], text: '', updatedAt: null };
    return { ...text, chunkId: '', source, documentId, restricted: false, score: 0, matches: {} };
  }

  describe('who may read', () => {
    const [ann, ben, cleo, dan] = ['ann@x.example', 'ben@x.example', 'cleo@x.example', 'dan@x.example'] as const;
    const [hr, it, leads] = [groupName('files', 'hr'), groupName('files', 'it'), groupName('wiki', 'leads')];

    beforeAll(async () => {
      await store.knowledge.putGroups('files', [
        { name: 'hr', emails: ['Ann@X.example', ann, ben] },
        { name: 'it', emails: [ben, cleo] },
        { name: 'empty', emails: [] },
        { name: 'everyone', emails: [dan] },
        { name: `person:${ann}`, emails: [dan] },
      ]);
      await store.knowledge.putGroups('wiki', [
        { name: 'leads', emails: [ann, cleo] },
        { name: 'hr', emails: [dan] },
      ]);
      await store.knowledge.putGroups(ADMIN_GROUP.source, [{ name: ADMIN_GROUP.name, emails: [ben] }]);
    });

    test.each<[string, Audience, Readers, boolean]>([
      ['everyone: employees of whom nothing is known', EVERYONE, anybody, true],
      ['everyone: a person', EVERYONE, people(ann), true],
      ['everyone: several', EVERYONE, people(ann, dan), true],
      ['everyone: not somebody who is entitled to nothing', EVERYONE, nobody, false],
      ['everyone: not no people', EVERYONE, people(), false],
      ['everyone among others: a person whom the others leave out', [[hr, 'everyone']], people(dan), true],
      ['a person: that one', [[`person:${ann}`]], people(ann), true],
      ['a person: in other letters', [[`person:ANN@x.Example`]], people('aNN@X.example'), true],
      ['a person: no other', [[`person:${ann}`]], people(ben), false],
      ['a person: not employees of whom nothing is known', [[`person:${ann}`]], anybody, false],
      ['a person: not together with another', [[`person:${ann}`]], people(ann, ben), false],
      ['a person: the same one twice is one', [[`person:${ann}`]], people(ann, ann.toUpperCase()), true],
      ['a group: its member', [[hr]], people(ann), true],
      ['a group: not another', [[hr]], people(cleo), false],
      ['a group: all readers are members', [[hr]], people(ann, ben), true],
      ['a group: one reader is none', [[hr]], people(ann, ben, cleo), false],
      ['a group: not employees of whom nothing is known', [[hr]], anybody, false],
      ['a group: not the member of a group of that name elsewhere', [[hr]], people(dan), false],
      ['a group: its name alone means nobody', [['hr']], people(ann), false],
      ['a group that is named everyone: its member', [[groupName('files', 'everyone')]], people(dan), true],
      ['a group that is named everyone: no other', [[groupName('files', 'everyone')]], people(ann), false],
      ['a group that is named as a person is not that person', [[`person:${ann}`]], people(dan), false],
      ['a group in other letters is another', [[groupName('files', 'HR')]], people(ann), false],
      ['a group without members', [[groupName('files', 'empty')]], people(ann), false],
      ['a group that nobody knows', [[groupName('files', 'gone')]], people(ann), false],
      ['admins: one', ADMINS, people(ben), true],
      ['admins: not others', ADMINS, people(ann), false],
      ['alternatives: the first', [[hr, it]], people(ann), true],
      ['alternatives: the second', [[hr, it]], people(cleo), true],
      ['alternatives: neither', [[hr, it]], people(dan), false],
      ['alternatives: readers by different ones', [[hr, it]], people(ann, cleo), true],
      ['alternatives: readers by a group and by name', [[hr, `person:${dan}`]], people(ben, dan), true],
      ['alternatives: who is in both counts once', [[hr, it]], people(ben, dan), false],
      ['alternatives of two sources', [[it, leads]], people(ann, ben, cleo), true],
      ['two lists: in both', [[hr], [it]], people(ben), true],
      ['two lists: in the first only', [[hr], [it]], people(ann), false],
      ['two lists: in the second only', [[hr], [it]], people(cleo), false],
      ['two lists: each reader in another', [[hr], [it]], people(ann, cleo), false],
      ['two lists: everyone, and a group', [['everyone'], [hr]], people(ann), true],
      ['two lists: everyone, and a group that the reader is not in', [['everyone'], [hr]], people(dan), false],
      [
        'two lists: everyone, and a group, for employees of whom nothing is known',
        [['everyone'], [hr]],
        anybody,
        false,
      ],
      ['two lists: everyone twice', [['everyone'], ['everyone', hr]], anybody, true],
      [
        'two lists that are the same',
        [
          [hr, it],
          [it, hr, hr],
        ],
        people(cleo),
        true,
      ],
      ['three lists: by different groups', [[hr, it], [leads], ['everyone']], people(ann, cleo), true],
      ['three lists: one reader misses one', [[hr, it], [leads], ['everyone']], people(ann, ben), false],
      ['an empty list', [[]], people(ann), false],
      ['an empty list beside another', [['everyone'], []], people(ann), false],
      ['an empty list, for employees of whom nothing is known', [[]], anybody, false],
      ['no list', NOBODY, people(ann), false],
      ['no list, for employees of whom nothing is known', NOBODY, anybody, false],
      ['no list, for nobody', NOBODY, nobody, false],
    ])('%s', async (_, audience, readers, expected) => {
      await put('one', { audience });
      expect(await canRead('one', readers)).toBe(expected);
    });

    test('a document is restricted unless every employee may read it', async () => {
      const open: readonly Audience[] = [EVERYONE, [['everyone', hr]], [['everyone'], ['everyone', it]]];
      const closed: readonly Audience[] = [[[hr]], [['everyone'], [hr]], [[hr], [it]]];
      for (const [index, audience] of [...open, ...closed].entries()) await put(`d${index}`, { audience });
      const { passages } = await store.knowledge.search({ text: 'toner', readers: people(ben), limit: 10 });
      const found = passages.map(({ documentId, restricted }) => [documentId, restricted]);
      expect(Object.fromEntries(found)).toEqual({ d0: false, d1: false, d2: false, d3: true, d4: true, d5: true });
    });

    test('without an answer to who reads, the database itself shows nothing', async () => {
      await put('one');
      const ids = async (emails: readonly string[] | null) =>
        onConnection(knex, (query) => query(readableBy('$1'), [emails]));
      expect((await ids([])).length).toBeGreaterThan(0);
      expect(await ids(null)).toEqual([]);
    });

    test('members that join or leave a group gain and lose its rights at once, in its source only', async () => {
      const team = groupName('chat', 'team');
      await put('one', { audience: [[team]] });
      const told = [];
      for (const emails of [[ann], [ann, ben], [ben], []]) {
        await store.knowledge.putGroups('chat', [{ name: 'team', emails }]);
        told.push([await canRead('one', people(ann)), await canRead('one', people(ben))]);
      }
      expect(told).toEqual([
        [true, false],
        [true, true],
        [false, true],
        [false, false],
      ]);
      await put('two', { audience: [[hr]] });
      expect(await canRead('two', people(ann))).toBe(true);
    });
  });

  describe('what a sync stores', () => {
    test('what is stored of a source comes with its audience and whether it is complete', async () => {
      const audiences: Readonly<Record<string, Audience>> = {
        open: EVERYONE,
        closed: NOBODY,
        nobody: [[], ['everyone']],
        several: [['everyone'], ['person:b@x.example', groupName('files', 'a "quoted", {braced}\nname')]],
        accents: [['group:files/é', 'group:files/z', 'group:files/Z', 'group:files/a']],
      };
      for (const [id, audience] of Object.entries(audiences)) await put(id, { audience, revision: `r-${id}` });
      await put('half', { isComplete: false, revision: '7' });
      await put('elsewhere', { source: 'wiki' });
      const stored = await store.knowledge.stored('files');
      expect([...stored.keys()].toSorted()).toEqual([...Object.keys(audiences), 'half'].toSorted());
      for (const [id, audience] of Object.entries(audiences)) {
        expect(stored.get(id)).toMatchObject({ revision: `r-${id}`, isComplete: true });
        expect([id, sameAudience(stored.get(id)?.audience ?? [['?']], audience)]).toEqual([id, true]);
      }
      expect(stored.get('half')).toEqual({ revision: '', audience: EVERYONE, isComplete: false });
      expect(await store.knowledge.stored('files', ['open', 'gone'])).toEqual(new Map([['open', stored.get('open')]]));
      expect(await store.knowledge.stored('files', [])).toEqual(new Map());
    });

    test('lists that look alike when they are written down are not the same', async () => {
      await put('two', { audience: [['person:a@x.example', 'person:b@x.example']] });
      await put('one', { audience: [['person:a@x.example\nperson:b@x.example']] });
      await put('comma', { audience: [['person:a@x.example,person:b@x.example']] });
      const readers = people('a@x.example');
      expect([await canRead('two', readers), await canRead('one', readers), await canRead('comma', readers)]).toEqual([
        true,
        false,
        false,
      ]);
    });

    test('an audience may have very many lists, and a list very many people', async () => {
      const emails = Array.from({ length: 5_000 }, (_, index) => `p${index}@a-rather-long-domain.example`);
      const many = emails.map((email) => `person:${email}`);
      const lists = emails.slice(0, 1_000).map((email) => [`person:${email}`, 'everyone']);
      await put('people', { audience: [many] });
      await put('lists', { audience: lists });
      expect(await canRead('people', people(...emails.slice(0, 100)))).toBe(true);
      expect(await canRead('people', people('q@x.example'))).toBe(false);
      expect(await canRead('lists', people('q@x.example'))).toBe(true);
      expect((await store.knowledge.stored('files')).get('lists')?.audience).toHaveLength(1_000);
    });

    test('of what was not read only documents with a gap are told', async () => {
      const gaps = [
        { kind: 'unsupported', what: 'roadmap “macro”', count: 3 },
        { kind: 'attachment', what: "plan's.pdf", count: 1 },
      ] as const;
      await put('whole');
      await put('torn', { title: 'Z', url: 'https://wiki.example/z', gaps, audience: NOBODY });
      await put('half', { title: 'A', isComplete: false });
      await put('elsewhere', { source: 'wiki', gaps });
      expect(await store.knowledge.coverage('files')).toEqual({
        documents: 3,
        gaps: [
          { id: 'half', title: 'A', url: '', isComplete: false, gaps: [] },
          { id: 'torn', title: 'Z', url: 'https://wiki.example/z', isComplete: true, gaps },
        ],
      });
      expect(await store.knowledge.coverage('nothing')).toEqual({ documents: 0, gaps: [] });
    });

    test('other sources go with all that was noted of them', async () => {
      await store.knowledge.putGroups('old', [{ name: 'team', emails: ['ann@x.example'] }]);
      await store.memory.save('old', new Map([['cursor', 'x']]));
      await store.syncRuns.noteFault('old', 'no key', new Date(0));
      expect(await store.knowledge.holdsAny()).toBe(false);
      await put('kept');
      await put('gone', { source: 'old', audience: [[groupName('old', 'team')]] });
      expect(await store.knowledge.holdsAny()).toBe(true);
      expect(await store.knowledge.removeOtherSources(['files', 'wiki'])).toEqual(['old']);
      expect(await store.knowledge.removeOtherSources(['files', 'wiki'])).toEqual([]);
      expect([...(await store.knowledge.stored('old')), ...(await store.memory.load('old'))]).toEqual([]);
      expect(await store.syncRuns.fault('old')).toBeNull();
      expect(await knex('group_member').where({ source: 'old' })).toEqual([]);
      expect(await canRead('kept', anybody)).toBe(true);
      expect(await kept()).toEqual(await recounted());
    });
  });

  /** The counts as they are kept. */
  async function kept() {
    return {
      lexemes: (await knex.raw('select lexeme, chunks from indexed_lexeme where chunks <> 0 order by lexeme')).rows,
      audiences: (await knex.raw('select id, chunks from indexed_audience where chunks <> 0 order by id')).rows,
      total: (await knex.raw('select chunks::int, len::int from indexed_total')).rows,
    };
  }

  /** The counts as counting everything again gives them. */
  async function recounted() {
    const undo = new Error('undo');
    let result = null;
    const counting = knex.transaction(async (trx) => {
      await repairCounts(trx);
      result = {
        lexemes: (await trx.raw('select lexeme, chunks from indexed_lexeme order by lexeme')).rows,
        audiences: (await trx.raw('select id, chunks from indexed_audience order by id')).rows,
        total: (await trx.raw('select chunks::int, len::int from indexed_total')).rows,
      };
      throw undo;
    });
    await expect(counting).rejects.toBe(undo);
    return result;
  }

  describe('rights that change while the text stays', () => {
    const ann = people('ann@x.example');

    test('count from the next search on, and the words stay what they are', async () => {
      await put('one');
      await put('two', { audience: NOBODY });
      await put('elsewhere', { source: 'wiki' });
      await store.knowledge.putAudiences(
        'files',
        new Map([
          ['one', [['person:Ann@x.example']]],
          ['two', EVERYONE],
          ['elsewhere', NOBODY], // of another source: not meant
          ['gone', EVERYONE],
        ]),
      );
      const found = async (readers: Readers) => {
        const { passages, terms } = await store.knowledge.search({ text: 'toner', readers, limit: 9 });
        expect(terms).toMatchObject([{ lexeme: 'toner', chunks: 3 }]);
        return passages.map(({ documentId }) => documentId).toSorted();
      };
      expect(await found(anybody)).toEqual(['elsewhere', 'two']);
      expect(await found(ann)).toEqual(['elsewhere', 'one', 'two']);
      expect((await store.knowledge.search({ text: 'tonner', readers: ann, limit: 9 })).corrections).toEqual([
        { from: 'tonner', to: 'toner' },
      ]);
      expect((await store.knowledge.stored('files')).get('one')).toEqual({
        revision: '1',
        audience: [['person:ann@x.example']],
        isComplete: true,
      });
      expect(await kept()).toEqual(await recounted());
    });

    test('of a thousand documents at once, there and back', async () => {
      const ids = Array.from({ length: 1_000 }, (_, index) => `d${index}`);
      const documents = ids.map((id, index) => ({
        source: 'files',
        id,
        title: id,
        text: `toner ${'ink '.repeat(index % 7)}`,
      }));
      await putMany(
        knex,
        documents.map((document) => ({ ...document, audience: EVERYONE })),
      );
      const count = async (readers: Readers) =>
        (await store.knowledge.search({ text: 'toner', readers, limit: 2_000 })).passages.length;
      expect([await count(anybody), await count(ann)]).toEqual([1_000, 1_000]);

      const teams = ids.map((id, index): [string, Audience] => [
        id,
        [[`person:p${index % 50}@x.example`, 'person:ann@x.example']],
      ]);
      await store.knowledge.putAudiences('files', new Map(teams));
      expect([await count(anybody), await count(ann), await count(people('p7@x.example'))]).toEqual([0, 1_000, 20]);
      expect(await kept()).toEqual(await recounted());

      await store.knowledge.putAudiences('files', new Map(ids.map((id) => [id, EVERYONE])));
      expect([await count(anybody), await count(ann)]).toEqual([1_000, 1_000]);
      expect(await kept()).toEqual(await recounted());
    });

    test('nothing is written where nothing changes', async () => {
      await put('one', { audience: [['group:files/a', 'group:files/b']] });
      await store.knowledge.putGroups('same', [{ name: 'a', emails: ['ann@x.example', 'ben@x.example'] }]);
      const written = async () =>
        (
          await knex.raw(`select ctid::text, xmin::text from document union all select ctid::text, xmin::text from chunk_index
          union all select ctid::text, xmin::text from indexed_total
          union all select ctid::text, xmin::text from group_member where source = 'same'`)
        ).rows;
      const before = await written();
      await store.knowledge.putAudiences('files', new Map([['one', [['group:files/b', 'group:files/a']]]]));
      await store.knowledge.putAudiences('files', new Map());
      await store.knowledge.putGroups('same', [{ name: 'a', emails: ['Ben@x.example', 'ann@x.example'] }]);
      expect(await written()).toEqual(before);
    });

    test('the words of a chunk cannot be changed in place, for then they would be counted wrong', async () => {
      await put('one');
      await expect(knex.raw(`update chunk_index set tsv = ''`)).rejects.toThrow('replaced with the chunk');
      await expect(knex.raw('update chunk_index set len = len')).rejects.toThrow('replaced with the chunk');
    });
  });

  describe('what a source remembers', () => {
    test('any value comes back as it was, and null forgets', async () => {
      const notes = new Map<string, unknown>([
        ['text', 'it\'s "q" \\ é 🎉'],
        ['number', 1.5],
        ['no', false],
        ['list', [1, [], { a: null }]],
        ['', ''],
        ['__proto__', { constructor: 'x' }],
        ['gone', 'x'],
      ]);
      await store.memory.save('notes', notes);
      await store.memory.save('other', new Map([['text', 'another']]));
      await store.memory.save(
        'notes',
        new Map<string, unknown>([
          ['gone', null],
          ['never there', null],
          ['number', 2],
        ]),
      );
      await store.memory.save('notes', new Map());
      notes.delete('gone');
      expect(await store.memory.load('notes')).toEqual(new Map([...notes, ['number', 2]]));
      expect(await store.memory.load('other')).toEqual(new Map([['text', 'another']]));
      expect(await store.memory.load('nothing')).toEqual(new Map());
    });

    test('what Postgres has no place for is replaced', async () => {
      await store.memory.save('odd', new Map([['a\0', ['\0', '\ud83d', '\\u0000']]]));
      expect(await store.memory.load('odd')).toEqual(new Map([['a\ufffd', ['\ufffd', '\ufffd', '\\u0000']]]));
    });

    test('five thousand keys at once, most of them forgotten again', async () => {
      const keys = Array.from({ length: 5_000 }, (_, index) => `page-${index}`);
      await store.memory.save('large', new Map(keys.map((key, index) => [key, { version: index }])));
      expect((await store.memory.load('large')).size).toBe(5_000);
      await store.memory.save('large', new Map(keys.slice(1).map((key) => [key, null])));
      expect(await store.memory.load('large')).toEqual(new Map([['page-0', { version: 0 }]]));
    });
  });
}
