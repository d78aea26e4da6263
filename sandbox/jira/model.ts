/** A node of the Atlassian Document Format as it came in; `adf.ts` says which are valid. */
export interface AdfNode {
  readonly type: string;
  readonly version?: number;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly content?: readonly AdfNode[];
  readonly text?: string;
  readonly marks?: readonly { readonly type: string; readonly attrs?: Readonly<Record<string, unknown>> }[];
}

/** Somebody with an Atlassian account. */
export interface Account {
  readonly accountId: string;
  readonly displayName: string;
  readonly emailAddress: string;
  /** The account's owner shows the address to nobody; it is searched all the same. */
  readonly hidesEmail: boolean;
}

/** Who may read an issue, beside what the project says; or the group or role that may read a comment. */
export interface SecurityLevel {
  readonly id: string;
  readonly name: string;
}
export interface Visibility {
  readonly type: 'group' | 'role';
  readonly value: string;
}

/** A comment; `properties` by key. Not public: an internal note. */
export interface Comment {
  readonly id: string;
  readonly author: Account;
  readonly body: AdfNode;
  readonly created: string;
  readonly updated: string;
  readonly public: boolean;
  /** Missing: everybody who may read the issue. */
  readonly visibility?: Visibility;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface RemoteLink {
  readonly id: number;
  readonly globalId: string | null;
  readonly relationship: string | null;
  readonly application: Readonly<Record<string, unknown>>;
  readonly object: Readonly<Record<string, unknown>> & { readonly url: string; readonly title: string };
}

/** What happened to an issue. `from` and `to` of a status change are the statuses' names, else null. */
export interface HistoryEntry {
  readonly at: string;
  readonly actor: string;
  readonly kind: 'created' | 'status' | 'edit' | 'comment' | 'link';
  readonly from: string | null;
  readonly to: string | null;
}

export type StatusName = 'To Do' | 'In Progress' | 'Done';

/** An issue as kept. All times are ISO 8601 in UTC; names stand for status, priority, type and resolution. */
export interface Issue {
  readonly id: string;
  readonly key: string;
  readonly summary: string;
  readonly description: AdfNode | null;
  readonly status: StatusName;
  readonly resolution: string | null;
  readonly created: string;
  readonly updated: string;
  readonly resolved: string | null;
  readonly creator: Account;
  readonly reporter: Account | null;
  readonly assignee: Account | null;
  readonly labels: readonly string[];
  readonly priority: string;
  readonly issuetype: string;
  readonly duedate: string | null;
  /** Missing, as in what older states kept: none. */
  readonly security?: SecurityLevel | null | undefined;
  /** Values of fields that only the project demands. */
  readonly otherFields: Readonly<Record<string, unknown>>;
  readonly comments: readonly Comment[];
  readonly remoteLinks: readonly RemoteLink[];
  readonly properties: Readonly<Record<string, unknown>>;
  readonly history: readonly HistoryEntry[];
}

/** The statuses with their categories, and the transition that leads there from anywhere. */
export const statuses = [
  { id: '10000', name: 'To Do', transition: { id: '11', name: 'To Do' }, category: 'new' },
  { id: '10001', name: 'In Progress', transition: { id: '21', name: 'Start work' }, category: 'indeterminate' },
  { id: '10002', name: 'Done', transition: { id: '31', name: 'Resolve' }, category: 'done' },
] as const satisfies readonly { name: StatusName; [more: string]: unknown }[];

export const statusCategories = [
  { id: 2, key: 'new', colorName: 'blue-gray', name: 'To Do' },
  { id: 4, key: 'indeterminate', colorName: 'yellow', name: 'In Progress' },
  { id: 3, key: 'done', colorName: 'green', name: 'Done' },
] as const;

/** Jira's standard priorities. */
export const priorities = [
  { id: '1', name: 'Highest' },
  { id: '2', name: 'High' },
  { id: '3', name: 'Medium' },
  { id: '4', name: 'Low' },
  { id: '5', name: 'Lowest' },
] as const;

/** Levels that keep an issue from most of those who may browse the project. */
export const securityLevels = [
  { id: '10000', name: 'IT only', description: 'Only IT staff.' },
  { id: '10001', name: 'People team', description: 'Only the People team and IT leads.' },
] as const;

export const issueTypes = [
  { id: '10001', name: 'Task', description: 'A small, distinct piece of work.' },
  { id: '10002', name: 'Service request', description: 'Something an employee needs from IT.' },
  { id: '10003', name: 'Incident', description: 'Something that worked and does not any more.' },
] as const;

export const resolutions = [
  { id: '10000', name: 'Done', description: 'Work has been completed on this issue.' },
  { id: '10001', name: "Won't Do", description: 'This issue will not be actioned.' },
  { id: '10002', name: 'Duplicate', description: 'The problem is a duplicate of an existing issue.' },
  { id: '10003', name: 'Cannot Reproduce', description: 'All attempts at reproducing this issue failed.' },
] as const;

/** A ticket of the past, as the sample company keeps them. Reporter, assignee and authors are e-mail addresses or names. */
export interface PastTicket {
  readonly key: string;
  readonly created: string;
  readonly resolved: string;
  readonly reporter: string;
  readonly assignee: string | null;
  readonly summary: string;
  readonly description: string;
  readonly comments: readonly {
    readonly author: string;
    readonly at: string;
    readonly public: boolean;
    readonly body: string;
  }[];
  readonly resolution: string;
  readonly labels: readonly string[];
}

export interface Person {
  readonly name: string;
  readonly email: string;
  /** A guest has no account in Jira. */
  readonly guest?: boolean;
  /** Set for somebody of another company, who has no account in Jira. */
  readonly foreignTeamId?: string;
  /** Made from the address when nobody has one. */
  readonly jiraAccountId?: string;
  readonly hidesEmail?: boolean;
}
