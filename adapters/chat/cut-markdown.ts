import { beginningOf } from '../chat/clean-text.ts';

/** Three backticks with others after them on the line are a code span. */
const fence = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}(?!.*`)|~{3,})/;

/** The marker of the code fence that the lines leave open, or null. */
export function openFence(lines: readonly string[]): string | null {
  let open: string | null = null;
  for (const line of lines) {
    const marker = fence.exec(line)?.[1];
    if (marker === undefined) continue;
    if (open === null) open = marker;
    else if (marker.startsWith(open) && line.trimEnd().endsWith(marker)) open = null;
  }
  return open;
}

/**
 * The beginning of the Markdown, at most `limit` characters, ended where a block ends if one does; code that is cut off
 * is closed. Says whether anything was left out.
 */
export function cutMarkdown(markdown: string, limit: number): { text: string; cut: boolean } {
  if (markdown.length <= limit) return { text: markdown, cut: false };
  const lines = linesThatFit(markdown, limit);
  if (lines.length === 0) return { text: beginningOf(markdown.split('\n', 1)[0] ?? '', limit), cut: true };
  const whole = lines.slice(0, lastBoundary(lines, markdown.split('\n')[lines.length] ?? ''));
  while (/^\s*(?:#{1,6}\s.*)?$/.test(whole.at(-1) ?? 'x')) whole.pop();
  if (whole.length > 0) return { text: whole.join('\n'), cut: true };
  const open = openFence(lines);
  return { text: open === null ? lines.join('\n').trimEnd() : [...lines, open].join('\n'), cut: true };
}

function linesThatFit(markdown: string, limit: number): readonly string[] {
  // a fence that is cut off has to be closed
  const room = limit - 10;
  const lines = markdown.slice(0, room).split('\n');
  return markdown[room] === '\n' ? lines : lines.slice(0, -1);
}

/** How many of the lines make up whole blocks: up to an empty line, a list item or a heading, outside code. */
function lastBoundary(lines: readonly string[], next: string): number {
  for (let count = lines.length; count > 0; count -= 1) {
    const following = count === lines.length ? next : (lines[count] ?? '');
    const begins = /^\s*$|^\s*(?:[-*+]|\d{1,9}[.)])\s|^#{1,6}\s/.test(following);
    if (begins && openFence(lines.slice(0, count)) === null) return count;
  }
  return 0;
}
