import type { Knex } from 'knex';
import type { Passage, Readers, SearchResult } from '#domain/knowledge.ts';
import { anyOf, type CandidateQuery, candidatesFor, quoteLexeme, type WeighedTerm } from './candidates.ts';
import { onConnection, type Query } from './connection.ts';
import { createLookUp } from './index-words.ts';
import { proximityBonus } from './proximity.ts';
import { readQuestion, type Reading } from './question.ts';
import { lengthNorm, rankBy } from './search-sql.ts';

export interface SearchQuery {
  readonly text: string;
  readonly readers: Readers;
  readonly limit: number;
}

/** `correct: false` searches for words as they are spelt: to measure what correction is worth. */
export interface SearchOptions {
  readonly knex: Knex;
  readonly language: string;
  readonly correct?: boolean;
  readonly effort?: Effort;
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
export function createSearch({ knex, language, correct = true, effort = usualEffort }: SearchOptions) {
  const lookUp = createLookUp(language);

  async function search({ text, readers, limit }: SearchQuery): Promise<SearchResult> {
    return onConnection(knex, async (query) => {
      const reading = await readQuestion(query, { text, language, emails: emailsOf(readers), correct }, lookUp);
      if (reading === null) return { terms: [], corrections: [], passages: [] };
      const passages = await findPassages(query, reading, { limit, effort });
      return { terms: reading.terms, corrections: reading.corrections, passages };
    });
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
  const find = (chosen: CandidateQuery) =>
    query<Row>(
      rankBy(scored.length, isWide),
      [
        chosen.tsquery,
        readers,
        ...lengthNorm(index.averageLength),
        Math.max(limit * lookedAt.perPassage, lookedAt.atLeast),
        Math.max(limit + reordered.beyondLimit, reordered.atLeast),
        scored.map((term) => term.lexeme),
        ...scored.flatMap((term) => [term.weight, quoteLexeme(term.lexeme)]),
      ],
      { planned: isWide ? 'once' : 'each time' },
    );
  const first = candidates(effort.budget);
  const rows = await find(first);
  const enough = first.anyTerm || (rows[0]?.candidates ?? 0) >= effort.enough;
  return inOrder(enough ? rows : await find(candidates(effort.budget * largerBudget)), reading).slice(0, limit);
}

type Row = Passage & { readonly candidates: number };

function inOrder(rows: readonly Row[], { terms }: Reading): readonly Passage[] {
  const known = terms.filter((term) => term.chunks > 0);
  return rows
    .map((row) => passageOf(row, row.score + proximityBonus(known, row.matches)))
    .sort((a, b) => b.score - a.score);
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
