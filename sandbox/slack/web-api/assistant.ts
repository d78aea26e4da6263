import { ApiError, invalidArguments } from '../api-error.ts';
import { isRecord } from '../block-kit/shape.ts';
import type { Arguments } from './arguments.ts';
import { isTs, joinedChannel, type Backend, type Methods } from './backend.ts';
import { readList } from './content.ts';

const eitherScope = ['chat:write', 'assistant:write'];
const sessionStatuses = ['active', 'processing', 'suspended', 'closed'];

/** https://docs.slack.dev/reference/methods?family=assistant and …?family=agents */
export const assistant: Methods = {
  'assistant.threads.setStatus': { scopes: eitherScope, run: setStatus },
  'assistant.threads.setSuggestedPrompts': { scopes: ['assistant:write'], run: setSuggestedPrompts },
  'assistant.threads.setTitle': { scopes: ['assistant:write'], run: setTitle },
  'agents.sessions.setStatus': { scopes: eitherScope, run: setSessionStatus },
  'agents.sessions.rename': { scopes: eitherScope, run: rename },
};

/** The thread that is meant. @throws ApiError `channel_not_found`, `invalid_thread_ts`. */
function thread(args: Arguments, backend: Backend): { channelId: string; threadTs: string } {
  const channel = joinedChannel(args.required('channel_id'), backend);
  const threadTs = args.required('thread_ts');
  if (!isTs(threadTs) || backend.workspace.timeline(channel.id).find(threadTs) === null) {
    throw new ApiError('invalid_thread_ts');
  }
  return { channelId: channel.id, threadTs };
}

function setStatus(args: Arguments, backend: Backend) {
  const { channelId, threadTs } = thread(args, backend);
  if (args.all['status'] === undefined) throw invalidArguments('missing required field: status');
  readList(args, 'loading_messages', 10);
  backend.statuses.set(channelId, threadTs, args.text('status') ?? '');
  return {};
}

/** A `thread_ts` has no effect for agents: the call is accepted and nothing is shown. */
function setSuggestedPrompts(args: Arguments, backend: Backend) {
  joinedChannel(args.required('channel_id'), backend);
  const prompts = readList(args, 'prompts', 4);
  const complete = prompts.every((prompt) => isRecord(prompt) && 'title' in prompt && 'message' in prompt);
  if (prompts.length === 0 || !complete) throw invalidArguments('missing required field: prompts');
  return {};
}

function setTitle(args: Arguments, backend: Backend) {
  thread(args, backend);
  args.required('title');
  return {};
}

function setSessionStatus(args: Arguments, backend: Backend) {
  const { channelId, threadTs } = thread(args, backend);
  const status = args.required('status');
  if (!sessionStatuses.includes(status)) throw invalidArguments('must be a valid enum value [json-pointer:/status]');
  return { session: { channel_id: channelId, thread_ts: threadTs, status } };
}

function rename(args: Arguments, backend: Backend) {
  thread(args, backend);
  if (args.required('title').length > 200) {
    throw invalidArguments('must be less than 201 characters [json-pointer:/title]');
  }
  return {};
}
