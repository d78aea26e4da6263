import { ApiError } from '../api-error.ts';
import { isRecord } from '../block-kit/shape.ts';
import { acceptBlocks } from '../block-kit/index.ts';
import type { Json, Message } from '../messages.ts';
import type { Arguments } from './arguments.ts';
import { appAuthor, joinedChannel, type Backend, type Methods } from './backend.ts';
import { inThread, threadOf } from './chat.ts';
import { readList, readParts } from './content.ts';

/** https://docs.slack.dev/reference/methods/chat.startStream, …appendStream, …stopStream */
export const streams: Methods = {
  'chat.startStream': { scopes: ['chat:write'], run: start },
  'chat.appendStream': { scopes: ['chat:write'], run: append },
  'chat.stopStream': { scopes: ['chat:write'], run: stop },
};

const maxMarkdownText = 12_000;

function start(args: Arguments, backend: Backend) {
  const channel = joinedChannel(args.required('channel'), backend);
  const thread = threadOf(channel, args.required('thread_ts'), backend);
  if (channel.kind !== 'dm') {
    if (args.text('recipient_user_id') === null) throw new ApiError('missing_recipient_user_id');
    if (args.text('recipient_team_id') === null) throw new ApiError('missing_recipient_team_id');
  }
  const message = backend.workspace.post(channel.id, {
    ...appAuthor(backend.installation),
    ...inThread(thread),
    ...markdown(newText(args)),
    streaming_state: 'in_progress',
  });
  backend.streams.add(`${channel.id}/${message.ts}`);
  if (thread !== null) backend.statuses.set(channel.id, thread.ts, '');
  return { channel: channel.id, ts: message.ts };
}

function append(args: Arguments, backend: Backend) {
  const { channelId, message } = streaming(args, backend);
  const text = newText(args);
  if (text === '') throw new ApiError('no_text');
  backend.workspace.change(channelId, message.ts, (old) => ({ ...old, ...markdown(old.text + text) }));
  return { channel: channelId, ts: message.ts };
}

function stop(args: Arguments, backend: Backend) {
  const { channelId, message } = streaming(args, backend);
  const text = message.text + newText(args);
  const { blocks = [], metadata } = readParts(withoutMarkdown(args));
  const said = markdown(text);
  const all = acceptBlocks([...(said.blocks ?? []), ...blocks]);
  if (all.length === 0) throw new ApiError('no_text');
  const changed = backend.workspace.change(channelId, message.ts, ({ streaming_state: _ended, ...old }) => ({
    ...old,
    text,
    blocks: all,
    ...(metadata === undefined ? {} : { metadata }),
  }));
  backend.streams.delete(`${channelId}/${message.ts}`);
  return { channel: channelId, ts: message.ts, message: changed };
}

function streaming(args: Arguments, backend: Backend): { channelId: string; message: Message } {
  const channel = joinedChannel(args.required('channel'), backend);
  const message = backend.workspace.timeline(channel.id).find(args.required('ts'));
  if (message === null) throw new ApiError('message_not_found');
  if (message.bot_id !== backend.installation.botId) throw new ApiError('message_not_owned_by_app');
  if (!backend.streams.has(`${channel.id}/${message.ts}`)) throw new ApiError('message_not_in_streaming_state');
  return { channelId: channel.id, message };
}

function newText(args: Arguments): string {
  const chunks = readList(args, 'chunks', 100).filter(isRecord);
  const fromChunks = chunks.filter((chunk) => chunk['type'] === 'markdown_text').map((chunk) => String(chunk['text']));
  const text = [args.text('markdown_text') ?? '', ...fromChunks].join('');
  if (text.length > maxMarkdownText) throw new ApiError('msg_too_long');
  return text;
}

function markdown(text: string): { text: string; blocks?: readonly Json[] } {
  return text === '' ? { text } : { text, blocks: acceptBlocks([{ type: 'markdown', text }]) };
}

function withoutMarkdown(args: Arguments): Arguments {
  return { ...args, text: (name) => (name === 'markdown_text' || name === 'text' ? null : args.text(name)) };
}
