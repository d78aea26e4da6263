/** Anything JSON holds in braces. */
export type Json = Readonly<Record<string, unknown>>;

/** A message as Slack shows it to apps. https://docs.slack.dev/reference/events/message */
export interface Message {
  readonly type: 'message';
  readonly ts: string;
  /** In Slack's encoding: `&amp;`, `<@U…>` and so on, as it was sent. */
  readonly text: string;
  readonly user?: string;
  readonly bot_id?: string;
  readonly app_id?: string;
  readonly bot_profile?: Json;
  readonly team?: string;
  readonly thread_ts?: string;
  readonly parent_user_id?: string;
  readonly subtype?: string;
  readonly hidden?: boolean;
  readonly client_msg_id?: string;
  readonly blocks?: readonly Json[];
  readonly attachments?: readonly Json[];
  readonly files?: readonly Json[];
  readonly metadata?: Json;
  readonly edited?: { readonly user: string; readonly ts: string };
  readonly reactions?: readonly Reaction[];
  readonly streaming_state?: string;
  readonly reply_count?: number;
  readonly reply_users_count?: number;
  readonly reply_users?: readonly string[];
  readonly latest_reply?: string;
}

export interface Reaction {
  readonly name: string;
  readonly users: readonly string[];
  readonly count: number;
}

/** What a post is made of; the rest is given by the workspace. */
export type Draft = Omit<Message, 'type' | 'ts'>;

/** A message for one person's eyes, gone on reload. */
export interface Ephemeral extends Draft {
  readonly ts: string;
  readonly forUser: string;
}

/** How many ephemeral messages a channel keeps: they are gone on reload anyway. */
const keptEphemerals = 100;

export interface Ephemerals {
  add(channelId: string, message: Ephemeral): void;
  of(channelId: string, forUser: string): readonly Ephemeral[];
}

export function createEphemerals(): Ephemerals {
  const byChannel = new Map<string, readonly Ephemeral[]>();
  const all = (channelId: string) => byChannel.get(channelId) ?? [];
  return {
    add: (channelId, message) => void byChannel.set(channelId, [...all(channelId), message].slice(-keptEphemerals)),
    of: (channelId, forUser) => all(channelId).filter((message) => message.forUser === forUser),
  };
}

/** The messages of one channel, in the order of their `ts`, with their threads. */
export interface Timeline {
  add(message: Message): void;
  /** Null when there is none with this `ts`. */
  find(ts: string): Message | null;
  replace(message: Message): void;
  remove(ts: string): void;
  all(): readonly Message[];
  last(): Message | null;
  /** Messages with a later `ts`, in order. */
  since(ts: string): readonly Message[];
  /** The replies below the thread's first message, which is not among them. */
  replies(threadTs: string): readonly Message[];
  /** As they are kept, without what is worked out for showing. */
  stored(): readonly Message[];
}

export function createTimeline(stored: readonly Message[]): Timeline {
  let order: Message[] = [];
  const byTs = new Map<string, Message>();
  const threads = new Map<string, Set<string>>();

  function add(message: Message): void {
    order.push(message);
    byTs.set(message.ts, message);
    if (!isReply(message)) return;
    const replies = threads.get(message.thread_ts ?? '') ?? new Set();
    replies.add(message.ts);
    threads.set(message.thread_ts ?? '', replies);
  }
  function remove(ts: string): void {
    order = order.filter((message) => message.ts !== ts);
    byTs.delete(ts);
    for (const replies of threads.values()) replies.delete(ts);
  }
  for (const message of stored) add(message);

  function replies(threadTs: string): Message[] {
    return Array.from(threads.get(threadTs) ?? []).flatMap((ts) => byTs.get(ts) ?? []);
  }
  function withThread(message: Message): Message {
    const below = isReply(message) ? [] : replies(message.ts);
    return below.length === 0 ? message : { ...message, thread_ts: message.ts, ...summaryOf(below) };
  }
  function find(ts: string): Message | null {
    const message = byTs.get(ts);
    return message === undefined ? null : withThread(message);
  }

  return {
    add,
    find,
    replace(message) {
      const kept = withoutSummary(message);
      order = order.map((old) => (old.ts === message.ts ? kept : old));
      byTs.set(message.ts, kept);
    },
    remove,
    all: () => order.map(withThread),
    last: () => order.at(-1) ?? null,
    since(ts) {
      const first = order.findLastIndex((message) => Number(message.ts) <= Number(ts));
      return order.slice(first + 1);
    },
    replies,
    stored: () => order,
  };
}

/** True for a message below another; false for a thread's first message, which also carries `thread_ts`. */
export function isReply(message: Pick<Message, 'ts' | 'thread_ts'>): boolean {
  return message.thread_ts !== undefined && message.thread_ts !== message.ts;
}

function summaryOf(replies: readonly Message[]): Partial<Message> {
  const users = [...new Set(replies.flatMap((reply) => reply.user ?? []))];
  return {
    reply_count: replies.length,
    reply_users: users.slice(0, 5),
    reply_users_count: users.length,
    latest_reply: replies.at(-1)?.ts ?? '',
  };
}

/** What is stored: the summary of a thread is made anew each time it is shown. */
function withoutSummary(message: Message): Message {
  const { reply_count: _count, reply_users: _users, reply_users_count: _n, latest_reply: _last, ...kept } = message;
  if (isReply(kept)) return kept;
  const { thread_ts: _ts, ...first } = kept;
  return first;
}
