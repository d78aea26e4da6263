import { RemoteError } from '#errors.ts';
import type { KnowledgeSource, KnowledgeWriting, StoredDocument } from '#knowledge-ports.ts';
import type { Clock, Log } from '#ports.ts';
import { isRefusal, type Outcome, storeDocument } from './documents.ts';
import { type Listing, listSource } from './listing.ts';
import { planSync, type SyncPlan } from './plan.ts';
import { logReport, reportOf, type SyncReport } from './report.ts';
import { verifyMissing } from './verify.ts';
import { workOn } from './workers.ts';

export interface SyncOptions {
  readonly source: KnowledgeSource;
  readonly knowledge: KnowledgeWriting;
  readonly log: Log;
  readonly clock: Clock;
  /** Called while it lists, before the first document and after each. Must not throw. */
  readonly onProgress?: (progress: SyncProgress) => void;
  /** Documents read and stored at the same time, and so in memory: 1 when not given. */
  readonly concurrency?: number;
  /** Breaks the sync off between two documents. The next sync goes on from there. */
  readonly signal?: AbortSignal;
}

export interface SyncProgress {
  readonly source: string;
  /** Found in the listing so far. */
  readonly listed: number;
  /** Documents dealt with, of those to read; failed ones count. */
  readonly done: number;
  /** 0 until the listing is over. */
  readonly toRead: number;
  readonly failed: number;
  /** Chunks stored so far. */
  readonly chunks: number;
}

/**
 * Brings what is stored in line with the source: groups and rights first, then every new and changed document, then
 * what is gone. The new name of a renamed document is therefore there before the old one goes.
 *
 * A document that fails is reported, keeps its stored copy, and does not stop the others. What the listing lacks is
 * asked for by itself before it is removed. Nothing is removed when the sync breaks off. When nothing changed, no
 * document is read or written.
 *
 * Rejects only when the store can neither say what it holds nor write rights and removals.
 */
export async function syncSource(options: SyncOptions): Promise<SyncReport> {
  const { source, knowledge, log, clock, signal = null } = options;
  const startedAt = clock();
  const progress = createProgress(options);
  const listing = await listSource(options, { signal, onListed: (count) => progress.listed(count) });
  const stored = await knowledge.stored(source.name);
  const plan = planSync(stored, listing.documents);
  if (plan.rights.size > 0) await knowledge.putAudiences(source.name, plan.rights);

  const missing = listing.brokenOff === null ? await verify(options, plan, stored) : nothingVerified;
  const read = { ids: [...plan.read, ...missing.read], stored, listing };
  const reading = await readDocuments(options, read, progress);
  const brokenOff = listing.brokenOff ?? missing.brokenOff ?? reading.brokenOff;
  const gone = [
    ...missing.gone,
    ...reading.outcomes.filter(({ id, kind }) => kind === 'gone' && stored.has(id)).map(({ id }) => id),
  ];
  const removable = brokenOff === null ? gone : [];
  if (removable.length > 0) await knowledge.remove(source.name, removable);

  const report = reportOf({
    source: source.name,
    startedAt,
    endedAt: clock(),
    groupsFault: listing.groupsFault,
    outcomes: [...missing.failed, ...reading.outcomes],
    brokenOff,
    removed: removable.length,
    rights: plan.rights.size,
    kept: plan.keep + missing.kept,
  });
  logReport(log, report);
  return report;
}

type Missing = Awaited<ReturnType<typeof verifyMissing>>;
const nothingVerified: Missing = { gone: [], read: [], kept: 0, failed: [], brokenOff: null };

function verify(options: SyncOptions, { verify: ids }: SyncPlan, stored: ReadonlyMap<string, StoredDocument>) {
  const { source, knowledge, log, concurrency = 1, signal = null } = options;
  return ids.length === 0
    ? nothingVerified
    : verifyMissing({ source, knowledge, log, concurrency, signal, ids, stored });
}

interface Reading {
  readonly ids: readonly string[];
  readonly stored: ReadonlyMap<string, StoredDocument>;
  readonly listing: Listing;
}

/** So many failures in a row, and it is asked whether it is the source that is down. */
const failuresInARow = 5;
/** A source that is up and yet gives none of so many documents is left alone as well: each costs half a minute of tries. */
const mostFailuresInARow = 50;

/**
 * Reads and stores the documents. Ends early, and says why, when it is told to stop, when the source refuses us, or
 * when documents fail in a row and the source or the store is down; some documents that fail by themselves never end
 * it. What is in hand is finished first. Never rejects.
 */
async function readDocuments(
  options: SyncOptions,
  { ids, stored, listing }: Reading,
  progress: ReturnType<typeof createProgress>,
): Promise<{ outcomes: readonly Outcome[]; brokenOff: Error | null }> {
  const { source, knowledge, log, concurrency = 1, signal = null } = options;
  const outcomes: Outcome[] = [];
  const failures: Error[] = [];
  let down: Error | null = null;
  const brokenOff = () => stopReason(signal) ?? down ?? failures.find(isRefusal) ?? null;
  progress.toRead(ids.length);
  await workOn(ids, {
    concurrency,
    isOver: () => brokenOff() !== null,
    async each(id) {
      const outcome = await storeDocument({ source, knowledge, log, stored, groups: listing.groups }, id);
      if (outcome.kind === 'failed' && outcome.error !== null) failures.push(outcome.error);
      else failures.length = 0;
      outcomes.push(outcome);
      progress.dealtWith(outcome);
      if (failures.length >= mostFailuresInARow) down ??= failures[0] ?? null;
      else if (failures.length > 0 && failures.length % failuresInARow === 0)
        down ??= await whyDown(source, id, failures);
    },
  });
  return { outcomes, brokenOff: brokenOff() };
}

/**
 * Why there is no use in going on; null when the documents failed by themselves: the source still tells of the last of
 * them, if not its text. A failure that is not the source's is the store's, which fails them all.
 */
async function whyDown(source: KnowledgeSource, id: string, failures: readonly Error[]): Promise<Error | null> {
  const last = failures.at(-1) ?? null;
  if (!(last instanceof RemoteError)) return last;
  return source.lookUp(id).then(
    () => null,
    () => last,
  );
}

function stopReason(signal: AbortSignal | null): Error | null {
  return signal?.aborted === true ? new Error('The sync was told to stop.', { cause: signal.reason }) : null;
}

/** So often the growing number of a listing is told. */
const listedEvery = 100;

function createProgress({ source, onProgress }: SyncOptions) {
  let progress: SyncProgress = { source: source.name, listed: 0, done: 0, toRead: 0, failed: 0, chunks: 0 };
  function tell(change: Partial<SyncProgress>): void {
    progress = { ...progress, ...change };
    onProgress?.(progress);
  }
  return {
    listed(count: number): void {
      if (count % listedEvery === 0) tell({ listed: count });
      else progress = { ...progress, listed: count };
    },
    toRead: (toRead: number) => tell({ toRead }),
    dealtWith(outcome: Outcome): void {
      tell({
        done: progress.done + 1,
        failed: progress.failed + (outcome.kind === 'failed' ? 1 : 0),
        chunks: progress.chunks + ('chunks' in outcome ? outcome.chunks : 0),
      });
    },
  };
}
