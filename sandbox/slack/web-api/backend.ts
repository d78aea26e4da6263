import { ApiError } from '../api-error.ts';
import type { Channel } from '../channels.ts';
import type { IncomingFiles } from '../incoming-files.ts';
import type { Json, Message } from '../messages.ts';
import type { Installation } from '../roster.ts';
import type { Statuses } from '../statuses.ts';
import type { Triggers } from '../triggers.ts';
import type { Uploads } from '../uploads.ts';
import type { Views } from '../views.ts';
import type { Workspace } from '../workspace.ts';
import type { Arguments } from './arguments.ts';

/** What the methods work on. */
export interface Backend {
  readonly workspace: Workspace;
  readonly installation: Installation;
  readonly statuses: Statuses;
  readonly views: Views;
  readonly triggers: Triggers;
  readonly streams: Set<string>;
  readonly botToken: string;
  readonly appToken: string;
  readonly scopes: readonly string[];
  /** A file as the API shows it; null when there is none in the conversations that the app is in. */
  file(id: string): Json | null;
  readonly uploads: Uploads;
  /** Files that the app uploads. */
  readonly incoming: IncomingFiles;
  /** A WebSocket address for one connection, or null when Socket Mode is off. */
  socketUrl(): string | null;
  permalink(channelId: string, message: Message): string;
  /** Seconds until this channel takes another post; 0 is now. */
  postingWaitSeconds(channelId: string): number;
}

/** One method: the scopes of which the token needs one (none is needed when empty), and what it does. */
export interface Method {
  readonly scopes: readonly string[];
  /** The answer without `ok`. @throws ApiError */
  run(args: Arguments, backend: Backend): Json;
}
export type Methods = Readonly<Record<string, Method>>;

/** Who the app is in the messages it posts. https://docs.slack.dev/reference/objects/bot-object */
export function appAuthor({ botUserId, botId, appId, appName, teamId }: Installation): Partial<Message> {
  const profile = {
    id: botId,
    app_id: appId,
    user_id: botUserId,
    name: appName,
    icons: { image_36: icon(36), image_48: icon(48), image_72: icon(72) },
    deleted: false,
    updated: 1_767_225_600,
    team_id: teamId,
  };
  return { user: botUserId, bot_id: botId, app_id: appId, team: teamId, bot_profile: profile };
}

function icon(pixels: number): string {
  return `https://a.slack-edge.com/80588/img/plugins/app/bot_${pixels}.png`;
}

/**
 * The channel of an argument, as far as the app may see it.
 *
 * @throws ApiError `channel_not_found`, also for a private channel that the app is not in.
 */
export function visibleChannel(channelId: string, { workspace, installation }: Backend): Channel {
  const channel = workspace.channels.find(channelId);
  if (channel === null) throw new ApiError('channel_not_found');
  if (channel.kind !== 'channel' && !channel.members.includes(installation.botUserId)) {
    throw new ApiError('channel_not_found');
  }
  return channel;
}

/** A channel that the app is in. @throws ApiError `channel_not_found`, `not_in_channel`. */
export function joinedChannel(channelId: string, backend: Backend): Channel {
  const channel = visibleChannel(channelId, backend);
  if (!channel.members.includes(backend.installation.botUserId)) throw new ApiError('not_in_channel');
  return channel;
}

/** @throws ApiError `missing_scope` unless the token has one of these. */
export function needScope(anyOf: readonly string[], { scopes }: Backend): void {
  if (anyOf.length === 0 || anyOf.some((scope) => scopes.includes(scope))) return;
  throw new ApiError('missing_scope', { needed: anyOf.join(','), provided: scopes.join(',') });
}

/** A message's `ts` is digits, a dot and six digits. */
export function isTs(text: string): boolean {
  return /^\d{1,12}\.\d{6}$/.test(text);
}

/** A page of a list. `cursor` is what Slack's looks like: base64 of where the next page begins. */
export function page<T>(items: readonly T[], args: Arguments, limits: { max: number; otherwise: number }): Page<T> {
  const limit = args.count('limit', limits.max, limits.otherwise);
  const from = decodeCursor(args.text('cursor'));
  const slice = items.slice(from, from + limit);
  const more = from + limit < items.length;
  const next = more ? Buffer.from(`offset:${from + limit}`).toString('base64') : '';
  return { items: slice, hasMore: more, metadata: { next_cursor: next } };
}
export interface Page<T> {
  readonly items: readonly T[];
  readonly hasMore: boolean;
  readonly metadata: { readonly next_cursor: string };
}

function decodeCursor(cursor: string | null): number {
  if (cursor === null) return 0;
  const found = /^offset:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8'));
  if (found === null) throw new ApiError('invalid_cursor');
  return Number(found[1]);
}
