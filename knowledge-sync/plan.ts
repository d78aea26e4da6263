import type { ListedDocument } from '#ports.ts';

/** What a sync is to do. Nothing stands in both `read` and `remove`. */
export interface SyncPlan {
  /** New or changed, in the order of the listing, each once. */
  readonly read: readonly string[];
  /** How many are stored as they are listed. */
  readonly keep: number;
  /** Stored, but not listed. Right only when the listing is complete. */
  readonly remove: readonly string[];
}

/**
 * Compares what is stored with what the source lists. A document that is listed twice counts once, with the revision
 * listed last: a listing in pages moves while it is read.
 *
 * @param stored document id to revision.
 */
export function planSync(stored: ReadonlyMap<string, string>, listed: readonly ListedDocument[]): SyncPlan {
  const current = new Map(listed.map(({ id, revision }) => [id, revision]));
  const read = Array.from(current.keys()).filter((id) => stored.get(id) !== current.get(id));
  const remove = Array.from(stored.keys()).filter((id) => !current.has(id));
  return { read, keep: current.size - read.length, remove };
}
