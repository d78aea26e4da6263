import type { PageChat, PageMessage, PageParts } from './parts.ts';

/** Who wrote a message, as the page shows it. */
export interface Author {
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
}

/** A message with what the page needs beside it. `lastReply` is the newest reply's `ts`, or null. */
export type ShownMessage = PageMessage & {
  readonly author: Author;
  readonly replyCount: number;
  readonly lastReply: string | null;
  /** Some of those who replied. */
  readonly repliers: readonly Author[];
  /** Whether the person has not yet seen the newest reply of a thread in which they take part. */
  readonly hasNewReplies: boolean;
  /** Only this person sees it. */
  readonly isWhisper: boolean;
};

/** What the page asks for: the oldest `limit` from `from` on, or the newest `limit` before `before`, or of all. */
export interface PageWish {
  readonly limit?: number | undefined;
  readonly before?: string | undefined;
  readonly from?: string | undefined;
}

export interface MessagePage {
  readonly messages: readonly ShownMessage[];
  readonly hasEarlier: boolean;
  readonly hasLater: boolean;
}

/** The messages of one conversation as one person sees them. Whether they may is not asked here. */
export interface Messages {
  /** A page of the top level; ephemeral messages stand where they came. */
  page(as: string, channel: string, wish: PageWish): MessagePage;
  /** Those with these `ts` that are there, ephemeral ones included. */
  some(as: string, channel: string, wanted: readonly string[]): readonly ShownMessage[];
  /** The first message and its replies. */
  thread(as: string, channel: string, ts: string): readonly ShownMessage[];
}

export function createMessages({ server, company }: { server: PageChat; company: PageParts['company'] }): Messages {
  const names = new Map(company.people.map(({ slackId, name }) => [slackId, name]));

  function personOf(user: string): Author {
    if (user === server.botUserId) return { id: user, name: 'Firstline', bot: true };
    return { id: user, name: names.get(user) ?? 'Somebody', bot: false };
  }

  function seen(as: string, channel: string, message: PageMessage): PageMessage {
    return server.seenBy?.(as, channel, message) ?? message;
  }

  function shownTo(as: string, channel: string): (message: PageMessage) => ShownMessage {
    return (message) => {
      const { user = '', bot_id, reply_users: repliers = [], latest_reply: lastReply } = message;
      const takesPart = user === as || repliers.includes(as);
      const hasNew = lastReply !== undefined && Number(lastReply) > Number(server.readUntil(as, channel, message.ts));
      return {
        ...seen(as, channel, message),
        author: personOf(bot_id === undefined ? user : server.botUserId),
        replyCount: message.reply_count ?? 0,
        lastReply: lastReply ?? null,
        repliers: repliers.map(personOf),
        hasNewReplies: takesPart && hasNew,
        isWhisper: false,
      };
    };
  }

  function whispers(as: string, channel: string, thread?: string): ShownMessage[] {
    const own = server.whispers(channel, as).filter(({ thread_ts }) => thread_ts === thread);
    return own.map((message) => ({ ...shownTo(as, channel)(message), isWhisper: true }));
  }

  return {
    page(as, channel, wish) {
      const { messages, hasEarlier, hasLater } = server.top(channel, wish);
      const first = wish.from ?? (hasEarlier ? (messages[0]?.ts ?? '0') : '0');
      const last = hasLater ? Number(messages.at(-1)?.ts ?? 0) : Number.POSITIVE_INFINITY;
      const end = wish.before === undefined ? last : Number(wish.before);
      const between = whispers(as, channel).filter(({ ts }) => Number(ts) >= Number(first) && Number(ts) < end);
      return { messages: inOrder([...messages.map(shownTo(as, channel)), ...between]), hasEarlier, hasLater };
    },
    some(as, channel, wanted) {
      const kept = wanted.map((ts) => server.message(channel, ts)).filter((message) => message !== null);
      const own = whispers(as, channel).filter(({ ts }) => wanted.includes(ts));
      return inOrder([...kept.map(shownTo(as, channel)), ...own]);
    },
    thread: (as, channel, ts) =>
      inOrder([...server.thread(channel, ts).map(shownTo(as, channel)), ...whispers(as, channel, ts)]),
  };
}

function inOrder(messages: readonly ShownMessage[]): readonly ShownMessage[] {
  return messages.toSorted((a, b) => Number(a.ts) - Number(b.ts));
}
