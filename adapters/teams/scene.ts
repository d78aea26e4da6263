import type { z } from 'zod';
import { personRef, type TeamsPlace, toAddress, toChatRef } from './addresses.ts';
import type { TeamsChat } from './chat.ts';
import type { SeenChat, SeenPerson } from './chats.ts';
import { Activity } from './schema.ts';

/** What every activity tells: where, who, when. */
export interface Scene {
  readonly activity: z.infer<typeof Activity>;
  readonly chat: SeenChat;
  /** Of a channel the first message of the thread; null where there are none, and where it is not told. */
  readonly root: string | null;
  /** Null: no person of a directory, or a bot. */
  readonly person: (SeenPerson & { readonly ref: string; readonly name: string }) | null;
  /** When it was sent; when it came where that is not told. */
  readonly at: Date;
  /** Under which we are mentioned. */
  readonly ownIds: readonly string[];
}

export interface SceneSettings {
  readonly appId: string;
  readonly now: Date;
  /** The tenant of activities that tell none, from people who need be of no directory; null where deliveries are verified. */
  readonly emulatedTenant: string | null;
}

/**
 * Reads what is common to all activities.
 *
 * @throws ZodError when Teams sends a shape that is not known here.
 */
export function readScene(body: unknown, { appId, now, emulatedTenant }: SceneSettings): Scene {
  const activity = Activity.parse(body);
  const chat = chatOf(activity, emulatedTenant);
  const sentAt = Date.parse(activity.timestamp);
  return {
    activity,
    chat,
    root: chat.scope === 'channel' ? (/;messageid=(\d{1,20})/.exec(activity.conversation.id)?.[1] ?? null) : null,
    person: personOf(activity, chat.tenantId, emulatedTenant !== null),
    at: Number.isNaN(sentAt) ? now : new Date(sentAt),
    ownIds: [activity.recipient.id, ...(appId === '' ? [] : [`28:${appId.toLowerCase()}`])],
  };
}

/** The tenant of an activity, the one that it is checked by, in small letters; '' when it tells none. */
function tenantOf({
  conversation,
  channelData,
}: Pick<z.infer<typeof Activity>, 'conversation' | 'channelData'>): string {
  return (conversation.tenantId || channelData.tenant).toLowerCase();
}

function chatOf(activity: z.infer<typeof Activity>, emulatedTenant: string | null): SeenChat {
  const { conversation, channelData, serviceUrl, recipient } = activity;
  // an app that is added to a team is added in a channel of it, and greets there
  const id = channelData.settings.selectedChannel || conversation.id;
  const scope = scopeOf(activity, emulatedTenant !== null);
  return {
    id: withoutThread(id),
    tenantId: tenantOf(activity) || (emulatedTenant ?? ''),
    serviceUrl: serviceUrl.endsWith('/') ? serviceUrl : `${serviceUrl}/`,
    botId: recipient.id,
    scope,
    teamId: channelData.team || null,
    isShared: scope === 'channel' ? isShared(channelData.channel.type) : false,
  };
}

function withoutThread(id: string): string {
  return id.split(';', 1)[0] ?? '';
}

/** Emulators tell a chat of several alone. */
function scopeOf({ conversation, channelData }: z.infer<typeof Activity>, isEmulated: boolean): TeamsChat['scope'] {
  const { conversationType: type, id, isGroup } = conversation;
  if (type === 'personal' || type === 'groupChat' || type === 'channel') return type;
  if (channelData.team !== '') return 'channel';
  return id.startsWith('a:') || (isEmulated && !isGroup) ? 'personal' : 'groupChat';
}

/** Private and shared channels have members of their own, who need not be of the team, or of the company. */
function isShared(type: string): boolean | null {
  return type === '' ? null : type !== 'standard';
}

/** Bots, ourselves among them, are named `28:…`: answering one would loop. An emulator's people may be of no directory. */
function personOf(
  { from, recipient }: z.infer<typeof Activity>,
  tenantId: string,
  isEmulated: boolean,
): Scene['person'] {
  const { id: userId, role, name } = from;
  const aadObjectId = from.aadObjectId || (isEmulated ? encodeURIComponent(userId) : '');
  const isBot = userId.startsWith('28:') || userId === recipient.id || role === 'bot';
  if (aadObjectId === '' || isBot) return null;
  return { userId, aadObjectId, ref: personRef(tenantId, aadObjectId), name };
}

/** The place of a message in its scene: in a thread, or a conversation that it opens. */
export function placeIn({ chat, root }: Scene, activityId: string): TeamsPlace {
  return { tenantId: chat.tenantId, chatId: chat.id, root: root ?? activityId };
}

/** Whether an address that came back with a button is of the chat, and the thread, where it was pressed. */
export function isHere(scene: Scene, address: TeamsPlace): boolean {
  const { chat, root } = scene;
  if (toChatRef(address) !== toChatRef({ tenantId: chat.tenantId, chatId: chat.id })) return false;
  return root === null || toAddress(address).ref === toAddress(placeIn(scene, '')).ref;
}
