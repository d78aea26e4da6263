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
  /** Puts another content in the place of the one with the same `ts`. */
  replace(channelId: string, message: Ephemeral): void;
  /** Whether it was there. */
  remove(channelId: string, ts: string, forUser: string): boolean;
}

export function createEphemerals(): Ephemerals {
  const byChannel = new Map<string, readonly Ephemeral[]>();
  const all = (channelId: string) => byChannel.get(channelId) ?? [];
  return {
    add: (channelId, message) => void byChannel.set(channelId, [...all(channelId), message].slice(-keptEphemerals)),
    of: (channelId, forUser) => all(channelId).filter((message) => message.forUser === forUser),
    replace(channelId, message) {
      byChannel.set(
        channelId,
        all(channelId).map((old) => (old.ts === message.ts && old.forUser === message.forUser ? message : old)),
      );
    },
    remove(channelId, ts, forUser) {
      const before = all(channelId);
      const left = before.filter((message) => message.ts !== ts || message.forUser !== forUser);
      byChannel.set(channelId, left);
      return left.length < before.length;
    },
  };
}
