import type { FileKey, SharedFile, Turn } from './conversation.ts';

/** Which files are carried over. */
export interface FileLimits {
  readonly largestBytes: number;
  /** Ends of names, without the dot, lower case. */
  readonly refusedTypes: readonly string[];
}

/** Files of a turn, by their places in `files`. */
export interface UnsettledFiles {
  /** The other side has not got them yet. */
  readonly toCarry: readonly number[];
  /** They were taken away, and the other side has them, or may have: that an attempt carried one over is noted only after it. */
  readonly toRemove: readonly number[];
}

/** What is to be done so that the other side has the files that the turn has. */
export function unsettledFiles(turn: Turn): UnsettledFiles {
  return unsettledBy(turn, (index) => index);
}

/** The same of an agent's turn and the thread that shows it. */
export function unsettledInThread(turn: Turn): UnsettledFiles {
  return unsettledBy(turn, (index) => threadKeyOf(turn, index));
}

/** What the thread's file is noted by. What came from the ticket has but one other side: the thread. */
export function threadKeyOf({ personRef }: Pick<Turn, 'personRef'>, index: number): FileKey {
  return personRef === null ? index : `thread/${index}`;
}

function unsettledBy({ files, withdrawn, mirroredFiles }: Turn, keyOf: (index: number) => FileKey): UnsettledFiles {
  const places = files.map(({ gone }, index) => {
    return { index, isThere: !withdrawn && gone !== true, mirrored: mirroredFiles[keyOf(index)] };
  });
  return {
    toCarry: places.flatMap(({ index, isThere, mirrored }) => (isThere && mirrored === undefined ? [index] : [])),
    toRemove: places.flatMap(({ index, isThere, mirrored }) => (isThere || mirrored === '' ? [] : [index])),
  };
}

export function areSettled({ toCarry, toRemove }: UnsettledFiles): boolean {
  return toCarry.length + toRemove.length === 0;
}

/** Without those that were taken away. */
export function filesThere({ files }: Pick<Turn, 'files'>): readonly SharedFile[] {
  return files.filter(({ gone }) => gone !== true);
}

/** Whether these are the files that the turn has, in whatever order. */
export function hasFiles(turn: Pick<Turn, 'files'>, files: readonly SharedFile[]): boolean {
  const [own, others] = [filesThere(turn), files].map((list) => list.map(({ ref, name }) => ref ?? name).toSorted());
  return JSON.stringify(own) === JSON.stringify(others);
}

/** Why a file stays where it is, in words to follow its name; null when it is carried over. */
export function refusalOf({ name, ref, bytes }: SharedFile, { largestBytes, refusedTypes }: FileLimits): string | null {
  if (ref === null) return 'it cannot be fetched';
  if (bytes !== null && bytes > largestBytes) {
    return `${megabytes(bytes, Math.ceil)} MB are more than the ${megabytes(largestBytes, Math.floor)} MB that are carried over`;
  }
  // some systems drop dots and blanks at the end of a name when they save it
  const type = /\.([^.]+)$/.exec(name.toLowerCase().replace(/[\s.]+$/, ''))?.[1] ?? '';
  return refusedTypes.includes(type) ? `files of the type ${type} are not carried over` : null;
}

/** Files that stay where they are, each with why, in words to follow its name. */
export function refusedFiles(
  turn: Pick<Turn, 'files'>,
  limits: FileLimits,
): readonly { readonly name: string; readonly why: string }[] {
  return filesThere(turn).flatMap((file) => {
    const why = refusalOf(file, limits);
    return why === null ? [] : [{ name: file.name, why }];
  });
}

/** Rounded apart, so that more never reads as the same. */
function megabytes(bytes: number, round: (value: number) => number): string {
  return String(round(bytes / 100_000) / 10);
}
