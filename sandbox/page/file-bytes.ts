import type { IncomingMessage, ServerResponse } from 'node:http';

const maxNameLength = 200;

/** Shown by browsers as pictures and nothing else. All other types are given as downloads: they might be read as pages. */
const inlineTypes = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** Answers with the bytes of a file: a picture to be shown, all else to be saved under its name. */
export function sendFile(
  response: ServerResponse,
  { name, mimeType, bytes }: { name: string; mimeType: string; bytes: Buffer },
): void {
  const isInline = inlineTypes.has(mimeType);
  response.writeHead(200, {
    'content-type': isInline ? mimeType : 'application/octet-stream',
    'content-disposition': `${isInline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeName(name)}`,
    'content-length': bytes.length,
    // what is behind an id never changes
    'cache-control': 'private, max-age=86400, immutable',
  });
  response.end(bytes);
}

/** Without the folders and the control characters that a file's name cannot have; the end, which tells the type, stays. */
export function cleanName(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? '';
  return base
    .replaceAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '')
    .trim()
    .slice(-maxNameLength)
    .toWellFormed();
}

/** The type that the page says the file has. */
export function typeOf(request: IncomingMessage): string {
  const type = String(request.headers['x-file-type'] ?? '').toLowerCase();
  return /^[a-z0-9.+-]{1,60}\/[a-z0-9.+-]{1,100}$/.test(type) ? type : 'application/octet-stream';
}

/** https://www.rfc-editor.org/rfc/rfc8187 */
function encodeName(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}
