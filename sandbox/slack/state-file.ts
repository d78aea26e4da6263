import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Waited after a change before it is written, so that many changes are one write. */
const debounceMs = 250;

/** State kept in one JSON file across restarts. */
export interface StateFile<State> {
  /** Null when there is none yet, or it was broken. */
  readonly loaded: State | null;
  /** Something changed: write soon. */
  touch(): void;
  /** Writes what is not yet written. */
  flush(): void;
}

/**
 * Opens the file. It is replaced in one step, so that a crash leaves the old or the new state and nothing between.
 * One that cannot be read is set aside under another name, with a line on the console.
 *
 * @param path null keeps nothing.
 * @param isState tells whether what was read is a state of this version.
 */
export function openStateFile<State>(
  path: string | null,
  isState: (value: unknown) => value is State,
  current: () => State,
): StateFile<State> {
  if (path === null) return { loaded: null, touch: () => undefined, flush: () => undefined };
  let timer: NodeJS.Timeout | null = null;

  function write(file: string): void {
    timer = null;
    const fresh = `${file}.new`;
    writeFileSync(fresh, JSON.stringify(current()));
    renameSync(fresh, file);
  }

  mkdirSync(dirname(path), { recursive: true });
  return {
    loaded: load(path, isState),
    touch() {
      timer ??= setTimeout(() => write(path), debounceMs);
    },
    flush() {
      if (timer === null) return;
      clearTimeout(timer);
      write(path);
    },
  };
}

function load<State>(path: string, isState: (value: unknown) => value is State): State | null {
  if (!existsSync(path)) return null;
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (isState(value)) return value;
  } catch {
    // told below, with the same words as for a file of another shape
  }
  const aside = `${path}.broken-${Date.now()}`;
  renameSync(path, aside);
  console.error(`sandbox slack: ${path} could not be read; it is kept as ${aside}, and the workspace starts empty`);
  return null;
}
