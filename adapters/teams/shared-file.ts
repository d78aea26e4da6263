import type { z } from 'zod';
import type { SharedFile } from '#domain/conversation.ts';
import { beginningOf, oneLine } from '../chat/clean-text.ts';
import { type Attachment, DownloadInfo } from './schema.ts';

type Attachment = z.infer<typeof Attachment>;

/** A file that somebody sent in a chat with us. */
const downloadType = 'application/vnd.microsoft.teams.file.download.info';
const longestName = 255;

/**
 * The files of a message. Its `ref` says where the content is: `download`, an address that is good by itself for some
 * minutes; `inline`, a picture within the text, which Teams gives for our own token.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/bots-filesv4
 */
export function sharedFiles(attachments: readonly Attachment[]): readonly SharedFile[] {
  return attachments.flatMap((attachment) => {
    if (attachment.contentType === downloadType) return [download(attachment)];
    return attachment.contentType.startsWith('image/') ? [inline(attachment)] : [];
  });
}

function download({ content, name }: Attachment): SharedFile {
  const { data } = DownloadInfo.safeParse(content);
  return {
    name: nameOf(name) || 'unnamed file',
    ref: data === undefined ? null : refOf({ url: data.downloadUrl, kind: 'download' }),
    mimeType: null,
    bytes: null,
  };
}

function inline({ contentType, contentUrl, name }: Attachment): SharedFile {
  const mimeType = /^image\/[\w.+-]{1,40}$/.test(contentType) ? contentType : null;
  return {
    name: nameOf(name) || `image.${mimeType?.split(/[/+]/)[1] ?? 'png'}`,
    ref: /^https?:/.test(contentUrl) ? refOf({ url: contentUrl, kind: 'inline' }) : null,
    mimeType,
    bytes: null,
  };
}

function refOf(content: { readonly url: string; readonly kind: 'download' | 'inline' }): string {
  return JSON.stringify(content);
}

function nameOf(name: string): string {
  return beginningOf(oneLine(name), longestName);
}
