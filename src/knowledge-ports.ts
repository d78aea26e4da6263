import type {
  Audience,
  Chunk,
  Document,
  Gap,
  Group,
  Passage,
  QuestionVector,
  Readers,
  SearchResult,
} from '#domain/knowledge.ts';

/**
 * Where documents come from. A failure of the source is a {@link RemoteError}, or a SetupError that names the setting to
 * mend; waiting and trying again is done inside (`knowledge-sync/pace.ts`).
 */
export interface KnowledgeSource {
  readonly name: string;
  groups(): Promise<readonly Group[]>;
  /** Everything that is there, without reading any text: its cost grows with the pages of the listing only. */
  list(): AsyncIterable<ListedDocument>;
  /** The one document as it would be listed now; null when it is surely gone: trashed, deleted, or no longer ours to read. */
  lookUp(id: string): Promise<ListedDocument | null>;
  /** Null as with `lookUp`. @throws DocumentFault when this one document cannot be read; the sync reports it and goes on. */
  read(id: string): Promise<Document | null>;
}
export interface ListedDocument {
  readonly id: string;
  readonly revision: string;
  /** Null where the listing need not tell, because equal revision also means equal audience. */
  readonly audience: Audience | null;
}

/** What a source notes between two listings to make the next one cheap, as JSON values. Lost, it costs requests, never a document. */
export interface SourceMemory {
  load(source: string): Promise<ReadonlyMap<string, unknown>>;
  /** Adds and replaces; a value of null forgets the key. */
  save(source: string, entries: ReadonlyMap<string, unknown>): Promise<void>;
}

/** The documents as they are searched. */
export interface Knowledge {
  /**
   * Passages that hold the question's terms, best first, among those that all `readers` may read: the audience is
   * part of the search, never a filter behind it. No readers, no result.
   *
   * With `near`, also the passages whose vectors are nearest to it, in the same way; each passage then has its
   * `similarity`, and its `score` whether or not the words have found it. In order of `score`.
   */
  search(query: { text: string; readers: Readers; limit: number; near?: QuestionVector }): Promise<SearchResult>;
  /** All sections of a document, if `readers` may read it, in order, with where they hold the lexemes; `score` is 0. */
  sections(document: DocumentRef, asked: { lexemes: readonly string[]; readers: Readers }): Promise<readonly Passage[]>;
  /** The lexemes of each text, as the index sees them: to choose the sentences that hold the question's terms. */
  lexemes(texts: readonly string[]): Promise<readonly (readonly string[])[]>;
}

/** Right before documents are shown to anybody: whether they still are what is stored of them. */
export interface Freshness {
  /**
   * Asks the sources, for some seconds at most. What has changed is brought up to date, or removed where that is
   * not possible, before this returns.
   *
   * `updated`: search again. `unchecked`: a source could not say in time; what is stored counts. `current`: neither.
   */
  check(documents: readonly DocumentRef[]): Promise<'current' | 'updated' | 'unchecked'>;
}
export interface DocumentRef {
  readonly source: string;
  readonly documentId: string;
}

/** A document as it is stored, without its text. */
export interface StoredDocument {
  /** As the source gave it; '' when the copy is incomplete, so that it equals none. */
  readonly revision: string;
  readonly audience: Audience;
  readonly isComplete: boolean;
}

/** The documents as a sync writes them. */
export interface KnowledgeWriting {
  /** By document id, all that is stored of the source, or of those named. */
  stored(source: string, documentIds?: readonly string[]): Promise<ReadonlyMap<string, StoredDocument>>;
  /** Replaces the document and all its chunks, in one transaction. */
  put(document: Document, chunks: readonly Chunk[]): Promise<void>;
  /** Says anew who may read documents whose text stays as it is. */
  putAudiences(source: string, audiences: ReadonlyMap<string, Audience>): Promise<void>;
  remove(source: string, documentIds: readonly string[]): Promise<void>;
  putGroups(source: string, groups: readonly Group[]): Promise<void>;
  /** Groups that the person with this address is in, as `source/name`. */
  groupsOf(email: string): Promise<readonly string[]>;
  holdsAny(): Promise<boolean>;
  /** Forgets the documents of every other source. Returns the names of those it found. */
  removeOtherSources(sources: readonly string[]): Promise<readonly string[]>;
  /** What of the stored documents was not read; only those with a gap. */
  coverage(source: string): Promise<{ documents: number; gaps: readonly DocumentGaps[] }>;
}
export interface DocumentGaps {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly isComplete: boolean;
  readonly gaps: readonly Gap[];
}
