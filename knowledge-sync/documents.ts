import type { Audience, Document } from '#domain/knowledge.ts';
import { DocumentFault, RemoteError } from '#errors.ts';
import type { KnowledgeSource, KnowledgeWriting, Log } from '#ports.ts';
import { chunk } from './chunk.ts';

/** What became of one document. */
export type Outcome = StoredDocument | GoneDocument | FailedDocument;

export interface StoredDocument {
  readonly kind: 'added' | 'changed';
  readonly id: string;
  readonly chunks: number;
  readonly warnings: readonly string[];
}
/** Listed, but no longer there when it was to be read. */
export interface GoneDocument {
  readonly kind: 'gone';
  readonly id: string;
}
export interface FailedDocument {
  readonly kind: 'failed';
  readonly id: string;
  readonly reason: string;
  /** Null when the fault is the document's own. */
  readonly error: Error | null;
}

export interface DocumentSync {
  readonly source: KnowledgeSource;
  readonly knowledge: Pick<KnowledgeWriting, 'put'>;
  readonly log: Log;
  /** Documents to read. */
  readonly ids: readonly string[];
  /** Document id to revision of what is stored. */
  readonly stored: ReadonlyMap<string, string>;
  /** Names of the source's groups; null when they are not known. */
  readonly groups: ReadonlySet<string> | null;
  /** Documents read and stored at the same time, and so in memory. */
  readonly concurrency: number;
  readonly signal: AbortSignal | null;
  readonly onOutcome: (outcome: Outcome) => void;
}

/** That many failures in a row, none of them a document's own fault, mean that the source or the store is down. */
const failuresInARow = 5;

/**
 * Reads, cuts and stores documents. Returns early, and why, when it is told to stop or when five documents in a row
 * fail for no fault of their own; what is in hand is finished first. Never rejects.
 */
export async function storeDocuments(sync: DocumentSync): Promise<{ brokenOff: Error | null }> {
  const failures: Error[] = [];
  const brokenOff = () => stopReason(sync.signal) ?? failures[failuresInARow - 1] ?? null;
  // The workers share the iterator, so each document is taken once.
  const remaining = sync.ids.values();

  async function work(): Promise<void> {
    for (const id of remaining) {
      if (brokenOff() !== null) return;
      const outcome = await storeDocument(sync, id);
      if (outcome.kind === 'failed' && outcome.error !== null) failures.push(outcome.error);
      else failures.length = 0;
      sync.onOutcome(outcome);
    }
  }

  await Promise.all(Array.from({ length: sync.concurrency }, work));
  return { brokenOff: brokenOff() };
}

function stopReason(signal: AbortSignal | null): Error | null {
  return signal?.aborted === true ? new Error('The sync was told to stop.', { cause: signal.reason }) : null;
}

async function storeDocument({ source, knowledge, log, stored, groups }: DocumentSync, id: string): Promise<Outcome> {
  try {
    const document = await source.read(id);
    if (document === null) return { kind: 'gone', id };
    const chunks = chunk(document.markdown, document.title);
    await knowledge.put(document, chunks);
    const warnings = warningsOf(document, { chunks: chunks.length, groups });
    return { kind: stored.has(id) ? 'changed' : 'added', id, chunks: chunks.length, warnings };
  } catch (error) {
    if (error instanceof DocumentFault) return { kind: 'failed', id, reason: error.message, error: null };
    log.error('document could not be synced', { source: source.name, documentId: id, error });
    return {
      kind: 'failed',
      id,
      reason: reasonOf(error),
      error: error instanceof Error ? error : new Error('unknown'),
    };
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof RemoteError) return `could not be read: ${error.message}`;
  return `could not be read or stored (${error instanceof Error ? error.name : typeof error}); the log says more.`;
}

function warningsOf(
  document: Document,
  known: { chunks: number; groups: ReadonlySet<string> | null },
): readonly string[] {
  const warnings: string[] = [];
  if (document.audience.length === 0) warnings.push('names no audience, so nobody may read it.');
  const unknown = known.groups === null ? [] : unknownGroups(document.audience, known.groups);
  if (unknown.length > 0) warnings.push(`is meant for groups that the source does not have: ${unknown.join(', ')}.`);
  if (known.chunks === 0) warnings.push('holds no text, so it cannot be found.');
  return warnings;
}

function unknownGroups(audience: Audience, groups: ReadonlySet<string>): readonly string[] {
  return audience.filter((name) => name !== 'everyone' && !name.startsWith('person:') && !groups.has(name));
}
