import type { Chunk } from '#domain/knowledge.ts';
import { type Blocks, type Body, readBlocks, type Span } from './blocks.ts';

interface Limit {
  readonly words: number;
  readonly characters: number;
}

/** Blocks of a section are put together up to this. */
const target: Limit = { words: 350, characters: 4_000 };
/** A block up to this size stays whole; no chunk is larger. */
const whole: Limit = { words: 700, characters: 8_000 };

/** A span and its words, counted once. */
interface Piece extends Span {
  readonly words: number;
}

/**
 * Cuts a Markdown text into chunks along its headings; a chunk never crosses a heading.
 *
 * A section over about 350 words (or 4,000 characters) becomes several chunks, cut between blocks. A list, table,
 * code or paragraph stays whole up to 700 words or 8,000 characters; above that a list is cut between items, a table
 * between rows, the rest between lines, and a line that is too long after a sentence, at white space, or hard.
 *
 * Nothing is repeated and nothing is lost: all chunks and heading lines together are the lines of the text, in order;
 * only blank lines and pieces without any letter or digit are left out. Line ends become `\n`.
 * Takes time linear in the length of the text.
 *
 * @param title the document's. A topmost heading that says the same is left out of the headings.
 * @throws DocumentFault over 100,000 lines.
 */
export function chunk(markdown: string, title = ''): readonly Chunk[] {
  const blocks = readBlocks(markdown);
  const chunks: Chunk[] = [];
  for (const { headings, bodies } of sections(blocks)) {
    const shown = headings[0]?.toLowerCase() === title.toLowerCase() ? headings.slice(1) : headings;
    const pieces = bodies.flatMap((body) => divide(blocks.text, body, body.parts));
    for (const span of pack(withLeadIns(blocks.text, pieces))) {
      const text = trimBlankLines(blocks.text.slice(span.start, span.end));
      if (/[\p{L}\p{N}]/u.test(text)) chunks.push({ ordinal: chunks.length, headings: shown, text });
    }
  }
  return chunks;
}

interface Section {
  readonly headings: readonly string[];
  readonly bodies: readonly Body[];
}

function sections({ blocks }: Blocks): readonly Section[] {
  const found: Section[] = [];
  let path: { level: number; text: string }[] = [];
  let bodies: Body[] = [];
  found.push({ headings: [], bodies });
  for (const block of blocks) {
    if (block.kind === 'body') {
      bodies.push(block);
      continue;
    }
    path = [...path.filter(({ level }) => level < block.level), block];
    bodies = [];
    found.push({ headings: path.map(({ text }) => text).filter((text) => text !== ''), bodies });
  }
  return found;
}

/** The span itself when it may stay whole; else its parts, else its lines, else pieces of its one line. */
function divide(text: string, span: Span, parts: readonly Span[]): readonly Piece[] {
  const piece = { start: span.start, end: span.end, words: countWords(text.slice(span.start, span.end)) };
  if (fits(piece, whole)) return [piece];
  if (parts.length > 1) return parts.flatMap((part) => divide(text, part, []));
  const lines = linesOf(text, span);
  return lines.length > 1 ? lines.flatMap((line) => divide(text, line, [])) : cutLine(text, span);
}

function linesOf(text: string, { start, end }: Span): readonly Span[] {
  const lines: Span[] = [];
  for (let from = start; from < end; ) {
    const lineEnd = text.indexOf('\n', from);
    const to = lineEnd === -1 || lineEnd >= end ? end : lineEnd + 1;
    lines.push({ start: from, end: to });
    from = to;
  }
  return lines;
}

function cutLine(text: string, { start, end }: Span): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let from = start; from < end; ) {
    const to = from + cutAt(text.slice(from, Math.min(from + target.characters, end)), end - from);
    pieces.push({ start: from, end: to, words: countWords(text.slice(from, to)) });
    from = to;
  }
  return pieces;
}

/** Where to end a piece: how much of `ahead`, the next 4,000 characters of `remaining`, it takes. At least one. */
function cutAt(ahead: string, remaining: number): number {
  const gaps = Array.from(ahead.matchAll(/\s+/g), ({ index, 0: space }) => index + space.length);
  const limit = gaps[target.words - 1] ?? ahead.length;
  if (limit === remaining) return limit;
  // A sentence end in the first half would leave a piece too short to say anything.
  const sentences = ahead.slice(0, limit).matchAll(/[.!?]\s+|[。！？]\s*/g);
  const sentenceEnd = Math.max(0, ...Array.from(sentences, ({ index, 0: end }) => index + end.length));
  if (sentenceEnd > limit / 2) return sentenceEnd;
  const space = gaps.findLast((gap) => gap <= limit);
  if (space !== undefined) return space;
  return /[\uD800-\uDBFF]/.test(ahead.charAt(limit - 1)) ? limit - 1 : limit;
}

/** Puts "To connect:" or a line all in bold together with what it announces, so that no cut comes between them. */
function withLeadIns(text: string, pieces: readonly Piece[]): readonly Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    const both = last === undefined ? null : join(last, piece);
    if (last === undefined || both === null || !isLeadIn(text, last) || !fits(both, whole)) joined.push(piece);
    else joined.splice(-1, 1, both);
  }
  return joined;
}

function isLeadIn(text: string, { start, end }: Span): boolean {
  const line = text.slice(start, end).trim();
  return line.length <= 300 && /[:：]\**$|^\*\*[^*\n]+\*\*$/.test(line);
}

function pack(pieces: readonly Piece[]): readonly Piece[] {
  const packed: Piece[] = [];
  for (const piece of pieces) {
    const last = packed.at(-1);
    const both = last === undefined ? null : join(last, piece);
    if (both !== null && fits(both, target)) packed.splice(-1, 1, both);
    else packed.push(piece);
  }
  return packed;
}

function join(first: Piece, second: Piece): Piece {
  return { start: first.start, end: second.end, words: first.words + second.words };
}

function fits({ start, end, words }: Piece, limit: Limit): boolean {
  return words <= limit.words && end - start <= limit.characters;
}

/** By where they begin: to match a word of some millions of letters whole can take the regular expression more stack than there is. */
function countWords(text: string): number {
  return text.match(/(?<!\S)\S/g)?.length ?? 0;
}

/** The first line keeps its indentation: it can be code. */
function trimBlankLines(text: string): string {
  const end = text.trimEnd();
  const firstLine = end.length - end.trimStart().length;
  return end.slice(end.lastIndexOf('\n', firstLine) + 1);
}
