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

const definition = /^ {0,3}\[([^\]\n^][^\]\n]*)\]:[ \t]*<?([^\s<>]+)>?(?:[ \t]+["'(].*)?[ \t]*$/gm;

/** Without the lines that name the addresses of links. */
export function withoutDefinitions(text: string): string {
  return text.replaceAll(definition, '');
}

/** The addresses of links that name theirs elsewhere: `[label][name]` with `[name]: address`. */
export function referencedAddresses(segments: readonly Segment[]): ReadonlyMap<string, string> {
  const addresses = new Map<string, string>();
  for (const { code, text } of segments) {
    if (code) continue;
    for (const [, name = '', address = ''] of text.matchAll(definition)) addresses.set(name.toLowerCase(), address);
  }
  return addresses;
}
