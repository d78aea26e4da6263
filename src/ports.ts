import type { RequestListener } from 'node:http';
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
import type { Form } from '#domain/form.ts';
import type { Reply } from '#domain/reply.ts';
import type { SyncProgress, SyncResult, SyncRun } from '#domain/sync-run.ts';
import type { Ticket, TicketPhase } from '#domain/ticket.ts';
import type { Trail } from '#domain/trail.ts';
import type { Knowledge, KnowledgeWriting, SourceMemory } from './knowledge-ports.ts';
import type { FileStream, Incidents, Lessons, Requests, TicketHint, Tickets } from './ticket-ports.ts';

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
  /**
   * Whether what is not addressed to us is still for us: said in a conversation of ours, or below a triage card, or going
   * on with a conversation where there are no threads. Reads only.
   */
  isOurs(message: Message): Promise<boolean>;
  change(change: MessageChange): Promise<void>;
  /** Stores the press, or the form that is sent, and says what who pressed is to see at once. */
  click(click: Click): Promise<Pressed>;
  /** The form that a press has, without pressing: null when there is none for them. */
  form(click: Click): Promise<Form | null>;
  /** The turn that this post of ours shows, by how its `postRef` begins; null when none does. */
  turnOfPost(post: {
    readonly platform: Address['platform'];
    readonly postRefStart: string;
  }): Promise<ShownTurn | null>;
  /** A command that only reads, typed outside a conversation: what to show to who gave it. */
  command(command: { readonly person: Person; readonly text: string }): Promise<Reply>;
  /** We were brought into a place: it is greeted, once. */
  arrived(arrival: Arrival): Promise<void>;
  /** Something has happened to a ticket: it is read anew. */
  ticketHint(hint: TicketHint): Promise<void>;
}

/** What a press comes to. */
export interface Pressed {
  /** To be opened over the chat of who pressed; null for none. What was pressed counts without it. */
  readonly form: Form | null;
  /** The post as it is from now on, its buttons replaced by what has become of it; null: as it was. */
  readonly reply: Reply | null;
  /** Why it counts for nothing, a sentence for who pressed alone; null: it counts, or was seen before. */
  readonly refusal: string | null;
}
export interface ShownTurn {
  readonly turnId: string;
  /** Of its conversation. */
  readonly address: Address;
}
/** `direct`: a person's own chat with us. */
export interface Arrival {
  readonly platform: Address['platform'];
  /** The platform's own name of the place. */
  readonly chat: string;
  readonly place: 'direct' | 'channel';
}

/**
 * What a chat platform has to remember: where it is installed, how a place is reached. Small values by key; never any
 * message text or secret.
 */
export interface PlatformNotes {
  find(key: string): Promise<unknown>;
  save(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
}

/**
 * A chat platform: Slack or Teams. Implemented by adapters/slack and adapters/teams, proven alike by
 * test/contracts/chat-platform.ts.
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
  /** The id of the post that shows this turn of ours in the thread, the last of several; null when there is none. */
  findPost(address: Address, turnId: string): Promise<string | null>;
  /**
   * Changes a post of ours; the same change twice is the same, and one that is gone is none the worse.
   *
   * @throws RemoteError `rejected` when it may not be changed, or not any more.
   */
  update(address: Address, postRef: string, reply: Reply): Promise<void>;
  /**
   * Takes a post of ours away; one that is gone already is none the worse.
   *
   * @throws RemoteError `rejected` when it may not be deleted.
   */
  remove(address: Address, postRef: string): Promise<void>;
  /**
   * Shows a file in the thread, and returns the platform's id of it. With `again`, an earlier attempt may have come
   * through: looks first for a file of ours with this name and size in the thread that is none of `known`.
   */
  shareFile(
    address: Address,
    shared: { file: SharedFile; content: FileStream; again: boolean; known: readonly string[] },
  ): Promise<string>;
  /** The id of a file of ours with this name and size in the thread that is none of `known`; null when there is none. */
  findFile(address: Address, wanted: { file: SharedFile; known: readonly string[] }): Promise<string | null>;
  /** Deletes a file of ours, wherever it is shown; one that is gone already is none the worse. */
  removeFile(fileId: string): Promise<void>;
  /** The content of a file in a thread; null when it is gone, or when the platform does not give it. The caller reads it to its end or cancels it. */
  openFile(file: SharedFile): Promise<FileStream | null>;
  /** Shows "searching…" in the thread until the next post. Best effort: never throws. */
  showWorking(address: Address): Promise<void>;
  person(ref: string): Promise<Person>;
  /** Who has this verified address; null when nobody has. */
  personByEmail(email: string): Promise<Person | null>;
  /**
   * Refs of everybody who reads along in the channel of the thread, apps among them but not ourselves. Null when there
   * are more than a hundred, or when the platform does not tell.
   */
  members(address: Address): Promise<readonly string[] | null>;
  /**
   * Begins a thread of our own in the direct messages with a person. `key` is kept with its first post, which shows
   * `reply`. With `again`, an earlier attempt may have come through: looks for a post with this key first.
   */
  startDirect(personRef: string, opening: { key: string; reply: Reply; again: boolean }): Promise<DirectThread>;
  /** The same in a channel, named by its id: there our posts carry buttons for IT staff. */
  startIn(
    channel: string,
    opening: { key: string; turnId: string; reply: Reply; again: boolean },
  ): Promise<DirectThread>;
  /** Says hello in a place that we were brought into. With `again`, an earlier attempt may have come through. */
  greet(arrival: Arrival, greeting: { reply: Reply; again: boolean }): Promise<void>;
  /** Whether the place has no threads: what is said there later on has to name what it is about. */
  hasNoThreads(address: Address): boolean;
  /** A link that opens the thread in the platform's own client. */
  permalink(address: Address): Promise<string>;
  /** The platform's id of the channel that the thread is in. */
  channelOf(address: Address): string;
  /** The message that a link of the platform's names; null when the link is none of a message. */
  messageOf(link: string): Promise<LinkedMessage | null>;
  /** The link to a message of a thread, at the same site as `like`, which is one; null for what is not a message. */
  linkOf(message: MessageRefs, like: string): string | null;
}
/** A thread that we began. */
export interface DirectThread {
  readonly address: Address;
  /** What its first post would be known by if a person had written it. */
  readonly messageId: string;
  /** The id of that post, to be updated by. */
  readonly postRef: string;
  /** {@link ChatPlace.id}, where the place has no threads. */
  readonly chat?: string;
}
/** A message as a platform's link names it. Which of the refs is its own shows when it is looked for. */
export interface LinkedMessage {
  /** The thread that it is in, or that it opens. */
  readonly address: Address;
  /** Its id, if it is a person's. */
  readonly messageId: string;
  /** How its `postRef` begins, if it is a post of ours. */
  readonly postRefStart: string;
}
export interface MessageRefs {
  readonly address: Address;
  readonly messageId: string | null;
  readonly postRef: string | null;
}

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
  readonly trails: Trails;
  readonly syncRuns: SyncRuns;
  readonly jobs: Jobs;
  transaction<T>(work: (store: Store) => Promise<T>): Promise<T>;
}
