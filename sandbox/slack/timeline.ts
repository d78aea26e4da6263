import type { Message } from './messages.ts';

/** A part of a channel's top level, in order. */
export interface Stretch {
  readonly messages: readonly Message[];
  /** Whether there are older ones. */
  readonly hasEarlier: boolean;
  /** Whether there are newer ones. */
  readonly hasLater: boolean;
}

/** The oldest `limit` from `from` on, or the newest `limit` before `before`, or of all. Without `limit`: all of them. */
export interface StretchWish {
  readonly limit?: number | undefined;
  readonly before?: string | undefined;
  readonly from?: string | undefined;
}

/**
 * The messages of one channel, in the order of their `ts`, with their threads. Nothing but `all`, `top` and a removal
 * takes longer in a long channel: what happens there happens at its end.
 */
export interface Timeline {
  add(message: Message): void;
  /** Null when there is none with this `ts`. */
  find(ts: string): Message | null;
  replace(message: Message): void;
  remove(ts: string): void;
  all(): readonly Message[];
  /** What stands in the channel itself: first messages, and replies that were also sent to the channel. */
  top(wish: StretchWish): Stretch;
  last(): Message | null;
  /** Messages with a later `ts`, in order. */
  since(ts: string): Iterable<Message>;
  /** The replies below the thread's first message, which is not among them. */
  replies(threadTs: string): readonly Message[];
  /** Whether this user wrote the thread's first message or a reply. */
  takesPart(threadTs: string, userId: string): boolean;
  /** The messages here that show this file, or its tombstone. */
  withFile(fileId: string): readonly Message[];
  /** As they are kept, without what is worked out for showing. */
  stored(): readonly Message[];
}

export function createTimeline(stored: readonly Message[]): Timeline {
  const order = createOrder();
  const top = createOrder();
  const byTs = new Map<string, Message>();
  const threads = createThreads();
  const files = createFileIndex();

  function add(message: Message): void {
    order.add(message.ts);
    byTs.set(message.ts, message);
    files.set(message);
    threads.set(message);
    if (isAtTop(message)) top.add(message.ts);
  }
  for (const message of stored) add(message);

  const kept = (ts: string): Message[] => {
    const message = byTs.get(ts);
    return message === undefined ? [] : [message];
  };
  const replies = (threadTs: string) => threads.replies(threadTs).flatMap(kept);
  const withThread = (message: Message) => (isReply(message) ? message : withSummary(message, replies(message.ts)));

  return {
    add,
    find: (ts) => kept(ts).map(withThread)[0] ?? null,
    replace(message) {
      files.drop(byTs.get(message.ts));
      byTs.set(message.ts, withoutSummary(message));
      files.set(message);
    },
    remove(ts) {
      const message = byTs.get(ts);
      for (const list of [order, top]) list.remove(ts);
      byTs.delete(ts);
      for (const index of [files, threads]) index.drop(message);
    },
    all: () => order.list().flatMap(kept).map(withThread),
    top(wish) {
      const { list, ...more } = top.stretch(wish);
      return { messages: list.flatMap(kept).map(withThread), ...more };
    },
    last: () => kept(order.list().at(-1) ?? '')[0] ?? null,
    *since(ts) {
      const list = order.list();
      for (let at = order.after(ts); at < list.length; at += 1) yield* kept(list[at] ?? '');
    },
    replies,
    takesPart: (threadTs, userId) => byTs.get(threadTs)?.user === userId || threads.hasReplyOf(threadTs, userId),
    withFile: (fileId) => files.of(fileId).flatMap(kept),
    stored: () => order.list().flatMap(kept),
  };
}

/** Which replies stand below which first message, and who wrote how many of them. */
function createThreads() {
  const threads = new Map<string, { replies: Set<string>; countByUser: Map<string, number> }>();
  function count(thread: { countByUser: Map<string, number> }, { user }: Message, by: number): void {
    if (user !== undefined) thread.countByUser.set(user, (thread.countByUser.get(user) ?? 0) + by);
  }
  return {
    replies: (threadTs: string): readonly string[] => Array.from(threads.get(threadTs)?.replies ?? []),
    hasReplyOf: (threadTs: string, user: string) => (threads.get(threadTs)?.countByUser.get(user) ?? 0) > 0,
    set(message: Message) {
      if (!isReply(message)) return;
      const thread = threads.get(message.thread_ts ?? '') ?? { replies: new Set(), countByUser: new Map() };
      threads.set(message.thread_ts ?? '', thread);
      thread.replies.add(message.ts);
      count(thread, message, 1);
    },
    drop(message: Message | undefined) {
      const thread = threads.get(message?.thread_ts ?? '');
      if (message !== undefined && thread?.replies.delete(message.ts) === true) count(thread, message, -1);
    },
  };
}

/** The `ts` of messages in their order; new ones come at the end. */
function createOrder() {
  const list: string[] = [];
  /** Where the first one stands that is later than this, or as late when `orEqual`. */
  function after(ts: string, orEqual = false): number {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const isBefore = orEqual ? Number(list[middle]) < Number(ts) : Number(list[middle]) <= Number(ts);
      if (isBefore) low = middle + 1;
      else high = middle;
    }
    return low;
  }
  return {
    after,
    list: (): readonly string[] => list,
    add: (ts: string) => void list.push(ts),
    remove(ts: string) {
      const at = after(ts, true);
      if (list[at] === ts) list.splice(at, 1);
    },
    stretch({ limit = list.length, before, from }: StretchWish) {
      const until = before === undefined ? list.length : after(before, true);
      const start = from === undefined ? Math.max(0, until - limit) : after(from, true);
      const end = from === undefined ? until : Math.min(until, start + limit);
      return { list: list.slice(start, end), hasEarlier: start > 0, hasLater: end < list.length };
    },
  };
}

/** Which messages show which file. */
function createFileIndex() {
  const shares = new Map<string, Set<string>>();
  const idsOf = (message: Message | undefined) => message?.files?.map((file) => String(file['id'])) ?? [];
  return {
    of: (fileId: string): readonly string[] => Array.from(shares.get(fileId) ?? []),
    set(message: Message) {
      for (const id of idsOf(message)) shares.set(id, (shares.get(id) ?? new Set()).add(message.ts));
    },
    drop(message: Message | undefined) {
      for (const id of idsOf(message)) shares.get(id)?.delete(message?.ts ?? '');
    },
  };
}

/** True for a message below another; false for a thread's first message, which also carries `thread_ts`. */
export function isReply(message: Pick<Message, 'ts' | 'thread_ts'>): boolean {
  return message.thread_ts !== undefined && message.thread_ts !== message.ts;
}

function isAtTop(message: Message): boolean {
  return !isReply(message) || message.subtype === 'thread_broadcast';
}

function withSummary(message: Message, replies: readonly Message[]): Message {
  if (replies.length === 0) return message;
  const users = [...new Set(replies.flatMap((reply) => reply.user ?? []))];
  return {
    ...message,
    thread_ts: message.ts,
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
