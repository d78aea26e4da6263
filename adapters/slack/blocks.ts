import type { types } from '@slack/bolt';
import type { Citation } from '#domain/decision.ts';
import type { Reply, ReplyPart, RequestLine } from '#domain/reply.ts';
import { oneLine } from '../chat/clean-text.ts';
import { cutMarkdown } from '../chat/cut-markdown.ts';
import { writtenMarkdown, writtenWords } from '../chat/written.ts';
import { renderButtons } from './buttons.ts';
import { disarmCode, escapeMarkdown, safeMarkdown } from './markdown.ts';
import { cutMrkdwn, escapeMrkdwn, linkMrkdwn, safeUrl } from './mrkdwn.ts';

/** The arguments of chat.postMessage and chat.update that say what is shown. */
export interface Rendered {
  /** For notifications and screen readers, in Slack's own markup. */
  readonly text: string;
  readonly blocks: types.KnownBlock[];
}

/** https://docs.slack.dev/reference/block-kit/blocks/section-block and context-block, with room to spare. */
const longestSection = 2900;
const longestNote = 1000;
const longestLine = 250;
/** What fits a notification. */
const longestSummary = 300;
/** https://docs.slack.dev/reference/block-kit/blocks */
const mostBlocks = 50;
/**
 * Slack refuses messages with `msg_blocks_too_long` from about 11,000 characters on, all blocks together; the limit is
 * not documented. https://github.com/slackapi/bolt-js/issues/2867
 */
const longestMessage = 8000;
/** A quote shorter than this says nothing; then it is left to the link. */
const shortestQuote = 200;

/**
 * Renders a reply within Slack's limits; what does not fit is cut off, never refused.
 *
 * @param turnId the turn that the post shows; the buttons carry it.
 */
export function renderReply(reply: Reply, turnId: string): Rendered {
  const text = summarize(reply.parts);
  const buttons = renderButtons(reply.buttons, turnId);
  const others = reply.parts.flatMap((part) => renderPart(part, { quote: 0 }));
  const quotes = reply.parts.filter(({ kind }) => kind === 'quote' || kind === 'said' || kind === 'written').length;
  const room = longestMessage - weigh([text, ...buttons, ...others]);
  const budget = { quote: Math.floor(room / Math.max(quotes, 1)), link: firstLink(reply.parts) };
  const parts = reply.parts.flatMap((part) => renderPart(part, budget));
  return { text, blocks: [...thatFit(parts, [text, ...buttons]), ...buttons] };
}

interface Budget {
  /** Characters for each quote, and for what each person says. */
  readonly quote: number;
  /** Where it can be read on: in the document, or else on the ticket; null when neither is given. */
  readonly link?: string | null;
}

function renderPart(part: ReplyPart, budget: Budget): types.KnownBlock[] {
  if (isList(part)) return renderList(part);
  switch (part.kind) {
    case 'text':
      return section(cutMrkdwn(part.text.trim(), longestSection));
    case 'quote':
      return quote(part.markdown, budget);
    case 'written':
      return written(part, budget);
    case 'said':
      return [
        ...section(`*${boldName(part.who)}* ${whence(part)}:`),
        ...quote(part.markdown, budget, '… (the rest is on the ticket)'),
      ];
    case 'ticket':
      return section(renderSentence({ ...part, text: part.key }));
    case 'link':
      return section(renderSentence(part));
    case 'note':
      return note(cutMrkdwn(part.text.trim(), longestNote));
  }
}

type Part<K extends ReplyPart['kind']> = Extract<ReplyPart, { kind: K }>;

type List = Part<'sources' | 'prompts' | 'requests'>;

function isList(part: ReplyPart): part is List {
  return ['sources', 'prompts', 'requests'].includes(part.kind);
}

function renderList(part: List): types.KnownBlock[] {
  switch (part.kind) {
    case 'sources':
      return section(renderSources(part));
    case 'prompts':
      return section(renderPrompts(part));
    case 'requests':
      return part.requests.slice(0, mostBlocks).flatMap((request) => section(renderRequest(request)));
  }
}

/** `verbatim`: Slack makes no links and mentions of its own out of plain words. */
function section(text: string): types.KnownBlock[] {
  return text === '' ? [] : [{ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }];
}

function note(text: string): types.KnownBlock[] {
  return text === '' ? [] : [{ type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] }];
}

/** @param end what stands where it is cut off, when there is no link to go on. */
function quote(markdown: string, budget: Budget, end = '…'): types.KnownBlock[] {
  const more = budget.link == null ? `\n\n${end}` : `\n\n… [Continue reading](${budget.link})`;
  const limit = budget.quote - 'markdown'.length - more.length;
  if (limit < shortestQuote) return [];
  // beyond four times the limit nothing of it can be shown, whatever is left out
  const { text, cut } = cutMarkdown(safeMarkdown(markdown.slice(0, 4 * longestMessage)), limit);
  if (text === '') return [];
  return [{ type: 'markdown', text: cut || markdown.length > 4 * longestMessage ? `${text}${more}` : text }];
}

/** What a model wrote, each sentence with links to the documents that bear it out. */
function written(part: Part<'written'>, budget: Budget): types.KnownBlock[] {
  const limit = budget.quote - 'markdown'.length;
  if (limit < shortestQuote) return [];
  const text = writtenMarkdown(part.written, {
    plain: escapeMarkdown,
    code: (code) => `\`${disarmCode(code)}\``,
    mark: (cite) => citationMark(part.citations[cite], cite),
    limit,
  });
  return text === '' ? [] : [{ type: 'markdown', text }];
}

function citationMark(citation: Citation | undefined, cite: number): string {
  if (citation === undefined) return '';
  const mark = String.raw`\[${cite + 1}\]`;
  const address = safeUrl(citation.url);
  return address === null || address.startsWith('mailto:') ? mark : `[${mark}](${address})`;
}

/** Where it was said. */
function whence({ side }: Part<'said'>): string {
  if (side === 'elsewhere') return 'from another chat';
  return side === 'requester' ? 'on the ticket' : 'from IT';
}

/** A name in which nothing ends the bold type. */
function boldName(name: string): string {
  return cutMrkdwn(oneLine(name.replaceAll(/[*_~`]/g, ' ')) || 'A person', 200);
}

function renderSources({ label, citations }: Part<'sources'>): string {
  let text = cutMrkdwn(oneLine(label), 200);
  const [only, second] = citations;
  if (only !== undefined && second === undefined) return `${text} ${sourceLine(only)}`.trim();
  for (const [index, { title, url }] of citations.entries()) {
    const line = `${text === '' ? '' : '\n'}${index + 1}. ${linkMrkdwn(url, title)}`;
    if (text.length + line.length > longestSection) break;
    text += line;
  }
  return text;
}

function sourceLine({ title, url, section }: Citation): string {
  const link = linkMrkdwn(url, title);
  return section === undefined ? link : `${link}, section “${cutMrkdwn(oneLine(section), 200)}”`;
}

/** Slack has no buttons that say something for who presses them, so they are read. */
function renderPrompts({ prompts }: Part<'prompts'>): string {
  let text = prompts.length === 0 ? '' : 'You can ask:';
  for (const prompt of prompts) {
    const line = `\n• ${cutMrkdwn(oneLine(prompt), longestLine)}`;
    if (text.length + line.length > longestSection) break;
    text += line;
  }
  return text;
}

function renderRequest({ key, url, summary, standing }: RequestLine): string {
  const told = [summary, standing].map((each) => cutMrkdwn(oneLine(each), longestLine));
  const link = linkMrkdwn(url, key);
  return `• ${link.length > 1000 ? escapeMrkdwn(key) : link}: ${told.filter((each) => each !== '').join('\n')}`;
}

function renderSentence({ before, text, url, after }: Omit<Part<'link'>, 'kind'>): string {
  const link = linkMrkdwn(url, text);
  return `${cutMrkdwn(before, 1000)}${link.length > 1000 ? escapeMrkdwn(text) : link}${cutMrkdwn(after, 1000)}`.trim();
}

function thatFit(parts: readonly types.KnownBlock[], besides: readonly unknown[]): types.KnownBlock[] {
  const fitting: types.KnownBlock[] = [];
  let weight = weigh(besides);
  for (const part of parts) {
    const more = weigh(part);
    if (weight + more > longestMessage || fitting.length === mostBlocks - 1) continue;
    weight += more;
    fitting.push(part);
  }
  return fitting;
}

/** All characters of a block, whatever they are for: which of them Slack counts is not documented. */
function weigh(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, each) => sum + weigh(each), 0);
}

/** The first lines of what is said: of our words or the ticket, and of the quote. */
function summarize(parts: readonly ReplyPart[]): string {
  const lines = parts.map(firstLine).filter((line) => line !== '');
  return cutMrkdwn(lines.slice(0, 2).join(' ') || '…', longestSummary);
}

function firstLine(part: ReplyPart): string {
  if (isList(part)) return firstOfList(part);
  switch (part.kind) {
    case 'text':
    case 'note':
      return oneLine(part.text.trim().replace(/\n.*/s, ''));
    case 'ticket':
      return oneLine(`${part.before}${part.key}${part.after}`);
    case 'link':
      return oneLine(`${part.before}${part.text}${part.after}`);
    case 'quote':
      return withoutMarkup(part.markdown);
    case 'written':
      return writtenWords(part.written);
    case 'said':
      return `${oneLine(part.who)}: ${withoutMarkup(part.markdown)}`;
  }
}

function firstOfList(part: List): string {
  switch (part.kind) {
    case 'sources':
      return firstSource(part);
    case 'prompts':
      return '';
    case 'requests':
      return part.requests.map(({ key, standing }) => oneLine(`${key}: ${standing}`)).join(' ');
  }
}

function firstSource({ label, citations }: Part<'sources'>): string {
  return oneLine(`${label} ${citations[0]?.title ?? ''}`);
}

/** The first line of Markdown as one would read it aloud. */
function withoutMarkup(markdown: string): string {
  const line = markdown.split('\n').find((each) => /[\p{L}\p{N}]/u.test(each)) ?? '';
  return oneLine(
    line
      .slice(0, 1000)
      .replace(/^[\s>#*+-]+|^\s*\d+[.)]\s+/, '')
      .replaceAll(/!?\[([^[\]]*)\]\([^()]*\)/g, '$1')
      .replaceAll(/\*\*|__|`/g, ''),
  );
}

function firstLink(parts: readonly ReplyPart[]): string | null {
  const documents = parts.flatMap((part) => (part.kind === 'sources' ? part.citations : []));
  const tickets = parts.flatMap((part) => (part.kind === 'ticket' ? [part] : []));
  for (const { url } of [...documents, ...tickets]) {
    const address = safeUrl(url);
    if (address !== null) return address;
  }
  return null;
}
