import type { types } from '@slack/bolt';
import type { Action } from '#domain/conversation.ts';
import type { Citation } from '#domain/decide.ts';
import type { Reply, ReplyPart } from '#domain/reply.ts';
import { cutMarkdown, safeMarkdown } from './markdown.ts';
import { cutMrkdwn, escapeMrkdwn, linkMrkdwn, oneLine, safeUrl } from './mrkdwn.ts';
import { actionIds } from './usage.ts';

/** The arguments of chat.postMessage and chat.update that say what is shown. */
export interface Rendered {
  /** For notifications and screen readers, in Slack's own markup. */
  readonly text: string;
  readonly blocks: types.KnownBlock[];
}

/** https://docs.slack.dev/reference/block-kit/blocks/section-block and context-block, with room to spare. */
const longestSection = 2900;
const longestNote = 1000;
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
  const buttons = reply.buttons.length === 0 ? [] : [renderButtons(reply.buttons, turnId)];
  const others = reply.parts.filter(({ kind }) => kind !== 'quote').flatMap((part) => renderPart(part, { quote: 0 }));
  const quotes = reply.parts.filter(({ kind }) => kind === 'quote').length;
  const room = longestMessage - weigh([text, ...buttons, ...others]);
  const budget = { quote: Math.floor(room / Math.max(quotes, 1)), link: firstLink(reply.parts) };
  const parts = reply.parts.flatMap((part) => renderPart(part, budget));
  return { text, blocks: named([...thatFit(parts, [text, ...buttons]), ...buttons], { turnId, reply }) };
}

interface Budget {
  /** Characters for each quote. */
  readonly quote: number;
  /** Where the quoted document can be read on; null when no source is given. */
  readonly link?: string | null;
}

function renderPart(part: ReplyPart, budget: Budget): types.KnownBlock[] {
  switch (part.kind) {
    case 'text':
      return section(cutMrkdwn(part.text.trim(), longestSection));
    case 'quote':
      return quote(part.markdown, budget);
    case 'sources':
      return section(renderSources(part));
    case 'ticket':
      return section(renderSentence({ ...part, text: part.key }));
    case 'link':
      return section(renderSentence(part));
    case 'note':
      return note(cutMrkdwn(part.text.trim(), longestNote));
  }
}

/** `verbatim`: Slack makes no links and mentions of its own out of plain words. */
function section(text: string): types.KnownBlock[] {
  return text === '' ? [] : [{ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }];
}

function note(text: string): types.KnownBlock[] {
  return text === '' ? [] : [{ type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] }];
}

function quote(markdown: string, budget: Budget): types.KnownBlock[] {
  const more = budget.link == null ? '\n\n…' : `\n\n… [Continue reading](${budget.link})`;
  const limit = budget.quote - 'markdown'.length - more.length;
  if (limit < shortestQuote) return [];
  // beyond four times the limit nothing of it can be shown, whatever is left out
  const { text, cut } = cutMarkdown(safeMarkdown(markdown.slice(0, 4 * longestMessage)), limit);
  if (text === '') return [];
  return [{ type: 'markdown', text: cut || markdown.length > 4 * longestMessage ? `${text}${more}` : text }];
}

function renderSources({ label, citations }: Extract<ReplyPart, { kind: 'sources' }>): string {
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

function renderSentence({ before, text, url, after }: Omit<Extract<ReplyPart, { kind: 'link' }>, 'kind'>): string {
  const link = linkMrkdwn(url, text);
  return `${cutMrkdwn(before, 1000)}${link.length > 1000 ? escapeMrkdwn(text) : link}${cutMrkdwn(after, 1000)}`.trim();
}

/** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
const buttonFaces: Readonly<Record<Action, { text: string; label: string; style?: 'primary' }>> = {
  solved: { text: 'Solved', label: 'Mark this as solved', style: 'primary' },
  'get-human': { text: 'Get a human', label: 'Hand this over to a person in IT' },
  'answer-privately': {
    text: 'Send it to me privately',
    label: 'Send me the answer in a direct message',
    style: 'primary',
  },
};

function renderButtons(buttons: readonly Action[], turnId: string): types.KnownBlock {
  return {
    type: 'actions',
    elements: buttons.map((action) => {
      const { text, label, style } = buttonFaces[action];
      return {
        type: 'button',
        action_id: actionIds[action],
        text: { type: 'plain_text', text },
        value: turnId,
        accessibility_label: label,
        ...(style === undefined ? {} : { style }),
      };
    }),
  };
}

/**
 * Names the last block after the turn and the state of its buttons: Slack's clients keep what they know of a block under
 * its name, and after an update a changed block must have a new one.
 */
function named(blocks: readonly types.KnownBlock[], of: { turnId: string; reply: Reply }): types.KnownBlock[] {
  const state = of.reply.buttons.map((action) => actionIds[action]).join('+') || 'closed';
  return blocks.map((block, index) =>
    index === blocks.length - 1 ? { ...block, block_id: `turn/${of.turnId}/${state}`.slice(0, 255) } : block,
  );
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
  switch (part.kind) {
    case 'text':
    case 'note':
      return oneLine(part.text.trim().split('\n', 1)[0] ?? '');
    case 'ticket':
      return oneLine(`${part.before}${part.key}${part.after}`);
    case 'link':
      return oneLine(`${part.before}${part.text}${part.after}`);
    case 'quote':
      return withoutMarkup(part.markdown);
    case 'sources':
      return oneLine(`${part.label} ${part.citations[0]?.title ?? ''}`);
  }
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
  for (const part of parts) {
    if (part.kind !== 'sources') continue;
    for (const { url } of part.citations) {
      const address = safeUrl(url);
      if (address !== null) return address;
    }
  }
  return null;
}
