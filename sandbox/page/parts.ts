import type { Ai } from '../ai.ts';
import type { Faults } from '../http.ts';
import type { Knowledge } from '../knowledge/index.ts';
import type { OpenAiSandbox } from '../openai/contract.ts';
import type { Operator } from '../operator.ts';
import type { TeamsSandbox } from '../teams/contract.ts';
import type { PageJira } from './jira-parts.ts';
import type { PageViews } from './view-routes.ts';
import type { StoryDelivery, StoryRestCall, StorySlackCall } from './story-types.ts';

export type { PageIssue, PageJira } from './jira-parts.ts';

/** Somebody of the sample company whom a visitor can act as. */
export interface PagePerson {
  readonly slackId: string;
  readonly name: string;
  readonly email: string;
  readonly title: string;
  readonly team: string;
  readonly role: string;
  readonly office: string;
}

/** A channel or DM as one person sees it. */
export interface PageChannel {
  readonly id: string;
  readonly name: string;
  /** `group`: of Teams, a few people and the app. */
  readonly kind: 'channel' | 'private' | 'group' | 'dm';
  readonly topic: string;
  /** Messages of others since this person last looked. */
  readonly unread: number;
  /** There are no threads in it: all stands in the conversation itself. */
  readonly flat?: true | undefined;
}

/** A message of Teams as one person sees it: what the browser draws. Of a deleted one nothing is left in it. */
export interface TeamsContent {
  /** As it was sent: of people HTML as their client makes it, of the app by `textFormat`. */
  readonly text: string;
  readonly textFormat: string;
  /** Cards among them. Whoever has pressed one may see another in its place. */
  readonly attachments: readonly Readonly<Record<string, unknown>>[];
  readonly entities: readonly Readonly<Record<string, unknown>>[];
  /** Thumbs are asked for. */
  readonly feedback: boolean;
  /** The `ts` of the message that it quotes. */
  readonly quotes?: string | undefined;
  readonly files: readonly PageFile[];
}

/**
 * A message as the Slack server keeps it; `blocks` is Block Kit, drawn in the browser. Of Teams `text` is what it says
 * without any markup, and `teams` what is drawn.
 */
export interface PageMessage {
  readonly ts: string;
  readonly thread_ts?: string | undefined;
  readonly user?: string | undefined;
  readonly bot_id?: string | undefined;
  readonly text: string;
  readonly blocks?: readonly unknown[] | undefined;
  readonly edited?: unknown;
  readonly subtype?: string | undefined;
  readonly reply_count?: number | undefined;
  readonly reply_users?: readonly string[] | undefined;
  readonly latest_reply?: string | undefined;
  readonly reactions?: readonly { readonly name: string; readonly users: readonly string[] }[] | undefined;
  readonly files?: readonly Readonly<Record<string, unknown>>[] | undefined;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  readonly teams?: TeamsContent | undefined;
}

/** What a person writes. */
export interface Saying {
  readonly as: string;
  readonly channel: string;
  readonly text: string;
  readonly threadTs?: string;
  /** Ids of uploads. */
  readonly files?: readonly string[];
  /** The `ts` of the message that it quotes; in Teams only. */
  readonly quotes?: string;
}

/** A file that somebody has uploaded; `size` in bytes. */
export interface PageFile {
  readonly id: string;
  readonly name: string;
  readonly mimetype: string;
  readonly size: number;
}

/** What the app offers people in their menus. */
export interface PageApp {
  readonly commands: readonly { readonly command: string; readonly description: string; readonly usageHint: string }[];
  readonly shortcuts: readonly {
    readonly name: string;
    readonly type: 'global' | 'message';
    readonly callbackId: string;
    readonly description: string;
  }[];
  readonly homeTab: boolean;
}

/** Everything that was said where the app is, and what became of the events about it. */
export interface PageLedger {
  readonly channels: readonly {
    readonly id: string;
    /** Messages of one person and the app. */
    readonly isDirect: boolean;
    readonly messages: readonly PageMessage[];
  }[];
  /** Deliveries of an event beyond its first. */
  readonly sentAgain: number;
  /** The messages whose events were never taken, and are not sent any more. */
  readonly givenUp: readonly { readonly channel: string; readonly ts: string }[];
}

/**
 * What the page needs of a local chat server, Slack's or Teams'. Messages are named by their channel and their `ts`:
 * seconds since 1970 with six digits behind the point.
 */
export interface PageChat {
  readonly url: string;
  /** The last thousand requests to the app, oldest first. */
  readonly deliveries: readonly StoryDelivery[];
  readonly botUserId: string;
  readonly faults: Pick<Faults, 'set' | 'clear'>;
  readonly delivery: { copies: number; delayMs: number; paused: boolean };
  ledger(): PageLedger;
  channels(as: string): readonly PageChannel[];
  isMember(as: string, channel: string): boolean;
  markRead(as: string, channel: string, threadTs?: string): void;
  /** The message and all after it count as new. */
  markUnread(as: string, channel: string, ts: string): void;
  /** The `ts` of the last message this person has seen, in the channel or of the thread. */
  readUntil(as: string, channel: string, threadTs?: string): string;
  messages(channel: string): readonly PageMessage[];
  /** What stands in the channel itself: the oldest `limit` from `from` on, or the newest `limit` before `before`. */
  top(
    channel: string,
    wish: { limit?: number | undefined; before?: string | undefined; from?: string | undefined },
  ): { messages: readonly PageMessage[]; hasEarlier: boolean; hasLater: boolean };
  message(channel: string, ts: string): PageMessage | null;
  /** The message as this person sees it, where not everybody sees the same. */
  seenBy?(as: string, channel: string, message: PageMessage): PageMessage;
  thread(channel: string, threadTs: string): readonly PageMessage[];
  /** Ephemeral messages, for this person's eyes. */
  whispers(channel: string, as: string): readonly PageMessage[];
  dismiss(whisper: { as: string; channel: string; ts: string }): void;
  react(reaction: { as: string; channel: string; ts: string; name: string; on: boolean }): Promise<void>;
  upload(upload: { as: string; name: string; mimetype: string; bytes: Buffer }): PageFile;
  file(id: string): (PageFile & { bytes(): Buffer | null }) | null;
  canSeeFile(as: string, fileId: string): boolean;
  status(channel: string, threadTs: string): string;
  /** Whether the client shows Stop beside the status. */
  canStop(channel: string, threadTs: string): boolean;
  stopSession(stop: { as: string; channel: string; threadTs: string }): void;
  say(saying: Saying): Promise<string>;
  edit(change: { as: string; channel: string; ts: string; text: string }): Promise<void>;
  remove(change: { as: string; channel: string; ts: string }): Promise<void>;
  on(listener: (change: ChatChange) => void): () => void;
}

export interface ChatChange {
  readonly type: 'message' | 'status' | 'read' | 'view';
  readonly channel?: string;
  readonly threadTs?: string;
  readonly ts?: string;
  readonly as?: string;
}

/** What the page needs of the local Slack server. */
export interface PageSlack extends PageChat, PageViews {
  /** The app's last thousand calls, oldest first. */
  readonly calls: readonly StorySlackCall[];
  readonly app: PageApp;
}

/** What the page needs of the local Teams server. */
export type PageTeams = Omit<
  TeamsSandbox,
  'serviceUrl' | 'openIdMetadataUrl' | 'loginUrl' | 'appId' | 'appPassword' | 'connectApp' | 'deliverRaw' | 'close'
>;

/** What the page needs of a local server that keeps documents. */
export interface PageWiki {
  /** The app's last calls, oldest first. */
  readonly calls: readonly StoryRestCall[];
  /** Where the addresses of its pages begin. */
  readonly url: string;
  readonly faults: Pick<Faults, 'set' | 'clear'>;
}

/** What the page needs of the local model server. */
export type PageModel = Pick<
  OpenAiSandbox,
  'behaviour' | 'behave' | 'lieEvery' | 'fail' | 'mend' | 'failing' | 'calls' | 'on'
>;

/** The helpdesk's process, watched and driven by whoever started it. */
export interface PageBot {
  state(): 'starting' | 'up' | 'down';
  on(listener: (state: 'starting' | 'up' | 'down') => void): () => void;
  restart(): void;
  kill(): void;
  /** How often it was killed since the start. */
  kills(): number;
}

/** Everything the page stands on. */
export interface PageParts {
  readonly slack: PageSlack;
  /** When the bot is in Teams as well. */
  readonly teams?: PageTeams;
  readonly jira: PageJira;
  /** When the bot answers from them. */
  readonly notion?: PageWiki;
  readonly confluence?: PageWiki;
  readonly company: {
    readonly name: string;
    readonly people: readonly PagePerson[];
    /** Its documents: Markdown with front matter. */
    readonly knowledgeFolder: string;
  };
  /** Its documents, to be changed in the page; when not given, they can only be read. */
  readonly knowledge?: Knowledge;
  readonly bot: PageBot;
  /** When the bot can be started with a model, and without. */
  readonly ai?: Ai;
  /** The model that the bot is then started with. */
  readonly openai?: PageModel;
  /** What the helpdesk tells of itself. */
  readonly operator: Operator;
}
