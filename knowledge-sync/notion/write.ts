import { safeUrl, writeRuns, writeText } from './inline.ts';
import type { Item, Part, Row, Run } from './part.ts';

/** Deeper than people write. What is below comes at this depth. */
const maxDepth = 50;
/** As much as a document may have: about a thousand printed pages. */
const maxCharacters = 2_000_000;

/** What is written so far. */
interface Page {
  readonly lines: string[];
  length: number;
  isFull: boolean;
}
/** Where it goes on: `prefix` begins each line, `first` the next one only, as the mark of a list does. */
interface Place {
  readonly prefix: string;
  readonly first: string;
  readonly depth: number;
}

/**
 * Writes parts as CommonMark with GFM tables. Lists nest by indentation up to 50 levels; a toggle is its title in bold
 * and what is below it, because its title is often the question and the rest the answer. Ends after two million
 * characters (`isFull`).
 */
export function writeMarkdown(parts: readonly Part[]): { markdown: string; isFull: boolean } {
  const page: Page = { lines: [], length: 0, isFull: false };
  writeParts(page, parts, { prefix: '', first: '', depth: 0 });
  const text = page.lines.join('\n').replaceAll(/^\n+|\n+$/g, '');
  return { markdown: text === '' ? '' : `${text}\n`, isFull: page.isFull };
}

function writeParts(page: Page, parts: readonly Part[], place: Place): void {
  let number = 0;
  let before: Part | null = null;
  let { first } = place;
  for (const part of parts) {
    if (page.isFull) return;
    const tight = before !== null && isSameList(before, part);
    if (part.kind === 'item') number = part.start ?? (tight ? number + 1 : 1);
    const from = page.lines.length;
    if (before !== null && !tight) blank(page, place.prefix);
    const begun = page.lines.length;
    writePart(page, part, { ...place, first, number });
    if (page.lines.length > begun) {
      before = part;
      first = place.prefix;
    } else page.lines.length = from;
  }
}

/** Items of one list stand close; a numbering that begins anew is another list. */
function isSameList(one: Part, other: Part): boolean {
  if (one.kind !== 'item' || other.kind !== 'item') return false;
  return (one.mark === 'number') === (other.mark === 'number') && other.start === null;
}

type Numbered = Place & { readonly number: number };

function writePart(page: Page, part: Part, place: Numbered): void {
  if (part.kind === 'item') writeItem(page, part, place);
  else if (part.kind === 'quote') writeQuote(page, part, place);
  else if (part.kind === 'group') writeParts(page, part.children, place);
  else if (part.kind === 'paragraph' || part.kind === 'heading' || part.kind === 'toggle') {
    writeTitled(page, { text: titleOf(part), children: part.children }, place);
  } else writeLeaf(page, part, place);
}

type Titled = Extract<Part, { kind: 'paragraph' | 'heading' | 'toggle' }>;
type Leaf = Exclude<Part, Titled | Item | { kind: 'quote' | 'group' }>;

function titleOf(part: Titled): string {
  if (part.kind === 'heading') return headingLine(part.level, part.text);
  return writeRuns(part.kind === 'toggle' ? part.text.map((run) => ({ ...run, bold: true })) : part.text);
}

function writeLeaf(page: Page, part: Leaf, place: Place): void {
  switch (part.kind) {
    case 'code': {
      put(page, fenced(part.code, part.language), place);
      const caption = writeRuns(part.caption);
      if (caption === '') return;
      blank(page, place.prefix);
      put(page, caption, { ...place, first: place.prefix });
      return;
    }
    case 'table':
      put(page, table(part), place);
      return;
    case 'divider':
      put(page, '---', place);
      return;
    case 'resource':
      put(page, resourceLine(part), place);
      return;
    // A child is written as a link, a gap is counted.
    case 'child':
    case 'gap':
  }
}

/** A text and what is below it, which stands on the same level: indented it would be code. */
function writeTitled(page: Page, { text, children }: { text: string; children: readonly Part[] }, place: Place): void {
  if (text === '') {
    writeParts(page, children, place);
    return;
  }
  put(page, text, place);
  if (children.length === 0) return;
  blank(page, place.prefix);
  const begun = page.lines.length;
  writeParts(page, children, { ...place, first: place.prefix });
  if (page.lines.length === begun) page.lines.pop();
}

function headingLine(level: number, text: readonly Run[]): string {
  const written = writeRuns(text, 'line');
  // A number sign at the end would be taken for the heading's own.
  return written === ''
    ? ''
    : `${'#'.repeat(Math.min(6, Math.max(1, level)))} ${written.replace(/#$/, String.raw`\#`)}`;
}

function writeItem(page: Page, item: Item, place: Numbered): void {
  const marks = { bullet: '- ', number: `${Math.min(place.number, 999_999_999)}. `, open: '- ', done: '- ' };
  const mark = marks[item.mark];
  const box = { bullet: '', number: '', open: '[ ] ', done: '[x] ' }[item.mark];
  const text = box + writeRuns(item.text);
  const below = place.prefix + ' '.repeat(mark.length);
  const inner = { prefix: place.depth >= maxDepth ? place.prefix : below, depth: place.depth + 1 };
  const children = item.children.filter(({ kind }) => kind !== 'gap');
  // An item may not begin with an empty line: what is below it then takes its place.
  if (text === '' && children.length > 0 && place.depth < maxDepth) {
    writeParts(page, children, { ...inner, first: place.first + mark });
    return;
  }
  put(page, text, { prefix: below, first: place.first + mark });
  if (children.length === 0) return;
  if (children[0]?.kind !== 'item') blank(page, inner.prefix);
  writeParts(page, children, { ...inner, first: inner.prefix });
}

function writeQuote(page: Page, part: Extract<Part, { kind: 'quote' }>, place: Place): void {
  const deep = place.depth >= maxDepth;
  const prefix = deep ? place.prefix : `${place.prefix}> `;
  const first = deep ? place.first : `${place.first}> `;
  const text = [part.icon, writeRuns(part.text)].filter((piece) => piece !== '').join(' ');
  writeTitled(page, { text, children: part.children }, { ...place, prefix, first, depth: place.depth + 1 });
}

function fenced(code: string, language: string): string {
  const text = code.toWellFormed().replaceAll(/\r\n?/g, '\n').replaceAll('\0', '');
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const info = language === 'plain text' ? '' : language.replaceAll(/[^\w+#.-]+/g, '-').slice(0, 40);
  return `${fence}${info}\n${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${fence}`;
}

function table({ rows, headerRow, headerColumn }: Extract<Part, { kind: 'table' }>): string {
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (width === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const written = rows.map((row, index) =>
    line(cellsOf(row, { width, headerColumn: headerColumn && !(headerRow && index === 0) })),
  );
  // GFM has no table without a head.
  if (!headerRow) written.unshift(line(Array.from({ length: width }, () => ' ')));
  return [written[0], line(Array.from({ length: width }, () => '---')), ...written.slice(1)].join('\n');
}

function cellsOf(row: Row, { width, headerColumn }: { width: number; headerColumn: boolean }): readonly string[] {
  return Array.from({ length: width }, (_, column) => {
    const runs = row[column] ?? [];
    return writeRuns(headerColumn && column === 0 ? runs.map((run) => ({ ...run, bold: true })) : runs, 'cell');
  });
}

function resourceLine({ name, url, caption }: Extract<Part, { kind: 'resource' }>): string {
  const address = safeUrl(url);
  const said = writeRuns(caption, 'line');
  const label = writeText(name);
  if (address === null) return [label, said].filter((piece) => piece !== '').join(': ');
  const link = label === '' ? `<${address}>` : `[${label}](${address})`;
  return said === '' ? link : `${link}: ${said}`;
}

function put(page: Page, text: string, { prefix, first }: Pick<Place, 'prefix' | 'first'>): void {
  if (text === '' && first === prefix) return;
  for (const [index, line] of text.split('\n').entries()) {
    const whole = (index === 0 ? first : prefix) + line;
    page.length += whole.length + 1;
    if (page.length > maxCharacters) {
      page.isFull = true;
      return;
    }
    page.lines.push(line === '' ? whole.trimEnd() : whole);
  }
}

function blank(page: Page, prefix: string): void {
  const line = prefix.trimEnd();
  page.length += line.length + 1;
  page.lines.push(line);
}
