/** One sync of a source's documents, as it is recorded. Counts are of documents, but for `chunks`. */
export interface SyncRun extends SyncCounts {
  readonly source: string;
  readonly state: 'running' | 'done' | 'broken-off';
  readonly startedAt: Date;
  /** Null while it runs. */
  readonly endedAt: Date | null;
  /** Nothing was written: it was to show what a sync would do. */
  readonly dry: boolean;
  /** Found in the listing so far. */
  readonly listed: number;
  /** New or changed: to be read. 0 until the listing is over. */
  readonly toRead: number;
  /** Read so far; failed ones count. */
  readonly done: number;
  /** Not synced; what was stored of them stays. */
  readonly failed: readonly SyncRemark[];
  /** Synced, but hardly as meant. */
  readonly warnings: readonly SyncRemark[];
  /** Why it was broken off. */
  readonly error: string | null;
}

/** Known when a sync ends. */
export interface SyncCounts {
  /** Stored for the first time. */
  readonly added: number;
  /** Stored anew. */
  readonly changed: number;
  readonly removed: number;
  /** Their text stayed, but others may read them now. */
  readonly rights: number;
  /** Left as they were, because they did not change. */
  readonly kept: number;
  /** Of the documents added and changed. */
  readonly chunks: number;
}

/** A document by its id, or `groups`, and what is to be said about it: a phrase such as "has no title: …". */
export interface SyncRemark {
  readonly id: string;
  readonly reason: string;
}

export type SyncProgress = Pick<SyncRun, 'listed' | 'toRead' | 'done' | 'chunks'>;

export interface SyncResult extends SyncCounts, Pick<SyncRun, 'failed' | 'warnings' | 'error'> {
  readonly at: Date;
}

/** How fast a sync reads, and how long it will take at that pace; null until it has read something. */
export function paceOf(
  { done, toRead }: Pick<SyncRun, 'done' | 'toRead'>,
  elapsedMs: number,
): { perSecond: number; secondsLeft: number } | null {
  if (done === 0 || elapsedMs <= 0) return null;
  const perSecond = (done * 1000) / elapsedMs;
  return { perSecond, secondsLeft: Math.max(0, toRead - done) / perSecond };
}
