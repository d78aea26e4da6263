import { ApiError } from '../api-error.ts';
import type { Message, Reaction } from '../messages.ts';
import type { Arguments } from './arguments.ts';
import { joinedChannel, type Backend, type Methods } from './backend.ts';

/** Methods of https://docs.slack.dev/reference/methods?family=reactions */
export const reactions: Methods = {
  'reactions.add': { scopes: ['reactions:write'], run: add },
  'reactions.remove': { scopes: ['reactions:write'], run: remove },
  'reactions.get': { scopes: ['reactions:read'], run: get },
};

function add(args: Arguments, backend: Backend) {
  const { message, name, channelId } = target(args, backend);
  const { botUserId } = backend.installation;
  const before = reactionsOf(message);
  const users = before.find((one) => one.name === name)?.users ?? [];
  if (users.includes(botUserId)) throw new ApiError('already_reacted');
  const others = before.filter((one) => one.name !== name);
  set(backend, channelId, { ...message, reactions: [...others, reaction(name, [...users, botUserId])] });
  return {};
}

function remove(args: Arguments, backend: Backend) {
  const { message, name, channelId } = target(args, backend);
  const { botUserId } = backend.installation;
  const before = reactionsOf(message);
  const users = before.find((one) => one.name === name)?.users ?? [];
  if (!users.includes(botUserId)) throw new ApiError('no_reaction');
  const left = users.filter((user) => user !== botUserId);
  const others = before.filter((one) => one.name !== name);
  set(backend, channelId, { ...message, reactions: left.length === 0 ? others : [...others, reaction(name, left)] });
  return {};
}

function get(args: Arguments, backend: Backend) {
  const channel = joinedChannel(args.required('channel'), backend);
  const message = backend.workspace.timeline(channel.id).find(args.required('timestamp'));
  if (message === null) throw new ApiError('message_not_found');
  return { type: 'message', channel: channel.id, message };
}

function target(args: Arguments, backend: Backend): { message: Message; name: string; channelId: string } {
  const name = args.text('name')?.replaceAll(':', '') ?? '';
  if (!/^[a-z0-9_+'-]+$/.test(name)) throw new ApiError('invalid_name');
  const channel = joinedChannel(args.required('channel'), backend);
  const message = backend.workspace.timeline(channel.id).find(args.required('timestamp'));
  if (message === null) throw new ApiError('message_not_found');
  return { message, name, channelId: channel.id };
}

/** A reaction is no change of the message: people see it, apps get no message event for it. */
function set({ workspace }: Backend, channelId: string, message: Message): void {
  workspace.mark(channelId, message);
}

function reactionsOf(message: Message): readonly Reaction[] {
  return message.reactions ?? [];
}

function reaction(name: string, users: readonly string[]): Reaction {
  return { name, users, count: users.length };
}
