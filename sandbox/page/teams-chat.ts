import type { TeamsChange, TeamsChatView } from '../teams/contract.ts';
import type { ChatChange, PageChannel, PageChat, PageFile, PageLedger, PageMessage, PageTeams } from './parts.ts';
import { sentAgain, storyDeliveries } from './teams-deliveries.ts';
import { isFlat, teamsIdOf, tsOfTeams } from './teams-ids.ts';
import { createTeamsMarks } from './teams-marks.ts';
import { findTeams, pageMessages, seenBy } from './teams-messages.ts';

const kinds = { personal: 'dm', group: 'group', channel: 'channel', private: 'private' } as const;

/**
 * Teams in the form of the page's chat. A channel is a chat of Teams, by its id; a message's `ts` is made of its id (see
 * `teams-ids.ts`). Personal and group chats have no threads; nothing in Teams is for one person's eyes only but the card
 * that they see after a press.
 */
export function createTeamsChat(teams: PageTeams): PageChat {
  const told = new Set<(change: ChatChange) => void>();
  const tell = (change: ChatChange) => told.forEach((listener) => listener(change));
  return {
    url: teams.url,
    get deliveries() {
      return storyDeliveries(teams.deliveries);
    },
    botUserId: teams.botId,
    faults: teams.faults,
    delivery: teams.delivery,
    ledger: () => ledgerOf(teams),
    ...readingOf(teams, tell),
    ...messagesOf(teams),
    ...filesOf(teams),
    ...writingOf(teams),
    on: (listener) => listen(teams, told, listener),
  };
}

type Reading = Pick<PageChat, 'channels' | 'isMember' | 'markRead' | 'markUnread' | 'readUntil'>;

function readingOf(teams: PageTeams, tell: (change: ChatChange) => void): Reading {
  const marks = createTeamsMarks(teams);
  return {
    channels(as) {
      // whoever looks at Teams has the app there, as if their administrator had installed it for all
      teams.personal(as);
      return teams.chats(as).map((view) => channelOf(view, marks.unread(as, view)));
    },
    isMember: (as, channel) => teams.isMember(as, channel),
    readUntil: (as, channel, threadTs) => marks.of(as, channel, threadTs),
    markRead(as, channel, threadTs) {
      if (!marks.read(as, channel, threadTs)) return;
      tell({ type: 'read', as, channel, ...(threadTs === undefined ? {} : { threadTs }) });
    },
    markUnread(as, channel, ts) {
      marks.unreadFrom(as, channel, ts);
      tell({ type: 'read', as, channel });
    },
  };
}

function channelOf({ id, name, kind, topic }: TeamsChatView, unread: number): PageChannel {
  return { id, name, kind: kinds[kind], topic, unread, ...(isFlat(id) ? { flat: true } : {}) };
}

type Messages = Pick<
  PageChat,
  'messages' | 'top' | 'message' | 'seenBy' | 'thread' | 'whispers' | 'dismiss' | 'status' | 'canStop' | 'stopSession'
>;

function messagesOf(teams: PageTeams): Messages {
  const all = (channel: string) => allIn(teams, channel);
  return {
    messages: all,
    top: (channel, wish) => stretch(all(channel).filter(isAtTop), wish),
    message: (channel, ts) =>
      findTeams(teams, channel, ts) === null ? null : (all(channel).find((message) => message.ts === ts) ?? null),
    seenBy: (as, channel, message) => seenBy(as, message, findTeams(teams, channel, message.ts)),
    thread: (channel, threadTs) =>
      all(channel).filter(({ ts, thread_ts }) => ts === threadTs || thread_ts === threadTs),
    whispers: () => [],
    dismiss: () => undefined,
    canStop: (channel) => teams.stream(channel) !== null,
    stopSession: ({ as, channel }) => void teams.stopStream({ as, chat: channel }),
    status(channel, threadTs) {
      const stream = teams.stream(channel);
      if (stream !== null) return stream.informative;
      const isTyping = isFlat(channel) ? teams.isTyping(channel) : teams.isTyping(channel, teamsIdOf(threadTs));
      return isTyping ? 'is typing…' : '';
    },
  };
}

function allIn(teams: PageTeams, channel: string): readonly PageMessage[] {
  return pageMessages(teams.messages(channel), { botUserId: teams.botId, fileOf: (id) => fileOf(teams, id) });
}

function isAtTop({ ts, thread_ts }: PageMessage): boolean {
  return thread_ts === undefined || thread_ts === ts;
}

function stretch(list: readonly PageMessage[], wish: Parameters<PageChat['top']>[1]) {
  const { limit = list.length, before, from } = wish;
  const countBefore = (ts: string) => list.filter((message) => Number(message.ts) < Number(ts)).length;
  const until = before === undefined ? list.length : countBefore(before);
  const start = from === undefined ? Math.max(0, until - limit) : countBefore(from);
  const end = from === undefined ? until : Math.min(until, start + limit);
  return { messages: list.slice(start, end), hasEarlier: start > 0, hasLater: end < list.length };
}

type Files = Pick<PageChat, 'upload' | 'file' | 'canSeeFile'>;

function filesOf(teams: PageTeams): Files {
  /** Whose they are, before they are sent. */
  const uploads = new Map<string, string>();
  const shows = (chat: string, file: string) =>
    teams.messages(chat).some(({ files = [], deleted }) => deleted !== true && files.includes(file));
  return {
    upload(upload) {
      const file = teams.upload(upload);
      uploads.set(file.id, upload.as);
      return file;
    },
    file: (id) => teams.file(id),
    canSeeFile: (as, id) => uploads.get(id) === as || teams.chats(as).some((chat) => shows(chat.id, id)),
  };
}

function fileOf(teams: PageTeams, wanted: string): PageFile | null {
  const file = teams.file(wanted);
  if (file === null) return null;
  const { id, name, mimetype, size } = file;
  return { id, name, mimetype, size };
}

type Writing = Pick<PageChat, 'say' | 'edit' | 'remove' | 'react'>;

function writingOf(teams: PageTeams): Writing {
  return {
    async say({ channel, threadTs, quotes, ...said }) {
      const id = await teams.say({
        ...said,
        chat: channel,
        ...(threadTs === undefined || isFlat(channel) ? {} : { threadId: teamsIdOf(threadTs) }),
        ...(quotes === undefined ? {} : { quotes: teamsIdOf(quotes) }),
      });
      return tsOfTeams(id);
    },
    edit: ({ channel, ts, ...change }) => teams.edit({ ...change, chat: channel, id: teamsIdOf(ts) }),
    remove: ({ channel, ts, as }) => teams.remove({ as, chat: channel, id: teamsIdOf(ts) }),
    react: ({ channel, ts, ...reaction }) => teams.react({ ...reaction, chat: channel, id: teamsIdOf(ts) }),
  };
}

function ledgerOf(teams: PageTeams): PageLedger {
  const views = new Map(teams.people().flatMap(({ slackId }) => teams.chats(slackId).map((view) => [view.id, view])));
  return {
    channels: [...views.values()].map(({ id, kind }) => ({
      id,
      isDirect: kind === 'personal',
      messages: allIn(teams, id),
    })),
    sentAgain: sentAgain(teams.deliveries),
    givenUp: teams.givenUp.map(({ chat, id }) => ({ channel: chat, ts: tsOfTeams(id) })),
  };
}

function listen(teams: PageTeams, told: Set<(change: ChatChange) => void>, listener: (change: ChatChange) => void) {
  told.add(listener);
  const stop = teams.on((change) => listener(changeOf(change)));
  return () => {
    stop();
    told.delete(listener);
  };
}

/** A status is told of when it comes and when it goes. */
function changeOf(change: TeamsChange): ChatChange {
  if (change.type === 'read') return { type: 'read', as: change.as, channel: change.chat };
  const { chat, threadId } = change;
  const thread = threadId === undefined ? {} : { threadTs: tsOfTeams(threadId) };
  if (change.type === 'typing') return { type: 'status', channel: chat, ...thread };
  return { type: 'message', channel: chat, ts: tsOfTeams(change.id), ...thread };
}
