import type { Citation } from '#domain/decision.ts';
import type { Reply, ReplyPart } from '#domain/reply.ts';
import { beginningOf, cutLine, oneLine, withoutInvisible } from '../chat/clean-text.ts';
import { cutMarkdown } from '../chat/cut-markdown.ts';
import { writtenMarkdown, writtenWords } from '../chat/written.ts';
import { safeUrl } from './safe-url.ts';
import { mostCitations } from './entities.ts';
import { escapeLine, escapeMarkdown, inlineCode, linkMarkdown, type Surface, toTeamsMarkdown } from './markdown.ts';

/** Of our own words. */
const longestText = 2900;
const longestNote = 1000;
/** A quote shorter than this says nothing; then it is left to the link. */
const shortestQuote = 200;
/** Of a quote nothing beyond this is read. */
const longestQuote = 32_000;

/** How much of what people and documents say is shown. */
export interface Room {
  readonly surface: Surface;
  /** Characters for each quote, and for what each person says. */
  readonly quote: number;
  /** Where it can be read on; null when that is not known. */
  readonly link: string | null;
}

type Part<K extends ReplyPart['kind']> = Extract<ReplyPart, { kind: K }>;

/** A part of a reply as Markdown; '' where it has nothing to read. */
export function partMarkdown(part: ReplyPart, room: Room): string {
  if (isList(part)) return listMarkdown(part);
  switch (part.kind) {
    case 'text':
      return escapeMarkdown(cutPlain(part.text, longestText));
    case 'quote':
      return quoteMarkdown(part.markdown, room);
    case 'written':
      return writtenOn(part, room);
    case 'said':
      return `${speaker(part)}\n\n${quoteMarkdown(part.markdown, room, '… (the rest is on the ticket)')}`.trim();
    case 'ticket':
      return sentence({ ...part, text: part.key });
    case 'link':
      return sentence(part);
    case 'note':
      return escapeMarkdown(cutPlain(part.text, longestNote));
  }
}

type List = Part<'sources' | 'requests' | 'prompts'>;

function isList(part: ReplyPart): part is List {
  return ['sources', 'requests', 'prompts'].includes(part.kind);
}

/** Questions to press are part of the card. */
function listMarkdown(part: List): string {
  if (part.kind === 'sources') return sourcesMarkdown(part);
  return part.kind === 'requests' ? part.requests.map(requestLine).join('\n') : '';
}

const sides = { requester: 'on the ticket', elsewhere: 'from another chat' } as const;

function speaker({ who, side }: Part<'said'>): string {
  const name = escapeLine(who.replaceAll(/[*_~`]/g, ' '), 200) || 'A person';
  return `**${name}** ${side === undefined ? 'from IT' : sides[side]}:`;
}

/** @param end what stands where it is cut off, when there is no link to go on. */
function quoteMarkdown(markdown: string, { surface, quote, link }: Room, end = '…'): string {
  const more = link === null ? end : `… [Continue reading](${link})`;
  const read = beginningOf(markdown, longestQuote);
  const whole = toTeamsMarkdown(read, surface);
  if (whole.length <= quote && read.length >= markdown.trimEnd().length) return whole;
  if (quote < shortestQuote) return more;
  return `${cutMarkdown(whole, quote - more.length).text}\n\n${more}`;
}

/** In a message's text `[1]` is a citation of its entity; a card has none, so there it is a link. */
function writtenOn({ written, citations }: Part<'written'>, { surface, quote }: Room): string {
  return writtenMarkdown(written, {
    plain: (text) => around(text, text),
    code: (code) => inlineCode(`\`${code}\``, surface),
    mark(cite) {
      const citation = citations[cite];
      if (citation === undefined) return '';
      if (surface === 'card') return linkMarkdown(citation.url, `[${cite + 1}]`);
      return cite < mostCitations ? `[${cite + 1}]` : '';
    },
    limit: quote,
  });
}

function sourcesMarkdown({ label, citations }: Part<'sources'>): string {
  const words = escapeLine(label, 200);
  const [only, second] = citations;
  if (only !== undefined && second === undefined) return `${words} ${sourceLine(only)}`.trim();
  const lines = citations.slice(0, 20).map((each, index) => `${index + 1}. ${linkMarkdown(each.url, each.title)}`);
  return `${words}\n\n${lines.join('\n')}`.trim();
}

function sourceLine({ title, url, section }: Citation): string {
  const link = linkMarkdown(url, title);
  return section === undefined ? link : `${link}, section “${escapeLine(section, 200)}”`;
}

function sentence({ before, text, url, after }: Omit<Part<'link'>, 'kind'>): string {
  // the spaces at the ends part the words from the link
  const [first, last] = [before, after].map((words) => around(beginningOf(withoutInvisible(words), 1000), words));
  return `${first}${linkMarkdown(url, text)}${last}`.trim();
}

function around(shown: string, words: string): string {
  const escaped = escapeMarkdown(shown);
  return `${/^\s/.test(words) ? ' ' : ''}${escaped}${escaped !== '' && /\s$/.test(words) ? ' ' : ''}`;
}

function requestLine({ key, url, summary, standing }: Part<'requests'>['requests'][number]): string {
  return `- ${linkMarkdown(url, key)} ${escapeLine(summary, 200)} – ${escapeLine(standing, 200)}`;
}

function cutPlain(text: string, limit: number): string {
  const clean = withoutInvisible(text.slice(0, 4 * limit)).trim();
  return clean.length <= limit ? clean : `${beginningOf(clean, limit - 1)}…`;
}

/** Plain text for a notification: the first lines of what is said. */
export function summaryOf(parts: readonly ReplyPart[]): string {
  const lines = parts.map(firstLine).filter((line) => line !== '');
  return cutLine(lines.slice(0, 2).join(' '), 300) || '…';
}

function firstLine(part: ReplyPart): string {
  if (isList(part)) return oneLine(listed(part));
  switch (part.kind) {
    case 'text':
    case 'note':
      return oneLine(part.text.trim().replace(/\n.*/s, ''));
    case 'ticket':
      return oneLine(`${part.before}${part.key}${part.after}`);
    case 'link':
      return oneLine(`${part.before}${part.text}${part.after}`);
    case 'quote':
      return firstWords(part.markdown);
    case 'written':
      return writtenWords(part.written);
    case 'said':
      return `${oneLine(part.who)}: ${firstWords(part.markdown)}`;
  }
}

function listed(part: List): string {
  if (part.kind === 'prompts') return '';
  if (part.kind === 'requests') return part.requests.map(({ key }) => key).join(', ');
  return `${part.label} ${part.citations[0]?.title ?? ''}`;
}

/** The first line of Markdown as one would read it aloud. */
export function firstWords(markdown: string): string {
  const line = markdown.split('\n').find((each) => /[\p{L}\p{N}]/u.test(each)) ?? '';
  return oneLine(
    line
      .slice(0, 1000)
      .replace(/^[\s>#*+-]+|^\s*\d+[.)]\s+/, '')
      .replaceAll(/!?\[([^[\]]*)\]\([^()]*\)/g, '$1')
      .replaceAll(/\*\*|__|`/g, ''),
  );
}

/** Where a reply can be read on: in its document, else on its ticket; null when it names neither. */
export function firstLink({ parts }: Reply): string | null {
  const documents = parts.flatMap((part) => (part.kind === 'sources' ? part.citations : []));
  const tickets = parts.flatMap((part) => (part.kind === 'ticket' ? [part] : []));
  const addresses = [...documents, ...tickets].map(({ url }) => safeUrl(url));
  return addresses.find((address) => address !== null) ?? null;
}
