import type { Passage, QuestionTerm, SearchResult } from './knowledge.ts';
import { contentTerms } from './question.ts';

/**
 * The passage to quote: of the best document the section that speaks of the question in its own words.
 *
 * The ranking counts the document's title for each of its sections, and a short introduction then often leads. Which
 * document answers is settled by that; which of its sections does is told by what the sections say themselves:
 * their headings first, then their text. Steps are worth more than prose, the more so the more of the question the
 * title says: to "how do I add a printer" under "Add a printer" the answer is how.
 */
export function passageToQuote({ passages, terms }: SearchResult): Passage | null {
  const [best] = passages;
  if (best === undefined) return null;
  const telling = contentTerms(terms);
  return passages
    .filter(({ documentId }) => documentId === best.documentId)
    .map((passage) => ({ passage, worth: worthOf(passage, telling) }))
    .reduce((one, other) => (other.worth > one.worth ? other : one)).passage;
}

/** The heading says what a section is about; a mention in the text may be in passing. */
const headingWorth = 2;
/** Where the title says nothing of the question, steps only decide between sections that hold the same. */
const leastForSteps = 0.05;

function worthOf(passage: Passage, terms: readonly QuestionTerm[]): number {
  const titleWords = wordCount([passage.title]);
  const headWords = titleWords + wordCount(passage.headings);
  const massAt = (isThere: (position: number) => boolean) =>
    terms.reduce((sum, { lexeme, idf }) => sum + ((passage.matches[lexeme] ?? []).some(isThere) ? idf : 0), 0);
  const inTitle = massAt((position) => position <= titleWords);
  const inHeadings = massAt((position) => position > titleWords && position <= headWords);
  const inText = massAt((position) => position > headWords);
  const steps = /^\s*(?:\d+[.)]|[-*+])\s/m.test(passage.text) ? inTitle + leastForSteps : 0;
  return headingWorth * inHeadings + inText + steps;
}

/** Counted as the index numbers positions. */
function wordCount(texts: readonly string[]): number {
  return texts.join(' ').match(/[\p{L}\p{N}']+/gu)?.length ?? 0;
}
