import { createHmac } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startNotion } from '../../../sandbox/notion/index.ts';
import { createNotionWebhook, type NotionHint } from '../../../knowledge-sync/notion/webhook.ts';

const token = 'secret_3kAl9qLdWx72';
const id = 'aaaa0004-0000-4000-8000-0000aaaa0004';

let folder: string;
let server: Server | null = null;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'firstline-notion-'));
});
afterEach(async () => {
  await new Promise((resolve) => (server === null ? resolve(null) : server.close(resolve)));
  server = null;
  await rm(folder, { recursive: true, force: true });
});

async function setUp({ verificationToken = token as string | null, fails = false } = {}) {
  const hints: NotionHint[] = [];
  const lines: { message: string; fields: unknown }[] = [];
  const note = (message: string, fields?: unknown) => void lines.push({ message, fields });
  const tokenFile = path.join(folder, 'deep', 'notion-webhook-token');
  const webhook = createNotionWebhook(
    { verificationToken, tokenFile },
    {
      async onHint(hint) {
        if (fails) throw new Error('the database is away');
        hints.push(hint);
      },
      log: { debug: note, info: note, warn: note, error: note },
    },
  );
  const http = createServer(webhook.handle);
  server = http;
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}${webhook.path}`;
  return { hints, lines, tokenFile, url };
}

function sign(body: string, key = token): string {
  return `sha256=${createHmac('sha256', key).update(body).digest('hex')}`;
}
async function deliver(url: string, body: string, signature: string | null = sign(body)): Promise<number> {
  const headers: Record<string, string> = signature === null ? {} : { 'X-Notion-Signature': signature };
  return (await fetch(url, { method: 'POST', body, headers })).status;
}
const event = (type: string, entity: unknown = { id, type: 'page' }) =>
  JSON.stringify({ id: 'e1', type, entity, data: {} });

test.each<[string, NotionHint[]]>([
  ['page.content_updated', [{ kind: 'document', id }]],
  ['page.properties_updated', [{ kind: 'document', id }]],
  ['page.created', [{ kind: 'document', id }]],
  ['page.deleted', [{ kind: 'document', id }]],
  ['page.undeleted', [{ kind: 'document', id }]],
  ['page.moved', [{ kind: 'source' }]],
  ['data_source.schema_updated', [{ kind: 'source' }]],
  ['database.created', [{ kind: 'source' }]],
  ['page.locked', []],
  ['comment.created', []],
  ['something.new', []],
])('%s is the hint it should be', async (type, expected) => {
  const { url, hints } = await setUp();
  expect(await deliver(url, event(type))).toBe(200);
  expect(hints).toEqual(expected);
});

test('a page without a name that is known is a reason to look at all', async () => {
  const { url, hints } = await setUp();
  expect(await deliver(url, event('page.created', null))).toBe(200);
  expect(hints).toEqual([{ kind: 'source' }]);
});

test.each<[string, (body: string) => string | null]>([
  ['no signature', () => null],
  ['the signature of another token', (body) => sign(body, 'other')],
  ['the signature of another body', (body) => sign(`${body} `)],
  ['a digest without its kind', (body) => sign(body).slice('sha256='.length)],
  ['a shorter signature', (body) => sign(body).slice(0, 20)],
])('%s is refused and not read', async (_, signature) => {
  const { url, hints } = await setUp();
  const body = event('page.created');
  expect(await deliver(url, body, signature(body))).toBe(401);
  expect(hints).toEqual([]);
});

test('an event that cannot be stored is to be delivered again', async () => {
  const { url } = await setUp({ fails: true });
  expect(await deliver(url, event('page.created'))).toBe(503);
});

test('what is signed but no event is refused', async () => {
  const { url } = await setUp();
  expect([await deliver(url, 'not json'), await deliver(url, '[]'), await deliver(url, '')]).toEqual([400, 400, 400]);
});

test('a body of over a megabyte is not read', async () => {
  const { url, hints } = await setUp();
  const body = event('page.created', { id, type: 'x'.repeat(2_000_000) });
  // The connection may be closed while the rest is still being sent.
  const status = await deliver(url, body).catch(() => 413);
  expect([status, hints]).toEqual([413, []]);
});

test('only POST is answered', async () => {
  const { url } = await setUp();
  expect((await fetch(url)).status).toBe(405);
});

test('the first request brings the token, which only its reader learns', async () => {
  const { url, tokenFile, lines } = await setUp({ verificationToken: null });
  expect(await deliver(url, JSON.stringify({ verification_token: token }), null)).toBe(200);
  expect(await readFile(tokenFile, 'utf8')).toBe(`${token}\n`);
  expect((await stat(tokenFile)).mode & 0o777).toBe(0o600);
  expect(lines).toEqual([{ message: expect.stringContaining('NOTION_WEBHOOK_TOKEN'), fields: { tokenFile } }]);
  expect(JSON.stringify(lines)).not.toContain(token);
});

test('the token that came first stays, whoever sends another', async () => {
  const { url, tokenFile, lines } = await setUp({ verificationToken: null });
  const send = (sent: string) => deliver(url, JSON.stringify({ verification_token: sent }), null);
  expect([await send(token), await send('of_a_stranger'), await send(token)]).toEqual([200, 409, 409]);
  expect(await readFile(tokenFile, 'utf8')).toBe(`${token}\n`);
  expect(lines.slice(1).map(({ message }) => message)).toEqual([
    expect.stringContaining('refused'),
    expect.stringContaining('refused'),
  ]);
  expect(JSON.stringify(lines)).not.toContain('stranger');
});

test.each([
  ['once a token is set', token, JSON.stringify({ verification_token: 'another_token_of_somebody' })],
  ['while none is set, for an event', null, event('page.created')],
  ['while none is set, for a token that is none', null, JSON.stringify({ verification_token: '../../etc' })],
])('nothing unsigned is taken %s', async (_, verificationToken, body) => {
  const { url, hints, tokenFile } = await setUp({ verificationToken });
  expect(await deliver(url, body, null)).toBe(401);
  expect(hints).toEqual([]);
  await expect(stat(tokenFile)).rejects.toThrow('ENOENT');
});

test('Notion’s own events are understood, once its token is set', async () => {
  const notion = await startNotion();
  const tokenFile = path.join(folder, 'token');
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const hints: NotionHint[] = [];
  const make = (verificationToken: string | null) =>
    createNotionWebhook({ verificationToken, tokenFile }, { onHint: async (hint) => void hints.push(hint), log });
  let webhook = make(null);
  const http = createServer((request, response) => webhook.handle(request, response));
  server = http;
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  try {
    await notion.subscribe(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}${webhook.path}`);
    webhook = make((await readFile(tokenFile, 'utf8')).trim());
    const page = notion.createPage({ parent: { workspace: true }, title: 'VPN' });
    notion.unsubscribe();
    const deadline = Date.now() + 5_000;
    while (hints.length === 0 && Date.now() < deadline) await new Promise((resolve) => setImmediate(resolve));
    expect(hints[0]).toEqual({ kind: 'document', id: page });
  } finally {
    await notion.close();
  }
});
