import type { TeamsChat } from '../../../adapters/teams/chat.ts';
import { createConnector } from '../../../adapters/teams/connections.ts';
import type { Outgoing } from '../../../adapters/teams/connector.ts';
import { createSdk } from '../../../adapters/teams/sdk.ts';
import { createFaults, listen } from '../../../sandbox/http.ts';
import { createRecordingLog } from '../slack/doubles.ts';

const faults = createFaults();
const calls: { method: string; path: string; body: Record<string, unknown> }[] = [];
let answer: { status: number; body: unknown; headers?: Record<string, string> };
let server: Awaited<ReturnType<typeof listen>>;

beforeEach(async () => {
  calls.length = 0;
  answer = { status: 201, body: { id: '1700000000001' } };
  server = await listen({
    port: 0,
    faults,
    async handle({ method, path, body }) {
      calls.push({ method, path: decodeURIComponent(path), body: body === '' ? {} : JSON.parse(body) });
      return answer;
    },
  });
});
afterEach(async () => {
  faults.clear();
  await server.close();
});

const chat = (): TeamsChat => ({
  id: '19:help@thread.tacv2',
  tenantId: 'tenant-1',
  serviceUrl: `${server.url}/emea/`,
  botId: '28:app-1',
  scope: 'channel',
  teamId: '19:team@thread.tacv2',
  isShared: false,
});
const connector = (hosts = [new URL(server.url).host]) => {
  const settings = {
    appId: 'app-1',
    tenantId: 'tenant-1',
    credentials: { kind: 'none' },
    allowedTenants: ['tenant-1'],
    serviceHosts: hosts,
    openIdMetadataUrl: `${server.url}/keys`,
    loginUrl: server.url,
    webUrl: server.url,
  } as const;
  return createConnector(createSdk(settings, { log: createRecordingLog(), clock: () => new Date() }), hosts);
};

const labelled: Outgoing = {
  type: 'message',
  text: 'Update the client [1].',
  entities: [
    {
      type: 'https://schema.org/Message',
      '@type': 'Message',
      '@context': 'https://schema.org',
      additionalType: ['AIGeneratedContent'],
      citation: [{ '@type': 'Claim', position: 1, appearance: { '@type': 'DigitalDocument', name: 'VPN' } }],
    },
  ],
  channelData: { feedbackLoop: { type: 'default' } },
};

test('entities arrive whole, in a new activity and in a changed one', async () => {
  const to = { chat: chat(), thread: '1700000000000' };
  expect(await connector().send(to, labelled)).toBe('1700000000001');
  await connector().update({ ...to, activityId: '1700000000001' }, labelled);
  expect(calls).toMatchObject([
    { method: 'POST', path: '/emea/v3/conversations/19:help@thread.tacv2;messageid=1700000000000/activities' },
    {
      method: 'PUT',
      path: '/emea/v3/conversations/19:help@thread.tacv2;messageid=1700000000000/activities/1700000000001',
    },
  ]);
  for (const { body } of calls) {
    expect(body).toMatchObject({ ...labelled, channelId: 'msteams', from: { id: '28:app-1' } });
  }
});

test.each([500, 502, 503, 429])('nothing is repeated: %d', async (status) => {
  answer = { status, body: { error: { code: 'Busy' } } };
  await expect(connector().send({ chat: chat(), thread: null }, labelled)).rejects.toMatchObject({
    name: 'RemoteError',
    message: `teams: send: HTTP status ${status} (Busy)`,
  });
  expect(calls).toHaveLength(1);
});

test('a connection that breaks off is not repeated either', async () => {
  faults.set({ match: '', kind: 'drop-after', times: 1 });
  await expect(connector().send({ chat: chat(), thread: null }, labelled)).rejects.toMatchObject({
    kind: 'unavailable',
  });
  expect(calls).toHaveLength(1);
});

test('nothing is sent to an address that is not on the list any more', async () => {
  await expect(
    connector(['smba.trafficmanager.net']).send({ chat: chat(), thread: null }, labelled),
  ).rejects.toMatchObject({
    kind: 'rejected',
  });
  expect(calls).toEqual([]);
});

test('no id is no failure: Teams tells none of some', async () => {
  answer = { status: 202, body: null };
  expect(await connector().send({ chat: chat(), thread: null }, labelled)).toBe('');
});

test('what is gone need not be changed or removed', async () => {
  answer = { status: 404, body: { error: { code: 'ActivityNotFoundInConversation' } } };
  const target = { chat: chat(), thread: null, activityId: '1' };
  await connector().update(target, labelled);
  await connector().remove(target);
  expect(calls.map(({ method }) => method)).toEqual(['PUT', 'DELETE']);
  await expect(connector().send(target, labelled)).rejects.toMatchObject({ kind: 'rejected' });
});

test('a member of a channel is asked for by its team, and tells all about them', async () => {
  answer = {
    status: 200,
    body: {
      id: '29:ana',
      name: 'Ana',
      objectId: 'aad',
      email: 'a@x.example',
      userPrincipalName: 'a@x',
      tenantId: 't',
      userRole: 'user',
    },
  };
  expect(await connector().member(chat(), '29:ana')).toEqual({
    id: '29:ana',
    aadObjectId: 'aad',
    name: 'Ana',
    email: 'a@x.example',
    userPrincipalName: 'a@x',
    tenantId: 't',
    userRole: 'user',
  });
  expect(calls[0]?.path).toBe('/emea/v3/conversations/19:team@thread.tacv2/members/29:ana');
});

test.each([403, 404])('nobody, as far as is told: %d', async (status) => {
  answer = { status, body: {} };
  expect(await connector().member(chat(), '29:ana')).toBeNull();
  expect(await connector().members(chat(), 100)).toBeNull();
});

test('more members than are wanted are not told', async () => {
  answer = { status: 200, body: { members: [{ id: '29:a' }, { id: '29:b' }] } };
  expect(await connector().members(chat(), 2)).toHaveLength(2);
  expect(await connector().members(chat(), 1)).toBeNull();
});

test('a new thread is named by where it is', async () => {
  answer = { status: 201, body: { id: '19:help@thread.tacv2;messageid=1700000000007', activityId: '1700000000007' } };
  expect(await connector().openThread(chat(), labelled)).toEqual({ thread: '1700000000007' });
  expect(calls[0]).toMatchObject({
    path: '/emea/v3/conversations',
    body: {
      isGroup: true,
      channelData: { channel: { id: '19:help@thread.tacv2' } },
      activity: { entities: labelled['entities'] },
    },
  });
});

test.each([403, 404])('no thread where we may not write: %d', async (status) => {
  answer = { status, body: { error: { code: 'BotNotInConversationRoster' } } };
  expect(await connector().openThread(chat(), labelled)).toBeNull();
  expect(calls).toHaveLength(1);
});

test('a thread whose first post is refused is a failure of the post', async () => {
  answer = { status: 400, body: { error: { code: 'BadSyntax' } } };
  await expect(connector().openThread(chat(), labelled)).rejects.toMatchObject({ kind: 'rejected' });
});

test('a chat with a person', async () => {
  answer = { status: 201, body: { id: 'a:1' } };
  expect(await connector().openPersonal(chat(), '29:ana')).toBe('a:1');
  expect(calls[0]?.body).toMatchObject({ isGroup: false, members: [{ id: '29:ana' }], tenantId: 'tenant-1' });
});
