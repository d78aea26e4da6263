import type { Knex } from 'knex';
import type { Passage, QuestionVector, Readers, SearchResult } from '#domain/knowledge.ts';
import { anyOf, type CandidateQuery, candidatesFor, quoteLexeme, type WeighedTerm } from './candidates.ts';
import { onConnection, type Query } from './connection.ts';
import { createLookUp } from './index-words.ts';
import type { Near, Nearest } from './nearest.ts';
import { proximityBonus } from './proximity.ts';
import { readQuestion, type Reading } from './question.ts';
import { type CandidateKind, lengthNorm, mostOfOneDocument, rankBy } from './search-sql.ts';

export interface SearchQuery {
  readonly text: string;
  readonly readers: Readers;
  readonly limit: number;
  readonly near?: QuestionVector;
}

/** `nearest`: left out, only words are searched. `correct: false` searches for words as they are spelt: to measure what correction is worth. */
export interface SearchOptions {
  readonly knex: Knex;
  readonly language: string;
  readonly correct?: boolean;
  readonly effort?: Effort;
  readonly nearest?: Nearest;
}

/** How many chunks are scored. */
export interface Effort {
  /** Chunks worth scoring when everybody may read everything. More cost time and, measured, change no result. */
  readonly budget: number;
  /** When fewer came, the estimate was wrong: once more with five times the budget. */
  readonly enough: number;
  /** A reader who sees no more chunks than this gets all of them scored. */
  readonly fewChunks: number;
}

/**
 * So many chunks the vectors add to those that words find, whose likeness is told in any case. Each costs a reader who sees
 * a tenth of all chunks ten looks into the index.
 */
export const mostNearest = 20;

const usualEffort: Effort = { budget: 2_000, enough: 100, fewChunks: 5_000 };
const largerBudget = 5;
/** The score of a pasted log is decided by its rarest words. */
const mostScoredTerms = 24;
/** From this share of the index on, looking into the audience's own index first never pays. */
const wideShare = 0.2;
/** The best chunks by BM25, to take passages from: so many that the limit for each document leaves enough. */
const lookedAt = { atLeast: 100, perPassage: 5 };
/** The best passages by BM25, to order by proximity as well. */
const reordered = { atLeast: 50, beyondLimit: 30 };

/** The search of {@link Knowledge}. */
export function createSearch({ knex, language, correct = true, effort = usualEffort, nearest }: SearchOptions) {
  const lookUp = createLookUp(language);

  async function search({ text, readers, limit, near }: SearchQuery): Promise<SearchResult> {
    const emails = emailsOf(readers);
    const { reading, found } = await onConnection(knex, async (query) => {
      const read = await readQuestion(query, { text, language, emails, correct }, lookUp);
      return { reading: read, found: read === null ? [] : await findPassages(query, read, { limit, effort }) };
    });
    if (reading === null) return { terms: [], corrections: [], passages: [] };
    const { terms, corrections } = reading;
    if (near === undefined || nearest === undefined || reading.readers.length === 0 || limit < 1) {
      return { terms, corrections, passages: found };
    }
    const { readers: ids, index } = reading;
    const also = found.map(({ chunkId }) => chunkId);
    const asked = {
      readers: ids,
      visible: index.visible,
      fewChunks: effort.fewChunks,
      limit: Math.min(limit, mostNearest),
      also,
    };
    const about = await nearest.find(knex, near, asked);
    if (about === null) return { terms, corrections, passages: found };
    return { terms, corrections, passages: await withNeighbours(knex, reading, { found, about }) };
  }
  return search;
}

/** The addresses of those who must all be entitled; none: any employees. Null: somebody is entitled to nothing. */
export function emailsOf(readers: Readers): readonly string[] | null {
  switch (readers.kind) {
    case 'nobody':
      return null;
    case 'everyone':
      return [];
    case 'people':
      // None at all would count as everybody.
      return readers.emails.length === 0 ? null : readers.emails.map((email) => email.toLowerCase());
  }
}

interface Wanted {
  readonly limit: number;
  readonly effort: Effort;
}

async function findPassages(query: Query, reading: Reading, { limit, effort }: Wanted): Promise<readonly Passage[]> {
  const { readers, index } = reading;
  const scored = scoredTerms(reading);
  if (scored.length === 0 || readers.length === 0 || limit < 1) return [];
  const share = Math.min(1, index.visible / Math.max(index.chunks, 1));
  const isWide = share >= wideShare && index.visible > effort.fewChunks;
  const candidates = (budget: number) =>
    index.visible <= effort.fewChunks
      ? anyOf(scored)
      : candidatesFor(scored, { chunks: index.chunks, budget: budget / share });
  const looked = Math.max(limit * lookedAt.perPassage, lookedAt.atLeast);
  const returned = Math.max(limit + reordered.beyondLimit, reordered.atLeast);
  const kind = isWide ? 'wide' : 'narrow';
  const find = ({ tsquery }: CandidateQuery) => rank(query, reading, { kind, candidates: tsquery, looked, returned });
  const first = candidates(effort.budget);
  const rows = await find(first);
  const enough = first.anyTerm || (rows[0]?.candidates ?? 0) >= effort.enough;
  return inOrder(enough ? rows : await find(candidates(effort.budget * largerBudget)), reading).slice(0, limit);
}

/** All there is about what is near and was not found by its words; and how near the others are. */
async function withNeighbours(
  knex: Knex,
  reading: Reading,
  { found, about }: { found: readonly Passage[]; about: Near },
): Promise<readonly Passage[]> {
  const known = new Set(found.map(({ chunkId }) => chunkId));
  const others = about.nearest.map(({ chunkId }) => chunkId).filter((chunkId) => !known.has(chunkId));
  const [looked, returned] = [others.length, others.length];
  // With the rights once more: somebody may have lost them in between.
  const rows = await onConnection(knex, (query) =>
    rank(query, reading, { kind: 'given', candidates: others, looked, returned }),
  );
  const similar = (passage: Passage): Passage => {
    const similarity = about.similarities.get(passage.chunkId);
    return similarity === undefined ? passage : { ...passage, similarity };
  };
  const all = [...found, ...inOrder(rows, reading)].map(similar);
  const near = new Set(about.nearest.map(({ chunkId }) => chunkId));
  const kept = fewOfEachDocument(all.filter(({ chunkId }) => near.has(chunkId)));
  return all
    .filter((passage) => known.has(passage.chunkId) || kept.has(passage))
    .sort((one, other) => other.score - one.score);
}

/** The most similar of each document, as the words' list has the best of each. */
function fewOfEachDocument(passages: readonly Passage[]): ReadonlySet<Passage> {
  const inTurn = passages.toSorted((one, other) => (other.similarity ?? 0) - (one.similarity ?? 0));
  const documents = Map.groupBy(inTurn, ({ source, documentId }) => JSON.stringify([source, documentId]));
  return new Set([...documents.values()].flatMap((own) => own.slice(0, mostOfOneDocument)));
}

interface Ranking {
  readonly kind: CandidateKind;
  readonly candidates: string | readonly string[];
  readonly looked: number;
  readonly returned: number;
}

function rank(
  query: Query,
  reading: Reading,
  { kind, candidates, looked, returned }: Ranking,
): Promise<readonly Row[]> {
  const scored = scoredTerms(reading);
  return query<Row>(
    rankBy(scored.length, kind),
    [
      candidates,
      reading.readers,
      ...lengthNorm(reading.index.averageLength),
      looked,
      returned,
      scored.map((term) => term.lexeme),
      ...scored.flatMap((term) => [term.weight, quoteLexeme(term.lexeme)]),
    ],
    { planned: kind === 'wide' ? 'once' : 'each time' },
  );
}

type Row = Passage & { readonly candidates: number };

function inOrder(rows: readonly Row[], { terms }: Reading): readonly Passage[] {
  const known = terms.filter((term) => term.chunks > 0);
  return rows
    .map((row) => passageOf(row, scoreOf(row) + proximityBonus(known, row.matches)))
    .sort((a, b) => b.score - a.score);
}

/** A chunk that has none of the words has a trace of a score: see {@link rankBy}, where nothing is divided by 0. */
const trace = 1e-6;

function scoreOf({ score }: Row): number {
  return score < trace ? 0 : score;
}

function passageOf(row: Row, score: number): Passage {
  const { chunkId, documentId, source, title, url, headings, text, updatedAt, restricted, matches } = row;
  return { chunkId, documentId, source, title, url, headings, text, updatedAt, restricted, score, matches };
}

function scoredTerms({ terms, hints }: Reading): readonly WeighedTerm[] {
  const own = new Set(terms.map((term) => term.lexeme));
  return terms
    .filter((term) => term.chunks > 0)
    .map((term): WeighedTerm => ({ lexeme: term.lexeme, chunks: term.chunks, weight: term.idf * term.count }))
    .concat(hints.filter((hint) => !own.has(hint.lexeme)))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, mostScoredTerms);
}
