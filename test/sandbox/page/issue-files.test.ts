import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadCompany } from '../../../sandbox/company.ts';
import { type JiraSandbox, startJira } from '../../../sandbox/jira/index.ts';
import { createOperator } from '../../../sandbox/operator.ts';
import { type Page, startPage } from '../../../sandbox/page.ts';
import { type SlackSandbox, startSlack } from '../../../sandbox/slack/index.ts';

// The page's server over a local Jira: files of issues, in and out.

const company = { ...loadCompany(), knowledgeFolder: mkdtempSync(path.join(tmpdir(), 'issue-files-')) };
const bot = {
  state: () => 'up' as const,
  on: () => () => undefined,
  kill: () => undefined,
  restart: () => undefined,
  kills: () => 0,
};

let slack: SlackSandbox;
let jira: JiraSandbox;
let page: Page;
let as: string;

beforeAll(async () => {
  slack = await startSlack({ people: company.people, channels: [], company: company.name });
  jira = await startJira({ people: company.people, pastTickets: company.tickets });
  page = await startPage({
    port: 0,
    slack,
    jira,
    company,
    bot,
    operator: createOperator({ url: () => null, token: '' }),
  });
  as = jira.staff()[0]!.emailAddress;
});

afterAll(async () => {
  await page.close();
  await Promise.all([slack.close(), jira.close()]);
});

function send(
  name: string,
  body: Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return fetch(`${page.url}/api/board/files?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', ...headers },
    body,
  });
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

async function comment(files: readonly string[]): Promise<void> {
  const body = JSON.stringify({ as, key: 'IT-1', text: '', isInternal: false, files });
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${page.url}/api/board/comment`, { method: 'POST', headers, body });
  expect(response.status).toBe(200);
}

test.each([
  ['a picture', 'a.png', 'image/png', 'image/png', 'inline'],
  ['a drawing, which can hold scripts', 'a.svg', 'image/svg+xml', 'application/octet-stream', 'attachment'],
  ['a page', 'a.html', 'text/html', 'application/octet-stream', 'attachment'],
  ['a document', 'a.pdf', 'application/pdf', 'application/octet-stream', 'attachment'],
])('%s is given as what cannot harm', async (_, name, type, contentType, disposition) => {
  const taken = (await (await send(name, bytes('<svg/>'), { 'x-file-type': type })).json()) as { id: string };
  expect(taken).toEqual({ id: expect.any(String), name, mimetype: type, size: 6 });
  await comment([taken.id]);
  const { id } = jira.issue('IT-1')!.attachments.at(-1)!;
  const given = await fetch(`${page.url}/api/board/file?id=${id}`);
  expect(await given.text()).toBe('<svg/>');
  expect(Object.fromEntries(given.headers)).toMatchObject({
    'content-type': contentType,
    'content-disposition': `${disposition}; filename*=UTF-8''${name}`,
    'x-content-type-options': 'nosniff',
  });
});

test.each([
  ['folders', '../../etc/passwd', 'passwd'],
  ['another direction of writing', 'gnp.\u202Eexe', 'gnp.exe'],
  ['line breaks', 'a\r\nset-cookie: b=c', 'aset-cookie: b=c'],
])('of a name with %s remains what names a file', async (_, name, expected) => {
  expect(await (await send(name, bytes('x'))).json()).toMatchObject({ name: expected });
});

test('what waits for its comment can be looked at, and nothing else by its id', async () => {
  const { id } = (await (await send('b.png', bytes('abc'), { 'x-file-type': 'image/png' })).json()) as { id: string };
  expect(await (await fetch(`${page.url}/api/board/file?staged&id=${id}`)).text()).toBe('abc');
  expect((await fetch(`${page.url}/api/board/file?id=${id}`)).status).toBe(404);
});

test('a file that Jira would not take is refused before it waits', async () => {
  const response = await send('film.mov', new Uint8Array(10 * 1024 * 1024 + 1));
  expect([response.status, await response.json()]).toEqual([
    413,
    { error: 'That file is too large: 10 MB is the most.' },
  ]);
});

test.each([
  ['no name', '', {}, 400],
  ['a form, as another site can send it', 'a.txt', { 'content-type': 'text/plain' }, 415],
  ['another site', 'a.txt', { origin: 'https://evil.example' }, 403],
])('a file with %s is refused', async (_, name, headers, status) => {
  expect((await send(name, bytes('x'), headers)).status).toBe(status);
});
