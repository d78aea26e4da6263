import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { createTeams } from '../../../adapters/teams/index.ts';
import { createRecordingInbox } from '../../contracts/chat-inbox.ts';
import { createMemoryNotes } from '../../contracts/chat-notes.ts';
import { createRecordingLog } from '../slack/doubles.ts';

/*
 * What emulators such as the Microsoft 365 Agents Playground and the Bot Framework Emulator send: no tenant, no id of a
 * directory, names without `28:` before them. https://learn.microsoft.com/en-us/microsoft-365/agents-sdk/test-with-toolkit-project
 */

type Json = Readonly<Record<string, unknown>>;
interface Card {
  readonly actions: readonly { readonly data: Json }[];
}
const open: http.Server[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }
});

async function listen(handle: http.RequestListener): Promise<string> {
  const server = http.createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A connector that takes messages, and knows one person. */
async function startConnector() {
  const sent: { readonly path: string; readonly body: Json; readonly authorization: string | undefined }[] = [];
  const url = await listen((request, response) => {
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const path = decodeURIComponent(request.url ?? '');
    if (request.method === 'GET')
      return void answer(200, { id: 'user-1', name: 'Alex Wilber', email: 'alex@x.example' });
    void json(request).then((body) => {
      sent.push({ path, body: body as Json, authorization: request.headers.authorization });
      answer(201, { id: 'answer-1' });
    });
  });
  return { url, sent };
}

async function startApp(serviceHosts: readonly string[]) {
  const inbox = createRecordingInbox();
  const platform = createTeams(
    {
      appId: '',
      tenantId: '',
      credentials: { kind: 'none' },
      allowedTenants: [],
      serviceHosts,
      openIdMetadataUrl: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
      loginUrl: 'https://login.microsoftonline.com',
      webUrl: 'https://teams.microsoft.com',
    },
    { inbox, notes: createMemoryNotes(), log: createRecordingLog(), clock: () => new Date() },
  );
  await platform.start();
  const url = await listen((request, response) => platform.webhook?.handle(request, response));
  const deliver = async (activity: Json, headers: Readonly<Record<string, string>> = {}) => {
    const response = await fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(activity),
    });
    return { status: response.status, body: await response.text() };
  };
  return { inbox, platform, deliver };
}

const bare = (serviceUrl: string, fields: Json = {}): Json => ({
  type: 'message',
  id: 'a1b2c3d4-0000-4000-8000-000000000000',
  channelId: 'emulator',
  serviceUrl,
  from: { id: 'user-1', name: 'User', role: 'user' },
  recipient: { id: 'bot-1', name: 'Bot', role: 'bot' },
  conversation: { id: 'c0ffee00-0000-4000-8000-000000000000|livechat' },
  text: 'My VPN fails',
  ...fields,
});

test('a bare activity of an emulator is stored, and gets an answer', async () => {
  const connector = await startConnector();
  const { inbox, platform, deliver } = await startApp([new URL(connector.url).host]);
  expect(await deliver(bare(connector.url))).toEqual({ status: 200, body: '' });
  const [message] = inbox.messages;
  expect(message).toMatchObject({ text: 'My VPN fails', place: 'direct', addressed: true });
  if (message === undefined) return;
  expect(await platform.person(message.authorRef)).toMatchObject({ email: 'alex@x.example', outsider: false });
  const reply = { parts: [{ kind: 'text', text: 'Restart it.' }], buttons: ['solved'] } as const;
  await platform.post(message.address, { turnId: '7', reply, again: false });
  expect(connector.sent).toMatchObject([
    { path: '/v3/conversations/c0ffee00-0000-4000-8000-000000000000|livechat/activities', authorization: undefined },
  ]);
  const { attachments } = Object(connector.sent[0]?.body) as { attachments: readonly { content: Card }[] };
  const pressed = await deliver(
    bare(connector.url, { text: '', value: attachments[0]?.content.actions[0]?.data, id: 'press-1' }),
  );
  expect(pressed.status).toBe(200);
  expect(inbox.clicks).toMatchObject([{ action: 'solved', turnId: '7', personRef: message.authorRef }]);
});

test('a tenant and a directory that an emulator tells are taken as told', async () => {
  const connector = await startConnector();
  const { inbox, platform, deliver } = await startApp([new URL(connector.url).host]);
  const conversation = { id: '19:g@thread.v2', isGroup: true, tenantId: '00000000-0000-0000-0000-0000000000001' };
  await deliver(
    bare(connector.url, {
      conversation,
      from: { id: 'user-1', aadObjectId: 'aad-1' },
      entities: [{ type: 'mention', text: '<at>Bot</at>', mentioned: { id: 'bot-1', name: 'Bot' } }],
      text: '<at>Bot</at> help',
    }),
  );
  expect(inbox.messages).toMatchObject([
    { text: 'help', addressed: true, place: 'channel', authorRef: `teams/${conversation.tenantId}/aad-1` },
  ]);
  expect(await platform.person(inbox.messages[0]?.authorRef ?? '')).toMatchObject({ outsider: false });
});

test('what the bot itself writes, or a web page sends, is not taken in', async () => {
  const connector = await startConnector();
  const { inbox, deliver } = await startApp([new URL(connector.url).host]);
  expect((await deliver(bare(connector.url, { from: { id: 'bot-1' } }))).status).toBe(200);
  expect(await deliver(bare(connector.url), { origin: 'https://evil.example' })).toEqual({ status: 403, body: '' });
  expect(await deliver(bare(connector.url), { 'content-type': 'text/plain' })).toEqual({ status: 403, body: '' });
  expect(inbox.messages).toEqual([]);
});
