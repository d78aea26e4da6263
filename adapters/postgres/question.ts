import type { Correction, QuestionTerm } from '#domain/knowledge.ts';
import { mayBeMisspelt } from '#domain/spelling.ts';
import { type AskedWord, askedWords } from './asked-words.ts';
import { quoteLexeme, type WeighedTerm } from './candidates.ts';
import type { Query } from './connection.ts';
import { fillerWeight } from './filler.ts';
import type { Alike, KnownLexeme, LookUp } from './index-words.ts';
import { areVisible } from './search-sql.ts';

/** A question as the index understands it, for one reader. */
export interface Reading {
  readonly terms: readonly QuestionTerm[];
  /** Two words of the question written as one (`set up`: setup): they help to rank, but the question does not need them. */
  readonly hints: readonly WeighedTerm[];
  readonly corrections: readonly Correction[];
  /** Audience ids the reader has; none: may see nothing. */
  readonly readers: readonly number[];
  /** Chunks in all and their average length in tokens; how many the reader may see, at most. */
  readonly index: { readonly chunks: number; readonly averageLength: number; readonly visible: number };
}

interface Questioned {
  readonly text: string;
  readonly language: string;
  /** As `readableBy` takes them. */
  readonly emails: readonly string[] | null;
  readonly correct: boolean;
}

/** Looks the words up and puts words of the documents in the place of misspelt ones. Null: there are no words. */
export async function readQuestion(
  query: Query,
  { text, language, emails, correct }: Questioned,
  lookUp: LookUp,
): Promise<Reading | null> {
  const asked = askedWords(text, language);
  if (asked.length === 0) return null;
  const words = asked.map(({ word, joins }) => ({
    word,
    misspelt: correct && emails !== null && joins === null && mayBeMisspelt(word),
  }));
  const { known, total, average, visible, readers: ids } = await lookUp(query, { words, emails });
  const found = asked.flatMap((one, index) =>
    (known[index] ?? []).map((row): Found => ({ ...row, word: one.word, asked: one, total })),
  );
  const { kept, hints } = settleJoined(found);
  const replaced = await replaceMisspelt(query, kept, ids);
  return {
    terms: termsOf(replaced),
    hints,
    corrections: replaced.flatMap((row) => (row.from === undefined ? [] : [{ from: row.from, to: row.word }])),
    readers: ids,
    index: { chunks: total, averageLength: average, visible },
  };
}

interface Found extends KnownLexeme {
  readonly word: string;
  readonly asked: AskedWord;
  readonly total: number;
  readonly from?: string;
}

/**
 * Chooses between a joined word and its parts. Where the documents have it joined, parts they do not have are no part
 * of the question (wi, fi). Where they do not, it is none itself.
 */
function settleJoined(rows: readonly Found[]): { kept: readonly Found[]; hints: readonly WeighedTerm[] } {
  const missing = new Set(rows.filter((row) => row.lexeme !== null && row.chunks === 0).map((row) => row.word));
  const stop = new Set(rows.filter((row) => row.lexeme === null).map((row) => row.word));
  const covered = new Set<string>();
  const hints: WeighedTerm[] = [];
  const isKept = (row: Found): boolean => {
    const { joins, glued } = row.asked;
    if (joins === null) return true;
    if (row.lexeme === null || row.chunks === 0 || joins.every((part) => stop.has(part))) return false;
    const unknown = joins.filter((part) => missing.has(part));
    for (const part of unknown) covered.add(part);
    if (glued || unknown.length > 0) return true;
    hints.push({ lexeme: row.lexeme, chunks: row.chunks, weight: hintWeight * idf(row.chunks, row.total) });
    return false;
  };
  const kept = rows.filter(isKept);
  return { kept: kept.filter((row) => row.asked.joins !== null || !covered.has(row.word)), hints };
}

/** Neighbours may be two words after all. */
const hintWeight = 0.5;

/** Only a word of a chunk that the reader may see replaces another. */
async function replaceMisspelt(
  query: Query,
  rows: readonly Found[],
  readers: readonly number[],
): Promise<readonly Found[]> {
  const candidates = rows.flatMap(({ likely }) => likely);
  const visible = await visibleLexemes(query, candidates, readers);
  return rows.map((row) => {
    const best = row.likely.find(({ lexeme }) => lexeme === '' || visible.has(lexeme));
    if (best === undefined) return row;
    // A stop word is not searched for, so there is nothing to tell about it.
    if (best.lexeme === '') return { ...row, lexeme: null };
    return { ...row, ...best, from: row.word };
  });
}

/** A lexeme in more chunks than this is common: see {@link areVisible}. */
const commonChunks = 5_000;

async function visibleLexemes(query: Query, candidates: readonly Alike[], readers: readonly number[]) {
  const chunks = new Map(candidates.map((candidate) => [candidate.lexeme, candidate.chunks]));
  chunks.delete('');
  if (chunks.size === 0) return new Set<string>();
  const [row] = await query<{ visible: readonly boolean[] }>(
    areVisible([...chunks.values()].map((many) => many > commonChunks)),
    [readers, ...[...chunks.keys()].map(quoteLexeme)],
  );
  return new Set([...chunks.keys()].filter((_, index) => row?.visible[index]));
}

/**
 * One edit makes many a word of so few letters another one (moon: soon, noon, mono), so its correction is a guess:
 * searched for, but the word itself remains one that the documents do not have.
 */
const longestGuess = 4;

function termsOf(rows: readonly Found[]): readonly QuestionTerm[] {
  const guessed = rows.filter(({ from = '' }) => from !== '' && from.length <= longestGuess);
  const unknown = guessed.map((row) => ({ ...row, word: row.from ?? '', lexeme: row.from ?? '', chunks: 0 }));
  return distinctTerms([...rows, ...unknown]);
}

function distinctTerms(rows: readonly Found[]): readonly QuestionTerm[] {
  const terms = new Map<string, QuestionTerm>();
  for (const { lexeme, word, asked, chunks, total } of rows) {
    if (lexeme === null) continue;
    const known = terms.get(lexeme);
    terms.set(lexeme, {
      lexeme,
      word: known?.word ?? word,
      idf: idf(chunks, total) * (asked.filler ? fillerWeight : 1),
      count: asked.count + (known?.count ?? 0),
      position: known?.position ?? asked.position,
      chunks,
    });
  }
  return [...terms.values()].sort((a, b) => a.position - b.position);
}

/** BM25's, which is never negative. */
function idf(chunks: number, total: number): number {
  return Math.log(1 + (Math.max(total - chunks, 0) + 0.5) / (chunks + 0.5));
}
