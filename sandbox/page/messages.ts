import type { PageMessage, PageParts } from './parts.ts';

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
  /** Only this person sees it. */
  readonly isWhisper: boolean;
};

/** The messages of one conversation as one person sees them. Whether they may is not asked here. */
export interface Messages {
  /** Without the replies; the ephemeral ones last. */
  top(as: string, channel: string): ShownMessage[];
  /** The first message and its replies; the ephemeral ones last. */
  thread(as: string, channel: string, ts: string): ShownMessage[];
}

export function createMessages({ slack, company }: Pick<PageParts, 'slack' | 'company'>): Messages {
  const names = new Map(company.people.map(({ slackId, name }) => [slackId, name]));

  function authorOf({ user, bot_id }: PageMessage): Author {
    if (user === slack.botUserId || bot_id !== undefined) return { id: slack.botUserId, name: 'Firstline', bot: true };
    return { id: user ?? '', name: names.get(user ?? '') ?? 'Somebody', bot: false };
  }

  function shown(message: PageMessage, replies: readonly PageMessage[] = []): ShownMessage {
    const lastReply = replies.at(-1)?.ts ?? null;
    return { ...message, author: authorOf(message), replyCount: replies.length, lastReply, isWhisper: false };
  }

  function whispers(as: string, channel: string, thread?: string): ShownMessage[] {
    const own = slack.whispers(channel, as).filter(({ thread_ts }) => thread_ts === thread);
    return own.map((message) => ({ ...shown(message), isWhisper: true }));
  }

  return {
    top(as, channel) {
      const all = slack.messages(channel);
      const replies = Map.groupBy(all.filter(isReply), ({ thread_ts }) => thread_ts);
      const top = all.filter((message) => !isReply(message));
      return [...top.map((message) => shown(message, replies.get(message.ts))), ...whispers(as, channel)];
    },
    thread(as, channel, ts) {
      const all = slack.thread(channel, ts);
      const replies = all.filter(isReply);
      const messages = all.map((message) => shown(message, message.ts === ts ? replies : []));
      return [...messages, ...whispers(as, channel, ts)];
    },
  };
}

/** Whether a message stands in a thread below another one. */
function isReply({ ts, thread_ts }: PageMessage): boolean {
  return thread_ts !== undefined && thread_ts !== ts;
}
