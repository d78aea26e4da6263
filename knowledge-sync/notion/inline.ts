import type { Run } from './part.ts';

/** Where runs are written: what ends a line means something else in each. */
export type Place = 'text' | 'line' | 'cell';

/**
 * Writes runs as CommonMark: what they say comes out as text whatever it holds, marks and links around it. Links lead
 * to http, https and mailto only. In a `line` (a heading) line breaks are blanks, in a `cell` (of a table) ` / `.
 */
export function writeRuns(runs: readonly Run[], place: Place = 'text'): string {
  const pieces = merged(runs.map((run) => fitted(run, place)).filter(({ text }) => text !== ''));
  let written = '';
  for (const [index, run] of pieces.entries()) {
    written += writeRun(run, lastOf(written), begins(pieces[index + 1]));
  }
  if (place === 'text') return lines(written);
  return place === 'line' ? written.trim() : written.replaceAll('|', '\\|').trim();
}

/** Plain text as CommonMark that shows exactly it, on one line. */
export function writeText(text: string): string {
  return lines(escaped(text.replaceAll(/\s+/g, ' ').trim()));
}

/** An address that may be linked, written so that it ends where it ends; null for any other. */
export function safeUrl(href: string | null): string | null {
  if (href === null) return null;
  // Links between pages come without the site.
  const url = URL.parse(href.trim(), 'https://www.notion.so/');
  if (url === null || !['http:', 'https:', 'mailto:'].includes(url.protocol) || url.password !== '') return null;
  return url.href.replaceAll(/[()<>\\\s*_`|[\]]/g, (character) =>
    character === '_' || character === '*' ? character : encoded(character),
  );
}

function encoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** Whole characters: half of an emoji is no punctuation, the whole is. */
function firstOf(text: string): string {
  return /^./su.exec(text.slice(0, 2))?.[0] ?? '';
}
function lastOf(text: string): string {
  return /.$/su.exec(text.slice(-2))?.[0] ?? '';
}

/** The first character that a run is written with. */
function begins(run: Run | undefined): string {
  if (run === undefined) return '';
  if (/^\s/.test(run.text)) return ' ';
  if (run.href !== null) return '[';
  return run.code ? '`' : firstOf(run.text);
}

/** Signs that are no text: controls but tab and line feed. */
const controls = /(?![\t\n])\p{Cc}/gu;

function fitted(run: Run, place: Place): Run {
  const text = run.text
    .toWellFormed()
    .replaceAll(/\r\n?|[\u2028\u2029\v\f\u0085]/g, '\n')
    .replaceAll(controls, '');
  const href = safeUrl(run.href);
  if (place === 'cell') return { ...run, href, text: text.replaceAll(/\s*\n\s*/g, ' / ') };
  return { ...run, href, text: place === 'line' || run.code ? text.replaceAll(/\s*\n\s*/g, ' ') : text };
}

/** Notion splits text where it was edited: neighbours that look alike are one run. */
function merged(runs: readonly Run[]): readonly Run[] {
  const pieces: Run[] = [];
  for (const run of runs) {
    const last = pieces.at(-1);
    if (last !== undefined && looksAlike(last, run))
      pieces[pieces.length - 1] = { ...last, text: last.text + run.text };
    else pieces.push(run);
  }
  return pieces;
}

function looksAlike(one: Run, other: Run): boolean {
  // Ticks beside ticks would be one fence.
  if (one.code && other.code && one.href === null && other.href === null) return true;
  return (['bold', 'italic', 'strike', 'code', 'href'] as const).every((key) => one[key] === other[key]);
}

function writeRun(run: Run, before: string, after: string): string {
  const [, lead = '', core = '', tail = ''] = /^(\s*)([^]*?)(\s*)$/.exec(run.text) ?? [];
  if (core === '') return run.text;
  const body = bodyOf(run, core, tail + after);
  const marks = marksOf(run);
  const beside = { before: lead === '' ? before : ' ', after: tail === '' ? after : ' ' };
  const [open, close] = canMark(run, body, beside) ? [marks.join(''), marks.toReversed().join('')] : ['', ''];
  return `${lead}${open}${body}${close}${tail}`;
}

/** A mark beside a blank or inside a word next to punctuation is no mark to CommonMark: better none than stray signs. */
function canMark(run: Run, body: string, { before, after }: { before: string; after: string }): boolean {
  if (body.startsWith('~') || body.endsWith('~')) return false;
  // Of two kinds of marks the outer one stands beside the inner one.
  const isTwice = run.strike && (run.bold || run.italic);
  return flanks(before, isTwice ? '*' : firstOf(body)) && flanks(after, isTwice ? '*' : lastOf(body));
}

function bodyOf(run: Run, core: string, behind: string): string {
  if (run.code) return run.href === null ? codeSpan(core) : `[${codeSpan(core)}](${run.href})`;
  // An exclamation mark before a link would make it an image.
  const text = behind.startsWith('[') ? escaped(core).replace(/!$/, String.raw`\!`) : escaped(core);
  return run.href === null ? text : linked(text, core, run.href);
}

function marksOf({ bold, italic, strike }: Run): readonly string[] {
  return [strike ? '~~' : '', bold ? '**' : '', italic ? '*' : ''];
}

/** https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run and its mirror. */
function flanks(outside: string, inside: string): boolean {
  if (/[*~_]/.test(outside)) return false;
  return !isPunctuation(inside) || outside === '' || /\s/.test(outside) || isPunctuation(outside);
}

function isPunctuation(character: string): boolean {
  return /^[\p{P}\p{S}]$/u.test(character);
}

function linked(inner: string, text: string, href: string): string {
  return text === href && !text.includes('\n') ? `<${href}>` : `[${inner}](${href})`;
}

function codeSpan(text: string): string {
  const longest = Math.max(0, ...Array.from(text.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}

/**
 * `_` within a word, `~` alone and `<` before a blank mean nothing: left as they are, a text stays easy to read. At the
 * end of a run what follows is not known.
 */
function escaped(text: string): string {
  if (!/[\\`*[\]_<&~]/.test(text)) return text;
  return text
    .replaceAll(/[\\`*[\]]/g, String.raw`\$&`)
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\_`)
    .replaceAll(/<(?=[a-z/!?]|$)/gi, String.raw`\<`)
    .replaceAll(/&(?=#?\w*(?:;|$))/g, String.raw`\&`)
    .replaceAll(/~(?=~|$)|(?<=~)~/g, String.raw`\~`);
}

/** What begins a block at the beginning of a line is text as well; a line break stays one. */
function lines(written: string): string {
  const trimmed = written.split('\n').map((line) => line.trim());
  return trimmed
    .join('\n')
    .replaceAll(/\n{2,}/g, '\n')
    .replaceAll(/^\n|\n$/g, '')
    .replaceAll(/^(?:[#>|=:]|[-+](?=\s|$|[-:|])|\d{1,9}(?=[.)](?:\s|$)))/gm, (start) =>
      /\d$/.test(start) ? `${start}\\` : `\\${start}`,
    )
    .replaceAll('\n', '  \n');
}
