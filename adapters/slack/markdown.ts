import { safeUrl } from './mrkdwn.ts';
import { beginningOf, withoutInvisible } from './text.ts';

/*
 * A document's Markdown for Slack's `markdown` block: as it stands, but with nothing in it that mentions people, runs as
 * HTML or links elsewhere than to web and mail addresses. https://docs.slack.dev/reference/block-kit/blocks/markdown-block
 */

interface Segment {
  readonly code: boolean;
  readonly text: string;
}

/**
 * Makes a document's Markdown harmless. Headings, lists, tables, emphasis and code stay. HTML tags are taken out, their
 * text stays; any other `<` is shown as itself. Images become links with their description. In code, which is shown
 * verbatim, a space parts the `<` from what would make it a mention.
 */
export function safeMarkdown(markdown: string): string {
  const segments = splitFences(withoutInvisible(markdown));
  const addresses = referencedAddresses(segments);
  return segments
    .map(({ code, text }) => (code ? disarmCode(text) : safeText(text, addresses)))
    .join('\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
}

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

/** Fenced code with its fences, and the text in between. */
function splitFences(markdown: string): readonly Segment[] {
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

/** Mentions, and links in Slack's own markup with a label. */
function disarmCode(code: string): string {
  return code.replaceAll(/<(?=[!@#]|[a-z][a-z0-9+.-]*:[^<>]*\|)/gi, '< ');
}

/** Code spans do not reach beyond their paragraph. */
function safeText(text: string, addresses: ReadonlyMap<string, string>): string {
  return withoutHtmlBlocks(text)
    .replaceAll(definition, '')
    .split(/(\n[ \t]*\n)/)
    .map((paragraph) =>
      splitSpans(paragraph)
        .map(({ code, text: part }) => (code ? disarmCode(part) : safeInline(part, addresses)))
        .join(''),
    )
    .join('')
    .replaceAll(/\n{3,}/g, '\n\n');
}

/** Code spans with their backticks, and the text in between. A span ends at a run of as many backticks as began it. */
function splitSpans(paragraph: string): readonly Segment[] {
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
function withoutHtmlBlocks(text: string): string {
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

/** The addresses of links that name theirs elsewhere: `[label][name]` with `[name]: address`. */
function referencedAddresses(segments: readonly Segment[]): ReadonlyMap<string, string> {
  const addresses = new Map<string, string>();
  for (const { code, text } of segments) {
    if (code) continue;
    for (const [, name = '', address = ''] of text.matchAll(definition)) addresses.set(name.toLowerCase(), address);
  }
  return addresses;
}

const label = String.raw`\[((?:[^[\]\\]|\\.|\[[^[\]]*\])*)\]`;
/** Runs of spaces are read once: what gives some back on failure takes as long as the square of them. */
const address = String.raw`\(\s*(?!\s)(?:<([^<>\n]*)>|([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*))(?:\s+(?!\s)(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)`;
const inlineLink = new RegExp(`(!?)${label}${address}`, 'g');
const inlineImage = new RegExp(`!${label}${address}`, 'g');
const referenceLink = new RegExp(String.raw`(!?)${label}\[([^[\]]*)\]`, 'g');

function safeInline(text: string, addresses: ReadonlyMap<string, string>): string {
  return withoutTags(text)
    .replaceAll(inlineLink, (...found: (string | undefined)[]) => {
      const [, bang = '', words = '', angled, bare = ''] = found;
      return link(bang, words, angled ?? bare);
    })
    .replaceAll(referenceLink, (...found: (string | undefined)[]) => {
      const [whole = '', bang = '', words = '', name = ''] = found;
      const target = addresses.get((name || words).toLowerCase());
      return target === undefined && bang === '' ? whole : link(bang, words, target ?? '');
    })
    .replaceAll('<', '&lt;');
}

function link(bang: string, words: string, target: string): string {
  const said = words.replaceAll(inlineImage, '$1').trim();
  const url = safeUrl(target.replaceAll(/\\([!-/:-@[-`{-~])/g, '$1').replaceAll('&amp;', '&'));
  if (url === null) return said;
  return `[${said || (bang === '' ? url : 'image')}](${url})`;
}

const htmlTags = new Set(
  (
    'a abbr audio b big blockquote body br button center cite code col colgroup dd del details dfn div dl dt em embed ' +
    'figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label li link ' +
    'main mark meta nav object ol option p picture pre q s samp script section select small source span strike strong ' +
    'style sub summary sup svg table tbody td textarea tfoot th thead title tr tt u ul var video wbr'
  ).split(' '),
);

/** `<b>` is HTML and goes; `<username>` is what the reader has to fill in, and stays. */
function withoutTags(text: string): string {
  return (
    text
      .replaceAll(String.raw`\<`, '<')
      .replaceAll(/<((?:https?:\/\/|mailto:)[^\s<>|]+)>/gi, (_, url: string) => safeUrl(url) ?? '')
      .split('\n')
      // a line break would end a table's row
      .map((line) => line.replaceAll(/<br\s*\/?>/gi, line.trimStart().startsWith('|') ? ' ' : '\n'))
      .join('\n')
      .replaceAll(/<\/?([a-z][a-z0-9]*)(?:\s[^<>]*)?\/?>/gi, (tag, name: string) =>
        htmlTags.has(name.toLowerCase()) ? '' : tag,
      )
  );
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
