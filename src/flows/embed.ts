import { costOf, mostOf, type Price, priceFor } from '#domain/budget.ts';
import { redact } from '#domain/redact.ts';
import { RemoteError } from '#errors.ts';
import type { Caps, Embedder, EmbeddingLimits, ModelUsage } from '#model-ports.ts';
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
 * is; what could be done about it is done. `over`: nothing more can be done in this run, and who has to know has been told.
 */
type Outcome = 'taken' | 'refused' | 'over';

/**
 * Gives each chunk its vector, until all have theirs or the budget ends; the next run goes on where this one stopped. A
 * text that the server refuses goes without, and is found by its words alone. While another model is wanted than this one
 * nothing is done.
 * Throws what the embedder throws, for the queue to try again.
 */
export function createEmbed(deps: EmbedDeps): () => Promise<void> {
  const { store, embedder, log } = deps;
  const learned: Learned = { most: embedder.limits.texts, length: null, isWarned: false };
  const give = giverOf(deps, learned);

  return async function embed(): Promise<void> {
    const run: Run = { embedded: 0, givenUp: [], length: null };
    try {
      for (let isFirst = true; ; isFirst = false) {
        const chunks = await store.vectors.missing(embedder.name, AT_ONCE, run.givenUp);
        if (chunks.length === 0) break;
        if (isFirst && !(await isWorthAsking({ run, learned, deps }))) break;
        if ((await give(chunks, run)) === 'over') break;
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
  /** How many numbers the vectors have that are kept; null: there are none. */
  length: number | null;
}

/** What earlier runs of this process have found out about the server. */
interface Learned {
  /** Texts in one request: fewer once the server has refused so many. */
  most: number;
  /** How many numbers the vectors have that it gives. */
  length: number | null;
  /** It is in the log that they do not fit. */
  isWarned: boolean;
}

interface Work {
  readonly run: Run;
  readonly learned: Learned;
  readonly deps: EmbedDeps;
}

/**
 * Vectors of another length than those that are kept would be paid for in vain, by each run anew. So a server that this
 * process has not seen fit is asked for one word first.
 */
async function isWorthAsking({ run, learned, deps }: Work): Promise<boolean> {
  run.length = await deps.store.vectors.lengthOf(deps.embedder.name);
  if (run.length === null || run.length === learned.length) return true;
  const paid = await paidFor([HARMLESS], deps);
  if (paid.kind === 'refused') throw paid.error;
  return paid.kind === 'taken' && areFitting(paid.vectors, { run, learned, deps });
}

/** Whether vectors can be compared with those that are kept; if not, who can mend it is told. */
async function areFitting(
  vectors: readonly Float32Array[],
  { run, learned, deps: { embedder, faults, log } }: Work,
): Promise<boolean> {
  const model = embedder.name;
  const given = vectorAt(vectors, 0).length;
  const kept = run.length ?? given;
  run.length = kept;
  learned.length = given;
  if (given === kept) {
    learned.isWarned = false;
    await faults.fits(model);
    return true;
  }
  const message =
    'the embedding model gives vectors of another length than before: set OPENAI_EMBEDDING_DIMENSIONS or name another in OPENAI_EMBEDDING_MODEL';
  if (!learned.isWarned) log.warn(message, { model, kept, given });
  learned.isWarned = true;
  await faults.outgrown(model, { kept, given });
  return false;
}

/** Gives some chunks their vectors, in as many requests as the server wants. */
function giverOf(deps: EmbedDeps, learned: Learned) {
  const { embedder } = deps;

  async function give(chunks: readonly Chunk[], run: Run): Promise<Outcome> {
    let outcome: Outcome = 'taken';
    for (const batch of batchesOf(chunks, { ...embedder.limits, texts: learned.most })) {
      const one = await giveBatch(batch, run);
      if (one === 'over') return one;
      if (one === 'refused') outcome = one;
    }
    return outcome;
  }

  async function giveBatch(batch: readonly Chunk[], run: Run): Promise<Outcome> {
    // the others have shown meanwhile that these are too many
    if (batch.length > learned.most) return give(batch, run);
    const outcome = await request(batch, { run, learned, deps });
    if (outcome !== 'refused') return outcome;
    const [first, ...others] = batch;
    return first === undefined || others.length > 0 ? giveHalves(batch, run) : giveCut(first, run);
  }

  /** So many were refused. When their halves are taken, it was for their number. */
  async function giveHalves(batch: readonly Chunk[], run: Run): Promise<Outcome> {
    const half = Math.ceil(batch.length / 2);
    const first = await giveBatch(batch.slice(0, half), run);
    if (first === 'over') return first;
    const second = await giveBatch(batch.slice(half), run);
    if (first === 'taken' && second === 'taken') learned.most = Math.min(learned.most, half);
    return second === 'taken' ? first : second;
  }

  /** A text was refused alone: its beginning may be short enough, or without what the server minds. */
  async function giveCut(chunk: Chunk, run: Run): Promise<Outcome> {
    const length = Math.min(chunk.text.length, embedder.limits.longest);
    for (const parts of [2, 4]) {
      const longest = Math.floor(length / parts);
      if (longest < SHORTEST) break;
      const outcome = await request([chunk], { run, learned, deps }, longest);
      if (outcome !== 'refused') return outcome === 'taken' ? 'refused' : outcome;
    }
    const works = await paidFor([HARMLESS], deps);
    if (works.kind === 'over-budget') return 'over';
    if (works.kind === 'refused') throw works.error;
    run.givenUp.push(chunk.text);
    return 'refused';
  }

  return give;
}

/** `longest`: so many characters of each text at most. */
async function request(batch: readonly Chunk[], work: Work, longest = Infinity): Promise<Outcome> {
  const { run, deps } = work;
  const { store, embedder, log } = deps;
  // What somebody has put into a page that should not leave the company does not.
  const texts = batch.map(({ text }) => redact(text, { names: [] }).slice(0, longest).toWellFormed());
  const paid = await paidFor(texts, deps);
  if (paid.kind === 'over-budget') return 'over';
  if (paid.kind === 'refused') return 'refused';
  if (!(await areFitting(paid.vectors, work))) return 'over';
  const made = batch.map((chunk, index) => ({ ...chunk, vector: vectorAt(paid.vectors, index) }));
  if (!(await store.vectors.put(embedder.name, made))) {
    log.info('another embedding model is wanted by now: this one makes no more vectors', { model: embedder.name });
    return 'over';
  }
  run.embedded += batch.length;
  return 'taken';
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
  const { store, embedder, faults, caps, prices, admins, clock } = deps;
  const price = priceFor(embedder.name, prices);
  const at = clock();
  const nobody = { conversationId: null, personRef: null, channel: null };
  const most = mostOf({ texts, images: 0, maxTokens: 0 }, price);
  const planned = { purpose: 'embed-documents', model: embedder.name, ...nobody, most, at } as const;
  // what the caps have to tell is told with what it is about, or not at all
  const reservation = await store.transaction(async (within) => {
    const made = await within.spending.reserve(planned, caps);
    if (made.kind === 'refused') await noteBudget(within, made.news, { admins, at });
    return made;
  });
  if (reservation.kind === 'refused') return { kind: 'over-budget' };
  const settle = (usage: ModelUsage) =>
    store.transaction(async (within) => {
      const cost = { spent: costOf(usage, price), usage };
      const news = await within.spending.settle(reservation.reservationId, cost, caps);
      await noteBudget(within, news, { admins, at: clock() });
    });
  try {
    const { vectors, usage } = await embedder.embed(texts, AbortSignal.timeout(PATIENCE_MS));
    await settle(usage);
    await faults.answered(embedder.name);
    return { kind: 'taken', vectors };
  } catch (error) {
    // Refused is not charged. What was not heard of may have been, so it stays held back.
    if (error instanceof RemoteError && error.didNothing) await settle(NOTHING);
    if (error instanceof RemoteError) await faults.failed(embedder.name, error);
    if (embedder.refuses(error)) return { kind: 'refused', error };
    throw error;
  }
}

function vectorAt(vectors: readonly Float32Array[], index: number): Float32Array {
  const vector = vectors[index];
  if (vector === undefined) throw new Error(`the embedder gave ${vectors.length} vectors, fewer than texts`);
  return vector;
}
