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

/**
 * Reads what is common to all activities.
 *
 * @throws ZodError when Teams sends a shape that is not known here.
 */
export function readScene(body: unknown, { appId, now }: { appId: string; now: Date }): Scene {
  const activity = Activity.parse(body);
  const chat = chatOf(activity);
  const sentAt = Date.parse(activity.timestamp);
  return {
    activity,
    chat,
    root: chat.scope === 'channel' ? (/;messageid=(\d{1,20})/.exec(activity.conversation.id)?.[1] ?? null) : null,
    person: personOf(activity, chat.tenantId),
    at: Number.isNaN(sentAt) ? now : new Date(sentAt),
    ownIds: [activity.recipient.id, `28:${appId.toLowerCase()}`].filter((id) => id.startsWith('28:')),
  };
}

/** The tenant of an activity, the one that it is checked by; '' when it tells none. */
export function tenantOf({
  conversation,
  channelData,
}: Pick<z.infer<typeof Activity>, 'conversation' | 'channelData'>): string {
  return conversation.tenantId || channelData.tenant;
}

function chatOf(activity: z.infer<typeof Activity>): SeenChat {
  const { conversation, channelData, serviceUrl, recipient } = activity;
  // an app that is added to a team is added in a channel of it, and greets there
  const id = channelData.settings.selectedChannel || conversation.id;
  const scope = scopeOf(activity);
  return {
    id: withoutThread(id),
    tenantId: tenantOf(activity),
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

function scopeOf({ conversation, channelData }: z.infer<typeof Activity>): TeamsChat['scope'] {
  const { conversationType: type, id } = conversation;
  if (type === 'personal' || type === 'groupChat' || type === 'channel') return type;
  if (channelData.team !== '') return 'channel';
  return id.startsWith('a:') ? 'personal' : 'groupChat';
}

/** Private and shared channels have members of their own, who need not be of the team, or of the company. */
function isShared(type: string): boolean | null {
  return type === '' ? null : type !== 'standard';
}

/** Bots, ourselves among them, are named `28:…`: answering one would loop. */
function personOf({ from }: z.infer<typeof Activity>, tenantId: string): Scene['person'] {
  const { id: userId, aadObjectId, role, name } = from;
  if (aadObjectId === '' || userId.startsWith('28:') || role === 'bot') return null;
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
