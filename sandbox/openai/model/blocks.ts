export type BlockKind = 'paragraph' | 'steps' | 'points' | 'table' | 'code';

/** Lines of a Markdown text that belong together. Of code, those between the fences. */
export interface Block {
  readonly kind: BlockKind;
  readonly lines: readonly string[];
}

/** The blocks in order, without headings and blank lines. */
export function blocksOf(markdown: string): Block[] {
  return fencesOf(markdown.split('\n')).flatMap(({ isCode, lines }) =>
    isCode ? [{ kind: 'code' as const, lines }] : textBlocksOf(lines),
  );
}

interface Run {
  readonly isCode: boolean;
  readonly lines: string[];
}

/** Code and what is between it, in turn. */
function fencesOf(lines: readonly string[]): Run[] {
  const runs: Run[] = [{ isCode: false, lines: [] }];
  let fence = '';
  for (const line of lines) {
    const mark = /^\s*(```+|~~~+)/u.exec(line)?.[1] ?? '';
    if (mark === '' || !mark.startsWith(fence)) {
      runs.at(-1)?.lines.push(line);
      continue;
    }
    fence = fence === '' ? mark : '';
    runs.push({ isCode: fence !== '', lines: [] });
  }
  return runs;
}

function textBlocksOf(lines: readonly string[]): Block[] {
  const blocks: { kind: BlockKind; lines: string[] }[] = [];
  let open: BlockKind | null = null;
  for (const line of lines) {
    const kind: BlockKind | null = kindOf(line, open);
    if (kind !== null && kind === open) blocks.at(-1)?.lines.push(line);
    else if (kind !== null) blocks.push({ kind, lines: [line] });
    // a blank line does not end a list
    if (line.trim() !== '' || !isList(open)) open = kind;
  }
  return blocks;
}

/** Null: a blank line or a heading. */
function kindOf(line: string, open: BlockKind | null): BlockKind | null {
  if (/^\s*\d+[.)]\s/u.test(line)) return 'steps';
  // an item below an item is of the same list
  if (isList(open) && /^\s+\S/u.test(line)) return open;
  if (/^\s*[-*+]\s/u.test(line)) return 'points';
  if (/^\s*\|/u.test(line)) return 'table';
  return line.trim() === '' || /^#{1,6}\s/u.test(line) ? null : 'paragraph';
}

function isList(kind: BlockKind | null): boolean {
  return kind === 'steps' || kind === 'points';
}
