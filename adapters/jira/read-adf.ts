import { isInline, maxDepth, runsOf } from './read-adf-inline.ts';
import { type AdfNode, nodeOf, nodesOf, type Notes, stringOf, textBelow } from './adf-node.ts';
import { tableLines } from './read-adf-table.ts';
import { fenced, plainRun, writeRuns } from './markdown-text.ts';

/** Headings of a text stand below those of the ticket. */
const headingShift = 2;

/**
 * A document of Jira as CommonMark with GFM tables. Everything of it that is text is kept; what is not read is noted. A
 * plain text, as old answers have it, is taken as it is. Lists nest 50 levels, what is below follows as plain text.
 */
export function adfToMarkdown(document: unknown, notes: Notes): string {
  if (typeof document === 'string') return plainText(document);
  const root = nodeOf(document);
  if (root === null) return '';
  return blocksOf(root.type === 'doc' ? root.content : [root], notes, 0).join('\n');
}

function plainText(text: string): string {
  return text
    .split(/\r?\n[^\S\n]*\r?\n/)
    .map((part) => writeRuns([plainRun(part)], 'text'))
    .filter((part) => part !== '')
    .join('\n\n');
}

interface Reading {
  readonly node: AdfNode;
  readonly notes: Notes;
  readonly depth: number;
}
type Reader = (reading: Reading) => readonly string[];

const inside: Reader = ({ node, notes, depth }) => blocksOf(node.content, notes, depth + 1);
const paragraph: Reader = ({ node, notes, depth }) =>
  linesOf(writeRuns(runsOf(node.content, notes, depth + 1), 'text'));
const alone: Reader = ({ node, notes, depth }) => linesOf(writeRuns(runsOf([node], notes, depth), 'text'));

/** How each block is read. https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/#block-nodes */
const readers: Readonly<Record<string, Reader>> = {
  doc: inside,
  paragraph,
  caption: paragraph,
  heading,
  bulletList: (reading) => list(reading, () => '- '),
  orderedList: (reading) => list(reading, (index) => `${startOf(reading.node) + index}. `),
  listItem: itemLines,
  taskList: (reading) => list(reading, (_, item) => (item.attrs.state === 'DONE' ? '- [x] ' : '- [ ] ')),
  taskItem: paragraph,
  blockTaskItem: itemLines,
  decisionList: (reading) => list(reading, () => '- '),
  decisionItem: paragraph,
  blockquote: (reading) => quoted(inside(reading)),
  panel: (reading) => quoted([...panelTitle(reading.node), ...inside(reading)]),
  rule: () => ['---'],
  codeBlock: ({ node }) => fenced(textOf(node), stringOf(node.attrs.language)),
  table: ({ node, notes, depth }) => tableLines(node, notes, depth),
  tableRow: inside,
  tableCell: inside,
  tableHeader: inside,
  mediaSingle: inside,
  mediaGroup: inside,
  media: alone,
  blockCard: alone,
  embedCard: alone,
  extension: alone,
  expand: titled,
  nestedExpand: titled,
  layoutSection: inside,
  layoutColumn: inside,
  bodiedSyncBlock: inside,
  bodiedExtension: (reading) => unsupported(reading, stringOf(reading.node.attrs.extensionKey)),
  // what it shows stands in another document, under that one's rights
  syncBlock: (reading) => unsupported(reading, 'syncBlock'),
};

/** Blocks with an empty line between them. */
function blocksOf(content: readonly unknown[], notes: Notes, depth: number): readonly string[] {
  return joined(partsOf(content, notes, depth), () => true);
}

interface Part {
  readonly node: AdfNode;
  readonly lines: readonly string[];
}

/** Inline nodes that stand among the blocks are a paragraph. */
function partsOf(content: readonly unknown[], notes: Notes, depth: number): readonly Part[] {
  const node: AdfNode = { type: 'paragraph', text: '', attrs: {}, content, marks: [] };
  if (depth > maxDepth) return [{ node, lines: linesOf(writeRuns([plainRun(textBelow(content))], 'text')) }];
  return grouped(nodesOf(content)).map((one) => {
    const read = Object.hasOwn(readers, one.type) ? readers[one.type] : undefined;
    return { node: one, lines: (read ?? unknown)({ node: one, notes, depth }) };
  });
}

function joined(parts: readonly Part[], isApart: (before: Part, part: Part) => boolean): readonly string[] {
  const lines: string[] = [];
  let before: Part | null = null;
  for (const part of parts.filter((one) => one.lines.length > 0)) {
    if (before !== null && isApart(before, part)) lines.push('');
    for (const line of part.lines) lines.push(line);
    before = part;
  }
  return lines;
}

/** A list that belongs to an item follows it closely: else all items would stand apart. One that begins elsewhere than with 1 cannot. */
function itemLines({ node, notes, depth }: Reading): readonly string[] {
  return joined(partsOf(node.content, notes, depth + 1), (before, part) => {
    const isList = part.node.type.endsWith('List') && startOf(part.node) === 1;
    return !isList || before.node.type !== 'paragraph';
  });
}

function grouped(nodes: readonly AdfNode[]): readonly AdfNode[] {
  const groups: AdfNode[] = [];
  let stray: AdfNode[] = [];
  const end = () => {
    if (stray.length > 0) groups.push({ type: 'paragraph', text: '', attrs: {}, content: stray, marks: [] });
    stray = [];
  };
  for (const node of nodes) {
    if (isInline(node)) stray.push(node);
    else {
      end();
      groups.push(node);
    }
  }
  end();
  return groups;
}

function unknown(reading: Reading): readonly string[] {
  return unsupported(reading, reading.node.type);
}

function unsupported(reading: Reading, what: string): readonly string[] {
  const { node, notes } = reading;
  notes.gap('unsupported', what || node.type);
  const own = linesOf(writeRuns([plainRun(node.text || stringOf(node.attrs.text))], 'text'));
  const below = inside(reading);
  return own.length > 0 && below.length > 0 ? [...own, '', ...below] : [...own, ...below];
}

function heading({ node, notes, depth }: Reading): readonly string[] {
  const text = writeRuns(runsOf(node.content, notes, depth + 1), 'line');
  const { level } = node.attrs;
  const own = typeof level === 'number' && level >= 1 ? Math.floor(level) : 1;
  return text === '' ? [] : [`${'#'.repeat(Math.min(6, own + headingShift))} ${text}`];
}

function list(reading: Reading, markOf: (index: number, item: AdfNode) => string): readonly string[] {
  const { node, notes, depth } = reading;
  const lines: string[] = [];
  let index = 0;
  for (const item of nodesOf(node.content)) {
    const block = blocksOf([item], notes, depth + 1);
    // a list in a task list stands beside the item it belongs to
    const isNested = item.type === node.type;
    const mark = isNested ? '  ' : markOf(index, item);
    if (!isNested) index += 1;
    for (const [at, line] of (block.length === 0 ? [''] : block).entries()) {
      lines.push(`${at === 0 ? mark : ' '.repeat(isNested ? 2 : bulletWidth(mark))}${line}`.trimEnd());
    }
  }
  return lines;
}

/** A task's box is text of the item: what belongs to it is indented as far as the text. */
function bulletWidth(mark: string): number {
  return mark.startsWith('- [') ? 2 : mark.length;
}

function startOf({ attrs }: AdfNode): number {
  const { order } = attrs;
  return typeof order === 'number' && Number.isSafeInteger(order) && order >= 0 && order < 1e8 ? order : 1;
}

function quoted(lines: readonly string[]): readonly string[] {
  return lines.map((line) => (line === '' ? '>' : `> ${line}`));
}

const panelTitles: Readonly<Record<string, string>> = {
  info: 'Info',
  note: 'Note',
  tip: 'Tip',
  warning: 'Warning',
  error: 'Error',
  success: 'Success',
};

function panelTitle({ attrs }: AdfNode): readonly string[] {
  const type = stringOf(attrs.panelType);
  const title = Object.hasOwn(panelTitles, type) ? panelTitles[type] : undefined;
  return title === undefined ? [] : [`**${title}:**`, ''];
}

/** The title is often the question, and what it opens the answer. */
function titled(reading: Reading): readonly string[] {
  const title = stringOf(reading.node.attrs.title);
  const written = title === '' ? '' : writeRuns([{ ...plainRun(title), strong: true }], 'line');
  const below = inside(reading);
  if (written === '') return below;
  return below.length === 0 ? [written] : [written, '', ...below];
}

function textOf({ content }: AdfNode): string {
  return nodesOf(content)
    .map((node) => (node.type === 'hardBreak' ? '\n' : node.text))
    .join('');
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split('\n');
}
