/**
 * Plain text as Markdown that shows it as it is: no emphasis, link, code, HTML or entity comes out of it. What would
 * begin a block is dealt with by {@link escapeLines}, once the line is whole.
 */
export function escapeText(text: string): string {
  // most of the text of most pages
  if (!/[\\`[\]*_<&~]/.test(text)) return text;
  return (
    text
      .replaceAll(/\\(?=[!-/:-@[-`{-~]|$)/g, '\\\\')
      .replaceAll(/[`[\]]/g, '\\$&')
      .replaceAll(/(?<!\s)\*|\*(?!\s)/g, '\\*')
      // inside a word it means nothing: names of files and variables stay readable
      .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
      // at the end as well: the next piece of text may complete it
      .replaceAll(/<(?=[a-z/!?]|$)/gi, '\\<')
      .replaceAll(/&(?=#?\w*(?:;|$))/g, '\\&')
      .replaceAll(/~(?=~|$)|(?<=~|^)~/g, '\\~')
  );
}

/** Lines of a paragraph, none of which begins a heading, list, quotation, rule, table or underlined heading. */
export function escapeLines(paragraph: string): string {
  return paragraph
    .split('\n')
    .map((line) =>
      line
        .replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2')
        .replace(/^(?=#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|[-=+:|*_][-=+:|*_\s]*$)/, '\\'),
    )
    .join('\n');
}

/** As a cell of a pipe table: a bar ends the cell, also in code. https://github.github.com/gfm/#example-200 */
export function escapeCell(line: string): string {
  return line.replaceAll('|', '\\|');
}

/** Code in a line. The fence is longer than any run of backticks inside. */
export function inlineCode(text: string): string {
  const line = text.replaceAll(/[\s\u00a0]+/g, ' ');
  if (line.trim() === '') return '';
  const fence = '`'.repeat(longestRun(line) + 1);
  const pad = /^`|`$/.test(line) ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** A block of code. `language` goes behind the fence if it is one word. */
export function fencedCode(text: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  const info = /^[\w+#.-]{1,30}$/.test(language) ? language : '';
  return `${fence}${info}\n${text}\n${fence}`;
}

function longestRun(text: string): number {
  return text.match(/`+/g)?.reduce((longest, run) => Math.max(longest, run.length), 0) ?? 0;
}
