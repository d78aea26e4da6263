import type {
  Address,
  ChatPlace,
  Click,
  Conversation,
  FileKey,
  Message,
  MessageChange,
  Person,
  SharedFile,
  Stage,
  Turn,
} from '#domain/conversation.ts';
import type { Decision } from '#domain/decision.ts';
import type { SyncProgress, SyncResult, SyncRun } from '#domain/sync-run.ts';
import type { Ticket, TicketPhase } from '#domain/ticket.ts';
import type { Trail } from '#domain/trail.ts';
import type { LinkedMessage, PlatformNotes, ShownTurn, Stop } from './chat-ports.ts';
import type { Knowledge, KnowledgeWriting, SourceMemory } from './knowledge-ports.ts';
import type { Spending, Vectors } from './model-ports.ts';
import type { Incidents, Lessons, Requests, TicketHint, Tickets } from './ticket-ports.ts';

export type Clock = () => Date;

/** The message never varies, so that it can be counted; what varies is in the fields. Never any message text or secret. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}
export type LogFields = Readonly<Record<string, unknown>>;

/** What comes in, stored once under the vendor's id of the delivery. Null: nothing is to be done about it. */
export interface Inbound {
  /**
   * Stores the event and its turn. Opens the conversation when the message is addressed to us.
   * In the thread of a triage card only what is addressed to us is stored: as an agent's turn of the card's conversation.
   * Null: seen before, or neither addressed to us nor in a conversation of ours (then nothing is stored).
   */
  message(message: Message): Promise<Received | null>;
  /** Whether it is the thread of a conversation, or of a triage card. */
  isOurs(address: Address): Promise<boolean>;
  /**
   * The conversation that a message in a place without threads may belong to: the one whose message or post it quotes,
   * else the one in which something was said last. Null: there is none. Until the transaction ends no other message
   * of the place is taken in; outside of one it waits for those that are being taken in.
   */
  goingOn(platform: Address['platform'], chat: ChatPlace): Promise<GoingOn | null>;
  /**
   * Changes or withdraws the turn, handled or not: a ticket, now or later, shows it as it is. A file that is gone is
   * marked in its place, and new ones come last. Null: seen before, unknown, no change, or older than one that came in.
   */
  change(change: MessageChange): Promise<Received | null>;
  /** Null: seen before, or not on a turn of ours. */
  click(click: Click): Promise<Received | null>;
  /** Stored as a press of `stop` by who asked. Null: seen before, or in no conversation of ours. */
  stop(stop: Stop): Promise<Received | null>;
  /** Null: seen before, or no ticket of ours. */
  ticketHint(hint: TicketHint): Promise<{ conversationId: string } | null>;
}
/** A conversation as far as it matters to whether a message goes on with it. */
export interface GoingOn {
  readonly address: Address;
  readonly requesterRef: string;
  readonly isQuoted: boolean;
  /** When something was last said in it, by whom, and what we decided last. */
  readonly lastAt: Date;
  readonly lastBy: Turn['author'];
  readonly lastDecision: Decision | null;
  readonly phase: TicketPhase | null;
  /** What people have said in it of late, in no particular order; at most some thousand characters. */
  readonly said: string;
}
export interface Received {
  readonly conversationId: string;
  readonly turnId: string;
  /**
   * `pending`: waits for a decision. `changed`: it was handled before, and its text or its files are others now. `staff`: of an agent,
   * in the triage channel.
   */
  readonly as: 'pending' | 'changed' | 'staff';
}

/** Conversations as stored. */
export interface Conversations {
  load(conversationId: string): Promise<Conversation>;
  /** {@link Conversation.version}, without loading it. */
  versionOf(conversationId: string): Promise<number>;
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
  recordNews(news: {
    conversationId: string;
    decision: Decision;
    text: string;
    at: Date;
    once: string;
    /** In the thread when left out. */
    stage?: Stage;
  }): Promise<{ turnId: string } | null>;
  /**
   * What an agent said that is to be shown in the thread. `once` as in {@link recordNews}. `comment`: the ticket's that it
   * came from; null when the ticket is to get it from us. `author`: `requester` for what they wrote on the ticket; an agent
   * when left out.
   */
  recordAgentTurn(turn: {
    conversationId: string;
    author?: 'agent' | 'requester';
    authorName: string;
    personRef: string | null;
    text: string;
    at: Date;
    files: readonly SharedFile[];
    commentId: string | null;
    once: string;
  }): Promise<{ turnId: string } | null>;
  /**
   * Changes a turn of an agent or of ours, and counts its revision. Null: it says so already, or is gone. `text` null
   * takes it back. `files`: those that it has now; others of it are marked as gone. What is shown again after it was
   * taken back has its files anew.
   */
  reviseTurn(
    turnId: string,
    change: { text: string | null; decision?: Decision; files?: readonly SharedFile[] },
  ): Promise<{ turnId: string } | null>;
  /** A turn of ours or of an agent: what is to be posted where. */
  outgoing(turnId: string): Promise<OutgoingTurn>;
  /** The same by an id from outside, of whomever's turn; null when there is none. */
  shown(turnId: string): Promise<OutgoingTurn | null>;
  /** Which post shows the turn, in which revision; null: its post is taken away. */
  recordPost(turnId: string, post: { postRef: string | null; revision: number }): Promise<void>;
  /** Which comment shows the turn, in which revision. `id` null: its comment is taken away. */
  recordComment(turnId: string, comment: { id: string | null; revision: number }): Promise<void>;
  /** That the other side has a file of the turn; `mirrored` '': that it has not got it, and is not to get it. */
  recordFile(turnId: string, file: { index: FileKey; mirrored: string }): Promise<void>;
  /**
   * Takes back a decision that was never posted, so that what it was about waits to be decided on anew.
   * False when it is posted, or gone.
   */
  takeBack(turnId: string): Promise<boolean>;
  /** The turn of ours whose post's `postRef` begins so; null when none does. */
  ofPost(post: { readonly platform: Address['platform']; readonly postRefStart: string }): Promise<ShownTurn | null>;
}

/** What the platforms last said about people. */
export interface People {
  find(ref: string): Promise<{ person: Person; fetchedAt: Date } | null>;
  save(person: Person, fetchedAt: Date): Promise<void>;
}

export interface OutgoingTurn {
  readonly conversationId: string;
  /** When it was decided, or said. */
  readonly at: Date;
  /** The conversation's own thread, or the triage card's; null: in the triage channel, where it has no card yet. */
  readonly address: Address | null;
  readonly turn: Turn;
  readonly ticket: Ticket | null;
}

/** What is recorded of conversations, to be explained. */
export interface Trails {
  /** The trail of the conversation that the message belongs to; null when nothing is stored of the message. */
  ofMessage(message: LinkedMessage): Promise<{ trail: Trail; address: Address } | null>;
}

/** The syncs of the documents: the latest twenty of each source. */
export interface SyncRuns {
  /** Begins a run. A sync runs alone in its source, so one that is still running was left by a crash, and is closed. */
  begin(source: string, at: Date, dry?: boolean): Promise<{ runId: string }>;
  recordProgress(runId: string, progress: SyncProgress): Promise<void>;
  end(runId: string, result: SyncResult): Promise<void>;
  /** Newest first, at most twenty. */
  latest(): Promise<readonly SyncRun[]>;
  /** Notes what keeps a source from being read, or (null) that it is read again. True when that is news. */
  noteFault(source: string, fault: string | null, at: Date): Promise<boolean>;
  /** What was noted last; null when the source is read. */
  fault(source: string): Promise<string | null>;
}

export type JobName =
  | 'answer'
  | 'deliver'
  | 'settle'
  | 'escalate'
  | 'link'
  /** The ticket's comments and files, brought up to what the thread says. */
  | 'mirror'
  /** The thread, brought up to what the ticket says. */
  | 'refresh-ticket'
  | 'share-files'
  | 'amend'
  | 'reopen'
  | 'close'
  | 'suggest'
  | 'count-followers'
  | 'staff-act'
  /** What was said in another chat, taken over into the conversation of its ticket. */
  | 'carry-over'
  | 'greet'
  | 'propose-lesson'
  | 'watch-tickets'
  | 'sync'
  | 'refresh'
  /** Vectors for chunks that have none. */
  | 'embed'
  | 'answer-privately'
  | 'tell-admin';

/** Durable work. A job sent inside a transaction exists exactly when the transaction commits. */
export interface Jobs {
  /** Jobs with the same name and `key` run one after the other, in the order they were sent. `data` holds ids, never content. */
  send(name: JobName, key: string, data: Readonly<Record<string, string>>): Promise<void>;
  /** Sends it unless one of its name and key waits to be begun: what is asked for twice in the meantime runs once. */
  sendUnlessWaiting(name: JobName, key: string, data: Readonly<Record<string, string>>): Promise<void>;
}

/** Everything that is kept. `transaction` hands `work` a store whose changes happen together or not at all. */
export interface Store {
  readonly inbound: Inbound;
  readonly tickets: Tickets;
  readonly incidents: Incidents;
  readonly lessons: Lessons;
  readonly people: People;
  readonly requests: Requests;
  notes(platform: Address['platform']): PlatformNotes;
  readonly conversations: Conversations;
  readonly knowledge: Knowledge & KnowledgeWriting;
  readonly memory: SourceMemory;
  readonly vectors: Vectors;
  readonly spending: Spending;
  readonly trails: Trails;
  readonly syncRuns: SyncRuns;
  readonly jobs: Jobs;
  transaction<T>(work: (store: Store) => Promise<T>): Promise<T>;
}
