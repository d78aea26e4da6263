import type { Answer, Call } from '../http.ts';
import { ApiError } from './api-error.ts';
import type { Json } from './messages.ts';
import type { Installation } from './roster.ts';
import { newId, newSecret } from './signing.ts';
import { fileObject, type Uploads } from './uploads.ts';

/** Slack takes a gigabyte; here the content is held in memory. */
export const largestIncomingBytes = 256 * 1024 * 1024;

/**
 * Files on their way from the app: an address is asked for, the content is sent there, and then it is said to be
 * complete. https://docs.slack.dev/messaging/working-with-files#upload
 */
export interface IncomingFiles {
  reserve(file: { name: string; bytes: number }): { id: string; url: string };
  /** The HTTP status: 404 when nothing is expected there, 400 when it has another length than was said. */
  receive(token: string, content: Buffer): number;
  /** The file as the API shows it. @throws ApiError `file_not_found` when it was not sent, or is complete already. */
  complete(id: string): Json;
}

interface Expected {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  content: Buffer | null;
}

export function createIncomingFiles(from: {
  readonly uploads: Uploads;
  readonly installation: Installation;
  /** The server's own address. */
  url(): string;
}): IncomingFiles {
  const { uploads, installation } = from;
  const expected = new Map<string, Expected>();
  return {
    reserve({ name, bytes }) {
      const token = newSecret(24);
      const id = newId('F0');
      expected.set(token, { id, name, bytes, content: null });
      return { id, url: `${from.url()}/upload/v1/${token}` };
    },
    receive(token, content) {
      const file = expected.get(token);
      if (file === undefined) return 404;
      if (content.length !== file.bytes) return 400;
      file.content = content;
      return 200;
    },
    complete(id) {
      const [token, file] = [...expected].find(([, each]) => each.id === id) ?? [];
      if (token === undefined || file?.content == null) throw new ApiError('file_not_found');
      expected.delete(token);
      const mimetype = mimetypeOf(file.name);
      const upload = uploads.add({ id, as: installation.botUserId, name: file.name, mimetype, bytes: file.content });
      return fileObject(upload, { installation, url: from.url() });
    },
  };
}

/** Slack looks at the content; here the name has to do. */
function mimetypeOf(name: string): string {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return mimetypes[ending] ?? 'application/octet-stream';
}
const mimetypes: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  json: 'application/json',
  log: 'text/plain',
  pdf: 'application/pdf',
  png: 'image/png',
  txt: 'text/plain',
  webp: 'image/webp',
  zip: 'application/zip',
};

const path = /^\/upload\/v1\/([A-Za-z0-9_-]+)$/;

/** Whether the content of a file is sent there. */
export function takesFile(method: string, where: string): boolean {
  return method === 'POST' && path.test(where);
}

/** Answers the sending of a file's content; null when the path is none for that. */
export function answerIncoming(call: Call, incoming: IncomingFiles): Answer | null {
  const token = path.exec(call.path)?.[1];
  if (token === undefined || call.bytes === undefined) return null;
  const status = incoming.receive(token, call.bytes);
  return { status, body: status === 200 ? `OK - ${call.bytes.length}` : 'not taken' };
}
