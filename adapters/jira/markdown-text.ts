/** A stretch of text that looks alike. `href` is an address that may be linked. */
export interface Run {
  readonly text: string;
  readonly strong: boolean;
  readonly em: boolean;
  readonly strike: boolean;
  readonly code: boolean;
  readonly href: string | null;
}

/** Where runs are written: what ends a line means something else in a heading (`line`) and in a table's `cell`. */
export type Place = 'text' | 'line' | 'cell';

export function plainRun(text: string, href: string | null = null): Run {
  return { text, strong: false, em: false, strike: false, code: false, href };
}

/**
 * Writes runs as CommonMark: whatever they hold comes out as text, with marks and links around it. A line break is one
 * in `text`, a blank in a `line`, ` / ` in a `cell`.
 */
export function writeRuns(runs: readonly Run[], place: Place): string {
  const pieces = merged(runs.map((run) => ({ ...run, text: fitted(run, place) })).filter(({ text }) => text !== ''));
  let written = '';
  for (const [index, run] of pieces.entries()) written += writeRun(run, written.at(-1) ?? '', pieces[index + 1]);
  if (place === 'text') return asLines(written);
  return place === 'line' ? written.trim() : written.replaceAll('|', String.raw`\|`).trim();
}

/** An address that may be linked, so written that it ends where it ends; null for any but http, https and mailto. */
export function safeUrl(address: unknown): string | null {
  const url = typeof address === 'string' ? URL.parse(address.trim()) : null;
  if (url === null || !['http:', 'https:', 'mailto:'].includes(url.protocol) || url.password !== '') return null;
  return url.href.replaceAll(
    /[()<>\\\s`|[\]]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/** In a fence that nothing inside can close. */
export function fenced(code: string, language: string): readonly string[] {
  const fence = '`'.repeat(Math.max(3, longestTicks(code) + 1));
  const lines = cleaned(code).split('\n');
  return [`${fence}${language.replaceAll(/[^\w+#.-]/g, '').slice(0, 40)}`, ...lines, fence];
}

/** Without signs that no text has, and with one kind of line end. */
export function cleaned(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?|[\u2028\u2029\v\f]/g, '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '');
}

/** A placeholder in front of a parenthesis or a colon would be a link to Markdown. */
export function unlinked(markdown: string): string {
  return markdown.replaceAll(/\[(name|e-mail|phone|secret|account number)\](?=[(:[])/g, String.raw`\[$1\]`);
}

function fitted(run: Run, place: Place): string {
  const text = cleaned(run.text);
  if (place === 'cell') return text.replaceAll('\n', ' / ');
  return place === 'line' || run.code ? text.replaceAll('\n', ' ') : text;
}

function merged(runs: readonly Run[]): readonly Run[] {
  const pieces: Run[] = [];
  for (const run of runs) {
    const last = pieces.at(-1);
    if (last === undefined || !looksAlike(last, run)) pieces.push(run);
    else pieces[pieces.length - 1] = { ...last, text: last.text + run.text };
  }
  return pieces;
}

function looksAlike(one: Run, other: Run): boolean {
  return (['strong', 'em', 'strike', 'code', 'href'] as const).every((key) => one[key] === other[key]);
}

function writeRun(run: Run, before: string, next: Run | undefined): string {
  const core = run.text.trim();
  if (core === '') return run.text;
  const begin = run.text.indexOf(core);
  const [lead, tail] = [run.text.slice(0, begin), run.text.slice(begin + core.length)];
  const outside = { before: lead === '' ? before : ' ', after: tail === '' ? firstSign(next) : ' ' };
  const plain = run.code ? codeSpan(core) : escaped(core);
  const body = run.href === null ? withoutImage(plain, outside.after) : `[${plain}](${run.href})`;
  return lead + marked(run, body, outside) + tail;
}

/** An exclamation mark before a link would make it an image. */
function withoutImage(text: string, after: string): string {
  return after === '[' && text.endsWith('!') ? `${text.slice(0, -1)}\\!` : text;
}

function marked(run: Run, body: string, { before, after }: { before: string; after: string }): string {
  const mark = `${run.strike ? '~~' : ''}${run.strong ? '**' : ''}${run.em ? '*' : ''}`;
  // where CommonMark would not see the marks, stray signs would be left
  const isSeen = flanks(before, body.charAt(0)) && flanks(after, body.at(-1) ?? '');
  return mark === '' || !isSeen ? body : `${mark}${body}${Array.from(mark).toReversed().join('')}`;
}

function firstSign(run: Run | undefined): string {
  if (run === undefined) return '';
  if (/^\s/.test(run.text)) return ' ';
  if (run.href !== null) return '[';
  return run.code ? '`' : run.text.charAt(0);
}

/** https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run and its mirror */
function flanks(outside: string, inside: string): boolean {
  if (/[*~_]/.test(outside)) return false;
  return !isPunctuation(inside) || outside === '' || /\s/.test(outside) || isPunctuation(outside);
}

function isPunctuation(sign: string): boolean {
  return /^[\p{P}\p{S}]$/u.test(sign);
}

function codeSpan(text: string): string {
  const fence = '`'.repeat(longestTicks(text) + 1);
  const pad = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${text}${pad}${fence}`;
}

function longestTicks(text: string): number {
  let longest = 0;
  for (const [ticks] of text.matchAll(/`+/g)) longest = Math.max(longest, ticks.length);
  return longest;
}

/**
 * What means nothing is left as it is (`_` within a word, a backslash before a letter): a path stays easy to read. So is
 * what stands for something that was taken out; what follows it may make it a link, which is for the whole text to see.
 */
function escaped(text: string): string {
  return text
    .replaceAll(/\\(?=[!-/:-@[-`{-~]|$)|[`*[\]]/g, String.raw`\$&`)
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\_`)
    .replaceAll(/<(?=[a-z/!?])/gi, String.raw`\<`)
    .replaceAll(/&(?=#?\w{1,40};)/g, String.raw`\&`)
    .replaceAll(/~(?=~)|(?<=~)~/g, String.raw`\~`)
    .replaceAll(/\\\[(name|e-mail|phone|secret|account number)\\\]/g, '[$1]');
}

/** What begins a block at the beginning of a line is text as well; a line break stays one. */
function asLines(written: string): string {
  return written
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) =>
      line
        .replace(/^(?:[#>|=:]|[-+](?=\s|$|[-:|]))/, String.raw`\$&`)
        .replace(/^(\d{1,9})(?=[.)](?:\s|$))/, String.raw`$1\ `.trimEnd()),
    )
    .join('  \n');
}
