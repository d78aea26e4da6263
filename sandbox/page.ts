import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApi } from './page/api.ts';
import { createChatApps } from './page/chat-apps.ts';
import { createDesk } from './page/desk.ts';
import { readStatic, type StaticFile } from './page/files.ts';
import { createLive, type Live } from './page/live.ts';
import type { PageParts } from './page/parts.ts';
import { withPreloads } from './page/modules.ts';
import { checkOrigin, readJson, Refusal } from './page/requests.ts';
import type { Routes } from './page/route.ts';
import { withImports } from './page/styles.ts';
import { createUploads, type Uploads } from './page/uploads.ts';

/** Sent with every answer: nothing from elsewhere, nothing inline, no frame around the page. */
const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** The page's server while it runs. */
export interface Page {
  readonly url: string;
  close(): Promise<void>;
}

export interface PageOptions extends PageParts {
  /** 0 is any free port. */
  readonly port: number;
}

/** The page's address, taken but not yet served: links that lead to it can be made before there is anything to show. */
export interface BoundPage {
  readonly url: string;
  /** Begins to answer. Until then every request is told that the sandbox is starting. */
  serve(parts: PageParts): Page;
  close(): Promise<void>;
}

/**
 * Takes the port on the loopback address.
 *
 * @param port 0 is any free one.
 * @throws the system's error (EADDRINUSE) when the port is taken.
 */
export async function bindPage(port: number): Promise<BoundPage> {
  let site: Site | null = null;
  const server = createServer((request, response) => {
    answer(site, request, response).catch((error: unknown) => refuse(response, error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  async function close(): Promise<void> {
    const closed = new Promise((resolve) => server.close(resolve));
    site?.live.close();
    server.closeAllConnections();
    await closed;
  }
  return {
    url,
    close,
    serve(parts) {
      site = createSite(parts);
      return { url, close };
    },
  };
}

/**
 * Serves the sandbox's web page and its JSON API on the loopback address: the chat of the local Slack server, or Teams', beside
 * the board of the local Jira server, and the switches that disturb them.
 *
 * @throws the system's error (EADDRINUSE) when the port is taken.
 */
export async function startPage({ port, ...parts }: PageOptions): Promise<Page> {
  return (await bindPage(port)).serve(parts);
}

interface Site {
  readonly api: Routes;
  readonly live: Live;
  readonly uploads: Uploads;
}

function createSite(parts: PageParts): Site {
  const chats = createChatApps(parts);
  const live = createLive({ ...parts, chats });
  const desk = createDesk(parts.jira);
  const uploads = createUploads({ chats, desk });
  const api = createApi({ ...parts, chats, desk, announce: (type = 'bot') => live.send({ type }) });
  return { api, live, uploads };
}

async function answer(site: Site | null, request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  checkOrigin(request);
  if (site === null) throw new Refusal(503, 'The sandbox is starting.');
  const { api, live, uploads } = site;
  // not `new URL(...).pathname`: it would resolve `..` before the file is looked up, hiding what was asked for
  const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
  if (path === '/api/events' && request.method === 'GET') {
    response.setHeader('cache-control', 'no-store');
    return live.join(response);
  }
  if (uploads.isOurs(`${request.method} ${path}`)) return uploads.answer(request, response, query);
  if (path.startsWith('/api/')) return answerApi(api, request, { response, path, query });
  return answerFile(request, response, path);
}

async function answerFile(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') throw new Refusal(405, 'Files can only be read.');
  const file = await readStatic(path);
  if (file === null) throw new Refusal(404, 'There is nothing at this address.');
  // checked again on every load: the files change with the program, and loopback makes it cheap
  response.writeHead(200, { 'content-type': file.contentType, 'cache-control': 'no-cache' });
  if (request.method === 'HEAD') response.end();
  else response.end(await joined(path, file));
}

/** The two files that name others are sent so that the first load asks less often. */
async function joined(path: string, { body }: StaticFile): Promise<StaticFile['body']> {
  if (path === '/') return withPreloads(String(body), '/main.js', readStatic);
  return path === '/styles.css' ? withImports(String(body), readStatic) : body;
}

async function answerApi(
  api: Site['api'],
  request: IncomingMessage,
  { response, path, query }: { response: ServerResponse; path: string; query: string },
): Promise<void> {
  const name = `${request.method} ${path}`;
  const route = Object.hasOwn(api, name) ? api[name] : undefined;
  if (route === undefined) throw new Refusal(404, 'There is nothing at this address.');
  const input = request.method === 'POST' ? await readJson(request) : Object.fromEntries(new URLSearchParams(query));
  sendJson(response, 200, await route(input));
}

function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (error instanceof Refusal) return sendJson(response, error.status, { error: error.message });
  console.error('sandbox page: a request failed', error);
  sendJson(response, 500, { error: 'Something went wrong in the sandbox. Its console says what.' });
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
