import type { Faults } from '../http.ts';
import type { StoryRestCall } from './story-types.ts';

/** The fields of an issue that the board's cards show; the issue panel gets the whole issue as it is. */
export interface PageIssue {
  readonly key: string;
  readonly summary: string;
  readonly status: unknown;
  readonly created: string;
  readonly reporter: unknown;
  readonly assignee: unknown;
  readonly labels: readonly string[];
  readonly priority: unknown;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly remoteLinks: readonly { readonly object: { readonly url: string } }[];
  readonly comments: readonly { readonly properties: Readonly<Record<string, unknown>> }[];
  readonly issuetype?: unknown;
}

/** A file that goes into Jira. */
export interface NewPageFile {
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: Buffer;
}

/** Who does something, as an e-mail address, and to which issue. */
interface Act {
  readonly as: string;
  readonly key: string;
}

/** What IT staff do in Jira's own pages. Each act throws an Error in words when Jira would refuse it. */
export interface PageDesk {
  /** Longest file that an issue takes. */
  readonly uploadLimitBytes: number;
  staff(): readonly { readonly displayName: string; readonly emailAddress: string }[];
  comment(act: Act & { text?: string; internal?: boolean; files?: readonly NewPageFile[] }): { readonly id: string };
  editComment(act: Act & { commentId: string; text: string }): unknown;
  removeComment(act: Act & { commentId: string }): unknown;
  attach(act: Act & NewPageFile): unknown;
  assign(act: Act & { assignee: string | null }): unknown;
  transition(act: Act & { to: StatusName; resolution?: string }): unknown;
  removeIssue(act: Act): unknown;
  /** @returns the new key. */
  moveIssue(act: Act & { projectKey: string }): string;
  /** A file of an issue by its attachment's id. */
  attachment(id: string): { readonly name: string; readonly mimeType: string; bytes(): Buffer } | null;
}

/** What an issue can be moved to. */
export const statusNames = ['To Do', 'In Progress', 'Waiting for customer', 'Done'] as const;
export type StatusName = (typeof statusNames)[number];

/** Where an issue can be moved: the project that is nobody's board. */
export const otherProject = 'OPS';

/** How Jira's webhooks are sent, to be changed at any time, and what became of each try. */
export interface PageWebhooks {
  readonly delivery: { paused: boolean; delayMs: number; drop: boolean; twice: boolean; shuffle: boolean };
  /** The last thousand tries; the status that was answered, or why there is none. */
  readonly webhooks: readonly { readonly outcome: number | 'no answer' | 'dropped' }[];
}

/** What the page needs of the local Jira server. Without the acts it can only be read; without webhooks it sends none. */
export interface PageJira extends Partial<PageDesk>, Partial<PageWebhooks> {
  /** The app's last thousand calls, oldest first. */
  readonly calls: readonly StoryRestCall[];
  readonly url: string;
  readonly projectKey: string;
  readonly faults: Pick<Faults, 'set' | 'clear'>;
  issues(): readonly PageIssue[];
  issue(key: string): PageIssue | null;
  on(listener: (change: { type: 'issue'; key: string }) => void): () => void;
}

/** The acts when all of them are there, else null. */
export function deskOf(jira: PageJira): PageDesk | null {
  return jira.staff === undefined ? null : (jira as PageJira & PageDesk);
}
