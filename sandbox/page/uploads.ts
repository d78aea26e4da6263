import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Chat } from './chat.ts';
import type { PageFile, PageSlack } from './parts.ts';
import { readBytes, Refusal } from './requests.ts';

/** Longest file that is taken. */
const maxFileBytes = 20 * 1024 * 1024;
const maxNameLength = 200;

/** Shown by browsers as pictures and nothing else. All other types are given as downloads: they might be read as pages. */
const inlineTypes = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** Where files come in and go out: bytes, not JSON. */
export interface Uploads {
  /** Whether this request is one of them, by method and path. */
  isOurs(name: string): boolean;
  /** @throws Refusal 400, 404, 413. */
  answer(request: IncomingMessage, response: ServerResponse, query: string): Promise<void>;
}

/** `POST /api/files?as&name` with the bytes as body and their type in `x-file-type`; `GET /api/file?as&id`. */
export function createUploads({ chat, slack }: { chat: Chat; slack: PageSlack }): Uploads {
  async function take(request: IncomingMessage, asked: URLSearchParams): Promise<PageFile> {
    const as = asked.get('as') ?? '';
    chat.check(as);
    const name = cleanName(asked.get('name') ?? '');
    if (name === '') throw new Refusal(400, 'The file has no name.');
    const bytes = await readBytes(request, maxFileBytes, 'That file is too large: 20 MB is the most.');
    const { id, mimetype, size } = slack.upload({ as, name, mimetype: typeOf(request), bytes });
    return { id, name, mimetype, size };
  }

  function give(response: ServerResponse, asked: URLSearchParams): void {
    const as = asked.get('as') ?? '';
    const id = asked.get('id') ?? '';
    chat.check(as);
    const file = slack.canSeeFile(as, id) ? slack.file(id) : null;
    const bytes = file?.bytes() ?? null;
    if (file === null || bytes === null) throw new Refusal(404, 'That file is no longer there.');
    const isInline = inlineTypes.has(file.mimetype);
    response.writeHead(200, {
      'content-type': isInline ? file.mimetype : 'application/octet-stream',
      'content-disposition': `${isInline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeName(file.name)}`,
      'content-length': bytes.length,
      // what is behind an id never changes
      'cache-control': 'private, max-age=86400, immutable',
    });
    response.end(bytes);
  }

  return {
    isOurs: (name) => name === 'POST /api/files' || name === 'GET /api/file',
    async answer(request, response, query) {
      const asked = new URLSearchParams(query);
      if (request.method === 'GET') return give(response, asked);
      const file = await take(request, asked);
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
      response.end(JSON.stringify(file));
    },
  };
}

/** Without the folders and the control characters that a file's name cannot have; the end, which tells the type, stays. */
function cleanName(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? '';
  return base
    .replaceAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '')
    .trim()
    .slice(-maxNameLength)
    .toWellFormed();
}

function typeOf(request: IncomingMessage): string {
  const type = String(request.headers['x-file-type'] ?? '').toLowerCase();
  return /^[a-z0-9.+-]{1,60}\/[a-z0-9.+-]{1,100}$/.test(type) ? type : 'application/octet-stream';
}

/** https://www.rfc-editor.org/rfc/rfc8187 */
function encodeName(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}
