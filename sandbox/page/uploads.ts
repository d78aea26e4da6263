import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Desk } from './desk.ts';
import { cleanName, sendFile, typeOf } from './file-bytes.ts';
import type { ChatApps } from './chat-apps.ts';
import { readBytes, Refusal } from './requests.ts';

/** Longest file that is taken. */
const maxFileBytes = 20 * 1024 * 1024;

/** A file that was taken, as the page is told of it; `size` in bytes. */
interface Taken {
  readonly id: string;
  readonly name: string;
  readonly mimetype: string;
  readonly size: number;
}

/** Where files come in and go out: bytes, not JSON. */
export interface Uploads {
  /** Whether this request is one of them, by method and path. */
  isOurs(name: string): boolean;
  /** @throws Refusal 400, 404, 413. */
  answer(request: IncomingMessage, response: ServerResponse, query: string): Promise<void>;
}

interface Parts {
  readonly chats: ChatApps;
  /** Null: nobody can do anything in Jira. */
  readonly desk: Desk | null;
}

type Take = (request: IncomingMessage, asked: URLSearchParams) => Promise<Taken>;
type Give = (response: ServerResponse, asked: URLSearchParams) => void;

/**
 * `POST` takes the bytes as body, their type in `x-file-type` and their name in `name`: `/api/files?as&app` for the chat,
 * `/api/board/files` for an issue. `GET` gives them by `id`: `/api/file?as&app`, and `/api/board/file`, where `staged` asks
 * for one that is not in an issue yet.
 */
export function createUploads(parts: Parts): Uploads {
  const takes: Readonly<Record<string, Take>> = {
    'POST /api/files': takeForChat(parts),
    ...(parts.desk === null ? {} : { 'POST /api/board/files': takeForIssue(parts.desk) }),
  };
  const gives: Readonly<Record<string, Give>> = {
    'GET /api/file': giveOfChat(parts),
    ...(parts.desk === null ? {} : { 'GET /api/board/file': giveOfIssue(parts.desk) }),
  };
  return {
    isOurs: (name) => Object.hasOwn(takes, name) || Object.hasOwn(gives, name),
    async answer(request, response, query) {
      const asked = new URLSearchParams(query);
      const name = `${request.method} ${request.url?.split('?')[0] ?? ''}`;
      const take = takes[name];
      if (take === undefined) return gives[name]?.(response, asked);
      const file = await take(request, asked);
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
      response.end(JSON.stringify(file));
    },
  };
}

function takeForChat({ chats }: Parts): Take {
  return async (request, asked) => {
    const { chat, server } = chats.named(asked.get('app'));
    const as = asked.get('as') ?? '';
    chat.check(as);
    const { name, mimeType, bytes } = await readFile(request, asked, maxFileBytes);
    const { id, mimetype, size } = server.upload({ as, name, mimetype: mimeType, bytes });
    return { id, name, mimetype, size };
  };
}

function giveOfChat({ chats }: Parts): Give {
  return (response, asked) => {
    const { chat, server } = chats.named(asked.get('app'));
    const as = asked.get('as') ?? '';
    const id = asked.get('id') ?? '';
    chat.check(as);
    const file = server.canSeeFile(as, id) ? server.file(id) : null;
    const bytes = file?.bytes() ?? null;
    if (file === null || bytes === null) throw gone();
    sendFile(response, { name: file.name, mimeType: file.mimetype, bytes });
  };
}

function takeForIssue(desk: Desk): Take {
  return async (request, asked) => {
    const file = await readFile(request, asked, Math.min(desk.maxFileBytes(), maxFileBytes));
    return { id: desk.stage(file), name: file.name, mimetype: file.mimeType, size: file.bytes.length };
  };
}

function giveOfIssue(desk: Desk): Give {
  return (response, asked) => {
    const id = asked.get('id') ?? '';
    const file = asked.has('staged') ? desk.staged(id) : desk.attachment(id);
    if (file === null) throw gone();
    sendFile(response, file);
  };
}

async function readFile(request: IncomingMessage, asked: URLSearchParams, maxBytes: number) {
  const name = cleanName(asked.get('name') ?? '');
  if (name === '') throw new Refusal(400, 'The file has no name.');
  const most = Math.floor(maxBytes / 1024 / 1024);
  const bytes = await readBytes(request, maxBytes, `That file is too large: ${most} MB is the most.`);
  return { name, mimeType: typeOf(request), bytes };
}

function gone(): Refusal {
  return new Refusal(404, 'That file is no longer there.');
}
