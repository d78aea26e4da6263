import type { Citation } from '#domain/decision.ts';
import type { Reply, ReplyPart } from '#domain/reply.ts';
import { cutMarkdown } from '../chat/cut-markdown.ts';
import { citedPlaces } from '../chat/written.ts';
import { hasButtons, type Json, type Origin, renderActions } from './buttons.ts';
import type { Outgoing } from './connector.ts';
import { aiEntity, citationMarks } from './entities.ts';
import { withoutDates } from './markdown.ts';
import { firstLink, firstWords, partMarkdown, summaryOf } from './parts.ts';

export const cardContentType = 'application/vnd.microsoft.card.adaptive';

/**
 * Teams takes cards up to 28 kB and messages up to 100 kB, these counted in UTF-16 with all that goes with them.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/format-your-bot-messages
 */
export const largestCard = 27_000;
const longestText = 16_000;

/** How much of what people and documents say is tried, in characters; what does not fit is tried with less. */
const rooms = [8000, 4000, 2000, 1000, 0] as const;

/**
 * What a value weighs as Teams counts, in bytes: in UTF-16, or in UTF-8 where that is more, for the documentation does
 * not say of cards.
 */
export function weigh(value: unknown): number {
  const json = JSON.stringify(value);
  return Math.max(2 * json.length, Buffer.byteLength(json));
}

/**
 * Renders a reply within Teams' limits; what does not fit is cut off, never refused. An answer with its sources and
 * buttons is two activities, its text and then its card: Teams parts them anyway, and tells no id then.
 *
 * @param as how many activities it must be; left out: as many as suit it. Two only if there are sources, or something
 * to press below its words. `words-first`: as many as suit it, but no card without its words before it.
 */
export function renderReply(
  reply: Reply,
  origin: Origin,
  as: 'one' | 'two' | 'words-first' | 'any' = 'any',
): readonly Outgoing[] {
  const { above, below } = partedBySources(reply);
  const isPair = above.length > 0 && below.length > 0;
  if (isPair && (as === 'two' || (as !== 'one' && isPressed(reply))))
    return [renderText(reply, above), renderCardMessage({ ...reply, parts: below }, origin)];
  if (['two', 'words-first'].includes(as) && isPressed(reply)) return withCardBelow(reply, origin);
  return [isPressed(reply) ? renderCardMessage(reply, origin) : renderText(reply, reply.parts)];
}

/** The words, and below them a card with what can be pressed alone. */
function withCardBelow(reply: Reply, origin: Origin): readonly Outgoing[] {
  const [prompts, words] = [reply.parts.filter(isPrompts), reply.parts.filter((part) => !isPrompts(part))];
  const card = renderCardMessage({ ...reply, parts: prompts }, origin);
  return words.length === 0 ? [card] : [renderText(reply, words), { ...card, summary: summaryOf(reply.parts) }];
}

function isPrompts({ kind }: ReplyPart): boolean {
  return kind === 'prompts';
}

/** The card that answers a press: of a reply in two activities the lower one, which was pressed. */
export function renderCardFor(reply: Reply, origin: Origin): Json {
  const { above, below } = partedBySources(reply);
  return renderCard(above.length > 0 && below.length > 0 ? { ...reply, parts: below } : reply, origin);
}

/** What is said, and from its sources on what belongs to them. */
function partedBySources({ parts }: Reply): { above: readonly ReplyPart[]; below: readonly ReplyPart[] } {
  const index = parts.findIndex(({ kind }) => kind === 'sources');
  return index === -1 ? { above: parts, below: [] } : { above: parts.slice(0, index), below: parts.slice(index) };
}

function isPressed({ buttons, form, parts }: Reply): boolean {
  return hasButtons(buttons) || form !== undefined || promptsOf(parts).length > 0;
}

function promptsOf(parts: readonly ReplyPart[]): readonly string[] {
  return parts.flatMap((part) => (part.kind === 'prompts' ? part.prompts : []));
}

/** How many parts share the room for quotes. */
function quotesIn(parts: readonly ReplyPart[]): number {
  return Math.max(1, parts.filter(({ kind }) => ['quote', 'said', 'written'].includes(kind)).length);
}

function renderText(reply: Reply, parts: readonly ReplyPart[]): Outgoing {
  const room = { surface: 'text', quote: Math.floor(rooms[0] / quotesIn(parts)), link: firstLink(reply) } as const;
  const lines = parts.map((part) => partMarkdown(part, room)).filter((line) => line !== '');
  const { text, cut } = cutMarkdown(lines.join('\n\n') || '…', longestText);
  const message = { type: 'message', textFormat: 'markdown' } as const;
  const said = cut ? `${text}\n\n…` : text;
  const cited = citedBy(reply, parts);
  if (cited === null) return { ...message, text: said };
  const quote = parts.find(({ kind }) => kind === 'quote');
  return {
    ...message,
    text: cited.marked ? said : withMarks(said, citationMarks(cited.citations)),
    entities: [aiEntity(cited, quote?.kind === 'quote' ? firstWords(quote.markdown) : '')],
    channelData: { feedbackLoop: { type: 'default' } },
  };
}

/** The documents that a text cites; null when it is no answer. `marked`: its sentences name them, and only those are told. */
function citedBy(
  reply: Reply,
  parts: readonly ReplyPart[],
): { citations: readonly Citation[]; places: readonly number[]; marked: boolean } | null {
  const written = parts.find((part) => part.kind === 'written');
  const sources = reply.parts.flatMap((part) => (part.kind === 'sources' ? part.citations : []));
  const citations = written?.citations ?? sources;
  if (written === undefined && citations.length === 0) return null;
  const named = written === undefined ? [] : citedPlaces(written.written).filter((place) => place in citations);
  return { citations, places: named.length > 0 ? named : [...citations.keys()], marked: named.length > 0 };
}

/** Behind the last word; below what ends with code. */
function withMarks(text: string, marks: string): string {
  if (marks === '') return text;
  return /(?:^|\n)[ \t>]*(?:`{3,}|~{3,})[^\n]*$/.test(text) ? `${text}\n\n${marks}` : `${text} ${marks}`;
}

function renderCardMessage(reply: Reply, origin: Origin): Outgoing {
  return {
    type: 'message',
    summary: summaryOf(reply.parts),
    attachments: [{ contentType: cardContentType, content: renderCard(reply, origin) }],
  };
}

function renderCard(reply: Reply, origin: Origin): Json {
  const actions = renderActions({ ...reply, prompts: promptsOf(reply.parts) }, origin);
  const fallbackText = summaryOf(reply.parts);
  const card = (body: readonly Json[]): Json => ({
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    fallbackText,
    body,
    ...(actions.length === 0 ? {} : { actions }),
  });
  const link = firstLink(reply);
  let body: readonly Json[] = [];
  for (const room of rooms) {
    const quote = Math.floor(room / quotesIn(reply.parts));
    body = reply.parts.flatMap((part) => renderPart(part, { surface: 'card', quote, link }));
    if (weigh(card(body)) <= largestCard) return card(body);
  }
  return card(thatFit(body, largestCard - weigh(card([]))));
}

/** The blocks that fit, in order; from the first that does not on, none. */
function thatFit(body: readonly Json[], room: number): readonly Json[] {
  let left = room;
  const count = body.findIndex((block) => {
    left -= weigh(block) + 2;
    return left < 0;
  });
  return count === -1 ? body : body.slice(0, count);
}

/** https://adaptivecards.io/explorer/TextBlock.html */
function renderPart(part: ReplyPart, room: Parameters<typeof partMarkdown>[1]): readonly Json[] {
  const text = withoutDates(partMarkdown(part, room));
  if (text === '') return [];
  const small = part.kind === 'note' ? { isSubtle: true, size: 'Small' } : {};
  return [{ type: 'TextBlock', text, wrap: true, ...small }];
}
