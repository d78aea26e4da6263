import { contentTerms } from './question.ts';
import type { QuestionTerm } from './knowledge.ts';

/** A run of lines of a passage that is quoted as one: a paragraph, a list, a code block, a table, or a part of a long one. */
export interface Block {
  /** Verbatim, without blank lines around it. */
  readonly text: string;
  /** Lines of the passage, from `start` up to, but without, `end`. */
  readonly start: number;
  readonly end: number;
  /** Lines without which the block is not understood: what introduces its list, the head of its table. None: null. */
  readonly head: Lines | null;
}

interface Lines {
  readonly start: number;
  readonly end: number;
}

interface RawBlock extends Lines {
  readonly kind: 'paragraph' | 'list' | 'code' | 'table';
}

/** A passage up to this length is quoted whole: it is read at a glance, and trimming could only take something away. */
export const SHORT_CHARACTERS = 900;

/** A block up to this length stays whole: a third of the steps is worse than none. Longer ones are divided between items or rows. */
const WHOLE_CHARACTERS = 1800;

/** A paragraph of at most this length, or one that ends in a colon, introduces the list, code or table behind it. */
const LEAD_IN_CHARACTERS = 300;

/**
 * Chooses what is quoted of a passage: all of it when it is short, else the neighbouring blocks that together
 * hold most of the question's mass. Cuts only between blocks; every line of the result is a line of the passage.
 *
 * @param lexemes those of each block, in order, as `Knowledge.lexemes` gives them.
 */
export function excerptOf(passage: {
  readonly markdown: string;
  readonly blocks: readonly Block[];
  readonly lexemes: readonly (readonly string[])[];
  readonly terms: readonly QuestionTerm[];
}): string {
  const { markdown, blocks, lexemes, terms } = passage;
  if (markdown.length <= SHORT_CHARACTERS || blocks.length === 0) return trimmed(markdown.split('\n'));
  const weights = weightsOf(terms);
  const held = blocks.map((_, index) => (lexemes[index] ?? []).filter((lexeme) => weights.has(lexeme)));
  const best = windowsOf(blocks)
    .map((window) => ({ window, worth: worthOf(held.slice(window.from, window.to), weights) }))
    .reduce((one, other) => (isWorthMore(other.worth, one.worth) ? other : one));
  return linesOf(markdown.split('\n'), blocks.slice(best.window.from, best.window.to));
}

/** Splits a passage into its blocks, in order. Together they hold every line that is not blank. */
export function blocksOf(markdown: string): readonly Block[] {
  const lines = markdown.split('\n');
  return withLeadIns(lines, rawBlocksOf(lines)).flatMap(({ block, lead }) => divided(lines, block, lead));
}

function weightsOf(terms: readonly QuestionTerm[]): ReadonlyMap<string, number> {
  const telling = contentTerms(terms);
  return new Map((telling.length > 0 ? telling : terms).map((term) => [term.lexeme, term.idf]));
}

/** Runs of neighbouring blocks, longest first, earliest first: of two that are worth the same, more context wins. */
function windowsOf(blocks: readonly Block[]): readonly { from: number; to: number }[] {
  const windows = blocks.flatMap((_, from) =>
    blocks.slice(from).map((_block, more) => ({ from, to: from + more + 1, size: 0 })),
  );
  return windows
    .map((window) => ({ ...window, size: sizeOf(blocks.slice(window.from, window.to)) }))
    .filter(({ from, to, size }) => to === from + 1 || size <= SHORT_CHARACTERS)
    .toSorted((a, b) => b.size - a.size || a.from - b.from);
}

function sizeOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + block.text.length, 0);
}

interface Worth {
  /** Mass of the distinct terms. */
  readonly covered: number;
  /** Mass of all blocks, each for itself: how much of the window is about the question. */
  readonly density: number;
}

function worthOf(held: readonly (readonly string[])[], weights: ReadonlyMap<string, number>): Worth {
  const massOf = (lexemes: Iterable<string>) =>
    [...new Set(lexemes)].reduce((sum, l) => sum + (weights.get(l) ?? 0), 0);
  return { covered: massOf(held.flat()), density: held.reduce((sum, lexemes) => sum + massOf(lexemes), 0) };
}

function isWorthMore(one: Worth, other: Worth): boolean {
  return one.covered === other.covered ? one.density > other.density : one.covered > other.covered;
}

/** The blocks' lines, with the blank ones between them, and the head of the first before it. */
function linesOf(lines: readonly string[], blocks: readonly Block[]): string {
  const [first, last] = [blocks[0], blocks.at(-1)];
  if (first === undefined || last === undefined) return '';
  const head = first.head === null ? [] : lines.slice(first.head.start, first.head.end);
  return trimmed([...head, ...lines.slice(first.start, last.end)]);
}

/** Without blank lines at either end; the first line keeps its indentation, which may be code. */
function trimmed(lines: readonly string[]): string {
  const isText = (line: string) => line.trim() !== '';
  return lines.slice(lines.findIndex(isText), lines.findLastIndex(isText) + 1).join('\n');
}

const ITEM = /^( {0,3})(?:[-*+]|\d{1,9}[.)])(?:\s|$)/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const TABLE_RULE = /^ {0,3}\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

function rawBlocksOf(lines: readonly string[]): readonly RawBlock[] {
  const blocks: RawBlock[] = [];
  let at = 0;
  while (at < lines.length) {
    if (isBlank(lines, at)) {
      at += 1;
      continue;
    }
    const block = rawBlockAt(lines, at);
    blocks.push(block);
    at = block.end;
  }
  return blocks;
}

function rawBlockAt(lines: readonly string[], start: number): RawBlock {
  const line = lines[start] ?? '';
  const fence = FENCE.exec(line)?.[1];
  if (fence !== undefined) return { kind: 'code', start, end: endOfFence(lines, start, fence) };
  if (isTableAt(lines, start)) return { kind: 'table', start, end: endWhere(lines, start + 2, isBlank) };
  if (ITEM.test(line)) return { kind: 'list', start, end: endOfList(lines, start) };
  if (/^(?: {4}|\t)/.test(line)) return { kind: 'code', start, end: endWhere(lines, start + 1, isOutdented) };
  return { kind: 'paragraph', start, end: endWhere(lines, start + 1, endsParagraph) };
}

function endOfFence(lines: readonly string[], start: number, fence: string): number {
  const isClosing = (line: string) =>
    line.trim().startsWith(fence) && line.trim() === fence.charAt(0).repeat(line.trim().length);
  const closing = lines.findIndex((line, index) => index > start && isClosing(line));
  return closing === -1 ? lines.length : closing + 1;
}

/** A list ends at a line that is neither an item nor indented, after a blank line; without one it is a lazy continuation. */
function endOfList(lines: readonly string[], start: number): number {
  const isOver = (all: readonly string[], at: number) => {
    const line = all[at] ?? '';
    if (isBlank(all, at) || ITEM.test(line) || /^(?: {2}|\t)/.test(line)) return false;
    return isBlank(all, at - 1) || FENCE.test(line) || isTableAt(all, at);
  };
  return withoutBlankEnd(lines, endWhere(lines, start + 1, isOver));
}

function endsParagraph(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  return isBlank(lines, at) || FENCE.test(line) || ITEM.test(line) || isTableAt(lines, at);
}

function isTableAt(lines: readonly string[], at: number): boolean {
  const rule = lines[at + 1] ?? '';
  return (lines[at] ?? '').includes('|') && rule.includes('|') && TABLE_RULE.test(rule);
}

function isOutdented(lines: readonly string[], at: number): boolean {
  return !/^(?: {4}|\t)/.test(lines[at] ?? '');
}

function isBlank(lines: readonly string[], at: number): boolean {
  return (lines[at] ?? '').trim() === '';
}

function endWhere(
  lines: readonly string[],
  from: number,
  isEnd: (lines: readonly string[], at: number) => boolean,
): number {
  let at = Math.min(from, lines.length);
  while (at < lines.length && !isEnd(lines, at)) at += 1;
  return at;
}

function withoutBlankEnd(lines: readonly string[], end: number): number {
  let at = end;
  while (at > 0 && isBlank(lines, at - 1)) at -= 1;
  return at;
}

/** Puts a list, code or table together with the paragraph that introduces it. */
function withLeadIns(
  lines: readonly string[],
  blocks: readonly RawBlock[],
): readonly { block: RawBlock; lead: Lines | null }[] {
  const isLeadIn = (block: RawBlock | undefined, next: RawBlock | undefined) => {
    if (block?.kind !== 'paragraph' || next === undefined || next.kind === 'paragraph') return false;
    const text = textOf(lines, block);
    return text.length <= LEAD_IN_CHARACTERS || /[:：]\**\s*$/.test(text);
  };
  return blocks.flatMap((block, index) => {
    if (isLeadIn(block, blocks[index + 1])) return [];
    const before = blocks[index - 1];
    return [{ block, lead: before !== undefined && isLeadIn(before, block) ? before : null }];
  });
}

/** The block with what introduces it; a list or table that is too long comes in parts, each with that as its head. */
function divided(lines: readonly string[], block: RawBlock, lead: Lines | null): readonly Block[] {
  const start = lead?.start ?? block.start;
  const whole = { start, end: block.end, head: null, text: textOf(lines, { start, end: block.end }) };
  const parts = whole.text.length <= WHOLE_CHARACTERS ? [] : partsOf(lines, block);
  const [first, second] = parts;
  if (first === undefined || second === undefined) return [whole];
  const head = first > start ? { start, end: first } : null;
  return parts.map((from, index) => {
    const to = parts[index + 1] ?? block.end;
    // The first part is shown from the beginning anyway.
    const lineRange = index === 0 ? { start, end: to } : { start: from, end: to };
    return { ...lineRange, head: index === 0 ? null : head, text: textOf(lines, lineRange) };
  });
}

/** The first lines of a list's items, or of a table's rows. */
function partsOf(lines: readonly string[], { kind, start, end }: RawBlock): readonly number[] {
  const numbers = Array.from({ length: end - start }, (_, index) => start + index);
  if (kind === 'table') return numbers.slice(2);
  if (kind !== 'list') return [];
  const indent = ITEM.exec(lines[start] ?? '')?.[1]?.length ?? 0;
  return numbers.filter((number) => {
    const item = ITEM.exec(lines[number] ?? '');
    return item !== null && (item[1]?.length ?? 0) <= indent + 1;
  });
}

function textOf(lines: readonly string[], { start, end }: Lines): string {
  return trimmed(lines.slice(start, end));
}
