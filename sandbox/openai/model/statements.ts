import { type BlockKind, blocksOf } from './blocks.ts';
import { plainOf } from './plain-text.ts';

/** One thing that a passage says. */
export interface Statement {
  /** Verbatim from the passage. */
  readonly quote: string;
  /** The same to be read: without marks, commands between backticks. */
  readonly text: string;
  readonly kind: 'sentence' | 'step' | 'point' | 'row' | 'command';
  /** Which paragraph, list or table of the passage it is of. */
  readonly block: number;
}

/** What a Markdown text says, in order; headings say nothing. */
export function statementsOf(markdown: string): Statement[] {
  return blocksOf(markdown).flatMap((block, index) => readers[block.kind](block.lines, index));
}

const readers: Readonly<Record<BlockKind, (lines: readonly string[], block: number) => Statement[]>> = {
  paragraph: (lines, block) => sentencesOf(lines.join('\n')).map((quote) => statement(quote, 'sentence', block)),
  steps: (lines, block) => itemsOf(lines).flatMap((item) => itemStatements(item, 'step', block)),
  points: (lines, block) => itemsOf(lines).flatMap((item) => itemStatements(item, 'point', block)),
  table: (lines, block) =>
    lines
      .slice(2)
      .map((line) => ({ quote: line.trim(), text: rowText(line), kind: 'row' as const, block }))
      .filter(({ text }) => text !== ''),
  code: (lines, block) =>
    commandsOf(lines).map((quote) => {
      const command = quote.replaceAll(/\\\n\s*/gu, '');
      return { quote, text: `Run \`${command}\`.`, kind: 'command', block };
    }),
};

function statement(quote: string, kind: Statement['kind'], block: number): Statement {
  return { quote, text: plainOf(quote), kind, block };
}

/** A long item is several sentences; they stay one step as long as they are short. */
function itemStatements(item: string, kind: 'step' | 'point', block: number): Statement[] {
  if (item.length <= 220) return [statement(item, kind, block)];
  return sentencesOf(item).map((quote) => statement(quote, kind, block));
}

/** Each item without its mark, the lines that go on with it included. */
function itemsOf(lines: readonly string[]): string[] {
  const items: string[] = [];
  for (const line of lines) {
    const begun = /^\s*(?:\d+[.)]|[-*+])\s+(.*)$/.exec(line)?.[1];
    if (begun !== undefined) items.push(begun);
    else items[items.length - 1] = `${items.at(-1) ?? ''}\n${line}`;
  }
  return items.map((item) => item.trim()).filter((item) => item !== '');
}

/** Cut behind a full stop, question or exclamation mark, and behind a colon at the end. */
export function sentencesOf(text: string): string[] {
  // not behind "e.g." or "No.", not inside backticks or a link's address
  const found = text.match(
    /(?:`[^`\n]*`|\]\([^)\s]*\)|\b(?:e\.g|i\.e|etc|No|approx)\.|[^.!?]|[.!?](?![\s"'”’*)_]*(?:\s|$)))+[.!?]*["'”’*)_]*/gu,
  );
  return (found ?? []).map((sentence) => sentence.trim()).filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
}

/** A line that ends in a backslash goes on in the next. */
function commandsOf(lines: readonly string[]): string[] {
  return lines
    .join('\n')
    .split(/(?<!\\)\n/u)
    .map((command) => command.trim())
    .filter((command) => command !== '');
}

function rowText(line: string): string {
  const cells = line
    .trim()
    .replace(/^\||\|$/gu, '')
    .split('|')
    .map((cell) => plainOf(cell.trim()));
  const [head = '', ...others] = cells.filter((cell) => /[\p{L}\p{N}]/u.test(cell));
  if (others.length === 0) return head;
  return `${head}: ${others.map((cell) => cell.replace(/\.$/u, '')).join('. ')}.`;
}
