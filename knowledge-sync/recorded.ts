import { paceOf, type SyncProgress, type SyncRemark } from '#domain/sync-run.ts';
import type { KnowledgeWriting } from '#knowledge-ports.ts';
import type { Clock, Log, SyncRuns } from '#ports.ts';
import type { SyncReport } from './report.ts';
import { type SyncOptions, syncSource } from './sync.ts';

export interface RecordedOptions extends SyncOptions {
  readonly runs: SyncRuns;
  /** Only to show what a sync would do: all is listed and read, nothing is written. */
  readonly dry?: boolean;
}

/**
 * {@link syncSource}, with a record of how it goes and how it ended.
 * Rejects as it does, and when its beginning or its end cannot be recorded; what cannot be recorded between is left out.
 */
export async function syncRecorded(options: RecordedOptions): Promise<SyncReport> {
  const { source, runs, clock, log, onProgress, dry = false } = options;
  const { runId } = await runs.begin(source.name, clock(), dry);
  const tellLog = createProgressLog({ clock, log });
  const progress = createProgressRecord({ record: (latest) => runs.recordProgress(runId, latest), clock, log });
  try {
    const report = await syncSource({
      ...options,
      knowledge: dry ? unwritten(options.knowledge) : options.knowledge,
      onProgress(now) {
        progress.note(now);
        tellLog(now);
        onProgress?.(now);
      },
    });
    await progress.settled();
    const { added, changed, removed, rights, kept, chunks, failed, brokenOff } = report;
    // What a dry run found missing is told nowhere else: it stores no document.
    const warnings = dry ? [...report.warnings, ...report.gaps] : report.warnings;
    const remarks = { failed: firstOf(failed), warnings: firstOf(warnings) };
    const error = brokenOff === null ? null : brokenOff.message;
    await runs.end(runId, { at: clock(), added, changed, removed, rights, kept, chunks, ...remarks, error });
    return report;
  } catch (error) {
    await progress.settled();
    // Where this fails as well, the next run of the source closes the record.
    await runs
      .end(runId, { ...nothingDone, at: clock(), error: 'The store failed; the log says why.' })
      .catch(() => {});
    throw error;
  }
}

/** A source that fails altogether has ten thousand remarks of the same kind. */
const mostRemarks = 1_000;

function firstOf(remarks: readonly SyncRemark[]): readonly SyncRemark[] {
  if (remarks.length <= mostRemarks) return remarks;
  const left = remarks.length - mostRemarks;
  return [...remarks.slice(0, mostRemarks), { id: '…', reason: `and ${left} more; the log names them all.` }];
}

/** The store, as far as it is read. */
function unwritten(knowledge: KnowledgeWriting): KnowledgeWriting {
  return { ...knowledge, async put() {}, async putAudiences() {}, async remove() {}, async putGroups() {} };
}

const nothingDone = { added: 0, changed: 0, removed: 0, rights: 0, kept: 0, chunks: 0, failed: [], warnings: [] };

/** Up to so many documents each is told, because each is worth a look; a thousand are told twice a second. */
const few = 20;
const everyMs = 500;

/** Writes the progress now and then, one write at a time, and the last one in any case. */
function createProgressRecord(deps: { record: (progress: SyncProgress) => Promise<void>; clock: Clock; log: Log }) {
  const { record, clock, log } = deps;
  let latest: SyncProgress | null = null;
  let writing: Promise<void> | null = null;
  let writtenAt = Number.NEGATIVE_INFINITY;

  async function write(due: SyncProgress): Promise<void> {
    await writeOnce(due);
    writing = null;
    writeIfDue();
  }

  function writeIfDue(): void {
    if (writing === null && latest !== null && isDue(latest)) writing = write(latest);
  }

  async function writeOnce(progress: SyncProgress): Promise<void> {
    latest = null;
    writtenAt = clock().getTime();
    await record(progress).catch((error: unknown) => log.warn('progress of a sync not recorded', { error }));
  }

  function isDue({ toRead }: SyncProgress): boolean {
    return toRead <= few || clock().getTime() - writtenAt >= everyMs;
  }

  return {
    note({ listed, toRead, done, chunks }: SyncProgress): void {
      latest = { listed, toRead, done, chunks };
      writeIfDue();
    },
    /** Returns when all is written. */
    async settled(): Promise<void> {
      while (writing !== null) await writing;
      if (latest !== null) await writeOnce(latest);
    },
  };
}

const loggedEveryMs = 10_000;

/** A line in the log every ten seconds: how far it is, how fast, and how long it will take. */
function createProgressLog({ clock, log }: { clock: Clock; log: Log }) {
  const startedAt = clock().getTime();
  let readingSince: number | null = null;
  let loggedAt = startedAt;
  return (progress: SyncProgress & { readonly source: string }) => {
    const now = clock().getTime();
    if (progress.toRead > 0) readingSince ??= now;
    if (now - loggedAt < loggedEveryMs) return;
    loggedAt = now;
    const pace = paceOf(progress, now - (readingSince ?? now));
    const { perSecond = null, secondsLeft = null } = pace ?? {};
    log.info('sync progress', { ...progress, perSecond: rounded(perSecond), secondsLeft: rounded(secondsLeft) });
  };
}

function rounded(figure: number | null): number | null {
  return figure === null ? null : Math.round(figure * 10) / 10;
}
