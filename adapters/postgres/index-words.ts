import { likelyCorrections } from '#domain/spelling.ts';
import type { Query } from './connection.ts';
import { lookUp, measureIndex } from './search-sql.ts';

/** A word of the documents that a misspelt one may stand for; `lexeme` is empty for a stop word. */
export interface Alike {
  readonly word: string;
  readonly lexeme: string;
  readonly chunks: number;
}

/** What the index has of a word. */
export interface KnownLexeme {
  /** Null for a stop word. */
  readonly lexeme: string | null;
  readonly chunks: number;
  /** What it likely stands for when no chunk holds it, likeliest first, whoever may read that. */
  readonly likely: readonly Alike[];
}

export interface AskedOfIndex {
  /** For each word of the question its lexemes. */
  readonly known: readonly (readonly KnownLexeme[])[];
  /** Chunks in all, and their average length in tokens. */
  readonly total: number;
  readonly average: number;
  /** Audience ids the reader has, and how many chunks they show, at most. */
  readonly readers: readonly number[];
  readonly visible: number;
}

interface Question {
  readonly words: readonly Word[];
  /** As `readableBy` takes them. */
  readonly emails: readonly string[] | null;
}
interface Word {
  readonly word: string;
  /** Whether to look for words that are spelt alike when no chunk holds it. */
  readonly misspelt: boolean;
}

/** Looks up what a question needs to know of the index. */
export type LookUp = (query: Query, question: Question) => Promise<AskedOfIndex>;

type Measured = Omit<AskedOfIndex, 'known'> & { readonly version: string };
interface Row {
  readonly version: string;
  readonly place: number;
  readonly lexeme: string | null;
  readonly chunks: number;
  readonly alike: readonly Alike[] | null;
}

/** Of the words that a misspelt one may stand for, so many are tried. */
const mostTried = 3;
/** Some megabytes; whole vocabularies of questions are smaller. */
const mostRemembered = 20_000;

/**
 * Looks words up in the index and remembers them until it changes: words are the same for every reader, and most
 * questions of a company share theirs. What a reader may see is asked for each question.
 */
export function createLookUp(language: string): LookUp {
  /** All of one version of the index. */
  const remembered = new Map<string, readonly KnownLexeme[]>();
  let version: string | null = null;

  function forgetOthersThan(current: string): void {
    if (current !== version || remembered.size > mostRemembered) remembered.clear();
    version = current;
  }

  async function learn(query: Query, words: readonly Word[]) {
    if (words.length === 0) return [];
    const asked = [words.map(({ word }) => word), words.map(({ misspelt }) => misspelt)];
    const rows = await query<Row>(lookUp, [...asked, language], { planned: 'once' });
    const learnt = words.map(({ word }, index) =>
      lexemesOf(
        word,
        rows.filter(({ place }) => place === index + 1),
      ),
    );
    for (const row of rows.slice(0, 1)) forgetOthersThan(row.version);
    for (const [index, word] of words.entries()) remembered.set(keyOf(word), learnt[index] ?? []);
    return learnt;
  }

  return async function lookUpWords(query, { words, emails }) {
    const [measured] = await query<Measured>(measureIndex, [emails], { planned: 'once' });
    if (measured === undefined) throw new Error('indexed_total has no row');
    forgetOthersThan(measured.version);
    // Taken out before anything is waited for: another question may find the index changed meanwhile.
    const before = words.map((word) => remembered.get(keyOf(word)));
    const missing = words.filter((_, index) => before[index] === undefined);
    const learnt = (await learn(query, missing)).values();
    return { ...measured, known: before.map((lexemes) => lexemes ?? learnt.next().value ?? []) };
  };
}

function lexemesOf(word: string, rows: readonly Row[]): readonly KnownLexeme[] {
  return rows.map(({ lexeme, chunks, alike }) => ({
    lexeme,
    chunks,
    likely: likelyCorrections(word, alike ?? []).slice(0, mostTried),
  }));
}

function keyOf({ word, misspelt }: Word): string {
  return `${misspelt ? '?' : '='}${word}`;
}
