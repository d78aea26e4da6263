import { createSlack } from '../../../adapters/slack/index.ts';
import { scopes } from '../../../adapters/slack/usage.ts';
import { startSlack } from '../../../sandbox/slack/index.ts';
import { createRecordingInbox, createRecordingLog, listen, until } from './doubles.ts';
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

async function start(socketMode: boolean) {
  const sandbox = await startSlack({
    people,
    channels,
    company: 'Northwind',
    socketMode,
    scopes,
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
    await until(() => inbox.arrived === 1);
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
    await slack.showWorking(address);
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
      blocks: [{ type: 'section' }, { type: 'markdown' }, { type: 'context', block_id: 'turn/42/closed' }],
    });
    expect(await slack.permalink(address)).toContain(ts.replace('.', ''));
    expect(inbox.messages).toHaveLength(1);
  });
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
