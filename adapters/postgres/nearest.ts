import type { Knex } from 'knex';
import type { QuestionVector } from '#domain/knowledge.ts';
import type { Log } from '#ports.ts';
import { onConnection, type Query } from './connection.ts';
import { asText } from './vectors.ts';
import { createVectorsInMemory, mostNumbers, type Neighbour } from './vectors-in-memory.ts';
import * as sql from './vectors-sql.ts';

/** Whose chunks, and how many. */
export interface NearAsked {
  /** Audience ids, at least one. */
  readonly readers: readonly number[];
  /** How many chunks they show, at most. */
  readonly visible: number;
  /** A reader who sees no more chunks than this has all of them compared. */
  readonly fewChunks: number;
  readonly limit: number;
  /** Chunks that these readers may see, and whose likeness is wanted as well. */
  readonly also: readonly string[];
}

export interface Near {
  /** Nearest first, at most `limit`. */
  readonly nearest: readonly Neighbour[];
  /** Cosines of these and of the others that were asked for, as far as they have vectors. */
  readonly similarities: ReadonlyMap<string, number>;
}

/** Finds chunks by their vectors. One for the whole process: it may hold a copy of them. */
export interface Nearest {
  /** Null: there is nothing to compare, or it failed, which is logged and never thrown: words find most of what there is. */
  find(knex: Knex, near: QuestionVector, asked: NearAsked): Promise<Near | null>;
}

interface Model {
  readonly id: number;
  readonly dimensions: number;
  readonly indexed: boolean;
  readonly puts: string;
}

interface Question {
  readonly values: Float32Array;
  readonly asked: NearAsked;
}

/**
 * How many places of the index are looked at, at least. See `bench:retrieval --vectors`, which measures what is found.
 */
const searchedPlaces = '100';

export interface NearestOptions {
  readonly log?: Pick<Log, 'warn'> | undefined;
  /** Numbers of vectors that may be held in memory where there is no pgvector. */
  readonly most?: number;
}

export function createNearest({ log, most = mostNumbers }: NearestOptions = {}): Nearest {
  const memory = createVectorsInMemory(most);
  const said = new Set<string>();

  function sayOnce(message: string, fields: Record<string, unknown>): void {
    if (said.has(message)) return;
    said.add(message);
    log?.warn(message, fields);
  }

  async function inMemory(query: Query, model: Model, { values, asked }: Question): Promise<Near | null> {
    const opened = await memory.open(query, model);
    if (opened === null) {
      sayOnce('too many chunks to compare without pgvector: they are found by their words alone', {
        most: Math.floor(most / model.dimensions),
      });
      return null;
    }
    return withSimilarities(
      opened.nearest(values, asked.readers, asked.limit),
      opened.similarities(values, asked.also),
    );
  }

  async function find(knex: Knex, near: QuestionVector, asked: NearAsked): Promise<Near | null> {
    const [model] = await onConnection(knex, (query) => query<Model>(sql.searchable, [near.model]));
    if (model === undefined) return null;
    if (near.values.length !== model.dimensions) {
      throw new Error(`a question's vector has ${near.values.length} numbers, the chunks' have ${model.dimensions}`);
    }
    const question = { values: near.values, asked };
    if (!model.indexed) return onConnection(knex, (query) => inMemory(query, model, question));
    return knex.transaction((trx) => onConnection(trx, (query) => throughIndex(query, model, question)));
  }

  return {
    async find(knex, near, asked) {
      try {
        return await find(knex, near, asked);
      } catch (error) {
        sayOnce('chunks could not be searched by their vectors: they are found by their words alone', { error });
        return null;
      }
    },
  };
}

async function throughIndex(query: Query, model: Model, { values, asked }: Question): Promise<Near> {
  const { id, dimensions } = model;
  const { readers, visible, fewChunks, limit, also } = asked;
  const vector = asText(values);
  const search = (statement: string) => query<Neighbour>(statement, [vector, readers, limit]);
  await query(sql.searchSettings, [searchedPlaces]);
  const through = visible > fewChunks ? await search(sql.nearest(id, dimensions)) : [];
  // Fewer than wanted: the index gave up before it had them, or there are no more.
  const nearest = through.length < limit ? await search(sql.nearestOfAll(id, dimensions)) : through;
  const found = new Set(nearest.map(({ chunkId }) => chunkId));
  const others = also.filter((chunkId) => !found.has(chunkId));
  const similar = others.length === 0 ? [] : await query<Neighbour>(sql.similarityOf(id, dimensions), [vector, others]);
  return withSimilarities(nearest, similar);
}

/** A vector of nothing but zeros is like none. */
function withSimilarities(nearest: readonly Neighbour[], also: readonly Neighbour[]): Near {
  const isSimilar = ({ similarity }: Neighbour) => Number.isFinite(similarity);
  const similarities = [...also, ...nearest].filter(isSimilar);
  return {
    nearest: nearest.filter(isSimilar),
    similarities: new Map(similarities.map(({ chunkId, similarity }) => [chunkId, similarity])),
  };
}
