import { createStateFile } from '../vendor-state.ts';
import { type Content, createdOf, type Group, type Space, versionOf } from './model.ts';

export type Change = { readonly type: 'page'; readonly id: string };
export type Order = 'id' | 'created-date' | 'modified-date' | 'title';

/** Spaces, groups and what stands in the spaces. */
export interface Store {
  readonly secret: string;
  spaces(): readonly Space[];
  /** By id or key; keys in any case. */
  space(idOrKey: string): Space | null;
  putSpace(space: Space): void;
  groups(): readonly Group[];
  /** By name or id. */
  group(nameOrId: string): Group | null;
  putGroup(group: Group): void;
  all(): readonly Content[];
  content(id: string): Content | null;
  children(id: string): readonly Content[];
  /** In all spaces, whatever its case. */
  withTitle(title: string): readonly Content[];
  /** Of all spaces or one, smallest first. The same array until something changes. */
  sorted(order: Order, spaceId: string | null): readonly Content[];
  /** Adds or replaces, keeps it and tells the listeners. */
  put(content: Content): void;
  remove(id: string): void;
  /** The id of something that is to be made. Never given twice. */
  nextId(): string;
  /** What was seeded once is not seeded again. */
  isSeeded(key: string): boolean;
  setSeeded(key: string): void;
  on(listener: (change: Change) => void): () => void;
  flush(): void;
}

interface State {
  readonly version: 1;
  readonly secret: string;
  readonly lastId: number;
  readonly seeded: readonly string[];
  readonly spaces: readonly Space[];
  readonly groups: readonly Group[];
  readonly contents: readonly Content[];
}

/** What an order sorts by; content with the same value is in the order of its ids. */
export const orderValues: Readonly<Record<Order, (content: Content) => string | number>> = {
  id: ({ id }) => Number(id),
  'created-date': (content) => createdOf(content).createdAt,
  'modified-date': (content) => versionOf(content).createdAt,
  title: ({ title }) => title.toLowerCase(),
};

/** Starts from the state that was kept. */
export function createStore(statePath: string | undefined, newSecret: () => string): Store {
  const file = createStateFile(statePath, keptNow);
  const state = readState(file.read()) ?? emptyState(newSecret());
  const seeded = new Set(state.seeded);
  let { lastId } = state;
  const places = createPlaces(state, () => file.changed());
  const contents = new Map(state.contents.map((content) => [content.id, content]));
  const listeners = new Set<(change: Change) => void>();
  const index = createIndex(contents);

  function keptNow(): State {
    const kept = { spaces: places.spaces(), groups: places.groups(), contents: [...contents.values()] };
    return { version: 1, secret: state.secret, lastId, seeded: [...seeded], ...kept };
  }

  function change(id: string, after: Content | null): void {
    const before = contents.get(id) ?? null;
    if (after === null) contents.delete(id);
    else contents.set(id, after);
    index.changed(before, after);
    file.changed();
    for (const listener of listeners) listener({ type: 'page', id });
  }

  return {
    ...places,
    ...index.reads,
    secret: state.secret,
    all: () => [...contents.values()],
    content: (id) => contents.get(id) ?? null,
    put: (content) => change(content.id, content),
    remove: (id) => change(id, null),
    nextId: () => String((lastId += 1)),
    isSeeded: (key) => seeded.has(key),
    setSeeded(key) {
      seeded.add(key);
      file.changed();
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    flush: () => file.flush(),
  };
}

type Places = Pick<Store, 'spaces' | 'space' | 'putSpace' | 'groups' | 'group' | 'putGroup'>;

function createPlaces(state: State, changed: () => void): Places {
  const spaces = new Map(state.spaces.map((space) => [space.id, space]));
  const groups = new Map(state.groups.map((group) => [group.name, group]));
  return {
    spaces: () => [...spaces.values()],
    space: (idOrKey) =>
      spaces.get(idOrKey) ?? spaces.values().find(({ key }) => key.toLowerCase() === idOrKey.toLowerCase()) ?? null,
    putSpace(space) {
      spaces.set(space.id, space);
      changed();
    },
    groups: () => [...groups.values()],
    group: (nameOrId) => groups.get(nameOrId) ?? groups.values().find(({ id }) => id === nameOrId) ?? null,
    putGroup(group) {
      groups.set(group.name, group);
      changed();
    },
  };
}

/** Orders are found once and forgotten at each change; what is below and what has a title is kept up. */
function createIndex(contents: ReadonlyMap<string, Content>) {
  const orders = new Map<string, readonly Content[]>();
  const byParent = createLookup(contents, ({ parentId }) => parentId);
  const byTitle = createLookup(contents, ({ title }) => title.toLowerCase());
  function sorted(order: Order, spaceId: string | null): readonly Content[] {
    const name = `${order}/${spaceId ?? ''}`;
    const found = orders.get(name);
    if (found !== undefined) return found;
    const wanted = [...contents.values()].filter((content) => spaceId === null || content.spaceId === spaceId);
    const made = wanted.toSorted((a, b) => inOrder(order, a, b));
    orders.set(name, made);
    return made;
  }

  return {
    changed(before: Content | null, after: Content | null) {
      orders.clear();
      byParent.changed(before, after);
      byTitle.changed(before, after);
    },
    reads: {
      sorted,
      children: (id: string) => byParent.get(id),
      withTitle: (title: string) => byTitle.get(title.toLowerCase()),
    },
  };
}

/** Content by a value it has. */
function createLookup(contents: ReadonlyMap<string, Content>, valueOf: (content: Content) => string | null) {
  const found = new Map<string | null, Set<string>>();
  function changed(before: Content | null, after: Content | null): void {
    if (before !== null) found.get(valueOf(before))?.delete(before.id);
    if (after === null) return;
    const value = valueOf(after);
    const ids = found.get(value) ?? new Set();
    found.set(value, ids.add(after.id));
  }

  for (const content of contents.values()) changed(null, content);
  return {
    changed,
    get: (value: string): readonly Content[] => [...(found.get(value) ?? [])].flatMap((id) => contents.get(id) ?? []),
  };
}

function inOrder(order: Order, a: Content, b: Content): number {
  const [first, second] = [orderValues[order](a), orderValues[order](b)];
  if (first === second) return Number(a.id) - Number(b.id);
  return first < second ? -1 : 1;
}

function emptyState(secret: string): State {
  return { version: 1, secret, lastId: 98_304, seeded: [], spaces: [], groups: [], contents: [] };
}

/** A state of another version is left aside: it is a sandbox. */
function readState(kept: unknown): State | null {
  const isState = typeof kept === 'object' && kept !== null && 'version' in kept && kept.version === 1;
  return isState ? (kept as State) : null;
}
