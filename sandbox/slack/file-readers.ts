import type { Workspace } from './workspace.ts';

/** Whether a message with this file stands in a conversation that this user, who may be the app's, is in. */
export function readsFile(workspace: Workspace, userId: string, fileId: string): boolean {
  return workspace.channels
    .all()
    .some(({ id, members }) => members.includes(userId) && workspace.timeline(id).withFile(fileId).length > 0);
}
