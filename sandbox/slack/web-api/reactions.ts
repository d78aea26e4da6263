import { ApiError } from '../api-error.ts';
import { isReactionName } from '../reactions.ts';
import type { Arguments } from './arguments.ts';
import { joinedChannel, type Backend, type Methods } from './backend.ts';

/** Methods of https://docs.slack.dev/reference/methods?family=reactions */
export const reactions: Methods = {
  'reactions.add': { scopes: ['reactions:write'], run: (args, backend) => react(args, backend, true) },
  'reactions.remove': { scopes: ['reactions:write'], run: (args, backend) => react(args, backend, false) },
  'reactions.get': { scopes: ['reactions:read'], run: get },
};

function react(args: Arguments, backend: Backend, on: boolean) {
  const name = args.text('name')?.replaceAll(/^:|:$/g, '') ?? '';
  if (!isReactionName(name)) throw new ApiError('invalid_name');
  const { channel, message } = target(args, backend);
  const user = backend.installation.botUserId;
  const isDone = backend.workspace.react(channel.id, message.ts, { user, name, on });
  if (!isDone) throw new ApiError(on ? 'already_reacted' : 'no_reaction');
  return {};
}

function get(args: Arguments, backend: Backend) {
  const { channel, message } = target(args, backend);
  return { type: 'message', channel: channel.id, message };
}

function target(args: Arguments, backend: Backend) {
  const channel = joinedChannel(args.required('channel'), backend);
  const message = backend.workspace.timeline(channel.id).find(args.required('timestamp'));
  if (message === null) throw new ApiError('message_not_found');
  return { channel, message };
}
