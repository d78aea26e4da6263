import { createHash, createHmac } from 'node:crypto';
import { createServer, request as send, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createJiraWebhook } from '../../../adapters/jira/index.ts';
import type { JiraSandbox } from '../../../sandbox/jira/index.ts';
import type { TicketHint } from '../../../src/ticket-ports.ts';
import { draft, jiraAt, rui, startSite } from './acme.ts';

const secret = 'whsec-1';
let server: Server;
let url = '';
let hints: TicketHint[] = [];
let logged: unknown[] = [];
let onHint: (hint: TicketHint) => Promise<void>;
beforeEach(async () => {
  hints = [];
  logged = [];
  onHint = async (hint) => void hints.push(hint);
  url = await serve(secret);
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function serve(key: string): Promise<string> {
  const note = (...what: unknown[]) => void logged.push(what);
  const log = { debug: note, info: note, warn: note, error: note };
  const { path, handle } = createJiraWebhook({ secret: key }, { onHint: (hint) => onHint(hint), log });
  server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
}

const signed = (body: string | Buffer, key = secret) =>
  `sha256=${createHmac('sha256', key).update(body).digest('hex')}`;
async function deliver(body: string | Buffer, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    body: new Uint8Array(Buffer.from(body)),
    headers: { 'x-hub-signature': signed(body), ...headers },
  });
  return response.status;
}
const event = JSON.stringify({
  webhookEvent: 'comment_created',
  comment: { body: 'secret' },
  issue: { id: '10001', key: 'IT-1' },
});

test('a delivery is handed over by its id and its ticket, before it is acknowledged', async () => {
  expect(await deliver(event, { 'x-atlassian-webhook-identifier': 'abc-1' })).toBe(200);
  expect(hints).toEqual([{ eventId: 'jira/abc-1', ticketId: '10001' }]);
});

test.each(['', 'a\u00e4 b', 'x'.repeat(300)])('without an id of use, %j, the content is the id', async (identifier) => {
  await deliver(event, { 'x-atlassian-webhook-identifier': encodeURI(identifier).slice(0, 300) });
  expect(hints).toEqual([{ eventId: `jira/${createHash('sha256').update(event).digest('hex')}`, ticketId: '10001' }]);
});

describe('what is not signed with the secret is refused', () => {
  const good = signed(event);
  test.each<[name: string, headers: Record<string, string>]>([
    ['another secret', { 'x-hub-signature': signed(event, 'other') }],
    ['another content', { 'x-hub-signature': signed(`${event} `) }],
    ['another algorithm', { 'x-hub-signature': `sha1=${createHmac('sha1', secret).update(event).digest('hex')}` }],
    ['an algorithm by another name', { 'x-hub-signature': good.replace('sha256', 'none') }],
    ['half of it', { 'x-hub-signature': good.slice(0, 40) }],
    ['more than it', { 'x-hub-signature': `${good}00` }],
    ['no digits', { 'x-hub-signature': `sha256=${'z'.repeat(64)}` }],
    ['nothing', { 'x-hub-signature': '' }],
    ['two of them', { 'x-hub-signature': `${good}, ${good}` }],
  ])('%s', async (_, headers) => {
    expect(await deliver(event, headers)).toBe(401);
    expect(hints).toEqual([]);
  });

  test('no signature at all', async () => {
    expect((await fetch(url, { method: 'POST', body: event })).status).toBe(401);
  });

  test('everything, when there is no secret', async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    url = await serve('');
    expect(await deliver(event, { 'x-hub-signature': signed(event, '') })).toBe(401);
  });

  test('and nothing that cannot be parsed is parsed', async () => {
    expect(await deliver('{', { 'x-hub-signature': signed('x') })).toBe(401);
  });
});

test('a signature in capitals is the same', async () => {
  expect(await deliver(event, { 'x-hub-signature': `SHA256=${signed(event).slice(7).toUpperCase()}` })).toBe(200);
});

test.each([
  ['no JSON', '{'],
  ['no object', '[1]'],
  ['no text', Buffer.from([0xff, 0xfe, 0x00])],
  ['an event without an issue', '{"webhookEvent":"jiraissuelink_created"}'],
  ['an issue without an id', '{"issue":{}}'],
  ['an id that is none', '{"issue":{"id":"../7"}}'],
  ['an id of another shape', '{"issue":{"id":{"x":1}}}'],
])('%s is acknowledged, and nothing more', async (_, body) => {
  expect(await deliver(body)).toBe(200);
  expect(hints).toEqual([]);
  expect(logged).toHaveLength(1);
});

test('what could not be stored is to be delivered again', async () => {
  onHint = async () => {
    throw new Error('no database');
  };
  expect(await deliver(event)).toBe(500);
});

test.each(['GET', 'PUT', 'DELETE'])('%s is not how it is done', async (method) => {
  expect((await fetch(url, { method })).status).toBe(405);
});

test('what is too long is refused unread', async () => {
  const large = Buffer.alloc(10 * 1024 * 1024 + 1, 0x20);
  expect(await statusOf(large, { 'content-length': String(large.length) })).toBe(413);
  expect(await statusOf(large, { 'transfer-encoding': 'chunked' })).toBe(413);
  expect(hints).toEqual([]);
});

test('nothing of what was said is logged', async () => {
  await deliver(event);
  await deliver(event, { 'x-hub-signature': 'sha256=secret' });
  await deliver('{"secret":');
  await deliver('{"webhookEvent":"secret thing"}');
  expect(JSON.stringify(logged)).not.toContain('secret');
});

describe('the local Jira', () => {
  let site: JiraSandbox;
  beforeEach(async () => {
    site = await startSite();
  });
  afterEach(() => site.close());

  test("'s deliveries are taken: one id each, the same when it is sent twice", async () => {
    const jira = jiraAt(site);
    const { id } = await jira.ensureTicket(draft);
    site.delivery.twice = true;
    site.connectWebhook(url, secret);
    const { id: commentId } = site.comment({ as: rui, key: 'IT-1', text: 'hello' });
    site.editComment({ as: rui, key: 'IT-1', commentId, text: 'there' });
    site.transition({ as: rui, key: 'IT-1', to: 'Done' });
    await site.webhooksSettled();
    expect(new Set(site.webhooks.map(({ outcome }) => outcome))).toEqual(new Set([200]));
    const about = hints.filter(({ ticketId }) => ticketId === id);
    expect(new Set(about.map(({ eventId }) => eventId)).size * 2).toBe(about.length);
    expect(about.length).toBeGreaterThanOrEqual(6);
  });

  test("'s deliveries with another secret are not", async () => {
    await jiraAt(site).ensureTicket(draft);
    site.connectWebhook(url, 'other');
    site.transition({ as: rui, key: 'IT-1', to: 'Done' });
    await site.webhooksSettled();
    expect(hints).toEqual([]);
    expect(site.webhooks.every(({ outcome }) => outcome === 401)).toBe(true);
  });
});

/** `fetch` reports a server that stops reading as a broken connection; the answer is there all the same. */
async function statusOf(body: Buffer, headers: Record<string, string>): Promise<number | undefined> {
  return await new Promise((resolve, reject) => {
    const call = send(url, { method: 'POST', headers: { ...headers, 'x-hub-signature': signed(body) } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    call.on('error', reject);
    call.end(body);
  });
}
