import type { Passage, QuestionTerm } from './knowledge.ts';
import { contentTerms } from './question.ts';
import { indexedLength } from './words.ts';

/**
 * Of the sections of one document, in order, the one that says most about the question by itself.
 *
 * A search counts the document's title for each of its sections, so the shortest section leads, whatever it is about:
 * asked how to set an "out of office", the article of that name would answer with its last two lines. Between sections
 * of one document the title decides nothing; headings and text do, and headings count once more. The more of the
 * question the title says, the more numbered steps are worth: to "how do I add a printer" under "Add a printer" the
 * answer is how. Of equals the first: articles begin with the usual case.
 */
export function sectionThatAnswers(sections: readonly Passage[], terms: readonly QuestionTerm[]): Passage | null {
  const telling = contentTerms(terms);
  const [first, ...others] = sections.map((section) => ({ section, worth: worthOf(section, telling) }));
  if (first === undefined) return null;
  return others.reduce((best, other) => (other.worth > best.worth ? other : best), first).section;
}

function worthOf(section: Passage, terms: readonly QuestionTerm[]): number {
  const title = indexedLength(section.title);
  const headings = indexedLength([section.title, ...section.headings].join('\n'));
  const massWithin = (from: number, to: number) =>
    terms
      .filter(({ lexeme }) => section.matches[lexeme]?.some((position) => position > from && position <= to))
      .reduce((sum, { idf }) => sum + idf, 0);
  const steps = /^\s*\d+[.)]\s/m.test(section.text) ? massWithin(0, title) : 0;
  return massWithin(title, Infinity) + massWithin(title, headings) + steps;
}
