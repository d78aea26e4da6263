import type { Passage, QuestionTerm, SearchResult } from './knowledge.ts';
import { contentTerms } from './question.ts';
import { indexedLength } from './words.ts';

/**
 * The result with that passage of the leading document in front which says most about the question by itself.
 *
 * A search counts the document's title, twice, for each of its sections, so the shortest section leads, whatever it
 * is about: asked how to set an "out of office", the article of that name would answer with its last two lines.
 * Between sections of one document the title decides nothing; headings and text do, and headings count once more.
 */
export function bestPassageFirst(result: SearchResult): SearchResult {
  const [leading] = result.passages;
  if (leading === undefined) return result;
  const terms = contentTerms(result.terms);
  const best = result.passages
    .filter((passage) => passage.documentId === leading.documentId)
    .reduce((one, other) => (ownWorth(other, terms) > ownWorth(one, terms) ? other : one));
  return { ...result, passages: [best, ...result.passages.filter((passage) => passage !== best)] };
}

function ownWorth(passage: Passage, terms: readonly QuestionTerm[]): number {
  const title = indexedLength(passage.title);
  const headings = indexedLength([passage.title, ...passage.headings].join('\n'));
  const massWithin = (from: number, to: number) =>
    terms
      .filter(({ lexeme }) => passage.matches[lexeme]?.some((position) => position > from && position <= to))
      .reduce((sum, { idf }) => sum + idf, 0);
  return massWithin(title, Infinity) + massWithin(title, headings);
}
