import { isRecord } from './block-kit/shape.ts';
import type { Channel } from './channels.ts';
import type { Json, Message } from './messages.ts';
import type { Installation } from './roster.ts';
import { newId } from './signing.ts';
import { mentions } from './text.ts';
import type { Happening } from './workspace.ts';

/** One event on its way to the app: the body, and the channel in whose order it goes. */
export interface OutgoingEvent {
  readonly eventId: string;
  readonly channel: string;
  readonly body: Json;
}

/** What the app has subscribed to, in the manifest's words: `message.im`, `app_mention` … */
export type Subscriptions = ReadonlySet<string>;

/** Event types an app of this kind subscribes to. https://docs.slack.dev/reference/events */
export const usualSubscriptions: readonly string[] = [
  'agent_session_stopped',
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'channel_archive',
  'member_joined_channel',
  'message.channels',
  'message.groups',
  'message.im',
  'reaction_added',
  'reaction_removed',
  'tokens_revoked',
];

/**
 * The events that Slack sends to the app for something that happened in a channel it is a member of: the message
 * event, its own posts included, and for a mention an `app_mention` beside it, with an id of its own.
 * https://docs.slack.dev/reference/events/message and https://docs.slack.dev/reference/events/app_mention
 */
export function eventsFor(happening: Happening, app: Installation, subscriptions: Subscriptions): readonly Json[] {
  const { channel } = happening;
  if (!channel.members.includes(app.botUserId)) return [];
  if (happening.kind === 'ephemeral') return [];
  if (happening.kind === 'reacted') return reactionEvents(happening, subscriptions);
  const events: Json[] = [];
  if (subscriptions.has(subscriptionOf(channel))) events.push(messageEvent(happening));
  if (subscriptions.has('app_mention') && isMention(happening, app)) events.push(mentionEvent(happening));
  return events;
}

/** https://docs.slack.dev/reference/events/reaction_added and https://docs.slack.dev/reference/events/reaction_removed */
function reactionEvents(
  { channel, ts, message, wish }: Extract<Happening, { kind: 'reacted' }>,
  subscriptions: Subscriptions,
): readonly Json[] {
  const type = wish.on ? 'reaction_added' : 'reaction_removed';
  if (!subscriptions.has(type)) return [];
  const item = { type: 'message', channel: channel.id, ts: message.ts };
  const author = message.user === undefined ? {} : { item_user: message.user };
  return [{ type, user: wish.user, reaction: wish.name, item, ...author, event_ts: ts }];
}

type Visible = Exclude<Happening, { kind: 'ephemeral' | 'reacted' }>;

function messageEvent(happening: Visible): Json {
  const { channel } = happening;
  const place = { channel: channel.id, channel_type: channelType(channel) };
  switch (happening.kind) {
    case 'posted':
      return { ...happening.message, ...place, event_ts: happening.message.ts };
    case 'changed': {
      const { ts, message, previous } = happening;
      const both = { message, previous_message: previous };
      return { type: 'message', subtype: 'message_changed', hidden: true, ...both, ...place, ts, event_ts: ts };
    }
    case 'deleted': {
      const { ts, previous } = happening;
      const gone = { deleted_ts: previous.ts, previous_message: previous };
      return { type: 'message', subtype: 'message_deleted', hidden: true, ...gone, ...place, ts, event_ts: ts };
    }
  }
}

function isMention(happening: Visible, app: Installation): happening is Visible & { kind: 'posted' } {
  if (happening.kind !== 'posted' || happening.channel.kind === 'dm') return false;
  return happening.message.bot_id === undefined && mentions(happening.message.text, app.botUserId);
}

function mentionEvent({ channel, message }: { channel: Channel; message: Message }): Json {
  return { ...message, type: 'app_mention', channel: channel.id, event_ts: message.ts };
}

/**
 * The envelope around an event. https://docs.slack.dev/apis/events-api#event-type-structure
 *
 * @param atSeconds epoch seconds.
 */
export function envelope(
  event: Json,
  from: { app: Installation; token: string; isExtShared: boolean },
  atSeconds: number,
): OutgoingEvent {
  const { app } = from;
  const eventId = newId('Ev0');
  const channel = channelIdOf(event);
  const authorization = {
    enterprise_id: null,
    team_id: app.teamId,
    user_id: app.botUserId,
    is_bot: true,
    is_enterprise_install: false,
  };
  const body = {
    token: from.token,
    team_id: app.teamId,
    context_team_id: app.teamId,
    context_enterprise_id: null,
    api_app_id: app.appId,
    event,
    type: 'event_callback',
    event_id: eventId,
    event_time: atSeconds,
    authorizations: [authorization],
    is_ext_shared_channel: from.isExtShared,
    event_context: `4-${Buffer.from(JSON.stringify({ et: event['type'], tid: app.teamId })).toString('base64url')}`,
  };
  return { eventId, channel, body };
}

/** The channel's id; that of the message that was reacted to. '' when the event is of no channel. */
export function channelIdOf({ channel, item }: Json): string {
  if (typeof channel === 'string') return channel;
  return isRecord(item) && typeof item['channel'] === 'string' ? item['channel'] : '';
}

function subscriptionOf(channel: Channel): string {
  return { dm: 'message.im', channel: 'message.channels', private: 'message.groups' }[channel.kind];
}

function channelType(channel: Channel): string {
  return { dm: 'im', channel: 'channel', private: 'group' }[channel.kind];
}
