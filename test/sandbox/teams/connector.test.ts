import type { Json } from '../../../sandbox/teams/contract.ts';
import type { TeamsSandbox } from '../../../sandbox/teams/index.ts';
import { activitiesOf, ana, askToken, bob, cardOf, connectorOf, gus, startAcme, until } from './acme.ts';

let teams: TeamsSandbox;
let call: Awaited<ReturnType<typeof connectorOf>>;
beforeEach(async () => {
  teams = await startAcme({ pageUrl: 'http://127.0.0.1:3100' });
  call = await connectorOf(teams);
});
afterEach(() => teams.close());

const text = (words: string): Json => ({ type: 'message', text: words });
const codeOf = ({ json }: { json: Json }) => (json['error'] as Json | undefined)?.['code'];

test('the token endpoint gives an hour, and says what is wrong as Entra does', async () => {
  const good = await askToken(teams);
  expect(good.status).toBe(200);
  expect(await good.json()).toMatchObject({ token_type: 'Bearer', expires_in: 3599, access_token: expect.any(String) });
  const answers = await Promise.all([
    askToken(teams, { client_secret: 'wrong' }),
    askToken(teams, { client_id: 'other' }),
    askToken(teams, { scope: 'https://graph.microsoft.com/.default' }),
    askToken(teams, { grant_type: 'password' }),
    askToken(teams, {}, 'other-tenant'),
  ]);
  const bodies = (await Promise.all(answers.map((answer) => answer.json()))) as Json[];
  expect(bodies.map(({ error, error_codes: codes }, at) => [answers[at]?.status, error, codes])).toEqual([
    [401, 'invalid_client', [7000215]],
    [400, 'unauthorized_client', [700016]],
    [400, 'invalid_scope', [1002012]],
    [400, 'unsupported_grant_type', [70003]],
    [400, 'invalid_request', [90002]],
  ]);
  expect(bodies[0]?.['error_description']).toMatch(/^AADSTS7000215: Invalid client secret provided\. .+ Trace ID: /);
  expect(JSON.stringify(teams.calls)).not.toContain(teams.appPassword);
});

test('the connector wants the bearer that the endpoint gave', async () => {
  const path = activitiesOf(teams.personal(ana));
  const [header = '', claims = '', signature = ''] = await validToken();
  const forged = [
    header,
    Buffer.from(JSON.stringify({ ...decode(claims), exp: 9e9 })).toString('base64url'),
    signature,
  ];
  for (const bearer of ['', 'garbage', forged.join('.')])
    expect(await call('POST', path, text('hi'), bearer)).toMatchObject({ status: 401 });
  expect(teams.messages(teams.personal(ana))).toEqual([]);
});

async function validToken(): Promise<string[]> {
  const { access_token: token } = (await (await askToken(teams)).json()) as { access_token: string };
  return token.split('.');
}
function decode(part: string): Json {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Json;
}

test('messages go to chats and threads, whatever they reply to', async () => {
  const help = teams.chatOf('C0HELP');
  const root = await teams.say({ as: ana, chat: help, text: 'hello' });
  const changes: unknown[] = [];
  teams.on((change) => changes.push(change));
  const sent = await call('POST', activitiesOf(`${help};messageid=${root}`, 'whatever'), text('**hi**'));
  const id = String(sent.json['id']);
  expect(sent.status).toBe(201);
  expect(teams.message(help, id)).toMatchObject({ from: null, threadId: root, text: '**hi**', textFormat: 'markdown' });
  const top = await call('POST', activitiesOf(help), text('news'));
  expect(teams.message(help, String(top.json['id']))).not.toHaveProperty('threadId');
  expect(changes).toContainEqual({ type: 'message', chat: help, id, threadId: root });
  expect(Number(top.json['id'])).toBeGreaterThan(Number(id));
  expect(await call('POST', activitiesOf(`${help};messageid=17`), text('hi'))).toMatchObject({ status: 404 });
  expect(codeOf(await call('POST', activitiesOf('19:none@thread.tacv2'), text('hi')))).toBe('ConversationNotFound');
});

test('typing is shown until the message', async () => {
  const personal = teams.personal(ana);
  expect(await call('POST', activitiesOf(personal), { type: 'typing' })).toMatchObject({ status: 202 });
  expect(teams.isTyping(personal)).toBe(true);
  await call('POST', activitiesOf(personal), text('there'));
  expect(teams.isTyping(personal)).toBe(false);
});

test('a message can be changed and deleted, by the app that sent it', async () => {
  const personal = teams.personal(ana);
  const { json } = await call('POST', activitiesOf(personal), cardOf());
  const id = String(json['id']);
  const update = { ...text('changed'), channelData: { feedbackLoop: { type: 'default' } } };
  expect(await call('PUT', activitiesOf(personal, id), update)).toMatchObject({ status: 200, json: { id } });
  expect(teams.message(personal, id)).toMatchObject({ text: 'changed', attachments: [], edited: true });
  expect(await call('PUT', activitiesOf(personal, id), text('again'))).toMatchObject({ status: 200 });
  expect(teams.message(personal, id)).not.toHaveProperty('channelData');
  const theirs = await teams.say({ as: ana, chat: personal, text: 'mine' });
  expect(await call('PUT', activitiesOf(personal, theirs), text('yours'))).toMatchObject({ status: 403 });
  expect(await call('DELETE', activitiesOf(personal, theirs))).toMatchObject({ status: 403 });
  expect(await call('DELETE', activitiesOf(personal, id))).toMatchObject({ status: 200, text: '' });
  expect(teams.message(personal, id)).toMatchObject({ deleted: true, text: '' });
  for (const gone of [id, '1700000011000'])
    for (const method of ['PUT', 'DELETE'])
      expect(codeOf(await call(method, activitiesOf(personal, gone), text('x')))).toBe(
        'ActivityNotFoundInConversation',
      );
});

const entity = (change: Json = {}): Json => ({ type: 'https://schema.org/Message', '@type': 'Message', ...change });
const claim = (position: number, change: Json = {}): Json => ({
  '@type': 'Claim',
  position,
  appearance: { '@type': 'DigitalDocument', name: 'VPN', abstract: 'How to', ...change },
});
const claims = (count: number) => Array.from({ length: count }, (_, at) => claim(at + 1));
const long = (count: number) => ({ body: [{ type: 'TextBlock', text: 'x'.repeat(count) }] });

test.each<[string, unknown, number]>([
  ['no type', { text: 'hi' }, 400],
  ['an unknown type', { type: 'trace' }, 400],
  ['no content', { type: 'message' }, 400],
  ['an attachment without a type', { type: 'message', attachments: [{ content: {} }] }, 400],
  ['an unknown attachment', { type: 'message', attachments: [{ contentType: 'text/csv', content: 'a' }] }, 400],
  ['text of a wrong kind', { type: 'message', text: 1 }, 400],
  ['HTML as its format', { ...text('x'), textFormat: 'html' }, 400],
  ['more than 100 KB in UTF-16', text('x'.repeat(51_200)), 413],
  ['a card of version 1.6', cardOf({ version: '1.6' }), 400],
  ['a card without a version', cardOf({ version: undefined }), 400],
  ['a card over 28 kB', cardOf(long(28 * 1024)), 413],
  ['two root entities', { ...text('x'), entities: [entity(), entity()] }, 400],
  ['21 citations', { ...text('x'), entities: [entity({ citation: claims(21) })] }, 400],
  ['a citation without a name', { ...text('x'), entities: [entity({ citation: [claim(1, { name: '' })] })] }, 400],
  ['a mention that the text lacks', { ...text('x'), entities: [{ type: 'mention', text: '<at>Bob</at>' }] }, 400],
])('a message with %s is refused', async (_name, activity, status) => {
  const personal = teams.personal(ana);
  expect(await call('POST', activitiesOf(personal), activity)).toMatchObject({ status });
  const { json } = await call('POST', activitiesOf(personal), text('before'));
  expect(await call('PUT', activitiesOf(personal, String(json['id'])), activity)).toMatchObject({ status });
  expect(teams.messages(personal).map((message) => message.text)).toEqual(['before']);
});

test('what is just within the limits is taken', async () => {
  const path = activitiesOf(teams.personal(ana));
  const within = [
    text('x'.repeat(51_000)),
    cardOf({ version: '1.4', ...long(28_000) }),
    { ...text('x'), entities: [entity({ citation: claims(20) })] },
    { ...text('hi <at>Bob</at>'), entities: [{ type: 'mention', text: '<at>Bob</at>', mentioned: { id: '29:1' } }] },
  ];
  for (const activity of within) expect(await call('POST', path, activity)).toMatchObject({ status: 201 });
  const tooBig = await call('POST', path, text('x'.repeat(60_000)));
  expect(codeOf(tooBig)).toBe('MessageSizeTooBig');
});

test('text and card in one become two messages without ids', async () => {
  const personal = teams.personal(ana);
  const both = { ...cardOf(), text: 'words' };
  expect(await call('POST', activitiesOf(personal), both)).toMatchObject({ status: 202, text: '' });
  expect(teams.messages(personal).map((message) => [message.text, message.attachments.length])).toEqual([
    ['words', 0],
    ['', 1],
  ]);
});

test('members by both ids, whole or in pages', async () => {
  const help = teams.chatOf('C0HELP');
  const at = (chat: string, rest: string) => `conversations/${encodeURIComponent(chat)}/${rest}`;
  const byUser = await call('GET', at(help, `members/${encodeURIComponent(teams.userIdOf(gus))}`));
  const byAad = await call('GET', at(`${help};messageid=1`, `members/${teams.aadIdOf(gus)}`));
  expect(byUser.json).toMatchObject({
    id: teams.userIdOf(gus),
    aadObjectId: teams.aadIdOf(gus),
    name: 'Gus Guest',
    email: 'gus@other.example',
    userRole: 'guest',
    tenantId: teams.tenantId,
  });
  expect(byAad.status).toBe(404); // no such thread
  expect((await call('GET', at(teams.chatOf('C0GEN'), `members/${teams.aadIdOf(gus)}`))).json).toEqual(byUser.json);
  expect(codeOf(await call('GET', at(teams.chatOf('leeds'), `members/${teams.aadIdOf(gus)}`)))).toBe(
    'MemberNotFoundInConversation',
  );
  expect((await call('GET', at(help, 'members/29:nobody'))).status).toBe(404);
  const staff = await call('GET', at(teams.chatOf('C0STAFF'), 'members'));
  expect(staff.json).toMatchObject([{ email: 'bob@acme.example', userRole: 'user' }]);
  expect((await call('GET', at(help, 'pagedmembers?continuationToken=x'))).status).toBe(400);
});

test('a page of members has fifty at least', async () => {
  await teams.close();
  const crowd = Array.from({ length: 120 }, (_, at) => ({
    slackId: `U${at}`,
    name: `P ${at}`,
    email: `p${at}@x.example`,
  }));
  teams = await startAcme({ people: crowd, channels: [{ id: 'C', name: 'general', members: 'all' }], groups: [] });
  call = await connectorOf(teams);
  const base = `conversations/${encodeURIComponent(teams.chatOf('C'))}/pagedmembers?pageSize=2`;
  const pages: number[] = [];
  const names = new Set<unknown>();
  let token: string | undefined = '';
  while (token !== undefined) {
    const { json } = await call('GET', `${base}&continuationToken=${token}`);
    const members = json['members'] as Json[];
    pages.push(members.length);
    for (const member of members) names.add(member['id']);
    token = json['continuationToken'] as string | undefined;
  }
  expect(pages).toEqual([50, 50, 20]);
  expect(names.size).toBe(120);
});

test('the team and its channels', async () => {
  const team = `teams/${encodeURIComponent(teams.chatOf('C0GEN'))}`;
  expect((await call('GET', team)).json).toMatchObject({ id: teams.chatOf('C0GEN'), name: 'Acme', memberCount: 3 });
  expect((await call('GET', `${team}/conversations`)).json).toEqual({
    conversations: [
      { id: teams.chatOf('C0GEN'), name: null, type: 'standard' },
      { id: teams.chatOf('C0HELP'), name: 'it-help', type: 'standard' },
    ],
  });
  expect((await call('GET', `teams/${encodeURIComponent(teams.chatOf('C0HELP'))}`)).status).toBe(404);
});

test('a personal chat is the same each time; a channel post opens a thread', async () => {
  const parameters = { members: [{ id: teams.userIdOf(bob) }], tenantId: teams.tenantId, isGroup: false };
  const first = await call('POST', 'conversations', parameters);
  const again = await call('POST', 'conversations', { ...parameters, activity: text('hi') });
  expect([first.status, first.json['id'], again.json['id']]).toEqual([201, teams.personal(bob), teams.personal(bob)]);
  expect(teams.message(teams.personal(bob), String(again.json['activityId']))).toMatchObject({ text: 'hi' });
  expect((await call('POST', 'conversations', { ...parameters, tenantId: 'other' })).status).toBe(403);
  expect((await call('POST', 'conversations', { ...parameters, members: [{ id: '29:x' }] })).status).toBe(404);
  expect((await call('POST', 'conversations', { ...parameters, members: [] })).status).toBe(400);

  const staff = teams.chatOf('C0STAFF');
  const post = { isGroup: true, channelData: { channel: { id: staff } }, activity: text('new card') };
  const { status, json } = await call('POST', 'conversations', post);
  expect([status, json['id']]).toEqual([201, `${staff};messageid=${String(json['activityId'])}`]);
  expect(teams.messages(staff)).toMatchObject([{ id: json['activityId'], text: 'new card' }]);
  expect((await call('POST', 'conversations', { ...post, activity: {} })).status).toBe(400);
});

test('after it was removed from a personal chat the app may not write there', async () => {
  const personal = teams.personal(ana);
  await teams.uninstall({ as: ana, chat: personal });
  expect(codeOf(await call('POST', activitiesOf(personal), text('hi')))).toBe('BotNotInConversationRoster');
  const parameters = { members: [{ id: teams.userIdOf(ana) }], tenantId: teams.tenantId };
  expect((await call('POST', 'conversations', parameters)).status).toBe(403);
  expect(teams.personal(ana)).toBe(personal);
  expect((await call('POST', activitiesOf(personal), text('hi'))).status).toBe(403);
});

const chunk = (sequence: number, words: string, change: Json = {}): Json => ({
  type: 'typing',
  text: words,
  entities: [{ type: 'streaminfo', streamType: 'streaming', streamSequence: sequence, ...change }],
});

test('a stream grows in a personal chat, in order, from what is there', async () => {
  const personal = teams.personal(ana);
  const path = activitiesOf(personal);
  const first = await call('POST', path, chunk(1, 'Searching…', { streamType: 'informative' }));
  const streamId = String(first.json['id']);
  expect(first.status).toBe(201);
  expect(await call('POST', path, chunk(2, 'Update', { streamId }))).toMatchObject({ status: 202, json: {} });
  expect(teams.message(personal, streamId)).toMatchObject({ text: 'Update' });
  const late = await call('POST', path, chunk(2, 'Update the', { streamId }));
  expect([late.status, codeOf(late)]).toEqual([202, 'ContentStreamSequenceOrderPreConditionFailed']);
  const other = await call('POST', path, chunk(3, 'Something else', { streamId }));
  expect([other.status, codeOf(other)]).toEqual([403, 'ContentStreamNotAllowed']);
  expect((await call('POST', path, chunk(1, 'A second one'))).status).toBe(403);
  const last = {
    type: 'message',
    text: 'Update it.',
    entities: [{ type: 'streaminfo', streamType: 'final', streamId }],
  };
  expect((await call('POST', path, last)).status).toBe(202);
  expect(teams.messages(personal)).toMatchObject([{ id: streamId, text: 'Update it.' }]);
  const over = await call('POST', path, chunk(4, 'Update it. Yes', { streamId }));
  expect(JSON.stringify(over.json)).toContain('already completed');
  expect((await call('POST', path, chunk(1, 'The next'))).status).toBe(201);
});

const informative = (sequence: number, words: string, change: Json = {}) =>
  chunk(sequence, words, { streamType: 'informative', ...change });
const final = (streamId: string): Json => ({
  type: 'message',
  text: 'Update it.',
  entities: [{ type: 'streaminfo', streamType: 'final', streamId }],
});

test('what the app says that it is doing is no message before its words are there', async () => {
  const personal = teams.personal(ana);
  const path = activitiesOf(personal);
  expect(teams.stream(personal)).toBeNull();
  const streamId = String((await call('POST', path, informative(1, 'Reading…'))).json['id']);
  expect(teams.stream(personal)).toEqual({ id: streamId, informative: 'Reading…' });
  await call('POST', path, informative(2, 'Checking…', { streamId }));
  expect([teams.stream(personal)?.informative, teams.messages(personal)]).toEqual(['Checking…', []]);
  expect(teams.message(personal, streamId)).toBeNull();
  expect((await call('POST', path, final(streamId))).status).toBe(202);
  expect([teams.stream(personal), teams.messages(personal).length]).toEqual([null, 1]);
});

test('whoever reads a stream may stop it: the app is told with its next part', async () => {
  const personal = teams.personal(ana);
  const path = activitiesOf(personal);
  expect(teams.stopStream({ as: ana, chat: personal })).toBe(false);
  const streamId = String((await call('POST', path, informative(1, 'Reading…'))).json['id']);
  expect(() => teams.stopStream({ as: bob, chat: personal })).toThrow();
  expect(teams.stopStream({ as: ana, chat: personal })).toBe(true);
  expect(teams.stream(personal)).toBeNull();
  for (const part of [informative(2, 'Checking…', { streamId }), final(streamId)]) {
    const refused = await call('POST', path, part);
    expect([refused.status, codeOf(refused)]).toEqual([403, 'ContentStreamNotAllowed']);
    expect(JSON.stringify(refused.json)).toContain('cancel');
  }
  expect(teams.messages(personal)).toEqual([]);
  expect((await call('POST', path, informative(1, 'The next'))).status).toBe(201);
});

test.each([
  ['cancelled', 403, 'cancel'],
  ['exceeded', 403, 'exceeded streaming time'],
  ['not-allowed', 403, 'not allowed'],
  ['rate-limited', 429, 'TooManyRequests'],
] as const)('the next part of a stream can be refused: %s', async (fault, status, words) => {
  const path = activitiesOf(teams.personal(ana));
  const streamId = String((await call('POST', path, informative(1, 'Reading…'))).json['id']);
  teams.failStream(fault);
  const refused = await call('POST', path, informative(2, 'Checking…', { streamId }));
  expect([refused.status, JSON.stringify(refused.json)]).toEqual([status, expect.stringContaining(words)]);
  // what is no stream is not hit
  teams.failStream(fault);
  expect((await call('POST', path, text('hi'))).status).toBe(201);
});

test('a stream that is over can still be changed as a message', async () => {
  const personal = teams.personal(ana);
  const streamId = String((await call('POST', activitiesOf(personal), informative(1, 'Reading…'))).json['id']);
  teams.failStream('exceeded');
  expect((await call('POST', activitiesOf(personal), final(streamId))).status).toBe(403);
  expect((await call('PUT', `${activitiesOf(personal)}/${streamId}`, text('Update it.'))).status).toBe(200);
  expect(teams.messages(personal)).toMatchObject([{ id: streamId, text: 'Update it.' }]);
});

test.each<[string, Json]>([
  ['that begins late', chunk(2, 'x')],
  ['without text', chunk(1, '')],
  ['without a sequence', chunk(1, 'x', { streamSequence: undefined })],
  ['whose message is not final', { ...chunk(1, 'x'), type: 'message' }],
  ['of another kind', chunk(1, 'x', { streamType: 'fast' })],
])('a stream %s is refused', async (_name, activity) => {
  expect((await call('POST', activitiesOf(teams.personal(ana)), activity)).status).toBe(400);
});

test('elsewhere there are no streams', async () => {
  for (const chat of [teams.chatOf('leeds'), teams.chatOf('C0HELP')]) {
    const refused = await call('POST', activitiesOf(chat), chunk(1, 'x'));
    expect([refused.status, codeOf(refused)]).toEqual([403, 'ContentStreamNotAllowed']);
  }
});

test('faults hit the connector and the token endpoint, and all is written down', async () => {
  const personal = teams.personal(ana);
  teams.faults.set({ match: '/activities', kind: 'rate-limit', retryAfterSeconds: 3, times: 1 });
  teams.faults.set({ match: '/activities', kind: 'status', status: 412, times: 1 });
  teams.faults.set({ match: '/activities', kind: 'drop-after', times: 1 });
  expect(await call('POST', activitiesOf(personal), text('1'))).toMatchObject({ status: 429 });
  expect(codeOf(await call('POST', activitiesOf(personal), text('2')))).toBe('PreconditionFailed');
  await expect(call('POST', activitiesOf(personal), text('3'))).rejects.toThrow();
  expect(teams.messages(personal).map((message) => message.text)).toEqual(['3']);
  await until(() => teams.calls.at(-1)?.status === null);
  expect(teams.calls.slice(-3).map(({ method, path, status }) => [method, path, status])).toEqual(
    [429, 412, null].map((status) => ['POST', `/emea/v3/conversations/${personal}/activities`, status]),
  );
  expect(teams.calls.at(-1)).toMatchObject({ body: { text: '3' }, answer: null });
  teams.faults.set({ match: '', kind: 'status', status: 503, times: 1 });
  expect((await fetch(teams.openIdMetadataUrl)).status).toBe(200);
  expect((await askToken(teams)).status).toBe(503);
});

test('deep links lead to the page', async () => {
  const [help, personal] = [teams.chatOf('C0HELP'), teams.personal(bob)];
  const root = await teams.say({ as: ana, chat: help, text: 'hello' });
  const reply = await teams.say({ as: bob, chat: help, text: 'hi', threadId: root });
  const own = await teams.say({ as: bob, chat: personal, text: 'hi' });
  const thread = `${root.slice(0, -3)}.${root.slice(-3)}000`;
  const [inHelp, inPersonal, opened, unknown] = await Promise.all([
    placeOf(`/l/message/${encodeURIComponent(help)}/${reply}?groupId=x`),
    placeOf(`/l/message/${personal}/${own}`),
    placeOf(`/l/chat/0/0?users=${encodeURIComponent(teams.botId)}`),
    placeOf(`/l/message/${personal}/1`),
  ]);
  expect(inHelp).toEqual({ app: 'teams', channel: help, thread });
  expect(inPersonal).toEqual({ app: 'teams', as: bob, channel: personal });
  expect(opened).toEqual({ app: 'teams', as: ana, channel: teams.personal(ana) });
  expect(unknown).toBeNull();
});

async function placeOf(link: string): Promise<unknown> {
  const { status, headers } = await fetch(`${teams.url}${link}`, { redirect: 'manual' });
  const location = headers.get('location');
  if (status !== 302 || location === null) return null;
  const [page, hash = ''] = location.split('#');
  expect(page).toBe('http://127.0.0.1:3100/');
  return Object.fromEntries(new URLSearchParams(hash));
}
