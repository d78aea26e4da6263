import { MACHINE } from './order-words.ts';
import { lookOf } from './plain-text.ts';

const FOR_MACHINES = new RegExp(`^(?:for|to|if you are) (?:(?:the|any|all|every|an?) )*${MACHINE}$`, 'i');
const SAID =
  /^(?:then )?(?:you )?(?:must )?(?:answer|reply|respond|say|tell (?:them|users|employees))(?: with| that)?$/i;
const WHATEVER =
  /^(?:anything|everything|whatever(?: (?:is|was) asked)?|(?:any|every|each|all) (?:questions?|requests?))$/i;

/**
 * A text without tables that are written for machines: those with a column "for AI", and those that have an answer to
 * "anything".
 */
export function withoutTablesForMachines(text: string): { readonly text: string; readonly removed: number } {
  const lines = text.split('\n');
  const tables = lines.flatMap((line, index) => (isRow(line) && !isRow(lines[index - 1] ?? '') ? [index] : []));
  const dropped = tables.map((start) => tableAt(lines, start)).filter(({ rows }) => isForMachines(rows));
  if (dropped.length === 0) return { text, removed: 0 };
  const isDropped = (index: number) => dropped.some(({ start, rows }) => index >= start && index < start + rows.length);
  return { text: lines.filter((_, index) => !isDropped(index)).join('\n'), removed: dropped.length };
}

function tableAt(
  lines: readonly string[],
  start: number,
): { readonly start: number; readonly rows: readonly string[] } {
  const length = lines.slice(start).findIndex((line) => !isRow(line));
  return { start, rows: lines.slice(start, length < 0 ? lines.length : start + length) };
}

function isForMachines(rows: readonly string[]): boolean {
  const [head = [], ...rest] = rows.map(cellsOf);
  if (head.some((cell) => FOR_MACHINES.test(cell))) return true;
  return head.some((cell) => SAID.test(cell)) && rest.some(([first = '']) => WHATEVER.test(first));
}

function cellsOf(row: string): readonly string[] {
  const cells = lookOf(row)
    .replaceAll(/[*_`"]/g, '')
    .trim()
    .replaceAll(/^\||\|$/g, '');
  return cells.split('|').map((cell) => cell.trim());
}

function isRow(line: string): boolean {
  return /^\s*\|.*\|\s*$/.test(line);
}
