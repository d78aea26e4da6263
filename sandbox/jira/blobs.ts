import fs from 'node:fs';
import path from 'node:path';

/** Bytes by name; the names are ids that the site gave out itself. */
export interface Blobs {
  put(id: string, bytes: Buffer): void;
  /** Null when they are not there. */
  get(id: string): Buffer | null;
  remove(id: string): void;
}

/** In a folder beside the state, `jira-attachments` beside `jira.json`; without a state in memory. */
export function createBlobs(statePath: string | undefined): Blobs {
  if (statePath === undefined) return createMemory();
  const { dir, name } = path.parse(statePath);
  const folder = path.join(dir, `${name}-attachments`);
  const fileOf = (id: string) => path.join(folder, id);
  return {
    put(id, bytes) {
      fs.mkdirSync(folder, { recursive: true });
      fs.writeFileSync(fileOf(id), bytes);
    },
    get: (id) => (fs.existsSync(fileOf(id)) ? fs.readFileSync(fileOf(id)) : null),
    remove: (id) => fs.rmSync(fileOf(id), { force: true }),
  };
}

function createMemory(): Blobs {
  const kept = new Map<string, Buffer>();
  return {
    put: (id, bytes) => void kept.set(id, bytes),
    get: (id) => kept.get(id) ?? null,
    remove: (id) => void kept.delete(id),
  };
}
