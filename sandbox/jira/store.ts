import { createStateFile } from '../vendor-state.ts';
import { type Blobs, createBlobs } from './blobs.ts';
import type { Account, Attachment, Issue } from './model.ts';

/** What became of an issue through somebody; `before` is null for a new one, `after` for one that is gone. */
export interface IssueChange {
  readonly before: Issue | null;
  readonly after: Issue | null;
  readonly actor: Account;
}

/** The issues of the site, what belongs to them, and the numbers that are given out. */
export interface Store {
  /** In the order of creation. */
  all(): Issue[];
  /** By key or id; keys in any case, also those an issue had before it was moved. */
  find(idOrKey: string): Issue | null;
  /** The issue that has the comment with this id. */
  withComment(commentId: string): Issue | null;
  /** The attachment with this id and the issue that has it. */
  withAttachment(attachmentId: string): { issue: Issue; attachment: Attachment } | null;
  /** Adds the issue or replaces the one with its id, keeps it and tells the listeners. */
  put(issue: Issue, actor: Account): void;
  remove(issue: Issue, actor: Account): void;
  /** Key and id of an issue that is to be made. Keys are never given twice. */
  nextIssue(projectKey: string): { key: string; id: string };
  nextKey(projectKey: string): string;
  /** The id of a comment, a link or an attachment that is to be made. */
  nextId(): number;
  /** What belongs to the state beside the issues; kept with it. */
  readonly secret: string;
  /** The bytes of attachments, by the attachments' ids. */
  readonly blobs: Blobs;
  /** Accounts that are only customers of the service desk. */
  readonly customers: readonly Account[];
  addCustomer(account: Account): void;
  /** Whether the customer was let into the service desk. */
  isAdmitted(accountId: string): boolean;
  admit(accountId: string): void;
  /** Told the key after each change. */
  on(listener: (change: { type: 'issue'; key: string }) => void): () => void;
  /** Told what changed, after each change. */
  onChange(listener: (change: IssueChange) => void): void;
  flush(): void;
}

interface StoreOptions {
  readonly projectKey: string;
  /** Where the state is kept; without it, it is not. */
  readonly statePath?: string | undefined;
  newSecret(): string;
  seeds(nextId: () => number): readonly Issue[];
}

interface State {
  readonly version: 1;
  readonly secret: string;
  /** Of the first project. */
  readonly lastNumber: number;
  readonly lastId: number;
  readonly issues: readonly Issue[];
  /** Of the other projects. Like what follows, older states lack it. */
  readonly lastNumbers?: Readonly<Record<string, number>>;
  /** Keys of issues that are gone: no seed brings them back. */
  readonly removedKeys?: readonly string[];
  readonly customers?: readonly Account[];
  readonly admitted?: readonly string[];
}

const firstId = 10_100;

/** Starts from the state that was kept. Seeds whose key is not there are added; numbers go on after the highest. */
export function createStore(options: StoreOptions): Store {
  const file = createStateFile(options.statePath, () => current());
  const kept = readState(file.read()) ?? emptyState(options.newSecret());
  const { secret } = kept;
  const blobs = createBlobs(options.statePath);
  const listeners = createListeners();
  const numbers = createNumbers(kept, options.projectKey);
  const customers = createCustomers(kept, () => file.changed());
  const removedKeys = new Set(kept.removedKeys);
  const issues = createIssues();
  for (const issue of kept.issues) issues.set(completed(issue));
  for (const issue of options.seeds(numbers.nextId)) {
    if (issues.find(issue.key) === null && !removedKeys.has(issue.key)) issues.set(issue);
    numbers.count(issue.key);
  }
  for (const { key } of issues.all()) numbers.count(key);
  file.changed();

  function current(): State {
    const kinds = { issues: issues.all(), removedKeys: [...removedKeys], ...customers.state() };
    return { version: 1, secret, ...numbers.state(), ...kinds };
  }

  function changed(change: IssueChange): void {
    file.changed();
    listeners.tell(change);
  }

  return {
    secret,
    blobs,
    ...issues,
    ...customers,
    ...numbers,
    put(issue, actor) {
      const before = issues.find(issue.id);
      issues.set(issue);
      changed({ before, after: issue, actor });
    },
    remove(issue, actor) {
      issues.delete(issue);
      for (const key of [issue.key, ...issue.formerKeys]) removedKeys.add(key);
      for (const { id } of issue.attachments) blobs.remove(id);
      changed({ before: issue, after: null, actor });
    },
    nextIssue: (projectKey) => ({ key: numbers.nextKey(projectKey), id: String(numbers.nextId()) }),
    on: listeners.on,
    onChange: listeners.onChange,
    flush: () => file.flush(),
  };
}

/** The numbers that are given out: one row for each project's keys, one for all ids. */
function createNumbers(kept: State, firstKey: string) {
  const last = new Map([...Object.entries(kept.lastNumbers ?? {}), [firstKey, kept.lastNumber]]);
  let { lastId } = kept;
  return {
    nextId: () => (lastId += 1),
    nextKey(projectKey: string): string {
      const number = (last.get(projectKey) ?? 0) + 1;
      last.set(projectKey, number);
      return `${projectKey}-${number}`;
    },
    count(key: string): void {
      const [projectKey = '', number] = key.split('-');
      last.set(projectKey, Math.max(last.get(projectKey) ?? 0, Number(number)));
    },
    state() {
      const { [firstKey]: lastNumber = 0, ...lastNumbers } = Object.fromEntries(last);
      return { lastNumber, lastNumbers, lastId };
    },
  };
}

function createCustomers(kept: State, changed: () => void) {
  const customers = [...(kept.customers ?? [])];
  const admitted = new Set(kept.admitted);
  return {
    customers,
    state: () => ({ customers, admitted: [...admitted] }),
    addCustomer(account: Account): void {
      customers.push(account);
      changed();
    },
    isAdmitted: (accountId: string) => admitted.has(accountId),
    admit(accountId: string): void {
      admitted.add(accountId);
      changed();
    },
  };
}

function createListeners() {
  const byKeys = new Set<(change: { type: 'issue'; key: string }) => void>();
  const byChanges = new Set<(change: IssueChange) => void>();
  return {
    tell: (change: IssueChange): void => {
      const key = (change.after ?? change.before)?.key ?? '';
      for (const listener of byChanges) listener(change);
      for (const listener of byKeys) listener({ type: 'issue', key });
    },
    on: (listener: (change: { type: 'issue'; key: string }) => void) => {
      byKeys.add(listener);
      return () => byKeys.delete(listener);
    },
    onChange: (listener: (change: IssueChange) => void) => void byChanges.add(listener),
  };
}

/** Issues by id, and by each key that they have or had. */
function createIssues() {
  const byId = new Map<string, Issue>();
  const ids = new Map<string, string>();
  const keysOf = ({ key, formerKeys }: Issue) => [...formerKeys, key];
  return {
    all: () => [...byId.values()],
    find: (idOrKey: string) => byId.get(idOrKey) ?? byId.get(ids.get(idOrKey.toUpperCase()) ?? '') ?? null,
    withComment: (commentId: string) =>
      byId.values().find(({ comments }) => comments.some(({ id }) => id === commentId)) ?? null,
    withAttachment(attachmentId: string) {
      for (const issue of byId.values()) {
        const attachment = issue.attachments.find(({ id }) => id === attachmentId);
        if (attachment !== undefined) return { issue, attachment };
      }
      return null;
    },
    set(issue: Issue): void {
      byId.set(issue.id, issue);
      for (const key of keysOf(issue)) ids.set(key, issue.id);
    },
    delete(issue: Issue): void {
      byId.delete(issue.id);
      for (const key of keysOf(issue)) ids.delete(key);
    },
  };
}

/** With what older states lack. */
function completed(issue: Issue): Issue {
  const lacking = { components: [], attachments: [], issueLinks: [], formerKeys: [], request: null };
  return { ...lacking, ...issue };
}

function emptyState(secret: string): State {
  return { version: 1, secret, lastNumber: 0, lastId: firstId, issues: [] };
}

/** A state of another version is left aside: it is a sandbox. */
function readState(kept: unknown): State | null {
  const isState = typeof kept === 'object' && kept !== null && 'version' in kept && kept.version === 1;
  return isState ? (kept as State) : null;
}
