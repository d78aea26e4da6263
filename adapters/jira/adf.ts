import type { TicketLine, TicketSection } from '#domain/ticket.ts';
import { cleanText, oneLine, startOf } from './text.ts';

/** Atlassian Document Format, what we write of it. https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/ */
export interface AdfDocument {
  readonly type: 'doc';
  readonly version: 1;
  readonly content: AdfNode[];
}
export interface AdfNode {
  readonly type: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly content?: readonly AdfNode[];
  readonly text?: string;
  readonly marks?: readonly AdfMark[];
}
export interface AdfMark {
  readonly type: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
}

/**
 * Jira's limit of a text field (`jira.text.field.character.limit`). Atlassian does not say whether it counts the text
 * or the document around it, so the whole document as JSON keeps to it.
 * https://support.atlassian.com/jira-cloud-administration/docs/configure-advanced-settings/
 */
export const textLimit = 32_767;

/** How much of one line is kept, tried from left to right until the document keeps to the limit. */
const lineLimits = [20_000, 8_000, 3_000, 1_000, 300];

/**
 * The description of a ticket. All text is data: it appears as it is, in text nodes. `reference`: a line at its end, under
 * a heading of its own, by which the ticket can be searched for.
 *
 * Too long: very long lines are shortened, then the oldest messages are left out, but never the last;
 * each cut is told where it was made.
 */
export function descriptionOf(body: readonly TicketSection[], reference: string | null = null): AdfDocument {
  const line = reference === null ? '' : oneLine(reference, 300);
  return fitted(body, {
    head: [],
    tail: line === '' ? [] : [headingNode('For Firstline'), ...paragraph([textNode(line)])],
  });
}

/** A comment: the author's name in bold when there is one, then the lines; cut as a description is. */
export function commentOf(comment: { author: string | null; lines: readonly TicketLine[] }): AdfDocument {
  const author = comment.author === null ? '' : oneLine(comment.author, 255);
  const head = paragraph(author === '' ? [] : [strong(author)]);
  const document = fitted([{ heading: '', lines: comment.lines }], { head, tail: [] });
  // Jira takes no empty comment
  return document.content.length > 0 ? document : asDocument(paragraph([em('(no text)')]));
}

/** What stays whatever is cut. */
interface Frame {
  readonly head: readonly AdfNode[];
  readonly tail: readonly AdfNode[];
}

function fitted(body: readonly TicketSection[], frame: Frame): AdfDocument {
  const cutTo = (cut: Cut) => asDocument([...frame.head, ...contentOf(body, cut), ...frame.tail]);
  const whole = cutTo({ lineLimit: Infinity, leftOut: 0 });
  if (isWithinLimit(whole)) return whole;
  const messages = body.flatMap(({ lines }) => lines).filter(({ kind }) => kind === 'said').length;
  for (const lineLimit of lineLimits) {
    const leftOut = leastThatFits(Math.max(0, messages - 1), (count) =>
      isWithinLimit(cutTo({ lineLimit, leftOut: count })),
    );
    if (leftOut !== null) return cutTo({ lineLimit, leftOut });
  }
  return withoutTail(contentOf(body, { lineLimit: 300, leftOut: Math.max(0, messages - 1) }), frame);
}

interface Cut {
  readonly lineLimit: number;
  /** How many messages, the oldest ones. */
  readonly leftOut: number;
}

function contentOf(body: readonly TicketSection[], cut: Cut): readonly AdfNode[] {
  let toLeaveOut = cut.leftOut;
  const content: AdfNode[] = [];
  for (const section of body) {
    const skipped = Math.min(toLeaveOut, section.lines.filter(({ kind }) => kind === 'said').length);
    toLeaveOut -= skipped;
    content.push(...sectionOf(section, { lineLimit: cut.lineLimit, leftOut: skipped }));
  }
  return content;
}

/** Nothing when no line of it has any text. */
function sectionOf({ heading, lines }: TicketSection, cut: Cut): AdfNode[] {
  const content: AdfNode[] = [];
  let toLeaveOut = cut.leftOut;
  let isTold = cut.leftOut === 0;
  for (const line of lines) {
    if (line.kind === 'said' && !isTold) {
      content.push(
        ...paragraph([em(`… ${cut.leftOut} earlier ${cut.leftOut === 1 ? 'message' : 'messages'} left out`)]),
      );
      isTold = true;
    }
    if (line.kind === 'said' && toLeaveOut > 0) toLeaveOut -= 1;
    else content.push(...lineOf(line, cut.lineLimit));
  }
  const title = oneLine(heading, 255);
  if (content.length === 0 || title === '') return content;
  return [headingNode(title), ...content];
}

function lineOf(line: TicketLine, lineLimit: number): AdfNode[] {
  switch (line.kind) {
    case 'text':
      return paragraph(inline(shortened(cleanText(line.text), lineLimit)));
    case 'quote': {
      const quoted = paragraph(inline(shortened(cleanText(line.text), lineLimit)));
      return quoted.length === 0 ? [] : [{ type: 'blockquote', content: quoted }];
    }
    case 'link':
      return paragraph(linkOf(line));
    case 'said': {
      const text = inline(shortened(cleanText(line.text), lineLimit));
      const at = `${line.at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
      const who = oneLine(line.who, 255);
      const said = who === '' ? [textNode(at)] : [strong(who), textNode(` · ${at}`)];
      return paragraph(text.length === 0 ? said : [...said, hardBreak, ...text]);
    }
  }
}

/** Anything but http and https stays text: a link must not run anything. */
function linkOf({ text, url, note }: TicketLine & { kind: 'link' }): AdfNode[] {
  const title = oneLine(text, 1000) || oneLine(url, 1000);
  if (title === '') return [];
  const address = webAddress(url);
  const remark = oneLine(note, 1000);
  return [
    address === null ? textNode(title) : marked(title, { type: 'link', attrs: { href: address } }),
    ...(remark === '' ? [] : [textNode(` (${remark})`)]),
  ];
}

function webAddress(url: string): string | null {
  const address = URL.parse(cleanText(url).trim());
  return address !== null && ['http:', 'https:'].includes(address.protocol) ? address.href : null;
}

/** Text with its line ends, without blank space around it; a longer gap than one empty line becomes one. */
function inline(text: string): AdfNode[] {
  const lines = text
    .trim()
    .replaceAll(/\n(?:[^\S\n]*\n){2,}/g, '\n\n')
    .split('\n');
  return lines.flatMap((line, index) => [
    ...(index === 0 ? [] : [hardBreak]),
    // an empty text node is not valid
    ...(line === '' ? [] : [textNode(line)]),
  ]);
}

function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const start = startOf(text, limit);
  return `${start}\n… (${text.length - start.length} characters left out)`;
}

const hardBreak: AdfNode = { type: 'hardBreak' };

function textNode(text: string): AdfNode {
  return { type: 'text', text };
}

function marked(text: string, mark: AdfMark): AdfNode {
  return { type: 'text', text, marks: [mark] };
}

function headingNode(text: string): AdfNode {
  return { type: 'heading', attrs: { level: 3 }, content: [textNode(text)] };
}

function strong(text: string): AdfNode {
  return marked(text, { type: 'strong' });
}

function em(text: string): AdfNode {
  return marked(text, { type: 'em' });
}

/** None without content. */
function paragraph(content: readonly AdfNode[]): AdfNode[] {
  return content.length === 0 ? [] : [{ type: 'paragraph', content }];
}

function asDocument(content: AdfNode[]): AdfDocument {
  return { type: 'doc', version: 1, content };
}

function isWithinLimit(document: AdfDocument): boolean {
  return JSON.stringify(document).length <= textLimit;
}

/** The smallest count from 0 to `most` that fits, where more always fits better; null when none does. */
function leastThatFits(most: number, fits: (count: number) => boolean): number | null {
  if (!fits(most)) return null;
  let low = 0;
  let high = most;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function withoutTail(content: readonly AdfNode[], { head, tail }: Frame): AdfDocument {
  const blocks = content.length;
  const without = (count: number) =>
    asDocument([...head, ...content.slice(0, blocks - count), ...paragraph([em('… the rest is left out')]), ...tail]);
  return without(leastThatFits(blocks, (count) => isWithinLimit(without(count))) ?? blocks);
}
