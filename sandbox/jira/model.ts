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
  /** A customer of the service desk only: it cannot sign in to Jira itself. Missing: no. */
  readonly isCustomer?: boolean;
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
  /** Who changed it last; missing: its author. */
  readonly updateAuthor?: Account;
}

/** A file of an issue. Its bytes are kept apart. */
export interface Attachment {
  /** A number in digits: what the REST API calls it. */
  readonly id: string;
  /** What media nodes of documents call it: a UUID. */
  readonly mediaId: string;
  readonly name: string;
  readonly mimeType: string;
  /** In bytes. */
  readonly size: number;
  readonly author: Account;
  readonly created: string;
}

/** A link from this issue to another of the site; the other has the same link the other way round. */
export interface IssueLink {
  readonly id: string;
  readonly type: string;
  readonly direction: 'inward' | 'outward';
  /** The id, not the key, of the issue at the other end. */
  readonly issueId: string;
}

/** What an issue that a customer raised in the service desk has beside the rest. */
export interface CustomerRequest {
  readonly serviceDeskId: string;
  readonly requestTypeId: string;
  /** Account ids of those who take part beside the reporter. */
  readonly participants: readonly string[];
}

export interface RemoteLink {
  readonly id: number;
  readonly globalId: string | null;
  readonly relationship: string | null;
  readonly application: Readonly<Record<string, unknown>>;
  readonly object: Readonly<Record<string, unknown>> & { readonly url: string; readonly title: string };
}

/**
 * What happened to an issue. `from` and `to` are what stood there before and after, in words: the statuses' names,
 * display names, file names, keys; null where nothing stood there or where there are no words for it.
 */
export interface HistoryEntry {
  readonly at: string;
  readonly actor: string;
  readonly kind: 'created' | 'status' | 'resolution' | 'assignee' | 'edit' | 'comment' | 'link' | 'attachment' | 'key';
  readonly from: string | null;
  readonly to: string | null;
  /** Which field an edit changed. Missing, as in what older states kept: not known. */
  readonly field?: string;
}

export type StatusName = 'To Do' | 'In Progress' | 'Waiting for customer' | 'Done';

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
  /** Names of the project's components. */
  readonly components: readonly string[];
  /** Values of fields that only the project demands. */
  readonly otherFields: Readonly<Record<string, unknown>>;
  readonly comments: readonly Comment[];
  readonly attachments: readonly Attachment[];
  readonly remoteLinks: readonly RemoteLink[];
  readonly issueLinks: readonly IssueLink[];
  /** Keys it had before it was moved; they still find it. */
  readonly formerKeys: readonly string[];
  /** Null: not raised in the service desk. */
  readonly request: CustomerRequest | null;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly history: readonly HistoryEntry[];
}

/** The statuses with their categories, and the transition that leads there from anywhere. */
export const statuses = [
  { id: '10000', name: 'To Do', transition: { id: '11', name: 'To Do' }, category: 'new' },
  { id: '10001', name: 'In Progress', transition: { id: '21', name: 'Start work' }, category: 'indeterminate' },
  {
    id: '10003',
    name: 'Waiting for customer',
    transition: { id: '41', name: 'Wait for customer' },
    category: 'indeterminate',
  },
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

/** The site's projects: the one that is worked in, and one that issues can be moved to. */
export const projects = [
  { id: '10000', key: 'IT', name: 'IT support' },
  { id: '10001', key: 'OPS', name: 'Operations' },
] as const;

export const components = [
  { id: '10000', name: 'Accounts' },
  { id: '10001', name: 'Network' },
  { id: '10002', name: 'Hardware' },
  { id: '10003', name: 'Software' },
] as const;

/** The service desk of the IT project. */
export const serviceDesk = { id: '1', projectKey: 'IT' } as const;

/** What customers can ask for, and the type of the issue that comes of it. */
export const requestTypes = [
  {
    id: '10',
    name: 'Get IT help',
    description: 'Get assistance for general IT problems.',
    issuetype: 'Service request',
  },
  { id: '11', name: 'Report an incident', description: 'Something does not work any more.', issuetype: 'Incident' },
] as const;

/** A field that the project has beside the standard ones. */
export interface CustomField {
  /** `customfield_` and a number. */
  readonly id: string;
  readonly name: string;
  readonly required: boolean;
  readonly type: 'string' | 'option' | 'number' | 'date' | 'array-option';
  /** The values of `option` and `array-option`. */
  readonly options?: readonly string[];
  /** Names of the issue types that have it; missing: all. */
  readonly issueTypes?: readonly string[];
}

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
  /** Who works on tickets. */
  readonly role?: string;
}
