import { randomUUID } from 'node:crypto';
import type { Json } from './contract.ts';
import { aadIdOf, botId, tenantId, userIdOf } from './ids.ts';
import type { Chat, Team } from './world.ts';

/** Where, and by whom, something happened. */
export interface Scene {
  readonly chat: Chat;
  readonly team: Team | null;
  readonly as: { readonly slackId: string; readonly name: string };
  readonly appName: string;
  /** The first message of the thread; channels only. */
  readonly root?: string | undefined;
}

/**
 * What all activities have in common; `serviceUrl` comes when it is sent. Times are of now.
 * https://github.com/microsoft/botframework-sdk/blob/main/specs/botframework-activity/botframework-activity.md
 */
export function baseActivity(scene: Scene): Json {
  const { as, appName } = scene;
  const now = new Date().toISOString();
  return {
    channelId: 'msteams',
    timestamp: now,
    localTimestamp: now.replace('Z', '+00:00'),
    localTimezone: 'Europe/London',
    locale: 'en-GB',
    from: { id: userIdOf(as.slackId), name: as.name, aadObjectId: aadIdOf(as.slackId) },
    recipient: { id: botId, name: appName },
    conversation: conversationOf(scene),
    entities: [clientInfo],
    channelData: channelDataOf(scene),
  };
}

/** The id of an event that is no message. */
export function eventId(): string {
  return `f:${randomUUID()}`;
}

export const clientInfo: Json = {
  type: 'clientInfo',
  locale: 'en-GB',
  country: 'GB',
  platform: 'Web',
  timezone: 'Europe/London',
};

export function isChannel({ kind }: Chat): boolean {
  return kind === 'channel' || kind === 'private';
}

/** https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/channel-and-group-conversations */
export function conversationOf({ chat, root }: Scene): Json {
  if (chat.kind === 'personal') return { conversationType: 'personal', tenantId, id: chat.id };
  if (chat.kind === 'group')
    return { isGroup: true, conversationType: 'groupChat', tenantId, id: chat.id, name: chat.name };
  const id = root === undefined ? chat.id : `${chat.id};messageid=${root}`;
  return { isGroup: true, conversationType: 'channel', tenantId, id };
}

/** `teamsChannelId` and `teamsTeamId` are deprecated, and still sent. */
export function channelDataOf({ chat, team }: Scene): Json {
  if (!isChannel(chat) || team === null) return { tenant: { id: tenantId } };
  return {
    teamsChannelId: chat.id,
    teamsTeamId: team.id,
    channel: { id: chat.id, name: chat.name, type: chat.kind === 'private' ? 'private' : 'standard' },
    team: { id: team.id, name: team.name, aadGroupId: team.aadGroupId, type: 'standard' },
    tenant: { id: tenantId },
  };
}
