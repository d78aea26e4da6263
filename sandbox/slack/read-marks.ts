import { isReply, type Timeline } from './messages.ts';

/** How far each person has read in each channel. */
export interface ReadMarks {
  /** The `ts` of the last message they have seen. */
  of(channelId: string, userId: string): string;
  /** Everything there is now counts as seen. */
  read(channelId: string, userId: string): void;
  /** Messages of others since, at top level or in threads the person takes part in. */
  unread(channelId: string, userId: string): number;
  state(): Readonly<Record<string, string>>;
}

const never = '0000000000.000000';

export function createReadMarks(
  timeline: (channelId: string) => Timeline,
  stored: Readonly<Record<string, string>>,
): ReadMarks {
  const marks = new Map(Object.entries(stored));
  function of(channelId: string, userId: string): string {
    return marks.get(`${userId}/${channelId}`) ?? never;
  }
  return {
    of,
    read(channelId, userId) {
      const last = timeline(channelId).last();
      if (last !== null) marks.set(`${userId}/${channelId}`, last.ts);
    },
    unread(channelId, userId) {
      const messages = timeline(channelId);
      const fresh = messages.since(of(channelId, userId));
      const others = fresh.filter((message) => message.user !== userId && message.subtype !== 'tombstone');
      return others.filter((one) => !isReply(one) || takesPart(messages, one.thread_ts ?? '', userId)).length;
    },
    state: () => Object.fromEntries(marks),
  };
}

function takesPart(messages: Timeline, threadTs: string, userId: string): boolean {
  const thread = [messages.find(threadTs), ...messages.replies(threadTs)];
  return thread.some((message) => message?.user === userId);
}
