import type { Address, Message } from '#domain/conversation.ts';
import type { Reply, ReplyPart } from '#domain/reply.ts';
import type { ChatPlatform } from '#chat-ports.ts';
import type { Door, Knock } from './chat-door.ts';
import type { RecordingInbox } from './chat-inbox.ts';

/** A chat platform at work: started, its webhook served, the vendor's server behind it, and people around it. */
export interface ChatStage {
  readonly differs: Differences;
  /** The adapter; another instance after {@link ChatStage.restart}. */
  readonly platform: ChatPlatform;
  readonly inbox: RecordingInbox;
  readonly door: Door;
  readonly faults: VendorFaults;
  /** A platform with credentials that the vendor refuses, not started. */
  wronglySetUp(): ChatPlatform;
  /** Stops the adapter and starts a new one, which has only what was noted. */
  restart(): Promise<void>;
  close(): Promise<void>;

  refOf(who: Who): string;
  /** By which the channel is named to `startIn`. */
  channelId(where: Where): string;

  say(said: Said): Promise<Spoken>;
  /** In a thread that we have begun. */
  replyBelow(address: Address, said: { readonly as: Who; readonly text: string }): Promise<void>;
  edit(spoken: Spoken, text: string): Promise<void>;
  remove(spoken: Spoken): Promise<void>;
  /** An app that is not ours says something. Returns when it is delivered. */
  otherAppSays(where: Where, text: string): Promise<void>;

  /** Our posts in the thread (where there are no threads, in the chat), as this person sees them; oldest first. */
  seen(address: Address, as?: Who): readonly SeenPost[];
  /** Whether the thread shows that we are at work. */
  isWorking(address: Address): boolean;
  /** Presses the client's own Stop, which is there while it shows that we are at work on an answer. */
  stop(address: Address, as: Who): void;
  /** Lines that this person alone was told there. */
  told(address: Address, as: Who): readonly string[];
  /** Presses the button with these words on the last post of the thread that has it. Whether the vendor was told that it counts. */
  press(press: { as: Who; address: Address; title: string }): Promise<boolean>;
  /** The form that is open over this person's chat. */
  form(as: Who): SeenForm | null;
  /** Sends it, with these entries in the place of what it holds. Whether the vendor was told that it is taken. */
  send(as: Who, values: Readonly<Record<string, string>>): Promise<boolean>;

  /** The last press, or form that was sent, as it came to our door. */
  lastAct(): Knock;
  /** What is not the vendor's, made of a genuine request. */
  forgeries(genuine: Knock): readonly Attempt[];
  /** What the vendor has signed, but whose content is not ours: made of a genuine press, or of a form that was sent. */
  alterations(genuine: Knock): readonly Attempt[];
}

/** Ana and Ben work here, Gus is a guest of another company. */
export type Who = 'ana' | 'ben' | 'gus';
/** `help`: a channel, all are in it. `it`: the channel of IT staff. `group`: several people's chat with us in it. */
export type Where = 'help' | 'it' | 'group' | `dm ${Who}`;

export const people: Readonly<Record<Who, { readonly name: string; readonly email: string }>> = {
  ana: { name: 'Ana Silva', email: 'ana@example.com' },
  ben: { name: 'Ben Okafor', email: 'ben@example.com' },
  gus: { name: 'Gus Guest', email: 'gus@other.example' },
};

/** Where the vendors leave no choice. Everything else is alike. */
export interface Differences {
  /** A post or a file whose answer was lost is found by what it is of. Otherwise it may be there twice: at most. */
  readonly findsItsPosts: boolean;
  /** The words of the button behind which a form is that cannot open with the press; null: it opens with it. */
  readonly formButton: string | null;
  /** Who pressed sees what has become of it before the post is changed. */
  readonly answersPresses: boolean;
  /** A picture comes with the name that it had. */
  readonly namesPictures: boolean;
  /** Who presses the client's Stop is told to us. Otherwise we are, when we send more. */
  readonly tellsOfStops: boolean;
  /** Whoever has an address is found by it. Otherwise only who has been met. */
  readonly findsStrangers: boolean;
}

export interface Said {
  readonly as: Who;
  readonly where: Where;
  readonly text: string;
  /** Names us first. */
  readonly mention?: true;
  /** In the thread that this opened, or that it is in. Where there are no threads: quotes it. */
  readonly replyTo?: Spoken;
  readonly files?: readonly { readonly name: string; readonly mimeType: string; readonly bytes: Buffer }[];
}
/** A message that a person has sent, as the vendor knows it. */
export interface Spoken {
  readonly as: Who;
  readonly chat: string;
  readonly id: string;
  /** The thread's first message. */
  readonly thread: string;
}

export interface SeenPost {
  /** As one reads it, without markup; the names of files at its end. */
  readonly text: string;
  /** What can be pressed to go somewhere. */
  readonly links: readonly string[];
  /** Words on what can be pressed to tell us something. */
  readonly buttons: readonly string[];
  /** Whoever gets a notification because of it. */
  readonly mentions: readonly string[];
}
export interface SeenForm {
  readonly title: string;
  /** What each field holds, by its name. */
  readonly holds: Readonly<Record<string, string>>;
}

/** What is wrong with the vendor's next request of ours of this sort. */
export interface VendorFaults {
  next(verb: Verb, failure: Failure): void;
  /** How many requests of this sort the vendor got, those that failed among them. */
  requests(verb: Verb): number;
}
/** `begin`: a thread of our own in a channel. */
export type Verb = 'post' | 'update' | 'remove' | 'begin' | 'show-working';
export type Failure =
  | { readonly kind: 'rate-limit'; readonly retryAfterSeconds: number }
  /** Answered so, and nothing done. */
  | { readonly kind: 'status'; readonly status: number }
  /** The connection is closed, and nothing done. */
  | { readonly kind: 'drop' }
  /** Done, and then the connection is closed. */
  | { readonly kind: 'drop-after' };

export interface Attempt {
  readonly name: string;
  /** The status that it was answered with. */
  readonly send: () => Promise<number>;
}

/** Waits for a state, not for a time. */
export async function until<T>(find: () => T | null | undefined | false, what: string): Promise<T> {
  const deadline = Date.now() + 8000;
  for (;;) {
    const found = find();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`it did not come to this: ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Says something, and waits until it is handed over. */
export async function heard(stage: ChatStage, said: Said): Promise<{ message: Message; spoken: Spoken }> {
  const before = stage.inbox.messages.length;
  const spoken = await stage.say(said);
  const message = await until(
    () => stage.inbox.messages.slice(before).find(({ text }) => text === said.text),
    `“${said.text.slice(0, 80)}” is handed over`,
  );
  return { message, spoken };
}

export const asks: Said = { as: 'ana', where: 'dm ana', text: 'my laptop is dead' };
export const mentions: Said = { as: 'ana', where: 'help', text: 'my VPN drops', mention: true };

export function reply(text: string, buttons: Reply['buttons'] = []): Reply {
  return { parts: [{ kind: 'text', text }], buttons };
}

export function source(title: string, url: string): Extract<ReplyPart, { kind: 'sources' }>['citations'][number] {
  return { chunkId: `c/${url}`, documentId: `d/${url}`, title, url };
}

/** Posts, as a job does that was not tried before. */
export function post(stage: ChatStage, address: Address, shown: { turnId: string; reply: Reply }): Promise<string> {
  return stage.platform.post(address, { ...shown, again: false });
}

export const textOf = (posts: readonly SeenPost[]): string => posts.map(({ text }) => text).join('\n');
export const linksOf = (posts: readonly SeenPost[]): readonly string[] => posts.flatMap(({ links }) => links);
export const buttonsOf = (posts: readonly SeenPost[]): readonly string[] => posts.flatMap(({ buttons }) => buttons);
