import { USUAL_DENSE } from '#domain/confidence.ts';
import type { Embedder } from '#model-ports.ts';
import type { Exam } from './command-line.ts';
import type { EmbedQuestion } from './corpus.ts';
import { type Observation, observeAll } from './observe.ts';

/** What is tried, from words alone to vectors before all. */
const SHARES = [0, USUAL_DENSE, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7];

export interface ObservedByShare {
  readonly observations: readonly Observation[];
  /** As weights have it; nothing where there are no vectors. */
  readonly dense: { readonly dense?: number };
}

/**
 * Observes all questions; with an embedder with each share of the vectors, and keeps the share with which the best find is
 * right most often; of equals the smallest. A share of 0 is among them, so vectors that do not help are not used.
 */
export async function observeByShares(
  { corpus, questions }: Pick<Exam, 'corpus' | 'questions'>,
  embedder: Embedder | null,
): Promise<ObservedByShare> {
  const { knowledge } = corpus;
  if (embedder === null) return { observations: await observeAll(knowledge, questions), dense: {} };
  const once = remembering(await corpus.embed(embedder));
  let best: (ObservedByShare & { readonly right: number }) | null = null;
  for (const dense of SHARES) {
    const observations = await observeAll(knowledge, questions, { embed: once, dense });
    const right = observations.filter(({ bestIsRight }) => bestIsRight).length;
    if (best === null || right > best.right) best = { observations, dense: { dense }, right };
  }
  return best ?? { observations: [], dense: { dense: 0 } };
}

/** Each question is paid for once. */
function remembering(embed: EmbedQuestion): EmbedQuestion {
  const known = new Map<string, ReturnType<EmbedQuestion>>();
  return (text) => {
    const vector = known.get(text) ?? embed(text);
    known.set(text, vector);
    return vector;
  };
}
