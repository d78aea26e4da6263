import { DocumentFault, RemoteError } from '#errors.ts';
import type {
  DocumentRef,
  Freshness,
  KnowledgeSource,
  KnowledgeWriting,
  ListedDocument,
  StoredDocument,
} from '#knowledge-ports.ts';
import type { Log } from '#ports.ts';
import { storeDocument } from './documents.ts';
import { urgently } from './pace.ts';
import { changedAudience } from './plan.ts';

export interface RefreshDeps {
  readonly knowledge: Pick<KnowledgeWriting, 'stored' | 'put' | 'putAudiences' | 'remove'>;
  readonly log: Log;
}

/**
 * Brings one document in line with its source: read, removed, or only its rights. Says whether that changed anything.
 * @throws RemoteError when the source cannot be asked; DocumentFault when the document cannot be read.
 */
export async function refreshDocument(
  { source, id }: { source: KnowledgeSource; id: string },
  { knowledge, log }: RefreshDeps,
): Promise<'current' | 'updated'> {
  return bringUpToDate({ source, id, now: await source.lookUp(id) }, { knowledge, log });
}

async function bringUpToDate(
  document: { source: KnowledgeSource; id: string; now: ListedDocument | null },
  deps: RefreshDeps,
): Promise<'current' | 'updated'> {
  const { source, id, now } = document;
  const stored = await deps.knowledge.stored(source.name, [id]);
  const copy = stored.get(id) ?? null;
  if (now === null && copy === null) return 'current';
  if (now === null) {
    await deps.knowledge.remove(source.name, [id]);
    return 'updated';
  }
  const audience = copy === null ? null : changedAudience(copy, now);
  if (audience !== null) await deps.knowledge.putAudiences(source.name, new Map([[id, audience]]));
  if (copy !== null && isAsRead(copy, now)) return audience === null ? 'current' : 'updated';
  await readAnew({ source, id, stored }, deps);
  return 'updated';
}

async function readAnew(
  { source, id, stored }: { source: KnowledgeSource; id: string; stored: ReadonlyMap<string, StoredDocument> },
  { knowledge, log }: RefreshDeps,
): Promise<void> {
  const outcome = await storeDocument({ source, knowledge, log, stored, groups: null }, id);
  if (outcome.kind === 'failed') throw outcome.error ?? new DocumentFault(outcome.reason);
  if (outcome.kind === 'gone') await knowledge.remove(source.name, [id]);
}

/** An incomplete copy equals no revision: it would be read again and again, each time it is looked at. */
function isAsRead(copy: StoredDocument, now: ListedDocument): boolean {
  return copy.revision === now.revision || !copy.isComplete;
}

export interface FreshnessOptions extends RefreshDeps {
  readonly sources: readonly KnowledgeSource[];
  /** How long the sources have to say whether a document is current. Somebody is waiting for the answer. */
  readonly askMs: number;
  /** How long a changed document may take to be read. */
  readonly readMs: number;
}

/** {@link Freshness} by asking each source. A document that changed but cannot be read now is gone until the next sync. */
export function createFreshness(options: FreshnessOptions): Freshness {
  const { sources, knowledge, log, askMs, readMs } = options;
  const byName = new Map(sources.map((source) => [source.name, source]));

  async function check({ source: name, documentId }: DocumentRef): Promise<'current' | 'updated' | 'unchecked'> {
    const source = byName.get(name);
    if (source === undefined) return 'unchecked';
    const now = await within(askMs, source.lookUp(documentId)).catch((error: unknown) => {
      log.warn('a cited document could not be checked', { source: name, documentId, reason: kindOf(error) });
      return 'unchecked' as const;
    });
    if (now === 'unchecked') return now;
    try {
      return await within(readMs, bringUpToDate({ source, id: documentId, now }, { knowledge, log }));
    } catch (error) {
      log.warn('a cited document changed and could not be read', { source: name, documentId, reason: kindOf(error) });
      // Not only closed: the next sync has to find that there is something to read.
      await knowledge.remove(name, [documentId]);
      return 'updated';
    }
  }

  return {
    async check(documents) {
      const asked = new Map(documents.map((document) => [`${document.source} ${document.documentId}`, document]));
      const states = await urgently(() => Promise.all(Array.from(asked.values(), check)));
      if (states.includes('updated')) return 'updated';
      return states.includes('unchecked') ? 'unchecked' : 'current';
    },
  };
}

/** @throws RemoteError `unavailable` when it takes longer. What was begun goes on. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new RemoteError('source', 'unavailable', { message: 'no answer in time' })), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function kindOf(error: unknown): string {
  if (error instanceof RemoteError) return error.kind;
  return error instanceof Error ? error.name : typeof error;
}
