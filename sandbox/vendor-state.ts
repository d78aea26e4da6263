import fs from 'node:fs';
import path from 'node:path';

/** How long changes are collected before they are written. */
const debounceMs = 150;

/** Keeps one JSON value in a file. Without a path it keeps nothing. */
export interface StateFile {
  /** What was kept, or null; also null when it cannot be read, with a line on the console. */
  read(): unknown;
  /** Writes soon what `current` returns then. */
  changed(): void;
  /** Writes now what is not written yet. */
  flush(): void;
}

/** The file is replaced as a whole, so that it is never half written. */
export function createStateFile(statePath: string | undefined, current: () => unknown): StateFile {
  let timer: NodeJS.Timeout | null = null;

  function write(): void {
    timer = null;
    if (statePath === undefined) return;
    fs.mkdirSync(path.dirname(statePath), { recursive: true });
    fs.writeFileSync(`${statePath}.new`, JSON.stringify(current()));
    fs.renameSync(`${statePath}.new`, statePath);
  }

  return {
    read() {
      if (statePath === undefined || !fs.existsSync(statePath)) return null;
      try {
        return JSON.parse(fs.readFileSync(statePath, 'utf8')) as unknown;
      } catch (error) {
        console.error(`sandbox: ${statePath} cannot be read and starts anew`, error);
        return null;
      }
    },
    changed() {
      if (statePath !== undefined) timer ??= setTimeout(write, debounceMs).unref();
    },
    flush() {
      if (timer === null) return;
      clearTimeout(timer);
      write();
    },
  };
}
