import { DocumentFault } from '#errors.ts';
import type { Clock, KnowledgeSource, KnowledgeWriting, ListedDocument, Log } from '#ports.ts';
import { type Outcome, storeDocuments } from './documents.ts';
import { planSync } from './plan.ts';
import { logReport, reportOf, type SyncReport } from './report.ts';

export interface SyncOptions {
  readonly source: KnowledgeSource;
  readonly knowledge: KnowledgeWriting;
  readonly log: Log;
  readonly clock: Clock;
  /** Called before the first document and after each. Must not throw. */
  readonly onProgress?: (progress: SyncProgress) => void;
  /** Documents read and stored at the same time, and so in memory: 1 when not given. */
  readonly concurrency?: number;
  /** Breaks the sync off between two documents. The next sync goes on from there. */
  readonly signal?: AbortSignal;
}

export interface SyncProgress {
  readonly source: string;
  /** Documents dealt with, of those to read; failed ones count. */
  readonly done: number;
  readonly toRead: number;
  readonly failed: number;
  /** Chunks stored so far. */
  readonly chunks: number;
}

/**
 * Brings what is stored in line with the source: groups first, then every new and changed document, then what is gone.
 * The new name of a renamed document is therefore there before the old one goes.
 *
 * A document that fails is reported, keeps its stored copy, and does not stop the others. Nothing is removed when the
 * sync breaks off: neither what an incomplete listing lacks, nor the old name of what was not read yet. When nothing
 * changed, no document is read or written.
 *
 * Rejects only when the store can neither say what it holds nor remove.
 */
export async function syncSource(options: SyncOptions): Promise<SyncReport> {
  const { source, knowledge, log, clock } = options;
  const startedAt = clock();
  const listing = await listSource(options);
  const stored = await knowledge.revisions(source.name);
  const plan = planSync(stored, listing.documents);

  const { outcomes, ...reading } = await readDocuments(options, { ids: plan.read, stored, groups: listing.groups });
  const brokenOff = listing.brokenOff ?? reading.brokenOff;
  const gone = outcomes.filter(({ id, kind }) => kind === 'gone' && stored.has(id)).map(({ id }) => id);
  const removable = brokenOff === null ? [...plan.remove, ...gone] : [];
  if (removable.length > 0) await knowledge.remove(source.name, removable);

  const { groupsFault } = listing;
  const counts = { removed: removable.length, kept: plan.keep };
  const report = reportOf({
    source: source.name,
    startedAt,
    endedAt: clock(),
    groupsFault,
    outcomes,
    brokenOff,
    ...counts,
  });
  logReport(log, report);
  return report;
}

interface Listing {
  readonly documents: readonly ListedDocument[];
  /** Names of the source's groups; null when it does not tell. */
  readonly groups: ReadonlySet<string> | null;
  readonly groupsFault: string | null;
  readonly brokenOff: Error | null;
}

/** Stores the groups and lists the documents. A listing that breaks off still counts as far as it came. */
async function listSource({ source, knowledge }: SyncOptions): Promise<Listing> {
  const documents: ListedDocument[] = [];
  let told: Pick<Listing, 'groups' | 'groupsFault'> = { groups: null, groupsFault: null };
  try {
    told = await syncGroups(source, knowledge);
    for await (const { id, revision } of source.list()) documents.push({ id, revision });
    return { documents, ...told, brokenOff: null };
  } catch (error) {
    const brokenOff = error instanceof Error ? error : new Error('The listing failed.', { cause: error });
    return { documents, ...told, brokenOff };
  }
}

async function syncGroups(
  source: KnowledgeSource,
  knowledge: SyncOptions['knowledge'],
): Promise<Pick<Listing, 'groups' | 'groupsFault'>> {
  try {
    const groups = await source.groups();
    await knowledge.putGroups(source.name, groups);
    return { groups: new Set(groups.map(({ name }) => name)), groupsFault: null };
  } catch (error) {
    if (error instanceof DocumentFault) return { groups: null, groupsFault: error.message };
    throw error;
  }
}

async function readDocuments(
  { source, knowledge, log, concurrency = 1, signal, onProgress }: SyncOptions,
  reading: { ids: readonly string[]; stored: ReadonlyMap<string, string>; groups: ReadonlySet<string> | null },
): Promise<{ outcomes: readonly Outcome[]; brokenOff: Error | null }> {
  const outcomes: Outcome[] = [];
  let progress: SyncProgress = { source: source.name, done: 0, toRead: reading.ids.length, failed: 0, chunks: 0 };
  const onOutcome = (outcome: Outcome) => {
    outcomes.push(outcome);
    progress = {
      ...progress,
      done: progress.done + 1,
      failed: progress.failed + (outcome.kind === 'failed' ? 1 : 0),
      chunks: progress.chunks + ('chunks' in outcome ? outcome.chunks : 0),
    };
    onProgress?.(progress);
  };

  onProgress?.(progress);
  const { brokenOff } = await storeDocuments({
    source,
    knowledge,
    log,
    concurrency,
    signal: signal ?? null,
    onOutcome,
    ...reading,
  });
  return { outcomes, brokenOff };
}
