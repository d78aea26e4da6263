import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Waited after a change before it is written, so that many changes are one write. */
const debounceMs = 250;
/** A write that takes long is not followed by the next one at once: no more than a tenth of the time goes into it. */
const restFactor = 10;

/** State kept in one JSON file across restarts. */
export interface StateFile<State> {
  /** Null when there is none yet, or it was broken. */
  readonly loaded: State | null;
  /** Something changed: write soon, without holding anything up. */
  touch(): void;
  /** Writes what is not yet written, before it returns. */
  flush(): void;
}

export interface StateFileOptions<State> {
  /** Null keeps nothing. */
  readonly path: string | null;
  /** Tells whether what was read is a state of this version. */
  readonly isState: (value: unknown) => value is State;
  /** The present state as JSON text, in pieces. What it is made of is fixed with the first piece. */
  readonly pieces: () => Iterable<string>;
}

/**
 * Opens the file. It is replaced in one step, so that a crash leaves the old or the new state and nothing between.
 * One that cannot be read is set aside under another name, with a line on the console.
 */
export function openStateFile<State>({ path, isState, pieces }: StateFileOptions<State>): StateFile<State> {
  if (path === null) return { loaded: null, touch: () => undefined, flush: () => undefined };
  mkdirSync(dirname(path), { recursive: true });
  return { loaded: load(path, isState), ...createWriter(path, pieces) };
}

function createWriter(path: string, pieces: () => Iterable<string>): Pick<StateFile<never>, 'touch' | 'flush'> {
  let timer: NodeJS.Timeout | null = null;
  let isStale = false;
  let isWriting = false;
  let restMs = debounceMs;
  let writes = 0;

  function plan(): void {
    if (timer === null && !isWriting) timer = setTimeout(() => void write(), restMs);
  }
  async function write(): Promise<void> {
    timer = null;
    isWriting = true;
    isStale = false;
    writes += 1;
    const own = writes;
    const startedAt = performance.now();
    try {
      await writeFile(`${path}.new`, apart(pieces()));
      // a flush that came meanwhile has written something newer
      if (own === writes) renameSync(`${path}.new`, path);
    } catch (error) {
      console.error(`sandbox slack: ${path} could not be written`, error);
    }
    restMs = Math.max(debounceMs, (performance.now() - startedAt) * restFactor);
    isWriting = false;
    if (isStale) plan();
  }

  return {
    touch() {
      isStale = true;
      plan();
    },
    flush() {
      if (timer === null && !isWriting) return;
      if (timer !== null) clearTimeout(timer);
      timer = null;
      isStale = false;
      writes += 1;
      writeFileSync(`${path}.last`, [...pieces()].join(''));
      renameSync(`${path}.last`, path);
    },
  };
}

/** Others get their turn between the pieces. */
async function* apart(pieces: Iterable<string>): AsyncGenerator<string> {
  for (const piece of pieces) {
    yield piece;
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
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
