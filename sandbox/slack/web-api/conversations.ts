import { ApiError } from '../api-error.ts';
import type { Channel } from '../channels.ts';
import type { Message } from '../messages.ts';
import type { Workspace } from '../workspace.ts';
import type { Arguments } from './arguments.ts';
import { isTs, joinedChannel, needScope, page, visibleChannel, type Backend, type Methods } from './backend.ts';

/** Methods of https://docs.slack.dev/reference/methods?family=conversations; the scope depends on the channel's kind. */
export const conversations: Methods = {
  'conversations.info': { scopes: [], run: info },
  'conversations.list': { scopes: [], run: list },
  'conversations.members': { scopes: [], run: members },
  'conversations.open': { scopes: ['im:write'], run: open },
  'conversations.history': { scopes: [], run: history },
  'conversations.replies': { scopes: [], run: replies },
};

const family = { channel: 'channels', private: 'groups', dm: 'im' } as const;

function info(args: Arguments, backend: Backend) {
  const channel = visibleChannel(args.required('channel'), backend);
  needScope([`${family[channel.kind]}:read`], backend);
  const shown = channelObject(channel, backend);
  return { channel: args.flag('include_num_members') ? { ...shown, num_members: channel.members.length } : shown };
}

function list(args: Arguments, backend: Backend) {
  const wanted = (args.text('types') ?? 'public_channel').split(',').map((type) => type.trim());
  const kinds = { public_channel: 'channel', private_channel: 'private', im: 'dm' } as const;
  const shown = wanted.flatMap((type) => (type in kinds ? [kinds[type as keyof typeof kinds]] : []));
  if (shown.length === 0) throw new ApiError('invalid_types');
  for (const kind of shown) needScope([`${family[kind]}:read`], backend);
  const { botUserId } = backend.installation;
  const channels = backend.workspace.channels
    .all()
    .filter((channel) => shown.includes(channel.kind))
    .filter((channel) => channel.kind === 'channel' || channel.members.includes(botUserId))
    .filter((channel) => !(args.flag('exclude_archived') && channel.isArchived));
  const { items, metadata } = page(channels, args, { max: 1000, otherwise: 100 });
  return { channels: items.map((channel) => channelObject(channel, backend)), response_metadata: metadata };
}

function members(args: Arguments, backend: Backend) {
  const channel = visibleChannel(args.required('channel'), backend);
  needScope([`${family[channel.kind]}:read`], backend);
  const { items, metadata } = page(channel.members, args, { max: 1000, otherwise: 100 });
  return { members: items, response_metadata: metadata };
}

function open(args: Arguments, backend: Backend) {
  const channelId = args.text('channel');
  if (channelId !== null) return opened(visibleChannel(channelId, backend), args, backend);
  const users = args.text('users')?.split(',') ?? [];
  const [user, ...others] = users;
  if (user === undefined) throw new ApiError('users_list_not_supplied');
  if (others.length > 0) throw new ApiError('method_not_supported_for_channel_type');
  if (backend.workspace.roster.person(user) === null) throw new ApiError('user_not_found');
  return opened(backend.workspace.channels.dm(user), args, backend);
}

function opened(channel: Channel, args: Arguments, backend: Backend) {
  const full = args.flag('return_im') ? channelObject(channel, backend) : { id: channel.id };
  return { no_op: true, already_open: true, channel: full };
}

function history(args: Arguments, backend: Backend) {
  const channel = joinedChannel(args.required('channel'), backend);
  needScope([`${family[channel.kind]}:history`], backend);
  const { messages } = backend.workspace.timeline(channel.id).top({});
  const newestFirst = messages.filter(within(args)).toReversed();
  const { items, hasMore, metadata } = page(newestFirst, args, { max: 999, otherwise: 100 });
  return {
    messages: items.map(shownWith(args)),
    has_more: hasMore,
    pin_count: 0,
    channel_actions_ts: null,
    channel_actions_count: 0,
    ...(hasMore ? { response_metadata: metadata } : {}),
  };
}

/** A thread's first message and its replies; a reply's `ts` gives that reply alone. */
function replies(args: Arguments, backend: Backend) {
  const channel = joinedChannel(args.required('channel'), backend);
  needScope([`${family[channel.kind]}:history`], backend);
  const ts = args.required('ts');
  const timeline = backend.workspace.timeline(channel.id);
  const first = isTs(ts) ? timeline.find(ts) : null;
  if (first === null) throw new ApiError('thread_not_found');
  // the first message is given whatever the bounds say
  const below = timeline.replies(ts).filter(within(args));
  const { items, hasMore, metadata } = page([first, ...below], args, { max: 1000, otherwise: 1000 });
  return {
    messages: items.map(shownWith(args)),
    has_more: hasMore,
    ...(hasMore ? { response_metadata: metadata } : {}),
  };
}

function within(args: Arguments): (message: Message) => boolean {
  const oldest = Number(args.text('oldest') ?? 0);
  const latest = Number(args.text('latest') ?? Number.POSITIVE_INFINITY);
  const inclusive = args.flag('inclusive');
  return ({ ts }) => {
    const at = Number(ts);
    return (at > oldest && at < latest) || (inclusive && (at === oldest || at === latest));
  };
}

/** Metadata is given only when it is asked for. https://docs.slack.dev/messaging/message-metadata */
function shownWith(args: Arguments): (message: Message) => Message {
  if (args.flag('include_all_metadata')) return (message) => message;
  return ({ metadata: _hidden, ...message }) => message;
}

/** https://docs.slack.dev/reference/objects/conversation-object */
function channelObject(channel: Channel, { workspace, installation }: Backend): Record<string, unknown> {
  if (channel.kind === 'dm') return directMessages(channel, workspace);
  const topic = { value: channel.topic, creator: '', last_set: 0 };
  return {
    id: channel.id,
    name: channel.name,
    is_channel: channel.kind === 'channel',
    is_group: false,
    is_im: false,
    is_mpim: false,
    is_private: channel.kind === 'private',
    created: channel.createdSeconds,
    is_archived: channel.isArchived,
    is_general: channel.name === 'general',
    unlinked: 0,
    name_normalized: channel.name,
    is_shared: channel.isExtShared,
    is_org_shared: false,
    is_ext_shared: channel.isExtShared,
    is_pending_ext_shared: false,
    pending_shared: [],
    context_team_id: installation.teamId,
    updated: channel.createdSeconds * 1000,
    creator: channel.members[0] ?? '',
    shared_team_ids: [installation.teamId],
    pending_connected_team_ids: [],
    is_member: channel.members.includes(installation.botUserId),
    topic,
    purpose: topic,
    previous_names: [],
  };
}

function directMessages(channel: Channel, workspace: Workspace): Record<string, unknown> {
  const { botUserId, teamId } = workspace.installation;
  return {
    id: channel.id,
    created: channel.createdSeconds,
    is_archived: false,
    is_im: true,
    is_org_shared: false,
    context_team_id: teamId,
    updated: channel.createdSeconds * 1000,
    user: channel.user,
    last_read: workspace.readMarks.of({ channelId: channel.id, userId: botUserId }),
    latest: workspace.timeline(channel.id).last(),
    unread_count: 0,
    unread_count_display: 0,
    is_open: true,
    priority: 0,
  };
}
