import { anyOf, candidatesFor, quoteLexeme, type WeighedTerm } from '../../../adapters/postgres/candidates.ts';
import { askedWords } from '../../../adapters/postgres/asked-words.ts';
import { proximityBonus } from '../../../adapters/postgres/proximity.ts';
import { wordsOf } from '../../../adapters/postgres/words.ts';
import { seeded } from '../../../bench/random.ts';

/** Whether a text with exactly these lexemes meets the tsquery: `&`, `|`, brackets and quoted words are all it may hold. */
function meets(tsquery: string, lexemes: ReadonlySet<string>): boolean {
  let rest = tsquery.replaceAll(/'(\w+)'/g, (_, word: string) => (lexemes.has(word) ? '1' : '0'));
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest
      .replaceAll(/\(([01])\)/g, '$1')
      .replaceAll(/([01]) & ([01])/g, (_, a: string, b: string) => (a === '1' && b === '1' ? '1' : '0'))
      .replaceAll(/(?<!& )([01]) \| ([01])(?! &)/g, (_, a: string, b: string) => (a === '1' || b === '1' ? '1' : '0'));
  }
  expect(rest).toMatch(/^[01]$/);
  return rest === '1';
}

describe('candidates', () => {
  test('are the chunks whose terms weigh enough: no rejected set of terms weighs more than an accepted one', () => {
    const random = seeded(9);
    for (let round = 0; round < 300; round++) {
      const terms: WeighedTerm[] = Array.from({ length: 1 + (round % 6) }, (_, index) => {
        const chunks = 1 + Math.floor(10_000 * random() ** 3);
        return { lexeme: `w${index}`, chunks, weight: Math.log(10_000 / chunks) + 0.1 };
      });
      const { tsquery, anyTerm } = candidatesFor(terms, { chunks: 10_000, budget: 200 });
      let lightestAccepted = Infinity;
      let heaviestRejected = 0;
      for (let bits = 1; bits < 2 ** terms.length; bits++) {
        const chosen = terms.filter((_, index) => (bits >> index) & 1);
        const weight = chosen.reduce((sum, term) => sum + term.weight, 0);
        if (meets(tsquery, new Set(chosen.map((term) => term.lexeme))))
          lightestAccepted = Math.min(lightestAccepted, weight);
        else heaviestRejected = Math.max(heaviestRejected, weight);
      }
      expect(lightestAccepted).toBeLessThan(Infinity);
      expect(heaviestRejected).toBeLessThan(lightestAccepted + 1e-6);
      if (anyTerm) expect(heaviestRejected).toBe(0);
    }
  });

  test('of rare terms any one is enough', () => {
    const terms = [
      { lexeme: 'a', chunks: 3, weight: 5 },
      { lexeme: 'b', chunks: 5, weight: 4 },
    ];
    expect(candidatesFor(terms, { chunks: 1_000, budget: 100 })).toEqual({ tsquery: `'a' | 'b'`, anyTerm: true });
    expect(anyOf(terms)).toEqual({ tsquery: `'a' | 'b'`, anyTerm: true });
  });

  test('a common term does not count without a rare one', () => {
    const terms = [
      { lexeme: 'vpn', chunks: 20, weight: 6 },
      { lexeme: 'work', chunks: 900, weight: 0.3 },
    ];
    const { tsquery } = candidatesFor(terms, { chunks: 1_000, budget: 100 });
    expect(meets(tsquery, new Set(['vpn', 'work']))).toBe(true);
    expect(meets(tsquery, new Set(['work']))).toBe(false);
  });

  test('quotes and backslashes stay inside the lexeme', () => {
    expect(quoteLexeme(`it's \\ & | !`)).toBe(`'it''s \\\\ & | !'`);
  });
});

test.each<[string, readonly string[]]>([
  ['Wi-Fi, e-mail and/or VPN', ['wi', 'fi', 'wifi', 'e', 'mail', 'email', 'and', 'or', 'vpn']],
  ['IT-4211 ERR_CONN_RESET', ['it', '4211', 'it4211', 'err', 'conn', 'reset', 'errconnreset']],
  ["the user's file.The end", ['the', 'user', 's', 'file', 'the', 'filethe', 'end']],
  ['see [the page](https://wiki.example/x-y) now', ['see', 'the', 'page', 'now']],
  ['pass\u200bword so\u00adft', ['password', 'soft']],
  ['Größe ПРИВЕТ', ['größe', 'привет']],
  ['a.b.c.d.e.f.g.h', ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']],
  ['🎉 … !?', []],
])('the words of %j', (text, expected) => {
  expect(wordsOf(text, 'english')).toEqual(expected);
});

test('a question is also looked up with its neighbours joined', () => {
  const words = askedWords('set up wi-fi, wi-fi', 'english');
  expect(words.map(({ word, position, count, joins, glued }) => [word, position, count, joins, glued])).toEqual([
    ['set', 1, 1, null, false],
    ['up', 2, 1, null, false],
    ['wi', 3, 2, null, false],
    ['fi', 4, 2, null, false],
    ['wifi', 5, 2, ['wi', 'fi'], true],
    ['setup', 1, 1, ['set', 'up'], false],
    ['upwi', 2, 1, ['up', 'wi'], false],
    ['fiwi', 4, 1, ['fi', 'wi'], false],
  ]);
});

describe('a passage gains for neighbours of the question', () => {
  const term = (lexeme: string, idf: number) => ({ lexeme, word: lexeme, idf, count: 1, position: 1, chunks: 1 });
  const terms = [term('access', 2), term('point', 4), term('name', 3)];

  test.each([
    ['side by side', { access: [7], point: [8] }, 0.3],
    ['two words between', { access: [7], point: [3, 10] }, 0.3],
    ['too far apart', { access: [7], point: [11] }, 0],
    ['the other way round', { access: [7], point: [6] }, 0],
    ['all in a row', { access: [1, 7], point: [8], name: [9] }, 0.75],
    ['alone', { point: [8] }, 0],
  ])('%s', (_, matches, expected) => {
    expect(proximityBonus(terms, matches)).toBeCloseTo(expected, 9);
  });
});
