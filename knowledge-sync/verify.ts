import type { Audience } from '#domain/knowledge.ts';
import type { KnowledgeSource, KnowledgeWriting, ListedDocument, StoredDocument } from '#knowledge-ports.ts';
import type { Log } from '#ports.ts';
import { type FailedDocument, isRefusal } from './documents.ts';
import { changedAudience } from './plan.ts';
import { workOn } from './workers.ts';

export interface Verification {
  readonly source: Pick<KnowledgeSource, 'name' | 'lookUp'>;
  readonly knowledge: Pick<KnowledgeWriting, 'putAudiences'>;
  readonly log: Log;
  /** Stored, but not listed. */
  readonly ids: readonly string[];
  readonly stored: ReadonlyMap<string, StoredDocument>;
  readonly concurrency: number;
  readonly signal: AbortSignal | null;
}

/**
 * Asks for each document that the listing lacks: a listing can be late or incomplete without saying so. What is still
 * there keeps its copy, or is read anew when it changed; what cannot be asked for keeps its copy and is reported.
 */
export async function verifyMissing(verification: Verification) {
  const { source, knowledge, ids, concurrency, signal } = verification;
  const found = { gone: [] as string[], read: [] as string[], kept: 0, failed: [] as FailedDocument[] };
  const rights = new Map<string, Audience>();
  let refused: Error | null = null;

  function note(id: string, now: ListedDocument | null): void {
    const copy = verification.stored.get(id);
    if (now === null || copy === undefined) found.gone.push(id);
    else if (now.revision !== copy.revision) found.read.push(id);
    else found.kept += 1;
    const audience = copy === undefined || now === null ? null : changedAudience(copy, now);
    if (audience !== null) rights.set(id, audience);
  }

  await workOn(ids, {
    concurrency,
    isOver: () => refused !== null || signal?.aborted === true,
    async each(id) {
      try {
        note(id, await source.lookUp(id));
      } catch (error) {
        const failure = failed(verification, id, error);
        found.failed.push(failure);
        if (isRefusal(failure.error)) refused = failure.error;
      }
    },
  });
  if (rights.size > 0) await knowledge.putAudiences(source.name, rights);
  return { ...found, brokenOff: refused as Error | null };
}

function failed({ source, log }: Verification, id: string, error: unknown): FailedDocument {
  const failure = error instanceof Error ? error : new Error('unknown', { cause: error });
  log.warn('a document missing from the listing could not be asked for', { source: source.name, documentId: id });
  const reason = `is missing from the listing, and could not be asked for: ${failure.message}`;
  return { kind: 'failed', id, reason, error: failure };
}
