/**
 * Measures the search: `node bench/retrieval.ts --data FOLDER [--data FOLDER …] [--quality-only] [--latency]
 * [--sizes 10000,100000,1000000] [--questions 300] [--database URL] [--json]`
 *
 * Quality: each folder in BEIR layout is loaded through the product's own `put` and asked all its questions, clean and
 * with one typo each, beside any-word queries ranked by `ts_rank_cd`. Latency: generated chunks, readers who see
 * 100 %, 10 % and 1 % of them. Without `--database` both run on the embedded database; with it in a schema of their
 * own that is dropped afterwards.
 */
import { parseArgs } from 'node:util';
import knexFactory, { type Knex } from 'knex';
import { openDatabase } from '../adapters/postgres/database.ts';
import * as conversations from '../migrations/0001_conversations.ts';
import * as documents from '../migrations/0002_knowledge.ts';
import * as trails from '../migrations/0003_trails.ts';
import * as sources from '../migrations/0004_sources.ts';
import { readLabelledSet } from './beir.ts';
import { measureLatency } from './latency.ts';
import { latencyTable, qualityTable } from './report.ts';
import { measureQuality } from './quality.ts';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string', multiple: true, default: [] },
    'quality-only': { type: 'boolean', default: false },
    latency: { type: 'boolean', default: false },
    sizes: { type: 'string' },
    questions: { type: 'string' },
    database: { type: 'string' },
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
    for (const { up } of [conversations, documents, trails, sources]) await up(knex);
    return await work(knex);
  } finally {
    await knex.raw('drop schema if exists ?? cascade', [schema]);
    await knex.destroy();
  }
}

const wantsLatency = !options['quality-only'] && (options.latency || options.data.length === 0);
const sizes = (options.sizes ?? (options.database === undefined ? '10000' : '10000,100000,1000000'))
  .split(',')
  .map(Number);
const most = Number(options.questions ?? Infinity);

const quality = [];
for (const [index, folder] of options.data.entries()) {
  const set = await readLabelledSet(folder);
  const questions = everyNth(set.questions, most);
  quality.push(await withDatabase(`q${index}`, (knex) => measureQuality(knex, { ...set, questions }, progress)));
}
const latency = [];
for (const chunks of wantsLatency ? sizes : []) {
  const questions = Math.min(most, 300);
  latency.push(...(await withDatabase(`l${chunks}`, (knex) => measureLatency({ knex, chunks, questions, progress }))));
}

const where = options.database === undefined ? 'embedded database' : 'Postgres server';
if (options.json) process.stdout.write(`${JSON.stringify({ where, quality, latency }, null, 2)}\n`);
else
  process.stdout.write(
    `${[`On the ${where}.`, qualityTable(quality), latencyTable(latency)].filter(Boolean).join('\n\n')}\n`,
  );

function everyNth<T>(values: readonly T[], most: number): readonly T[] {
  const step = values.length / Math.min(most, values.length);
  return values.filter((_, index) => index === 0 || Math.floor(index / step) !== Math.floor((index - 1) / step));
}
