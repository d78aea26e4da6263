import { confidenceOf, signalsOf, USUAL_DENSE, type Weights } from '#domain/confidence.ts';
import { citationsOf, type Findings, type Found, groundsOf } from '#domain/decide.ts';
import { withoutOrders } from '#domain/draft/orders.ts';
import { blocksOf, excerptOf, SHORT_CHARACTERS } from '#domain/excerpt.ts';
import { fused } from '#domain/fuse.ts';
import type { Passage, QuestionVector, Readers, SearchResult } from '#domain/knowledge.ts';
import { favouringArticles, sectionThatAnswers } from '#domain/passage.ts';
import type { Knowledge } from '#knowledge-ports.ts';

/** What the documents say about a question, judged. */
export interface LookedUp {
  readonly found: Found;
  readonly grounds: Findings;
  /** What was found, best first; in the place of the best's document's first the section that is quoted. */
  readonly passages: readonly Passage[];
}

export interface Question {
  readonly text: string;
  readonly readers: Readers;
  /** Null, or left out: it is searched by its words alone. */
  readonly near?: QuestionVector | null;
}

/** Enough for the best three documents, and for the lead of the best over the best of another document. */
const mostPassages = 20;
/** Of words and of vectors each, so that a passage that both know has its place in both. */
const mostToFuse = 50;

/** Searches among what all `readers` may read, and judges the result. The same for an employee's question and for the evaluation. */
export async function lookUp(question: Question, deps: { knowledge: Knowledge; weights: Weights }): Promise<LookedUp> {
  const { knowledge, weights } = deps;
  const result = await search(question, deps);
  const signals = signalsOf(result);
  const confidence = signals === null ? null : confidenceOf(signals, weights);
  const best = confidence === null ? null : await sectionToQuote(result, question.readers, knowledge);
  const passages = best === null ? result.passages : [best, ...result.passages];
  return {
    found: {
      confidence,
      candidates: citationsOf(passages),
      quote: best === null ? '' : await excerpt(best, result, knowledge),
    },
    grounds: groundsOf(question.text, result, confidence),
    passages: passages.filter(({ chunkId }, place) => place === 0 || chunkId !== best?.chunkId),
  };
}

/** In the order of words and vectors together; where vectors are to count for nothing they are not asked for. */
async function search(
  { text, readers, near }: Question,
  { knowledge, weights: { dense = USUAL_DENSE } }: { knowledge: Knowledge; weights: Weights },
): Promise<SearchResult> {
  if (near === undefined || near === null || dense === 0) {
    return favouringArticles(await knowledge.search({ text, readers, limit: mostPassages }));
  }
  const found = favouringArticles(await knowledge.search({ text, readers, near, limit: mostToFuse }));
  return { ...found, passages: fused(found.passages, dense).slice(0, mostPassages) };
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

/** The lines of the passage that matter. What a page tells assistants is not for people either. */
async function excerpt(passage: Passage, { terms }: SearchResult, knowledge: Knowledge): Promise<string> {
  // before anything is cut: what is hidden from one block to another is only seen to be in the whole
  const { text } = withoutOrders(passage.text);
  const blocks = blocksOf(text);
  const isWhole = text.length <= SHORT_CHARACTERS;
  const lexemes = isWhole ? [] : await knowledge.lexemes(blocks.map((block) => block.text));
  return excerptOf({ markdown: text, blocks, lexemes, terms });
}
