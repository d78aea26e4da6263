import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Answer, Call } from '../http.ts';
import type { Api } from './api.ts';
import type { Attachment } from './model.ts';
import type { Store } from './store.ts';

/** How long a media address is good for. */
const lifetimeMs = 20 * 60_000;

export const mediaRoot = '/file/';

/** Where the bytes of a file are for whoever has the address, and for a while only, as with Jira's media service. */
export function mediaAddress(
  { id, mediaId, name }: Attachment,
  { url, secret, now }: { url: string; secret: string; now: Date },
): string {
  const until = now.getTime() + lifetimeMs;
  const query = new URLSearchParams({ token: `${id}.${until}.${sealOf(id, until, secret)}`, name });
  return `${url}${mediaRoot}${mediaId}/binary?${query.toString()}`;
}

/** What the media service answers, without any other authentication than the token. */
export function answerMedia(call: Call, { store, now }: Pick<Api, 'store' | 'now'>): Answer {
  const id = goodFor(call.query.get('token') ?? '', { secret: store.secret, now: now() });
  if (id === null) return { status: 403, body: { code: 'Forbidden' } };
  const attachment = store.withAttachment(id)?.attachment;
  if (attachment !== undefined && call.path === `${mediaRoot}${attachment.mediaId}/binary`) {
    return rangeAnswer(attachment, call, store);
  }
  return { status: 404, body: { code: 'NotFound' } };
}

/** The id of the attachment that the token opens, or null. */
function goodFor(token: string, { secret, now }: { secret: string; now: Date }): string | null {
  const [id = '', until = '', seal = ''] = token.split('.');
  const isGood = isSame(seal, sealOf(id, Number(until), secret)) && Number(until) >= now.getTime();
  return isGood ? id : null;
}

/** The bytes, or the one part of them that `Range` asks for. */
export function rangeAnswer({ id, name, mimeType }: Attachment, { headers }: Call, { blobs }: Store): Answer {
  const bytes = blobs.get(id);
  if (bytes === null) return { status: 404, body: { errorMessages: ['The file is gone.'], errors: {} } };
  const usual = {
    'content-type': mimeType,
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name.toWellFormed())}`,
    'x-content-type-options': 'nosniff',
    'accept-ranges': 'bytes',
  };
  if (headers.range === undefined) return { status: 200, headers: usual, body: bytes };
  const range = /^bytes=(\d*)-(\d*)$/.exec(headers.range);
  if (range === null || (range[1] === '' && range[2] === '')) return { status: 400, body: '' };
  const [from, to] = boundsOf(range[1] ?? '', range[2] ?? '', bytes.length);
  if (from > to || from >= bytes.length) {
    return { status: 416, headers: { 'content-range': `bytes */${bytes.length}` }, body: '' };
  }
  const part = { 'content-range': `bytes ${from}-${to}/${bytes.length}` };
  return { status: 206, headers: { ...usual, ...part }, body: bytes.subarray(from, to + 1) };
}

/** Without a beginning it is so many bytes from the end. */
function boundsOf(from: string, to: string, size: number): [number, number] {
  if (from === '') return [Math.max(size - Number(to), 0), size - 1];
  return [Number(from), to === '' ? size - 1 : Math.min(Number(to), size - 1)];
}

function sealOf(id: string, until: number, secret: string): string {
  return createHmac('sha256', secret).update(`media ${id} ${until}`).digest('base64url');
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
