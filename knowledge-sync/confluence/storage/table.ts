import type { Block, Cell, Row, Table } from './block.ts';
import { type Context, deeper } from './context.ts';
import { childElements, type XmlElement, type XmlNode } from './xml.ts';

/** More columns than any screen shows; a span that says more is a mistake or a trap. */
const maxSpan = 100;
const maxRowSpan = 1_000;

/** The table's rows, wherever between head, body and foot they stand; null when there is none with a cell. */
export function tableOf(
  table: XmlElement,
  toBlocks: (nodes: readonly XmlNode[], context: Context) => readonly Block[],
  context: Context,
): Table | null {
  const within = deeper(deeper(context));
  const rows = rowsOf(table, false).map(({ row, isInHead }) => {
    const cells = childElements(row)
      .filter(({ name }) => name === 'td' || name === 'th')
      .map((cell): Cell => {
        const { attributes, children, name } = cell;
        return {
          isHeader: name === 'th',
          columnSpan: spanOf(attributes.colspan, maxSpan),
          rowSpan: spanOf(attributes.rowspan, maxRowSpan),
          blocks: toBlocks(children, within),
        };
      });
    return { isHeader: isInHead || cells.every(({ isHeader }) => isHeader), cells };
  });
  const filled: readonly Row[] = rows.filter(({ cells }) => cells.length > 0);
  if (filled.some(({ cells }) => cells.length > maxSpan))
    context.account.addGap('truncated', 'table columns beyond 100');
  return filled.length === 0 ? null : { kind: 'table', rows: filled };
}

interface FoundRow {
  readonly row: XmlElement;
  readonly isInHead: boolean;
}

function rowsOf(element: XmlElement, isInHead: boolean): readonly FoundRow[] {
  return childElements(element).flatMap((child): readonly FoundRow[] => {
    if (child.name === 'tr') return [{ row: child, isInHead }];
    return /^t(?:head|body|foot)$/.test(child.name) ? rowsOf(child, child.name === 'thead') : [];
  });
}

function spanOf(written: string | undefined, most: number): number {
  const span = Number(written ?? 1);
  return Number.isInteger(span) && span > 1 ? Math.min(span, most) : 1;
}
