import { type Database, openDatabase } from '../../../adapters/postgres/database.ts';
import { createStore } from '../../../adapters/postgres/store.ts';
import { createEmbed, type EmbedDeps } from '../../../src/flows/embed.ts';
import { createModelFaults } from '../../../src/flows/model-faults.ts';
import { EVERYONE } from '#domain/knowledge.ts';
import { RemoteError, type RemoteErrorKind } from '#errors.ts';
import type { Embedder } from '#model-ports.ts';
import type { Store } from '#ports.ts';

let database: Database;
let store: Store;

beforeEach(async () => {
  database = await openDatabase({ dump: process.env['TEST_DUMP'] ?? '' });
  store = createStore(database, { language: 'english' });
  await store.vectors.useModel('tiny'); // as the program does when it starts
});
afterEach(() => database.close());

const at = new Date('2026-11-23T09:00:00Z');
const usage = { inputTokens: 100, cachedTokens: 0, outputTokens: 0 };
const silence = () => {};
const log = { debug: silence, info: silence, warn: silence, error: silence };

interface Server {
  /** How the first requests fail; an empty one is answered. */
  readonly failures?: readonly (RemoteErrorKind | '')[];
  readonly most?: number;
  /** What it does not refuse. */
  readonly takes?: (texts: readonly string[]) => boolean;
  readonly name?: string;
  /** How many numbers a vector has. */
  readonly length?: () => number;
}

/** Gives every text the same vector, and fails as it is told to. */
function embedder({ failures = [], most = 128, takes = () => true, name = 'tiny', length = () => 3 }: Server = {}) {
  const asked: string[][] = [];
  const refusal = new RemoteError('openai', 'rejected', { message: 'not these' });
  const one: Embedder = {
    name,
    limits: { texts: most, characters: 100_000, longest: 8_000 },
    refuses: (error) => error === refusal,
    named: () => one,
    async embed(texts) {
      const kind = failures[asked.push([...texts]) - 1] ?? '';
      if (kind !== '') throw new RemoteError('openai', kind, { message: 'no' });
      if (!takes(texts)) throw refusal;
      const vector = Float32Array.from({ length: length() }, (_, place) => (place === 0 ? 1 : 0));
      return { vectors: texts.map(() => vector), usage };
    },
  };
  return { ...one, asked };
}
const sizes = ({ asked }: ReturnType<typeof embedder>) => asked.map(({ length }) => length);

function embedWith(one: Embedder, changes: Partial<EmbedDeps> = {}): () => Promise<void> {
  const prices = new Map([['tiny', { input: 1_000_000, cachedInput: 0, output: 0 }]]);
  return createEmbed({
    store,
    embedder: one,
    prices,
    caps: {},
    admins: [],
    faults: createModelFaults({ store, admins: [], clock: () => at }),
    clock: () => at,
    log,
    ...changes,
  });
}

async function put(texts: readonly string[], id = 'a'): Promise<void> {
  const document = { source: 'files', id, title: 'A', url: '', revision: '1', updatedAt: null, markdown: '' };
  const chunks = texts.map((text, ordinal) => ({ ordinal, headings: [], text }));
  await store.knowledge.put({ ...document, audience: EVERYONE, gaps: [], isComplete: true }, chunks);
}

const many = Array.from({ length: 150 }, (_, number) => `text ${number}`);

test('all chunks get their vectors, some at a time, and what it costs is paid; again there is nothing to do', async () => {
  await put(many);
  const one = embedder();
  await embedWith(one)();
  expect(sizes(one)).toEqual([128, 22]);
  expect(await store.vectors.searched()).toBe('tiny');
  expect(await store.spending.spent('day', at)).toBe(200);
  await embedWith(one)();
  expect(one.asked).toHaveLength(2);
});

test('what should not leave the company does not', async () => {
  await put(['Write to ines@acme.example, password: Hunter2!x']);
  const one = embedder();
  await embedWith(one)();
  expect(one.asked.flat().join()).not.toMatch(/ines@|Hunter2/);
  expect(await store.vectors.missing('tiny', 10)).toEqual([]);
});

test('at its cap it stops, which admins are told, and goes on when there is money again', async () => {
  await put(many);
  const one = embedder();
  await embedWith(one, { caps: { day: 1 } })();
  expect(one.asked).toEqual([]);
  expect(await database.knex('source_fault').count()).toEqual([{ count: '1' }]);
  expect((await store.vectors.missing('tiny', 500)).length).toBe(150);
  await embedWith(one)();
  expect(one.asked).toHaveLength(2);
});

test.each([
  ['rate-limited', 0],
  ['rejected', 0],
  ['unavailable', 1],
] as const)('a server that fails (%s) is for the queue to ask again; what was done stays', async (kind, heldBack) => {
  await put(many);
  const one = embedder({ failures: ['rate-limited'] });
  const failing = embedder({ failures: [kind] });
  await expect(embedWith(failing)()).rejects.toThrow(RemoteError);
  expect(Math.min(1, await store.spending.spent('day', at))).toBe(heldBack);
  await expect(embedWith(one)()).rejects.toThrow(RemoteError);
  await embedWith(one)();
  expect(one.asked).toHaveLength(3);
  expect(await store.vectors.missing('tiny', 10)).toEqual([]);
});

test('an embedder that gives fewer vectors than texts is not believed', async () => {
  await put(['one', 'two']);
  const one = { ...embedder(), embed: async () => ({ vectors: [Float32Array.from([1])], usage }) };
  await expect(embedWith(one)()).rejects.toThrow('gave 1 vectors, fewer than texts');
});

describe('each request has money of its own', () => {
  test('what was answered before another failed is paid for, and kept', async () => {
    await put(many.slice(0, 25));
    const one = embedder({ most: 10, failures: ['', 'rate-limited'] });
    await expect(embedWith(one)()).rejects.toThrow(RemoteError);
    expect(sizes(one)).toEqual([10, 10]);
    expect(await store.spending.spent('day', at)).toBe(100);
    expect(await store.vectors.missing('tiny', 100)).toHaveLength(15);
  });

  test('one is held back at a time', async () => {
    await put(many.slice(0, 25));
    const one = embedder({ most: 10 });
    // of ten texts of seven letters, and 200 around them, at most 250; of twenty-five more
    await embedWith(one, { caps: { day: 400 } })();
    expect(sizes(one)).toEqual([10, 10]);
    expect(await store.spending.spent('day', at)).toBe(200);
  });

  test('no request has more characters than are told', async () => {
    await put(Array.from({ length: 5 }, (_, number) => `${number} ${'word '.repeat(80)}`));
    const one = { ...embedder(), limits: { texts: 128, characters: 900, longest: 8_000 } };
    await embedWith(one)();
    expect(sizes(one)).toEqual([2, 2, 1]);
  });
});

describe('what a server refuses', () => {
  const warnings: unknown[] = [];
  const heard = { ...log, warn: (message: string, fields: object = {}) => void warnings.push([message, fields]) };
  beforeEach(() => void warnings.splice(0));
  const givenUp = (chunks: number) => [
    'chunks are found by their words alone: the embedding model refuses their texts',
    { chunks, model: 'tiny' },
  ];

  test('so many at once: it gets half of them, and never again as many', async () => {
    await put(many);
    const one = embedder({ takes: (texts) => texts.length <= 32 });
    const run = embedWith(one, { log: heard });
    await run();
    expect(sizes(one)).toEqual([128, 64, 32, 32, 32, 32, 22]);
    expect(await store.spending.spent('day', at)).toBe(500);
    await put(many.slice(0, 40).map((text) => `new ${text}`));
    await run();
    expect(sizes(one).slice(7)).toEqual([32, 8]);
    expect(await store.vectors.missing('tiny', 10)).toEqual([]);
    expect(warnings).toEqual([]);
  });

  test('a text that is too long: its beginning has to do', async () => {
    const long = `long ${'word '.repeat(800)}`;
    await put(['one', long, 'two']);
    const one = embedder({ takes: (texts) => texts.every(({ length }) => length <= 1_500) });
    await embedWith(one, { log: heard })();
    expect(await store.vectors.missing('tiny', 10)).toEqual([]);
    const taken = one.asked.flat().filter((text) => text.includes('long'));
    expect(taken.at(-1)?.length).toBeLessThanOrEqual(1_500);
    expect(warnings).toEqual([]);
  });

  test('a text as it is: it is left out, the others are not, and their vectors are searched', async () => {
    await put(['old text']);
    await store.vectors.useModel('old');
    await embedWith(embedder({ name: 'old' }))();
    await store.vectors.useModel('tiny');
    await put(many.map((text, number) => (number === 70 ? `${text} poison` : text)));
    const one = embedder({ takes: (texts) => !texts.some((text) => text.includes('poison')) });
    const run = embedWith(one, { log: heard });
    await run();
    expect(await store.vectors.searched()).toBe('tiny');
    expect((await store.vectors.missing('tiny', 200)).map(({ text }) => text)).toEqual([
      expect.stringContaining('poison'),
    ]);
    expect(warnings).toEqual([givenUp(1)]);
    expect(JSON.stringify(warnings)).not.toContain('poison');
    // the number was not what it minded
    await put(many.slice(0, 100), 'b');
    await put(
      many.map((text) => `${text} more`),
      'c',
    );
    const before = one.asked.length;
    await run();
    expect(Math.max(...sizes(one).slice(before))).toBe(128);
  });

  test('while nothing changes it is not asked for ever', async () => {
    await put(['poison', 'one']);
    const one = embedder({ takes: (texts) => !texts.some((text) => text.includes('poison')) });
    const run = embedWith(one, { log: heard });
    for (let times = 0; times < 3; times += 1) await run();
    const before = one.asked.length;
    for (let times = 0; times < 3; times += 1) await run();
    expect(one.asked).toHaveLength(before);
    await put(['two'], 'b');
    await run();
    expect(one.asked.slice(before).flat().join()).toContain('poison'); // the server may have changed its mind
  });

  test('everything: no text is given up for it, and the queue is told', async () => {
    await put(many);
    const one = embedder({ takes: () => false });
    await expect(embedWith(one, { log: heard })()).rejects.toThrow('not these');
    expect(one.asked.length).toBeLessThan(15);
    expect(await store.spending.spent('day', at)).toBe(0);
    expect(await store.vectors.missing('tiny', 200)).toHaveLength(150);
    expect(warnings).toEqual([]);
  });
});

describe('programs with different models', () => {
  test('run side by side: only the model that was named last is asked', async () => {
    await put(['one']);
    const [old, fresh] = [embedder({ name: 'old' }), embedder()];
    const [runOld, runFresh] = [embedWith(old), embedWith(fresh)];
    await store.vectors.useModel('old');
    await runOld();
    await store.vectors.useModel('tiny');
    for (let round = 0; round < 3; round += 1) {
      await put([`new ${round}`], `${round}`);
      for (const run of [runOld, runOld, runFresh, runFresh]) await run();
    }
    expect([sizes(old), sizes(fresh), await store.vectors.searched()]).toEqual([[1], [2, 1, 1], 'tiny']);
  });

  test('change while a request is under way: its vectors are not taken for the other’s, and the run ends', async () => {
    await put(many.slice(0, 25));
    await store.vectors.useModel('old');
    const old = embedder({ name: 'old', most: 10, length: () => 2 });
    const overtaken = {
      ...old,
      embed: async (...request: Parameters<Embedder['embed']>) => {
        await store.vectors.useModel('tiny');
        return old.embed(...request);
      },
    };
    await embedWith(overtaken)();
    expect(sizes(old)).toEqual([10]);
    expect([await store.vectors.lengthOf('old'), await store.vectors.lengthOf('tiny')]).toEqual([null, null]);
    const fresh = embedder();
    await embedWith(fresh)();
    expect([sizes(fresh), await store.vectors.searched()]).toEqual([[25], 'tiny']);
  });
});

describe('vectors of another length than before', () => {
  const warnings: unknown[] = [];
  const heard = { ...log, warn: (message: string, fields: object = {}) => void warnings.push([message, fields]) };
  beforeEach(() => void warnings.splice(0));
  const faults = () => database.knex('source_fault').select('source');

  test('are found out with one word, and told of once, until they fit again', async () => {
    await put(['one']);
    await embedWith(embedder())();
    await put(many);
    const changed = embedder({ length: () => 2 });
    const run = embedWith(changed, { log: heard });
    for (let times = 0; times < 3; times += 1) await run();
    expect(changed.asked).toEqual([['help'], ['help'], ['help']]);
    expect(warnings).toEqual([
      [expect.stringContaining('set OPENAI_EMBEDDING_DIMENSIONS'), { model: 'tiny', kept: 3, given: 2 }],
    ]);
    expect(await faults()).toEqual([{ source: 'model/tiny length' }]);
    expect(await store.vectors.missing('tiny', 500)).toHaveLength(150);
    const mended = embedder();
    await embedWith(mended)();
    expect([sizes(mended), await faults()]).toEqual([[1, 128, 22], []]);
  });

  test('in the middle of the work cost one request', async () => {
    let length = 3;
    const one = embedder({ most: 10, length: () => length });
    const run = embedWith(one, { log: heard });
    await put(['one']);
    await run();
    await put(many.slice(0, 25));
    length = 2;
    await run();
    await run();
    expect(sizes(one)).toEqual([1, 10, 1]);
    expect(warnings).toHaveLength(1);
    length = 3;
    await run();
    expect(sizes(one).slice(3)).toEqual([1, 10, 10, 5]);
    expect(await store.vectors.missing('tiny', 10)).toEqual([]);
  });
});

test('what a cap has to tell is not lost when it cannot be noted', async () => {
  await put(['one']);
  await database.knex.raw(`
    create function crash() returns trigger language plpgsql as $crash$ begin raise 'crash'; end $crash$;
    create trigger crash before insert on source_fault for each row execute function crash();
  `);
  const run = embedWith(embedder(), { caps: { day: 1 } });
  await expect(run()).rejects.toThrow('crash');
  await database.knex.raw('drop trigger crash on source_fault');
  await run();
  expect(await database.knex('source_fault').select('source')).toEqual([{ source: 'model-budget/day 100' }]);
});
