import type { Passage, QuestionTerm } from '#domain/knowledge.ts';

/** So far apart two neighbours of the question may stand in the text: stop words may be between them. */
const farthest = 3;
/** Weight of a pair beside that of its words; the share that models of term dependence give to ordered pairs. */
const pairWeight = 0.15;

/**
 * What a passage gains for having words that are neighbours in the question together and in the same order
 * ("access point", not "access the … point of"): of each such pair the lesser idf counts, in part.
 */
export function proximityBonus(terms: readonly QuestionTerm[], matches: Passage['matches']): number {
  let bonus = 0;
  for (const [index, term] of terms.entries()) {
    const before = terms[index - 1];
    if (before === undefined) continue;
    const near = areNear(matches[before.lexeme] ?? [], matches[term.lexeme] ?? []);
    if (near) bonus += Math.min(before.idf, term.idf);
  }
  return pairWeight * bonus;
}

/** Both ascending. */
function areNear(first: readonly number[], second: readonly number[]): boolean {
  let from = 0;
  for (const position of second) {
    while ((first[from] ?? Infinity) < position - farthest) from += 1;
    if ((first[from] ?? Infinity) < position) return true;
  }
  return false;
}
