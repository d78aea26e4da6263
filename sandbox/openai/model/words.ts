import { isMisspelt } from './spelling.ts';
import { meaningOf } from './synonyms.ts';
import { stemOf } from './stem.ts';

const small = `a about after afterwards again all also always am an and any are as at be because been before being both but by can
can't cannot could couldn't did didn't do does doesn't doing don't each either else ever every few finally first for from get
gets getting go goes going got had has have having he hello her here hey hi him his how i i'd i'll i'm i've if in into is
isn't it it's its just keep keeps let like many may me mean means might more most much must my need needs never new next no nor not now of off
ok on once one only or other our out over own please put rather same say says see she should since so some still such
tell than thank thanks that that's the their them then there these they they're this those to too try trying under until
up us use using very want wants was wasn't way we we're well were what what's when where which while who whom whose why
will with won't would yes yet you you're your yours`;

const vague = `work works working problem problems issue issues trouble help broken thing things something anything stuff
wrong error errors fix question happen happens happened happening again suddenly today since morning anymore longer
nothing somehow weird strange`;

const stopWords = new Set(small.split(/\s+/u));
const vagueWords = new Set(vague.split(/\s+/u));

/** Words in order, lower case: letters and digits, with what a hyphen, an apostrophe or a dot joins in one piece. */
export function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[\p{L}\p{N}]+(?:[-'.][\p{L}\p{N}]+)*/gu) ?? []
  ).slice();
}

/** The stems of the words that tell one text from another, each once, in order. */
export function tellingStems(text: string): string[] {
  return stemsOf(text, (word) => !stopWords.has(word));
}

/** The same without words that every complaint has. */
export function sharpStems(text: string): string[] {
  return stemsOf(text, (word) => !stopWords.has(word) && !vagueWords.has(word));
}

function stemsOf(text: string, isMeant: (word: string) => boolean): string[] {
  return [...new Set(wordsOf(text).filter(isMeant).map(stemOf))];
}

/** A text to be asked whether it holds words. */
export interface Heap {
  readonly stems: ReadonlySet<string>;
  readonly meanings: ReadonlySet<string>;
}

export function heapOf(text: string): Heap {
  // parts of what is joined count as well: "sign-in" holds "sign"
  const stems = new Set([...wordsOf(text), ...wordsOf(text.replaceAll(/[-.]/gu, ' '))].map(stemOf));
  return { stems, meanings: new Set([...stems].map(meaningOf)) };
}

/** How much of the stems a text holds, 0 to 1; a word of the same meaning, or misspelt, counts for most of one. */
export function shareHeld(stems: readonly string[], { stems: held, meanings }: Heap): number {
  if (stems.length === 0) return 0;
  const worth = stems.map((stem) => worthOf(stem, held, meanings));
  return worth.reduce((sum, one) => sum + one, 0) / stems.length;
}

function worthOf(stem: string, held: ReadonlySet<string>, meanings: ReadonlySet<string>): number {
  if (held.has(stem)) return 1;
  if (meanings.has(meaningOf(stem))) return 0.7;
  return held.values().some((one) => isMisspelt(stem, one)) ? 0.7 : 0;
}
