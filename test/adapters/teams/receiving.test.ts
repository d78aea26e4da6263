import http from 'node:http';
import type { Json, TokenWish } from '../../../sandbox/teams/contract.ts';
import { ana, ben, openStage, type Stage, until } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
  await stage.platform.start();
  stage.sandbox.connectApp(stage.url);
});
afterEach(() => stage.close());

const nothingStored = async () => {
  const { inbox, notes, sandbox } = stage;
  expect([...inbox.messages, ...inbox.clicks, ...inbox.changes]).toEqual([]);
  expect(await notes.find(`person/${sandbox.tenantId}/${sandbox.aadIdOf(ana)}`)).toBeNull();
};

describe('who may deliver', () => {
  test('Teams may', async () => {
    expect(await stage.sandbox.deliverRaw({ text: 'help' })).toEqual({ status: 200, body: '' });
    expect(stage.inbox.messages).toMatchObject([{ text: 'help', addressed: true }]);
  });

  test.each<[string, TokenWish]>([
    ['no token', { none: true }],
    ['an expired one', { expired: true }],
    ['for another app', { audience: '33333333-3333-3333-3333-333333333333' }],
    ['of another issuer', { issuer: 'https://sts.windows.net/x/' }],
    ['for another service', { serviceUrl: 'https://smba.trafficmanager.net/amer/' }],
    ['of a key for another channel', { endorsements: ['webchat'] }],
    ['forged', { forged: true }],
    ['our own', { own: true }],
  ])('not with a bad token: %s', async (_, token) => {
    expect(await stage.sandbox.deliverRaw({ text: 'help' }, { token })).toEqual({ status: 401, body: '' });
    await nothingStored();
  });

  test('not for another tenant, another service, another channel', async () => {
    const { sandbox } = stage;
    const elsewhere = { id: 'a:1', conversationType: 'personal', tenantId: '99999999-9999-9999-9999-999999999999' };
    for (const activity of [
      { conversation: elsewhere },
      { serviceUrl: 'https://evil.example/' },
      { serviceUrl: undefined },
      { channelId: 'webchat' },
    ]) {
      expect(await sandbox.deliverRaw({ text: 'help', ...activity } as Json)).toEqual({ status: 403, body: '' });
    }
    await nothingStored();
  });

  test.each([
    ['GET', null, 405],
    ['POST', 'null', 400],
    ['POST', '{"text":"no type"}', 400],
    ['POST', '{"type":"message"}', 401],
    ['POST', ' '.repeat(1024 * 1024 + 1), 413],
  ])('%s is no delivery', async (method, body, status) => {
    const response = await fetch(stage.url, body === null ? { method } : { method, body });
    expect([response.status, await response.text()]).toEqual([status, '']);
    await nothingStored();
  });

  test('nothing of what came or of its token is in the log', async () => {
    const { sandbox, log } = stage;
    await sandbox.deliverRaw({ text: 'my password is swordfish' }, { token: { forged: true } });
    await sandbox.deliverRaw({ text: 'my password is swordfish', type: 'something new' });
    stage.inbox.failOnce();
    await sandbox.deliverRaw({ text: 'my password is swordfish' });
    const lines = JSON.stringify(log.lines);
    expect(log.lines.length).toBeGreaterThanOrEqual(4);
    expect(lines).not.toMatch(/swordfish|BEGIN RSA|Bearer|eyJ/);
  });

  test('without keys nobody is let in, and the operator is told', async () => {
    const { sandbox, log, close } = stage;
    await close();
    stage = await openStage(({ url }) => ({ openIdMetadataUrl: `${url}/nothing-here` }));
    stage.sandbox.connectApp(stage.url);
    expect(sandbox.url).not.toBe(stage.sandbox.url);
    expect((await stage.sandbox.deliverRaw({ text: 'help' })).status).toBe(401);
    expect(stage.log.lines.some(({ level, message }) => level === 'error' && /keys/.test(message))).toBe(true);
    expect(log.lines.some(({ level }) => level === 'error')).toBe(false);
  });
});

describe('what is stored', () => {
  test('a delivery is answered when it is stored, and not before', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    stage.inbox.hold = promise;
    const delivery = stage.sandbox.deliverRaw({ text: 'help' });
    await until(() => stage.inbox.begun === 1);
    expect(stage.inbox.messages).toEqual([]);
    resolve();
    expect((await delivery).status).toBe(200);
    expect(stage.inbox.messages).toHaveLength(1);
  });

  test('what could not be stored is answered with 500 and nothing else', async () => {
    stage.inbox.failOnce();
    expect(await stage.sandbox.deliverRaw({ text: 'help' })).toEqual({ status: 500, body: '' });
    expect(stage.inbox.messages).toEqual([]);
  });

  test('a stranger shape is acknowledged, with a line in the log', async () => {
    expect((await stage.sandbox.deliverRaw({ from: 'me' })).status).toBe(200);
    expect(stage.log.lines).toContainEqual(expect.objectContaining({ message: 'teams: unknown shape' }));
    await nothingStored();
  });

  test('stopping waits for what is in hand, and takes no more', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    stage.inbox.hold = promise;
    const delivery = stage.sandbox.deliverRaw({ text: 'help' });
    await until(() => stage.inbox.begun === 1);
    const stopping = stage.platform.stop();
    expect((await stage.sandbox.deliverRaw({ text: 'too late' })).status).toBe(500);
    resolve();
    await stopping;
    expect((await delivery).status).toBe(200);
    expect(stage.inbox.messages).toHaveLength(1);
  });

  test('a huge message with quotes in quotes is read and cut', async () => {
    const content = `${'<blockquote>'.repeat(2000)}${'<p>word &amp; word</p>'.repeat(3000)}`;
    const attachments = [{ contentType: 'text/html', content }];
    expect((await stage.sandbox.deliverRaw({ text: 'x', attachments })).status).toBe(200);
    expect(stage.inbox.messages[0]?.text.length).toBeGreaterThan(10_000);
    expect(stage.inbox.messages[0]?.text.length).toBeLessThanOrEqual(40_000);
  });
});

describe('where we are', () => {
  test('each place that we are brought into is greeted, and what is taken away is forgotten', async () => {
    const { sandbox, inbox, notes } = stage;
    const chat = sandbox.personal(ana);
    await until(() => inbox.arrivals.some(({ place }) => place === 'direct'));
    const key = `chat/${sandbox.tenantId}/${chat}`;
    await until(() => sandbox.deliveries.some(({ type }) => type === 'conversationUpdate'));
    expect(await notes.find(key)).toMatchObject({ id: chat, scope: 'personal', serviceUrl: sandbox.serviceUrl });
    await sandbox.uninstall({ as: ana, chat });
    await until(() => sandbox.deliveries.some(({ activity }) => activity['action'] === 'remove'));
    expect(await notes.find(key)).toBeNull();
    const address = {
      platform: 'teams',
      ref: `${sandbox.tenantId}/${encodeURIComponent(chat)}/1700000000000`,
    } as const;
    const reply = { parts: [{ kind: 'text', text: 'late' }], buttons: [] } as const;
    const before = sandbox.calls.length;
    await expect(stage.platform.post(address, { turnId: '1', reply, again: false })).rejects.toMatchObject({
      kind: 'unavailable',
    });
    expect(sandbox.calls).toHaveLength(before);
  });
});

describe('of people is noted', () => {
  const noteOf = (who: string) => {
    const { notes, sandbox } = stage;
    return notes.find(`person/${sandbox.tenantId}/${sandbox.aadIdOf(who)}`);
  };
  const from = () => ({ id: stage.sandbox.userIdOf(ben), name: 'Ben Cole', aadObjectId: stage.sandbox.aadIdOf(ben) });
  const inThread = (): Json => {
    const { sandbox } = stage;
    const id = `${sandbox.chatOf('C0HELP001')};messageid=1700000000000`;
    return {
      id: String(Date.now()),
      timestamp: new Date().toISOString(),
      from: from(),
      conversation: { id, conversationType: 'channel', isGroup: true, tenantId: sandbox.tenantId },
      text: 'lunch at noon?',
    };
  };
  const mention = () => {
    const { botId } = stage.sandbox;
    return { type: 'mention', mentioned: { id: botId, name: 'Firstline' }, text: '<at>Firstline</at>' };
  };
  const edit = (): Json => ({ ...inThread(), type: 'messageUpdate', channelData: { eventType: 'editMessage' } });

  test('who writes in a conversation of ours', async () => {
    expect((await stage.sandbox.deliverRaw(inThread())).status).toBe(200);
    expect(stage.inbox.messages).toMatchObject([{ text: 'lunch at noon?', addressed: false }]);
    expect(await noteOf(ben)).toMatchObject({ userId: stage.sandbox.userIdOf(ben) });
  });

  test('nobody whose talk is none of our business: that is neither handed over nor logged', async () => {
    stage.inbox.ours = false;
    expect((await stage.sandbox.deliverRaw(inThread())).status).toBe(200);
    expect((await stage.sandbox.deliverRaw(edit())).status).toBe(200);
    expect(stage.inbox.messages).toEqual([]);
    expect(await noteOf(ben)).toBeNull();
    expect(JSON.stringify(stage.log.lines.filter(({ level }) => level !== 'debug'))).not.toContain('noon');
  });

  test('who is to be asked of the store cannot be: then it is delivered again', async () => {
    stage.inbox.isOurs = () => Promise.reject(new Error('the database is gone'));
    expect((await stage.sandbox.deliverRaw(inThread())).status).toBe(500);
    expect(await noteOf(ben)).toBeNull();
  });

  test('who mentions us, by an edit as well', async () => {
    stage.inbox.ours = false;
    const activity = { ...edit(), text: '<at>Firstline</at> my VPN fails', entities: [mention()] };
    expect((await stage.sandbox.deliverRaw(activity)).status).toBe(200);
    expect(stage.inbox.changes).toMatchObject([{ message: { addressed: true } }]);
    expect(await noteOf(ben)).toMatchObject({ userId: stage.sandbox.userIdOf(ben) });
  });
});

test('a team that takes us away leaves its channels known: what waits goes out when we are back', async () => {
  const { sandbox, notes } = stage;
  const chat = sandbox.chatOf('C0HELP001');
  const conversation = { id: chat, conversationType: 'channel', isGroup: true, tenantId: sandbox.tenantId };
  for (const action of ['add', 'remove']) {
    await sandbox.deliverRaw({ type: 'installationUpdate', action, conversation });
    expect(await notes.find(`chat/${sandbox.tenantId}/${chat}`)).toMatchObject({ id: chat, scope: 'channel' });
  }
});

describe('Create IT ticket', () => {
  test('a message becomes a request in the chat of who chose it', async () => {
    const { sandbox, inbox } = stage;
    const chat = sandbox.chatOf('C0HELP001');
    const id = await sandbox.say({ as: ana, chat, text: 'The printer is dead' });
    const shown = await sandbox.messageAction({ as: ben, chat, id, commandId: 'createTicket' });
    if (shown.kind !== 'dialog') throw new Error(`${shown.kind} instead of a dialog`);
    expect(JSON.stringify(shown.dialog.card)).toContain('Ana Silva wrote:\\nThe printer is dead');
    const data = { summary: 'Printer dead', details: 'Floor 3' };
    expect(await sandbox.submit({ as: ben, dialog: shown.dialog.id, data })).toEqual({
      kind: 'message',
      text: 'Your request is on its way to IT. I write to you in our chat.',
    });
    const request = inbox.messages.at(-1);
    expect(request).toMatchObject({
      text: 'Please open a ticket.\nPrinter dead\n\nFloor 3',
      place: 'direct',
      addressed: true,
      authorRef: `teams/${sandbox.tenantId}/${sandbox.aadIdOf(ben)}`,
    });
    expect(request?.address.ref).toContain(encodeURIComponent(sandbox.personal(ben)));
    const place = `${sandbox.tenantId}/${encodeURIComponent(sandbox.personal(ben))}`;
    expect(request?.chat).toEqual({ id: place, quotes: null, opens: true });
  });

  test.each([{ summary: ' ', details: '' }, { summary: '' }])('without a word it is none: %j', async (data) => {
    const { sandbox, inbox } = stage;
    const value = { commandId: 'createTicket', data };
    const { status, body } = await sandbox.deliverRaw({
      type: 'invoke',
      name: 'composeExtension/submitAction',
      value,
    });
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({
      task: { type: 'message', value: expect.stringContaining('Nothing was sent') },
    });
    expect(inbox.messages).toEqual([]);
  });

  test('where no chat can be opened, that is said and nothing is stored', async () => {
    const { sandbox, inbox } = stage;
    const chat = sandbox.chatOf('C0HELP001');
    const id = await sandbox.say({ as: ana, chat, text: 'The printer is dead' });
    const shown = await sandbox.messageAction({ as: ben, chat, id, commandId: 'createTicket' });
    if (shown.kind !== 'dialog') throw new Error(`${shown.kind} instead of a dialog`);
    sandbox.faults.set({
      match: '/v3/conversations',
      only: 'POST /emea/v3/conversations',
      kind: 'status',
      status: 403,
      times: 1,
    });
    const answer = await sandbox.submit({ as: ben, dialog: shown.dialog.id, data: { summary: 'a', details: 'b' } });
    expect(answer).toMatchObject({ kind: 'message', text: expect.stringContaining('cannot write to you') });
    expect(inbox.messages).toEqual([]);
  });

  test('another action is refused politely', async () => {
    const { sandbox } = stage;
    const chat = sandbox.chatOf('C0HELP001');
    const id = await sandbox.say({ as: ana, chat, text: 'The printer is dead' });
    expect(await sandbox.messageAction({ as: ben, chat, id, commandId: 'dropTables' })).toMatchObject({
      kind: 'message',
    });
  });
});

test('an invoke that nobody knows is refused politely', async () => {
  const { status, body } = await stage.sandbox.deliverRaw({ type: 'invoke', name: 'fileConsent/invoke', value: {} });
  expect(status).toBe(200);
  expect(body).toContain('Nothing was changed');
});

test('where nothing is verified, deliveries come without a token and ours go out without one', async () => {
  await stage.close();
  stage = await openStage(() => ({ credentials: { kind: 'none' } }));
  await stage.platform.start();
  stage.sandbox.connectApp(stage.url);
  expect((await stage.sandbox.deliverRaw({ text: 'help' }, { token: { none: true } })).status).toBe(200);
  expect(stage.inbox.messages).toHaveLength(1);
  expect(stage.sandbox.calls).toEqual([]);
});

test('credentials that are refused are a matter of the set-up', async () => {
  await stage.close();
  stage = await openStage(() => ({ credentials: { kind: 'secret', secret: 'wrong' } }));
  await expect(stage.platform.start()).rejects.toMatchObject({
    name: 'SetupError',
    message: expect.stringContaining('TEAMS_APP_PASSWORD'),
  });
});

test('a sender that hangs up hurts nobody', async () => {
  await new Promise<void>((resolve) => {
    const request = http.request(stage.url, { method: 'POST', headers: { 'content-length': '1000' } });
    request.on('error', () => resolve());
    request.write('{"type":');
    request.destroy(new Error('gone'));
  });
  expect((await stage.sandbox.deliverRaw({ text: 'help' })).status).toBe(200);
});
