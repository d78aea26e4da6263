import type { GapKind } from '#domain/knowledge.ts';
import { paceOf, type SyncRun } from '#domain/sync-run.ts';
import type { DocumentGaps } from '#knowledge-ports.ts';
import { gapWords } from '../knowledge-sync/gaps.ts';

/** A sync run as the program tells it: times as text. */
export type ToldRun = Omit<SyncRun, 'startedAt' | 'endedAt'> & {
  readonly startedAt: string;
  readonly endedAt: string | null;
};

/** What of one source was not read. */
export interface Coverage {
  readonly source: string;
  readonly documents: number;
  readonly gaps: readonly DocumentGaps[];
  /** What keeps it from being read; null when nothing does. */
  readonly fault: string | null;
}

/** How far a run is, in one line. */
export function progressWords(run: ToldRun, now: number): string {
  if (run.state !== 'running') return `${run.source}: ${run.state === 'done' ? 'done' : 'broken off'}`;
  if (run.toRead === 0) return `${run.source}: listing, ${run.listed} found`;
  const pace = paceOf(run, now - Date.parse(run.startedAt));
  const rest = pace === null ? '' : `, ${pace.perSecond.toFixed(1)} a second, ${timeWords(pace.secondsLeft)} left`;
  return `${run.source}: ${run.done} of ${run.toRead} read${rest}`;
}

function timeWords(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}

/** The whole report, for a person to read. */
export function reportWords(runs: readonly ToldRun[], coverage: readonly Coverage[]): string {
  return [...runs.map(runWords), ...coverage.map(coverageWords)].join('\n\n');
}

function runWords(run: ToldRun): string {
  const { source, dry, added, changed, removed, rights, kept, failed, warnings, error } = run;
  const head = `${source}${dry ? ' (dry run: nothing was written)' : ''}`;
  const counts = `${added} new, ${changed} changed, ${removed} removed, ${rights} with other readers, ${kept} as before`;
  return [
    head,
    `  ${counts}`,
    ...(error === null ? [] : [`  Broken off: ${error}`]),
    ...failed.map(({ id, reason }) => `  Not read: ${id} ${reason}`),
    ...warnings.map(({ id, reason }) => `  ${id}: ${reason}`),
  ].join('\n');
}

function coverageWords({ source, documents, gaps, fault }: Coverage): string {
  const head =
    gaps.length === 0
      ? `${source}: ${documents} documents, all read completely`
      : `${source}: ${documents} documents, ${gaps.length} with something that was not read`;
  return [
    head,
    ...(fault === null ? [] : [`  Needs you: ${fault}`]),
    ...totals(gaps).map(([kind, count]) => `  ${count} × ${kind}`),
    ...gaps.flatMap((document) => [
      `  ${document.title}${document.isComplete ? '' : ' (incomplete)'}  ${document.url}`,
      ...document.gaps.map((gap) => `    ${gapWords(gap)}`),
    ]),
  ].join('\n');
}

function totals(gaps: readonly DocumentGaps[]): readonly (readonly [GapKind, number])[] {
  const counts = new Map<GapKind, number>();
  for (const { kind, count } of gaps.flatMap((document) => document.gaps)) {
    counts.set(kind, (counts.get(kind) ?? 0) + count);
  }
  return [...counts].toSorted(([, one], [, other]) => other - one);
}
