import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import type { Json, TokenWish } from '../../../sandbox/teams/contract.ts';
import type { TeamsSandbox } from '../../../sandbox/teams/index.ts';
import { activitiesOf, ana, type App, askToken, bob, connectorOf, startAcme, startApp, until } from './acme.ts';

let app: App;
let teams: TeamsSandbox;
beforeEach(async () => {
  app = await startApp();
  teams = await startAcme();
  teams.connectApp(app.url);
});
afterEach(async () => {
  await teams.close();
  await app.close();
});

const messageNamed = (id: string) => until(() => app.of('message').find((activity) => activity['id'] === id));

test('a message of a channel has its thread, team, mentions and HTML', async () => {
  const help = teams.chatOf('C0HELP');
  const id = await teams.say({ as: ana, chat: help, text: '@Firstline is <b> down, @Bob Quill?\nsince 9' });
  const activity = await messageNamed(id);
  expect(activity).toMatchObject({
    channelId: 'msteams',
    serviceUrl: teams.serviceUrl,
    from: { id: teams.userIdOf(ana), name: 'Ana Poe', aadObjectId: teams.aadIdOf(ana) },
    recipient: { id: teams.botId, name: 'Firstline' },
    conversation: {
      id: `${help};messageid=${id}`,
      conversationType: 'channel',
      isGroup: true,
      tenantId: teams.tenantId,
    },
    text: '<at>Firstline</at> is <b> down, <at>Bob Quill</at>?\nsince 9',
    textFormat: 'plain',
    locale: 'en-GB',
    channelData: {
      channel: { id: help },
      team: { id: teams.chatOf('C0GEN') },
      tenant: { id: teams.tenantId },
    },
  });
  expect(teams.serviceUrl).toBe(`${teams.url}/emea/`);
  expect(activity['entities']).toEqual([
    { type: 'mention', text: '<at>Firstline</at>', mentioned: { id: teams.botId, name: 'Firstline' } },
    { type: 'mention', text: '<at>Bob Quill</at>', mentioned: { id: teams.userIdOf(bob), name: 'Bob Quill' } },
    expect.objectContaining({ type: 'clientInfo' }),
  ]);
  expect(activity['attachments']).toEqual([
    { contentType: 'text/html', content: expect.stringContaining('</span> is &lt;b&gt; down, ') },
  ]);
  expect(activity['timestamp']).toMatch(/Z$/);

  const reply = await teams.say({ as: bob, chat: help, text: 'here too', threadId: id });
  expect(await messageNamed(reply)).toMatchObject({
    conversation: { id: `${help};messageid=${id}` },
    replyToId: id,
    text: 'here too',
  });
  expect(teams.thread(help, id).map((message) => message.id)).toEqual([id, reply]);
});

test('a private channel, a group chat and a personal chat name themselves', async () => {
  const [staff, group, personal] = [teams.chatOf('C0STAFF'), teams.chatOf('leeds'), teams.personal(ana)];
  const ids = [
    await teams.say({ as: bob, chat: staff, text: 'one' }),
    await teams.say({ as: ana, chat: group, text: 'two' }),
    await teams.say({ as: ana, chat: personal, text: 'three' }),
  ];
  const [inStaff, inGroup, inPersonal] = await Promise.all(ids.map(messageNamed));
  expect(staff).toMatch(/^19:.+@thread\.tacv2$/);
  expect(inStaff).toMatchObject({ channelData: { channel: { id: staff, type: 'private' } } });
  expect(group).toMatch(/^19:.+@thread\.v2$/);
  expect(inGroup).toMatchObject({ conversation: { id: group, conversationType: 'groupChat' } });
  expect(personal).toMatch(/^a:/);
  expect(inPersonal).toMatchObject({ conversation: { id: personal, conversationType: 'personal' } });
  expect(inPersonal?.['conversation']).not.toHaveProperty('isGroup');
  await expect(teams.say({ as: ana, chat: staff, text: 'let me in' })).rejects.toThrow('is not in a chat');
  expect(teams.chats(ana).map(({ kind }) => kind)).toEqual(['personal', 'channel', 'channel', 'group']);
});

test('without consent only what mentions the app is delivered, outside personal chats', async () => {
  teams.delivery.rsc = false;
  const help = teams.chatOf('C0HELP');
  await teams.say({ as: ana, chat: help, text: 'among us' });
  const silent = await teams.say({ as: ana, chat: teams.chatOf('leeds'), text: 'among us' });
  await teams.edit({ as: ana, chat: teams.chatOf('leeds'), id: silent, text: 'still among us' });
  await messageNamed(await teams.say({ as: ana, chat: teams.personal(ana), text: 'to you' }));
  await messageNamed(await teams.say({ as: ana, chat: help, text: 'hello @firstline' }));
  expect(app.of('message').map((activity) => activity['text'])).toEqual(['to you', 'hello <at>Firstline</at>']);
  expect(app.of('messageUpdate')).toEqual([]);
});

test('edits, deletions, what is taken back, and reactions to the app', async () => {
  const personal = teams.personal(ana);
  const id = await teams.say({ as: ana, chat: personal, text: 'a password' });
  await teams.edit({ as: ana, chat: personal, id, text: 'no password' });
  await teams.remove({ as: ana, chat: personal, id });
  expect(teams.message(personal, id)).toMatchObject({ deleted: true, text: '' });
  await teams.undelete({ as: ana, chat: personal, id });
  expect(teams.message(personal, id)).toMatchObject({ edited: true, text: '<p>no password</p>' });
  const call = await connectorOf(teams);
  const { json } = await call('POST', activitiesOf(personal), { type: 'message', text: 'Try this' });
  const answerId = String(json['id']);
  await teams.react({ as: ana, chat: personal, id: answerId, name: 'like', on: true });
  await teams.react({ as: ana, chat: personal, id, name: 'like', on: true });
  expect(teams.message(personal, answerId)?.reactions).toEqual([{ name: 'like', users: [ana] }]);
  await teams.react({ as: ana, chat: personal, id: answerId, name: 'like', on: false });
  await until(() => app.of('messageReaction').length === 2);

  expect(app.of('messageUpdate')).toMatchObject([
    { id, text: 'no password', channelData: { eventType: 'editMessage' } },
    { id, text: 'no password', channelData: { eventType: 'undeleteMessage' } },
  ]);
  expect(app.of('messageDelete')).toMatchObject([{ id, channelData: { eventType: 'softDeleteMessage' } }]);
  expect(app.of('messageDelete')[0]).not.toHaveProperty('text');
  expect(app.of('messageReaction')).toMatchObject([
    { replyToId: answerId, reactionsAdded: [{ type: 'like' }] },
    { replyToId: answerId, reactionsRemoved: [{ type: 'like' }] },
  ]);
});

test('a quoted reply names what it quotes in its HTML only', async () => {
  const personal = teams.personal(ana);
  const first = await teams.say({ as: ana, chat: personal, text: 'VPN <down>' });
  const id = await teams.say({ as: ana, chat: personal, text: 'still', quotes: first });
  const activity = await messageNamed(id);
  expect(activity['text']).toBe('still');
  const [html] = activity['attachments'] as Json[];
  expect(html?.['content']).toContain(
    `<blockquote itemscope="" itemtype="http://schema.skype.com/Reply" itemid="${first}">`,
  );
  expect(html?.['content']).toContain('<p itemprop="preview">VPN &lt;down&gt;</p>');
});

test('the app hears where it is installed, and of a personal chat at its first use', async () => {
  const call = await connectorOf(teams);
  await until(() => app.of('installationUpdate').length === 3);
  const places = app.of('installationUpdate').map(({ conversation }) => (conversation as Json)['id']);
  expect(new Set(places)).toEqual(new Set([teams.chatOf('C0GEN'), teams.chatOf('C0STAFF'), teams.chatOf('leeds')]));
  const personal = teams.personal(ana);
  teams.personal(ana);
  await until(() => app.of('conversationUpdate').length > 0);
  expect(app.of('installationUpdate').at(-1)).toMatchObject({ action: 'add', conversation: { id: personal } });
  expect(app.of('conversationUpdate')).toMatchObject([{ membersAdded: [{ id: teams.botId }] }]);

  await teams.uninstall({ as: ana, chat: teams.chatOf('C0HELP') });
  await until(() => app.of('installationUpdate').find(({ action }) => action === 'remove'));
  const refused = await call('POST', activitiesOf(teams.chatOf('C0GEN')), { type: 'message', text: 'hi' });
  expect(refused).toMatchObject({ status: 403, json: { error: { code: 'BotNotInConversationRoster' } } });
  await teams.say({ as: ana, chat: teams.chatOf('C0HELP'), text: '@Firstline are you there?' });
  await teams.install({ as: ana, chat: teams.chatOf('C0HELP') });
  await until(() => app.of('installationUpdate').length === 6);
  expect(app.of('message')).toEqual([]);
  const taken = await call('POST', activitiesOf(teams.chatOf('C0GEN')), { type: 'message', text: 'hi' });
  expect(taken.status).toBe(201);
});

test('every activity is signed with a key of the metadata', async () => {
  await teams.say({ as: ana, chat: teams.personal(ana), text: 'hello' });
  const { headers } = await until(() => app.received.find(({ activity }) => activity['type'] === 'message'));
  const { header, claims, isSigned } = await opened(String(headers.authorization).replace('Bearer ', ''));
  expect(isSigned).toBe(true);
  expect(header).toMatchObject({ alg: 'RS256', endorsements: ['msteams'] });
  expect(claims).toMatchObject({
    iss: 'https://api.botframework.com',
    aud: teams.appId,
    serviceurl: teams.serviceUrl,
  });
});

test.each<[string, TokenWish, Json, boolean]>([
  ['of another issuer', { issuer: 'https://evil.example' }, { iss: 'https://evil.example' }, true],
  ['for another app', { audience: 'other' }, { aud: 'other' }, true],
  ['of another serviceUrl', { serviceUrl: 'https://evil.example/' }, { serviceurl: 'https://evil.example/' }, true],
  ['forged', { forged: true }, {}, false],
  ['of another channel', { endorsements: ['webchat'] }, {}, true],
  ["the app's own", { own: true }, { aud: 'https://api.botframework.com' }, true],
])('a token %s can be had', async (_name, token, claims, isSigned) => {
  const taken = await teams.deliverRaw({ text: 'let me in' }, { token });
  expect(taken.status).toBe(200);
  const { headers, activity } = await until(() => app.received.find(({ activity: { text } }) => text === 'let me in'));
  const found = await opened(String(headers.authorization).replace('Bearer ', ''));
  expect(activity).toMatchObject({ type: 'message', from: { aadObjectId: teams.aadIdOf(ana) } });
  expect(found.claims).toMatchObject(claims);
  expect(found.isSigned).toBe(isSigned);
  const endorsements = 'endorsements' in token ? token.endorsements : ['msteams'];
  expect(found.header['endorsements']).toEqual(endorsements);
});

test('a token may be expired, or missing', async () => {
  await teams.deliverRaw({ text: 'late' }, { token: { expired: true } });
  await teams.deliverRaw({ text: 'bare' }, { token: { none: true } });
  const [late, bare] = ['late', 'bare'].map((text) => app.received.find(({ activity }) => activity['text'] === text));
  const { claims } = await opened(String(late?.headers.authorization).replace('Bearer ', ''));
  expect(Number(claims['exp'])).toBeLessThan(Date.now() / 1000 - 300);
  expect(bare?.headers.authorization).toBeUndefined();
});

test('what is not taken comes again, the same to the letter', async () => {
  app.answer = ({ type }) => ({ status: type === 'message' && app.of('message').length < 3 ? 500 : 200 });
  const id = await teams.say({ as: ana, chat: teams.personal(ana), text: 'hello' });
  await until(() => teams.deliveries.find((delivery) => delivery.id === id && delivery.status === 200));
  const [first, ...others] = app.of('message');
  expect(others).toEqual([first, first]);
  const attempts = teams.deliveries.filter((delivery) => delivery.id === id);
  expect(attempts.map(({ attempt, status }) => [attempt, status])).toEqual([
    [1, 500],
    [2, 500],
    [3, 200],
  ]);
});

test('what is never taken, or refused, is given up', async () => {
  const personal = teams.personal(ana);
  app.answer = ({ text }) => ({ status: text === 'no' ? 403 : 502 });
  const tried = await teams.say({ as: ana, chat: personal, text: 'hello' });
  await until(() => teams.givenUp.length === 1);
  const refused = await teams.say({ as: ana, chat: personal, text: 'no' });
  await until(() => teams.givenUp.length === 2);
  expect(teams.givenUp).toEqual([tried, refused].map((id) => ({ chat: personal, id })));
  expect(app.of('message').map(({ text }) => text)).toEqual(['hello', 'hello', 'hello', 'no']);
});

test('an answer that takes too long is none, and the same comes while the first still runs', async () => {
  await teams.close();
  teams = await startAcme({ answerTimeoutMs: 100, retrySchedule: [0] });
  const release = Promise.withResolvers<void>();
  app.answer = async ({ type }) => {
    if (type === 'message' && app.of('message').length === 1) await release.promise;
    return {};
  };
  teams.connectApp(app.url);
  const id = await teams.say({ as: ana, chat: teams.personal(ana), text: 'hello' });
  await until(() => teams.deliveries.filter((delivery) => delivery.id === id).length === 2);
  release.resolve();
  expect(teams.deliveries.filter((delivery) => delivery.id === id).map(({ status }) => status)).toEqual([null, 200]);
  expect(teams.givenUp).toEqual([]);
});

test('activities wait for the app and for the end of a pause, in the order of their chat; copies are alike', async () => {
  teams.connectApp(null);
  const personal = teams.personal(ana);
  for (const text of ['1', '2', '3']) await teams.say({ as: ana, chat: personal, text });
  expect(app.of('message')).toEqual([]);
  teams.delivery.paused = true;
  teams.connectApp(app.url);
  teams.delivery.copies = 2;
  teams.delivery.delayMs = 1;
  await teams.say({ as: bob, chat: teams.personal(bob), text: 'other' });
  expect(app.of('message')).toEqual([]);
  teams.delivery.paused = false;
  await until(() => app.of('message').length === 8);
  const texts = app.of('message').map(({ text }) => text);
  expect(texts.filter((text) => text !== 'other')).toEqual(['1', '1', '2', '2', '3', '3']);
  expect(texts.filter((text) => text === 'other')).toHaveLength(2);
});

test('files: a link in a personal chat, pictures for the bearer, nothing else in channels', async () => {
  const call = await connectorOf(teams);
  const log = teams.upload({ as: ana, name: 'vpn.log', mimetype: 'text/plain', bytes: Buffer.from('down') });
  const shot = teams.upload({ as: ana, name: 'a.png', mimetype: 'image/png', bytes: Buffer.from('png') });
  const files = [log.id, shot.id];
  const inPersonal = await messageNamed(await teams.say({ as: ana, chat: teams.personal(ana), text: 'see', files }));
  const [link, picture] = inPersonal['attachments'] as Json[];
  expect(link).toMatchObject({ contentType: 'application/vnd.microsoft.teams.file.download.info', name: 'vpn.log' });
  const downloadUrl = String((link?.['content'] as Json | undefined)?.['downloadUrl']);
  expect(await (await fetch(downloadUrl)).text()).toBe('down');
  expect((await fetch(`${downloadUrl}x`)).status).toBe(401);
  expect(picture).toEqual({
    contentType: 'image/*',
    contentUrl: `${teams.serviceUrl}v3/attachments/${shot.id}/views/original`,
  });
  expect((await fetch(String(picture?.['contentUrl']))).status).toBe(401);
  const { access_token: bearer } = (await (await askToken(teams)).json()) as { access_token: string };
  const bytes = await fetch(String(picture?.['contentUrl']), { headers: { authorization: `Bearer ${bearer}` } });
  expect([bytes.status, bytes.headers.get('content-type'), await bytes.text()]).toEqual([200, 'image/png', 'png']);
  expect((await call('GET', 'attachments/none/views/original')).status).toBe(404);

  const inHelp = await messageNamed(await teams.say({ as: ana, chat: teams.chatOf('C0HELP'), text: 'see', files }));
  expect(inHelp['attachments']).toEqual([
    picture,
    { contentType: 'text/html', content: `<p>see</p><attachment id="${log.id}"></attachment>` },
  ]);
});

/** Reads and verifies a token against the served keys; the key's endorsements stand in `header`. */
async function opened(token: string): Promise<{ header: Json; claims: Json; isSigned: boolean }> {
  const metadata = (await (await fetch(teams.openIdMetadataUrl)).json()) as { jwks_uri: string };
  const { keys } = (await (await fetch(metadata.jwks_uri)).json()) as {
    keys: (JsonWebKey & { endorsements: string[] })[];
  };
  const [head = '', body = '', signature = ''] = token.split('.');
  const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as Json;
  const key = keys.find(({ kid }) => kid === header['kid']);
  if (key === undefined) throw new Error('the key is not served');
  const publicKey = createPublicKey({ key, format: 'jwk' });
  const signed = Buffer.from(`${head}.${body}`);
  return {
    header: { ...header, endorsements: key.endorsements },
    claims: JSON.parse(Buffer.from(body, 'base64url').toString()) as Json,
    isSigned: verify('sha256', signed, publicKey, Buffer.from(signature, 'base64url')),
  };
}
