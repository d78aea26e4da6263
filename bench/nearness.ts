import type { Knex } from 'knex';
import { onConnection } from '../adapters/postgres/connection.ts';
import { createNearest } from '../adapters/postgres/nearest.ts';
import { mostNearest } from '../adapters/postgres/search.ts';
import { readableBy } from '../adapters/postgres/search-sql.ts';
import { asText, createVectors } from '../adapters/postgres/vectors.ts';
import { createIndex, nearestOfAll, tableOf } from '../adapters/postgres/vectors-sql.ts';
import { bulkLoad, readers as everyReader } from './bulk-load.ts';
import { type Clustered, clustered, intrinsicDimension } from './clustered.ts';
import { chunksPerDocument } from './generated.ts';
import { quantile } from './measures.ts';
import { seeded } from './random.ts';

export interface NearnessReport {
  readonly chunks: number;
  readonly dimensions: number;
  /** Of the generated vectors, see {@link clustered}. */
  readonly intrinsicDimension: number;
  readonly buildSeconds: number;
  readonly audiences: readonly AudienceReport[];
}

export interface AudienceReport {
  readonly share: number;
  readonly questions: number;
  /** Of the ten nearest that the exact search finds, the share that the product's search finds. */
  readonly recall: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Every chunk of the audience compared. */
  readonly exactP50Ms: number;
  readonly exactP95Ms: number;
}

interface Measured {
  readonly knex: Knex;
  readonly chunks: number;
  readonly dimensions: number;
  readonly questions: number;
  readonly progress: (text: string) => void;
}

const model = 'generated';
const seed = 11;
const depth = 10;
/** As in the product's search. */
const fewChunks = 5_000;
const warmUp = 5;

/** Loads generated chunks with generated vectors and searches them for readers who see 100 %, 10 % and 1 % of them. One client. */
export async function measureNearness(measured: Measured): Promise<NearnessReport> {
  const { knex, chunks, dimensions, progress } = measured;
  let number = 0;
  const document = () => ({
    title: 'document',
    chunks: Array.from({ length: chunksPerDocument }, () => `chunk ${(number += 1)}`),
  });
  await bulkLoad({ knex, chunks, document, random: seeded(seed), progress });
  const company = clustered(seeded(seed + 1), dimensions);
  const buildSeconds = await loadVectors(company, measured);
  // As many of a theme as a hundred thousand have.
  const sample = Array.from({ length: 1_600 }, () => company.vector(8));
  const audiences: AudienceReport[] = [];
  for (const reader of everyReader) audiences.push(await measureAudience(reader, company, measured));
  return { chunks, dimensions, intrinsicDimension: intrinsicDimension(sample), buildSeconds, audiences };
}

const atOnce = 200;

/** Past the index, which is built once at the end. Returns the seconds that took. */
async function loadVectors(company: Clustered, { knex, progress }: Measured): Promise<number> {
  const vectors = createVectors(knex);
  await vectors.useModel(model);
  const [first] = await vectors.missing(model, 1);
  if (first === undefined) throw new Error('there is no chunk');
  await vectors.put(model, [{ ...first, vector: company.vector() }]);
  const { id, indexed } = await knex('embedding_model').where({ name: model }).first('id', 'indexed');
  if (!indexed) throw new Error('the server has no pgvector (0.8 or later): there is no index to measure');
  await knex.raw('drop index ??', [`${tableOf(id)}_nearest`]);
  const rows: readonly { id: string }[] = await knex('chunk')
    .whereNot({ id: first.chunkId })
    .orderBy('id')
    .select('id');
  for (let from = 0; from < rows.length; from += atOnce) {
    if (from % 10_000 === 0) progress(`${from} of ${rows.length} vectors loaded`);
    const some = rows.slice(from, from + atOnce);
    await onConnection(knex, (query) =>
      query(
        `insert into ${tableOf(id)} (hash, vector) select c.text_hash, g.vector::halfvec
         from unnest($1::bigint[], $2::text[]) g(id, vector) join chunk c using (id)`,
        [some.map((row) => row.id), some.map(() => asText(company.vector()))],
      ),
    );
  }
  progress('building the index');
  const began = performance.now();
  await onConnection(knex, async (query) => {
    await query(`set maintenance_work_mem = '900MB'`, []);
    await query(createIndex(id), []);
  });
  await knex.raw('analyze');
  const seconds = (performance.now() - began) / 1_000;
  progress(`built in ${seconds.toFixed(0)} s`);
  return seconds;
}

async function measureAudience(
  { email, share }: { email: string; share: number },
  company: Clustered,
  { knex, chunks, questions, progress }: Measured,
): Promise<AudienceReport> {
  const { id, dimensions } = await knex('embedding_model').where({ name: model }).first('id', 'dimensions');
  const readers = (
    await onConnection(knex, (query) => query<{ audience_id: number }>(readableBy('$1'), [[email]]))
  ).map((row) => row.audience_id);
  const nearest = createNearest({
    log: { warn: (message, fields) => progress(`${message} ${String(fields?.['error'])}`) },
  });
  const asked = { readers, visible: chunks * share, fewChunks, limit: mostNearest, also: [] };
  const [own, exact]: [number[], number[]] = [[], []];
  let found = 0;
  for (let question = -warmUp; question < questions; question += 1) {
    const values = company.vector();
    const began = performance.now();
    const near = await nearest.find(knex, { model, values }, asked);
    const between = performance.now();
    const truth = await onConnection(knex, (query) =>
      query<{ chunkId: string }>(nearestOfAll(id, dimensions), [asText(values), readers, depth]),
    );
    if (question < 0) continue;
    own.push(between - began);
    exact.push(performance.now() - between);
    const best = new Set(near?.nearest.slice(0, depth).map(({ chunkId }) => chunkId));
    found += truth.filter(({ chunkId }) => best.has(chunkId)).length / truth.length;
  }
  const report = {
    share,
    questions,
    recall: found / questions,
    p50Ms: quantile(own, 0.5),
    p95Ms: quantile(own, 0.95),
    exactP50Ms: quantile(exact, 0.5),
    exactP95Ms: quantile(exact, 0.95),
  };
  progress(JSON.stringify(report));
  return report;
}
