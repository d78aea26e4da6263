import type { Faults } from '../http.ts';

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
  readonly kind: 'channel' | 'private' | 'dm';
  readonly topic: string;
  /** Messages of others since this person last looked. */
  readonly unread: number;
}

/** A message as the Slack server keeps it; `blocks` is Block Kit, drawn in the browser. */
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
}

/** What a person writes. */
export interface Saying {
  readonly as: string;
  readonly channel: string;
  readonly text: string;
  readonly threadTs?: string;
}

/** What the page needs of the local Slack server. */
export interface PageSlack {
  readonly botUserId: string;
  readonly faults: Pick<Faults, 'set' | 'clear'>;
  readonly delivery: { copies: number };
  channels(as: string): readonly PageChannel[];
  markRead(as: string, channel: string): void;
  messages(channel: string): readonly PageMessage[];
  thread(channel: string, threadTs: string): readonly PageMessage[];
  /** Ephemeral messages, for this person's eyes. */
  whispers(channel: string, as: string): readonly PageMessage[];
  status(channel: string, threadTs: string): string;
  say(saying: Saying): Promise<string>;
  edit(change: { as: string; channel: string; ts: string; text: string }): Promise<void>;
  remove(change: { as: string; channel: string; ts: string }): Promise<void>;
  click(click: { as: string; channel: string; ts: string; actionId: string }): Promise<number>;
  on(
    listener: (change: { type: 'message' | 'status'; channel: string; threadTs?: string; ts?: string }) => void,
  ): () => void;
}

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
}

/** What the page needs of the local Jira server. */
export interface PageJira {
  readonly url: string;
  readonly projectKey: string;
  readonly faults: Pick<Faults, 'set' | 'clear'>;
  issues(): readonly PageIssue[];
  issue(key: string): PageIssue | null;
  on(listener: (change: { type: 'issue'; key: string }) => void): () => void;
}

/** The helpdesk's process, watched and driven by whoever started it. */
export interface PageBot {
  state(): 'starting' | 'up' | 'down';
  on(listener: (state: 'starting' | 'up' | 'down') => void): () => void;
  restart(): void;
  kill(): void;
}

/** Everything the page stands on. */
export interface PageParts {
  readonly slack: PageSlack;
  readonly jira: PageJira;
  readonly company: {
    readonly name: string;
    readonly people: readonly PagePerson[];
    /** Its documents: Markdown with front matter. */
    readonly knowledgeFolder: string;
  };
  readonly bot: PageBot;
}
