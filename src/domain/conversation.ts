import type { Decision } from './decide.ts';
import type { Ticket } from './ticket.ts';

export type PlatformName = 'slack' | 'teams';

/** A thread one can reply to. `ref` is opaque: only the platform's own adapter reads it. */
export interface Address {
  readonly platform: PlatformName;
  readonly ref: string;
}

/**
 * Who reads along where the conversation takes place.
 * `shared`: a channel that people of other companies can read, so nothing of ours may be quoted there.
 */
export type Place = 'direct' | 'channel' | 'shared';

/** Someone on a chat platform. `ref` is the platform's own id, e.g. `slack/T1/U1`. */
export interface Person {
  readonly ref: string;
  readonly name: string;
  /** Verified by the platform; null when it does not tell. People are matched across systems by this, never by name. */
  readonly email: string | null;
  /** A guest or a member of another company: not entitled to any document. */
  readonly outsider: boolean;
  /** Nobody reads with it: the account of an app, or one that is closed. */
  readonly bot: boolean;
}

/** A person's message as it came in. `id` is the platform's: the same id twice is the same message. */
export interface Message {
  readonly id: string;
  /** The vendor's id of the delivery; a redelivery has the same. */
  readonly eventId: string;
  readonly address: Address;
  readonly place: Place;
  readonly authorRef: string;
  /** Plain text: the platform's markup decoded, our own mention removed. */
  readonly text: string;
  readonly sentAt: Date;
  /** A direct message or a mention. Others count only in a thread that is already a conversation. */
  readonly addressed: boolean;
  /** Names of the files that came with it. */
  readonly files: readonly string[];
}

/** A message that its author changed, or took back (`text` null), after it came in. */
export interface MessageChange {
  readonly eventId: string;
  readonly messageId: string;
  readonly text: string | null;
}

export type Action = 'solved' | 'get-human' | 'answer-privately';

/** A click on a button of one of our posts. `turnId` is the turn that the post shows, `address` the thread it is in. */
export interface Click {
  readonly eventId: string;
  readonly address: Address;
  readonly turnId: string;
  readonly personRef: string;
  readonly action: Action;
  readonly at: Date;
}

/** `colleague`: another person who writes in the requester's thread. `agent`: IT staff, from the ticket. */
export type Author = 'requester' | 'colleague' | 'bot' | 'agent';

/** One contribution to a conversation. Append-only: only the text of a turn that is not yet handled may change. */
export interface Turn {
  readonly id: string;
  readonly author: Author;
  /** Null for the bot. */
  readonly personRef: string | null;
  readonly text: string;
  readonly at: Date;
  /** Null unless the turn is a click. */
  readonly action: Action | null;
  /** The turn whose button was clicked. Null unless the turn is a click. */
  readonly aboutTurnId: string | null;
  readonly addressed: boolean;
  /** Taken back by its author before it was handled. */
  readonly withdrawn: boolean;
  readonly files: readonly string[];
  /** What was decided, with its grounds; null unless the bot's. */
  readonly decision: Decision | null;
  /** The platform's id of the post that shows the turn; null until it is posted. */
  readonly postRef: string | null;
}

/** One thread and everything that belongs to it. One per address; at most one ticket. */
export interface Conversation {
  readonly id: string;
  /** Unlike `id` unique beyond this database: what other systems know the conversation by. */
  readonly name: string;
  readonly address: Address;
  readonly place: Place;
  readonly requesterRef: string;
  /** In order. */
  readonly turns: readonly Turn[];
  /** Turns up to this id have been decided on. */
  readonly handledThrough: string;
  /** Counts what came in; a decision is only recorded when nothing came in meanwhile. */
  readonly version: number;
  readonly ticket: Ticket | null;
}
