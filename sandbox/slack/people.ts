import type { Change, ChannelView, ShownMessage, SlackSandbox } from './contract.ts';
import type { Core } from './core.ts';
import { deleteFile } from './file-removal.ts';
import { readsFile } from './file-readers.ts';
import type { Json, Message } from './messages.ts';
import { isReactionName } from './reactions.ts';
import { channelOf, createTyping } from './typing.ts';

type PeopleSide = Pick<
  SlackSandbox,
  | 'people'
  | 'channels'
  | 'isMember'
  | 'canSeeFile'
  | 'markRead'
  | 'markUnread'
  | 'readUntil'
  | 'dm'
  | 'say'
  | 'sayRaw'
  | 'edit'
  | 'remove'
  | 'react'
  | 'upload'
  | 'file'
  | 'removeFile'
  | 'messages'
  | 'top'
  | 'message'
  | 'thread'
  | 'whispers'
  | 'dismiss'
  | 'modal'
  | 'home'
>;

/**
 * What people see and say in Slack's client.
 *
 * @param on.url the server's own address.
 */
export function createPeopleSide(core: Core, on: { url: string; tell: (change: Change) => void }): PeopleSide {
  const { workspace, views } = core;
  const typing = createTyping(workspace, core.uploads, on.url);
  return {
    ...createReading(core, on.tell),
    people: () => workspace.roster.people,
    dm: (userId) => workspace.channels.dm(userId).id,
    say: async (said) => typing.say(said),
    sayRaw: async (said) => typing.sayRaw(said),
    edit: async (change) => typing.edit(change),
    remove: async (change) => typing.remove(change),
    async react({ as, channel, ts, name, on: isOn }) {
      channelOf(workspace, channel, as);
      if (!isReactionName(name)) throw new Error(`${name} is no emoji's name`);
      if (workspace.timeline(channel).find(ts) === null) throw new Error(`${channel} has no message ${ts}`);
      workspace.react(channel, ts, { user: as, name, on: isOn });
    },
    upload: (upload) => core.uploads.add(upload),
    file(id) {
      const upload = core.uploads.find(id);
      return upload === null ? null : { ...upload, bytes: () => core.uploads.bytes(id) };
    },
    removeFile(as, id) {
      if (core.uploads.find(id)?.user !== as) throw new Error(`there is no file ${id} of ${as}`);
      deleteFile(core, id);
    },
    modal: (as) => views.modal(as),
    home: (as) => views.home(as),
  };
}

type Reading = Pick<
  SlackSandbox,
  | 'isMember'
  | 'canSeeFile'
  | 'channels'
  | 'markRead'
  | 'markUnread'
  | 'readUntil'
  | 'messages'
  | 'top'
  | 'message'
  | 'thread'
  | 'whispers'
  | 'dismiss'
>;

function createReading({ workspace, state, uploads }: Core, tell: (change: Change) => void): Reading {
  const { readMarks } = workspace;
  const timeline = (channel: string) => workspace.timeline(channel);
  return {
    channels(as) {
      workspace.channels.dm(as);
      const own = workspace.channels.all().filter((channel) => channel.members.includes(as));
      return own.map(
        ({ id, name, kind, topic }): ChannelView => ({ id, name, kind, topic, unread: readMarks.unread(id, as) }),
      );
    },
    isMember(as, channel) {
      workspace.channels.dm(as);
      return workspace.channels.find(channel)?.members.includes(as) ?? false;
    },
    canSeeFile(as, fileId) {
      return uploads.find(fileId)?.user === as || readsFile(workspace, as, fileId);
    },
    markRead(as, channel, threadTs) {
      if (!readMarks.read({ channelId: channel, userId: as, threadTs })) return;
      state.touch();
      tell({ type: 'read', as, channel, ...(threadTs === undefined ? {} : { threadTs }) });
    },
    markUnread(as, channel, ts) {
      readMarks.unreadFrom({ channelId: channel, userId: as }, ts);
      state.touch();
      tell({ type: 'read', as, channel });
    },
    readUntil: (as, channel, threadTs) => readMarks.of({ channelId: channel, userId: as, threadTs }),
    messages: (channel) => timeline(channel).all().map(shown),
    top(channel, wish) {
      const { messages, ...more } = timeline(channel).top(wish);
      return { messages: messages.map(shown), ...more };
    },
    message(channel, ts) {
      const found = timeline(channel).find(ts);
      return found === null ? null : shown(found);
    },
    thread(channel, threadTs) {
      const first = timeline(channel).find(threadTs);
      return [...(first === null ? [] : [first]), ...timeline(channel).replies(threadTs)].map(shown);
    },
    whispers: (channel, as) => workspace.whispers(channel, as),
    dismiss({ as, channel, ts }) {
      workspace.dismiss(channel, ts, as);
      tell({ type: 'message', channel, ts });
    },
  };
}

function shown(message: Message): ShownMessage {
  return { ...message, reply_count: message.reply_count ?? 0 };
}

type Visits = Pick<SlackSandbox, 'openApp' | 'setAppMember' | 'stopSession' | 'emit'>;

/** What people do around the app other than speak. */
export function createVisits({ workspace, views, installation, ...core }: Core): Visits {
  const emit = (event: Json) => core.emit(event);
  return {
    emit,
    openApp({ as, tab }) {
      if (!core.hears('app_home_opened')) return;
      const view = tab === 'home' ? views.home(as) : null;
      const visit = { type: 'app_home_opened', user: as, channel: workspace.channels.dm(as).id, tab };
      emit({ ...visit, ...(view === null ? {} : { view }), event_ts: workspace.nextTs() });
    },
    setAppMember({ as, channel, isMember }) {
      const { kind } = channelOf(workspace, channel, as);
      workspace.channels.setMember(channel, installation.botUserId, isMember);
      if (!isMember) return;
      emit({
        type: 'member_joined_channel',
        user: installation.botUserId,
        channel,
        channel_type: kind === 'private' ? 'G' : 'C',
        team: installation.teamId,
        inviter: as,
        event_ts: workspace.nextTs(),
      });
    },
    stopSession({ as, channel, threadTs }) {
      channelOf(workspace, channel, as);
      if (!core.hears('agent_session_stopped')) return;
      const streaming = workspace.timeline(channel).replies(threadTs);
      const streams = streaming.filter((message) => message.streaming_state !== undefined).map(({ ts }) => ts);
      const stopped = { type: 'agent_session_stopped', channel, user: as, thread_ts: threadTs };
      emit({ ...stopped, streaming_message_ts: streams, event_ts: workspace.nextTs() });
    },
  };
}
