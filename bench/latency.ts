import type { Knex } from 'knex';
import { onConnection } from '../adapters/postgres/connection.ts';
import { createSearch } from '../adapters/postgres/search.ts';
import { readableBy } from '../adapters/postgres/search-sql.ts';
import type { Readers } from '#domain/knowledge.ts';
import * as baseline from './baseline.ts';
import { bulkLoad, readers as everyReader } from './bulk-load.ts';
import { generatedCompany } from './generated.ts';
import { quantile } from './measures.ts';
import { seeded } from './random.ts';
import { withTypo } from './typos.ts';

export interface LatencyReport {
  readonly chunks: number;
  readonly audienceShare: number;
  readonly questions: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly baselineP50Ms: number;
  readonly baselineP95Ms: number;
}

const seed = 1;
/** Share of questions with a typo in them. */
const misspelt = 0.1;
const warmUp = 30;

interface Measured {
  readonly knex: Knex;
  readonly chunks: number;
  readonly questions: number;
  readonly progress: (text: string) => void;
}

/** Loads generated documents and times each question for readers who see 100 %, 10 % and 1 % of them. One client. */
export async function measureLatency({
  knex,
  chunks,
  questions,
  progress,
}: Measured): Promise<readonly LatencyReport[]> {
  const company = generatedCompany(seed);
  await bulkLoad({ knex, chunks, document: company.document, random: seeded(seed + 1), progress });
  return timeSearches({ knex, chunks, questions, progress });
}

/** As {@link measureLatency}, over what is loaded already. */
export async function timeSearches({ knex, chunks, questions, progress }: Measured): Promise<readonly LatencyReport[]> {
  const company = generatedCompany(seed);
  const random = seeded(seed + 2);
  const asked = Array.from({ length: questions + warmUp }, () => {
    const text = company.question();
    return random() < misspelt ? withTypo(text, random, () => true) : text;
  });
  const reports: LatencyReport[] = [];
  for (const { email, share } of everyReader) {
    progress(`${chunks} chunks, ${share * 100} % visible: asking ${questions} questions`);
    const search = createSearch({ knex, language: 'english' });
    const readers: Readers = { kind: 'people', emails: [email] };
    const acl = await idsOf(knex, email);
    const own = await times(asked, async (text) => void (await search({ text, readers, limit: 20 })));
    // The baseline takes seconds a question on a large index; a part of the questions is enough for it.
    const some = chunks > 200_000 ? asked.slice(warmUp - 3, warmUp + Math.ceil(questions / 5)) : asked;
    const plain = await times(some, async (text) => void (await baseline.searchChunks(knex, text, acl)));
    reports.push({
      chunks,
      audienceShare: share,
      questions,
      p50Ms: quantile(own, 0.5),
      p95Ms: quantile(own, 0.95),
      baselineP50Ms: quantile(plain, 0.5),
      baselineP95Ms: quantile(plain, 0.95),
    });
  }
  return reports;
}

async function times(questions: readonly string[], ask: (text: string) => Promise<void>): Promise<readonly number[]> {
  const taken: number[] = [];
  for (const text of questions) {
    const began = performance.now();
    await ask(text);
    taken.push(performance.now() - began);
  }
  return taken.slice(questions.length > warmUp * 2 ? warmUp : 3);
}

/** The audiences that somebody is in. */
async function idsOf(knex: Knex, email: string): Promise<readonly number[]> {
  const rows = await onConnection(knex, (query) => query<{ audience_id: number }>(readableBy('$1'), [[email]]));
  return rows.map((row) => row.audience_id);
}
