/** How many entries are kept. */
const kept = 1000;

/** The last thousand of something, oldest first. */
export interface Log<T> {
  readonly entries: readonly T[];
  add(entry: T): void;
}

export function createLog<T>(): Log<T> {
  const entries: T[] = [];
  return {
    entries,
    add(entry) {
      entries.push(entry);
      if (entries.length > kept) entries.shift();
    },
  };
}
