import type { Json } from './messages.ts';
import type { Uploads } from './uploads.ts';
import type { Workspace } from './workspace.ts';

/**
 * Deletes a file wherever it is shown: a tombstone stays in its place, and a message that had nothing else goes.
 * https://docs.slack.dev/reference/objects/file-object#mode
 */
export function deleteFile({ workspace, uploads }: { workspace: Workspace; uploads: Uploads }, fileId: string): void {
  uploads.remove(fileId);
  for (const { id } of workspace.channels.all()) {
    for (const { ts, text, files = [] } of workspace.timeline(id).withFile(fileId)) {
      const left = files.map((file) => (file['id'] === fileId ? { id: fileId, mode: 'tombstone' } : file));
      if (text === '' && left.every(isTombstone)) workspace.remove(id, ts);
      else workspace.change(id, ts, (message) => ({ ...message, files: left }));
    }
  }
}

function isTombstone(file: Json): boolean {
  return file['mode'] === 'tombstone';
}
