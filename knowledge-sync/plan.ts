import { type Audience, intersection, sameAudience } from '#domain/knowledge.ts';
import type { ListedDocument, StoredDocument } from '#knowledge-ports.ts';

/** What a sync is to do. Nothing stands in both `read` and `verify`. */
export interface SyncPlan {
  /** New or changed, in the order of the listing, each once. */
  readonly read: readonly string[];
  /** Stored, and now for others to read, whether or not their text changed as well: rights come first. */
  readonly rights: ReadonlyMap<string, Audience>;
  /** How many are stored as they are listed, text and audience. */
  readonly keep: number;
  /** Stored, but not listed: to be asked for one by one. Right only when the listing is complete. */
  readonly verify: readonly string[];
}

/**
 * Compares what is stored with what the source lists. A document that is listed twice counts once, as it is listed
 * last: a listing in pages moves while it is read.
 */
export function planSync(stored: ReadonlyMap<string, StoredDocument>, listed: readonly ListedDocument[]): SyncPlan {
  const current = new Map(listed.map((document) => [document.id, document]));
  const read: string[] = [];
  const rights = new Map<string, Audience>();
  let keep = 0;
  for (const [id, { revision, audience }] of current) {
    const copy = stored.get(id);
    const isCurrent = copy?.revision === revision;
    const now = copy === undefined ? null : changedAudience(copy, { revision, audience });
    if (!isCurrent) read.push(id);
    if (now !== null) rights.set(id, now);
    if (isCurrent && now === null) keep += 1;
  }
  return { read, rights, keep, verify: Array.from(stored.keys()).filter((id) => !current.has(id)) };
}

/**
 * Who may read the stored copy from now on, if others may than could; null when the listing does not tell, or nothing
 * changed. Of a copy whose text is out of date only those who may read both: what has been opened may hold, in its old
 * text, what is for few. Reading it anew opens it.
 */
export function changedAudience(
  stored: Pick<StoredDocument, 'audience' | 'revision'>,
  { revision, audience }: Pick<ListedDocument, 'audience' | 'revision'>,
): Audience | null {
  if (audience === null || sameAudience(stored.audience, audience)) return null;
  const wanted = stored.revision === revision ? audience : intersection([stored.audience, audience]);
  return sameAudience(stored.audience, wanted) ? null : wanted;
}
