import type { Issue } from './model.ts';
import { createStateFile } from '../vendor-state.ts';

/** The issues of the site's one project, and the numbers that are given out. */
export interface Store {
  /** In the order of creation. */
  all(): Issue[];
  /** By key or id; keys in any case. */
  find(idOrKey: string): Issue | null;
  /** The issue that has the comment with this id. */
  withComment(commentId: string): Issue | null;
  /** Adds the issue or replaces the one with its id, keeps it and tells the listeners. */
  put(issue: Issue): void;
  remove(key: string): void;
  /** Key and id of an issue that is to be made. Keys are never given twice. */
  nextIssue(): { key: string; id: string };
  /** The id of a comment or a link that is to be made. */
  nextId(): number;
  /** What belongs to the state beside the issues; kept with it. */
  readonly secret: string;
  on(listener: (change: { type: 'issue'; key: string }) => void): () => void;
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
  readonly lastNumber: number;
  readonly lastId: number;
  readonly issues: readonly Issue[];
}

const firstId = 10_100;

/** Starts from the state that was kept. Seeds whose key is not there are added; numbers go on after the highest. */
export function createStore(options: StoreOptions): Store {
  const listeners = new Set<(change: { type: 'issue'; key: string }) => void>();
  const issues = new Map<string, Issue>();
  const file = createStateFile(options.statePath, (): State => {
    return { version: 1, secret, lastNumber, lastId, issues: [...issues.values()] };
  });
  const kept = readState(file.read()) ?? emptyState(options.newSecret());
  const { secret } = kept;
  let { lastNumber, lastId } = kept;
  const nextId = () => (lastId += 1);
  for (const issue of [...kept.issues, ...options.seeds(nextId)]) {
    if (!issues.has(issue.key)) issues.set(issue.key, issue);
    lastNumber = Math.max(lastNumber, Number(issue.key.split('-').at(-1)));
  }
  file.changed();

  function announce(key: string): void {
    file.changed();
    for (const listener of listeners) listener({ type: 'issue', key });
  }

  return {
    secret,
    all: () => [...issues.values()],
    find: (idOrKey) =>
      issues.get(idOrKey.toUpperCase()) ?? issues.values().find((issue) => issue.id === idOrKey) ?? null,
    withComment: (commentId) =>
      issues.values().find(({ comments }) => comments.some(({ id }) => id === commentId)) ?? null,
    put(issue) {
      issues.set(issue.key, issue);
      announce(issue.key);
    },
    remove(key) {
      issues.delete(key);
      announce(key);
    },
    nextIssue() {
      lastNumber += 1;
      return { key: `${options.projectKey}-${lastNumber}`, id: String(nextId()) };
    },
    nextId,
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    flush: () => file.flush(),
  };
}

function emptyState(secret: string): State {
  return { version: 1, secret, lastNumber: 0, lastId: firstId, issues: [] };
}

/** A state of another version is left aside: it is a sandbox. */
function readState(kept: unknown): State | null {
  const isState = typeof kept === 'object' && kept !== null && 'version' in kept && kept.version === 1;
  return isState ? (kept as State) : null;
}
