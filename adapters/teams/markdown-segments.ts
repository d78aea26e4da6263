import { openFence } from './cut-markdown.ts';

/** A piece of Markdown: code, with what marks it, or what is not code. */
export interface Segment {
  readonly code: boolean;
  readonly text: string;
}

/** Fenced code with its fences, and the text in between. */
export function splitFences(markdown: string): readonly Segment[] {
  const segments: { code: boolean; lines: string[] }[] = [];
  let open: string | null = null;
  for (const line of markdown.split('\n')) {
    const before = open;
    open = openFence(before === null ? [line] : [before, line]);
    const code = before !== null || open !== null;
    const last = segments.at(-1);
    if (last?.code === code && (before !== null || !code)) last.lines.push(line);
    else segments.push({ code, lines: [line] });
  }
  return segments.map(({ code, lines }) => ({ code, text: lines.join('\n') }));
}

/** Code spans with their backticks, and the text in between. A span ends at a run of as many backticks as began it. */
export function splitSpans(paragraph: string): readonly Segment[] {
  const runs = [...paragraph.matchAll(/`+/g)];
  const segments: Segment[] = [];
  let from = 0;
  for (const [index, run] of runs.entries()) {
    if (run.index < from) continue;
    const end = runs.slice(index + 1).find(([ticks]) => ticks === run[0]);
    if (end === undefined) continue;
    const after = end.index + end[0].length;
    segments.push({ code: false, text: paragraph.slice(from, run.index) });
    segments.push({ code: true, text: paragraph.slice(run.index, after) });
    from = after;
  }
  return [...segments, { code: false, text: paragraph.slice(from) }];
}

const htmlTags = new Set(
  (
    'a abbr at attachment audio b big blockquote body br button center cite code col colgroup dd del details dfn div dl ' +
    'dt em embed figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd ' +
    'label li link main mark meta nav object ol option p picture pre q quoted s samp script section select small source ' +
    'span strike strong style sub summary sup svg table tbody td textarea tfoot th thead title tr tt u ul var video wbr'
  ).split(' '),
);

/** Whether it is a tag that Teams, or a browser, knows. What the reader has to fill in, such as `<username>`, is none. */
function isTag(name: string): boolean {
  return htmlTags.has(name.toLowerCase());
}

/** Comments, and what scripts and style sheets hold. */
export function withoutHtmlBlocks(text: string): string {
  return ['script', 'style'].reduce(
    (left, name) =>
      upToLast(
        left,
        new RegExp(`</${name}\\s*>`, 'gi'),
        new RegExp(`<${name}\\b[^<>]*>[\\s\\S]*?</${name}\\s*>`, 'gi'),
      ),
    upToLast(text, /-->/g, /<!--[\s\S]*?-->/g),
  );
}

/** Takes out what begins and ends. Behind the last end nothing is looked for: each beginning would be read to the end of all. */
function upToLast(text: string, end: RegExp, whole: RegExp): string {
  const last = [...text.matchAll(end)].at(-1);
  if (last === undefined) return text;
  const after = last.index + last[0].length;
  return text.slice(0, after).replaceAll(whole, '') + text.slice(after);
}

/** `<b>` is HTML and goes; `<username>` is what the reader has to fill in, and stays. A line break breaks the line. */
export function withoutTags(text: string): string {
  return (
    text
      .split('\n')
      // a line break would end a table's row
      .map((line) => line.replaceAll(/<br\s*\/?>/gi, line.trimStart().startsWith('|') ? ' ' : '\n\n'))
      .join('\n')
      .replaceAll(/<\/?([a-z][a-z0-9]*)(?:\s[^<>]*)?\/?>/gi, (tag, name: string) => (isTag(name) ? '' : tag))
  );
}

/** Code is shown as it stands, so a space parts the `<` from what would make it a mention or HTML. */
export function disarmCode(code: string): string {
  return code.replaceAll(/<(?=!--|\/?([a-z][a-z0-9]*)\b)/gi, (less, name: string | undefined) =>
    name === undefined || isTag(name) ? `${less} ` : less,
  );
}
