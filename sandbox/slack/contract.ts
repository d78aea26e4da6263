import type { AppCommand, AppShortcut } from '../app-manifest.ts';
import type { Faults } from '../http.ts';
import type { DeliverySettings, RecordedDelivery } from './delivery.ts';
import type { Interactivity } from './interactivity.ts';
import type { Ledger } from './ledger.ts';
import type { Ephemeral, Json, Message } from './messages.ts';
import type { RateLimit } from './pacing.ts';
import type { ChannelSeed, PersonSeed } from './roster.ts';
import type { StretchWish } from './timeline.ts';
import type { Said } from './typing.ts';
import type { NewUpload, Upload } from './uploads.ts';
import type { View } from './views.ts';
import type { RecordedCall } from './web-api/index.ts';

export interface SlackOptions {
  /** 0, or not set, is any free port. */
  readonly port?: number;
  readonly people: readonly PersonSeed[];
  readonly channels: readonly ChannelSeed[];
  /** The company's name, which is the workspace's. */
  readonly company: string;
  /** The app's display name, by which people mention it. `Firstline` if not set. */
  readonly appName?: string;
  /** A JSON file in which messages, direct messages, read marks and Home tabs outlive a restart. */
  readonly statePath?: string;
  /** Milliseconds before each redelivery of an event. Slack's own if not set: at once, a minute, five minutes. */
  readonly retrySchedule?: readonly number[];
  /** How long the app has for its answer. Slack's three seconds if not set. */
  readonly answerTimeoutMs?: number;
  /** Events and interactions go over the WebSockets that the app opens, and connectApp is not needed. */
  readonly socketMode?: boolean;
  /** The bot token's scopes; those of an app of this kind if not set. */
  readonly scopes?: readonly string[];
  /** The events that the app has subscribed to; those of an app of this kind if not set. */
  readonly subscriptions?: readonly string[];
  /** The app's slash commands; any command is taken if not set. */
  readonly commands?: readonly AppCommand[];
  /** The app's shortcuts; any is taken if not set. */
  readonly shortcuts?: readonly AppShortcut[];
  /** Whether the app has a Home tab. True if not set. */
  readonly homeTab?: boolean;
  /** Posts a channel takes; without it there is no limit. */
  readonly rateLimit?: RateLimit;
  /** connectApp first asks for the challenge, and does not connect an app that fails it. */
  readonly verifyRequestUrl?: boolean;
  /** The web page that shows the workspace: permalinks then lead to this server, which sends the reader on to it. */
  readonly pageUrl?: string;
}

/** A channel as one person sees it in the list. */
export interface ChannelView {
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel' | 'private' | 'dm';
  readonly topic: string;
  /** Messages of others, at top level or in the person's threads, since they last looked. */
  readonly unread: number;
}

/** Something visible changed: look again. */
export type Change = ChatChange | ReadChange | ViewChange;

export interface ChatChange {
  readonly type: 'message' | 'status';
  readonly channel: string;
  readonly threadTs?: string;
  readonly ts?: string;
}

/** This person has read the channel, or the thread. */
export interface ReadChange {
  readonly type: 'read';
  readonly as: string;
  readonly channel: string;
  readonly threadTs?: string;
  readonly ts?: never;
}

/** The modal or the Home tab that this person sees. */
export interface ViewChange {
  readonly type: 'view';
  readonly as: string;
  readonly channel?: never;
  readonly threadTs?: never;
  readonly ts?: never;
}

/** What the app offers people in their menus. */
export interface AppOffer {
  readonly commands: readonly AppCommand[];
  readonly shortcuts: readonly AppShortcut[];
  readonly homeTab: boolean;
}

export type ShownMessage = Message & { readonly reply_count: number };

/** Slack, as far as one installed app and the people around it can tell. */
export interface SlackSandbox extends Interactivity {
  readonly url: string;
  /** The Web API's base: `${url}/api/`. */
  readonly apiUrl: string;
  readonly botToken: string;
  /** For Socket Mode. */
  readonly appToken: string;
  readonly signingSecret: string;
  readonly teamId: string;
  readonly botUserId: string;
  readonly botId: string;
  readonly appId: string;
  readonly app: AppOffer;
  /** On the Web API. */
  readonly faults: Faults;
  /** On the events to the app. Mutable. */
  readonly delivery: DeliverySettings;
  /** The last 1000 Web API calls. */
  readonly calls: readonly RecordedCall[];
  /** The last 1000 requests to the app. */
  readonly deliveries: readonly RecordedDelivery[];
  /** What the tally of questions, answers and losses is worked out from. */
  ledger(): Ledger;
  people(): readonly PersonSeed[];
  /** The channels this person is in, and their direct messages with the app. */
  channels(as: string): readonly ChannelView[];
  isMember(as: string, channel: string): boolean;
  /** Whether it is this person's own upload, or shown by a message that they can read. */
  canSeeFile(as: string, fileId: string): boolean;
  /** Everything in the channel, or in that thread, counts as seen. */
  markRead(as: string, channel: string, threadTs?: string): void;
  /** The message and all after it count as new. */
  markUnread(as: string, channel: string, ts: string): void;
  /** The `ts` of the last message this person has seen in the channel, or of the last reply in the thread. */
  readUntil(as: string, channel: string, threadTs?: string): string;
  /** The id of the direct messages between this person and the app. */
  dm(userId: string): string;
  /** Says something as it is typed: `@Name`, `@Firstline`, `#channel` and addresses become what Slack makes of them. */
  say(said: Said): Promise<string>;
  /** Says something that is already in Slack's encoding. */
  sayRaw(said: Said): Promise<string>;
  edit(change: { as: string; channel: string; ts: string; text: string }): Promise<void>;
  remove(change: { as: string; channel: string; ts: string }): Promise<void>;
  /** Adds this person's reaction, or takes it back. */
  react(reaction: { as: string; channel: string; ts: string; name: string; on: boolean }): Promise<void>;
  /** Takes a file in, to be said by its id. */
  upload(upload: NewUpload): Upload;
  /** Deletes a file of this person's. @throws Error when it is none of theirs. */
  removeFile(as: string, id: string): void;
  file(id: string): (Upload & { bytes(): Buffer | null }) | null;
  /** All messages of the channel, replies among them, in the order of their `ts`. */
  messages(channel: string): readonly ShownMessage[];
  /** What stands in the channel itself, a page at a time. */
  top(
    channel: string,
    wish: StretchWish,
  ): { messages: readonly ShownMessage[]; hasEarlier: boolean; hasLater: boolean };
  message(channel: string, ts: string): ShownMessage | null;
  thread(channel: string, threadTs: string): readonly ShownMessage[];
  /** The ephemeral messages that this person sees. */
  whispers(channel: string, as: string): readonly Ephemeral[];
  /** Takes an ephemeral message out of this person's sight. */
  dismiss(whisper: { as: string; channel: string; ts: string }): void;
  /** What the app last showed as its status in the thread; '' when nothing, or two minutes ago. */
  status(channel: string, threadTs: string): string;
  /** Whether Stop is shown beside the status: it is up, and the app has subscribed to `agent_session_stopped`. */
  canStop(channel: string, threadTs: string): boolean;
  modal(as: string): View | null;
  home(as: string): View | null;
  /** Opens the app's Messages or Home tab: `app_home_opened`. */
  openApp(visit: { as: string; tab: 'home' | 'messages' }): void;
  /** Brings the app into a channel, or out of it: `member_joined_channel`. */
  setAppMember(change: { as: string; channel: string; isMember: boolean }): void;
  /** Presses Stop in a thread: `agent_session_stopped`. */
  stopSession(stop: { as: string; channel: string; threadTs: string }): void;
  /** Sends any event to the app, in an envelope of its own. Returns the event_id. */
  emit(event: Json): string;
  on(listener: (change: Change) => void): () => void;
  /** Where the app takes events. Null: it cannot be reached, and what happens is redelivered by the schedule. */
  connectApp(requestUrl: string | null): void;
  close(): Promise<void>;
}
