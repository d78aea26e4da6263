import { isReply, type Timeline } from './timeline.ts';

/** How far each person has read in each channel, and in each thread they have looked into. */
export interface ReadMarks {
  /** The `ts` of the last message they have seen; in a thread, of its last reply. */
  of(place: ReadPlace): string;
  /** Everything there is now counts as seen. False when it did before. */
  read(place: ReadPlace): boolean;
  /** This message and all after it count as new. */
  unreadFrom(place: ReadPlace, ts: string): void;
  /** Messages of others since, at top level or in threads the person takes part in; a thousand at most. */
  unread(channelId: string, userId: string): number;
  state(): Readonly<Record<string, string>>;
}

export interface ReadPlace {
  readonly channelId: string;
  readonly userId: string;
  readonly threadTs?: string | undefined;
}

/** Nobody is told a larger number. */
const mostCounted = 1000;
const never = '0000000000.000000';

export function createReadMarks(
  timeline: (channelId: string) => Timeline,
  stored: Readonly<Record<string, string>>,
): ReadMarks {
  const marks = new Map(Object.entries(stored));
  function of(place: ReadPlace): string {
    return marks.get(keyOf(place)) ?? never;
  }
  return {
    of,
    read(place) {
      const { channelId, threadTs } = place;
      const messages = timeline(channelId);
      const last = threadTs === undefined ? messages.last() : (messages.replies(threadTs).at(-1) ?? null);
      if (last === null || last.ts === of(place)) return false;
      marks.set(keyOf(place), last.ts);
      return true;
    },
    unreadFrom: (place, ts) => void marks.set(keyOf(place), before(ts)),
    unread(channelId, userId) {
      const messages = timeline(channelId);
      let count = 0;
      for (const message of messages.since(of({ channelId, userId }))) {
        if (count === mostCounted) break;
        if (message.user === userId || message.subtype === 'tombstone') continue;
        if (!isReply(message) || messages.takesPart(message.thread_ts ?? '', userId)) count += 1;
      }
      return count;
    },
    state: () => Object.fromEntries(marks),
  };
}

/** A microsecond earlier. */
function before(ts: string): string {
  const micros = BigInt(ts.replace('.', '')) - 1n;
  return `${micros / 1_000_000n}.${String(micros % 1_000_000n).padStart(6, '0')}`;
}

function keyOf({ channelId, userId, threadTs }: ReadPlace): string {
  return threadTs === undefined ? `${userId}/${channelId}` : `${userId}/${channelId}/${threadTs}`;
}
