import type { Knex } from 'knex';
import { createKnowledge } from '../adapters/postgres/knowledge.ts';
import { createNearest } from '../adapters/postgres/nearest.ts';
import { createVectors } from '../adapters/postgres/vectors.ts';
import { fused } from '#domain/fuse.ts';
import type { Passage } from '#domain/knowledge.ts';
import type { Embedder } from '#model-ports.ts';
import type { LabelledQuestion, LabelledSet } from './beir.ts';
import { meanQuality, qualityOf } from './measures.ts';
import { load } from './quality.ts';

/** nDCG@10 for a share of the vectors, by halves of the questions. */
export interface WeightReport {
  readonly weight: number;
  readonly chosenOn: number;
  readonly heldOut: number;
}

export interface FusionReport {
  readonly set: string;
  readonly model: string;
  readonly questions: number;
  /** From words alone, 0, to vectors alone, 1. */
  readonly weights: readonly WeightReport[];
}

/** Close together where vectors only settle what words leave open. */
const shares = [0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 1];
const depth = 50;
const atOnce = 16;
const patienceMs = 600_000;

/**
 * Loads the set, has all its chunks embedded, and asks all its questions with each weight. Every other question is of
 * the half on which a weight may be chosen; the other half only tells how that weight does.
 */
export async function measureFusion(
  knex: Knex,
  { set, embedder }: { set: LabelledSet; embedder: Embedder },
  progress: (text: string) => void,
): Promise<FusionReport> {
  await load(knex, set, progress);
  await embedAll(knex, embedder, (count) => progress(`${set.name}: ${count} chunks embedded`));
  const asked = await ask(knex, { questions: set.questions, embedder }, progress);
  const ndcg = (weight: number, half: number) =>
    meanQuality(
      asked
        .filter((_, index) => index % 2 === half)
        .map(({ right, words, both }) => qualityOf(documentsOf(weight === 0 ? words : fused(both, weight)), right)),
    ).ndcg;
  return {
    set: set.name,
    model: embedder.name,
    questions: set.questions.length,
    weights: shares.map((weight) => ({ weight, chosenOn: ndcg(weight, 0), heldOut: ndcg(weight, 1) })),
  };
}

/** The weight with the best mean over the halves on which it may be chosen, among those that are below words alone on none of them. */
export function chosenWeight(reports: readonly FusionReport[]): number {
  const candidates = reports[0]?.weights.map(({ weight }) => weight) ?? [0];
  const gains = (weight: number) =>
    reports.map(({ weights }) => {
      const of = (wanted: number) => weights.find((one) => one.weight === wanted)?.chosenOn ?? 0;
      return of(weight) - of(0);
    });
  const safe = candidates.filter((weight) => gains(weight).every((gain) => gain >= 0));
  const mean = (weight: number) => gains(weight).reduce((sum, gain) => sum + gain, 0);
  return safe.reduce((best, weight) => (mean(weight) > mean(best) ? weight : best), 0);
}

async function embedAll(knex: Knex, embedder: Embedder, told: (count: number) => void): Promise<void> {
  const vectors = createVectors(knex);
  await vectors.useModel(embedder.name);
  let count = 0;
  for (;;) {
    const chunks = await vectors.missing(embedder.name, atOnce);
    if (chunks.length === 0) return;
    const { vectors: made } = await embedder.embed(
      chunks.map(({ text }) => text),
      AbortSignal.timeout(patienceMs),
    );
    await vectors.put(
      embedder.name,
      chunks.map((chunk, index) => ({ ...chunk, vector: made[index] ?? new Float32Array() })),
    );
    count += chunks.length;
    if (count % (40 * atOnce) === 0) told(count);
  }
}

interface Asked {
  readonly right: LabelledQuestion['right'];
  readonly words: readonly Passage[];
  readonly both: readonly Passage[];
}

async function ask(
  knex: Knex,
  { questions, embedder }: { questions: readonly LabelledQuestion[]; embedder: Embedder },
  progress: (text: string) => void,
): Promise<readonly Asked[]> {
  const warn = (message: string, fields: Readonly<Record<string, unknown>> = {}) =>
    progress(`${message}: ${String(fields['error'])}`);
  const knowledge = createKnowledge({ knex, language: 'english', nearest: createNearest({ log: { warn } }) });
  const asked: Asked[] = [];
  for (let from = 0; from < questions.length; from += atOnce) {
    const some = questions.slice(from, from + atOnce);
    const { vectors } = await embedder.embed(
      some.map(({ text }) => text),
      AbortSignal.timeout(patienceMs),
    );
    for (const [index, { text, right }] of some.entries()) {
      const near = { model: embedder.name, values: vectors[index] ?? new Float32Array() };
      const question = { text, readers: { kind: 'everyone' }, limit: depth } as const;
      const words = await knowledge.search(question);
      const both = await knowledge.search({ ...question, near });
      asked.push({ right, words: words.passages, both: both.passages });
    }
  }
  return asked;
}

function documentsOf(passages: readonly Passage[]): readonly string[] {
  return [...new Set(passages.map(({ documentId }) => documentId))];
}
