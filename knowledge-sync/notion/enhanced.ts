import { parseTag, readInline } from './enhanced-inline.ts';
import { contained, image, isClosing, leafTag, openedBy, type TagContext } from './enhanced-tags.ts';
import { gapPart, type Item, type Part, type Row, type Run } from './part.ts';

export type EnhancedContext = TagContext;

interface Text {
  readonly lines: readonly string[];
  at: number;
  depth: number;
}

/** People nest some levels; what is deeper is read as if it stood at this one. */
const maxDepth = 300;
/** A document has no more text (see write.ts), and reading this much takes about a second. */
const maxCharacters = 2_000_000;

/**
 * Reads Notion's Markdown: CommonMark's blocks, one line each, nested by tabs, and tags for what Markdown has not.
 * https://developers.notion.com/guides/data-apis/enhanced-markdown
 */
export function readEnhanced(markdown: string, context: EnhancedContext): readonly Part[] {
  const source = markdown.slice(0, maxCharacters);
  const text: Text = { lines: source.replaceAll(/\r\n?/g, '\n').split('\n'), at: 0, depth: 0 };
  const parts: Part[] = [];
  while (text.at < text.lines.length) {
    parts.push(...blocks(text, 0, context));
    // A closing tag that nothing opened.
    text.at += 1;
  }
  return source.length < markdown.length ? [...parts, gapPart('truncated', 'text')] : parts;
}

/** Blocks up to a line that is less indented, or closes what they stand in; that line is not taken. */
function blocks(text: Text, indent: number, context: EnhancedContext): readonly Part[] {
  const parts: Part[] = [];
  while (text.at < text.lines.length) {
    const line = text.lines[text.at] ?? '';
    const content = line.trim();
    if (content === '') {
      text.at += 1;
      continue;
    }
    if (tabsOf(line) < indent || isClosing(content)) break;
    const before = text.at;
    parts.push(...block({ text, content, indent: tabsOf(line), context, last: parts.at(-1) }));
    if (text.at === before) text.at += 1;
  }
  return parts;
}

function tabsOf(line: string): number {
  return /^\t*/.exec(line)?.[0].length ?? 0;
}

interface At {
  readonly text: Text;
  readonly content: string;
  readonly indent: number;
  readonly context: EnhancedContext;
  readonly last: Part | undefined;
}

function block(at: At): readonly Part[] {
  const { content, context } = at;
  if (/^(?:`{3,}|~{3,})/.test(content)) return fencedCode(at);
  if (content.startsWith('$$')) return equation(at);
  if (/^<table(?:\s[^<>]*)?>/.test(content)) return table(at);
  if (content.startsWith('|')) return pipeTable(at);
  const opened = openedBy(content);
  if (opened !== null) return container(at, opened);
  at.text.at += 1;
  return leafTag(content, context) ?? image(content, context) ?? line(at, withoutAttributes(content));
}

/** Lines of text by the mark in front of them; what the mark leaves is the text. */
const marks: readonly (readonly [RegExp, (at: At, found: RegExpExecArray) => Part])[] = [
  [/^-{3,}$/, () => ({ kind: 'divider' })],
  [
    /^(#{1,6})\s+(.*)$/,
    (at, [, signs = '', text]) => ({ kind: 'heading', level: Math.min(4, signs.length), ...nested(at, text) }),
  ],
  [/^>\s?(.*)$/, (at, [, text]) => ({ kind: 'quote', icon: '', ...nested(at, text) })],
  [
    /^[-*+]\s+\[([ xX])\](?:\s+(.*))?$/,
    (at, [, box, text]) => ({ kind: 'item', mark: box === ' ' ? 'open' : 'done', start: null, ...nested(at, text) }),
  ],
  [/^[-*+](?:\s+(.*))?$/, (at, [, text]) => ({ kind: 'item', mark: 'bullet', start: null, ...nested(at, text) })],
  [
    /^(\d{1,9})[.)](?:\s+(.*))?$/,
    (at, [, number, text]) => ({
      kind: 'item',
      mark: 'number',
      start: startOf(at, Number(number)),
      ...nested(at, text),
    }),
  ],
];

function line(at: At, content: string): readonly Part[] {
  for (const [mark, read] of marks) {
    const found = mark.exec(content);
    if (found !== null) return [read(at, found)];
  }
  return [{ kind: 'paragraph', ...nested(at, content) }];
}

/** The text of a line, and what is indented below it. */
function nested(at: At, content: string | undefined): { text: readonly Run[]; children: readonly Part[] } {
  return { text: inline(at, content), children: below(at) };
}

function startOf({ last }: At, number: number): Item['start'] {
  const goesOn = last?.kind === 'item' && last.mark === 'number';
  return goesOn || number === 1 ? null : number;
}

function inline({ context }: At, content = ''): readonly Run[] {
  return readInline(content.trim(), context);
}

function below({ text, indent, context }: At): readonly Part[] {
  return inside(text, () => blocks(text, indent + 1, context));
}

/** Beyond the depth nothing is taken for a child: the caller meets it again as its own sibling. */
function inside(text: Text, read: () => readonly Part[]): readonly Part[] {
  if (text.depth >= maxDepth) return [];
  text.depth += 1;
  const parts = read();
  text.depth -= 1;
  return parts;
}

/** `{color="blue" toggle="true"}` at the end; braces of the text itself are escaped. */
function withoutAttributes(content: string): string {
  return content.replace(/\s*(?<!\\)\{(?:[\w-]+="[^"{}]*"\s*)+\}$/, '');
}

function fencedCode({ text, content, indent }: At): readonly Part[] {
  const [, fence = '```', info = ''] = /^(`{3,}|~{3,})\s*(.*)$/.exec(content) ?? [];
  const code: string[] = [];
  for (text.at += 1; text.at < text.lines.length; text.at += 1) {
    const raw = text.lines[text.at] ?? '';
    if (raw.trim() === fence && tabsOf(raw) <= indent) break;
    code.push(raw.replace(new RegExp(`^\\t{0,${indent}}`), ''));
  }
  text.at += 1;
  return [{ kind: 'code', language: withoutAttributes(info).trim(), code: code.join('\n'), caption: [] }];
}

function equation({ text, content, indent }: At): readonly Part[] {
  const [, whole] = /^\$\$(.+?)\$\$/.exec(content) ?? [];
  text.at += 1;
  if (whole !== undefined) return [{ kind: 'code', language: 'math', code: whole.trim(), caption: [] }];
  const rows: string[] = content === '$$' ? [] : [content.slice(2)];
  for (; text.at < text.lines.length; text.at += 1) {
    const row = text.lines[text.at] ?? '';
    if (row.trim().startsWith('$$')) break;
    rows.push(row.replace(new RegExp(`^\\t{0,${indent}}`), ''));
  }
  text.at += 1;
  return [{ kind: 'code', language: 'math', code: rows.join('\n'), caption: [] }];
}

function table(at: At): readonly Part[] {
  const { text, context } = at;
  const from = text.at;
  while (text.at < text.lines.length && !(text.lines[text.at] ?? '').trimEnd().endsWith('</table>')) text.at += 1;
  text.at += 1;
  const source = text.lines.slice(from, text.at).join('\n');
  const tag = parseTag(/^\s*<table[^<>]*>/.exec(source)?.[0].trim() ?? '');
  const rows = source.split('</tr>').map((part): Row => {
    const cells = part.matchAll(/<t[dh](?:\s[^<>]*?)?(?:\/>|>([^]*?)<\/t[dh]>)/g);
    return Array.from(cells, ([, cell = '']) => readInline(cell.trim(), context));
  });
  const [headerRow, headerColumn] = ['header-row', 'header-column'].map((name) => tag?.attributes.get(name) === 'true');
  const filled = rows.filter((row) => row.length > 0);
  if (filled.length === 0) return [];
  return [{ kind: 'table', headerRow: headerRow === true, headerColumn: headerColumn === true, rows: filled }];
}

/** GFM's own tables, should they come. */
function pipeTable({ text, context }: At): readonly Part[] {
  const rows: Row[] = [];
  let headerRow = false;
  for (; (text.lines[text.at] ?? '').trim().startsWith('|'); text.at += 1) {
    const cells = (text.lines[text.at] ?? '')
      .trim()
      .replace(/^\||(?<!\\)\|$/g, '')
      .split(/(?<!\\)\|/);
    if (cells.every((cell) => /^\s*:?-+:?\s*$/.test(cell))) headerRow = rows.length === 1;
    else rows.push(cells.map((cell) => readInline(cell.trim(), context)));
  }
  return [{ kind: 'table', headerRow, headerColumn: false, rows }];
}

/** What opens and closes: `<callout …>` to `</callout>`, also on one line, and `::: callout` to `:::`. */
function container(at: At, { tag, rest }: NonNullable<ReturnType<typeof openedBy>>): readonly Part[] {
  const { text, context } = at;
  text.at += 1;
  if (tag.selfCloses) return contained(tag, [], context);
  const end = `</${tag.name}>`;
  if (rest.endsWith(end)) return contained(tag, oneLine(at, rest.slice(0, -end.length)), context);
  const children = [...oneLine(at, rest), ...inside(text, () => blocks(text, 0, context))];
  if (isClosing((text.lines[text.at] ?? '').trim())) text.at += 1;
  return contained(tag, children, context);
}

function oneLine(at: At, content: string): readonly Part[] {
  const text = inline(at, content);
  return text.length === 0 ? [] : [{ kind: 'paragraph', text, children: [] }];
}
