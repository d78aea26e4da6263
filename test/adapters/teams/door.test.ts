import { type DoorSettings, judge, type Knock } from '../../../adapters/teams/door.ts';
import { personal, tenantId } from './deliveries.ts';

const settings = {
  allowedTenants: [tenantId],
  serviceHosts: ['smba.trafficmanager.net', '.botframework.com', '127.0.0.1:3105'],
  emulatedTenant: null,
};
const bearer = (claims: object) =>
  `Bearer e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2lnbmF0dXJl`;
const authorization = bearer({ iss: 'https://api.botframework.com' });
const statusOf = (activity: unknown, how: Partial<DoorSettings & { headers: Knock['headers'] }> = {}) => {
  const { headers = { authorization }, ...changed } = how;
  const body = typeof activity === 'string' ? activity : JSON.stringify(activity);
  const verdict = judge({ headers, body }, { ...settings, ...changed });
  return 'status' in verdict ? verdict.status : 200;
};

test('what Teams sends is let in as it is', () => {
  expect(judge({ headers: { authorization }, body: JSON.stringify(personal()) }, settings)).toEqual({
    activity: personal(),
  });
});

test.each(['', 'null', '[]', '{', '"x"', '{}', '{"type":7}', '{"type":""}'])('no activity: %j', (body) => {
  expect(statusOf(body)).toBe(400);
});

test.each([
  '',
  'Bearer',
  'Bearer x',
  'Bearer a.b.c',
  'Basic e30.e30.e30',
  bearer({}),
  bearer({ iss: 7 }),
  bearer({ iss: 'https://sts.windows.net/11111111-1111-1111-1111-111111111111/' }),
  bearer({ iss: ['https://api.botframework.com'] }),
  'Bearer e30.bnVsbA.e30',
])('a token of nobody we know: %j', (token) => {
  expect(statusOf(personal(), { headers: { authorization: token } })).toBe(401);
});

test.each(['webchat', 'emulator', 'msteams ', '', undefined, 7])('another channel: %j', (channel) => {
  expect(statusOf(personal({ channelId: channel }))).toBe(403);
});

test.each([
  'https://smba.trafficmanager.net/emea/',
  'https://europe.botframework.com',
  'https://127.0.0.1:3105/',
  'http://127.0.0.1:3105/emea/',
])('service of the list: %s', (serviceUrl) => {
  expect(statusOf(personal({ serviceUrl }))).toBe(200);
});

test.each([
  undefined,
  '',
  'smba.trafficmanager.net',
  'http://smba.trafficmanager.net/',
  'https://evil.example/smba.trafficmanager.net',
  'https://smba.trafficmanager.net.evil.example/',
  'https://smba.trafficmanager.net@evil.example/',
  'https://user:word@smba.trafficmanager.net/',
  'https://evilbotframework.com/',
  'http://127.0.0.1:3106/',
  'http://127.0.0.1/',
  'ftp://smba.trafficmanager.net/',
])('service not of the list: %j', (serviceUrl) => {
  expect(statusOf(personal({ serviceUrl }))).toBe(403);
});

test('plain http is for this machine only, whatever the list has', () => {
  const serviceHosts = ['example.com:8080'];
  expect(statusOf(personal({ serviceUrl: 'http://example.com:8080/' }), { serviceHosts })).toBe(403);
  expect(statusOf(personal({ serviceUrl: 'https://example.com:8080/' }), { serviceHosts })).toBe(200);
});

test('the tenant is that of the conversation, else that of the channel data', () => {
  const other = { conversationType: 'personal', id: 'a:1', tenantId: 'another' };
  expect(statusOf(personal({ conversation: other }))).toBe(403);
  expect(statusOf(personal({ conversation: { id: 'a:1' } }))).toBe(200);
  expect(statusOf(personal({ conversation: { id: 'a:1' }, channelData: { tenant: { id: 'another' } } }))).toBe(403);
  expect(statusOf(personal({ conversation: { id: 'a:1' }, channelData: undefined }))).toBe(403);
  expect(statusOf(personal({ conversation: null, channelData: null }))).toBe(403);
});

test('letters’ case is nothing to tenants', () => {
  const allowedTenants = ['ABCDEF00-1111-1111-1111-111111111111'];
  const conversation = { id: 'a:1', tenantId: 'abcdef00-1111-1111-1111-111111111111' };
  expect(statusOf(personal({ conversation }), { allowedTenants })).toBe(200);
});

describe('where nothing is verified', () => {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  const open = { emulatedTenant: 'emulator', headers };

  test('no token is asked for, and all else is', () => {
    expect(statusOf(personal(), open)).toBe(200);
    expect(statusOf(personal({ channelId: 'emulator' }), open)).toBe(200);
    expect(statusOf(personal({ channelId: 'webchat' }), open)).toBe(403);
    expect(statusOf(personal({ serviceUrl: 'https://evil.example/' }), open)).toBe(403);
    expect(statusOf(personal({ conversation: { id: 'a:1', tenantId: 'another' } }), open)).toBe(403);
  });

  test('with no list of tenants any may write', () => {
    const any = { ...open, allowedTenants: [] };
    expect(statusOf(personal({ conversation: { id: 'a:1', tenantId: 'another' } }), any)).toBe(200);
    expect(statusOf(personal({ conversation: { id: 'a:1', tenantId: 'a/b' } }), any)).toBe(403);
    expect(statusOf(personal(), { ...settings, allowedTenants: [] })).toBe(403);
  });

  test('what names no tenant is of the one that is set', () => {
    const bare = personal({ conversation: { id: 'a:1' }, channelData: undefined });
    expect(statusOf(bare, { ...open, emulatedTenant: tenantId })).toBe(200);
    expect(statusOf(bare, open)).toBe(403);
    expect(statusOf(bare, { ...open, allowedTenants: [] })).toBe(200);
  });

  test.each([
    { ...headers, origin: 'https://evil.example' },
    { ...headers, origin: 'http://localhost.evil.example:56150' },
    // what a name leads to is up to its owner
    { ...headers, origin: 'http://evil.example:3000', host: 'evil.example:3000' },
    { ...headers, origin: 'null' },
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/jsonp' },
    {},
  ])('no web page may write: %j', (sent) => {
    expect(statusOf(personal(), { ...open, headers: sent })).toBe(403);
  });

  test('a page of this machine may', () => {
    for (const origin of ['http://localhost:56150', 'http://127.0.0.1:3979', 'http://[::1]:1']) {
      expect(statusOf(personal(), { ...open, headers: { ...headers, origin } })).toBe(200);
    }
  });
});

test('where all is verified the token says enough', () => {
  const headers = { authorization, 'content-type': 'text/plain', origin: 'https://evil.example' };
  expect(statusOf(personal(), { headers })).toBe(200);
});
