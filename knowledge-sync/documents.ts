import { type Document, type Gap, groupName } from '#domain/knowledge.ts';
import { DocumentFault, RemoteError } from '#errors.ts';
import type { KnowledgeSource, KnowledgeWriting, StoredDocument } from '#knowledge-ports.ts';
import type { Log } from '#ports.ts';
import { chunk } from './chunk.ts';
import { gapWords } from './gaps.ts';

/** What became of one document. */
export type Outcome = WrittenDocument | GoneDocument | FailedDocument;

export interface WrittenDocument {
  readonly kind: 'added' | 'changed';
  readonly id: string;
  readonly chunks: number;
  readonly warnings: readonly string[];
  readonly gaps: readonly Gap[];
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

export interface DocumentStore {
  readonly source: Pick<KnowledgeSource, 'name' | 'read'>;
  readonly knowledge: Pick<KnowledgeWriting, 'put'>;
  readonly log: Log;
  /** What is stored, by document id. */
  readonly stored: ReadonlyMap<string, StoredDocument>;
  /** Names of the source's groups; null when they are not known. */
  readonly groups: ReadonlySet<string> | null;
}

/** Reads one document and stores it. Never rejects. */
export async function storeDocument(sync: DocumentStore, id: string): Promise<Outcome> {
  const { source, knowledge, log, stored, groups } = sync;
  try {
    const document = await source.read(id);
    if (document === null) return { kind: 'gone', id };
    if (!document.isComplete && stored.get(id)?.isComplete === true)
      return { kind: 'failed', id, ...onlyInPart(document) };
    const chunks = chunk(document.markdown, document.title);
    await knowledge.put(document, chunks);
    const warnings = warningsOf(document, { chunks: chunks.length, groups });
    const kind = stored.has(id) ? 'changed' : 'added';
    return { kind, id, chunks: chunks.length, warnings, gaps: document.gaps };
  } catch (error) {
    if (error instanceof DocumentFault) return { kind: 'failed', id, reason: error.message, error: null };
    log.error('document could not be synced', { source: source.name, documentId: id, error });
    return { kind: 'failed', id, reason: reasonOf(error), error: asError(error) };
  }
}

function onlyInPart({ gaps }: Document): { reason: string; error: null } {
  const what = gaps.map(gapWords).join('; ');
  return { reason: `could be read only in part (${what}): the complete copy from before stays.`, error: null };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('unknown', { cause: error });
}

function reasonOf(error: unknown): string {
  if (error instanceof RemoteError) return `could not be read: ${error.message}`;
  return `could not be read or stored (${error instanceof Error ? error.name : typeof error}); the log says more.`;
}

function warningsOf(
  { source, audience, isComplete, gaps }: Document,
  known: { chunks: number; groups: ReadonlySet<string> | null },
): readonly string[] {
  const warnings: string[] = [];
  if (audience.length === 0) warnings.push('names no audience, so nobody may read it.');
  const unknown = known.groups === null ? [] : unknownGroups(source, audience.flat(), known.groups);
  if (unknown.length > 0) warnings.push(`is meant for groups that the source does not have: ${unknown.join(', ')}.`);
  if (known.chunks === 0) warnings.push('holds no text, so it cannot be found.');
  if (!isComplete)
    warnings.push(`could be read only in part (${gaps.map(gapWords).join('; ')}); the next sync tries again.`);
  return warnings;
}

/** Of the source's own; whether another source has a group is not known here. */
function unknownGroups(source: string, names: readonly string[], groups: ReadonlySet<string>): readonly string[] {
  const own = groupName(source, '');
  const named = names.filter((name) => name.startsWith(own)).map((name) => name.slice(own.length));
  return [...new Set(named)].filter((name) => !groups.has(name));
}

/** Whether the source refuses us altogether: then there is no use in asking for the next document. */
export function isRefusal(error: Error | null): boolean {
  return error instanceof RemoteError && error.kind === 'unauthorized';
}
