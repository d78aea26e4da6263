import type { Faults } from '../http.ts';
import type { RecordedCall } from '../recorded-calls.ts';
import type { Settings } from './fields.ts';
import type {
  Account,
  AdfNode,
  Attachment,
  Comment,
  Issue,
  PastTicket,
  Person,
  StatusName,
  Visibility,
} from './model.ts';

/** A site of Jira Cloud, on this machine only: the project IT with a service desk, and OPS to move issues to. */
export interface JiraSandbox extends Settings, PeopleActs, WebhookControls {
  readonly url: string;
  /** The bot's credentials. With the same token any employee's address acts as that employee. */
  readonly email: string;
  readonly apiToken: string;
  readonly projectKey: string;
  readonly faults: Faults;
  /** The last thousand, in order. */
  readonly calls: readonly RecordedCall[];
  issues(): Issue[];
  /** By key, also one it had before it was moved, or by id. */
  issue(idOrKey: string): Issue | null;
  /** Called after each change; returns what ends it. */
  on(listener: (change: { type: 'issue'; key: string }) => void): () => void;
  close(): Promise<void>;
}

export interface JiraOptions {
  /** Any free port when not given. */
  readonly port?: number;
  readonly people: readonly Person[];
  /** Become issues in Done; new keys go on after the highest. */
  readonly pastTickets?: readonly PastTicket[];
  /** A file that keeps the state across restarts; attachments are kept in a folder beside it. */
  readonly statePath?: string;
  readonly pageUrl?: string;
  /** Milliseconds before each further try of a webhook; the first five count. */
  readonly webhookRetrySchedule?: readonly number[];
  /** How long a webhook's receiver may take to answer; 20 seconds when not given. */
  readonly webhookTimeoutMs?: number;
  /** From 0 to below 1: what `shuffle` draws with. */
  readonly random?: () => number;
}

/** Who does something, as an e-mail address, and to which issue. */
export interface Act {
  readonly as: string;
  /** Key or id. */
  readonly key: string;
}

export interface NewFile {
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: Buffer;
}

export interface CommentAct extends Act {
  /** Each line becomes a paragraph, and `@` with a person's full name a mention. Files come after it. */
  readonly text?: string;
  /** A whole document in place of the text. */
  readonly body?: AdfNode;
  /** An internal note: marked as the product marks its own. */
  readonly internal?: boolean;
  readonly visibility?: Visibility;
  /** Become attachments of the issue that the comment shows: pictures one by one, the rest in a row. */
  readonly files?: readonly NewFile[];
}

/**
 * What people do in Jira's own pages. All of it is checked, recorded in the history, told to listeners and sent as
 * webhooks as what the API does.
 *
 * Each throws an Error in words when Jira would refuse it, or when there is no such person, issue or comment.
 */
export interface PeopleActs {
  /** Who works on tickets: people whose role is `it-staff`; everybody who has an account when nobody has that role. */
  staff(): readonly Account[];
  comment(act: CommentAct): Comment;
  /** The text as in `comment`. Its files stay in the issue and are no longer shown in the comment. */
  editComment(act: Act & { readonly commentId: string; readonly text: string }): Comment;
  removeComment(act: Act & { readonly commentId: string }): void;
  attach(act: Act & NewFile): Attachment;
  assign(act: Act & { readonly assignee: string | null }): void;
  transition(act: Act & { readonly to: StatusName; readonly resolution?: string }): void;
  /** By the level's name; null takes it away. */
  setSecurity(act: Act & { readonly level: string | null }): void;
  removeIssue(act: Act): void;
  /** To the other project. @returns the new key. */
  moveIssue(act: Act & { readonly projectKey: string }): string;
  /** A file by its attachment's id. */
  attachment(id: string): { readonly name: string; readonly mimeType: string; bytes(): Buffer } | null;
}

export type WebhookEventName =
  | 'jira:issue_created'
  | 'jira:issue_updated'
  | 'jira:issue_deleted'
  | 'comment_created'
  | 'comment_updated'
  | 'comment_deleted'
  | 'attachment_created'
  | 'attachment_deleted';

/** One try to deliver a webhook. */
export interface RecordedWebhook {
  readonly event: WebhookEventName;
  readonly issueKey: string;
  /** What `X-Atlassian-Webhook-Identifier` said; the same over all tries. */
  readonly identifier: string;
  /** 0 at the first try. */
  readonly retry: number;
  /** The status that was answered. */
  readonly outcome: number | 'no answer' | 'dropped';
  readonly at: string;
}

/** How webhooks are treated from now on. Can be changed at any time. */
export interface WebhookDelivery {
  /** They wait until this is false again. */
  paused: boolean;
  /** Each goes out so much later than what it tells of. */
  delayMs: number;
  /** They are never sent. */
  drop: boolean;
  /** Each is sent twice, with the same identifier. */
  twice: boolean;
  /** Those that wait go out in random order. */
  shuffle: boolean;
}

export interface WebhookControls {
  /**
   * Where webhooks of all events go, one after the other, and what signs them. Null: they go nowhere, and those that
   * wait are forgotten. Not kept across restarts.
   */
  readonly connectWebhook: (url: string | null, secret: string | null) => void;
  readonly delivery: WebhookDelivery;
  /** The last thousand tries, in order. */
  readonly webhooks: readonly RecordedWebhook[];
  /** Settled once nothing is under way or waits, further tries included; while paused, once nothing is under way. */
  readonly webhooksSettled: () => Promise<void>;
}
