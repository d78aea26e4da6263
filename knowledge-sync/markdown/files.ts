import { constants, type Dirent } from 'node:fs';
import { type FileHandle, open, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { DocumentFault, SetupError } from '#errors.ts';

/** A Markdown file of the folder. */
export interface FoundFile {
  /** Path below the folder, with forward slashes on every system. */
  readonly id: string;
  /** Tells whether the file was written to, without reading it: size, times and inode. */
  readonly fingerprint: string;
  readonly modifiedAtMs: number;
}

/** An article has some kilobytes. */
const maxBytes = 5_000_000;

/** Where the walk is: a folder by its place below the root, and by where it really lies. */
interface Place {
  readonly id: string;
  readonly real: string;
}

interface Walk {
  readonly root: string;
  /** Real paths that were walked or handed over. */
  readonly seen: Set<string>;
  readonly links: string[];
  readonly unreadable: string[];
}

/**
 * Walks the folder and hands over its `.md` and `.markdown` files, sorted within each folder, links last. Hidden files
 * and folders (a dot in front) and `node_modules` are left out.
 *
 * Symbolic links are followed to what lies in the folder and is not reached without them, hidden or not: that is how
 * Kubernetes mounts a ConfigMap. So no file comes twice and no circle is endless. A file that is linked from outside
 * is handed over as well, for {@link readBytes} to refuse it by name; a folder outside is passed over.
 *
 * @throws SetupError when the folder cannot be read, or, after everything else, when a folder in it cannot.
 */
export async function* walk(folder: string): AsyncGenerator<FoundFile> {
  const root = await realFolder(folder);
  const state: Walk = { root, seen: new Set(), links: [], unreadable: [] };
  yield* inFolder(state, { id: '', real: root });
  // Following a link can find further ones; the loop comes to them as well.
  for (const id of state.links) yield* throughLink(state, id);
  if (state.unreadable.length > 0) {
    throw new SetupError(
      `In ${folder} the program cannot read ${state.unreadable.join(', ')}: give its account the right to.`,
    );
  }
}

/**
 * The bytes of a file of the folder; null when it is gone.
 *
 * @param id path below the folder.
 * @throws DocumentFault over `limitBytes`, outside the folder, no plain file, or not readable.
 * @throws SetupError when the folder itself is gone: that says nothing about the file.
 */
export async function readBytes(folder: string, id: string, limitBytes = maxBytes): Promise<Uint8Array | null> {
  const root = await realFolder(folder);
  try {
    const real = await realpath(path.join(root, id));
    if (!isInside(root, real)) throw new DocumentFault('is a link to outside the folder: copy the file into it.');
    // Opening a named pipe would wait for its other end for ever.
    const file = await open(real, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      return await contentOf(file, limitBytes);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof DocumentFault) throw error;
    if (isGone(error)) return null;
    if (isForbidden(error)) throw new DocumentFault('may not be read: give the account of the program the right to.');
    throw new DocumentFault(`cannot be read (${codeOf(error) ?? 'unknown error'}).`, { cause: error });
  }
}

async function contentOf(file: FileHandle, limitBytes: number): Promise<Uint8Array> {
  const stats = await file.stat();
  if (!stats.isFile()) throw new DocumentFault('is not a plain file.');
  const { size } = stats;
  if (size > limitBytes) {
    const mega = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
    throw new DocumentFault(`is too large: it has ${mega(size)}, and at most ${mega(limitBytes)} are read.`);
  }
  // What is appended meanwhile is left for the next sync: the memory taken stays within the limit.
  const bytes = new Uint8Array(size);
  let length = 0;
  for (let read = -1; read !== 0 && length < size; length += read) {
    ({ bytesRead: read } = await file.read(bytes, length, size - length));
  }
  return bytes.subarray(0, length);
}

/** Where the folder really is. @throws SetupError in one sentence when it is not there, or not a folder. */
export async function realFolder(folder: string): Promise<string> {
  const real = await realpath(folder).catch((cause: unknown) => {
    if (isGone(cause)) throw new SetupError(`The folder ${folder} does not exist.`, { cause });
    throw new SetupError(`The folder ${folder} cannot be opened (${codeOf(cause) ?? 'unknown error'}).`, { cause });
  });
  if (!(await stat(real)).isDirectory()) throw new SetupError(`${folder} is not a folder.`);
  return real;
}

async function* inFolder(state: Walk, place: Place): AsyncGenerator<FoundFile> {
  if (state.seen.has(place.real)) return;
  state.seen.add(place.real);
  for (const entry of await entriesOf(state, place)) {
    const child: Place = {
      id: place.id === '' ? entry.name : `${place.id}/${entry.name}`,
      real: path.join(place.real, entry.name),
    };
    if (entry.isSymbolicLink()) state.links.push(child.id);
    else if (entry.isDirectory()) yield* inFolder(state, child);
    else if (entry.isFile()) yield* handOver(state, child);
  }
}

async function entriesOf(state: Walk, { id, real }: Place): Promise<readonly Dirent[]> {
  try {
    const entries = await readdir(real, { withFileTypes: true });
    return entries
      .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
      .toSorted((one, other) => (one.name < other.name ? -1 : 1));
  } catch (error) {
    // A folder that vanishes took its documents with it; the root that vanishes is a disk that is not there.
    if (id === '' || !isGone(error)) state.unreadable.push(id === '' ? 'the folder itself' : `the folder ${id}`);
    return [];
  }
}

async function* throughLink(state: Walk, id: string): AsyncGenerator<FoundFile> {
  const target = await targetOf(state, id);
  if (target === null) return;
  if (!target.isFolder) yield* handOver(state, { id, real: target.real });
  else if (isInside(state.root, target.real)) yield* inFolder(state, { id, real: target.real });
}

/** Null when the link leads nowhere, or in a circle. */
async function targetOf(state: Walk, id: string): Promise<{ real: string; isFolder: boolean } | null> {
  try {
    const real = await realpath(path.join(state.root, id));
    return { real, isFolder: (await stat(real)).isDirectory() };
  } catch (error) {
    if (isForbidden(error)) state.unreadable.push(`the link ${id}`);
    return null;
  }
}

async function* handOver(state: Walk, { id, real }: Place): AsyncGenerator<FoundFile> {
  if (!/\.(?:md|markdown)$/i.test(id) || state.seen.has(real)) return;
  state.seen.add(real);
  const stats = await stat(real, { bigint: true }).catch(() => null);
  if (stats === null) return;
  const { size, mtimeNs, ctimeNs, ino } = stats;
  yield { id, fingerprint: [size, mtimeNs, ctimeNs, ino].join('-'), modifiedAtMs: Number(mtimeNs / 1_000_000n) };
}

function isInside(root: string, real: string): boolean {
  const below = path.relative(root, real);
  return below !== '..' && !below.startsWith(`..${path.sep}`) && !path.isAbsolute(below);
}

/** The system's name for an error, such as ENOENT. */
function codeOf(error: unknown): string | undefined {
  const isCoded = typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string';
  return isCoded ? String(error.code) : undefined;
}

function isGone(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '');
}

function isForbidden(error: unknown): boolean {
  return ['EACCES', 'EPERM'].includes(codeOf(error) ?? '');
}
