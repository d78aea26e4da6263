import type { Knex } from 'knex';
import { createKnowledge } from '../../../adapters/postgres/knowledge.ts';
import { createSearch } from '../../../adapters/postgres/search.ts';
import { type Database, openDatabase } from '../../../adapters/postgres/database.ts';
import { type Audience, type Chunk, type Document, EVERYONE, type Readers } from '#domain/knowledge.ts';
import { pick, type Random, seeded } from '../../../bench/random.ts';

let database: Database;
let knex: Knex;

beforeAll(async () => {
  database = await openDatabase({ dump: process.env.TEST_DUMP ?? '' });
  knex = database.knex;
});
afterAll(() => database.close());

const knowledge = () => createKnowledge({ knex, language: 'english' });

async function put(id: string, text: string | readonly string[], changes: Partial<Document> = {}): Promise<void> {
  const chunks: Chunk[] = [text].flat().map((part, ordinal) => ({ ordinal, headings: [], text: part }));
  await knowledge().put(document(id, changes), chunks);
}

function document(id: string, changes: Partial<Document>): Document {
  const fixed = { source: 'files', url: '', revision: '1', updatedAt: null, markdown: '', gaps: [], isComplete: true };
  return { ...fixed, id, title: '', audience: EVERYONE, ...changes };
}

const anybody: Readers = { kind: 'everyone' };
const people = (...emails: readonly string[]): Readers => ({ kind: 'people', emails });

const search = (text: string, readers: Readers = anybody, limit = 10) => knowledge().search({ text, readers, limit });

async function found(...asked: Parameters<typeof search>): Promise<readonly string[]> {
  return (await search(...asked)).passages.map((passage) => passage.documentId);
}

describe('ranking', () => {
  beforeEach(() => knex.raw('delete from document'));

  test('a word in the title or a heading counts more than in the text', async () => {
    await put('text', 'About the scanner on the third floor and more', { title: 'Floor plan' });
    await put('title', 'About the thing on the third floor and more', { title: 'Scanner plan' });
    expect(await found('scanner')).toEqual(['title', 'text']);
  });

  test('a rare word counts more than a common one', async () => {
    for (const id of ['a', 'b', 'c', 'd']) await put(id, 'printer paper tray');
    await put('rare', 'toner paper tray');
    expect((await found('printer toner'))[0]).toBe('rare');
  });

  test('names are found however they are joined', async () => {
    await put('hyphen', 'Connect to the office Wi-Fi first');
    await put('whole', 'Connect to the office WiFi first');
    await put('other', 'Connect to the office network first');
    expect([...(await found('wifi'))].sort()).toEqual(['hyphen', 'whole']);
    expect([...(await found('wi-fi'))].sort()).toEqual(['hyphen', 'whole']);
  });

  test('an error code is found whole', async () => {
    await put('right', 'Shows ERR_CONN_RESET after the update');
    await put('wrong', 'Shows err after reset of the conn');
    expect((await found('what is err_conn_reset'))[0]).toBe('right');
  });

  test('one long document does not take all places', async () => {
    await put(
      'long',
      Array.from({ length: 12 }, (_, part) => `toner toner toner part ${part}`),
    );
    for (const id of ['a', 'b', 'c']) await put(id, 'a cartridge of toner and much else that is said here');
    expect(await found('toner')).toEqual(['long', 'long', 'long', 'a', 'b', 'c']);
  });

  test('at most as many passages as asked for', async () => {
    for (const id of ['a', 'b', 'c']) await put(id, 'toner');
    expect(await found('toner', anybody, 2)).toEqual(['a', 'b']);
    expect(await found('toner', anybody, 0)).toEqual([]);
  });

  test('the ten best are those of scoring every chunk', async () => {
    const random = seeded(3);
    const vocabulary = Array.from({ length: 400 }, (_, index) => `w${(index * 7919).toString(36)}x`);
    const word = () => vocabulary[Math.floor(vocabulary.length * random() ** 2.5)] ?? '';
    const text = (words: number) => Array.from({ length: words }, word).join(' ');
    for (let id = 0; id < 60; id++) {
      const chunks = Array.from({ length: 12 }, (_, ordinal) => ({ ordinal, headings: [], text: text(20) }));
      await createKnowledge({ knex, language: 'simple' }).put(document(`d${id}`, { title: text(4) }), chunks);
    }
    const effort = { budget: 250, enough: 50, fewChunks: 0 };
    const pruned = createSearch({ knex, language: 'simple', effort });
    const exhaustive = createSearch({ knex, language: 'simple', effort: { ...effort, fewChunks: Infinity } });
    let same = 0;
    let all = 0;
    for (let question = 0; question < 30; question++) {
      const asked = { text: text(3 + (question % 6)), readers: anybody, limit: 10 };
      const right = (await exhaustive(asked)).passages.map((passage) => passage.chunkId);
      const got = new Set((await pruned(asked)).passages.map((passage) => passage.chunkId));
      all += right.length;
      same += right.filter((id) => got.has(id)).length;
    }
    expect(all).toBeGreaterThan(200);
    expect(same / all).toBeGreaterThanOrEqual(0.99);
  });
});

describe('who may read', () => {
  beforeEach(() => knex.raw('delete from document'));

  test('no readers, no result; and what is meant for nobody is for nobody', async () => {
    await put('a', 'toner');
    await put('nobody', 'toner', { audience: [] });
    expect(await found('toner', { kind: 'nobody' })).toEqual([]);
    expect(await found('toner', people())).toEqual([]);
    expect(await found('toner', people('x@example.com'))).toEqual(['a']);
    expect(await found('toner')).toEqual(['a']);
  });

  test('nothing leaks over random audiences', async () => {
    const random = seeded(11);
    const employees = Array.from({ length: 9 }, (_, index) => `p${index}@example.com`);
    const names = ['everyone', ...employees.map((email) => `person:${email}`)];
    const words = ['toner', 'printer', 'paper', 'scanner', 'tray', 'jam', 'duplex', 'fuser'];
    const some = <T>(from: readonly T[], share: number) => from.filter(() => random() < share);
    const audiences = new Map<string, Audience>();
    for (let index = 0; index < 60; index++) {
      audiences.set(`d${index}`, index % 10 === 0 ? [] : [some(names, 0.2)]);
      await put(`d${index}`, some(words, 0.5).join(' '), { audience: audiences.get(`d${index}`) ?? [] });
    }
    let shown = 0;
    for (let question = 0; question < 1_000; question++) {
      const asker = pick(random, employees) ?? '';
      const readers = [people(), anybody][question % 5] ?? people(asker);
      const called = [[], ['everyone']][question % 5] ?? ['everyone', `person:${asker}`];
      const text = misspeltAtTimes(some(words, 0.4).join(' '), random);
      const { passages, corrections } = await search(text, readers, 20);
      shown += passages.length;
      const leaked = passages.filter((one) => !isFor(audiences.get(one.documentId), called));
      expect(leaked).toEqual([]);
      const seen = await visibleWords(audiences, called);
      expect(corrections.filter(({ to }) => !seen.has(to))).toEqual([]);
    }
    expect(shown).toBeGreaterThan(1_000);
  });

  let texts: ReadonlyMap<string, string> | null = null;
  async function visibleWords(audiences: ReadonlyMap<string, Audience>, called: readonly string[]) {
    if (texts === null) {
      const { rows } = await knex.raw('select d.ref, c.text from document d join chunk c on c.document_id = d.id');
      texts = new Map(rows.map((row: { ref: string; text: string }) => [row.ref, row.text]));
    }
    const visible = [...texts].filter(([id]) => isFor(audiences.get(id), called));
    return new Set(visible.flatMap(([, text]) => text.split(' ')));
  }

  function isFor(audience: Audience | undefined, called: readonly string[]): boolean {
    return audience?.[0]?.some((name) => called.includes(name)) === true;
  }

  function misspeltAtTimes(text: string, random: Random): string {
    return random() < 0.3 ? text.replace(/r/, 'rr') : text;
  }
});

describe('misspelt words', () => {
  beforeEach(() => knex.raw('delete from document'));

  test('are replaced by the word of the documents, and it is told', async () => {
    await put('a', 'If the connection keeps dropping, restart');
    const { corrections, terms, passages } = await search('my connection keeps droping');
    expect(corrections).toEqual([{ from: 'droping', to: 'dropping' }]);
    expect(terms.map((term) => term.word)).toEqual(['connection', 'keeps', 'dropping']);
    expect(passages.map((passage) => passage.documentId)).toEqual(['a']);
  });

  test('short words and swapped letters too', async () => {
    await put('a', 'The office wifi');
    expect(await found('wfii')).toEqual(['a']);
  });

  test('never by a word the reader cannot see', async () => {
    await put('secret', 'severance', { audience: [['person:ann@example.com']] });
    await put('open', 'perseverance');
    expect((await search('severanse')).corrections).toEqual([]);
    expect((await search('severanse', people('ann@example.com'))).corrections).toEqual([
      { from: 'severanse', to: 'severance' },
    ]);
  });

  test('never what holds a digit', async () => {
    await put('a', 'Ticket IT4211 and server srv01');
    expect((await search('it4212 srv02')).corrections).toEqual([]);
  });

  test('a word of the documents is never changed, however rare', async () => {
    for (const id of ['a', 'b', 'c']) await put(id, 'printer');
    await put('rare', 'prints of the pointer');
    expect((await search('pointer')).corrections).toEqual([]);
  });

  test('a word just stored is no typo, a word just removed attracts none', async () => {
    await put('a', 'authenticator');
    expect((await search('authentikator')).corrections).toEqual([{ from: 'authentikator', to: 'authenticator' }]);
    await put('b', 'authentikator');
    expect((await search('authentikator')).corrections).toEqual([]);
    await knowledge().remove('files', ['a', 'b']);
    await put('c', 'something else');
    expect((await search('authentikator')).corrections).toEqual([]);
    expect((await search('authenticater')).corrections).toEqual([]);
  });

  test('a misspelt stop word is dropped without a word about it', async () => {
    await put('a', 'with whom to speak about the plotter');
    const { corrections, terms } = await search('plotter wiht');
    expect(corrections).toEqual([]);
    expect(terms.map((term) => term.word)).toEqual(['plotter']);
  });

  test('a word the documents lack is a term of the question nevertheless', async () => {
    await put('a', 'printer');
    const { terms } = await search('printer xylophone');
    expect(terms.map(({ word, chunks }) => [word, chunks])).toEqual([
      ['printer', 1],
      ['xylophone', 0],
    ]);
    expect(terms[1]?.idf).toBeCloseTo(Math.log(1 + 1.5 / 0.5), 5);
  });
});

describe('any text may be asked', () => {
  beforeAll(async () => {
    await knex.raw('delete from document');
    await put('a', "Don't panic: the 'printer' \\ works");
  });

  const random = seeded(5);
  const noise = (length: number) =>
    String.fromCodePoint(...Array.from({ length }, () => 1 + Math.floor(random() * 0xd000)));
  const manyWords = Array.from({ length: 9_000 }, (_, index) => index.toString(36))
    .join(' ')
    .slice(0, 40_000);

  test.each<[string, string, number]>([
    ['nothing', '', 0],
    ['white space', ' \n\t ', 0],
    ['punctuation only', '?!… --- /// \'\' "" \\\\', 0],
    ['stop words only', 'what is the', 0],
    ['emoji only', '😀👩‍👩‍👧‍👦🏳️‍🌈', 0],
    ['a mention and fake links', '<@U123> <!channel> <https://x.example|printer>', 1],
    ['quotes and backslashes', `'printer' "printer" \\printer\\ ''' \\' printer`, 1],
    ['operators of a tsquery', "printer & ! | <-> :* ('a' | 'b') !!printer:A", 1],
    ['SQL', "'; drop table chunk; -- printer", 1],
    ['NUL bytes', 'prin\0ter \0 printer', 1],
    ['lone surrogates', '\ud800 printer \udfff', 1],
    ['zero-width characters inside the word', 'pr\u200bin\u200dter', 1],
    ['a right-to-left text', 'מדפסת \u202eprinter\u202c طابعة', 1],
    ['full-width letters', 'ｐｒｉｎｔｅｒ', 1],
    ['40,000 characters without a space', 'printer '.concat('x'.repeat(40_000)), 1],
    ['40,000 characters of words', `printer ${manyWords}`, 1],
    ['40,000 times the same', 'printer '.repeat(5_000), 1],
    ['random characters', `printer ${noise(5_000)}`, 1],
  ])('%s', async (_, text, passages) => {
    expect(await found(text)).toHaveLength(passages);
  });
});
