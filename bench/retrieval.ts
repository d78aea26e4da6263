/**
 * Measures the search: `node bench/retrieval.ts --data FOLDER [--data FOLDER …] [--quality-only] [--latency]
 * [--sizes 10000,100000,1000000] [--questions 300] [--database URL] [--json]`
 *
 * Quality: each folder in BEIR layout is loaded through the product's own `put` and asked all its questions, clean and
 * with one typo each, beside any-word queries ranked by `ts_rank_cd`. Latency: generated chunks, readers who see
 * 100 %, 10 % and 1 % of them. Without `--database` both run on the embedded database; with it in a schema of their
 * own that is dropped afterwards.
 *
 * `--vectors [--sizes 100000] [--dimensions 1536] [--embeddings-url URL --embeddings-model NAME]` measures vectors
 * instead: how many of the true nearest the index finds and how fast, on generated ones; and, with a server that speaks
 * OpenAI's protocol (its key in OPENAI_API_KEY), words and vectors fused on the folders of `--data`, or on those of
 * ../shared/data where it is.
 */
import { existsSync, readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import knexFactory, { type Knex } from 'knex';
import { createEmbedder } from '../adapters/openai/embedder.ts';
import { openDatabase } from '../adapters/postgres/database.ts';
import * as conversations from '../migrations/0001_conversations.ts';
import * as documents from '../migrations/0002_knowledge.ts';
import * as trails from '../migrations/0003_trails.ts';
import * as sources from '../migrations/0004_sources.ts';
import * as embeddings from '../migrations/0007_embeddings.ts';
import { readLabelledSet } from './beir.ts';
import { measureFusion } from './fusion.ts';
import { measureLatency } from './latency.ts';
import { measureNearness } from './nearness.ts';
import { fusionTable, latencyTable, nearnessTable, qualityTable } from './report.ts';
import { measureQuality } from './quality.ts';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', multiple: true, default: [] },
    'quality-only': { type: 'boolean', default: false },
    latency: { type: 'boolean', default: false },
    sizes: { type: 'string' },
    questions: { type: 'string' },
    database: { type: 'string' },
    vectors: { type: 'boolean', default: false },
    dimensions: { type: 'string', default: '1536' },
    'embeddings-url': { type: 'string' },
    'embeddings-model': { type: 'string', default: 'text-embedding-3-small' },
    json: { type: 'boolean', default: false },
  },
});

function progress(text: string): void {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);
}

/** An empty database for one measurement. */
async function withDatabase<T>(name: string, work: (knex: Knex) => Promise<T>): Promise<T> {
  if (options.database === undefined) {
    const database = await openDatabase({});
    try {
      return await work(database.knex);
    } finally {
      await database.close();
    }
  }
  const schema = `bench_${process.pid}_${name}`;
  const knex = knexFactory({
    client: 'pg',
    connection: { connectionString: options.database, options: '-c jit=off' },
    searchPath: [schema, 'public'],
    pool: { min: 1, max: 2 },
  });
  try {
    await knex.raw('create schema ??', [schema]);
    for (const { up } of [conversations, documents, trails, sources, embeddings]) await up(knex);
    return await work(knex);
  } finally {
    await knex.raw('drop schema if exists ?? cascade', [schema]);
    await knex.destroy();
  }
}

const most = Number(options.questions ?? Infinity);
const where = options.database === undefined ? 'On the embedded database.' : 'On the Postgres server.';
if (options.vectors) await reportVectors();
else await reportWords();

async function reportWords(): Promise<void> {
  const wantsLatency = !options['quality-only'] && (options.latency || options.data.length === 0);
  const usual = options.database === undefined ? '10000' : '10000,100000,1000000';
  const quality = [];
  for (const [index, folder] of options.data.entries()) {
    const set = await readLabelledSet(folder);
    const questions = everyNth(set.questions, most);
    quality.push(await withDatabase(`q${index}`, (knex) => measureQuality(knex, { ...set, questions }, progress)));
  }
  const latency = [];
  for (const chunks of wantsLatency ? sizesOr(usual) : []) {
    const questions = Math.min(most, 300);
    latency.push(
      ...(await withDatabase(`l${chunks}`, (knex) => measureLatency({ knex, chunks, questions, progress }))),
    );
  }
  print({ quality, latency }, [qualityTable(quality), latencyTable(latency)]);
}

async function reportVectors(): Promise<void> {
  const questions = Math.min(most, 200);
  const dimensions = Number(options.dimensions);
  const nearness = [];
  for (const chunks of options['quality-only'] ? [] : sizesOr('100000')) {
    const measure = (knex: Knex) => measureNearness({ knex, chunks, dimensions, questions, progress });
    nearness.push(await withDatabase(`v${chunks}`, measure));
  }
  const fusion = [];
  for (const [index, folder] of labelledFolders().entries()) {
    const set = await readLabelledSet(folder);
    const asked = { set: { ...set, questions: everyNth(set.questions, most) }, embedder: embedder() };
    fusion.push(await withDatabase(`f${index}`, (knex) => measureFusion(knex, asked, progress)));
  }
  print({ nearness, fusion }, [...nearness.map(nearnessTable), fusionTable(fusion)]);
}

/** None, and a sentence about it, where there is no server to embed them or no labelled set. */
function labelledFolders(): readonly string[] {
  const shared = '../shared/data';
  if (options['embeddings-url'] === undefined) {
    progress('Words and vectors fused: skipped, because no server is named by --embeddings-url.');
    return [];
  }
  if (options.data.length > 0) return options.data;
  const sets = existsSync(shared) ? readdirSync(shared).map((name) => `${shared}/${name}`) : [];
  const labelled = sets.filter((folder) => existsSync(`${folder}/corpus.jsonl`));
  if (labelled.length === 0)
    progress(`Words and vectors fused: skipped, because there is no --data, and no ${shared}.`);
  return labelled;
}

function embedder() {
  const baseUrl = options['embeddings-url'] ?? '';
  const server = { apiKey: process.env['OPENAI_API_KEY'] ?? null, baseUrl, apiVersion: null, timeoutMs: 600_000 };
  const model = { model: options['embeddings-model'], dimensions: null };
  return createEmbedder({ ...server, ...model }, { clock: () => new Date() });
}

function sizesOr(usual: string): readonly number[] {
  return (options.sizes ?? usual).split(',').map(Number);
}

function print(figures: object, tables: readonly string[]): void {
  const text = options.json
    ? JSON.stringify({ where, ...figures }, null, 2)
    : [where, ...tables].filter(Boolean).join('\n\n');
  process.stdout.write(`${text}\n`);
}

function everyNth<T>(values: readonly T[], most: number): readonly T[] {
  const step = values.length / Math.min(most, values.length);
  return values.filter((_, index) => index === 0 || Math.floor(index / step) !== Math.floor((index - 1) / step));
}
