import { confidenceOf, signalsOf, type Weights } from '#domain/confidence.ts';
import { citationsOf, type Findings, type Found, groundsOf } from '#domain/decide.ts';
import { blocksOf, excerptOf, SHORT_CHARACTERS } from '#domain/excerpt.ts';
import type { Passage, Readers, SearchResult } from '#domain/knowledge.ts';
import { favouringArticles, sectionThatAnswers } from '#domain/passage.ts';
import type { Knowledge } from '#knowledge-ports.ts';

/** What the documents say about a question, judged. */
export interface LookedUp {
  readonly found: Found;
  readonly grounds: Findings;
}

/** Enough for the best three documents, and for the lead of the best over the best of another document. */
const passages = 20;

/** Searches among what all `readers` may read, and judges the result. The same for an employee's question and for the evaluation. */
export async function lookUp(
  question: { text: string; readers: Readers },
  deps: { knowledge: Knowledge; weights: Weights },
): Promise<LookedUp> {
  const { knowledge, weights } = deps;
  const result = favouringArticles(await knowledge.search({ ...question, limit: passages }));
  const signals = signalsOf(result);
  const confidence = signals === null ? null : confidenceOf(signals, weights);
  const best = confidence === null ? null : await sectionToQuote(result, question.readers, knowledge);
  return {
    found: {
      confidence,
      candidates: citationsOf(best === null ? result.passages : [best, ...result.passages]),
      quote: best === null ? '' : await excerpt(best, result, knowledge),
    },
    grounds: groundsOf(question.text, result, confidence),
  };
}

/** The search keeps few passages of each document, those that lead by its title; the answer may stand in another. */
async function sectionToQuote(
  { passages: [leading], terms }: SearchResult,
  readers: Readers,
  knowledge: Knowledge,
): Promise<Passage | null> {
  if (leading === undefined) return null;
  const lexemes = terms.map(({ lexeme }) => lexeme);
  return sectionThatAnswers(await knowledge.sections(leading, { lexemes, readers }), terms);
}

/** The lines of the passage that matter. */
async function excerpt({ text }: Passage, { terms }: SearchResult, knowledge: Knowledge): Promise<string> {
  const blocks = blocksOf(text);
  const isWhole = text.length <= SHORT_CHARACTERS;
  const lexemes = isWhole ? [] : await knowledge.lexemes(blocks.map((block) => block.text));
  return excerptOf({ markdown: text, blocks, lexemes, terms });
}
