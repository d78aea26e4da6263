import { type Block, boxOf, type Cell, type Row, type Table } from './block.ts';
import type { Account } from './context.ts';
import { escapeCell, inlineCode } from './escape.ts';

/** Between the paragraphs, items and lines of a cell, which in Markdown is a single line. */
const between = ' / ';
/** A longer text in a cell over several rows stands in the first of them only. */
const maxRepeated = 200;
/** More than any screen shows. */
const maxColumns = 100;

interface Slot {
  readonly text: string;
  readonly isHeader: boolean;
}

/**
 * A pipe table: https://github.github.com/gfm/#tables-extension-. A cell over several rows is repeated in each, so that
 * every row says all that it means; one over several columns is repeated in the head only. Several header rows become
 * one. Without a header row the head is empty: the first row may be no heading at all.
 */
export function printTable(table: Table, account: Account): string {
  const { head, body } = split(table.rows, grid(table.rows, account));
  const width = body.reduce((most, row) => Math.max(most, row.length), Math.max(1, head.length));
  if (body.length === 0 && head.every((text) => text === '')) return '';
  const columns = Array.from({ length: width }, (_, column) => column);
  const lines = [columns.map((column) => head[column] ?? ''), columns.map(() => '---'), ...body];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function split(rows: readonly Row[], slots: readonly (readonly Slot[])[]) {
  const firstOfBody = rows.findIndex(({ isHeader }) => !isHeader);
  const heads = firstOfBody === -1 ? 1 : firstOfBody;
  const width = Math.max(0, ...slots.slice(0, heads).map((row) => row.length));
  const head = Array.from({ length: width }, (_, column) =>
    [...new Set(slots.slice(0, heads).map((row) => row[column]?.text ?? ''))]
      .filter((text) => text !== '')
      .join(between),
  );
  const body = slots
    .slice(heads)
    .map((row) => row.map(({ text, isHeader }) => (isHeader && text !== '' ? bold(text) : text)))
    .filter((row) => row.some((text) => text !== ''));
  return { head, body };
}

function bold(text: string): string {
  return /\*\*/.test(text) ? text : `**${text}**`;
}

/** Every row with all its columns. */
function grid(rows: readonly Row[], account: Account): readonly (readonly Slot[])[] {
  /** By column, what of a row above still reaches down. */
  const reaching = new Map<number, { slot: Slot; rows: number }>();
  return rows.map(({ cells, isHeader }) => {
    const slots: Slot[] = [];
    const takeReaching = () => {
      for (let above = reaching.get(slots.length); above !== undefined; above = reaching.get(slots.length)) {
        if (above.rows === 1) reaching.delete(slots.length);
        else reaching.set(slots.length, { ...above, rows: above.rows - 1 });
        slots.push(account.spend(1 + above.slot.text.length) ? above.slot : { ...above.slot, text: '' });
      }
    };
    for (const cell of cells) {
      takeReaching();
      for (let column = 0; column < cell.columnSpan && slots.length < maxColumns; column += 1) {
        if (column > 0 && !account.spend(1)) break;
        const slot = slotOf(cell, column > 0 && !isHeader);
        if (cell.rowSpan > 1) reaching.set(slots.length, { slot: repeated(slot), rows: cell.rowSpan - 1 });
        slots.push(slot);
      }
    }
    takeReaching();
    return slots;
  });
}

function repeated(slot: Slot): Slot {
  return slot.text.length > maxRepeated ? { ...slot, text: '' } : slot;
}

function slotOf({ blocks, isHeader }: Cell, isEmpty: boolean): Slot {
  return { text: isEmpty ? '' : escapeCell(flat(blocks)), isHeader };
}

/** Blocks as one line. */
function flat(blocks: readonly Block[]): string {
  return blocks
    .map(flatBlock)
    .filter((text) => text !== '')
    .join(between);
}

function flatBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return oneLine(block.text);
    case 'heading':
      return `**${block.text}**`;
    case 'code':
      return block.text
        .split('\n')
        .map(inlineCode)
        .filter((line) => line !== '')
        .join(between);
    case 'quote':
      return flat(block.blocks);
    case 'list':
      return block.items
        .map((item, index) => flatItem(item, block.start === null ? null : block.start + index))
        .join(between);
    case 'table':
      return block.rows.map(({ cells }) => cells.map((cell) => flat(cell.blocks)).join(', ')).join(between);
    case 'rule':
      return '';
  }
}

function flatItem(
  { isDone, blocks }: { isDone: boolean | null; blocks: readonly Block[] },
  number: number | null,
): string {
  return `${number === null ? '' : `${number}. `}${boxOf(isDone)}${flat(blocks)}`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, between);
}
