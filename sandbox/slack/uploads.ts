import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer, Call } from '../http.ts';
import { isRecord } from './block-kit/shape.ts';
import { imageSize, type ImageSize } from './image-size.ts';
import type { Json } from './messages.ts';
import { readsFile } from './file-readers.ts';
import type { Installation } from './roster.ts';
import { newId } from './signing.ts';
import type { Workspace } from './workspace.ts';

/** A file that somebody put into the workspace. */
export interface Upload {
  readonly id: string;
  readonly name: string;
  readonly mimetype: string;
  /** Bytes. */
  readonly size: number;
  readonly user: string;
  readonly createdSeconds: number;
  /** Of a picture. */
  readonly image: ImageSize | null;
}

export interface NewUpload {
  /** One that was told before there was any content; a new one if not set. */
  readonly id?: string;
  readonly as: string;
  readonly name: string;
  readonly mimetype: string;
  readonly bytes: Buffer;
}

/** The workspace's files, with their bytes. */
export interface Uploads {
  add(upload: NewUpload): Upload;
  find(id: string): Upload | null;
  bytes(id: string): Buffer | null;
  /** One that is not there is none the worse. */
  remove(id: string): void;
}

const idPattern = /^F0[A-Z0-9]{9}$/;

/** @param folder where files outlive a restart; null keeps them in memory. */
export function createUploads(folder: string | null): Uploads {
  const known = new Map<string, Upload>();
  const inMemory = new Map<string, Buffer>();

  function keep(upload: Upload, bytes: Buffer): void {
    known.set(upload.id, upload);
    if (folder === null) {
      inMemory.set(upload.id, bytes);
      return;
    }
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, upload.id), bytes);
    writeFileSync(join(folder, `${upload.id}.json`), JSON.stringify(upload));
  }
  function find(id: string): Upload | null {
    const found = known.get(id) ?? (folder === null ? null : readKept(folder, id));
    if (found !== null) known.set(id, found);
    return found;
  }

  return {
    find,
    add({ id = newId('F0'), as, name, mimetype, bytes }) {
      const upload: Upload = {
        id,
        name,
        mimetype,
        size: bytes.length,
        user: as,
        createdSeconds: Math.floor(Date.now() / 1000),
        image: mimetype.startsWith('image/') ? imageSize(bytes) : null,
      };
      keep(upload, bytes);
      return upload;
    },
    bytes(id) {
      if (folder === null) return inMemory.get(id) ?? null;
      // the id becomes a file's name
      const file = join(folder, id);
      return idPattern.test(id) && existsSync(file) ? readFileSync(file) : null;
    },
    remove(id) {
      known.delete(id);
      inMemory.delete(id);
      if (folder === null || !idPattern.test(id)) return;
      for (const name of [id, `${id}.json`]) rmSync(join(folder, name), { force: true });
    },
  };
}

function readKept(folder: string, id: string): Upload | null {
  const file = join(folder, `${id}.json`);
  if (!idPattern.test(id) || !existsSync(file)) return null;
  const kept: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return isRecord(kept) ? (kept as unknown as Upload) : null;
}

/** What Slack calls the types of files, where its word is not the name's ending. https://docs.slack.dev/reference/objects/file-object#types */
const filetypes: Readonly<Record<string, readonly [string, string]>> = {
  'image/png': ['png', 'PNG'],
  'image/jpeg': ['jpg', 'JPEG'],
  'image/gif': ['gif', 'GIF'],
  'image/webp': ['webp', 'WebP'],
  'application/pdf': ['pdf', 'PDF'],
  'text/plain': ['text', 'Plain Text'],
  'text/csv': ['csv', 'CSV'],
  'application/zip': ['zip', 'Zip'],
  'application/json': ['javascript', 'JSON'],
};
const thumbnailEdges = [64, 80, 160, 360, 480, 720, 960, 1024] as const;

/**
 * The file as messages and the API show it. https://docs.slack.dev/reference/objects/file-object
 *
 * @param url the server's own address: Slack's is https://files.slack.com
 */
export function fileObject(upload: Upload, { installation, url }: { installation: Installation; url: string }): Json {
  const { id, name, mimetype, size, user, createdSeconds } = upload;
  const ending = /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? 'binary';
  const [filetype, prettyType] = filetypes[mimetype] ?? [ending, ending === 'binary' ? 'Binary' : ending.toUpperCase()];
  const place = `${installation.teamId}-${id}`;
  const named = encodeURIComponent(name);
  return {
    id,
    created: createdSeconds,
    timestamp: createdSeconds,
    name,
    title: name,
    mimetype,
    filetype,
    pretty_type: prettyType,
    user,
    user_team: installation.teamId,
    editable: false,
    size,
    mode: 'hosted',
    is_external: false,
    external_type: '',
    is_public: false,
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    url_private: `${url}/files-pri/${place}/${named}`,
    url_private_download: `${url}/files-pri/${place}/download/${named}`,
    ...thumbnails(upload, `${url}/files-tmb/${place}`),
    permalink: `${url}/files/${user}/${id}/${named}`,
    has_rich_preview: false,
    file_access: 'visible',
  };
}

/** Pictures of each edge length that is not longer than the picture's own, and the smallest two always. */
function thumbnails({ image, name }: Upload, base: string): Json {
  if (image === null || image.width === 0 || image.height === 0) return {};
  const longest = Math.max(image.width, image.height);
  const edges = thumbnailEdges.filter((edge) => edge <= 360 || edge <= longest);
  const entries = edges.flatMap((edge): [string, unknown][] => {
    const address: [string, unknown] = [`thumb_${edge}`, `${base}/${encodeURIComponent(`${edge}_${name}`)}`];
    if (edge < 360) return [address];
    const scale = Math.min(1, edge / longest);
    const width = Math.max(1, Math.round(image.width * scale));
    return [address, [`thumb_${edge}_w`, width], [`thumb_${edge}_h`, Math.max(1, Math.round(image.height * scale))]];
  });
  return { ...Object.fromEntries(entries), original_w: image.width, original_h: image.height };
}

export interface FileServing {
  readonly uploads: Uploads;
  readonly workspace: Workspace;
  readonly botToken: string;
  readonly scopes: readonly string[];
  /** The server's own address. */
  readonly url: () => string;
}

/**
 * Answers a request for a file's bytes; null when the path is none of a file. Who does not show a token with
 * `files:read` is sent to the sign-in page, as Slack does. https://docs.slack.dev/reference/objects/file-object#authentication
 * A file of conversations that the app is not in is none to it, as `files.info` has it.
 * Thumbnails are the whole picture: nothing here can scale it.
 */
export function answerFile(call: Call, { uploads, workspace, botToken, scopes, url }: FileServing): Answer | null {
  const id = /^\/files-(?:pri|tmb)\/T[A-Z0-9]+-(F[A-Z0-9]+)\//.exec(call.path)?.[1];
  if (id === undefined) return null;
  const isAllowed = call.headers.authorization === `Bearer ${botToken}` && scopes.includes('files:read');
  if (!isAllowed)
    return { status: 302, headers: { location: `${url()}/?redir=${encodeURIComponent(call.path)}` }, body: null };
  const upload = readsFile(workspace, workspace.installation.botUserId, id) ? uploads.find(id) : null;
  const body = uploads.bytes(id);
  if (upload === null || body === null) return { status: 404, body: 'not found' };
  const headers = { 'content-type': upload.mimetype, 'content-length': String(body.length) };
  return { status: 200, headers, body };
}

/** What somebody without the right token gets to see in the end. */
export function answerSignIn(call: Call): Answer | null {
  if (call.path !== '/' || !call.query.has('redir')) return null;
  const body = '<!DOCTYPE html><html lang="en"><head><title>Sign in | Slack</title></head><body>Sign in</body></html>';
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}
