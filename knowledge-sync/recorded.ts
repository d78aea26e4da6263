import type { SyncProgress } from '#domain/sync-run.ts';
import type { Clock, Log, SyncRuns } from '#ports.ts';
import type { SyncReport } from './report.ts';
import { type SyncOptions, syncSource } from './sync.ts';

/**
 * {@link syncSource}, with a record of how it goes and how it ended.
 * Rejects as it does, and when its beginning or its end cannot be recorded; what cannot be recorded between is left out.
 */
export async function syncRecorded(options: SyncOptions & { readonly runs: SyncRuns }): Promise<SyncReport> {
  const { source, runs, clock, log, onProgress } = options;
  const { runId } = await runs.begin(source.name, clock());
  const progress = createProgressRecord({ record: (latest) => runs.recordProgress(runId, latest), clock, log });
  try {
    const report = await syncSource({
      ...options,
      onProgress(now) {
        progress.note(now);
        onProgress?.(now);
      },
    });
    await progress.settled();
    const { added, changed, removed, kept, chunks, failed, warnings, brokenOff } = report;
    const error = brokenOff === null ? null : brokenOff.message;
    await runs.end(runId, { at: clock(), added, changed, removed, kept, chunks, failed, warnings, error });
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

const nothingDone = { added: 0, changed: 0, removed: 0, kept: 0, chunks: 0, failed: [], warnings: [] };

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
    note({ toRead, done, chunks }: SyncProgress): void {
      latest = { toRead, done, chunks };
      writeIfDue();
    },
    /** Returns when all is written. */
    async settled(): Promise<void> {
      while (writing !== null) await writing;
      if (latest !== null) await writeOnce(latest);
    },
  };
}
