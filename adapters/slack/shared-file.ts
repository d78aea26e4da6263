import type { z } from 'zod';
import type { SharedFile } from '#domain/conversation.ts';
import { beginningOf, oneLine } from '../chat/clean-text.ts';
import type { File } from './schema.ts';

type File = z.infer<typeof File>;

const longestName = 255;

/**
 * A file of a message. It can be fetched by its id, also where Slack tells no more of it at first (in a channel shared
 * with another company); not when it is deleted, hidden, or kept outside Slack, where our token has no business.
 * https://docs.slack.dev/reference/objects/file-object
 */
export function toSharedFile(file: File): SharedFile {
  const { id, name, title, mimetype, size } = file;
  return {
    name: beginningOf(oneLine(name ?? title ?? ''), longestName) || 'unnamed file',
    ref: id != null && isHeld(file) ? id : null,
    mimeType: mimetype || null,
    bytes: size ?? null,
  };
}

/** Whether Slack has the content, as far as it tells. */
export function isHeld({ mode, is_external: external, file_access: access }: Partial<File>): boolean {
  if (external === true || access === 'access_denied' || access === 'file_not_found') return false;
  return !['external', 'tombstone', 'hidden_by_limit'].includes(mode ?? '');
}

/** The files that a message shows; those that are deleted leave a tombstone there. */
export function sharedFiles(files: readonly File[] | null | undefined): readonly SharedFile[] {
  return (files ?? []).filter(({ mode }) => mode !== 'tombstone').map(toSharedFile);
}

/** Their ids. */
export function shownFiles(files: readonly File[] | null | undefined): readonly string[] {
  return (files ?? []).flatMap(({ id, mode }) => (id == null || mode === 'tombstone' ? [] : [id]));
}
