import { isInline, maxDepth, runsOf } from './read-adf-inline.ts';
import { type AdfNode, nodesOf, type Notes, stringOf, textBelow } from './adf-node.ts';
import { plainRun, writeRuns } from './markdown-text.ts';

/** More columns are not shown as a table by anything. */
const maxColumns = 60;

interface Cell {
  readonly text: string;
  readonly isHeader: boolean;
  readonly colspan: number;
  readonly rowspan: number;
}

/**
 * A table as GFM writes it: one line a row. What stands in a cell is written on one line, its blocks with ` / ` between
 * them. A cell over several columns or rows stands in the first, the others are empty. Without a row of headings, the
 * heading is empty.
 */
export function tableLines(table: AdfNode, notes: Notes, depth: number): readonly string[] {
  const rows = nodesOf(table.content).map((row) => nodesOf(row.content).map((cell) => cellOf(cell, notes, depth + 2)));
  const grid = spread(rows);
  const width = Math.max(0, ...grid.map((row) => row.length));
  if (width === 0) return [];
  const [first = []] = rows;
  const hasHeading = first.length > 0 && first.every(({ isHeader }) => isHeader);
  const [heading, body] = hasHeading ? [first.flatMap(headingTexts), grid.slice(1)] : [[], grid];
  return [heading, Array.from({ length: width }, () => '---'), ...body].map((row) => lineOf(row, width));
}

function cellOf(cell: AdfNode, notes: Notes, depth: number): Cell {
  return {
    text: partsOf(cell.content, notes, depth).join(' / '),
    isHeader: cell.type === 'tableHeader',
    colspan: spanOf(cell.attrs.colspan),
    rowspan: spanOf(cell.attrs.rowspan),
  };
}

function spanOf(span: unknown): number {
  return typeof span === 'number' && span >= 1 ? Math.min(maxColumns, Math.floor(span)) : 1;
}

/** The rows with an empty text in each place that a cell reaches into. */
function spread(rows: readonly (readonly Cell[])[]): readonly (readonly string[])[] {
  let reached: number[] = [];
  return rows.map((row) => {
    const texts: string[] = [];
    const below: number[] = [];
    const skip = () => {
      while ((reached[texts.length] ?? 0) > 0) {
        below[texts.length] = (reached[texts.length] ?? 0) - 1;
        texts.push('');
      }
    };
    for (const cell of row) {
      skip();
      for (let column = 0; column < cell.colspan; column += 1) {
        below[texts.length] = cell.rowspan - 1;
        texts.push(column === 0 ? bold(cell, texts.length) : '');
      }
    }
    skip();
    reached = below;
    return texts;
  });

  /** A heading beside the rows; that above them is the table's own. */
  function bold({ text, isHeader }: Cell, column: number): string {
    return isHeader && column === 0 && !text.includes('*') && text !== '' ? `**${text}**` : text;
  }
}

function headingTexts({ text, colspan }: Cell): readonly string[] {
  return Array.from({ length: colspan }, (_, column) => (column === 0 ? text : ''));
}

function lineOf(texts: readonly string[], width: number): string {
  return `| ${Array.from({ length: width }, (_, column) => texts[column] ?? '').join(' | ')} |`;
}

/** The blocks of a cell, each on one line. */
function partsOf(content: readonly unknown[], notes: Notes, depth: number): readonly string[] {
  if (depth > maxDepth) return filled([writeRuns([plainRun(textBelow(content))], 'cell')]);
  const nodes = nodesOf(content);
  if (nodes.length > 0 && nodes.every(isInline)) return filled([writeRuns(runsOf(nodes, notes, depth), 'cell')]);
  return nodes.flatMap((node) => partOf(node, notes, depth));
}

function partOf(node: AdfNode, notes: Notes, depth: number): readonly string[] {
  if (node.type === 'codeBlock') return filled([codeOf(node)]);
  if (leaves.has(node.type)) return filled([writeRuns(runsOf([node], notes, depth), 'cell')]);
  const below = partsOf(node.content, notes, depth + 1);
  if (tasks.has(node.type)) return below.map((text) => `${node.attrs.state === 'DONE' ? '☑' : '☐'} ${text}`);
  if (!known.has(node.type)) notes.gap('unsupported', stringOf(node.attrs.extensionKey) || node.type);
  return [...filled([writeRuns(ownText(node), 'cell')]), ...below];
}

function codeOf({ content }: AdfNode): string {
  const code = nodesOf(content)
    .map(({ text }) => text)
    .join('');
  return writeRuns([{ ...plainRun(code.trim().replaceAll(/[^\S\n]*\n\s*/g, ' / ')), code: true }], 'cell');
}

/** The title of what can be opened; of what is not known, its text. */
function ownText({ type, text, attrs }: AdfNode) {
  return [plainRun(text || stringOf(known.has(type) ? attrs.title : attrs.text))];
}

const leaves = new Set(['media', 'blockCard', 'embedCard', 'extension']);
const tasks = new Set(['taskItem', 'blockTaskItem']);

const known = new Set(
  'paragraph heading bulletList orderedList listItem taskList decisionList decisionItem blockquote panel rule mediaSingle mediaGroup caption table tableRow tableCell tableHeader layoutSection layoutColumn bodiedSyncBlock expand nestedExpand text'.split(
    ' ',
  ),
);

function filled(texts: readonly string[]): readonly string[] {
  return texts.filter((text) => text !== '');
}
