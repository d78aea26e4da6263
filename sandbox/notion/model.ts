/** JSON of an API object whose fields nobody here looks into. */
export type Json = Readonly<Record<string, unknown>>;

/** Where something stands. A data source's rows and a database's blocks name their own kind. */
export type Place =
  | { readonly kind: 'workspace' }
  | { readonly kind: 'page'; readonly id: string }
  | { readonly kind: 'block'; readonly id: string }
  | { readonly kind: 'dataSource'; readonly id: string }
  | { readonly kind: 'database'; readonly id: string };

/** What pages, blocks, databases and data sources share. Times are exact; the API shows them by the minute. */
interface Kept {
  /** With dashes, lower case. */
  readonly id: string;
  readonly parent: Place;
  readonly created: string;
  readonly edited: string;
  /** Ids of people. */
  readonly createdBy: string;
  readonly editedBy: string;
  readonly inTrash: boolean;
}

export interface Page extends Kept {
  readonly kind: 'page';
  /** By name; rows of a data source have its properties, other pages only `title`. Values without their ids. */
  readonly properties: Readonly<Record<string, Json>>;
  readonly icon: Json | null;
  readonly cover: Json | null;
  /** Blocks, child pages and child databases, in order. */
  readonly children: readonly string[];
  /** The text as it was written; null when the page was made of blocks. */
  readonly markdown: string | null;
  /** What is said of the page itself; null: as of the page above it. */
  readonly shared: boolean | null;
  readonly hiddenFromSearch: boolean;
  /** Its Markdown ends before its end. */
  readonly truncated: boolean;
  readonly unreadable: boolean;
  /** Counts the changes of its text, title, properties and place, from 1; what happens below it does not count. */
  readonly version: number;
  /** Of a seeded article. */
  readonly key: string | null;
  /** When it went to the trash. */
  readonly trashed: string | null;
}

export interface Block extends Kept {
  readonly kind: 'block';
  readonly type: string;
  /** What the API puts under the type's name. */
  readonly content: Json;
  readonly children: readonly string[];
  /** Its children cannot be read: the API fails. */
  readonly unreadable: boolean;
}

export interface Database extends Kept {
  readonly kind: 'database';
  readonly title: string;
  readonly isInline: boolean;
  readonly dataSources: readonly string[];
}

export interface DataSource extends Kept {
  readonly kind: 'dataSource';
  readonly name: string;
  /** Property configurations by name, as the API shows them. */
  readonly schema: Readonly<Record<string, Json>>;
}

export type Entity = Page | Block | Database | DataSource;

/** A person or the integration itself. */
export interface User {
  readonly id: string;
  readonly name: string;
  /** Null for the integration's bot. */
  readonly email: string | null;
}

/** An article that the workspace starts with. */
export interface Seed {
  /** Its page's id is made of this: see `articleId`. */
  readonly key: string;
  /** Titles of the pages above it, outermost first. None: it is a root page itself. */
  readonly path: readonly string[];
  readonly title: string;
  readonly markdown: string;
  /** YYYY-MM-DD. */
  readonly updated: string;
}
