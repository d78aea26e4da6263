import { type Block, boxOf, type Item, type List } from './block.ts';
import type { Account } from './context.ts';
import { fencedCode } from './escape.ts';
import { printTable } from './print-table.ts';

/** The blocks as Markdown, apart by blank lines. */
export function printBlocks(blocks: readonly Block[], account: Account): string {
  return print(blocks, { account, isOutermost: true });
}

interface Printing {
  readonly account: Account;
  /** Only there a heading is one of the document; in lists and quotations it is a line in bold. */
  readonly isOutermost: boolean;
}

function print(blocks: readonly Block[], printing: Printing): string {
  let text = '';
  for (const [index, block] of blocks.entries()) {
    const before = blocks[index - 1];
    const printed = printBlock(block, printing, isSecondList(before, block));
    if (printed !== '') text += `${text === '' ? '' : '\n\n'}${printed}`;
  }
  return text;
}

/** Two lists after each other would become one, and the numbers of the second go on from the first. */
function isSecondList(before: Block | undefined, block: Block): boolean {
  return before?.kind === 'list' && block.kind === 'list' && (before.start === null) === (block.start === null);
}

function printBlock(block: Block, printing: Printing, isSecond: boolean): string {
  switch (block.kind) {
    case 'paragraph':
      return block.text;
    case 'heading':
      return printing.isOutermost ? `${'#'.repeat(block.level)} ${block.text}` : `**${block.text}**`;
    case 'code':
      return fencedCode(block.text, block.language);
    case 'list':
      return printList(block, printing.account, isSecond);
    case 'quote':
      return prefixed(print(block.blocks, { ...printing, isOutermost: false }), '> ');
    case 'table':
      return printTable(block, printing.account);
    case 'rule':
      return '---';
  }
}

function prefixed(text: string, prefix: string): string {
  return text.replaceAll(/^.*$/gm, (line) => (line === '' ? prefix.trimEnd() : `${prefix}${line}`));
}

function printList({ start, items }: List, account: Account, isSecond: boolean): string {
  const bullet = isSecond ? '*' : '-';
  const point = isSecond ? ')' : '.';
  return items
    .map((item, index) => printItem(item, `${start === null ? bullet : `${start + index}${point}`} `, account))
    .join('\n');
}

/** What comes below the first line is indented by the width of the marker. A list right below its words stays there. */
function printItem({ isDone, blocks }: Item, marker: string, account: Account): string {
  const parts = blocks.map((block, index) => {
    const isTight = block.kind === 'list' && blocks[index - 1]?.kind === 'paragraph';
    return `${isTight ? '\n' : '\n\n'}${print([block], { account, isOutermost: false })}`;
  });
  const [first = '', ...rest] = parts.join('').trimStart().split('\n');
  const indent = ' '.repeat(marker.length);
  return [`${marker}${boxOf(isDone)}${first}`, ...rest.map((line) => (line === '' ? '' : indent + line))].join('\n');
}
