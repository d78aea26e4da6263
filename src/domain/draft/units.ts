import { lookOf, withoutMarks } from './plain-text.ts';

/** A paragraph, an item of a list, a row of a table, a line of code. */
export interface Unit {
  readonly kind: 'paragraph' | 'item' | 'row' | 'code';
  /** Place in a numbered list, and which list of the passage; null: in none. */
  readonly step: { readonly list: number; readonly number: number } | null;
  /** Without Markdown's marks. */
  readonly text: string;
  /** What introduces it: the paragraph before its list, the head of its table. */
  readonly lead: string;
}

const FENCE = /^\s*(?:```|~~~)/;
const ITEM = /^\s*(?:[-*+•]|(\d{1,3})[.)])\s+/;

interface Reading {
  readonly units: Unit[];
  list: number;
  isCode: boolean;
  isOpen: boolean;
  lead: string;
  head: string | null;
}

/** Takes Markdown apart into what can be quoted and said one by one, in order. */
export function unitsOf(markdown: string): readonly Unit[] {
  const reading: Reading = { units: [], list: 0, isCode: false, isOpen: false, lead: '', head: null };
  const lines = lookOf(markdown)
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n');
  for (const line of lines) readLine(line, reading);
  return reading.units.filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
}

function readLine(line: string, reading: Reading): void {
  if (FENCE.test(line)) {
    reading.isCode = !reading.isCode;
    reading.isOpen = false;
  } else if (reading.isCode) add(reading, line.trim(), { kind: 'code', step: null });
  else if (line.trim() === '') reading.isOpen = false;
  else if (/^\s*\|/.test(line)) readRow(line, reading);
  else readText(line, reading);
}

function readRow(line: string, reading: Reading): void {
  reading.isOpen = false;
  if (/^[\s|:-]+$/.test(line)) return;
  const text = withoutMarks(
    line
      .trim()
      .replace(/^\||\|$/g, '')
      .replaceAll('|', ' | ')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  );
  const lead = reading.head === null ? reading.lead : `${reading.lead}\n${reading.head}`;
  reading.units.push({ kind: 'row', step: null, text, lead });
  reading.head ??= text;
}

function readText(line: string, reading: Reading): void {
  reading.head = null;
  const item = ITEM.exec(line);
  const last = reading.units.at(-1);
  if (item !== null) {
    readItem(line.slice(item[0].length), item[1] === undefined ? null : Number(item[1]), reading);
  } else if (last !== undefined && isContinued(line, last, reading)) {
    const text = `${last.text} ${withoutMarks(line.trim())}`;
    reading.units[reading.units.length - 1] = { ...last, text };
    if (last.kind === 'paragraph') reading.lead = text;
  } else {
    add(reading, line.replace(/^\s*(?:#{1,6}|>)\s*/, ''), { kind: 'paragraph', step: null });
    reading.lead = reading.units.at(-1)?.text ?? '';
  }
  reading.isOpen = true;
}

function readItem(text: string, number: number | null, reading: Reading): void {
  // numbers that begin anew begin another list
  if (number !== null && number <= (reading.units.at(-1)?.step?.number ?? Infinity)) reading.list += 1;
  add(reading, text, { kind: 'item', step: number === null ? null : { list: reading.list, number } });
}

function isContinued(line: string, last: Unit, { isOpen }: Reading): boolean {
  return isOpen || (last.kind === 'item' && /^\s{2,}\S/.test(line));
}

function add(reading: Reading, text: string, { kind, step }: Pick<Unit, 'kind' | 'step'>): void {
  const lead = kind === 'paragraph' ? '' : reading.lead;
  reading.units.push({ kind, step, text: kind === 'code' ? text : withoutMarks(text.trim()), lead });
}
