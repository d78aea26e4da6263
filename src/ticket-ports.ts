import type { Address, Place, SharedFile } from '#domain/conversation.ts';
import type { EscalationReason } from '#domain/decision.ts';
import type { CommentDraft, OpenTicket, TicketDraft, TicketPhase, TicketSection, TicketState } from '#domain/ticket.ts';

/** A file's content, once. `bytes`: null when it is not known before its end. */
export interface FileStream {
  readonly stream: ReadableStream<Uint8Array>;
  readonly mimeType: string | null;
  readonly bytes: number | null;
}

/** That something has happened to a ticket, as a webhook says it. What has, is read. */
export interface TicketHint {
  /** The vendor's id of the delivery; a redelivery has the same. */
  readonly eventId: string;
  /** The ticket's id. */
  readonly ticketId: string;
}

/**
 * The service desk. Implemented by adapters/jira. Tickets are named by their id: a key changes when a ticket is moved.
 * "ensure": the queue may run a job twice, so repeating a call changes nothing.
 * All throw {@link RemoteError} and nothing else.
 */
export interface Ticketing {
  /** How long after a creation its ticket may not be found yet: until then "not found" does not mean "not created". */
  readonly searchLagMs: number;
  /**
   * Returns the ticket of this conversation, creating it on the first call.
   * @throws RemoteError `unavailable` also while an earlier attempt's ticket may exist but cannot be found yet.
   */
  ensureTicket(draft: TicketDraft): Promise<OpenTicket>;
  /** Links from the ticket to the thread; one link per `url`. */
  ensureLink(ticketId: string, link: { url: string; title: string }): Promise<void>;
  /**
   * The ticket as it is now; null when it was deleted, or is no longer ours to read. `requesterEmail`: whose comments are
   * the customer's where the ticket itself does not say who it is for; null or left out when unknown.
   */
  read(ticketId: string, requesterEmail?: string | null): Promise<TicketState | null>;
  /**
   * Ids of our tickets that have changed since, oldest change first, at most a few hundred; `until`: what to ask from
   * the next time. May name some again.
   */
  changedSince(since: Date): Promise<{ readonly ticketIds: readonly string[]; readonly until: Date }>;
  /** The id of the comment with this mark, adding it when there is none. */
  ensureComment(ticketId: string, draft: CommentDraft): Promise<{ commentId: string }>;
  /** Rewrites a comment of ours; null when it is gone. @throws RemoteError `rejected` when we may not. */
  editComment(
    ticketId: string,
    comment: { commentId: string; draft: CommentDraft },
  ): Promise<{ commentId: string } | null>;
  /** One that is gone already is none the worse. @throws RemoteError `rejected` when we may not. */
  removeComment(ticketId: string, commentId: string): Promise<void>;
  /**
   * Attaches the file under its name and returns the attachment's id. With `again`, an earlier attempt may have come
   * through: one of ours with this name and size that is none of `known` is returned.
   * @throws RemoteError `rejected` when the system does not take it, such as one that is too large for it.
   */
  ensureFile(
    ticketId: string,
    attached: { file: SharedFile; content: FileStream; again: boolean; known: readonly string[] },
  ): Promise<{ attachmentId: string }>;
  /** The id of a file of ours with this name and size that is none of `known`; null when there is none. */
  findFile(ticketId: string, wanted: { file: SharedFile; known: readonly string[] }): Promise<string | null>;
  /**
   * Deletes an attachment; one that is gone already is none the worse.
   * @throws RemoteError `rejected` when we may not.
   */
  removeFile(attachmentId: string): Promise<void>;
  /** The largest file that is taken, in bytes; 0 when none is. */
  largestFileBytes(): Promise<number>;
  /** An attachment's content; null when it is gone. */
  openFile(file: SharedFile): Promise<FileStream | null>;
  /**
   * Sets what is given. The description is only written while it still says what we wrote: `described` is what this
   * returned the last time (null at first); null when somebody else has changed it.
   * @throws RemoteError `rejected` when we may not.
   */
  amend(
    ticketId: string,
    change: {
      summary?: string;
      priority?: string;
      body?: readonly TicketSection[];
      described?: string | null;
    },
  ): Promise<{ described: string | null }>;
  /** Opens it again; false when its workflow has no way back. One that is open stays as it is. */
  reopen(ticketId: string): Promise<boolean>;
  /** Gives it to the person with this address; false when they have no account or cannot have it. */
  assign(ticketId: string, email: string): Promise<boolean>;
}

/** The tickets of conversations, one at a time each. */
export interface Tickets {
  /**
   * Opens the conversation's ticket, not yet created. False when it has one that can still be worked on.
   * `throughTurnId`: last turn to be in its transcript. After one that is gone, or with `continues` after any, it is the
   * next of the conversation.
   */
  open(ticket: {
    conversationId: string;
    reason: EscalationReason;
    throughTurnId: string;
    at: Date;
    continues?: boolean;
  }): Promise<boolean>;
  find(conversationId: string): Promise<StoredTicket | null>;
  /** The conversation that has this ticket, by its id. */
  conversationOf(ticketId: string): Promise<string | null>;
  /** Notes that an attempt to create begins, or (null) that the last one surely failed. */
  recordAttempt(conversationId: string, at: Date | null): Promise<void>;
  recordCreated(conversationId: string, ticket: OpenTicket): Promise<void>;
  /** What was last read of it. */
  recordSeen(conversationId: string, seen: SeenTicket): Promise<void>;
  recordPhase(conversationId: string, phase: TicketPhase, at: Date): Promise<void>;
  /** What {@link Ticketing.amend} returned. */
  recordDescribed(conversationId: string, described: string | null): Promise<void>;
  /** False when there is one already: once. `comment` adds to a rating. */
  recordRating(conversationId: string, rating: { rating?: number; comment?: string }): Promise<boolean>;
  /** Where its card in the triage channel is. The thread there is the conversation's from then on, for good. */
  recordTriage(conversationId: string, address: Address): Promise<void>;
  /** Resolved before `before`, and nobody has said whether it helped. */
  silentSince(before: Date): Promise<readonly string[]>;
  /** Open ones that were last read before `before`, the longest ago first; at most `limit`. */
  unreadSince(before: Date, limit: number): Promise<readonly string[]>;
}
export interface StoredTicket {
  /** Unique beyond this database; what the ticket system knows this ticket of the conversation by. */
  readonly name: string;
  readonly reason: EscalationReason;
  readonly throughTurnId: string;
  readonly openedAt: Date;
  readonly triedAt: Date | null;
  /** Null until the ticket system has made it. Its `id` is the key for one from before ids were kept. */
  readonly created: OpenTicket | null;
  readonly phase: TicketPhase;
  readonly phaseAt: Date;
  readonly seen: SeenTicket | null;
  readonly described: string | null;
  /** Id of the conversation's ticket before this one; null for the first. */
  readonly continues: string | null;
  readonly triage: Address | null;
  readonly rating: { readonly rating: number; readonly comment: string } | null;
}
export interface SeenTicket {
  readonly key: string;
  readonly url: string;
  readonly status: string;
  readonly assignee: string | null;
  readonly resolution: string | null;
  readonly readAt: Date;
}

/** What people have asked IT for, whichever platform they did it on. */
export interface Requests {
  /**
   * Tickets of the person and of whoever has the same verified e-mail address on another platform, outsiders left out;
   * open and resolved ones first, then the newest; at most `limit`. The question is the first that was said.
   */
  of(personRef: string, limit: number): Promise<readonly Request[]>;
}
export interface Request {
  readonly conversationId: string;
  readonly address: Address;
  readonly place: Place;
  readonly question: string;
  /** Null until the ticket system has made it. */
  readonly key: string | null;
  readonly url: string | null;
  readonly phase: TicketPhase;
  readonly assignee: string | null;
  readonly openedAt: Date;
}

/** Problems that several people have at the same time. */
export interface Incidents {
  /** First questions of conversations that got a ticket, or follow one, since then; the oldest first, at most a thousand. */
  recent(since: Date): Promise<readonly RecentQuestion[]>;
  /** Follows another conversation's ticket. False when it does already. */
  follow(follow: { conversationId: string; followed: string; at: Date }): Promise<boolean>;
  /** Conversations that follow this one, in the order they began to. */
  followers(conversationId: string): Promise<readonly string[]>;
  /** Which conversation this one follows; null when none. */
  followed(conversationId: string): Promise<string | null>;
}
export interface RecentQuestion {
  readonly conversationId: string;
  readonly requesterRef: string;
  readonly question: string;
  readonly at: Date;
  /** Null while its ticket is not made, or when it follows another's. */
  readonly ticket: OpenTicket | null;
  readonly phase: TicketPhase | null;
  readonly follows: string | null;
}

/** What is learnt from solved tickets. */
export interface Lessons {
  /** One a ticket: null when its ticket has one. */
  propose(lesson: {
    conversationId: string;
    ticketId: string;
    question: string;
    answer: string;
    url: string;
    at: Date;
  }): Promise<StoredLesson | null>;
  find(lessonId: string): Promise<StoredLesson | null>;
  ofConversation(conversationId: string): Promise<StoredLesson | null>;
  /** Approves, discards or rewords. Null when it says so already, or is not there. */
  settle(
    lessonId: string,
    change: { state?: 'approved' | 'discarded'; question?: string; answer?: string; by: string; at: Date },
  ): Promise<StoredLesson | null>;
  /** All that are approved. */
  approved(): Promise<readonly StoredLesson[]>;
}
export interface StoredLesson {
  readonly id: string;
  readonly conversationId: string;
  readonly ticketId: string;
  readonly question: string;
  readonly answer: string;
  /** Of the ticket. */
  readonly url: string;
  readonly state: 'proposed' | 'approved' | 'discarded';
  readonly by: string | null;
  readonly changedAt: Date;
  /** Counted with every change. */
  readonly revision: number;
}
