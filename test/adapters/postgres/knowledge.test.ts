import type { Knex } from 'knex';
import { createKnowledge, useLanguage } from '../../../adapters/postgres/knowledge.ts';
import { type Database, openDatabase } from '../../../adapters/postgres/database.ts';
import { type Chunk, type Document, EVERYONE, type Readers } from '#domain/knowledge.ts';
import { seeded, pick } from '../../../bench/random.ts';

let database: Database;
let knex: Knex;

beforeAll(async () => {
  database = await openDatabase({ dump: process.env.TEST_DUMP ?? '' });
  knex = database.knex;
});
afterAll(() => database.close());
afterEach(() => knex.raw('delete from document'));

const knowledge = () => createKnowledge({ knex, language: 'english' });

function document(id: string, changes: Partial<Document> = {}): Document {
  return {
    source: 'files',
    id,
    title: id,
    url: `https://wiki.example/${id}`,
    revision: '1',
    updatedAt: new Date('2026-03-01T00:00:00Z'),
    markdown: '',
    audience: EVERYONE,
    gaps: [],
    isComplete: true,
    ...changes,
  };
}

function chunks(...texts: readonly string[]): readonly Chunk[] {
  return texts.map((text, ordinal) => ({ ordinal, headings: [], text }));
}

const anybody: Readers = { kind: 'everyone' };
const ann: Readers = { kind: 'people', emails: ['ann@example.com'] };

async function found(text: string, readers: Readers = anybody): Promise<readonly string[]> {
  const { passages } = await knowledge().search({ text, readers, limit: 10 });
  return passages.map((passage) => passage.documentId);
}

async function revisions(source: string): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries(Array.from(await knowledge().stored(source), ([id, { revision }]) => [id, revision]));
}

/** The counts as kept, and as a recount over everything gives them. */
async function counts() {
  const rows = async (statement: string) => (await knex.raw(statement)).rows;
  return {
    kept: {
      lexemes: await rows('select lexeme, chunks from indexed_lexeme where chunks <> 0 order by lexeme'),
      audience: await rows('select id, chunks from indexed_audience where chunks <> 0 order by id'),
      total: await rows('select chunks::int, len::int from indexed_total'),
    },
    recounted: {
      lexemes: await rows(
        `select word as lexeme, ndoc as chunks from ts_stat('select tsv from chunk_index') order by word`,
      ),
      audience: await rows(
        'select id, count(*)::int as chunks from chunk_index, unnest(acl) id group by id order by id',
      ),
      total: await rows('select count(*)::int as chunks, coalesce(sum(len), 0)::int as len from chunk_index'),
    },
  };
}

describe('what is stored', () => {
  test('a passage comes with everything that is needed to quote and judge it', async () => {
    await knowledge().put(document('vpn', { title: 'VPN keeps dropping' }), [
      { ordinal: 0, headings: ['At home', 'On Wi-Fi'], text: 'Restart the router, then\nconnect the VPN.' },
    ]);
    const result = await knowledge().search({ text: 'Why is my VPN dropping, VPN?', readers: anybody, limit: 5 });
    expect(result).toEqual({
      terms: [
        { lexeme: 'vpn', word: 'vpn', idf: expect.closeTo(Math.log(4 / 3), 5), count: 2, position: 4, chunks: 1 },
        { lexeme: 'drop', word: 'dropping', idf: expect.closeTo(Math.log(4 / 3), 5), count: 1, position: 5, chunks: 1 },
      ],
      corrections: [],
      passages: [
        {
          chunkId: expect.any(String),
          documentId: 'vpn',
          source: 'files',
          title: 'VPN keeps dropping',
          url: 'https://wiki.example/vpn',
          headings: ['At home', 'On Wi-Fi'],
          text: 'Restart the router, then\nconnect the VPN.',
          restricted: false,
          updatedAt: new Date('2026-03-01T00:00:00Z'),
          score: expect.any(Number),
          matches: { vpn: [1, 16], drop: [3] },
        },
      ],
    });
  });

  test('putting a document again replaces its title, link, audience and all its chunks', async () => {
    await knowledge().put(document('a', { title: 'Printers' }), chunks('toner', 'paper jam'));
    await knowledge().put(
      document('a', { title: 'Scanners', audience: [['person:ann@example.com']], revision: '2' }),
      chunks('glass'),
    );
    expect(await found('printer toner paper', ann)).toEqual([]);
    expect(await found('scanner', ann)).toEqual(['a']);
    expect(await found('scanner')).toEqual([]);
    expect(await revisions('files')).toEqual({ a: '2' });
  });

  test('revisions and removal keep to their source', async () => {
    await knowledge().put(document('a'), chunks('toner'));
    await knowledge().put(document('a', { source: 'wiki', revision: '7' }), chunks('toner'));
    await knowledge().remove('files', ['a', 'not there']);
    expect(await revisions('files')).toEqual({});
    expect(await revisions('wiki')).toEqual({ a: '7' });
    expect(await found('toner')).toEqual(['a']);
  });

  test('a text may hold NUL, quotes, any script and half an emoji', async () => {
    const gap = { kind: 'attachment', what: 'a\0\ud83d.png \\u0000', count: 1 } as const;
    await knowledge().put(
      document('a', { title: 'It\'s \\ "q" \' & | !', audience: [['everyone', 'group:files/\0\udc00']], gaps: [gap] }),
      chunks("NUL \0 here, 'quoted' \\ приветствие 🎉 \ud83c שלום \\ud83c"),
    );
    for (const text of ['NUL', 'quoted', 'приветствие', 'שלום']) expect(await found(text)).toEqual(['a']);
    const [passage] = (await knowledge().search({ text: 'NUL', readers: anybody, limit: 1 })).passages;
    expect(passage?.text).toBe("NUL \ufffd here, 'quoted' \\ приветствие 🎉 \ufffd שלום \\ud83c");
    const { gaps } = await knowledge().coverage('files');
    expect(gaps[0]?.gaps).toEqual([{ ...gap, what: 'a\ufffd\ufffd.png \\u0000' }]);
  });

  test('inside a transaction everything is undone with it', async () => {
    const undone = knex.transaction(async (trx) => {
      await createKnowledge({ knex: trx, language: 'english' }).put(document('a'), chunks('toner'));
      const inside = await createKnowledge({ knex: trx, language: 'english' }).search({
        text: 'toner',
        readers: anybody,
        limit: 3,
      });
      expect(inside.passages).toHaveLength(1);
      throw new Error('undo');
    });
    await expect(undone).rejects.toThrow('undo');
    expect(await found('toner')).toEqual([]);
  });

  test('after random puts, removals and changes of audience the counts equal a recount', async () => {
    const random = seeded(7);
    const words = ['vpn', 'client', 'printer', 'toner', 'password', 'reset', 'mail', 'phone', 'the', 'Wi-Fi', 'laptop'];
    const text = () => Array.from({ length: 1 + Math.floor(random() * 20) }, () => pick(random, words)).join(' ');
    for (let step = 0; step < 80; step++) {
      const id = `d${Math.floor(random() * 12)}`;
      const names = () => ['everyone', 'group:files/hr', 'group:files/it', 'person:a@b.c'].filter(() => random() < 0.4);
      const audience = Array.from({ length: Math.floor(random() * 3) }, names);
      const other = `d${Math.floor(random() * 12)}`;
      const kind = random();
      if (kind < 0.25) await knowledge().remove('files', [id, other]);
      else if (kind < 0.5)
        await knowledge().putAudiences(
          'files',
          new Map([
            [id, audience],
            [other, []],
          ]),
        );
      else
        await knowledge().put(
          document(id, { title: text(), audience }),
          chunks(...Array.from({ length: step % 4 }, text)),
        );
    }
    await knex.raw('update chunk_index set acl = acl || acl');
    await knex.raw(`delete from document where ref in ('d1', 'd2', 'd3')`);
    const { kept, recounted } = await counts();
    expect(kept.lexemes.length).toBeGreaterThan(5);
    expect(kept).toEqual(recounted);
  });
});

describe('the language', () => {
  test('one that Postgres does not have is refused in one sentence', async () => {
    await expect(useLanguage({ knex, language: 'klingon' })).rejects.toThrow(
      /^The search language "klingon" is unknown to the database\. It has: .*english, .*german/,
    );
  });

  test('another one makes the next sync read every document again', async () => {
    await useLanguage({ knex, language: 'english' });
    await knowledge().put(document('a'), chunks('toner'));
    await useLanguage({ knex, language: 'english' });
    expect(await revisions('files')).toEqual({ a: '1' });
    await useLanguage({ knex, language: 'german' });
    expect(await revisions('files')).toEqual({ a: '' });
  });

  test('decides stems and stop words', async () => {
    const german = createKnowledge({ knex, language: 'german' });
    await german.put(document('a'), chunks('Die Drucker im zweiten Stock sind über das Netzwerk erreichbar.'));
    const { terms, passages } = await german.search({
      text: 'Ist der Druckers erreichbar?',
      readers: anybody,
      limit: 3,
    });
    expect(terms.map((term) => term.lexeme)).toEqual(['druck', 'erreichbar']);
    expect(passages.map((passage) => passage.documentId)).toEqual(['a']);
  });
});

test('lexemes of texts are those of the index, in the order of the text', async () => {
  expect(await knowledge().lexemes(['Resetting the printers, and Wi-Fi!', '', '…', 'the'])).toEqual([
    ['reset', 'printer', 'wi', 'fi', 'wifi'],
    [],
    [],
    [],
  ]);
});
