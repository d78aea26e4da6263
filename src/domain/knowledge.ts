/**
 * Who may read a document: whoever is named in every one of the lists, as a page wants the rights of its space, its own
 * and those of every page above it. A name is `everyone` (every employee), `person:<e-mail>` (lower case) or
 * `group:<source>/<name>`. No list at all: nobody. An empty list: nobody.
 */
export type Audience = readonly (readonly string[])[];

/** The name by which an audience means a group of a source. */
export function groupName(source: string, group: string): string {
  return `group:${source}/${group}`;
}

export const NOBODY: Audience = [];
export const EVERYONE: Audience = [['everyone']];
/** Those who run the helpdesk, as the setting ADMINS names them. They see what nobody declared, to mend it. */
export const ADMIN_GROUP = { source: 'firstline', name: 'admins' };
export const ADMINS: Audience = [[groupName(ADMIN_GROUP.source, ADMIN_GROUP.name)]];

/** Whether both mean the same people, in whatever order they name them. */
export function sameAudience(one: Audience, other: Audience): boolean {
  return one === other || canonical(one) === canonical(other);
}

function canonical(audience: Audience): string {
  const lists = audience.map((names) => JSON.stringify([...new Set(names)].toSorted()));
  return [...new Set(lists)].toSorted().join();
}

/** Who may read by all of the audiences. One that is nobody leaves nobody. */
export function intersection(audiences: readonly Audience[]): Audience {
  return audiences.some((audience) => audience.length === 0) ? NOBODY : audiences.flat();
}

/** The source of solved cases: what helped somebody once, beside what is meant for everybody. */
export const CASES = 'tickets';

/** One text of a source. `revision` is the source's own: equal revision means equal text, title and link. */
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
  /** What of it was not read. Counted together: the same kind and name once. */
  readonly gaps: readonly Gap[];
  /** False: a part could not be read this time and may be the next. It never replaces a complete copy. */
  readonly isComplete: boolean;
}

/**
 * `unsupported`: a block or macro that is not understood; its text is kept where it has one. `unreadable`: the source
 * did not give it. `truncated`: too large, the rest is left out. `no-right`: our account may not read it.
 * `attachment`: a file, which is named but never fetched. `unresolved`: it refers to what is not there.
 */
export type GapKind = 'unsupported' | 'unreadable' | 'truncated' | 'no-right' | 'attachment' | 'unresolved';

/** Something of a document that was not read. */
export interface Gap {
  readonly kind: GapKind;
  /** A block type, a macro, a file's name, a title. At most 200 characters. */
  readonly what: string;
  readonly count: number;
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
  /** Cosine of its vector and the question's, -1 to 1; left out where there is no vector of either. */
  readonly similarity?: number;
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

/** A question's vector, and the model that made it: only vectors of the same model can be compared. */
export interface QuestionVector {
  readonly model: string;
  readonly values: Float32Array;
}

/** What a search returns: passages best first, with what is needed to judge them. */
export interface SearchResult {
  readonly terms: readonly QuestionTerm[];
  readonly corrections: readonly Correction[];
  readonly passages: readonly Passage[];
}

/** Who will read what is said: a document may be shown to them when every one of them may read it. */
export type Readers =
  /** Somebody reads along who is entitled to nothing. */
  | { readonly kind: 'nobody' }
  /** Employees, but it is not known which: only what every employee may read. */
  | { readonly kind: 'everyone' }
  /** Exactly these employees, by their verified e-mail; none of them is nobody. */
  | { readonly kind: 'people'; readonly emails: readonly string[] };

/**
 * Who reads along.
 *
 * @param people the asker in a direct message, all members in a channel; null when they are not known.
 */
export function readersOf(
  place: 'direct' | 'channel' | 'shared',
  people: readonly { readonly email: string | null; readonly outsider: boolean }[] | null,
): Readers {
  if (place === 'shared') return { kind: 'nobody' };
  if (people === null) return { kind: 'everyone' };
  if (people.length === 0 || people.some(({ outsider }) => outsider)) return { kind: 'nobody' };
  const emails = people.map(({ email }) => email?.toLowerCase() ?? null);
  const known = emails.filter((email) => email !== null);
  // An employee whose address the platform does not tell cannot be matched with any source.
  return known.length < emails.length ? { kind: 'everyone' } : { kind: 'people', emails: [...new Set(known)] };
}
