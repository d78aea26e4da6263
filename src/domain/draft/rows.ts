import type { Evidence } from './evidence.ts';
import { isAkinToAny, stemsOf } from './likeness.ts';

/** Of a row's own words so many are said when it is spoken of. */
const LEAST_SAID = 0.5;

/** A row's words that no other row that is quoted has: of what it begins with, and of its other cells. */
interface Row {
  readonly head: readonly string[];
  readonly name: readonly string[];
  readonly own: readonly string[];
}

type Likeness = (stem: string, said: readonly string[]) => boolean;

const isAmong: Likeness = (stem, said) => said.includes(stem);

/** Whether of two rows that are quoted the one's cells are said of what the other begins with. */
export function hasMixedRows(sentence: string, { units }: Evidence): boolean {
  const rows = rowsOf(units.filter(({ unit }) => unit.kind === 'row').map(({ unit }) => unit.text));
  const said = stemsOf(sentence);
  if (rows.length < 2) return false;
  const isSaid = (stems: readonly string[], isLike: Likeness) => shareIn(stems, said, isLike) >= LEAST_SAID;
  const opening = rows.find(({ head }) => head.length > 0 && head.every((stem, at) => said[at] === stem));
  // who begins with one row's name speaks of that row, whatever is said in the cells of another
  const isOtherOpened = opening !== undefined && !isSaid(opening.own, isAkinToAny);
  const named = rows.filter((row) => isSaid(row.name, isAmong));
  return rows.some((row) => {
    if (!isSaid(row.own, isAkinToAny)) return false;
    if (isOtherOpened && opening !== row) return true;
    const isOtherNamed = named.some((other) => other !== row);
    return row.name.length > 0 && !isSaid(row.name, isOtherNamed ? isAmong : isAkinToAny);
  });
}

/** A cell that says yes or no, and then under which condition. */
const QUALIFIED = /^(yes|no|allowed|not allowed|possible|free|always|never)\b[,;:]?\s+(.+)$/i;

/** Whether of a row's "yes, through the desktop client" only the yes is said. */
export function isCellCut(sentence: string, { units }: Evidence): boolean {
  const said = stemsOf(sentence);
  const rows = units.filter(({ unit }) => unit.kind === 'row').map(({ unit }) => unit.text.split(' | '));
  return rows.some(([head = '', ...cells]) => {
    const isNamed = shareIn(stemsOf(head), said, isAmong) >= LEAST_SAID;
    return isNamed && cells.some((cell) => isHalfSaid(cell, said));
  });
}

function isHalfSaid(cell: string, said: readonly string[]): boolean {
  const [, verdict, condition] = QUALIFIED.exec(cell.trim()) ?? [];
  if (verdict === undefined || condition === undefined) return false;
  const isJudged = stemsOf(verdict).every((stem) => said.includes(stem));
  return isJudged && shareIn(stemsOf(condition), said, isAkinToAny) === 0;
}

function rowsOf(texts: readonly string[]): readonly Row[] {
  const rows = texts.map((text) => text.split(' | ').map(stemsOf));
  const having = new Map<string, number>();
  for (const row of rows) for (const stem of new Set(row.flat())) having.set(stem, (having.get(stem) ?? 0) + 1);
  const isOwn = (stem: string) => having.get(stem) === 1;
  return rows.map(([head = [], ...cells]) => ({
    head,
    name: head.filter(isOwn),
    own: cells.flat().filter(isOwn),
  }));
}

function shareIn(stems: readonly string[], said: readonly string[], isLike: Likeness): number {
  if (stems.length === 0) return 0;
  return stems.filter((stem) => isLike(stem, said)).length / stems.length;
}
