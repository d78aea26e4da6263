import { aiLabel, cardOf, cardType, openTeamsDesk, type TeamsDesk, until } from './teams-desk.ts';

let desk: TeamsDesk;
beforeAll(async () => {
  desk = await openTeamsDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());

interface Shown {
  readonly ts: string;
  readonly text: string;
  readonly teams: { readonly attachments: readonly unknown[] };
}
interface PageOf {
  readonly messages: readonly Shown[];
  readonly readUntil: string;
  readonly status?: string;
  readonly hasEarlier: boolean;
  readonly hasLater: boolean;
}

function query(at: object): string {
  return new URLSearchParams({ app: 'teams', ...at }).toString();
}

async function messages(as: string, channel: string, wish: object = {}): Promise<PageOf> {
  const { status, body } = await desk.get(`/api/chat/messages?${query({ as, channel, ...wish })}`);
  expect(status).toBe(200);
  return body as PageOf;
}

async function say(as: string, channel: string, said: object): Promise<string> {
  const { status, body } = await desk.send('/api/chat/say', { app: 'teams', as, channel, ...said });
  expect(status).toBe(200);
  return (body as { ts: string }).ts;
}

const idOf = (ts: string) => ts.replace('.', '').slice(0, 13);

test('bootstrap says where Teams is, and each of the switches reaches it', async () => {
  const { body } = await desk.get('/api/bootstrap');
  expect(body).toMatchObject({
    faults: { slack: 'none', teams: 'none' },
    teams: {
      botName: 'Firstline',
      userId: desk.teams.botId,
      url: desk.teams.url,
      channels: [
        { id: desk.channel, name: 'IT help', kind: 'channel' },
        { id: desk.group, name: 'Office move', kind: 'group' },
      ],
    },
  });
  await desk.send('/api/faults', { system: 'teams', fault: 'slow' });
  expect(desk.teams.delivery.delayMs).toBe(3000);
  await desk.send('/api/faults', { system: 'teams', fault: 'none' });
  await desk.send('/api/delivery', { copies: 2 });
  expect(desk.teams.delivery.copies).toBe(2);
  await desk.send('/api/delivery', { copies: 1 });
  expect(desk.teams.delivery).toMatchObject({ copies: 1, delayMs: 0, paused: false });
});

test('people see their own chats; only channels have threads', async () => {
  const { body } = await desk.get(`/api/chat/channels?${query({ as: desk.mia })}`);
  expect(body).toMatchObject([
    { id: desk.teams.personal(desk.mia), name: 'Firstline', kind: 'dm', flat: true },
    { id: desk.channel, name: 'IT help', kind: 'channel' },
    { id: desk.group, name: 'Office move', kind: 'group', flat: true },
  ]);
  expect((body as object[])[1]).not.toHaveProperty('flat');
  const other = query({ as: desk.mia, channel: desk.teams.personal(desk.ben) });
  expect((await desk.get(`/api/chat/messages?${other}`)).status).toBe(404);
});

test.each([
  ['zulip', 400],
  ['', 400],
])('an app called “%s” is refused', async (app, status) => {
  expect((await desk.get(`/api/chat/channels?${new URLSearchParams({ app, as: desk.mia }).toString()}`)).status).toBe(
    status,
  );
});

test('what is said stands in the chat, to be edited, marked, quoted and deleted', async () => {
  const place = { app: 'teams', as: desk.mia, channel: desk.group };
  const ts = await say(desk.mia, desk.group, { text: '@Firstline my <b>vpn' });
  await desk.send('/api/chat/react', { ...place, as: desk.ben, ts, name: 'like', on: true });
  await desk.send('/api/chat/edit', { ...place, ts, text: '@Firstline my mouse' });
  const reply = await say(desk.ben, desk.group, { text: 'mine too', quotes: ts });
  const shown = (await messages(desk.ben, desk.group)).messages.filter((one) => [ts, reply].includes(one.ts));
  expect(shown).toMatchObject([
    {
      text: '@Firstline my mouse',
      user: desk.mia,
      edited: true,
      reactions: [{ name: 'like', users: [desk.ben] }],
      author: { id: desk.mia, bot: false },
      teams: { textFormat: 'html', entities: [{ type: 'mention' }], feedback: false, files: [] },
    },
    { text: 'mine too', teams: { quotes: ts } },
  ]);
  expect((await desk.send('/api/chat/remove', { ...place, as: desk.ben, ts })).status).toBe(403);
  expect((await desk.send('/api/chat/remove', { ...place, ts })).status).toBe(200);
  const [gone] = (await messages(desk.ben, desk.group)).messages.filter((one) => one.ts === ts);
  expect(gone).toMatchObject({ subtype: 'tombstone', teams: { text: '' } });
});

test('a channel shows first messages only, a page at a time; what is said in a thread stands there', async () => {
  const first = await say(desk.mia, desk.channel, { text: '@Firstline one' });
  const second = await say(desk.mia, desk.channel, { text: 'two' });
  const reply = await say(desk.ben, desk.channel, { text: 'below one', threadTs: first });
  await desk.post(desk.channel, { text: 'Restart it.' }, idOf(first));
  const page = await messages(desk.mia, desk.channel, { limit: 1 });
  expect(page).toMatchObject({ messages: [{ ts: second }], hasEarlier: true, hasLater: false });
  expect(page).not.toHaveProperty('status');
  const before = await messages(desk.mia, desk.channel, { limit: 1, before: second });
  expect(before).toMatchObject({ messages: [{ ts: first, replyCount: 2 }], hasEarlier: false, hasLater: true });
  expect(await messages(desk.mia, desk.channel, { from: second })).toMatchObject({ messages: [{ ts: second }] });
  const { body } = await desk.get(`/api/chat/thread?${query({ as: desk.mia, channel: desk.channel, ts: first })}`);
  expect(body).toMatchObject({
    messages: [{ ts: first }, { ts: reply, text: 'below one' }, { text: 'Restart it.', author: { bot: true } }],
    status: '',
  });
  const at = { app: 'teams', as: desk.mia, channel: desk.channel };
  expect((await desk.send('/api/chat/say', { ...at, text: 'x', threadTs: '1.000000' })).status).toBe(404);
});

test('while the app is typing, a chat without threads says so itself', async () => {
  const chat = desk.teams.personal(desk.mia);
  expect((await messages(desk.mia, chat)).status).toBe('');
  await desk.post(chat, { type: 'typing' });
  expect((await messages(desk.mia, chat)).status).toBe('is typing…');
  await desk.post(chat, { text: 'Hello' });
  expect((await messages(desk.mia, chat)).status).toBe('');
});

test('what was read is read, and can be made unread again', async () => {
  const chat = desk.teams.personal(desk.ben);
  const at = { app: 'teams', as: desk.ben, channel: chat };
  await say(desk.ben, chat, { text: 'hello' });
  const id = await desk.post(chat, { text: 'Hello' });
  const ts = `${id.slice(0, -3)}.${id.slice(-3)}000`;
  const unread = async () => {
    const { body } = await desk.get(`/api/chat/channels?${query({ as: desk.ben })}`);
    return (body as { id: string; unread: number }[]).find((channel) => channel.id === chat)?.unread;
  };
  expect(await unread()).toBe(1);
  await desk.send('/api/chat/read', at);
  expect(await unread()).toBe(0);
  expect((await messages(desk.ben, chat)).readUntil).toBe(ts);
  await desk.send('/api/chat/unread', { ...at, ts });
  expect(await unread()).toBe(1);
  expect(Number((await messages(desk.ben, chat)).readUntil)).toBeLessThan(Number(ts));
  await desk.send('/api/chat/read', at);
  expect(await unread()).toBe(0);
});

test('a reply is new in its thread until the thread was read', async () => {
  const first = await say(desk.mia, desk.channel, { text: '@Firstline three' });
  const at = { app: 'teams', as: desk.mia, channel: desk.channel };
  await desk.send('/api/chat/read', at);
  await desk.post(desk.channel, { text: 'Restart it.' }, idOf(first));
  const [before] = (await messages(desk.mia, desk.channel, { from: first })).messages;
  expect(before).toMatchObject({ hasNewReplies: true });
  await desk.send('/api/chat/read', { ...at, threadTs: first });
  const [after] = (await messages(desk.mia, desk.channel, { from: first })).messages;
  expect(after).toMatchObject({ hasNewReplies: false });
});

test('a file is seen by whoever reads where it was sent, and by nobody before', async () => {
  const headers = { 'content-type': 'application/octet-stream', 'x-file-type': 'image/png' };
  const url = `${desk.page.url}/api/files?${query({ as: desk.mia, name: 'shot.png' })}`;
  const { id } = (await (await fetch(url, { method: 'POST', headers, body: 'png' })).json()) as { id: string };
  const read = async (as: string) => (await fetch(`${desk.page.url}/api/file?${query({ as, id })}`)).status;
  expect([await read(desk.mia), await read(desk.ben)]).toEqual([200, 404]);
  const ts = await say(desk.mia, desk.group, { text: 'look', files: [id] });
  expect(await read(desk.ben)).toBe(200);
  const [shown] = (await messages(desk.ben, desk.group, { from: ts })).messages;
  const file = { id, name: 'shot.png', mimetype: 'image/png', size: 3 };
  expect(shown).toMatchObject({ files: [file], teams: { files: [file] } });
  const taken = await desk.send('/api/chat/say', {
    app: 'teams',
    as: desk.ben,
    channel: desk.group,
    text: '',
    files: ['no'],
  });
  expect(taken.status).toBe(404);
});

describe('what people press', () => {
  const done = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'Solved.' }] };

  test('an action answers what Teams shows, and the card that comes back is for who pressed', async () => {
    const card = cardOf('Did it help?', '7');
    const id = await desk.post(desk.group, { attachments: [card], summary: 'Did it help?' });
    const ts = `${id.slice(0, -3)}.${id.slice(-3)}000`;
    desk.onInvoke = () => ({ statusCode: 200, type: cardType, value: done });
    const press = { as: desk.mia, channel: desk.group, ts, action: card.content.actions[0] };
    expect(await desk.send('/api/teams/press', press)).toEqual({ status: 200, body: { kind: 'card' } });
    const seen = async (as: string) => (await messages(as, desk.group, { from: ts })).messages[0]?.teams.attachments;
    expect(await seen(desk.mia)).toEqual([{ contentType: cardType, content: done }]);
    expect(await seen(desk.ben)).toEqual([card]);
  });

  test('a button that opens a form: the dialog comes back, and is sent', async () => {
    const action = { type: 'Action.Submit', title: 'Details', data: { msteams: { type: 'task/fetch' } } };
    const id = await desk.post(desk.group, {
      attachments: [{ contentType: cardType, content: { ...done, actions: [action] } }],
    });
    const ts = `${id.slice(0, -3)}.${id.slice(-3)}000`;
    const card = { contentType: cardType, content: done };
    desk.onInvoke = ({ name }) =>
      name === 'task/fetch' ? { task: { type: 'continue', value: { title: 'Details', card } } } : {};
    const { body } = await desk.send('/api/teams/press', { as: desk.mia, channel: desk.group, ts, action });
    expect(body).toMatchObject({ kind: 'dialog', dialog: { title: 'Details', card: { type: 'AdaptiveCard' } } });
    const { dialog } = body as { dialog: { id: string } };
    const form = { as: desk.mia, dialog: dialog.id, data: { summary: 'x' } };
    expect(await desk.send('/api/teams/submit', form)).toEqual({ status: 200, body: { kind: 'nothing' } });
    expect((await desk.send('/api/teams/submit', { ...form, dialog: 'none' })).status).toBe(404);
  });

  test('thumbs are given where they are asked for', async () => {
    const chat = desk.teams.personal(desk.mia);
    const id = await desk.post(chat, { text: 'Restart it.', channelData: { feedbackLoop: { type: 'default' } } });
    const ts = `${id.slice(0, -3)}.${id.slice(-3)}000`;
    desk.onInvoke = () => ({});
    expect((await messages(desk.mia, chat, { from: ts })).messages[0]).toMatchObject({ teams: { feedback: true } });
    const thumb = { as: desk.mia, channel: chat, ts, reaction: 'dislike', text: 'It did not.' };
    expect(await desk.send('/api/teams/feedback', thumb)).toEqual({ status: 200, body: { kind: 'nothing' } });
    expect(desk.teams.deliveries.at(-1)?.activity).toMatchObject({
      name: 'message/submitAction',
      value: { actionValue: { reaction: 'dislike' } },
    });
  });

  test('“Create IT ticket” opens on a message that the person sees', async () => {
    const ts = await say(desk.ben, desk.group, { text: 'my mouse is dead' });
    const card = { contentType: cardType, content: done };
    desk.onInvoke = () => ({ task: { type: 'continue', value: { title: 'Create IT ticket', card } } });
    const action = { as: desk.mia, channel: desk.group, ts, commandId: 'createTicket' };
    expect((await desk.send('/api/teams/message-action', action)).body).toMatchObject({ kind: 'dialog' });
    const outsider = desk.teams.people().find(({ slackId }) => ![desk.mia, desk.ben].includes(slackId))?.slackId;
    expect((await desk.send('/api/teams/message-action', { ...action, as: outsider })).status).toBe(404);
  });

  test.each([
    ['/api/teams/press', { action: {} }],
    ['/api/teams/feedback', { reaction: 'like' }],
    ['/api/teams/message-action', { commandId: 'createTicket' }],
  ])('%s on a message that is not there is refused', async (at, more) => {
    const post = { as: desk.mia, channel: desk.group, ts: '1.000000' };
    expect((await desk.send(at, { ...post, ...more })).status).toBe(404);
    expect((await desk.send(at, post)).status).toBe(400);
  });
});

test('open pages are told of changes in Teams, as such', async () => {
  const stop = new AbortController();
  const response = await fetch(`${desk.page.url}/api/events`, { signal: stop.signal });
  let heard = '';
  const reading = (async () => {
    for await (const part of response.body ?? []) heard += Buffer.from(part).toString('utf8');
  })().catch(() => undefined);
  const first = await say(desk.mia, desk.channel, { text: '@Firstline four' });
  const at = { app: 'teams', channel: desk.channel };
  await until(() => heard.includes(JSON.stringify(first)));
  await desk.post(desk.channel, { type: 'typing' }, idOf(first));
  await until(() => heard.includes('"status"'));
  stop.abort();
  await reading;
  const told = heard
    .split('\n')
    .flatMap((line) => (line.startsWith('data: ') ? [JSON.parse(line.slice(6)) as object] : []));
  expect(told).toContainEqual({ ...at, type: 'message', ts: first });
  expect(told).toContainEqual({ ...at, type: 'status', threadTs: first });
});

describe('the story behind a message', () => {
  test('is asked for by the link, and told with what Teams sent and was sent', async () => {
    const chat = desk.teams.personal(desk.mia);
    const ts = await say(desk.mia, chat, { text: 'my vpn keeps droping' });
    const said = idOf(ts);
    await until(() => desk.teams.deliveries.some(({ id }) => id === said));
    const text = await desk.post(chat, { text: 'Restart it.', entities: [aiLabel] });
    const card = await desk.post(chat, { attachments: [cardOf('Did it help?', '2')] });
    const place = `${desk.teams.tenantId}/${encodeURIComponent(chat)}`;
    const now = new Date().toISOString();
    const grounds = { question: null, corrections: [], confidence: null, found: [], thresholds: null };
    const turn = { text: '', at: now, recordedAt: now, action: null, withdrawn: false, files: [], link: null };
    const trail = {
      conversation: {
        id: '1',
        name: 'n',
        requesterRef: `teams/${desk.teams.tenantId}/${desk.teams.aadIdOf(desk.mia)}`,
      },
      turns: [
        { ...turn, id: '1', author: 'requester', messageId: `teams/${place}/${said}`, postRef: null, decision: null },
        {
          ...turn,
          id: '2',
          author: 'bot',
          messageId: null,
          postRef: `teams/${encodeURIComponent(chat)}/${text}+${card}/2`,
          decision: { kind: 'ask', grounds },
        },
      ],
      events: [{ id: `teams/${place}/${said}`, receivedAt: now, turnId: '1' }],
      jobs: [],
      ticket: null,
    };
    const asked: string[] = [];
    desk.why = async (link) => {
      asked.push(link);
      return { trail: link.includes(`/${said}?`) || link.includes(`/${text}?`) ? trail : null };
    };
    for (const id of [said, card]) {
      const at = { as: desk.mia, channel: chat, ts: `${id.slice(0, -3)}.${id.slice(-3)}000` };
      const { body } = await desk.get(`/api/story?${query(at)}`);
      expect(body).toMatchObject({ state: 'told', current: 0, rounds: [{ verdict: { decision: 'ask' } }] });
      const { rounds } = body as { rounds: readonly [{ said: readonly object[]; steps: readonly object[] }] };
      expect(rounds[0].said).toMatchObject([{ ts, author: expect.stringMatching(/\w+ \w+/) }]);
      const ofKind = (wanted: string) => rounds[0].steps.filter((step) => 'kind' in step && step.kind === wanted);
      expect(ofKind('event')).toMatchObject([
        { id: said, title: 'Teams tells Firstline of the message', attempts: [{ status: 200 }] },
      ]);
      const posted = { system: 'teams', purpose: 'Post in the conversation', status: 201, failed: false };
      expect(ofKind('request')).toMatchObject([posted, posted]);
    }
    expect(asked[0]).toBe(
      `${desk.teams.url}/l/message/${encodeURIComponent(chat)}/${said}?tenantId=${desk.teams.tenantId}&context=%7B%22contextType%22%3A%22chat%22%7D`,
    );
    // the card is not known by its own name, but by that of the answer above it
    expect(asked.slice(1).map((link) => /\/(\d+)\?/.exec(link)?.[1])).toEqual([card, text]);
  });

  test('says why there is none', async () => {
    desk.why = async () => ({ trail: null });
    const ts = await say(desk.ben, desk.channel, { text: 'cake in the kitchen' });
    await until(() => desk.teams.deliveries.some(({ id }) => id === idOf(ts)));
    const { body } = await desk.get(`/api/story?${query({ as: desk.mia, channel: desk.channel, ts })}`);
    expect(body).toMatchObject({
      state: 'not-stored',
      why: expect.stringContaining('it is no direct message'),
      events: [{ type: 'message', title: 'Teams tells Firstline of the message' }],
    });
  });
});
