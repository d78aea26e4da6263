import { costOf, mostOf, type Price, priceFor } from '#domain/budget.ts';
import { redact } from '#domain/redact.ts';
import { RemoteError } from '#errors.ts';
import type { Caps, CapNews, Embedder, EmbeddingLimits, ModelUsage } from '#model-ports.ts';
import type { Clock, Log, Store } from '#ports.ts';
import type { ModelFaults } from './model-faults.ts';
import { noteBudget } from './tell-budget.ts';

export interface EmbedDeps {
  readonly store: Store;
  readonly embedder: Embedder;
  /** By the beginnings of models' names. */
  readonly prices: ReadonlyMap<string, Price>;
  readonly caps: Caps;
  /** E-mail addresses of those who are told of what is spent. */
  readonly admins: readonly string[];
  readonly faults: ModelFaults;
  readonly clock: Clock;
  readonly log: Log;
}

/** Chunks fetched at a time. */
const AT_ONCE = 128;

/** Nobody waits for it. */
const PATIENCE_MS = 60_000;

/** Less of a text than so many characters tells nothing of it. */
const SHORTEST = 200;

/** What no server refuses, whatever its limits: if it does, it is not the texts. */
const HARMLESS = 'help';

const NOTHING: ModelUsage = { inputTokens: 0, cachedTokens: 0, outputTokens: 0 };

interface Chunk {
  readonly chunkId: string;
  readonly text: string;
}

/**
 * What became of some chunks. `taken`: all have their vectors. `refused`: of some, the server did not take the text as it
 * is; what could be done about it is done.
 */
type Outcome = 'taken' | 'refused' | 'over-budget';

/**
 * Gives each chunk its vector, until all have theirs or the budget ends; the next run goes on where this one stopped. A
 * text that the server refuses goes without, and is found by its words alone.
 * Throws what the embedder throws, for the queue to try again.
 */
export function createEmbed(deps: EmbedDeps): () => Promise<void> {
  const { store, embedder, log } = deps;
  /** Texts in one request: fewer once the server has refused so many. */
  let most = embedder.limits.texts;
  const give = giverOf(deps, { most: () => most, learn: (fewer) => void (most = Math.min(most, fewer)) });

  return async function embed(): Promise<void> {
    await store.vectors.useModel(embedder.name);
    const run: Run = { embedded: 0, givenUp: [] };
    try {
      for (;;) {
        const chunks = await store.vectors.missing(AT_ONCE, run.givenUp);
        if (chunks.length === 0 || (await give(chunks, run)) === 'over-budget') break;
      }
    } finally {
      const [chunks, model] = [run.embedded, embedder.name];
      if (chunks > 0) log.info('chunks were embedded', { chunks, model });
      if (run.givenUp.length > 0) {
        const message = 'chunks are found by their words alone: the embedding model refuses their texts';
        log.warn(message, { chunks: run.givenUp.length, model });
      }
    }
  };
}

/** What was done so far. */
interface Run {
  embedded: number;
  /** Texts that go without a vector. */
  readonly givenUp: string[];
}

interface Learned {
  readonly most: () => number;
  readonly learn: (most: number) => void;
}

/** Gives some chunks their vectors, in as many requests as the server wants. */
function giverOf(deps: EmbedDeps, { most, learn }: Learned) {
  const { store, embedder } = deps;

  async function give(chunks: readonly Chunk[], run: Run): Promise<Outcome> {
    let outcome: Outcome = 'taken';
    for (const batch of batchesOf(chunks, { ...embedder.limits, texts: most() })) {
      const one = await giveBatch(batch, run);
      if (one === 'over-budget') return one;
      if (one === 'refused') outcome = one;
    }
    return outcome;
  }

  async function giveBatch(batch: readonly Chunk[], run: Run): Promise<Outcome> {
    // the others have shown meanwhile that these are too many
    if (batch.length > most()) return give(batch, run);
    const outcome = await request(batch, run);
    if (outcome !== 'refused') return outcome;
    const [first, ...others] = batch;
    return first === undefined || others.length > 0 ? giveHalves(batch, run) : giveCut(first, run);
  }

  /** So many were refused. When their halves are taken, it was for their number. */
  async function giveHalves(batch: readonly Chunk[], run: Run): Promise<Outcome> {
    const half = Math.ceil(batch.length / 2);
    const first = await giveBatch(batch.slice(0, half), run);
    if (first === 'over-budget') return first;
    const second = await giveBatch(batch.slice(half), run);
    if (first === 'taken' && second === 'taken') learn(half);
    return second === 'taken' ? first : second;
  }

  /** A text was refused alone: its beginning may be short enough, or without what the server minds. */
  async function giveCut(chunk: Chunk, run: Run): Promise<Outcome> {
    const length = Math.min(chunk.text.length, embedder.limits.longest);
    for (const parts of [2, 4]) {
      const longest = Math.floor(length / parts);
      if (longest < SHORTEST) break;
      const outcome = await request([chunk], run, longest);
      if (outcome !== 'refused') return outcome === 'taken' ? 'refused' : outcome;
    }
    const works = await paidFor([HARMLESS], deps);
    if (works.kind === 'over-budget') return works.kind;
    if (works.kind === 'refused') throw works.error;
    run.givenUp.push(chunk.text);
    return 'refused';
  }

  async function request(batch: readonly Chunk[], run: Run, longest = Infinity): Promise<Outcome> {
    // What somebody has put into a page that should not leave the company does not.
    const texts = batch.map(({ text }) => redact(text, { names: [] }).slice(0, longest).toWellFormed());
    const paid = await paidFor(texts, deps);
    if (paid.kind !== 'taken') return paid.kind;
    await store.vectors.put(batch.map((chunk, index) => ({ ...chunk, vector: vectorAt(paid.vectors, index) })));
    run.embedded += batch.length;
    return paid.kind;
  }

  return give;
}

/** One after the other, as many as go together; at least one. */
function batchesOf(chunks: readonly Chunk[], { texts, characters }: EmbeddingLimits): readonly (readonly Chunk[])[] {
  const batches: Chunk[][] = [];
  let left = 0;
  for (const chunk of chunks) {
    const batch = batches.at(-1);
    if (batch === undefined || batch.length >= texts || chunk.text.length > left) {
      batches.push([chunk]);
      left = characters - chunk.text.length;
    } else {
      batch.push(chunk);
      left -= chunk.text.length;
    }
  }
  return batches;
}

type Paid =
  | { readonly kind: 'taken'; readonly vectors: readonly Float32Array[] }
  | { readonly kind: 'refused'; readonly error: unknown }
  | { readonly kind: 'over-budget' };

/** One request, with money held back for it. */
async function paidFor(texts: readonly string[], deps: EmbedDeps): Promise<Paid> {
  const { store, embedder, faults, prices, caps, clock } = deps;
  const price = priceFor(embedder.name, prices);
  const planned = { purpose: 'embed-documents', model: embedder.name, at: clock() } as const;
  const most = mostOf({ texts, images: 0, maxTokens: 0 }, price);
  const nobody = { conversationId: null, personRef: null, channel: null };
  const reservation = await store.spending.reserve({ ...planned, ...nobody, most }, caps);
  if (reservation.kind === 'refused') {
    await tell(reservation.news, deps);
    return { kind: 'over-budget' };
  }
  const settle = async (usage: ModelUsage) => {
    const cost = { spent: costOf(usage, price), usage };
    await tell(await store.spending.settle(reservation.reservationId, cost, caps), deps);
  };
  try {
    const { vectors, usage } = await embedder.embed(texts, AbortSignal.timeout(PATIENCE_MS));
    await settle(usage);
    await faults.answered(embedder.name);
    return { kind: 'taken', vectors };
  } catch (error) {
    // Refused is not charged. What was not heard of may have been, so it stays held back.
    if (error instanceof RemoteError && error.kind !== 'unavailable') await settle(NOTHING);
    if (error instanceof RemoteError) await faults.failed(embedder.name, error);
    if (embedder.refuses(error)) return { kind: 'refused', error };
    throw error;
  }
}

function tell(news: readonly CapNews[], { store, admins, clock }: EmbedDeps): Promise<void> {
  return noteBudget(store, news, { admins, at: clock() });
}

function vectorAt(vectors: readonly Float32Array[], index: number): Float32Array {
  const vector = vectors[index];
  if (vector === undefined) throw new Error(`the embedder gave ${vectors.length} vectors, fewer than texts`);
  return vector;
}
