import type { Place } from './redact-places.ts';
import { secret, secretHeading } from './redact-words.ts';

interface Cell {
  /** Without blanks and marks around it. */
  readonly text: string;
  readonly isBold: boolean;
  readonly from: number;
  readonly to: number;
}
type Row = readonly Cell[];

/** A cell beside a heading has a value in so many words; more are a sentence about it. */
const valueWords = 3;

/**
 * Cells of tables that are written with `|` between them: all below a heading that says "Password", "PIN", "token" or
 * the like, and those beside one that heads a row. A table that does not say which of its cells are headings is read
 * both ways.
 */
export function tableSecrets(text: string): readonly Place[] {
  return tablesOf(text)
    .flatMap(secretCells)
    .map(({ from, to }) => ({ from, to, by: secret }));
}

function tablesOf(text: string): readonly (readonly Row[])[] {
  const tables: Row[][] = [];
  let isWithin = false;
  let start = 0;
  for (const line of text.split('\n')) {
    const isRow = /^[ \t>]*\|/.test(line);
    if (isRow && !isWithin) tables.push([]);
    if (isRow) tables.at(-1)?.push(cellsOf(line, start));
    isWithin = isRow;
    start += line.length + 1;
  }
  return tables;
}

/** A `|` with a backslash before it is one of the cell. */
function cellsOf(line: string, start: number): Row {
  const cells: Cell[] = [];
  let from = line.indexOf('|') + 1;
  for (let at = from; at <= line.length; at += 1) {
    if (at < line.length && line[at] === '\\') at += 1;
    else if (line[at] === '|' || (at === line.length && line.slice(from).trim() !== '')) {
      const content = line.slice(from, at);
      const bare = content.trim();
      const begin = start + from + content.indexOf(bare);
      const text = bare.replaceAll(/[*_`\\]/g, '').trim();
      cells.push({ text, isBold: bare.startsWith('**'), from: begin, to: begin + bare.length });
      from = at + 1;
    }
  }
  return cells;
}

function secretCells(table: readonly Row[]): readonly Cell[] {
  const hasHeading = isRule(table[1]) && !isEmpty(table[0]);
  const [first = [], ...below] = table.filter((row) => !isRule(row) && !isEmpty(row));
  const columns = [...first.entries()]
    .filter(([column, cell]) => isSecretHeading(cell) && (hasHeading || column > 0 || !cell.isBold))
    .map(([column]) => column);
  const rows = hasHeading ? below : [first, ...below];
  return [...below.flatMap((row) => columns.flatMap((column) => row[column] ?? [])), ...rows.flatMap(beside)].filter(
    (cell) => cell.text !== '' && !isSecretHeading(cell),
  );

  function beside(row: Row): readonly Cell[] {
    return row.filter((cell, column) => {
      const heading = row[hasHeading ? 0 : column - 1];
      return column > 0 && heading !== undefined && isSecretHeading(heading) && isShort(cell);
    });
  }
}

function isRule(row: Row | undefined): boolean {
  return row !== undefined && row.length > 0 && row.every(({ text }) => /^:?-+:?$/.test(text));
}

function isEmpty(row: Row | undefined): boolean {
  return row === undefined || row.every(({ text }) => text === '');
}

function isSecretHeading({ text }: Cell): boolean {
  return text.length <= 80 && secretHeading.test(text);
}

function isShort({ text }: Cell): boolean {
  return text.split(/\s+/).length <= valueWords;
}
