import type { SyncCounts, SyncRemark } from '#domain/sync-run.ts';
import type { Log } from '#ports.ts';
import type { Outcome } from './documents.ts';
import { gapWords } from './gaps.ts';

/** What one sync did. */
export interface SyncReport extends SyncCounts {
  readonly source: string;
  readonly startedAt: Date;
  readonly tookMs: number;
  /** Not synced; what was stored of them stays. Tried again at the next sync. */
  readonly failed: readonly SyncRemark[];
  /** Synced, but hardly as meant. Said when the document is stored, not again while it is unchanged. */
  readonly warnings: readonly SyncRemark[];
  /** What of the documents added and changed was not read. */
  readonly gaps: readonly SyncRemark[];
  /**
   * Why the sync ended early: the listing failed, the source or the store is down, or it was told to stop. Null when
   * it did not. The caller throws it, so that the queue tries again; what was stored until then stays.
   */
  readonly brokenOff: Error | null;
}

/** What is known when a sync ends. */
export interface SyncResult
  extends Pick<SyncReport, 'source' | 'startedAt' | 'removed' | 'rights' | 'kept' | 'brokenOff'> {
  readonly endedAt: Date;
  readonly groupsFault: string | null;
  readonly outcomes: readonly Outcome[];
}

/** Counts and collects what became of each document. */
export function reportOf(result: SyncResult): SyncReport {
  const { endedAt, groupsFault, outcomes, ...known } = result;
  const failed: SyncRemark[] = groupsFault === null ? [] : [{ id: 'groups', reason: groupsFault }];
  const warnings: SyncRemark[] = [];
  const gaps: SyncRemark[] = [];
  const counts = { added: 0, changed: 0, chunks: 0 };
  for (const outcome of outcomes) {
    if (outcome.kind === 'gone') continue;
    if (outcome.kind === 'failed') {
      failed.push({ id: outcome.id, reason: outcome.reason });
      continue;
    }
    counts[outcome.kind] += 1;
    counts.chunks += outcome.chunks;
    for (const reason of outcome.warnings) warnings.push({ id: outcome.id, reason });
    for (const gap of outcome.gaps) gaps.push({ id: outcome.id, reason: gapWords(gap) });
  }
  return { ...known, ...counts, failed, warnings, gaps, tookMs: endedAt.getTime() - known.startedAt.getTime() };
}

/** Writes the report to the log: a line for each remark, one for the whole. */
export function logReport(log: Log, report: SyncReport): void {
  const { source, failed, warnings, gaps, brokenOff, startedAt: _, ...figures } = report;
  for (const { id, reason } of failed) log.warn('document not synced', { source, documentId: id, reason });
  for (const { id, reason } of warnings) log.warn('document synced with a warning', { source, documentId: id, reason });
  log.info('sync ended', { source, ...figures, failed: failed.length, warnings: warnings.length, gaps: gaps.length });
  if (brokenOff !== null) log.error('sync broken off', { source, reason: brokenOff.message });
}
