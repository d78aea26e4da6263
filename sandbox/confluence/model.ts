/** An employee who has an account. A guest has one too, but is in no group by being an employee. */
export interface Person {
  readonly name: string;
  readonly email: string;
  /** The account's id, which Jira and Confluence share; made from address and name when not given. */
  readonly jiraAccountId?: string;
  readonly guest?: boolean;
  /** The address is not told to others, as its owner may choose. */
  readonly hidesEmail?: boolean;
}

export interface Account {
  readonly accountId: string;
  readonly displayName: string;
  readonly email: string;
  readonly isGuest: boolean;
  readonly hidesEmail: boolean;
}

export interface Group {
  /** A UUID, made from the name. */
  readonly id: string;
  readonly name: string;
  /** Lower case. */
  readonly emails: readonly string[];
}

/** Who may view: groups by name, people by e-mail address (lower case). */
export interface Names {
  readonly groups: readonly string[];
  readonly users: readonly string[];
}

export interface Space {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly createdAt: string;
  readonly readers: Names & { readonly anonymous: boolean; readonly byRole: boolean };
}

export type ContentType = 'page' | 'folder' | 'whiteboard' | 'database' | 'embed';
export type Status = 'current' | 'archived' | 'trashed' | 'draft';

/** The schema `Version` of both descriptions, with the title that was given then. */
export interface Version {
  readonly number: number;
  readonly createdAt: string;
  readonly message: string;
  readonly minorEdit: boolean;
  readonly authorId: string;
  readonly title: string;
}

export interface Attachment {
  readonly id: string;
  readonly title: string;
  readonly mediaType: string;
  readonly createdAt: string;
  readonly base64: string;
}

/** A page, or what else stands in the tree of a space. Only pages have text. */
export interface Content {
  readonly id: string;
  readonly type: ContentType;
  readonly spaceId: string;
  readonly title: string;
  readonly status: Status;
  readonly parentId: string | null;
  readonly storage: string;
  /** The text as Markdown, if it was given so. */
  readonly markdown: string | null;
  readonly labels: readonly string[];
  /** Null: not restricted by itself. */
  readonly restrictedTo: Names | null;
  /** Oldest first; never empty. */
  readonly versions: readonly Version[];
  readonly attachments: readonly Attachment[];
}

export function versionOf({ versions }: Content): Version {
  const last = versions.at(-1);
  if (last === undefined) throw new Error('content without a version');
  return last;
}

export function createdOf({ versions }: Content): Version {
  const first = versions[0];
  if (first === undefined) throw new Error('content without a version');
  return first;
}

/** What tests and the page set while the server runs. */
export interface Settings {
  /** How long a version stays unknown to CQL search. */
  searchLagMs: number;
  /** No user object carries an address, as when everybody hides theirs. */
  hideEmails: boolean;
  /** Each `next` leads to an empty page first, which leads on; the last page has a `next`, too. */
  emptyPages: boolean;
  /** The bot's account sees every page. Without it, it has the rights of an employee. */
  botSeesAll: boolean;
  /** Of the account, in which CQL reads dates: an IANA name. */
  timeZone: string;
  /** Where the sandbox's own page is; web addresses lead there. */
  pageUrl: string | null;
}
