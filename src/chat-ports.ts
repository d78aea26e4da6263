import type { RequestListener } from 'node:http';
import type { Address, Click, Message, MessageChange, Person, SharedFile } from '#domain/conversation.ts';
import type { Form } from '#domain/form.ts';
import type { Reply, WorkStage } from '#domain/reply.ts';
import type { FileStream, TicketHint } from './ticket-ports.ts';

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
  /** Who waits for an answer has pressed the platform's own Stop. */
  stopped(stop: Stop): Promise<void>;
  /** Something has happened to a ticket: it is read anew. */
  ticketHint(hint: TicketHint): Promise<void>;
}

/** The platform's own button to stop what is under way in a thread. */
export interface Stop {
  readonly eventId: string;
  readonly address: Address;
  readonly personRef: string;
  readonly at: Date;
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
  /**
   * Shows in the thread how far the answer is, until the next post; by the platform's own means of streaming, where
   * there are any. Only the stage is shown, never a word that has not been checked. Best effort: never throws.
   */
  showWorking(address: Address, stage: WorkStage): Promise<void>;
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
