import type { Chunk } from '#domain/knowledge.ts';
import { wordsOf } from './words.ts';

/** A chunk as it is stored, with its words as they are indexed. */
export interface IndexedChunk extends Chunk {
  /** Words of title and headings, which count three times: they say what the chunk is about. */
  readonly head: string;
  readonly body: string;
  /** Distinct words that may be offered as the right spelling of another. */
  readonly words: readonly string[];
}

export function indexedChunk(title: string, chunk: Chunk, language: string): IndexedChunk {
  const head = wordsOf([title, ...chunk.headings].join('\n'), language).slice(0, mostHeadWords);
  const body = wordsOf(chunk.text, language).slice(0, mostBodyWords);
  return {
    ordinal: chunk.ordinal,
    headings: chunk.headings,
    text: chunk.text,
    head: head.join(' '),
    body: body.join(' '),
    words: [...new Set([...head, ...body])].filter(isPlainWord),
  };
}

/** Positions in a tsvector end at 16 383: https://www.postgresql.org/docs/15/textsearch-limitations.html */
const mostHeadWords = 1_000;
const mostBodyWords = 14_000;

/** What may be offered as the right spelling of another word. */
function isPlainWord(word: string): boolean {
  return word.length >= 3 && word.length <= 30 && !/\p{N}/u.test(word);
}
