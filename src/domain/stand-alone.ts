import { wordsOf } from './words.ts';

/** Of the words that were said, at least; the others are what binds them. */
const OWN_SHARE = 0.6;
const LONGEST = 500;

/**
 * Whether a question that a model has made to stand alone is made of what was said: most of its words are, and every
 * number and address. What is not would be searched for in vain, or find something that nobody asked for.
 */
export function isOfThread(question: string, said: readonly string[]): boolean {
  if (question.length > LONGEST) return false;
  const known = new Set(said.flatMap(wordsOf));
  const words = wordsOf(question);
  const telling = words.filter((word) => word.length > 2);
  const strangers = telling.filter((word) => !known.has(word));
  if (strangers.some((word) => /\d/.test(word)) || /https?:|www\.|@/i.test(question)) return false;
  return words.length > 0 && strangers.length <= (1 - OWN_SHARE) * telling.length;
}
