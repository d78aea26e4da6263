/** Who may read a document: names of groups, `everyone`, or `person:<e-mail>`. Empty: nobody. */
export type Audience = readonly string[];

/** One text of a source. `revision` is the source's own: equal revision means equal text, title, link and audience. */
export interface Document {
  readonly source: string;
  /** Unique within the source, stable across edits. */
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly revision: string;
  readonly updatedAt: Date | null;
  readonly markdown: string;
  readonly audience: Audience;
}

/** A part of a document that stands for itself; never crosses a heading. */
export interface Chunk {
  readonly ordinal: number;
  /** Headings above the text, outermost first, without the document's title. */
  readonly headings: readonly string[];
  /** Markdown, verbatim from the document. */
  readonly text: string;
}

/** People of a group as the source knows them, by e-mail. */
export interface Group {
  readonly name: string;
  readonly emails: readonly string[];
}

/** A chunk that was found for a question, with its document's title and link. */
export interface Passage {
  readonly chunkId: string;
  readonly documentId: string;
  readonly source: string;
  readonly title: string;
  readonly url: string;
  readonly headings: readonly string[];
  readonly text: string;
  readonly updatedAt: Date | null;
  /** Not everybody may read it. */
  readonly restricted: boolean;
  /** BM25 with title and headings counted three times, and a little for terms that stand together. Comparable within one search only. */
  readonly score: number;
  /** Where the question's terms stand in title + headings + text: lexeme to word positions, ascending. */
  readonly matches: Readonly<Record<string, readonly number[]>>;
}

/** A word of the question, as the index knows it. */
export interface QuestionTerm {
  readonly lexeme: string;
  /** The word as asked (after correction), lower case; the first when several share the lexeme. */
  readonly word: string;
  /** Inverse document frequency, natural logarithm; for a word no chunk has, as if a fraction of a chunk had it. Filler (please, how) has a part of it. */
  readonly idf: number;
  /** How often the question has it. */
  readonly count: number;
  /** Place in the question, from 1; the first when it has several. */
  readonly position: number;
  /** Chunks that hold it, of all chunks. */
  readonly chunks: number;
}

/** A misspelt word of the question and the word of the documents that was searched instead. */
export interface Correction {
  readonly from: string;
  readonly to: string;
}

/** What a search returns: passages best first, with what is needed to judge them. */
export interface SearchResult {
  readonly terms: readonly QuestionTerm[];
  readonly corrections: readonly Correction[];
  readonly passages: readonly Passage[];
}

/**
 * The names under which someone reads: what they say is matched against a document's audience.
 * In a channel only what every employee may read counts; where outsiders read along, nothing does.
 */
export function readerNames(
  place: 'direct' | 'channel' | 'shared',
  person: { email: string | null; outsider: boolean },
  groups: readonly string[],
): readonly string[] {
  if (place === 'shared' || person.outsider) return [];
  if (place === 'channel') return ['everyone'];
  return person.email === null ? ['everyone'] : ['everyone', `person:${person.email.toLowerCase()}`, ...groups];
}
