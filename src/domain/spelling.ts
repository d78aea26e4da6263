/** A word of the documents that a misspelt one may stand for. `chunks`: how many chunks hold it. */
export interface SpellingCandidate {
  readonly word: string;
  readonly chunks: number;
}

/** Shorter words have too many neighbours: one edit turns most of them into another word. */
const shortestWord = 3;
/** Up to this length two edits may change half of the word. */
const longestForOneEdit = 5;

/** Whether a word may be corrected at all: never what holds a digit (error codes, ticket keys, host names). */
export function mayBeMisspelt(word: string): boolean {
  return word.length >= shortestWord && !/\p{N}/u.test(word);
}

/**
 * Candidates that `word` is likely to stand for, likeliest first; none when nothing is near enough.
 * Fewer edits win; among equals the word that more chunks hold, and the one with the same first letter,
 * which people rarely get wrong.
 */
export function likelyCorrections<C extends SpellingCandidate>(word: string, candidates: readonly C[]): readonly C[] {
  const most = word.length <= longestForOneEdit ? 1 : 2;
  return candidates
    .map((candidate) => ({ candidate, edits: edits(word, candidate.word, most) }))
    .filter(({ candidate, edits }) => edits > 0 && edits <= most && mayStandFor(word, candidate.word))
    .map(({ candidate, edits }) => ({ candidate, likelihood: likelihood(word, candidate, edits) }))
    .sort((a, b) => b.likelihood - a.likelihood || compare(a.candidate.word, b.candidate.word))
    .map(({ candidate }) => candidate);
}

/** Of three letters only two are swapped or one is missing behind the first: else an abbreviation becomes another. */
function mayStandFor(word: string, candidate: string): boolean {
  if (word.length > shortestWord) return true;
  const sameLetters = sortedLetters(word) === sortedLetters(candidate);
  return word[0] === candidate[0] && (candidate.length > word.length || sameLetters);
}

function sortedLetters(word: string): string {
  return word.split('').sort().join('');
}

function likelihood(word: string, candidate: SpellingCandidate, edits: number): number {
  const sameStart = word[0] === candidate.word[0] ? 1 : 0;
  return sameStart + 0.35 * Math.log1p(candidate.chunks) - 2.5 * edits;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/**
 * Letters to insert, delete, replace or swap with their neighbour to get from `a` to `b` (optimal string alignment);
 * `most + 1` when it takes more than `most`.
 */
export function edits(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = at(last, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const swapped = isSwap(a, b, { row, column }) ? at(before, column - 2) + 1 : Infinity;
      current.push(Math.min(replaced, swapped, at(last, column) + 1, at(current, column - 1) + 1));
    }
    if (Math.min(...current) > most) return most + 1;
    before = last;
    last = current;
  }
  return Math.min(at(last, b.length), most + 1);
}

function isSwap(a: string, b: string, { row, column }: { row: number; column: number }): boolean {
  return row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? Infinity;
}
