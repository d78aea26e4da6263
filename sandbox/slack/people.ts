import type { ChannelView, ShownMessage, SlackSandbox } from './contract.ts';
import type { Core } from './core.ts';
import type { Json, Message } from './messages.ts';
import { channelOf, createTyping } from './typing.ts';

type PeopleSide = Pick<
  SlackSandbox,
  | 'people'
  | 'channels'
  | 'markRead'
  | 'dm'
  | 'say'
  | 'sayRaw'
  | 'edit'
  | 'remove'
  | 'messages'
  | 'thread'
  | 'whispers'
  | 'modal'
  | 'home'
>;

/** What people see and say in Slack's client. */
export function createPeopleSide({ workspace, views, state }: Core): PeopleSide {
  const typing = createTyping(workspace);
  return {
    people: () => workspace.roster.people,
    channels(as) {
      workspace.channels.dm(as);
      return workspace.channels
        .all()
        .filter((channel) => channel.members.includes(as))
        .map(
          ({ id, name, kind, topic }): ChannelView => ({
            id,
            name,
            kind,
            topic,
            unread: workspace.readMarks.unread(id, as),
          }),
        );
    },
    markRead(as, channel) {
      workspace.readMarks.read(channel, as);
      state.touch();
    },
    dm: (userId) => workspace.channels.dm(userId).id,
    say: async (said) => typing.say(said),
    sayRaw: async (said) => typing.sayRaw(said),
    edit: async (change) => typing.edit(change),
    remove: async (change) => typing.remove(change),
    messages: (channel) => workspace.timeline(channel).all().map(shown),
    thread(channel, threadTs) {
      const first = workspace.timeline(channel).find(threadTs);
      return [...(first === null ? [] : [first]), ...workspace.timeline(channel).replies(threadTs)].map(shown);
    },
    whispers: (channel, as) => workspace.whispers(channel, as),
    modal: (as) => views.modal(as),
    home: (as) => views.home(as),
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
      const streaming = workspace.timeline(channel).replies(threadTs);
      const streams = streaming.filter((message) => message.streaming_state !== undefined).map(({ ts }) => ts);
      const stopped = { type: 'agent_session_stopped', channel, user: as, thread_ts: threadTs };
      emit({ ...stopped, streaming_message_ts: streams, event_ts: workspace.nextTs() });
    },
  };
}
