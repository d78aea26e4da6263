/** One sync of a source's documents, as it is recorded. Counts are of documents, but for `chunks`. */
export interface SyncRun extends SyncCounts {
  readonly source: string;
  readonly state: 'running' | 'done' | 'broken-off';
  readonly startedAt: Date;
  /** Null while it runs. */
  readonly endedAt: Date | null;
  /** New or changed: to be read. */
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

export type SyncProgress = Pick<SyncRun, 'toRead' | 'done' | 'chunks'>;

export interface SyncResult extends SyncCounts, Pick<SyncRun, 'failed' | 'warnings' | 'error'> {
  readonly at: Date;
}
