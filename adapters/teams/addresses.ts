import type { Address } from '#domain/conversation.ts';

/*
 * The names of things: what the rest of the program keeps of Teams is made and read here alone. Conversation ids hold
 * colons and at signs, so they are percent-encoded; a slash always parts.
 */

/** A conversation of ours. `chatId` is without `;messageid=`. */
export interface TeamsPlace {
  readonly tenantId: string;
  readonly chatId: string;
  /** Of a channel the id of the thread's first message; elsewhere of the message that opened the conversation. */
  readonly root: string;
}

/** A conversation's address, as {@link fromAddress} reads it. */
export function toAddress({ tenantId, chatId, root }: TeamsPlace): Address {
  return { platform: 'teams', ref: `${toChatRef({ tenantId, chatId })}/${root}` };
}

/** The reverse of {@link toAddress}. */
export function fromAddress(address: Address): TeamsPlace {
  const [tenantId = '', chat = '', root = ''] = address.ref.split('/');
  return { tenantId, chatId: decoded(chat), root };
}

/** A chat of a tenant: what `ChatPlace.id` and `Arrival.chat` hold. */
export function toChatRef({ tenantId, chatId }: { tenantId: string; chatId: string }): string {
  return `${tenantId}/${encodeURIComponent(chatId)}`;
}

/** The reverse of {@link toChatRef}. */
export function fromChatRef(ref: string): { tenantId: string; chatId: string } {
  const [tenantId = '', chat = ''] = ref.split('/');
  return { tenantId, chatId: decoded(chat) };
}

/**
 * Whether the conversation is a channel: only there are threads. Told by its id, because a thread's address has no more.
 * `@thread.skype` are the channels of old. https://learn.microsoft.com/en-us/microsoftteams/platform/resources/bot-v3/bots-conversations/bots-conv-channel
 */
export function isChannel(chatId: string): boolean {
  return /@thread\.(?:tacv2|skype)$/.test(chatId);
}

/** A person's ref, as {@link fromPersonRef} reads it. */
export function personRef(tenantId: string, aadObjectId: string): string {
  return `teams/${tenantId}/${aadObjectId}`;
}

/** The reverse of {@link personRef}. */
export function fromPersonRef(ref: string): { tenantId: string; aadObjectId: string } {
  const [, tenantId = '', aadObjectId = ''] = ref.split('/');
  return { tenantId, aadObjectId };
}

/** A message's id, as {@link fromMessageId} reads it. */
export function messageIdOf(at: { tenantId: string; chatId: string; activityId: string }): string {
  return `teams/${toChatRef(at)}/${at.activityId}`;
}

/** The reverse of {@link messageIdOf}. */
export function fromMessageId(id: string): { tenantId: string; chatId: string; activityId: string } {
  const [, tenantId = '', chat = '', activityId = ''] = id.split('/');
  return { tenantId, chatId: decoded(chat), activityId };
}

/** A post of ours. The turn belongs to its id: an update that keeps a button needs it. */
export interface OwnPost {
  readonly chatId: string;
  /** Of its first activity: the text of an answer, or all there is. */
  readonly activityId: string;
  /** Of the card below the text; null when the post is one activity. */
  readonly cardId: string | null;
  readonly turnId: string;
}

/** A post's ref, as {@link fromPostRef} reads it. */
export function toPostRef({ chatId, activityId, cardId, turnId }: OwnPost): string {
  return `${postRefStart(chatId, activityId)}${cardId === null ? '' : `+${cardId}`}/${turnId}`;
}

/** The reverse of {@link toPostRef}. */
export function fromPostRef(ref: string): OwnPost {
  const [, chat = '', activities = '', ...turn] = ref.split('/');
  const [activityId = '', cardId] = activities.split('+');
  return { chatId: decoded(chat), activityId, cardId: cardId ?? null, turnId: turn.join('/') };
}

/** How the ref of a post begins whose first activity this is; `+` or `/` follows. */
export function postRefStart(chatId: string, activityId: string): string {
  return `teams/${encodeURIComponent(chatId)}/${activityId}`;
}

/** A ref that came back from outside may hold anything; what cannot be decoded names nothing. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
