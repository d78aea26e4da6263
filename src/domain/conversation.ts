import type { Decision } from './decision.ts';
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
  readonly files: readonly SharedFile[];
  /** Set where the platform has no threads. The address is then that of a conversation which the message would open. */
  readonly chat?: ChatPlace;
}

/** A place without threads, such as a one-to-one chat in Teams: which conversation goes on there is ours to tell. */
export interface ChatPlace {
  /** The platform's own; all conversations of the place have it. */
  readonly id: string;
  /** The message or post that is quoted, as its conversation knows it: {@link Message.id}, or the beginning of a `postRef`. */
  readonly quotes: { readonly messageId: string; readonly postRefStart: string } | null;
  /** The message opens a conversation of its own, whatever goes on there. */
  readonly opens?: true;
}

/** A file in the thread. */
export interface SharedFile {
  readonly name: string;
  /** The platform's own, by which it is fetched; null when it cannot be. */
  readonly ref: string | null;
  /** Null when it is not told. */
  readonly mimeType: string | null;
  readonly bytes: number | null;
  /** Taken away by who shared it. It keeps its place in the list, because by their places files are known. */
  readonly gone?: true;
}

/** A message that its author changed, or took back (`text` null), after it came in. */
export interface MessageChange {
  readonly eventId: string;
  readonly messageId: string;
  readonly text: string | null;
  /** The message's files as they are now; left out when that is not told. */
  readonly files?: readonly SharedFile[];
  /**
   * Grows with each change of a message, as the platform counts: deliveries may overtake each other, and what is older
   * than a change that came in changes nothing. A whole number.
   */
  readonly order: number;
  /**
   * The whole message as it is now, or as it was before it was taken back: deliveries may overtake each other, and a
   * change of what has not come in yet is then how it comes in. Null when that cannot be, or is not told.
   */
  readonly message: Message | null;
}

/** What an employee presses. `not-yet`: the solution did not help. `follow`: theirs is a problem that others have as well. */
export type EmployeeAction =
  | 'solved'
  | 'get-human'
  | 'answer-privately'
  | 'not-yet'
  | 'follow'
  /** What was said here belongs to an open ticket of theirs. */
  | 'continue'
  /** The platform's own button to stop what we are doing. */
  | 'stop'
  | Rate
  /** The form about the request is sent: what is known of it, changed or added to. */
  | 'details'
  /** The form after a rating is sent. */
  | 'comment-rating'
  /** Thumbs of the platform's own below an answer; `values` may have a `comment`. */
  | 'helpful'
  | 'not-helpful';
export type Rate = 'rate-1' | 'rate-2' | 'rate-3' | 'rate-4' | 'rate-5';

/** What IT staff press in the triage channel. `approve`, `edit`, `discard`: what is to be learnt from a ticket. */
export type StaffAction = 'take' | 'answer-here' | 'mute' | 'approve' | 'edit' | 'discard';
export type Action = EmployeeAction | StaffAction;

/**
 * A click on a button of one of our posts, or the submission of a form that such a click has opened. `turnId` is the
 * turn that the post shows, `address` the thread it is in.
 */
export interface Click {
  readonly eventId: string;
  readonly address: Address;
  readonly turnId: string;
  readonly personRef: string;
  readonly action: Action;
  readonly at: Date;
  /** What was entered, by the fields' names; null for a press. */
  readonly values: Readonly<Record<string, string>> | null;
  /** The name of who pressed, where the platform tells it with the press. */
  readonly by?: string;
}

/** `colleague`: another person who writes in the requester's thread. `agent`: IT staff, from the ticket or the triage channel. */
export type Author = 'requester' | 'colleague' | 'bot' | 'agent';

/** Where a turn is shown: in the conversation's own thread, or in the triage channel, where IT staff read it. */
export type Stage = 'thread' | 'triage';

/**
 * One contribution to a conversation. None is ever removed. Its text changes when its author edits it: before it is
 * handled, or while there is a ticket that shows it.
 */
export interface Turn {
  readonly id: string;
  readonly author: Author;
  /** Null for the bot, and for an agent or the requester who wrote on the ticket. */
  readonly personRef: string | null;
  /** The name as the ticket system shows it, of an agent, or of the requester who wrote there; null for everybody else. */
  readonly authorName: string | null;
  /** Where it is, or is to be, shown. */
  readonly stage: Stage;
  /** Plain text; of an agent Markdown. */
  readonly text: string;
  readonly at: Date;
  /** How often its text or its files were changed, or it was taken back. */
  readonly revision: number;
  /** Null unless the turn is a click. */
  readonly action: Action | null;
  /** What was entered in a form; null unless the turn is its submission. */
  readonly values: Readonly<Record<string, string>> | null;
  /** The turn whose button was clicked. Null unless the turn is a click. */
  readonly aboutTurnId: string | null;
  readonly addressed: boolean;
  /** Taken back by its author. */
  readonly withdrawn: boolean;
  readonly files: readonly SharedFile[];
  /** What was decided, with its grounds; null unless the bot's. */
  readonly decision: Decision | null;
  /** The platform's id of the post that shows the turn; null until it is posted, and of what people post themselves. */
  readonly postRef: string | null;
  /** The revision that the post shows; null until it is posted. */
  readonly postRevision: number | null;
  /** The ticket's comment that shows the turn, or that it came from; null while there is none. */
  readonly comment: MirroredComment | null;
  /** Files of the turn that the other side has: its own id of each. */
  readonly mirroredFiles: Readonly<Record<FileKey, string>>;
}

/**
 * A file's place in the `files` of its turn. With `thread/` before it, it is the thread that has the file, where the
 * ticket gets it as well: of what IT staff answer in the triage channel.
 */
export type FileKey = number | `thread/${number}`;

/** A comment of the ticket that stands for a turn. */
export interface MirroredComment {
  /** The ticket system's own. */
  readonly id: string;
  /** The revision of the turn that it shows. */
  readonly revision: number;
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
