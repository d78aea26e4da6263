import type { DraftSentence, ShownPassage } from './draft.ts';
import type { Evidence } from './evidence.ts';
import { wordsOf } from './said.ts';

// How much is looked at. The checks run where everything else does, and who writes a page may also decide what a model
// says of it: what goes beyond is not believed instead of being worked on. Beside each limit stands the most that was
// seen in 8,583 drafts made from three collections of documents, 3,424 of them honest (test/evals/drafts).

/** Characters of a passage with what is above it: 3,763. A chunk has 8,000 at most, which placeholders make longer. */
const LONGEST_PASSAGE = 12_000;
/** Characters of all quotes of a draft: 9,680. A reply of 3,000 tokens has some 12,000 characters. */
const LONGEST_QUOTES = 30_000;
/** Characters of all sentences of a draft: 653. Nobody reads more. */
const LONGEST_ANSWER = 4_000;
/** Words of a sentence: 78. */
const MOST_SAID = 200;
/** Words of a sentence that is quoted: 147. */
const MOST_OF_STATEMENT = 300;
/** Words of all that are quoted for one sentence: 418. */
const MOST_QUOTED = 900;
/** Items, rows and paragraphs in which they stand: 2, but of a list or a table somebody may quote all. */
const MOST_UNITS = 80;
/** Words of these, with what introduces them: 860. */
const MOST_NEAR = 2_500;
/** Words of a sentence times words of what it rests on, for all sentences: 47,310. */
const MOST_COMPARED = 600_000;

/** Whether a passage is short enough for its words to be compared; what is not counts as not shown. */
export function isReadable({ title, headings, text }: ShownPassage): boolean {
  return [title, ...headings, text].reduce((sum, one) => sum + one.length, 0) <= LONGEST_PASSAGE;
}

/** Whether all that is said and quoted is longer than an answer can be. */
export function isTooLong(sentences: readonly DraftSentence[]): boolean {
  const quoted = sentences.flatMap(({ support }) => support.map(({ quote }) => quote.length));
  const said = sentences.map(({ text }) => text).join('\n');
  return said.length > LONGEST_ANSWER || quoted.reduce((sum, length) => sum + length, 0) > LONGEST_QUOTES;
}

/** Whether a sentence has more words than one that is to be read. */
export function isOverlong(text: string): boolean {
  return wordsOf(text).length > MOST_SAID;
}

/** Whether what is quoted for one sentence is more than anybody would rest a sentence on. */
export function isTooMuch({ statements, units }: Pick<Evidence, 'statements' | 'units'>): boolean {
  if (units.length > MOST_UNITS) return true;
  const quoted = statements.map((statement) => wordsOf(statement).length);
  return quoted.some((count) => count > MOST_OF_STATEMENT) || sum(quoted) > MOST_QUOTED || nearOf(units) > MOST_NEAR;
}

/** Of the first sentences, how many can be compared with what they rest on before it takes too long. */
export function comparedOf(texts: readonly { readonly text: string; readonly evidence: Evidence | null }[]): number {
  let work = 0;
  const at = texts.findIndex(({ text, evidence }) => {
    if (evidence !== null) work += wordsOf(text).length * (wordsOf(evidence.core).length + nearOf(evidence.units));
    return work > MOST_COMPARED;
  });
  return at === -1 ? texts.length : at;
}

function nearOf(units: Evidence['units']): number {
  return sum(units.map(({ unit }) => wordsOf(unit.lead).length + wordsOf(unit.text).length));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
