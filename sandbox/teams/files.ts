import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Json } from './contract.ts';

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly mimetype: string;
  readonly size: number;
}

export interface StoredFiles {
  /** What download links are made with. */
  readonly secret: string;
  readonly files: readonly StoredFile[];
}

/** People's files. Their bytes lie beside the state file, or in memory when there is none. */
export interface Files {
  add(file: { name: string; mimetype: string; bytes: Buffer }): StoredFile;
  find(id: string): (StoredFile & { bytes(): Buffer | null }) | null;
  /** A link that needs no sign-in, as the personal chat gives it to the app. */
  downloadPath(id: string): string;
  isDownloadToken(id: string, token: string): boolean;
  state(): StoredFiles;
}

export function createFiles(folder: string | null, stored: StoredFiles | null, touch: () => void): Files {
  const files = new Map(stored?.files.map((file) => [file.id, file]));
  const secret = stored?.secret ?? randomBytes(24).toString('base64url');
  const bytesOf = createBlobs(folder);
  const tokenOf = (id: string) => createHmac('sha256', secret).update(id).digest('base64url');
  return {
    add({ name, mimetype, bytes }) {
      const file = { id: `0-weu-d1-${randomBytes(16).toString('hex')}`, name, mimetype, size: bytes.length };
      files.set(file.id, file);
      bytesOf.put(file.id, bytes);
      touch();
      return file;
    },
    find(id) {
      const file = files.get(id);
      return file === undefined ? null : { ...file, bytes: () => bytesOf.get(id) };
    },
    downloadPath: (id) => `/download/${id}?tempauth=${tokenOf(id)}`,
    isDownloadToken(id, token) {
      const [expected, given] = [Buffer.from(tokenOf(id)), Buffer.from(token)];
      return expected.length === given.length && timingSafeEqual(expected, given);
    },
    state: () => ({ secret, files: Array.from(files.values()) }),
  };
}

function createBlobs(folder: string | null) {
  const inMemory = new Map<string, Buffer>();
  return {
    put(id: string, bytes: Buffer): void {
      if (folder === null) {
        inMemory.set(id, bytes);
        return;
      }
      mkdirSync(folder, { recursive: true });
      writeFileSync(path.join(folder, id), bytes);
    },
    get(id: string): Buffer | null {
      if (folder === null) return inMemory.get(id) ?? null;
      const file = path.join(folder, id);
      return existsSync(file) ? readFileSync(file) : null;
    },
  };
}

/**
 * A file as the app is told of it. A picture stands in the message, and its bytes want the app's bearer; any other file
 * is a link in a personal chat, and in channels and group chats nothing that an app could read without Graph: null.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/bots-filesv4
 */
export function fileAttachment(
  file: StoredFile,
  at: { readonly url: string; readonly serviceUrl: string; readonly isPersonal: boolean; downloadPath: string },
): Json | null {
  const { id, name, mimetype } = file;
  // neither its kind nor its name is told
  if (mimetype.startsWith('image/'))
    return { contentType: 'image/*', contentUrl: `${at.serviceUrl}v3/attachments/${id}/views/original` };
  if (!at.isPersonal) return null;
  return {
    contentType: 'application/vnd.microsoft.teams.file.download.info',
    contentUrl: `${at.url}/personal/documents/${encodeURIComponent(name)}`,
    name,
    content: {
      downloadUrl: `${at.url}${at.downloadPath}`,
      uniqueId: id,
      fileType: path.extname(name).slice(1).toLowerCase(),
    },
  };
}
