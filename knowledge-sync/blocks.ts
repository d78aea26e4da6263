import MarkdownIt from 'markdown-it';
import type { Token } from 'markdown-it';
import { DocumentFault } from '#errors.ts';

/** Part of a text: from `start` up to, but without, `end`, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** `text` is plain: without markup. Links, code and emphasis give their words. */
export interface Heading extends Span {
  readonly kind: 'heading';
  readonly level: number;
  readonly text: string;
}

/** A paragraph, list, table, code, quotation, rule, HTML or link definition. */
export interface Body extends Span {
  readonly kind: 'body';
  /** Where it may be divided before its lines are: a list's items, a table's rows. Empty: only between lines. */
  readonly parts: readonly Span[];
}

export interface Blocks {
  /** The Markdown with `\n` as its only line end. Spans count in it. */
  readonly text: string;
  /** In order, apart, and together every line that is not blank. */
  readonly blocks: readonly (Heading | Body)[];
}

/** An article has some hundred lines; parsing this many blocks the program for a third of a second. */
const maxLines = 100_000;

/** What is longer is no heading, but text above a line of dashes: as text it stays searchable. */
const maxHeadingCharacters = 200;

// Its nesting limit is 20; the default one of 100 lets a hostile document cost a hundred passes over its lines.
const blockParser = new MarkdownIt('commonmark').enable('table');
// Inline parsing is the slow part, and nothing here needs it but headings.
blockParser.core.ruler.enableOnly(['normalize', 'block']);
const headingParser = new MarkdownIt('commonmark');

/**
 * Reads the outermost blocks of a Markdown text (CommonMark and tables). Headings inside lists, quotations, code
 * and HTML are part of these and no headings of the document.
 *
 * @throws DocumentFault over 100,000 lines.
 */
export function readBlocks(markdown: string): Blocks {
  const text = markdown.replaceAll(/\r\n?/g, '\n');
  const starts = lineStarts(text);
  // One more than the lines: `starts` also holds the end of the text.
  if (starts.length > maxLines + 1) {
    throw new DocumentFault('has more than 100,000 lines: split it into several documents.');
  }
  const spanOf = (from: number, to: number): Span => ({ start: starts[from] ?? 0, end: starts[to] ?? text.length });
  const found = outermost(blockParser.parse(text, {}), spanOf);
  return { text, blocks: withGaps(text, found) };
}

type SpanOf = (fromLine: number, toLine: number) => Span;

/** Where each line starts, and, last, where the text ends. */
function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  starts.push(text.length);
  return starts;
}

function outermost(tokens: readonly Token[], spanOf: SpanOf): readonly (Heading | Body)[] {
  const blocks: (Heading | Body)[] = [];
  let parts: Span[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.map === null) continue;
    const [from, to] = token.map;
    // A list's items come after the list itself: they are added to the parts it already has.
    if (token.level === 1 && token.type === 'list_item_open') parts.push(spanOf(from, to));
    if (token.level > 0) continue;
    parts = token.type === 'table_open' ? rows(from, to, spanOf) : [];
    blocks.push(headingOf(token, tokens[index + 1], spanOf(from, to)) ?? { kind: 'body', parts, ...spanOf(from, to) });
  }
  return blocks;
}

/** Head, line of dashes and first row are one part: neither means anything without the others. */
function rows(from: number, to: number, spanOf: SpanOf): Span[] {
  const first = Math.min(from + 3, to);
  return [spanOf(from, first), ...Array.from({ length: to - first }, (_, row) => spanOf(first + row, first + row + 1))];
}

function headingOf(token: Token, inline: Token | undefined, span: Span): Heading | null {
  if (token.type !== 'heading_open' || inline === undefined) return null;
  if (inline.content.length > maxHeadingCharacters) return null;
  return { kind: 'heading', level: Number(token.tag.slice(1)), text: plainText(inline.content), ...span };
}

function plainText(inlineMarkdown: string): string {
  const tokens = headingParser.parseInline(inlineMarkdown, {})[0]?.children ?? [];
  const words = tokens.map((token) => (token.type === 'softbreak' || token.type === 'hardbreak' ? ' ' : token.content));
  return words.join('').replaceAll(/\s+/g, ' ').trim();
}

/** The parser gives no block for link definitions and for what is nested too deep: those lines are text as well. */
function withGaps(text: string, found: readonly (Heading | Body)[]): readonly (Heading | Body)[] {
  const blocks: (Heading | Body)[] = [];
  let end = 0;
  for (const block of [...found, null]) {
    const gap = { start: end, end: block?.start ?? text.length };
    if (text.slice(gap.start, gap.end).trim() !== '') blocks.push({ kind: 'body', parts: [], ...gap });
    if (block === null) break;
    blocks.push(block);
    end = block.end;
  }
  return blocks;
}
