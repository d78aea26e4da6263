import type { CloudClient } from 'jira.js/cloud';
import type { SharedFile } from '#domain/conversation.ts';
import type { Clock } from '#ports.ts';
import type { FileStream } from '#ticket-ports.ts';
import type { Accounts } from './accounts.ts';
import { safeFileName } from './file-name.ts';
import type { Upload } from './file-form.ts';
import type { FileTransport } from './file-transport.ts';
import { AddedAttachments, AttachmentLimits, IssueAttachments } from './schema.ts';
import { asRefusal, JiraFailure, readAs } from './transport.ts';

export interface Files {
  ensure(
    ticketId: string,
    attached: { file: SharedFile; content: FileStream; again: boolean; known: readonly string[] },
  ): Promise<string>;
  find(ticketId: string, wanted: { file: SharedFile; known: readonly string[] }): Promise<string | null>;
  remove(attachmentId: string): Promise<void>;
  largestBytes(): Promise<number>;
  open(file: SharedFile): Promise<FileStream | null>;
}

const keptMs = 60 * 60 * 1000;

interface Parts {
  readonly cloud: CloudClient;
  readonly transport: FileTransport;
  readonly accounts: Accounts;
  readonly clock: Clock;
}

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-attachments/ */
export function createFiles(parts: Parts): Files {
  let limit: { at: number; bytes: number } | null = null;

  async function largestBytes(): Promise<number> {
    const now = parts.clock().getTime();
    if (limit === null || now - limit.at >= keptMs) {
      const answer = await parts.cloud.issueAttachments.getAttachmentMeta();
      const { enabled, uploadLimit } = readAs(AttachmentLimits, answer, 'attachment settings');
      limit = { at: now, bytes: enabled ? uploadLimit : 0 };
    }
    return limit.bytes;
  }

  return {
    async ensure(ticketId, { file, content, again, known }) {
      try {
        const name = safeFileName(file.name);
        const bytes = content.bytes ?? file.bytes;
        const earlier = again ? await earlierFile(parts, ticketId, { name, bytes, known }) : null;
        return earlier ?? (await send(parts, ticketId, { name, content, mostBytes: await largestBytes() }));
      } finally {
        // whoever sends has locked it, and lets go of it
        if (!content.stream.locked) await content.stream.cancel().catch(() => {});
      }
    },

    find: async (ticketId, { file, known }) =>
      await earlierFile(parts, ticketId, { name: safeFileName(file.name), bytes: file.bytes, known }),

    remove: async (attachmentId) => await remove(parts, attachmentId),

    largestBytes,

    async open({ ref, mimeType, bytes }) {
      if (ref === null || !/^\d{1,18}$/.test(ref)) return null;
      const opened = await parts.transport.open(`/rest/api/3/attachment/content/${ref}`);
      // where it is kept, not everything is told that Jira knows of it
      return opened && { ...opened, mimeType: mimeType ?? opened.mimeType, bytes: opened.bytes ?? bytes };
    },
  };
}

/** 403: the permission “Delete own attachments” is missing, which mends itself as little as a refusal. */
async function remove({ cloud }: Parts, attachmentId: string): Promise<void> {
  try {
    await cloud.issueAttachments.removeAttachment({ id: encodeURIComponent(attachmentId) });
  } catch (error) {
    if (!(error instanceof JiraFailure) || (error.status !== 404 && error.status !== 403)) throw error;
    if (error.status === 404) return;
    throw asRefusal(error);
  }
}

async function send({ transport }: Parts, ticketId: string, upload: Upload): Promise<string> {
  const { content, mostBytes } = upload;
  // Jira may answer and hang up while we are still sending, which looks like a lost connection
  if ((content.bytes ?? 0) > mostBytes || mostBytes === 0) {
    throw new JiraFailure('rejected', { message: 'the file is larger than Jira takes', status: null });
  }
  const path = `/rest/api/3/issue/${encodeURIComponent(ticketId)}/attachments`;
  const [added] = readAs(AddedAttachments, await transport.send(path, upload), 'attachments');
  return added?.id ?? '';
}

async function earlierFile(
  { cloud, accounts }: Parts,
  ticketId: string,
  wanted: { name: string; bytes: number | null; known: readonly string[] },
): Promise<string | null> {
  const own = await accounts.own();
  const asked = { issueIdOrKey: encodeURIComponent(ticketId), fields: ['attachment'] };
  const { fields } = readAs(IssueAttachments, await cloud.issues.getIssue(asked), 'attachments');
  const name = wanted.name.normalize();
  const found = (fields.attachment ?? []).find(
    ({ id, filename, size, author }) =>
      filename.normalize() === name &&
      author?.accountId === own &&
      (wanted.bytes === null || size === wanted.bytes) &&
      !wanted.known.includes(id),
  );
  return found?.id ?? null;
}
