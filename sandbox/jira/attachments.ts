import { randomUUID } from 'node:crypto';
import type { Answer } from '../http.ts';
import { type Api, type By, type Handler, historyEntry, issueOf, type Request } from './api.ts';
import type { NewFile } from './contract.ts';
import { mediaAddress, rangeAnswer } from './media.ts';
import type { Attachment, Issue } from './model.ts';
import { formFiles } from './multipart.ts';
import { Refusal, refusal } from './refusal.ts';
import { attachmentBean } from './render.ts';

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-attachments/#api-rest-api-3-issue-issueidorkey-attachments-post */
const mostFiles = 60;

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-attachments/#api-rest-api-3-issue-issueidorkey-attachments-post */
export const addAttachments: Handler = (request, api) => {
  const { headers, bytes } = request.call;
  if (headers['x-atlassian-token'] !== 'no-check') throw new Refusal({ status: 403, body: 'XSRF check failed' });
  const issue = issueOf(request, api);
  const files = formFiles(headers['content-type'], bytes ?? Buffer.alloc(0));
  if (files === null) throw new Refusal({ status: 415, body: '' });
  const sent = files.filter(({ field }) => field === 'file');
  if (sent.length === 0) throw refusal(400, ["A multipart/form-data request with a part named 'file' is expected."]);
  if (sent.length > mostFiles) throw refusal(413, [`No more than ${mostFiles} files can be uploaded at once.`]);
  const { issue: changed, added } = withFiles(issue, sent, { actor: request.actor, api });
  api.store.put(changed, request.actor);
  return { status: 200, body: added.map((attachment) => attachmentBean(attachment, api.url())) };
};

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-attachments/#api-rest-api-3-attachment-id-get */
export const getAttachment: Handler = (request, api) => {
  const { attachment } = attachmentIn(request, api);
  // a number here, and digits in a string everywhere else
  return { status: 200, body: { ...attachmentBean(attachment, api.url()), id: Number(attachment.id) } };
};

/** Leads to the media address, or answers the bytes. `Range` counts for the bytes. */
export const getContent: Handler = (request, api): Answer => {
  const { attachment } = attachmentIn(request, api);
  if (request.call.query.get('redirect') === 'false') return rangeAnswer(attachment, request.call, api.store);
  const location = mediaAddress(attachment, { url: api.url(), secret: api.store.secret, now: api.now() });
  return { status: 303, headers: { location }, body: null };
};

export const deleteAttachment: Handler = (request, api) => {
  const { issue, attachment } = attachmentIn(request, api);
  const at = api.now();
  const history = historyEntry({ kind: 'attachment', from: attachment.name }, { actor: request.actor, at });
  const attachments = issue.attachments.filter(({ id }) => id !== attachment.id);
  const changed = { ...issue, attachments, updated: at.toISOString(), history: [...issue.history, history] };
  api.store.put(changed, request.actor);
  api.store.blobs.remove(attachment.id);
  return { status: 204, body: null };
};

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-attachments/#api-rest-api-3-attachment-meta-get */
export const attachmentMeta: Handler = (_, { site }) => ({
  status: 200,
  body: { enabled: true, uploadLimit: site.settings.uploadLimitBytes },
});

/** The issue with these files. @throws Refusal 413 when one is too long: then none is taken. */
export function withFiles(
  issue: Issue,
  files: readonly NewFile[],
  { actor, api }: By,
): { issue: Issue; added: Attachment[] } {
  const limit = api.site.settings.uploadLimitBytes;
  const long = files.find(({ bytes }) => bytes.length > limit);
  if (long !== undefined) {
    throw refusal(413, [`The file ${long.name} exceeds its maximum permitted size of ${limit} bytes.`]);
  }
  const at = api.now();
  const added = files.map(({ name, mimeType, bytes }): Attachment => {
    const id = String(api.store.nextId());
    api.store.blobs.put(id, bytes);
    const size = bytes.length;
    const type = /^[\w.+-]+\/[\w.+-]+$/.test(mimeType) ? mimeType : 'application/octet-stream';
    const mediaId = randomUUID();
    return { id, mediaId, name: name || 'file', mimeType: type, size, author: actor, created: at.toISOString() };
  });
  const entries = added.map(({ name }) => historyEntry({ kind: 'attachment', to: name }, { actor, at }));
  const attachments = [...issue.attachments, ...added];
  const changed = { ...issue, attachments, updated: at.toISOString(), history: [...issue.history, ...entries] };
  return { issue: changed, added };
}

/** @throws Refusal 404. */
function attachmentIn({ params }: Request, { store }: Api): { issue: Issue; attachment: Attachment } {
  const found = store.withAttachment(params.attachment ?? '');
  if (found !== null) return found;
  throw refusal(404, [`The attachment with id '${params.attachment ?? ''}' does not exist`]);
}
