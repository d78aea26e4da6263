import { setTimeout as wait } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { Vectors } from '#model-ports.ts';
import { onConnection, type Query } from './connection.ts';
import * as sql from './vectors-sql.ts';

interface Model {
  readonly id: number;
  readonly name: string;
  readonly dimensions: number | null;
  readonly indexed: boolean;
}
type Put = Parameters<Vectors['put']>[1];

/**
 * The vectors of the chunks' texts, in Postgres. They are searched with the words: see {@link createNearest}.
 *
 * `isShared`: all the program has is one connection, which is left to the others as long as it was held.
 */
export function createVectors(knex: Knex, { isShared = false }: { readonly isShared?: boolean } = {}): Vectors {
  /** The state of index and vectors in which nothing was missing and nothing left to do: asked every minute, it costs one look. */
  let settled: string | null = null;
  return {
    useModel: (name) => useModel(knex, name),
    async missing(name, limit, givenUp = []) {
      const [state] = await onConnection(knex, (query) => query<{ state: string }>(sql.state, []));
      if (state === undefined || state.state === settled) return [];
      const { rows, isSettled } = await missing(knex, name, { limit, givenUp });
      settled = isSettled ? state.state : null;
      return rows;
    },
    put: (name, vectors) => put(knex, { name, vectors }, isShared),
    async lengthOf(name) {
      const [model] = await onConnection(knex, (query) => query<Pick<Model, 'dimensions'>>(sql.lengthOf, [name]));
      return model?.dimensions ?? null;
    },
    async searched() {
      const [model] = await onConnection(knex, (query) => query<{ name: string }>(sql.searched, []));
      return model?.name ?? null;
    },
  };
}

function inTransaction<T>(knex: Knex, work: (query: Query, trx: Knex) => Promise<T>): Promise<T> {
  return knex.transaction((trx) => onConnection(trx, (query) => work(query, trx)));
}

async function wantedModel(query: Query): Promise<Model | null> {
  return (await query<Model>(sql.wanted, []))[0] ?? null;
}

async function useModel(knex: Knex, name: string): Promise<void> {
  const before = await onConnection(knex, wantedModel);
  if (before?.name === name) return;
  await inTransaction(knex, async (query) => {
    await query(sql.holdUse, []);
    await query(sql.want, [name]);
  });
}

interface Missing {
  readonly rows: Awaited<ReturnType<Vectors['missing']>>;
  readonly isSettled: boolean;
}

async function missing(
  knex: Knex,
  name: string,
  { limit, givenUp }: { readonly limit: number; readonly givenUp: readonly string[] },
): Promise<Missing> {
  const model = await onConnection(knex, wantedModel);
  if (model?.name !== name) return { rows: [], isSettled: false };
  const rows = await onConnection(knex, (query) =>
    query<{ chunkId: string; text: string }>(sql.missingOf(model), [limit, givenUp]),
  );
  if (rows.length === 0) return { rows, isSettled: await finish(knex, model) };
  // Of chunks with the same text one is enough.
  return { rows: [...new Map(rows.map((row) => [row.text, row])).values()], isSettled: false };
}

/**
 * All chunks have their vectors: those are searched from now on. What earlier models made is removed the next time, so
 * that a question that was embedded for them a moment ago still finds it. True: there is no next time to wait for.
 */
async function finish(knex: Knex, { id, dimensions }: Model): Promise<boolean> {
  if (dimensions === null) return false;
  return inTransaction(knex, async (query) => {
    const [use] = await query<{ wanted: number | null; searched: number | null }>(sql.holdUse, []);
    if (use?.wanted !== id) return false; // another one is wanted meanwhile
    if (use.searched !== id) {
      await query(sql.searchWanted, [id]);
      return false;
    }
    for (const model of await query<Model>(sql.unused, [])) {
      await query(sql.dropTable(model.id), []);
      await query(sql.forgetModel, [model.id]);
    }
    await query(sql.removeOrphans(id), []);
    return true;
  });
}

/** Vectors written in one transaction. Each takes its place in the index: some milliseconds on the embedded database. */
const atOnce = 4;

interface Made {
  /** The model that made them. */
  readonly name: string;
  readonly vectors: Put;
}

async function put(knex: Knex, { name, vectors }: Made, isShared: boolean): Promise<boolean> {
  for (let from = 0; from < vectors.length; from += atOnce) {
    const some = { name, vectors: vectors.slice(from, from + atOnce) };
    const began = performance.now();
    if (!(await inTransaction(knex, (query, trx) => putSome(query, trx, some)))) return false;
    // an answer makes some dozens of queries, each of which would wait for a transaction of ours
    if (isShared) await wait(performance.now() - began);
  }
  return true;
}

/** False: they are of a model that is not wanted, or not any more. */
async function putSome(query: Query, trx: Knex, { name, vectors }: Made): Promise<boolean> {
  const [first] = vectors;
  if (first === undefined) return true;
  await query(sql.holdUse, []);
  // asked behind the lock: who names another model waits until these are written
  const wanted = await wantedModel(query);
  if (wanted?.name !== name) return false;
  const model = wanted.dimensions === null ? await settle(trx, wanted, first.vector.length) : wanted;
  checkVectors(model, vectors);
  await query(sql.insertInto(model), [
    vectors.map(({ text }) => text),
    vectors.map(({ vector }) => (model.indexed ? asText(vector) : asBytes(vector))),
  ]);
  await query(sql.countPut, [model.id]);
  return true;
}

/** A server that answers with vectors of another length has changed its model under the same name. */
function checkVectors({ name, dimensions }: Model, vectors: Put): void {
  for (const { vector } of vectors) {
    if (vector.length !== dimensions) {
      throw new Error(
        `the embedding model ${name} gave a vector of ${vector.length} numbers, after such of ${dimensions}`,
      );
    }
    if (!vector.every(Number.isFinite))
      throw new Error(`the embedding model ${name} gave a vector that holds no numbers`);
  }
}

/** Makes the table, now that the vectors' length is known. */
async function settle(trx: Knex, model: Model, dimensions: number): Promise<Model> {
  const indexed = dimensions <= sql.mostIndexed && (await hasPgvector(trx));
  await trx.raw(sql.createTable(model.id, dimensions, indexed));
  await trx('embedding_model').where({ id: model.id }).update({ dimensions, indexed });
  return { ...model, dimensions, indexed };
}

/** From 0.8 on a search through its index goes on until enough of what the reader may see is found. */
const oldestPgvector = [0, 8] as const;

/** Installs the extension where the server has it and lets us. */
async function hasPgvector(trx: Knex): Promise<boolean> {
  const version = () =>
    trx('pg_extension').where({ extname: 'vector' }).first('extversion') as Promise<{ extversion: string } | undefined>;
  const isThere = (await trx('pg_available_extensions').where({ name: 'vector' })).length > 0;
  if (isThere && (await version()) === undefined) {
    // In a savepoint of its own. Refused: the operator's account may not; then it is as if it were not there.
    await trx.transaction((inner) => inner.raw('create extension vector')).catch(() => {});
  }
  const [major = 0, minor = 0] = ((await version())?.extversion ?? '').split('.').map(Number);
  return major > oldestPgvector[0] || minor >= oldestPgvector[1];
}

/** As pgvector reads it. Six digits are more than it keeps. */
export function asText(vector: Float32Array): string {
  return `[${Array.from(vector, (value) => value.toPrecision(6)).join(',')}]`;
}

function asBytes(vector: Float32Array): Buffer {
  const bytes = Buffer.alloc(vector.length * 4);
  for (const [at, value] of vector.entries()) bytes.writeFloatLE(value, at * 4);
  return bytes;
}
