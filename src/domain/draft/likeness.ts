import { remembered } from './remembered.ts';
import { wordsOf } from './said.ts';
import { IRREGULAR, SAME } from './same-words.ts';

/** Longer than any word with an ending. */
const LONGEST_WORD = 80;

const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/ies$/, 'y'],
  [/ied$/, 'y'],
  [/sses$/, 'ss'],
  [/(ch|sh|x|z)es$/, '$1'],
  [/(?<!s|u|i)s$/, ''],
  [/(?<=..)ically$/, 'ic'],
  [/(?<=...)ations?$/, ''],
  [/(?<=...t)ions?$/, ''],
  [/(?<=...)ments?$/, ''],
  [/(?<=...)ness$/, ''],
  [/(?<=...)ly$/, ''],
  [/(?<=...)ing$/, ''],
  [/(?<=...)ed$/, ''],
];

/** What is left of a word without the endings of English. Words with digits stay as they are. */
export const stemOf = remembered(stemAnew, 200_000);

function stemAnew(word: string): string {
  // of no language: to look for endings in it takes as long as it is
  if (word.length > LONGEST_WORD) return word;
  if (word.length < 4 || /\P{L}/u.test(word)) return IRREGULAR[word] ?? word;
  const whole = Object.hasOwn(IRREGULAR, word) ? (IRREGULAR[word] ?? word) : word;
  const bare = ENDINGS.reduce((rest, [ending, by]) => rest.replace(ending, by), whole);
  return bare
    .replace(/([bdfgmnprt])\1$/, '$1')
    .replace(/(?<=...)e$/, '')
    .replace(/(?<=...)i$/, 'y');
}

const groupsOf = new Map<string, Set<number>>();
for (const [group, words] of SAME.entries()) {
  for (const word of words) {
    const stem = stemOf(word);
    groupsOf.set(stem, (groupsOf.get(stem) ?? new Set()).add(group));
  }
}

/** Whether it is an everyday word of a helpdesk, of which others are known that say the same. */
export function isEveryday(stem: string): boolean {
  return groupsOf.has(stem);
}

/** Whether two stems are of one word, or of words that say the same. */
export function isAkin(one: string, other: string): boolean {
  return isSameWord(one, other) || isSynonym(one, other);
}

/** Of so many letters two words begin alike at least that are one. */
const LEAST_COMMON = 5;

/** Whether two stems are of one word: equal, or with other endings. */
export function isSameWord(one: string, other: string): boolean {
  if (one === other) return true;
  if (one.length < LEAST_COMMON || other.length < LEAST_COMMON || one[0] !== other[0]) return false;
  let common = 1;
  while (common < one.length && one[common] === other[common]) common += 1;
  return isMostOf(common, Math.max(one.length, other.length)) && !/\d/.test(one) && !/\d/.test(other);
}

function isMostOf(common: number, length: number): boolean {
  const rest = length - common;
  return common >= LEAST_COMMON && (rest <= 3 || (common >= 7 && rest <= 5));
}

function isSynonym(one: string, other: string): boolean {
  const groups = groupsOf.get(one);
  const others = groups === undefined ? undefined : groupsOf.get(other);
  return groups !== undefined && others !== undefined && !groups.isDisjointFrom(others);
}

/** Where the like of a stem can be among others. */
interface Index {
  readonly all: ReadonlySet<string>;
  readonly groups: ReadonlySet<number>;
  /** By how they begin. */
  readonly alike: ReadonlyMap<string, readonly string[]>;
}

/** By the very lists that were asked about. */
const indexes = new WeakMap<readonly string[], Index>();

/** {@link isAkin} of one of the stems at least. */
export function isAkinToAny(stem: string, stems: readonly string[]): boolean {
  return isSameAsAny(stem, stems) || (groupsOf.get(stem)?.isDisjointFrom(indexOf(stems).groups) ?? true) === false;
}

/** {@link isSameWord} of one of the stems at least. */
export function isSameAsAny(stem: string, stems: readonly string[]): boolean {
  const { all, alike } = indexOf(stems);
  return all.has(stem) || (alike.get(stem.slice(0, LEAST_COMMON))?.some((other) => isSameWord(stem, other)) ?? false);
}

function indexOf(stems: readonly string[]): Index {
  const known = indexes.get(stems);
  if (known !== undefined) return known;
  const all = new Set(stems);
  const groups = new Set([...all].flatMap((stem) => [...(groupsOf.get(stem) ?? [])]));
  const alike = Map.groupBy(all, (stem) => stem.slice(0, LEAST_COMMON));
  const made = { all, groups, alike };
  indexes.set(stems, made);
  return made;
}

/** The stems of a text's words, in order. */
export const stemsOf = remembered((text): readonly string[] => wordsOf(text).map(stemOf), 600_000);

/** The same, each once. */
export const stemSetOf = remembered((text): readonly string[] => [...new Set(stemsOf(text))], 600_000);

/** A word that may be spelt wrongly, as in a question: one slip in four letters, two in eight. */
export function isNearlySpelt(one: string, other: string): boolean {
  const longest = Math.max(one.length, other.length);
  const most = longest >= 8 ? 2 : 1;
  if (Math.min(one.length, other.length) < 4 || longest > LONGEST_WORD || Math.abs(one.length - other.length) > most)
    return false;
  return distance(one, other, most) <= most;
}

/** How many letters are put, left out or changed; what is more than `most` may be told as less than it is. */
function distance(one: string, other: string, most: number): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at];
    if (Math.min(...row) > most) return most + 1;
    for (let to = 1; to <= other.length; to += 1) {
      const change = (row[to - 1] ?? 0) + (one[at - 1] === other[to - 1] ? 0 : 1);
      next.push(Math.min(change, (row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? longestOf(one, other);
}

function longestOf(one: string, other: string): number {
  return Math.max(one.length, other.length);
}
