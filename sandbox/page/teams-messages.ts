import type { Json, TeamsMessage } from '../teams/contract.ts';
import type { PageFile, PageMessage, TeamsContent } from './parts.ts';
import { teamsIdOf, tsOfTeams } from './teams-ids.ts';

/** The longest text that a card is told in where it is not drawn. */
const maxCardText = 500;
/** Of a thread those whose faces are shown, as in Slack. */
const maxRepliers = 5;
const cardType = 'application/vnd.microsoft.card.adaptive';
const nothing: TeamsContent = {
  text: '',
  textFormat: 'plain',
  attachments: [],
  entities: [],
  feedback: false,
  files: [],
};

/** What of a chat its messages are shown with. */
export interface TeamsKnown {
  readonly botUserId: string;
  fileOf(id: string): PageFile | null;
}

/** The messages of one chat in the page's form, oldest first; first messages tell of the replies below them. */
export function pageMessages(messages: readonly TeamsMessage[], known: TeamsKnown): readonly PageMessage[] {
  const replies = Map.groupBy(messages, ({ threadId }) => threadId ?? '');
  return messages
    .map((message) => ({ ...pageMessage(message, known), ...threadOf(message, replies.get(message.id) ?? [], known) }))
    .toSorted((a, b) => Number(a.ts) - Number(b.ts));
}

function pageMessage(message: TeamsMessage, known: TeamsKnown): PageMessage {
  const { id, from, deleted, edited, reactions = [] } = message;
  const said = {
    ts: tsOfTeams(id),
    user: from ?? known.botUserId,
    ...(from === null ? { bot_id: known.botUserId } : {}),
  };
  if (deleted === true) {
    return { ...said, text: 'This message was deleted.', subtype: 'tombstone', teams: nothing };
  }
  const files = (message.files ?? []).map((file) => known.fileOf(file)).filter((file) => file !== null);
  return {
    ...said,
    text: plainText(message),
    ...(edited === true ? { edited: true } : {}),
    ...(reactions.length === 0 ? {} : { reactions }),
    ...(files.length === 0 ? {} : { files: files.map((file) => ({ ...file })) }),
    teams: contentOf(message, files),
  };
}

function contentOf(message: TeamsMessage, files: readonly PageFile[]): TeamsContent {
  const { text, textFormat, attachments, entities, channelData = {}, quotes } = message;
  return {
    text,
    textFormat,
    attachments,
    entities,
    feedback: channelData['feedbackLoop'] !== undefined || channelData['feedbackLoopEnabled'] === true,
    ...(quotes === undefined ? {} : { quotes: tsOfTeams(quotes) }),
    files,
  };
}

function threadOf(
  { id, threadId }: TeamsMessage,
  replies: readonly TeamsMessage[],
  { botUserId }: TeamsKnown,
): Partial<PageMessage> {
  if (threadId !== undefined && threadId !== id) return { thread_ts: tsOfTeams(threadId) };
  const there = replies.filter((reply) => reply.deleted !== true && reply.id !== id);
  const last = there.toSorted((a, b) => Number(a.id) - Number(b.id)).at(-1);
  if (last === undefined) return {};
  const users = new Set(there.map(({ from }) => from ?? botUserId));
  return {
    thread_ts: tsOfTeams(id),
    reply_count: there.length,
    reply_users: [...users].slice(0, maxRepliers),
    latest_reply: tsOfTeams(last.id),
  };
}

/** The message as somebody sees it who has pressed its card: the answer stands in the card's place, for them alone. */
export function seenBy(as: string, page: PageMessage, message: TeamsMessage | null): PageMessage {
  const own = message?.cardsFor?.[as];
  if (own === undefined || page.teams === undefined || page.subtype === 'tombstone') return page;
  const card = own['contentType'] === undefined ? { contentType: cardType, content: own } : own;
  const { attachments } = page.teams;
  const at = attachments.findIndex(({ contentType }) => contentType === cardType);
  return { ...page, teams: { ...page.teams, attachments: at === -1 ? [card] : attachments.with(at, card) } };
}

/** What a message says without any markup; of a card without a text, what stands in it. */
function plainText({ text, textFormat, summary, attachments }: TeamsMessage): string {
  const said = textFormat === 'plain' ? text : fromMarkdown(fromHtml(text), textFormat);
  if (said.trim() !== '') return said.trim();
  return (
    summary ??
    attachments
      .map(({ content }) => cardText(content))
      .join('\n')
      .slice(0, maxCardText)
      .trim()
  );
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

/** Of the HTML that clients make of what is typed, and of mentions. */
function fromHtml(text: string): string {
  return (
    text
      // a quoted message comes before the words, and is no part of them
      .replaceAll(/<blockquote\b[^>]*schema\.skype\.com\/Reply[^>]*>.*?<\/blockquote>\s*/gis, '')
      .replaceAll(/<span\b[^>]*schema\.skype\.com\/Mention[^>]*>@?(.*?)<\/span>/gis, '@$1')
      .replaceAll(/<at\b[^>]*>@?(.*?)<\/at>/gis, '@$1')
      .replaceAll(/<br\s*\/?>|<\/(?:p|div|li|blockquote)>(?!$)/gi, '\n')
      .replaceAll(/<\/?[a-z][^>]*>/gi, '')
      .replaceAll(/&(amp|lt|gt|quot|#39|nbsp);/g, (whole, name: string) => entities[name] ?? whole)
  );
}

function fromMarkdown(text: string, format: TeamsMessage['textFormat']): string {
  if (format !== 'markdown') return text;
  return text
    .replaceAll(/\[([^\]]*)\]\((?:[^()\s]|\([^()\s]*\))*\)/g, '$1')
    .replaceAll(/\*\*|__|`/g, '')
    .replaceAll(/\\([^\w\s])/g, '$1');
}

/** The text blocks of a card, one a line. */
function cardText(card: unknown): string {
  if (Array.isArray(card))
    return card
      .map(cardText)
      .filter((text) => text !== '')
      .join('\n');
  if (!isRecord(card)) return '';
  if (card['type'] === 'TextBlock' && typeof card['text'] === 'string') return fromMarkdown(card['text'], 'markdown');
  return cardText(['body', 'items', 'columns'].map((name) => card[name]));
}

function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}

/** By `ts`, or null. */
export function findTeams(
  teams: { message(chat: string, id: string): TeamsMessage | null },
  chat: string,
  ts: string,
): TeamsMessage | null {
  return teams.message(chat, teamsIdOf(ts));
}
