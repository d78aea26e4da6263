import { wordsOf } from './said.ts';
import { isAkin, stemOf } from './likeness.ts';
import { remembered } from './remembered.ts';
import { PHRASES } from './same-words.ts';
import { numberOf } from './telling.ts';

/** A word in its place. */
export interface Token {
  readonly stem: string;
  /** With a capital or a digit, and not at the beginning of a sentence. */
  readonly isName: boolean;
  /** Of a part of the sentence, counted from its beginning: parts end at punctuation, and at "and", "or", "then". */
  readonly part: number;
}

/** A place where two texts that run alike differ: the words of the one, and those of the other. */
export interface Gap {
  readonly own: readonly Token[];
  readonly theirs: readonly Token[];
  /** Both go on alike before it, or after it; both are so at the beginnings, and at the ends. */
  readonly isBoundBefore: boolean;
  readonly isBoundAfter: boolean;
}

/** What is one expression is made one word, so that it is compared as one. */
const EXPRESSIONS: readonly (readonly [RegExp, string])[] = [
  [/\bIT\b(?! ?['’]s)/g, 'helpdesk'],
  ...PHRASES,
  [/\b(you|we|they|it|that|i)['’](?:re|ll|ve|d|s|m)\b/gi, '$1'],
  [/\b(?:an?|one) (?=(?:\w+ )?(?:minute|hour|day|week|month|year)\b)/gi, '1 '],
  [/\brather than\b/gi, 'instead of'],
  [/\b(?:turn|switch)(?:ed|s|ing)? ((?:(?!and\b|on\b|then\b)[\w-]+ ){0,4})off\b/gi, 'disable $1'],
  [/\b(?:turn|switch)(?:ed|s|ing)? ((?:(?!and\b|off\b|then\b)[\w-]+ ){0,4})on\b/gi, 'enable $1'],
];

/** "Don't" is no name though it is a button's; what is denied is compared elsewhere. */
const DENYING = /^(?:do|dont|does|doesnt|not|no|never)$/;

/** The words of a text as they are compared. */
export const tokensOf = remembered(tokensAnew, 100_000);

function tokensAnew(text: string): readonly Token[] {
  const said = EXPRESSIONS.reduce((one, [from, to]) => one.replaceAll(from, to), withoutTimes(text));
  let part = 0;
  let isBeginning = true;
  return Array.from(said.matchAll(/[\p{L}\p{M}\p{N}]+(?:['’][\p{L}]+)?|[^\p{L}\p{N}\s]/gu), ([raw]) => raw).flatMap(
    (raw) => {
      const [word] = wordsOf(raw);
      if (word === undefined) {
        if (/[.,;:!?()|>]/.test(raw)) part += 1;
        isBeginning ||= /[.:!?|]/.test(raw);
        return [];
      }
      if (DENYING.test(word)) return [{ stem: word, isName: false, part }];
      const isName = /\p{N}/u.test(raw) || (!isBeginning && /^\p{Lu}/u.test(raw)) || /^\p{L}+\p{Lu}/u.test(raw);
      if (/^(?:and|or|then)$/.test(word)) part += 1;
      isBeginning = false;
      return [{ stem: numberOf(word) ?? stemOf(word), isName, part }];
    },
  );
}

/** Times of the day are written in many ways, and are compared with the figures. */
function withoutTimes(text: string): string {
  return text.replaceAll(/\b\d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\b\.?|\b\d{1,2}:\d\d\b/gi, ' ');
}

/** Lays two texts beside each other so that as many words as can be stand beside their like: where that leaves gaps. */
export function align(own: readonly Token[], theirs: readonly Token[]): readonly Gap[] {
  const pairs = pairsOf(own, theirs);
  let [at, to] = [0, 0];
  return [...pairs, { at: own.length, to: theirs.length }].map((pair, index) => {
    const gap: Gap = {
      own: own.slice(at, pair.at),
      theirs: theirs.slice(to, pair.to),
      isBoundBefore: index > 0,
      isBoundAfter: index < pairs.length,
    };
    [at, to] = [pair.at + 1, pair.to + 1];
    return gap;
  });
}

interface Pair {
  readonly at: number;
  readonly to: number;
}

/** The longest common row of words; the very word counts for more than its like. */
function pairsOf(own: readonly Token[], theirs: readonly Token[]): readonly Pair[] {
  const best = worthOf(own, theirs);
  const worth = (at: number, to: number) => best[at]?.[to] ?? 0;
  const pairs: Pair[] = [];
  let [at, to] = [0, 0];
  while (at < own.length && to < theirs.length) {
    const here = worth(at, to);
    if (here === worth(at + 1, to)) at += 1;
    else if (here === worth(at, to + 1)) to += 1;
    else {
      pairs.push({ at, to });
      at += 1;
      to += 1;
    }
  }
  return pairs;
}

/** What the best common row from two places on is worth, by both places. */
function worthOf(own: readonly Token[], theirs: readonly Token[]): readonly (readonly number[])[] {
  const rows: number[][] = [];
  let below: readonly number[] = [];
  for (const one of own.toReversed()) {
    const row: number[] = [];
    for (let to = theirs.length - 1; to >= 0; to -= 1) {
      const like = likeness(one.stem, theirs[to]?.stem ?? '');
      const both = like > 0 ? like + (below[to + 1] ?? 0) : 0;
      row[to] = Math.max(both, below[to] ?? 0, row[to + 1] ?? 0);
    }
    rows.push(row);
    below = row;
  }
  return rows.reverse();
}

/** Short words are everywhere: a row of long ones is to be found rather. */
function likeness(one: string, other: string): number {
  if (one === other) return one.length > 3 ? 3 : 1.5;
  return isAkin(one, other) ? 2 : 0;
}
