import type { Query } from './connection.ts';
import { chunksWithTexts, indexVersion, vectorsOf } from './vectors-sql.ts';

/** A chunk that is near. `similarity`: cosine. */
export interface Neighbour {
  readonly chunkId: string;
  readonly similarity: number;
}

/** A model's vectors without pgvector. `puts` changes when there are more. */
export interface PlainModel {
  readonly id: number;
  readonly dimensions: number;
  readonly puts: string;
}

/**
 * Numbers in memory: 20 000 chunks of 1 536, or 125 000 of 256. Those were measured to take 50 ms a question and 128 MB; what is
 * more would keep the program from answering anything else meanwhile.
 */
export const mostNumbers = 32_000_000;

interface Copy {
  readonly version: string;
  readonly model: number;
  /** By hash, where its vector begins, in vectors. */
  readonly rows: ReadonlyMap<string, number>;
  readonly numbers: Float32Array;
  /** Side by side: chunks, their audiences, their vectors. */
  readonly chunkIds: readonly string[];
  readonly audiences: Int32Array;
  readonly vectors: Int32Array;
}

/** Vectors fetched at a time: some megabytes. */
const atOnce = 500;

/** Searches a model's vectors one by one, in a copy that is brought up to date before each question. */
export function createVectorsInMemory(most: number) {
  let copy: Copy | null = null;
  /** The state in which there were too many: to count them again for each question would take longer than to search few. */
  let refused: string | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function load(query: Query, model: PlainModel): Promise<Copy | null> {
    const [index] = await query<{ version: string }>(indexVersion, []);
    const version = `${index?.version} ${model.puts}`;
    if (refused === `${model.id} ${version}`) return null;
    if (copy?.version !== version || copy.model !== model.id) {
      copy = await copyOf(query, model, { version, before: copy?.model === model.id ? copy : null, most });
      refused = copy === null ? `${model.id} ${version}` : null;
    }
    return copy;
  }

  return {
    /** Null: there are too many. One loads at a time; the others find it done. */
    async open(query: Query, model: PlainModel) {
      const loading = last.then(() => load(query, model));
      last = loading.catch(() => {});
      const loaded = await loading;
      return loaded === null
        ? null
        : { nearest: nearestIn(loaded, model), similarities: similaritiesIn(loaded, model) };
    },
  };
}

interface ChunkRow {
  readonly chunkId: string;
  readonly audience: number;
  readonly hash: string;
}

async function copyOf(
  query: Query,
  { id, dimensions }: PlainModel,
  { version, before, most }: { version: string; before: Copy | null; most: number },
): Promise<Copy | null> {
  const chunks = await query<ChunkRow>(chunksWithTexts(id), []);
  const hashes = [...new Set(chunks.map(({ hash }) => hash))];
  if (hashes.length * dimensions > most) return null;
  const numbers = new Float32Array(hashes.length * dimensions);
  const rows = new Map<string, number>();
  const add = (hash: string, vector: Float32Array) => {
    numbers.set(vector, rows.size * dimensions);
    rows.set(hash, rows.size);
  };
  for (const hash of hashes) {
    const known = before === null ? null : vectorIn(before, hash, dimensions);
    if (known !== null) add(hash, known);
  }
  const missing = hashes.filter((hash) => !rows.has(hash));
  for (let from = 0; from < missing.length; from += atOnce) {
    const found = await query<{ hash: string; vector: Buffer }>(vectorsOf(id), [missing.slice(from, from + atOnce)]);
    for (const { hash, vector } of found) add(hash, numbersIn(vector));
  }
  return { version, model: id, rows, numbers, ...sideBySide(chunks, rows) };
}

function vectorIn({ rows, numbers }: Copy, hash: string, dimensions: number): Float32Array | null {
  const row = rows.get(hash);
  return row === undefined ? null : numbers.subarray(row * dimensions, (row + 1) * dimensions);
}

function sideBySide(
  chunks: readonly ChunkRow[],
  rows: ReadonlyMap<string, number>,
): Pick<Copy, 'chunkIds' | 'audiences' | 'vectors'> {
  const kept = chunks.filter(({ hash }) => rows.has(hash));
  return {
    chunkIds: kept.map(({ chunkId }) => chunkId),
    audiences: Int32Array.from(kept, ({ audience }) => audience),
    vectors: Int32Array.from(kept, ({ hash }) => rows.get(hash) ?? 0),
  };
}

/** As `asBytes` has written them. */
function numbersIn(bytes: Buffer): Float32Array {
  return Float32Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(at * 4));
}

function nearestIn(copy: Copy, { dimensions }: PlainModel) {
  return (vector: Float32Array, readers: readonly number[], limit: number): readonly Neighbour[] => {
    const allowed = new Set(readers);
    const best: Neighbour[] = [];
    for (const [place, chunkId] of copy.chunkIds.entries()) {
      // Rights first: what may not be read costs nothing and takes nobody's place.
      if (!allowed.has(copy.audiences[place] ?? 0)) continue;
      const similarity = cosine(copy.numbers, (copy.vectors[place] ?? 0) * dimensions, vector);
      if (similarity > worstOf(best, limit)) insert(best, { chunkId, similarity }, limit);
    }
    return best;
  };
}

function worstOf(best: readonly Neighbour[], limit: number): number {
  return best.length < limit ? -Infinity : (best.at(-1)?.similarity ?? -Infinity);
}

function insert(best: Neighbour[], one: Neighbour, limit: number): void {
  const behind = best.findIndex((other) => other.similarity < one.similarity);
  best.splice(behind < 0 ? best.length : behind, 0, one);
  if (best.length > limit) best.pop();
}

function similaritiesIn(copy: Copy, { dimensions }: PlainModel) {
  return (vector: Float32Array, chunkIds: readonly string[]): readonly Neighbour[] => {
    const asked = new Set(chunkIds);
    const places = [...copy.chunkIds.entries()].filter(([, chunkId]) => asked.has(chunkId));
    return places.map(([place, chunkId]) => ({
      chunkId,
      similarity: cosine(copy.numbers, (copy.vectors[place] ?? 0) * dimensions, vector),
    }));
  };
}

/** Of vectors of length 1. */
function cosine(numbers: Float32Array, from: number, vector: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < vector.length; at += 1) sum += (numbers[from + at] ?? 0) * (vector[at] ?? 0);
  return sum;
}
