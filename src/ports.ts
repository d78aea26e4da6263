import type { RequestListener } from 'node:http';
import type { Action, Address, Click, Conversation, Message, MessageChange, Person } from '#domain/conversation.ts';
import type { Decision } from '#domain/decide.ts';
import type { Chunk, Document, Group, SearchResult } from '#domain/knowledge.ts';
import type { Reply } from '#domain/reply.ts';
import type { OpenTicket, TicketDraft } from '#domain/ticket.ts';

export type Clock = () => Date;

/** The message never varies, so that it can be counted; what varies is in the fields. Never any message text or secret. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}
export type LogFields = Readonly<Record<string, unknown>>;

/** Mounted by `main.ts` on the program's one HTTP server. */
export interface Webhook {
  readonly path: string;
  readonly handle: RequestListener;
}

/**
 * What a chat platform hands over. Each verb returns once the event is stored with its job, or is known as a
 * duplicate, or is none of our business; it throws when it could not be stored, and then the platform must be
 * told so, that it delivers again.
 */
export interface Inbox {
  message(message: Message): Promise<void>;
  change(change: MessageChange): Promise<void>;
  click(click: Click): Promise<void>;
}

/**
 * A chat platform: Slack or Teams. Implemented by adapters/slack.
 * All verbs throw {@link RemoteError} and nothing else; the queue, not the adapter, retries.
 */
export interface ChatPlatform {
  readonly name: Address['platform'];
  /** Null when events come over a connection of our own (Socket Mode). */
  readonly webhook: Webhook | null;
  /** Verifies the credentials and begins to take events. @throws SetupError naming the setting to mend. */
  start(): Promise<void>;
  /** Takes no further events; returns when those in hand are stored. */
  stop(): Promise<void>;
  /**
   * Posts the reply into the thread and returns the post's id.
   * `turnId` is kept with the post. With `again`, an earlier attempt may have come through:
   * looks for a post with this turnId first, and returns that one.
   */
  post(address: Address, post: { turnId: string; reply: Reply; again: boolean }): Promise<string>;
  /** Changes a post of ours; the same change twice is the same. */
  update(address: Address, postRef: string, reply: Reply): Promise<void>;
  /** Shows "searching…" in the thread until the next post. Best effort: never throws. */
  showWorking(address: Address): Promise<void>;
  person(ref: string): Promise<Person>;
  /** A link that opens the thread in the platform's own client. */
  permalink(address: Address): Promise<string>;
}

/**
 * The service desk. Implemented by adapters/jira.
 * "ensure": the queue may run a job twice, so repeating a call changes nothing.
 * All throw {@link RemoteError} and nothing else.
 */
export interface Ticketing {
  /**
   * Returns the ticket of this conversation, creating it on the first call.
   * @throws RemoteError `unavailable` also while an earlier attempt's ticket may exist but cannot be found yet.
   */
  ensureTicket(draft: TicketDraft): Promise<OpenTicket>;
  /** Links from the ticket to the thread; one link per `url`. */
  ensureLink(ticketKey: string, link: { url: string; title: string }): Promise<void>;
  /** Adds a comment unless one with the same `commentId` is there. */
  ensureComment(ticketKey: string, comment: { commentId: string; author: string; text: string }): Promise<void>;
}

/** Where documents come from. `list` is cheap; `read` returns null when the document is gone since. */
export interface KnowledgeSource {
  readonly name: string;
  list(): AsyncIterable<ListedDocument>;
  /** @throws DocumentFault when this one document cannot be read; the sync reports it by name and goes on. */
  read(id: string): Promise<Document | null>;
  groups(): Promise<readonly Group[]>;
}
export interface ListedDocument {
  readonly id: string;
  readonly revision: string;
}

/** The documents as stored, and the search over them. */
export interface Knowledge {
  /**
   * Passages that hold the question's terms, best first, among those that `readers` may read: the audience is
   * part of the search, never a filter behind it. No readers, no result.
   */
  search(query: { text: string; readers: readonly string[]; limit: number }): Promise<SearchResult>;
  /** The lexemes of each text, as the index sees them: to choose the sentences that hold the question's terms. */
  lexemes(texts: readonly string[]): Promise<readonly (readonly string[])[]>;
  groupsOf(email: string): Promise<readonly string[]>;
  /** Document id to revision of all that is stored of the source. */
  revisions(source: string): Promise<ReadonlyMap<string, string>>;
  /** Replaces the document and all its chunks, in one transaction. */
  put(document: Document, chunks: readonly Chunk[]): Promise<void>;
  remove(source: string, documentIds: readonly string[]): Promise<void>;
  putGroups(source: string, groups: readonly Group[]): Promise<void>;
}

/** Conversations as stored. */
export interface Conversations {
  /**
   * Stores the event and its turn. Opens the conversation when the message is addressed to us.
   * Null: seen before, or neither addressed to us nor in a conversation of ours (then nothing is stored).
   */
  receiveMessage(message: Message): Promise<{ conversationId: string } | null>;
  /** Changes or withdraws the turn while it is not handled. Null: seen before, unknown, or too late. */
  receiveChange(change: MessageChange): Promise<{ conversationId: string } | null>;
  /** Null: seen before, or not a turn of ours. */
  receiveClick(click: Click): Promise<{ conversationId: string } | null>;
  load(conversationId: string): Promise<Conversation>;
  /**
   * Writes the bot's decision as a turn and marks everything up to `handledThrough` as handled.
   * Null when something came in since `version`: then decide again.
   */
  recordDecision(record: {
    conversationId: string;
    version: number;
    handledThrough: string;
    decision: Decision;
    text: string;
    at: Date;
  }): Promise<{ turnId: string } | null>;
  /** A turn of the bot that no turn of a person called for: news about the ticket. Null if `once` was written before. */
  recordNews(news: { conversationId: string; decision: Decision; text: string; at: Date; once: string }): Promise<{
    turnId: string;
  } | null>;
  /** Counts an attempt to post the turn, before it is made. Returns how many there were before, and the post's id if it is out. */
  beginPost(turnId: string): Promise<{ earlierAttempts: number; postRef: string | null }>;
  recordPost(turnId: string, postRef: string): Promise<void>;
  /** Opens the conversation's one ticket, not yet created. False when it has one. `throughTurnId`: last turn to be in its transcript. */
  openTicket(ticket: { conversationId: string; reason: string; throughTurnId: string; at: Date }): Promise<boolean>;
  ticketToCreate(conversationId: string): Promise<PendingTicket | null>;
  /** Notes that an attempt to create begins, or (null) that the last one surely failed. */
  recordTicketAttempt(conversationId: string, at: Date | null): Promise<void>;
  recordTicket(conversationId: string, ticket: OpenTicket): Promise<void>;
  person(ref: string): Promise<{ person: Person; fetchedAt: Date } | null>;
  savePerson(person: Person, fetchedAt: Date): Promise<void>;
}
export interface PendingTicket {
  readonly reason: string;
  readonly throughTurnId: string;
  readonly triedAt: Date | null;
  readonly created: OpenTicket | null;
}

export type JobName = 'answer' | 'deliver' | 'settle' | 'escalate' | 'link' | 'comment' | 'sync';

/** Durable work. A job sent inside a transaction exists exactly when the transaction commits. */
export interface Jobs {
  /** Jobs with the same name and `key` run one after the other, in the order they were sent. `data` holds ids, never content. */
  send(name: JobName, key: string, data: Readonly<Record<string, string>>): Promise<void>;
}

/** Everything that is kept. `transaction` hands `work` a store whose changes happen together or not at all. */
export interface Store {
  readonly conversations: Conversations;
  readonly knowledge: Knowledge;
  readonly jobs: Jobs;
  transaction<T>(work: (store: Store) => Promise<T>): Promise<T>;
}

export type { Action };
