import type { Faults } from '../http.ts';
import type { StreamFault } from './open-streams.ts';

/** Anything JSON holds in braces. */
export type Json = Readonly<Record<string, unknown>>;

export interface TeamsPerson {
  /** By which the page and tests name them; in Teams they have ids of their own. */
  readonly slackId: string;
  readonly name: string;
  readonly email: string;
  /** Of another company: a guest in this tenant. */
  readonly guest?: boolean;
}

export interface TeamsChannelSeed {
  /** Of the page and tests; the conversation's id in Teams is made of it. */
  readonly id: string;
  readonly name: string;
  /** Only its members see it. All standard channels are in one team, which everybody of `people` is in. */
  readonly private?: boolean;
  readonly members: 'all' | readonly string[];
  readonly topic?: string;
}

export interface TeamsOptions {
  /** 0, or not set, is any free port. */
  readonly port?: number;
  readonly people: readonly TeamsPerson[];
  readonly channels: readonly TeamsChannelSeed[];
  /** Group chats with the app in them. */
  readonly groups?: readonly { readonly id: string; readonly name: string; readonly members: readonly string[] }[];
  readonly company: string;
  readonly appName?: string;
  /** A JSON file in which all outlives a restart. */
  readonly statePath?: string;
  /** Milliseconds before each redelivery of an activity that was not taken. */
  readonly retrySchedule?: readonly number[];
  /** How long the app has for its answer. Teams' fifteen seconds if not set. */
  readonly answerTimeoutMs?: number;
  /** Whether messages without a mention are delivered in channels and group chats (resource-specific consent). True if not set. Mutable by `delivery`. */
  readonly rsc?: boolean;
  /** The web page that shows Teams: deep links lead to this server, which sends the reader on to it. */
  readonly pageUrl?: string;
}

/** A message as Teams keeps it. */
export interface TeamsMessage {
  /** Milliseconds since 1970, as Teams names messages. */
  readonly id: string;
  /** Of the first message of its thread; only in channels, and never of the first itself. */
  readonly threadId?: string;
  /** Who wrote it, by `slackId`; null: the app. */
  readonly from: string | null;
  /** As it was sent: of people HTML as their client makes it, of the app by `textFormat`. */
  readonly text: string;
  readonly textFormat: 'plain' | 'markdown' | 'xml' | 'html';
  /** As it was sent. Of the app's, cards among them. */
  readonly attachments: readonly Json[];
  readonly entities: readonly Json[];
  readonly channelData?: Json;
  readonly summary?: string;
  readonly edited?: true;
  readonly deleted?: true;
  /** Of a stream that says no more so far than what the app is doing: nobody but the server sees it as a message. */
  readonly informative?: true;
  /** What this person sees in the place of a card that they pressed (the answer of a Universal Action), by `slackId`. */
  readonly cardsFor?: Readonly<Record<string, Json>>;
  readonly reactions?: readonly { readonly name: string; readonly users: readonly string[] }[];
  /** People's files, by the ids of {@link TeamsSandbox.upload}. */
  readonly files?: readonly string[];
  /** The message that it quotes. */
  readonly quotes?: string;
}

export interface TeamsChatView {
  /** The conversation's id: `a:…` personal, `19:…@thread.v2` group, `19:…@thread.tacv2` channel. */
  readonly id: string;
  readonly name: string;
  readonly kind: 'personal' | 'group' | 'channel' | 'private';
  readonly topic: string;
  readonly unread: number;
}

/** What Teams shows after a press or a form. */
export type Shown =
  /** Nothing visible. */
  | { readonly kind: 'nothing' }
  /** The card of the message is another one now, for who pressed. */
  | { readonly kind: 'card' }
  /** A line for who pressed. */
  | { readonly kind: 'message'; readonly text: string }
  /** A dialog is open; its inputs are sent with {@link TeamsSandbox.submit}. */
  | { readonly kind: 'dialog'; readonly dialog: Dialog }
  /** Something went wrong, as Teams says it: "Something went wrong. Please try again." */
  | { readonly kind: 'error'; readonly status: number };

export interface Dialog {
  readonly id: string;
  readonly title: string;
  /** An Adaptive Card. */
  readonly card: Json;
  /** Pixels or `small`, `medium`, `large`. */
  readonly height?: unknown;
  readonly width?: unknown;
}

export interface TeamsDelivery {
  /** How often each activity is delivered, the same each time. */
  copies: number;
  delayMs: number;
  /** Activities wait until it ends. */
  paused: boolean;
  rsc: boolean;
}

export interface TeamsRecordedDelivery {
  readonly at: number;
  /** The activity's own id, and what it is: `message`, `messageUpdate`, `invoke`, … */
  readonly id: string;
  readonly type: string;
  readonly activity: Json;
  readonly attempt: number;
  /** Null: the connection failed or timed out. */
  readonly status: number | null;
  readonly tookMs: number;
}

export interface TeamsRecordedCall {
  readonly at: number;
  readonly method: string;
  /** Decoded. */
  readonly path: string;
  readonly body: unknown;
  /** Null: dropped without an answer. */
  readonly status: number | null;
  readonly answer: unknown;
}

export type TeamsChange =
  | { readonly type: 'message'; readonly chat: string; readonly id: string; readonly threadId?: string }
  | { readonly type: 'typing'; readonly chat: string; readonly threadId?: string }
  | { readonly type: 'read'; readonly as: string; readonly chat: string };

/** Teams, as far as one installed app and the people around it can tell. People are named by `slackId`. */
export interface TeamsSandbox {
  readonly url: string;
  /** Of every activity: `${url}/emea/`. */
  readonly serviceUrl: string;
  /** `${url}/v1/.well-known/openidconfiguration` */
  readonly openIdMetadataUrl: string;
  /** Where the app gets its token: POST `${loginUrl}/{tenant}/oauth2/v2.0/token`. */
  readonly loginUrl: string;
  readonly appId: string;
  readonly appPassword: string;
  readonly tenantId: string;
  /** `28:${appId}` */
  readonly botId: string;
  readonly appName: string;
  /** On the connector's REST API (paths `/emea/v3/…`) and the token endpoint. */
  readonly faults: Faults;
  readonly delivery: TeamsDelivery;
  readonly calls: readonly TeamsRecordedCall[];
  readonly deliveries: readonly TeamsRecordedDelivery[];
  /** Messages whose activities were never taken, and are not sent any more. */
  readonly givenUp: readonly { readonly chat: string; readonly id: string }[];
  /** Where activities go (`…/api/messages`); null: nowhere, they wait. */
  connectApp(url: string | null): void;

  people(): readonly TeamsPerson[];
  /** `29:…` */
  userIdOf(slackId: string): string;
  aadIdOf(slackId: string): string;
  chats(as: string): readonly TeamsChatView[];
  isMember(as: string, chat: string): boolean;
  /** The id of the personal chat; it is there, with the app installed, from the first use on. */
  personal(as: string): string;
  /** The conversation's id of a channel or group of the seeds. */
  chatOf(seedId: string): string;
  markRead(as: string, chat: string): void;
  readUntil(as: string, chat: string): string;

  /**
   * Says something as it is typed: `@Firstline` and `@Name` become mentions. `threadId`: replies there (channels only).
   * Returns the message's id when it is shown; the delivery goes on by itself.
   */
  say(said: {
    as: string;
    chat: string;
    text: string;
    threadId?: string;
    files?: readonly string[];
    quotes?: string;
  }): Promise<string>;
  edit(change: { as: string; chat: string; id: string; text: string }): Promise<void>;
  remove(change: { as: string; chat: string; id: string }): Promise<void>;
  undelete(change: { as: string; chat: string; id: string }): Promise<void>;
  react(reaction: { as: string; chat: string; id: string; name: string; on: boolean }): Promise<void>;
  upload(upload: { as: string; name: string; mimetype: string; bytes: Buffer }): {
    id: string;
    name: string;
    mimetype: string;
    size: number;
  };
  file(id: string): { id: string; name: string; mimetype: string; size: number; bytes(): Buffer | null } | null;

  /**
   * Presses an action of a card: `Action.Execute` (invoke `adaptiveCard/action`, and its answer), `Action.Submit` (a
   * message with `value`, or with `msteams.type` `task/fetch` an invoke, or `imBack` a message). `action` is the action's
   * JSON as the card has it; `inputs` what the card's inputs hold. Everybody in the chat may press.
   */
  press(press: {
    as: string;
    chat: string;
    id: string;
    action: Json;
    inputs?: Readonly<Record<string, string>>;
  }): Promise<Shown>;
  /** Sends a dialog (`task/submit`, or `composeExtension/submitAction`). @throws Error when there is no such dialog of theirs. */
  submit(form: { as: string; dialog: string; data: Json }): Promise<Shown>;
  /** Opens the message action "Create IT ticket" on a message (`composeExtension/fetchTask`). */
  messageAction(action: { as: string; chat: string; id: string; commandId: string }): Promise<Shown>;
  /** Thumbs under a message of the app that asks for feedback (`message/submitAction`). */
  feedback(feedback: {
    as: string;
    chat: string;
    id: string;
    reaction: 'like' | 'dislike';
    text?: string;
  }): Promise<Shown>;
  install(where: { as: string; chat: string }): Promise<void>;
  uninstall(where: { as: string; chat: string }): Promise<void>;
  /** Delivers any activity, signed: its fields over those of a message of this person. Returns the app's status. */
  deliverRaw(activity: Json, options?: { token?: TokenWish }): Promise<{ status: number | null; body: string }>;

  messages(chat: string): readonly TeamsMessage[];
  message(chat: string, id: string): TeamsMessage | null;
  /** The first message of the thread and its replies. */
  thread(chat: string, threadId: string): readonly TeamsMessage[];
  /** What the app says that it is doing, in a stream of a personal chat that is open; null when there is none. */
  stream(chat: string): { readonly id: string; readonly informative: string } | null;
  /** Presses Stop beside it: the app is told with its next part. False: there is nothing to stop. */
  stopStream(stop: { as: string; chat: string }): boolean;
  /** The next part of a stream is refused: as if it were stopped, or over, or as Teams does where there are none. */
  failStream(fault: StreamFault): void;
  /** When the app last showed that it is typing there, up to ten seconds ago. */
  isTyping(chat: string, threadId?: string): boolean;
  on(listener: (change: TeamsChange) => void): () => void;
  close(): Promise<void>;
}

/** How a token is made that is not as it should be; left out: as it should be. */
export interface TokenWish {
  readonly none?: true;
  readonly issuer?: string;
  readonly audience?: string;
  readonly expired?: true;
  /** Signed with a key that the metadata does not have. */
  readonly forged?: true;
  readonly serviceUrl?: string;
  readonly endorsements?: readonly string[];
  /** The bot's own outbound token in the place of Teams'. */
  readonly own?: true;
}
