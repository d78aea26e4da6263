import type { Knex } from 'knex';
import { onConnection } from '../adapters/postgres/connection.ts';
import { createKnowledge, useLanguage } from '../adapters/postgres/knowledge.ts';
import { createSearch } from '../adapters/postgres/search.ts';
import { chunk } from '../knowledge-sync/chunk.ts';
import { type Chunk, EVERYONE } from '#domain/knowledge.ts';
import * as baseline from './baseline.ts';
import type { LabelledQuestion, LabelledSet } from './beir.ts';
import { meanQuality, type Quality, qualityOf, quantile } from './measures.ts';
import { seeded } from './random.ts';
import { withTypo } from './typos.ts';

export interface QualityReport {
  readonly set: string;
  readonly documents: number;
  readonly questions: number;
  readonly clean: Quality;
  readonly typo: Quality;
  /** The misspelt questions with correction switched off. */
  readonly typoUncorrected: Quality;
  readonly baselineClean: Quality;
  readonly baselineTypo: Quality;
  /** Of the nDCG that the typos cost without correction, the share that correction wins back. */
  readonly wonBack: number;
  readonly medianMs: number;
  readonly p95Ms: number;
}

const language = 'english';
const seed = 20_240_501;

/** Loads the set through the product's own `put` and asks all its questions, clean and misspelt. */
export async function measureQuality(
  knex: Knex,
  set: LabelledSet,
  progress: (text: string) => void,
): Promise<QualityReport> {
  await load(knex, set, progress);
  const misspelt = await misspell(knex, set.questions);
  const corrected = createSearch({ knex, language });
  const uncorrected = createSearch({ knex, language, correct: false });
  const times: number[] = [];
  const ask = async (questions: readonly LabelledQuestion[], search: typeof corrected) => {
    const all: Quality[] = [];
    for (const { text, right } of questions) {
      const began = performance.now();
      const { passages } = await search({ text, readers: { kind: 'everyone' }, limit: 30 });
      times.push(performance.now() - began);
      all.push(qualityOf([...new Set(passages.map((passage) => passage.documentId))], right));
    }
    return meanQuality(all);
  };
  const askBaseline = async (questions: readonly LabelledQuestion[]) => {
    const all: Quality[] = [];
    for (const { text, right } of questions) all.push(qualityOf(await baseline.search(knex, text), right));
    return meanQuality(all);
  };
  progress(`${set.name}: asking ${set.questions.length} questions, five times`);
  const clean = await ask(set.questions, corrected);
  const [medianMs, p95Ms] = [quantile(times, 0.5), quantile(times, 0.95)];
  const typo = await ask(misspelt, corrected);
  const typoUncorrected = await ask(misspelt, uncorrected);
  return {
    set: set.name,
    documents: set.documents.length,
    questions: set.questions.length,
    clean,
    typo,
    typoUncorrected,
    baselineClean: await askBaseline(set.questions),
    baselineTypo: await askBaseline(misspelt),
    wonBack: (typo.ndcg - typoUncorrected.ndcg) / (clean.ndcg - typoUncorrected.ndcg),
    medianMs,
    p95Ms,
  };
}

export async function load(knex: Knex, set: LabelledSet, progress: (text: string) => void): Promise<void> {
  await useLanguage({ knex, language });
  await baseline.createTable(knex);
  const batch = 50;
  for (let from = 0; from < set.documents.length; from += batch) {
    progress(`${set.name}: ${from} of ${set.documents.length} documents loaded`);
    await knex.transaction(async (trx) => {
      const knowledge = createKnowledge({ knex: trx, language });
      for (const { id, title, text } of set.documents.slice(from, from + batch)) {
        const document = { source: 'bench', id, title, url: '', revision: '1', updatedAt: null, markdown: text };
        const whole = { audience: EVERYONE, gaps: [], isComplete: true };
        await knowledge.put({ ...document, ...whole }, chunksOf(title, text));
        await baseline.insert(trx, { id, title, text });
      }
    });
  }
  await baseline.createIndex(knex);
  await knex.raw('analyze');
}

/** As the sync cuts a document; one chunk when there is nothing but the title. */
function chunksOf(title: string, text: string): readonly Chunk[] {
  const chunks = chunk(text, title);
  return chunks.length > 0 ? chunks : [{ ordinal: 0, headings: [], text }];
}

/** One typo a question, in a word that is no stop word: the same ones in every run. */
export async function misspell(
  knex: Knex,
  questions: readonly LabelledQuestion[],
): Promise<readonly LabelledQuestion[]> {
  const words = [...new Set(questions.flatMap(({ text }) => text.toLowerCase().match(/\p{L}{4,}/gu) ?? []))];
  const rows = await onConnection(knex, (query) =>
    query<{ word: string }>(
      `select w.word from unnest($1::text[]) w(word) where to_tsvector($2::text::regconfig, w.word) <> ''`,
      [words, language],
    ),
  );
  const content = new Set(rows.map(({ word }) => word));
  const random = seeded(seed);
  return questions.map((question) => ({
    ...question,
    text: withTypo(question.text, random, (word) => content.has(word.toLowerCase())),
  }));
}
