import MarkdownIt, { type Token } from 'markdown-it';
import { linkTarget } from './ids.ts';
import { type Naming, plain, plainRuns, type Run, textOf } from './part.ts';
import { namedRun } from './rich-text.ts';

export interface InlineContext {
  readonly naming: Naming;
  /** Names of people by id: Notion leaves them out of its Markdown. */
  readonly people: ReadonlyMap<string, string>;
}

const parser = new MarkdownIt('commonmark', { html: true }).enable('strikethrough');
parser.inline.ruler.before('escape', 'math', (state, silent) => {
  // Between dollar signs, or between those and ticks: signs of the text itself are escaped.
  const math = /\$`([^`]+)`\$|\$((?:\\.|[^$\\])+)\$/y;
  math.lastIndex = state.pos;
  const [all, ticked, bare] = math.exec(state.src) ?? [];
  if (all === undefined) return false;
  if (!silent) state.push('math', '', 0).content = ticked ?? bare ?? '';
  state.pos += all.length;
  return true;
});

/** A mention that is open: the name stands between its tags, or nothing. */
interface Mention {
  readonly tag: Tag;
  readonly runs: Run[];
}
interface Writing {
  readonly context: InlineContext;
  readonly runs: Run[];
  /** How many marks of each kind are open. */
  readonly open: Record<'bold' | 'italic' | 'strike', number>;
  readonly links: string[];
  mention: Mention | null;
}

/**
 * Reads a line of Notion's Markdown as rich text: colours and underlines go, mentions become names, dates and links.
 * https://developers.notion.com/guides/data-apis/enhanced-markdown
 */
export function readInline(markdown: string, context: InlineContext): readonly Run[] {
  // Most lines have nothing but words.
  if (!/[\\*~`$[\]<>_!&\n]/.test(markdown)) return plainRuns(markdown);
  const open = { bold: 0, italic: 0, strike: 0 };
  const writing: Writing = { context, runs: [], open, links: [], mention: null };
  for (const token of parser.parseInline(markdown, {})[0]?.children ?? []) {
    if (token.type === 'html_inline') takeTag(writing, token.content);
    else takeToken(writing, token);
  }
  endMention(writing);
  return writing.runs;
}

function add({ runs, open, links, mention }: Writing, text: string, code = false): void {
  if (text === '') return;
  const { bold, italic, strike } = open;
  const run = { text, code, bold: bold > 0, italic: italic > 0, strike: strike > 0, href: links.at(-1) ?? null };
  (mention?.runs ?? runs).push(run);
}

const marks: Readonly<Record<string, keyof Writing['open']>> = { strong: 'bold', em: 'italic', s: 'strike' };

function takeToken(writing: Writing, token: Token): void {
  const mark = token.nesting === 0 ? undefined : marks[token.tag];
  if (mark !== undefined) writing.open[mark] += token.nesting;
  else if (token.type === 'link_open') writing.links.push(token.attrGet('href') ?? '');
  else if (token.type === 'link_close') writing.links.pop();
  else if (token.type.endsWith('break')) add(writing, '\n');
  else add(writing, token.content, token.type === 'code_inline' || token.type === 'math');
}

function takeTag(writing: Writing, source: string): void {
  const tag = parseTag(source);
  const isMention = tag?.name.startsWith('mention-') === true;
  if (tag === null || !(isMention || ownTags.has(tag.name))) {
    // None of the format's: it is text.
    add(writing, source);
    return;
  }
  if (tag.name === 'br') add(writing, '\n');
  if (!isMention) return;
  endMention(writing);
  if (tag.closes) return;
  writing.mention = { tag, runs: [] };
  if (tag.selfCloses) endMention(writing);
}

function endMention(writing: Writing): void {
  const { mention } = writing;
  if (mention !== null) writing.runs.push(...mentioned(mention, writing.context));
  writing.mention = null;
}

const ownTags = new Set(['br', 'span', 'u', 'citation']);

export interface Tag {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly closes: boolean;
  readonly selfCloses: boolean;
}
/** A tag with its attributes; null for what is none. */
export function parseTag(source: string): Tag | null {
  const [, slash, name, rest = ''] = /^<(\/?)([a-z][\w-]*)([^]*)>$/i.exec(source) ?? [];
  if (name === undefined) return null;
  const attributes = new Map<string, string>();
  for (const [, key = '', value = ''] of rest.matchAll(/([\w-]+)\??="([^"]*)"/g)) attributes.set(key, unescaped(value));
  return { name: name.toLowerCase(), attributes, closes: slash === '/', selfCloses: rest.trimEnd().endsWith('/') };
}

function unescaped(value: string): string {
  return value.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function mentioned({ tag, runs }: Mention, { naming, people }: InlineContext): readonly Run[] {
  const url = tag.attributes.get('url') ?? '';
  const { page: id } = linkTarget(url);
  const look = runs[0] ?? { ...plain, text: '' };
  const given = textOf(runs);
  if (tag.name === 'mention-date') return [{ ...look, text: given || dateText(tag.attributes), href: null }];
  if (tag.name === 'mention-user' || tag.name === 'mention-agent') {
    return [{ ...look, text: `@${(given || nameIn(people, id)).replace(/^@/, '')}`, href: null }];
  }
  return id === null ? runs : [namedRun({ ...look, text: given, href: url }, { id, given, naming })];
}

function nameIn(people: ReadonlyMap<string, string>, id: string | null): string {
  return (id === null ? undefined : people.get(id)) ?? 'someone';
}

function dateText(attributes: ReadonlyMap<string, string>): string {
  const at = (day: string, time: string) =>
    [attributes.get(day), attributes.get(time)].filter((piece) => piece !== undefined && piece !== '').join(' ');
  const [start, end] = [at('start', 'startTime'), at('end', 'endTime')];
  const zone = attributes.has('startTime') ? (attributes.get('timeZone') ?? '') : '';
  return `${end === '' ? start : `${start} → ${end}`}${zone === '' ? '' : ` (${zone})`}`;
}
