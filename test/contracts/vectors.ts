import { onConnection } from '../../adapters/postgres/connection.ts';
import { type Database, type DatabaseLocation, openDatabase } from '../../adapters/postgres/database.ts';
import { createNearest } from '../../adapters/postgres/nearest.ts';
import { createSearch } from '../../adapters/postgres/search.ts';
import { createStore } from '../../adapters/postgres/store.ts';
import { pick, type Random, seeded } from '../../bench/random.ts';
import { type Audience, type Document, EVERYONE, NOBODY, type Passage, type Readers } from '#domain/knowledge.ts';
import type { Store } from '#ports.ts';

const anybody: Readers = { kind: 'everyone' };
const ann: Readers = { kind: 'people', emails: ['ann@x.example'] };

const groups = [
  { name: 'it', emails: ['ann@x.example', 'ben@x.example'] },
  { name: 'hr', emails: ['ann@x.example', 'cleo@x.example'] },
  { name: 'board', emails: ['dana@x.example'] },
];
const people = ['ann', 'ben', 'cleo', 'dana', 'eve'].map((name) => `${name}@x.example`);
const names = ['everyone', 'person:eve@x.example', ...groups.map(({ name }) => `group:files/${name}`)];

/** Vectors of the chunks, and the search by them. Run on the embedded database, which has pgvector, and on a server without. */
export function vectorsContract(location: () => DatabaseLocation): void {
  let database: Database;
  let store: Store;
  let warnings: string[];

  beforeAll(async () => {
    database = await openDatabase(location());
  });
  afterAll(() => database.close());
  beforeEach(() => {
    warnings = [];
    store = createStore(database, { language: 'english', log: { warn: (message) => void warnings.push(message) } });
  });
  afterEach(async () => {
    await database.knex.raw('delete from document');
    const models: readonly { id: number }[] = await database.knex('embedding_model').select('id');
    await database.knex.raw('update embedding_use set wanted = null, searched = null');
    await database.knex.raw('delete from embedding_model');
    for (const { id } of models) await database.knex.raw('drop table if exists ??', [`embedding_${id}`]);
  });

  async function put(id: string, texts: readonly string[], changes: Partial<Document> = {}): Promise<void> {
    const fixed = { title: id, url: '', revision: '1', updatedAt: null, markdown: '', gaps: [], isComplete: true };
    const chunks = texts.map((text, ordinal) => ({ ordinal, headings: [], text }));
    await store.knowledge.put({ source: 'files', id, audience: EVERYONE, ...fixed, ...changes }, chunks);
  }

  /** Gives each text that has none its vector. Returns what was embedded. */
  async function embed(model: string, vectorFor: (text: string) => Float32Array): Promise<readonly string[]> {
    await store.vectors.useModel(model);
    const embedded: string[] = [];
    for (;;) {
      const chunks = await store.vectors.missing(model, 50);
      if (chunks.length === 0) return embedded;
      embedded.push(...chunks.map(({ text }) => text));
      await store.vectors.put(
        model,
        chunks.map((chunk) => ({ ...chunk, vector: vectorFor(chunk.text) })),
      );
    }
  }

  const search = async (text: string, near: { model: string; values: Float32Array }, readers = anybody) =>
    (await store.knowledge.search({ text, readers, limit: 20, near })).passages;

  test('what is near is found beside what has the words, and each has its likeness and its score', async () => {
    await put('toner', ['change the toner cartridge']);
    await put('ink', ['how to refill a printer']);
    await put('parking', ['garage doors']);
    await embed('m', axes({ toner: [1, 0, 0], refill: [0.8, 0.6, 0], garage: [0, 0, 1] }));
    const found = await search('toner', { model: 'm', values: axis(0.8, 0.6, 0) });
    const figures = found.map(({ documentId, similarity = NaN, score }) => [
      documentId,
      similarity.toFixed(3),
      score > 0,
    ]);
    expect(figures[0]).toEqual(['toner', '0.800', true]);
    expect(figures.slice(1).toSorted(([a], [b]) => String(a).localeCompare(String(b)))).toEqual([
      ['ink', '1.000', false],
      ['parking', '0.000', false],
    ]);
    const german = await search('Farbpatrone', { model: 'm', values: axis(1, 0, 0) });
    expect(german.map(({ documentId, score }) => [documentId, score])).toContainEqual(['toner', 0]);
  });

  test.each([
    ['all of few', 8, 5_000],
    ['through the index', 8, 0],
    ['more numbers than an index takes', 4_096, 0],
  ])('rights: exactly the nearest that may be read by all who read along, by %s', async (_, dimensions, fewChunks) => {
    const random = seeded(dimensions + fewChunks);
    await store.knowledge.putGroups('files', groups);
    const audiences = new Map<string, Audience>();
    for (let number = 0; number < 60; number += 1) {
      const audience = randomAudience(random);
      audiences.set(`d${number}`, audience);
      const texts = Array.from({ length: 1 + Math.floor(random() * 5) }, (__, part) => `text ${number} ${part}`);
      await put(`d${number}`, texts, { audience });
    }
    const vectors = new Map<string, Float32Array>();
    await embed('m', (text) => {
      const vector = randomUnit(random, dimensions);
      vectors.set(text, vector);
      return vector;
    });
    const nearest = createNearest();
    const effort = { budget: 2_000, enough: 100, fewChunks };
    const find = createSearch({ knex: database.knex, language: 'english', nearest, effort });
    for (let round = 0; round < 40; round += 1) {
      const emails = people.filter(() => random() < 0.3);
      const readers: Readers = emails.length === 0 ? anybody : { kind: 'people', emails };
      const values = randomUnit(random, dimensions);
      // A word that no chunk has: only vectors find.
      const { passages } = await find({ text: 'zebra', readers, limit: 10, near: { model: 'm', values } });
      const known = [...vectors].map(([text, vector]) => ({
        document: text.split('\n')[0] ?? '',
        likeness: dot(vector, values),
      }));
      const readable = known.filter(({ document }) => mayRead(audiences.get(document) ?? NOBODY, emails));
      const expected = fewOfEach(readable.toSorted((a, b) => b.likeness - a.likeness).slice(0, 10));
      const similarities = passages.map(({ similarity = NaN }) => similarity).toSorted((a, b) => b - a);
      expect(passages.filter(({ documentId }) => !mayRead(audiences.get(documentId) ?? NOBODY, emails))).toEqual([]);
      expect(similarities.length).toBe(expected.length);
      for (const [place, { likeness }] of expected.entries()) expect(similarities[place]).toBeCloseTo(likeness, 2);
    }
    expect(warnings).toEqual([]);
  });

  test('a change of rights counts at once', async () => {
    await store.knowledge.putGroups('files', groups);
    await put('toner', ['toner']);
    await embed('m', axes({ toner: [1, 0, 0] }));
    const near = { model: 'm', values: axis(1, 0, 0) };
    expect(await search('zebra', near)).toHaveLength(1);
    await store.knowledge.putAudiences('files', new Map([['toner', [['group:files/it']]]]));
    expect(await search('zebra', near)).toEqual([]);
    expect(await search('zebra', near, ann)).toHaveLength(1);
    await store.knowledge.putGroups('files', []);
    expect(await search('zebra', near, ann)).toEqual([]);
    expect(await search('zebra', near, { kind: 'nobody' })).toEqual([]);
  });

  test('a text is embedded once: written anew or elsewhere it keeps its vector, changed it wants one', async () => {
    await put('toner', ['one', 'two']);
    const one = axes({ one: [1, 0, 0], two: [0, 1, 0], three: [0, 0, 1] });
    expect(await embed('m', one)).toHaveLength(2);
    await put('toner', ['one', 'two'], { revision: '2' });
    expect(await embed('m', one)).toEqual([]);
    await put('toner', ['one', 'three'], { revision: '3' });
    expect(await embed('m', one)).toEqual(['toner\n\nthree']);
    await put('copy', ['one'], { title: 'toner' });
    expect(await embed('m', one)).toEqual([]);
    const found = await search('zebra', { model: 'm', values: axis(1, 0, 0) });
    expect(
      found
        .filter(({ similarity = 0 }) => similarity > 0.9)
        .map(({ documentId }) => documentId)
        .toSorted(),
    ).toEqual(['copy', 'toner']);
    await put('toner', ['one'], { title: 'Toner, new', revision: '4' });
    expect(await embed('m', one)).toEqual(['Toner, new\n\none']);
  });

  test('equal texts that wait together are asked for once', async () => {
    await put('a', ['same'], { title: 'title' });
    await put('b', ['same'], { title: 'title' });
    expect(await embed('m', axes({ same: [1, 0, 0] }))).toEqual(['title\n\nsame']);
    expect(await search('zebra', { model: 'm', values: axis(1, 0, 0) })).toHaveLength(2);
  });

  test('what is removed is not found, and its vector goes; a chunk that went meanwhile is left out', async () => {
    await put('toner', ['one']);
    await put('ink', ['two']);
    await store.vectors.useModel('m');
    const missing = await store.vectors.missing('m', 10);
    await store.knowledge.remove('files', ['ink']);
    await store.vectors.put(
      'm',
      missing.map((chunk) => ({ ...chunk, vector: axis(1, 0, 0) })),
    );
    const near = { model: 'm', values: axis(1, 0, 0) };
    expect((await search('zebra', near)).map(({ documentId }) => documentId)).toEqual(['toner']);
    await store.knowledge.remove('files', ['toner']);
    expect(await search('zebra', near)).toEqual([]);
    expect(await store.vectors.missing('m', 10)).toEqual([]);
    const [{ id }] = await database.knex('embedding_model').select('id');
    expect(await database.knex(`embedding_${id}`).count()).toEqual([{ count: '0' }]);
  });

  test('after a change of the model the former one answers until the new one is complete, and is gone after that', async () => {
    await put('toner', ['one']);
    await put('ink', ['two']);
    expect(await store.vectors.searched()).toBeNull();
    await embed('old', axes({ one: [1, 0, 0], two: [0, 1, 0] }));
    const old = { model: 'old', values: axis(1, 0, 0) };
    const fresh = { model: 'new', values: axis(0, 0, 0, 1) };
    const best = async (near: typeof old) => (await search('zebra', near)).map(({ documentId }) => documentId)[0];

    await store.vectors.useModel('new');
    expect([await store.vectors.searched(), await best(old), await best(fresh)]).toEqual(['old', 'toner', undefined]);
    const [first] = await store.vectors.missing('new', 1);
    await store.vectors.put('new', [{ ...first!, vector: axis(0, 0, 0, 1) }]);
    expect([await store.vectors.searched(), await best(old), await best(fresh)]).toEqual(['old', 'toner', undefined]);

    await put('fan', ['three']); // by its words until it has a vector, and it gets one of the new model
    expect((await search('three', old)).map(({ documentId }) => documentId)).toContain('fan');
    const rest = await store.vectors.missing('new', 10);
    expect(rest.map(({ text }) => text)).toEqual(['ink\n\ntwo', 'fan\n\nthree']);
    await store.vectors.put(
      'new',
      rest.map((chunk) => ({ ...chunk, vector: axis(0, 0, 1, 0) })),
    );
    expect([await store.vectors.searched(), await best(old)]).toEqual(['old', 'toner']);

    expect(await store.vectors.missing('new', 10)).toEqual([]);
    // who has embedded a question for the former one a moment ago still finds
    expect([await store.vectors.searched(), await best(fresh), await best(old)]).toEqual(['new', 'toner', 'toner']);
    expect(await store.vectors.missing('new', 10)).toEqual([]);
    expect([await store.vectors.searched(), await best(fresh), await best(old)]).toEqual(['new', 'toner', undefined]);
    expect(await database.knex('embedding_model').select('name')).toEqual([{ name: 'new' }]);
    expect(warnings).toEqual([]);
  });

  test('texts that go without a vector are not asked for, and hold up no change of the model', async () => {
    await put('toner', ['one', 'two']);
    await put('ink', ['three']);
    await embed('old', axes({ one: [1, 0, 0], two: [0, 1, 0], three: [0, 0, 1] }));
    await store.vectors.useModel('new');
    const without = ['toner\n\ntwo'];
    const rest = await store.vectors.missing('new', 10, without);
    expect(rest.map(({ text }) => text)).toEqual(['toner\n\none', 'ink\n\nthree']);
    await store.vectors.put(
      'new',
      rest.map((chunk) => ({ ...chunk, vector: axis(0, 1, 0) })),
    );
    expect(await store.vectors.missing('new', 10, without)).toEqual([]);
    expect(await store.vectors.searched()).toBe('new');
    // the next run may try again; once it has in vain, that is that until something changes
    expect(await store.vectors.missing('new', 10)).toHaveLength(1);
    expect(await store.vectors.missing('new', 10, without)).toEqual([]);
    expect(await store.vectors.missing('new', 10)).toEqual([]);
    await put('fan', ['four']);
    expect(await store.vectors.missing('new', 10)).toHaveLength(2);
  });

  test('of a model that is not wanted nothing is missing, and nothing is kept', async () => {
    await put('toner', ['one', 'two']);
    await store.vectors.useModel('old');
    const missing = await store.vectors.missing('old', 10);
    const made = missing.map((chunk) => ({ ...chunk, vector: axis(1, 0) }));
    expect(await store.vectors.put('old', made.slice(0, 1))).toBe(true);
    await store.vectors.useModel('new'); // another program starts while this one waits for its vectors
    expect(await store.vectors.put('old', made)).toBe(false);
    expect(await store.vectors.missing('old', 10)).toEqual([]);
    expect([await store.vectors.lengthOf('old'), await store.vectors.lengthOf('new')]).toEqual([2, null]);
    expect(await store.vectors.missing('new', 10)).toHaveLength(2);
    expect(await embed('new', axes({ one: [1, 0, 0], two: [0, 1, 0] }))).toHaveLength(2);
    expect([await store.vectors.lengthOf('old'), await store.vectors.lengthOf('new')]).toEqual([2, 3]);
  });

  test('vectors that wait until another model is named are not kept', async () => {
    await put('toner', ['one']);
    for (const name of ['new', 'old']) await store.vectors.useModel(name);
    const vectors = (await store.vectors.missing('old', 10)).map((chunk) => ({ ...chunk, vector: axis(1, 0) }));
    const naming = await database.knex.transaction();
    await naming.raw(`update embedding_use set wanted = (select id from embedding_model where name = 'new')`);
    const putting = store.vectors.put('old', vectors);
    // on a server it waits for the row; on the embedded database for the one connection, which nobody can see
    for (let looks = 0; looks < 50; looks += 1) {
      const waiting = await naming('pg_stat_activity').where({ wait_event_type: 'Lock' });
      if (waiting.length > 0) break;
    }
    await naming.commit();
    expect(await putting).toBe(false);
    expect([await store.vectors.lengthOf('old'), await store.vectors.lengthOf('new')]).toEqual([null, null]);
  });

  test('a model that is wanted again before the other is complete needs nothing anew', async () => {
    await put('toner', ['one']);
    await embed('old', axes({ one: [1, 0, 0] }));
    await store.vectors.useModel('new');
    expect(await embed('old', axes({}))).toEqual([]);
    expect(await store.vectors.searched()).toBe('old');
  });

  test('vectors of another length are refused, and a question of another length is searched by its words', async () => {
    await put('toner', ['toner cartridge']);
    await put('ink', ['two']);
    await store.vectors.useModel('m');
    const [first, second] = await store.vectors.missing('m', 10);
    await store.vectors.put('m', [{ ...first!, vector: axis(1, 0, 0) }]);
    await expect(store.vectors.put('m', [{ ...second!, vector: axis(1, 0) }])).rejects.toThrow(
      '2 numbers, after such of 3',
    );
    await expect(store.vectors.put('m', [{ ...second!, vector: axis(NaN, 0, 0) }])).rejects.toThrow('no numbers');
    for (let time = 0; time < 2; time += 1) {
      const found = await search('toner', { model: 'm', values: axis(1, 0) });
      expect(found.map(({ documentId, similarity }) => [documentId, similarity])).toEqual([['toner', undefined]]);
    }
    expect(warnings).toEqual(['chunks could not be searched by their vectors: they are found by their words alone']);
  });

  test('a search by vectors that fails is one by words, and is told of once', async () => {
    await put('toner', ['toner cartridge']);
    await embed('m', axes({ toner: [1, 0, 0] }));
    const [{ id }] = await database.knex('embedding_model').select('id');
    await database.knex.raw('drop table ??', [`embedding_${id}`]);
    for (let time = 0; time < 2; time += 1) {
      expect(await search('toner', { model: 'm', values: axis(1, 0, 0) })).toHaveLength(1);
      // in somebody's transaction as well
      const inside = await store.transaction((within) =>
        within.knowledge.search({
          text: 'toner',
          readers: anybody,
          limit: 5,
          near: { model: 'm', values: axis(1, 0, 0) },
        }),
      );
      expect(inside.passages).toHaveLength(1);
    }
    expect(warnings).toHaveLength(1);
  });

  test('without pgvector more vectors than memory may hold are not searched, which is told of once', async () => {
    const dimensions = 4_096;
    await put('toner', ['toner cartridge', 'more']);
    await embed('m', () => randomUnit(seeded(1), dimensions));
    const near = { model: 'm', values: randomUnit(seeded(1), dimensions) };
    const log = { warn: (message: string) => void warnings.push(message) };
    const found = async (most: number) => {
      const find = createSearch({ knex: database.knex, language: 'english', nearest: createNearest({ log, most }) });
      const similar = (passages: readonly Passage[]) => passages.filter(({ similarity }) => similarity !== undefined);
      const ask = async () =>
        similar((await find({ text: 'toner', readers: anybody, limit: 5, near })).passages).length;
      return [await ask(), await ask()];
    };
    expect(await found(2 * dimensions)).toEqual([2, 2]);
    expect(warnings).toEqual([]);
    expect(await found(2 * dimensions - 1)).toEqual([0, 0]);
    expect(warnings).toEqual(['too many chunks to compare without pgvector: they are found by their words alone']);
  });

  test('what a model has made is kept where pgvector is, if it is there', async () => {
    await put('toner', ['one']);
    await embed('m', axes({ one: [1, 0, 0] }));
    const available = await database.knex('pg_available_extensions').where({ name: 'vector' });
    const [model] = await database.knex('embedding_model').select('id', 'indexed', 'dimensions');
    expect(model).toMatchObject({ dimensions: 3, indexed: available.length > 0 });
    const indexes = await onConnection(database.knex, (query) =>
      query('select indexdef from pg_indexes where tablename = $1 and indexdef like $2', [
        `embedding_${model.id}`,
        '%hnsw%',
      ]),
    );
    expect(indexes).toHaveLength(available.length);
  });
}

function axis(...values: readonly number[]): Float32Array {
  return Float32Array.from(values);
}

/** The vector of whichever word the text holds. */
function axes(words: Readonly<Record<string, readonly number[]>>): (text: string) => Float32Array {
  return (text) => {
    const word = Object.keys(words).find((one) => text.split('\n\n')[1]?.includes(one));
    if (word === undefined) throw new Error(`nothing was to be embedded of "${text}"`);
    return axis(...(words[word] ?? []));
  };
}

function randomUnit(random: Random, dimensions: number): Float32Array {
  const vector = Float32Array.from({ length: dimensions }, () => random() - 0.5);
  const length = Math.sqrt(dot(vector, vector));
  return vector.map((value) => value / length);
}

function dot(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
}

function randomAudience(random: Random): Audience {
  const lists = Math.floor(random() * 3);
  const list = () => [pick(random, names) ?? '', pick(random, names) ?? ''].slice(0, 1 + Math.floor(random() * 2));
  return random() < 0.2 ? EVERYONE : Array.from({ length: lists }, list);
}

/** As an audience is defined, without any index. No e-mails: any employees. */
function mayRead(audience: Audience, emails: readonly string[]): boolean {
  const isNamed = (list: readonly string[], email: string) =>
    list.includes(`person:${email}`) ||
    groups.some((group) => list.includes(`group:files/${group.name}`) && group.emails.includes(email));
  const isMet = (list: readonly string[]) =>
    list.includes('everyone') || (emails.length > 0 && emails.every((email) => isNamed(list, email)));
  return audience.length > 0 && audience.every(isMet);
}

/** At most three of one document. */
function fewOfEach<T extends { readonly document: string }>(chunks: readonly T[]): readonly T[] {
  return chunks.filter(
    (chunk, place) => chunks.slice(0, place).filter(({ document }) => document === chunk.document).length < 3,
  );
}
