import type { Clock } from '#ports.ts';
import type { FoundFile } from './files.ts';

/** File systems tell the times of two writes apart only when these are this far from each other; FAT is the coarsest. */
const settledAfterMs = 2_000;

/** Knows the revisions of the files of one folder. One listing at a time. */
export interface Revisions {
  /** The file's revision: from memory when the file was not written to since, else by `read`. Null: gone. */
  of(file: FoundFile): Promise<string | null>;
  /** Forgets the files that were not asked for since the last call. */
  forgetOthers(): void;
}

/**
 * Keeps a file from being read at every listing. A file that was written to less than two seconds before it was read
 * is read again the next time: a second write in the same moment could leave its times and size as they were.
 *
 * @param read the revision, by reading the file; null when it is gone.
 */
export function createRevisions(read: (id: string) => Promise<string | null>, clock: Clock): Revisions {
  type Known = { readonly fingerprint: string; readonly revision: string };
  let known = new Map<string, Known>();
  let current = new Map<string, Known>();

  async function of(file: FoundFile): Promise<string | null> {
    const before = known.get(file.id);
    if (before?.fingerprint === file.fingerprint) {
      current.set(file.id, before);
      return before.revision;
    }
    const isSettled = clock().getTime() - file.modifiedAtMs >= settledAfterMs;
    const revision = await read(file.id);
    if (isSettled && revision !== null) current.set(file.id, { fingerprint: file.fingerprint, revision });
    return revision;
  }

  function forgetOthers(): void {
    known = current;
    current = new Map();
  }

  return { of, forgetOthers };
}
