import { ApiError } from '../api-error.ts';
import type { Channel } from '../channels.ts';
import type { Message } from '../messages.ts';
import { isReply } from '../timeline.ts';
import type { Arguments } from './arguments.ts';
import { appAuthor, isTs, joinedChannel, visibleChannel, type Backend, type Methods } from './backend.ts';
import { keptMetadata, readContent, readParts, type Content } from './content.ts';

/** Methods of https://docs.slack.dev/reference/methods?family=chat */
export const chat: Methods = {
  'chat.postMessage': { scopes: ['chat:write'], run: postMessage },
  'chat.update': { scopes: ['chat:write'], run: update },
  'chat.delete': { scopes: ['chat:write'], run: remove },
  'chat.postEphemeral': { scopes: ['chat:write'], run: postEphemeral },
  'chat.getPermalink': { scopes: [], run: getPermalink },
};

function postMessage(args: Arguments, backend: Backend) {
  const channel = channelToPost(args.required('channel'), backend);
  const content = readContent(args);
  const thread = threadOf(channel, args.text('thread_ts'), backend);
  const waitSeconds = backend.postingWaitSeconds(channel.id);
  if (waitSeconds > 0) throw new ApiError('ratelimited', { retryAfterSeconds: waitSeconds });
  const broadcast = thread !== null && args.flag('reply_broadcast');
  const message = backend.workspace.post(channel.id, {
    ...appAuthor(backend.installation),
    ...content,
    ...inThread(thread),
    ...(broadcast ? { subtype: 'thread_broadcast' } : {}),
  });
  if (thread !== null) backend.statuses.set(channel.id, thread.ts, '');
  return { channel: channel.id, ts: message.ts, message };
}

/** A person's id stands for the direct messages with them, `#name` for the channel. @throws ApiError */
function channelToPost(target: string, backend: Backend): Channel {
  const { workspace } = backend;
  if (workspace.roster.person(target) !== null) return workspace.channels.dm(target);
  const named = workspace.channels.all().find((one) => one.kind !== 'dm' && `#${one.name}` === target);
  const channel = joinedChannel(named?.id ?? target, backend);
  if (channel.isArchived) throw new ApiError('is_archived');
  return channel;
}

/** The first message of the thread that is answered; null at top level. @throws ApiError `invalid_thread_ts`, `thread_not_found`. */
export function threadOf(channel: Channel, threadTs: string | null, { workspace }: Backend): Message | null {
  if (threadTs === null) return null;
  if (!isTs(threadTs)) throw new ApiError('invalid_thread_ts');
  const first = workspace.timeline(channel.id).find(threadTs);
  if (first === null || isReply(first)) throw new ApiError('thread_not_found');
  return first;
}

export function inThread(first: Message | null): Partial<Message> {
  if (first === null) return {};
  return { thread_ts: first.ts, ...(first.user === undefined ? {} : { parent_user_id: first.user }) };
}

function update(args: Arguments, backend: Backend) {
  const channel = joinedChannel(args.required('channel'), backend);
  const message = ownMessage(channel, args.required('ts'), { ...backend, refusal: 'cant_update_message' });
  const parts = readParts(args);
  const nothing = parts.text === '' && parts.blocks === undefined && parts.attachments === undefined;
  if (nothing && parts.metadata === undefined) throw new ApiError('no_text');
  const changed = backend.workspace.change(channel.id, message.ts, (old) => merge(old, parts, backend));
  const shown = changed ?? message;
  return { channel: channel.id, ts: shown.ts, text: shown.text, message: shown };
}

/**
 * Text without blocks removes the blocks and shows "edited"; blocks without text keep the text; what is left out
 * else stays. https://docs.slack.dev/reference/methods/chat.update
 */
function merge(old: Message, parts: Content, { workspace, installation }: Backend): Message {
  const { blocks: oldBlocks, metadata: oldMetadata, ...rest } = old;
  const { metadata = oldMetadata, ...said } = parts;
  const blocks = parts.blocks ?? (parts.text === '' ? oldBlocks : undefined);
  return {
    ...rest,
    ...said,
    ...keptMetadata(metadata),
    text: parts.text === '' ? old.text : parts.text,
    ...(blocks === undefined ? {} : { blocks }),
    ...(parts.blocks === undefined && parts.text !== ''
      ? { edited: { user: installation.botUserId, ts: workspace.nextTs() } }
      : {}),
  };
}

function remove(args: Arguments, backend: Backend) {
  const channel = joinedChannel(args.required('channel'), backend);
  const message = ownMessage(channel, args.required('ts'), { ...backend, refusal: 'cant_delete_message' });
  backend.workspace.remove(channel.id, message.ts);
  return { channel: channel.id, ts: message.ts };
}

function ownMessage(channel: Channel, ts: string, options: Backend & { refusal: string }): Message {
  const message = options.workspace.timeline(channel.id).find(ts);
  if (message === null) throw new ApiError('message_not_found');
  if (message.bot_id !== options.installation.botId) throw new ApiError(options.refusal);
  return message;
}

function postEphemeral(args: Arguments, backend: Backend) {
  const channel = joinedChannel(args.required('channel'), backend);
  const user = args.required('user');
  if (!channel.members.includes(user)) throw new ApiError('user_not_in_channel');
  const thread = threadOf(channel, args.text('thread_ts'), backend);
  const draft = { ...appAuthor(backend.installation), ...readContent(args), ...inThread(thread) };
  return { message_ts: backend.workspace.whisper(channel.id, draft, user).ts };
}

function getPermalink(args: Arguments, backend: Backend) {
  const channel = visibleChannel(args.required('channel'), backend);
  const message = backend.workspace.timeline(channel.id).find(args.required('message_ts'));
  if (message === null) throw new ApiError('message_not_found');
  return { channel: channel.id, permalink: backend.permalink(channel.id, message) };
}
