import type { SharedFile } from './conversation.ts';
import type { Route } from './routing.ts';
import type { Urgency } from './urgency.ts';

/** The issue that belongs to a conversation. `key` and `url` are null until the ticket system has made it. */
export interface Ticket {
  /** The ticket system's own, which stays when the key changes; null until it has made it, and of tickets from before it was kept. */
  readonly id: string | null;
  readonly key: string | null;
  readonly url: string | null;
  readonly phase: TicketPhase;
  /** The last turn that is in the description; what comes later is mirrored as comments. */
  readonly throughTurnId: string;
  /** The person in IT who has it, by display name; null when nobody has. */
  readonly assignee: string | null;
}

/**
 * `open`: somebody is to work on it. `resolved`: IT says it is solved, and the requester is asked. `closed`: the
 * requester agreed, or was silent for long. `gone`: it is no longer there.
 */
export type TicketPhase = 'open' | 'resolved' | 'closed' | 'gone';

/**
 * What is to be created. `conversation`, its name, is the idempotency key: the adapter stores it with the ticket
 * and looks for it before it creates again.
 */
export interface TicketDraft {
  readonly conversation: string;
  /** One line. */
  readonly summary: string;
  /** The parts of the description, in order; vendor-free. */
  readonly body: readonly TicketSection[];
  readonly requester: { readonly name: string /** Null when unknown. */; readonly email: string | null };
  readonly labels: readonly string[];
  readonly route: Route;
  readonly urgency: Urgency | null;
  /** A ticket of before that this one continues: its id. */
  readonly continues: string | null;
  /** When an earlier attempt began whose end is unknown; null on the first. */
  readonly triedAt: Date | null;
  /** Whether this attempt may create, and is noted as one that might have; else it only looks for an earlier one's ticket. */
  readonly mayCreate: boolean;
}

/** A heading with plain paragraphs, quoted speech or links. All text is plain: it is escaped by the adapter. */
export interface TicketSection {
  readonly heading: string;
  readonly lines: readonly TicketLine[];
}

export type TicketLine =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'quote'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly url: string; readonly note: string }
  | { readonly kind: 'said'; readonly who: string; readonly at: Date; readonly text: string };

/** A ticket as the ticket system knows it. */
export interface OpenTicket {
  readonly id: string;
  readonly key: string;
  readonly url: string;
}

/** What we write as a comment. */
export interface CommentDraft {
  /** Ours, kept with the comment: by it the comment is found again, and known as ours. */
  readonly mark: string;
  /** Whose words it is; null: ours, said without a name in front. */
  readonly author: string | null;
  readonly lines: readonly TicketLine[];
  /** Only IT staff may read it. */
  readonly internal: boolean;
}

/** A ticket, read as a whole. */
export interface TicketState extends OpenTicket {
  readonly updatedAt: Date;
  readonly summary: string;
  readonly status: TicketStatus;
  /** By display name; null when nobody has it. */
  readonly assignee: string | null;
  /** Null while it is not resolved. */
  readonly resolution: string | null;
  /** Not everybody who may see the project may read it: nothing is learnt from it. */
  readonly isRestricted: boolean;
  /** What people wrote for everybody, without what we wrote, in the order they wrote it. */
  readonly comments: readonly TicketComment[];
  /** What we wrote: by our mark, the comment's id. */
  readonly ours: ReadonlyMap<string, string>;
  /** Commands to us that IT staff wrote as comments, in order. */
  readonly commands: readonly TicketCommand[];
}
export interface TicketStatus {
  readonly name: string;
  readonly category: 'waiting' | 'in-progress' | 'done';
}
export interface TicketComment {
  readonly id: string;
  /** Display name. */
  readonly author: string;
  /** Whose side it is: IT's, or who the ticket is for, and others whom a portal knows as customers only. */
  readonly by: 'agent' | 'customer';
  /** Markdown: data, escaped on the way out. Mentions are names, media are named by their files. */
  readonly markdown: string;
  readonly at: Date;
  /** Changes when the comment is edited. */
  readonly version: string;
  readonly files: readonly SharedFile[];
}
/** `/firstline approve`, `/firstline discard`, `/firstline edit …` as a comment on the ticket. */
export interface TicketCommand {
  readonly commentId: string;
  readonly author: string;
  readonly name: 'approve' | 'discard' | 'edit';
  /** What follows the name, Markdown. */
  readonly text: string;
}
