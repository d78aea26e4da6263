import type { Handler } from '../api.ts';
import { type Attachment, createdOf } from '../model.ts';
import { answerListing } from './listing.ts';
import { contentOf } from './pages.ts';

/** https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-attachment/#api-pages-id-attachments-get */
export const listAttachments: Handler = (request, api) => {
  const content = contentOf(request, api, 'page');
  const { query } = request.call;
  const filters = { mediaType: query.get('mediaType'), filename: query.get('filename') };
  const { authorId } = createdOf(content);
  return answerListing(request, api, {
    items: content.attachments,
    order: 'id',
    value: ({ id }) => Number(id.slice('att'.length)),
    id: ({ id }) => id.slice('att'.length),
    isWanted: ({ mediaType, title }) =>
      (filters.mediaType ?? mediaType) === mediaType && (filters.filename ?? title) === title,
    bean: (file) => attachmentBean(file, { pageId: content.id, authorId }),
  });
};

function attachmentBean(file: Attachment, of: { pageId: string; authorId: string }) {
  const { id, title, mediaType, createdAt, base64 } = file;
  const download = `/download/attachments/${of.pageId}/${encodeURIComponent(title)}`;
  const webui = `/pages/viewpageattachments.action?pageId=${of.pageId}`;
  return {
    id,
    status: 'current',
    title,
    createdAt,
    pageId: of.pageId,
    mediaType,
    mediaTypeDescription: 'File',
    comment: '',
    fileId: id,
    fileSize: Buffer.byteLength(base64, 'base64'),
    webuiLink: webui,
    downloadLink: download,
    version: { number: 1, createdAt, message: '', minorEdit: false, authorId: of.authorId },
    _links: { webui, download },
  };
}
