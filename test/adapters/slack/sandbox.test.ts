import { createSlack } from '../../../adapters/slack/index.ts';
import { scopes } from '../../../adapters/slack/usage.ts';
import { startSlack } from '../../../sandbox/slack/index.ts';
import { createRecordingInbox, createRecordingLog, listen, until } from './doubles.ts';
import type { Form } from '#domain/form.ts';
import type { Reply } from '#domain/reply.ts';

const people = [
  { slackId: 'U0ANA0001', name: 'Ana Silva', email: 'ana@example.com' },
  { slackId: 'U0BEN0001', name: 'Ben Okafor', email: 'ben@example.com', guest: true },
  { slackId: 'U0OUT0001', name: 'Olga Outside', email: 'olga@other.example', foreignTeamId: 'T0OTHER01' },
];
const channels = [
  { id: 'C0HELP001', name: 'help-it' },
  { id: 'C0SHARED1', name: 'shared', isExtShared: true, members: ['U0ANA0001', 'U0OUT0001'] },
];

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function start(socketMode: boolean, granted = scopes) {
  const sandbox = await startSlack({
    people,
    channels,
    company: 'Northwind',
    socketMode,
    scopes: granted,
    retrySchedule: [0, 0, 0],
    answerTimeoutMs: 1000,
    subscriptions: ['app_mention', 'message.channels', 'message.groups', 'message.im'],
  });
  closing.push(() => sandbox.close());
  const inbox = createRecordingInbox();
  const log = createRecordingLog();
  const { botToken, signingSecret, appToken, apiUrl } = sandbox;
  const slack = createSlack(
    { botToken, apiUrl, signingSecret: socketMode ? null : signingSecret, appToken: socketMode ? appToken : null },
    { inbox, log, clock: () => new Date() },
  );
  const server = await listen((request, response) => slack.webhook?.handle(request, response));
  closing.push(
    () => server.close(),
    () => slack.stop(),
  );
  await slack.start();
  if (!socketMode) sandbox.connectApp(`${server.url}/slack/events`);
  return { sandbox, inbox, log, slack };
}

describe.each([
  ['by HTTP', false],
  ['by Socket Mode', true],
])('the sandbox’s Slack, %s', (_, socketMode) => {
  test('a mention comes twice with one message id; edits and deletions follow', async () => {
    const { sandbox, inbox, log } = await start(socketMode);
    const at = { as: 'U0ANA0001', channel: 'C0HELP001' };
    const ts = await sandbox.say({ ...at, text: '@Firstline my VPN drops & dies <often>' });
    await until(() => inbox.messages.length === 2);
    const [first, second] = inbox.messages;
    expect(first).toEqual({
      id: `${sandbox.teamId}/C0HELP001/${ts}`,
      eventId: expect.stringMatching(/^slack\/Ev/),
      address: { platform: 'slack', ref: `${sandbox.teamId}/C0HELP001/${ts}` },
      place: 'channel',
      authorRef: `slack/${sandbox.teamId}/U0ANA0001`,
      text: 'my VPN drops & dies <often>',
      sentAt: new Date(Math.floor(Number(ts) * 1000)),
      addressed: true,
      files: [],
    });
    expect(second).toEqual({ ...first, eventId: second!.eventId });
    expect(second!.eventId).not.toBe(first!.eventId);

    await sandbox.edit({ ...at, ts, text: '@Firstline my VPN is slow' });
    await sandbox.remove({ ...at, ts });
    await until(() => inbox.changes.length === 2);
    expect(inbox.changes).toMatchObject([
      { messageId: first!.id, text: 'my VPN is slow' },
      { messageId: first!.id, text: null },
    ]);
    expect(log.lines.filter(({ level }) => level === 'warn' || level === 'error')).toEqual([]);
  });

  test('what is not stored is delivered again', async () => {
    const { sandbox, inbox } = await start(socketMode);
    inbox.fail = new Error('the database is gone');
    await sandbox.say({ as: 'U0ANA0001', channel: sandbox.dm('U0ANA0001'), text: 'my laptop is dead' });
    await until(() => inbox.came === 1);
    inbox.fail = null;
    await until(() => inbox.messages.length === 1);
    expect(inbox.messages).toMatchObject([{ text: 'my laptop is dead', place: 'direct' }]);
  });

  test('a post of ours is shown once, its button works, and its change is seen', async () => {
    const { sandbox, inbox, slack } = await start(socketMode);
    const channel = sandbox.dm('U0ANA0001');
    const ts = await sandbox.say({ as: 'U0ANA0001', channel, text: 'how do I reset my password?' });
    await until(() => inbox.messages.length === 1);
    const { address } = inbox.messages[0]!;
    const reply: Reply = {
      parts: [
        { kind: 'text', text: 'This is what the guide says:' },
        { kind: 'quote', markdown: '1. Open **Account**.\n2. Choose <New password>.' },
      ],
      buttons: ['solved', 'get-human'],
    };
    await slack.showWorking(address, 'searching');
    expect(sandbox.status(channel, ts)).toBe('is searching the IT guides…');
    const ref = await slack.post(address, { turnId: '42', reply, again: false });
    expect(await slack.post(address, { turnId: '42', reply, again: true })).toBe(ref);
    expect(sandbox.status(channel, ts)).toBe('');
    const [, posted, ...more] = sandbox.thread(channel, ts);
    expect(more).toEqual([]);
    expect(posted).toMatchObject({ text: 'This is what the guide says: Open Account.', bot_id: sandbox.botId });

    expect(await sandbox.click({ as: 'U0ANA0001', channel, ts: posted!.ts, actionId: 'solved' })).toBe(200);
    expect(inbox.clicks).toMatchObject([
      { turnId: '42', action: 'solved', personRef: `slack/${sandbox.teamId}/U0ANA0001` },
    ]);

    const solved: Reply = { parts: [...reply.parts, { kind: 'note', text: 'Marked as solved.' }], buttons: [] };
    await slack.update(address, ref, solved);
    await slack.update(address, ref, solved);
    expect(sandbox.thread(channel, ts)[1]).toMatchObject({
      metadata: { event_payload: { turn_id: '42' } },
      blocks: [{ type: 'section' }, { type: 'markdown' }, { type: 'context' }],
    });
    expect(await slack.permalink(address)).toContain(ts.replace('.', ''));
    expect(inbox.messages).toHaveLength(1);
  });

  test('a press opens a form, and what is entered comes back as a click of the same turn', async () => {
    const { sandbox, inbox, log, slack } = await start(socketMode);
    const channel = sandbox.dm('U0ANA0001');
    const ts = await sandbox.say({ as: 'U0ANA0001', channel, text: 'my laptop is dead' });
    await until(() => inbox.messages.length === 1);
    const { address } = inbox.messages[0]!;
    const reply: Reply = { parts: [{ kind: 'text', text: 'Hm.' }], buttons: ['get-human'] };
    await slack.post(address, { turnId: '42', reply, again: false });
    inbox.pressed = { ...inbox.pressed, form };
    const post = sandbox.thread(channel, ts)[1]!.ts;
    expect(await sandbox.click({ as: 'U0ANA0001', channel, ts: post, actionId: 'get_human' })).toBe(200);
    await until(() => sandbox.modal('U0ANA0001') !== null);
    expect(sandbox.modal('U0ANA0001')).toMatchObject({
      title: { text: 'Your request' },
      callback_id: 'firstline_form',
    });

    const values = { summary: { value: 'It does <not> wake & is hot' }, urgency: { value: 'low' } };
    expect(await sandbox.submitView({ as: 'U0ANA0001', values })).toEqual({ status: 200, errors: null, problem: null });
    expect(sandbox.modal('U0ANA0001')).toBeNull();
    const person = { turnId: '42', address, personRef: `slack/${sandbox.teamId}/U0ANA0001` };
    expect(inbox.clicks).toMatchObject([
      { ...person, action: 'get-human', values: null },
      {
        ...person,
        action: 'details',
        values: { summary: 'It does <not> wake & is hot', tried: '', urgency: 'low' },
      },
    ]);
    expect(log.lines.filter(({ level }) => level === 'warn' || level === 'error')).toEqual([]);
  });

  test('why a press counts for nothing is said to who pressed, in the thread, and to nobody else', async () => {
    const { sandbox, inbox, log, slack } = await start(socketMode);
    const at = { as: 'U0ANA0001', channel: 'C0HELP001' };
    const ts = await sandbox.say({ ...at, text: '@Firstline my laptop is dead' });
    await until(() => inbox.messages.length > 0);
    const reply: Reply = { parts: [{ kind: 'text', text: 'Hm.' }], buttons: ['solved'] };
    await slack.post(inbox.messages[0]!.address, { turnId: '42', reply, again: false });
    inbox.pressed = { ...inbox.pressed, refusal: 'Only who asked can say that it is solved.' };
    const post = sandbox.thread(at.channel, ts)[1]!.ts;
    expect(await sandbox.click({ as: 'U0BEN0001', channel: at.channel, ts: post, actionId: 'solved' })).toBe(200);
    await until(() => sandbox.whispers(at.channel, 'U0BEN0001').length > 0);
    expect(sandbox.whispers(at.channel, 'U0BEN0001')).toMatchObject([
      { text: 'Only who asked can say that it is solved.', thread_ts: ts },
    ]);
    expect(sandbox.whispers(at.channel, 'U0ANA0001')).toEqual([]);
    expect(sandbox.thread(at.channel, ts)[1]).toMatchObject({ blocks: [{ type: 'section' }, { type: 'actions' }] });
    expect(log.lines.filter(({ level }) => level === 'warn' || level === 'error')).toEqual([]);
  });

  test('the command is answered to who typed it, and to nobody else', async () => {
    const { sandbox, inbox, log } = await start(socketMode);
    const typed = { as: 'U0BEN0001', channel: 'C0HELP001', command: '/helpdesk', text: 'status' };
    const requests = [{ key: 'IT-1', url: 'https://jira.example/IT-1', summary: 'VPN', standing: 'IT has it' }];
    inbox.answer = { parts: [{ kind: 'requests', requests }], buttons: [] };
    expect(await sandbox.command(typed)).toBe(200);
    const ref = `slack/${sandbox.teamId}/U0BEN0001`;
    const person = { ref, name: 'Ben Okafor', email: 'ben@example.com', outsider: true, bot: false };
    expect(inbox.commands).toEqual([{ person, text: 'status' }]);
    const text = '• <https://jira.example/IT-1|IT-1>: VPN\nIT has it';
    expect(sandbox.whispers(typed.channel, 'U0BEN0001')).toMatchObject([
      { text: 'IT-1: IT has it', blocks: [{ type: 'section', text: { text } }] },
    ]);
    expect(sandbox.whispers(typed.channel, 'U0ANA0001')).toEqual([]);
    expect(log.lines.filter(({ level }) => level === 'warn' || level === 'error')).toEqual([]);
    inbox.fail = new Error('the database is gone');
    expect(await sandbox.command(typed)).toBe(200);
    expect(sandbox.whispers(typed.channel, 'U0BEN0001').at(-1)).toMatchObject({
      text: 'I cannot look that up right now. Please try again in a minute.',
    });
  });

  test('a form that is not stored stays open, and can be sent once more', async () => {
    const { sandbox, inbox, slack } = await start(socketMode);
    const channel = sandbox.dm('U0ANA0001');
    const ts = await sandbox.say({ as: 'U0ANA0001', channel, text: 'my laptop is dead' });
    await until(() => inbox.messages.length === 1);
    const reply: Reply = { parts: [{ kind: 'text', text: 'Hm.' }], buttons: ['rate-4'] };
    await slack.post(inbox.messages[0]!.address, { turnId: '42', reply, again: false });
    inbox.pressed = { ...inbox.pressed, form: { ...form, action: 'comment-rating' } };
    await sandbox.click({ as: 'U0ANA0001', channel, ts: sandbox.thread(channel, ts)[1]!.ts, actionId: 'rate_4' });
    await until(() => sandbox.modal('U0ANA0001') !== null);
    inbox.fail = new Error('the database is gone');
    expect((await sandbox.submitView({ as: 'U0ANA0001' })).status).not.toBe(200);
    inbox.fail = null;
    expect(sandbox.modal('U0ANA0001')).not.toBeNull();
    expect((await sandbox.submitView({ as: 'U0ANA0001' })).status).toBe(200);
    expect(sandbox.modal('U0ANA0001')).toBeNull();
    expect(inbox.clicks.map(({ action }) => action)).toEqual(['rate-4', 'comment-rating']);
  });

  test('a file of the employee comes in, a file of IT is shown, each byte for byte', async () => {
    const { sandbox, inbox, slack } = await start(socketMode);
    const channel = sandbox.dm('U0ANA0001');
    const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0xff, 0xfe, 0x80]);
    const upload = sandbox.upload({ as: 'U0ANA0001', name: 'the error.png', mimetype: 'image/png', bytes });
    const ts = await sandbox.say({ as: 'U0ANA0001', channel, text: 'see this', files: [upload.id] });
    await until(() => inbox.messages.length === 1);
    const { address, files } = inbox.messages[0]!;
    expect(files).toEqual([{ name: 'the error.png', ref: upload.id, mimeType: 'image/png', bytes: 8 }]);
    const content = await slack.openFile(files[0]!);
    expect([content?.mimeType, content?.bytes]).toEqual(['image/png', 8]);

    const file = { name: 'fix.png', ref: '10001', mimeType: 'image/png', bytes: 8 };
    const shared = await slack.shareFile(address, { file, content: content!, again: false, known: [] });
    expect(sandbox.file(shared)?.bytes()).toEqual(bytes);
    expect(sandbox.thread(channel, ts).map((each) => each.files?.map(({ id }) => id))).toEqual([[upload.id], [shared]]);

    await sandbox.edit({ as: 'U0ANA0001', channel, ts, text: 'see that' });
    await until(() => inbox.changes.length === 1);
    await sandbox.remove({ as: 'U0ANA0001', channel, ts });
    await until(() => inbox.changes.length === 2);
    expect(inbox.changes).toMatchObject([
      { messageId: inbox.messages[0]!.id, text: 'see that' },
      { messageId: inbox.messages[0]!.id, text: null },
    ]);
    expect(await slack.openFile(files[0]!)).toBeNull();
    expect(inbox.messages).toHaveLength(1);
  });

  test('a card in a channel: its buttons are of the thread below it, it is changed, and taken away', async () => {
    const { sandbox, inbox, slack } = await start(socketMode);
    const card = (text: string, buttons: Reply['buttons']): Reply => ({ parts: [{ kind: 'text', text }], buttons });
    const opening = { key: 'triage/n/7', turnId: '7', reply: card('IT-42: VPN', ['take', 'answer-here', 'mute']) };
    sandbox.faults.set({ match: 'chat.postMessage', kind: 'drop-after', times: 1 });
    await expect(slack.startIn('C0HELP001', { ...opening, again: false })).rejects.toMatchObject({
      kind: 'unavailable',
    });
    const { address, postRef } = await slack.startIn('C0HELP001', { ...opening, again: true });
    const posts = () => sandbox.messages('C0HELP001');
    expect(posts()).toHaveLength(1);
    expect(await slack.findPost(address, '7')).toBe(postRef);

    const { ts } = posts()[0]!;
    expect(await sandbox.click({ as: 'U0ANA0001', channel: 'C0HELP001', ts, actionId: 'take' })).toBe(200);
    expect(inbox.clicks).toMatchObject([{ address, turnId: '7', action: 'take', values: null }]);

    await slack.update(address, postRef, card('IT-42: VPN, taken by Rui', ['answer-here', 'mute']));
    expect(posts()).toMatchObject([
      { text: 'IT-42: VPN, taken by Rui', blocks: [{}, { block_id: 'turn/7/answer_here+mute' }] },
    ]);
    const reply = await slack.post(address, { turnId: '8', reply: card('More.', []), again: false });
    await slack.remove(address, reply);
    await slack.remove(address, reply);
    expect(posts()).toHaveLength(1);

    await slack.post(address, { turnId: '9', reply: card('Still more.', []), again: false });
    await slack.remove(address, postRef);
    await slack.remove(address, postRef);
    expect(posts().map(({ subtype }) => subtype)).toEqual(['tombstone', undefined]);
  });
});

const form: Form = {
  action: 'details',
  title: 'Your request',
  intro: 'A person in IT has it.',
  fields: [
    { kind: 'line', name: 'summary', label: 'Summary', hint: '', optional: false, value: 'dead', most: 200 },
    { kind: 'text', name: 'tried', label: 'Tried', hint: 'Anything', optional: true, value: '', most: 3000 },
    {
      kind: 'choice',
      name: 'urgency',
      label: 'How urgent is it?',
      hint: '',
      optional: true,
      value: 'high',
      options: [
        { value: 'high', label: 'I cannot work' },
        { value: 'low', label: 'It can wait' },
      ],
    },
  ],
  submit: 'Add to the ticket',
  skip: 'Leave as it is',
};

test('a form that comes too late is not missed', async () => {
  const { sandbox, inbox, slack, log } = await start(false);
  const channel = sandbox.dm('U0ANA0001');
  const ts = await sandbox.say({ as: 'U0ANA0001', channel, text: 'my laptop is dead' });
  await until(() => inbox.messages.length === 1);
  const reply: Reply = { parts: [{ kind: 'text', text: 'Hm.' }], buttons: ['get-human'] };
  await slack.post(inbox.messages[0]!.address, { turnId: '42', reply, again: false });
  inbox.pressed = { ...inbox.pressed, form };
  sandbox.faults.set({ match: 'views.open', kind: 'status', status: 500, times: 1 });
  const post = sandbox.thread(channel, ts)[1]!.ts;
  expect(await sandbox.click({ as: 'U0ANA0001', channel, ts: post, actionId: 'get_human' })).toBe(200);
  await slack.stop();
  expect(inbox.clicks).toHaveLength(1);
  expect(log.lines.filter(({ message }) => message === 'slack: a form could not be opened')).toHaveLength(1);
});

test('a file whose showing was answered with nothing is found again', async () => {
  const { sandbox, inbox, slack } = await start(false);
  const channel = sandbox.dm('U0ANA0001');
  const ts = await sandbox.say({ as: 'U0ANA0001', channel, text: 'hello' });
  await until(() => inbox.messages.length === 1);
  const { address } = inbox.messages[0]!;
  const file = { name: 'fix.txt', ref: '10001', mimeType: 'text/plain', bytes: 5 };
  const sharing = (again: boolean) => {
    const stream = new Blob(['fixed']).stream();
    return slack.shareFile(address, { file, content: { stream, mimeType: null, bytes: null }, again, known: [] });
  };
  sandbox.faults.set({ match: 'files.completeUploadExternal', kind: 'drop-after', times: 1 });
  await expect(sharing(false)).rejects.toMatchObject({ kind: 'unavailable' });
  const id = await sharing(true);
  expect(sandbox.thread(channel, ts).flatMap((each) => each.files ?? [])).toMatchObject([{ id, name: 'fix.txt' }]);
});

test('without files:read no file comes in, and the scope is named', async () => {
  const { sandbox, inbox, slack } = await start(
    false,
    scopes.filter((scope) => scope !== 'files:read'),
  );
  const channel = sandbox.dm('U0ANA0001');
  const upload = sandbox.upload({ as: 'U0ANA0001', name: 'a.png', mimetype: 'image/png', bytes: Buffer.from('png') });
  await sandbox.say({ as: 'U0ANA0001', channel, text: '', files: [upload.id] });
  await until(() => inbox.messages.length === 1);
  await expect(slack.openFile(inbox.messages[0]!.files[0]!)).rejects.toMatchObject({
    kind: 'unauthorized',
    message: 'slack: files.info: missing_scope (files:read)',
  });
});

test('a channel that the app is not in is named to the admin', async () => {
  const { slack } = await start(false);
  const reply: Reply = { parts: [{ kind: 'text', text: 'IT-42' }], buttons: [] };
  await expect(slack.startIn('C0NOWHERE', { key: 'k', turnId: '7', reply, again: false })).rejects.toMatchObject({
    kind: 'unauthorized',
    message: expect.stringContaining('TRIAGE_CHANNEL'),
  });
});

test('what a person in IT says mentions nobody', async () => {
  const { sandbox, inbox, slack } = await start(false);
  const ts = await sandbox.say({ as: 'U0ANA0001', channel: 'C0HELP001', text: '@Firstline hello' });
  await until(() => inbox.messages.length === 2);
  const markdown = '@everyone <!channel> <@U0BEN0001>\n\n```\n<!here>\n```\n![x](javascript:alert(1))';
  const reply: Reply = { parts: [{ kind: 'said', who: 'Rui Costa', markdown }], buttons: [] };
  await slack.post(inbox.messages[0]!.address, { turnId: '7', reply, again: false });
  const shown = JSON.stringify(sandbox.thread('C0HELP001', ts)[1]);
  expect(shown).toContain('*Rui Costa* from IT');
  expect(shown).not.toMatch(/<[!@]|javascript/);
});

test('a post whose answer is lost is found again', async () => {
  const { sandbox, inbox, slack } = await start(false);
  const channel = sandbox.dm('U0ANA0001');
  const ts = await sandbox.say({ as: 'U0ANA0001', channel, text: 'hello' });
  await until(() => inbox.messages.length === 1);
  const { address } = inbox.messages[0]!;
  const post = { turnId: '7', reply: { parts: [{ kind: 'text', text: 'Hi.' }], buttons: [] } as Reply };
  sandbox.faults.set({ match: 'chat.postMessage', kind: 'drop-after', times: 1 });
  await expect(slack.post(address, { ...post, again: false })).rejects.toMatchObject({ kind: 'unavailable' });
  const ref = await slack.post(address, { ...post, again: true });
  const thread = sandbox.thread(channel, ts);
  expect(thread).toHaveLength(2);
  expect(ref).toBe(`${channel}/${thread[1]!.ts}/7`);
});

test.each<[string, object, object]>([
  ['a rate limit', { kind: 'rate-limit', retryAfterSeconds: 4 }, { kind: 'rate-limited', retryAfterMs: 4000 }],
  ['an outage', { kind: 'status', status: 503 }, { kind: 'unavailable' }],
  ['a lost connection', { kind: 'drop' }, { kind: 'unavailable' }],
])('%s becomes a RemoteError', async (_, fault, expected) => {
  const { sandbox, slack } = await start(false);
  const channel = sandbox.dm('U0ANA0001');
  const address = { platform: 'slack', ref: `${sandbox.teamId}/${channel}/1767225600.000200` } as const;
  sandbox.faults.set({ match: 'chat.postMessage', times: 1, ...(fault as { kind: 'status' }) });
  const posting = slack.post(address, {
    turnId: '7',
    reply: { parts: [{ kind: 'text', text: 'Hi.' }], buttons: [] },
    again: false,
  });
  await expect(posting).rejects.toMatchObject(expected);
});

test('guests and members of other companies are outsiders', async () => {
  const { sandbox, inbox, slack } = await start(false);
  const team = sandbox.teamId;
  expect(await slack.person(`slack/${team}/U0ANA0001`)).toEqual({
    ref: `slack/${team}/U0ANA0001`,
    name: 'Ana Silva',
    email: 'ana@example.com',
    outsider: false,
    bot: false,
  });
  expect(await slack.person(`slack/${team}/U0BEN0001`)).toMatchObject({ outsider: true });
  await sandbox.say({ as: 'U0OUT0001', channel: 'C0SHARED1', text: '@Firstline hello' });
  await until(() => inbox.messages.length === 2);
  expect(inbox.messages[0]).toMatchObject({ place: 'shared', authorRef: 'slack/T0OTHER01/U0OUT0001' });
  expect(await slack.person(inbox.messages[0]!.authorRef)).toMatchObject({ outsider: true });
});

test('who reads along in a channel is told, page by page', async () => {
  const { sandbox, slack } = await start(false);
  const inChannel = (channel: string) => ({ platform: 'slack', ref: `${sandbox.teamId}/${channel}/1.000100` }) as const;
  const members = await slack.members(inChannel('C0HELP001'));
  expect(members).toEqual(people.map(({ slackId }) => `slack/${sandbox.teamId}/${slackId}`));
  const [guest, stranger] = await Promise.all((members ?? []).slice(1).map((ref) => slack.person(ref)));
  expect([guest, stranger]).toMatchObject([
    { name: 'Ben Okafor', outsider: true },
    { name: 'Olga Outside', outsider: true },
  ]);
  expect(await slack.members(inChannel('C0NOWHERE'))).toBeNull();
});

test('a thread begun in direct messages is found again when the answer is lost, and is replied to', async () => {
  const { sandbox, inbox, slack } = await start(false);
  const ana = await slack.personByEmail('ana@example.com');
  expect(await slack.personByEmail('nobody@example.com')).toBeNull();
  const reply: Reply = { parts: [{ kind: 'text', text: 'About your question.' }], buttons: [] };
  sandbox.faults.set({ match: 'chat.postMessage', kind: 'drop-after', times: 1 });
  const lost = slack.startDirect(ana!.ref, { key: 'private/1', reply, again: false });
  await expect(lost).rejects.toMatchObject({ kind: 'unavailable' });
  const { address, messageId } = await slack.startDirect(ana!.ref, { key: 'private/1', reply, again: true });
  const channel = sandbox.dm('U0ANA0001');
  const [opening, ...others] = sandbox.messages(channel);
  expect([others, messageId]).toEqual([[], `${sandbox.teamId}/${channel}/${opening!.ts}`]);
  await slack.post(address, { turnId: '9', reply, again: false });
  await sandbox.say({ as: 'U0ANA0001', channel, threadTs: opening!.ts, text: 'thanks' });
  await until(() => inbox.messages.length === 1);
  expect(inbox.messages).toMatchObject([{ address, place: 'direct', text: 'thanks' }]);
  expect(sandbox.thread(channel, opening!.ts)).toHaveLength(3);
});

test('a reply at every limit is accepted', async () => {
  const { sandbox, inbox, slack } = await start(false);
  const channel = sandbox.dm('U0ANA0001');
  await sandbox.say({ as: 'U0ANA0001', channel, text: 'hello' });
  await until(() => inbox.messages.length === 1);
  const citation = {
    chunkId: 'c',
    documentId: 'd',
    title: 'T'.repeat(400),
    url: `https://x.example/${'a'.repeat(900)}`,
  };
  const long: Reply['parts'] = [
    { kind: 'text', text: '<!channel> '.repeat(4000) },
    { kind: 'quote', markdown: '- a <b> `<!here>`\n\n'.repeat(4000) },
    { kind: 'sources', label: 'Sources', citations: Array.from({ length: 40 }, () => citation) },
    { kind: 'note', text: '&'.repeat(40_000) },
    ...Array.from({ length: 80 }, () => ({ kind: 'note' as const, text: 'a note' })),
  ];
  for (const [turn, parts] of [long, long.slice(1), long.slice(2), long.slice(3), long.slice(4)].entries()) {
    const reply: Reply = { parts, buttons: ['solved', 'get-human'] };
    await expect(slack.post(inbox.messages[0]!.address, { turnId: `${turn}`, reply, again: false })).resolves.toMatch(
      new RegExp(`^${channel}/\\d+\\.\\d+/${turn}$`),
    );
  }
});

test('a wrong token is a fault of the set-up', async () => {
  const { sandbox } = await start(false);
  const config = { botToken: 'xoxb-wrong', signingSecret: 's', appToken: null, apiUrl: sandbox.apiUrl };
  const slack = createSlack(config, {
    inbox: createRecordingInbox(),
    log: createRecordingLog(),
    clock: () => new Date(),
  });
  await expect(slack.start()).rejects.toMatchObject({
    name: 'SetupError',
    message: expect.stringContaining('SLACK_BOT_TOKEN'),
  });
});
