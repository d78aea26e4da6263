import { pathTo } from '../api.js';

/** An issue's attachment in the form in which the page shows files. */
export function toFile({ id, name, mimeType, size }) {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1] ?? '';
  return {
    id,
    name,
    mimetype: mimeType,
    size,
    url: pathTo('/api/board/file', { id }),
    filetype: ending.toLowerCase(),
    pretty_type: ending === '' ? 'File' : ending.toUpperCase(),
  };
}

/** The files by what documents call them. */
export function filesByMediaId(attachments = []) {
  return new Map(attachments.map((attachment) => [attachment.mediaId, toFile(attachment)]));
}

/** Where the files of a comment wait until it is sent. */
export function waitingFiles(maxFileBytes) {
  const urlOf = (id) => pathTo('/api/board/file', { id, staged: '' });
  return { path: '/api/board/files', query: {}, urlOf, maxBytes: maxFileBytes };
}
