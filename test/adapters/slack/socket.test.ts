import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSlack } from '../../../adapters/slack/index.ts';
import { acceptWebSocket, type WebSocketPeer } from '../../../sandbox/slack/socket.ts';
import { deliveryOf } from './deliveries.ts';
import { createRecordingInbox, createRecordingLog, identity, until } from './doubles.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** Slack's side of Socket Mode, as far as these tests need it. */
async function startSocketMode() {
  const acks: string[] = [];
  const peers: WebSocketPeer[] = [];
  const opened = { count: 0, answers: [] as object[] };
  const server = http.createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url !== '/api/apps.connections.open') return response.end(JSON.stringify(identity));
    opened.count += 1;
    const answer = opened.answers.shift() ?? { ok: true, url: url().replace('http', 'ws') };
    return response.end(JSON.stringify(answer));
  });
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.on('upgrade', (request, socket) => {
    const peer = acceptWebSocket(request, socket, {
      onText: (text) => acks.push((JSON.parse(text) as { envelope_id: string }).envelope_id),
      onClose: () => {},
    });
    if (peer === null) return;
    peers.push(peer);
    peer.sendText(JSON.stringify({ type: 'hello', num_connections: 1 }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { url, acks, peers, opened };
}

async function connect(slackSide: Awaited<ReturnType<typeof startSocketMode>>) {
  const inbox = createRecordingInbox();
  const log = createRecordingLog();
  const config = {
    botToken: 'xoxb-test',
    signingSecret: null,
    appToken: 'xapp-test',
    apiUrl: `${slackSide.url()}/api/`,
  };
  const slack = createSlack(config, { inbox, log, clock: () => new Date('2026-01-01T00:00:02Z') });
  closing.push(() => slack.stop());
  return { slack, inbox, log };
}

const envelope = (id: string, type: string, payload: unknown) => JSON.stringify({ envelope_id: id, type, payload });

test('there is no webhook', async () => {
  const { slack } = await connect(await startSocketMode());
  expect(slack.webhook).toBeNull();
});

test('an event is acknowledged when it is stored, not before', async () => {
  const slackSide = await startSocketMode();
  const { slack, inbox } = await connect(slackSide);
  await slack.start();
  const { promise, resolve } = Promise.withResolvers<void>();
  inbox.hold = promise;
  slackSide.peers[0]!.sendText(envelope('e1', 'events_api', deliveryOf('mention')));
  await until(() => inbox.came === 1);
  // one that means nothing to us is through meanwhile
  slackSide.peers[0]!.sendText(envelope('e2', 'events_api', deliveryOf('channel-talk')));
  await until(() => slackSide.acks.length === 1);
  expect(slackSide.acks).toEqual(['e2']);
  resolve();
  await until(() => slackSide.acks.length === 2);
  expect(slackSide.acks).toEqual(['e2', 'e1']);
  expect(inbox.messages).toMatchObject([{ text: 'my VPN drops every hour' }]);
});

test('an event or a click that cannot be stored is not acknowledged', async () => {
  const slackSide = await startSocketMode();
  const { slack, inbox } = await connect(slackSide);
  await slack.start();
  inbox.fail = new Error('the database is gone');
  slackSide.peers[0]!.sendText(envelope('e1', 'events_api', deliveryOf('mention')));
  slackSide.peers[0]!.sendText(envelope('e2', 'interactive', deliveryOf('block-actions')));
  await until(() => inbox.came === 2);
  inbox.fail = null;
  slackSide.peers[0]!.sendText(envelope('e3', 'interactive', deliveryOf('block-actions')));
  await until(() => slackSide.acks.length > 0);
  expect(slackSide.acks).toEqual(['e3']);
  expect(inbox.clicks).toHaveLength(1);
});

test('a form that is sent is acknowledged when it is stored, and then only', async () => {
  const slackSide = await startSocketMode();
  const { slack, inbox } = await connect(slackSide);
  await slack.start();
  inbox.fail = new Error('the database is gone');
  slackSide.peers[0]!.sendText(envelope('e1', 'interactive', deliveryOf('view-submission')));
  await until(() => inbox.came === 1);
  inbox.fail = null;
  slackSide.peers[0]!.sendText(envelope('e2', 'interactive', deliveryOf('view-submission')));
  await until(() => slackSide.acks.length > 0);
  expect(slackSide.acks).toEqual(['e2']);
  expect(inbox.clicks).toMatchObject([{ action: 'details', values: { urgency: 'high' } }]);
});

test('what is not known here is acknowledged', async () => {
  const slackSide = await startSocketMode();
  const { slack, inbox } = await connect(slackSide);
  await slack.start();
  slackSide.peers[0]!.sendText(envelope('e1', 'slash_commands', { command: '/else', user_id: 'U1' }));
  await until(() => slackSide.acks.length === 1);
  expect(inbox.came).toBe(0);
});

test('a connection that ends is made again, also when Slack refuses at first', async () => {
  const slackSide = await startSocketMode();
  const { slack, inbox, log } = await connect(slackSide);
  await slack.start();
  slackSide.opened.answers.push({ ok: false, error: 'internal_error' });
  slackSide.peers[0]!.sendText(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
  await until(() => slackSide.peers.length === 2);
  expect(slackSide.opened.count).toBe(3);
  expect(log.lines.filter(({ message }) => message === 'slack: no connection, trying again')).toMatchObject([
    { fields: { failures: 1, error: { kind: 'unavailable' } } },
  ]);
  slackSide.peers[1]!.sendText(envelope('e1', 'events_api', deliveryOf('mention')));
  await until(() => slackSide.acks.length === 1);
  expect(inbox.messages).toHaveLength(1);
});

test('stopping acknowledges what is in hand, then closes the connection for good', async () => {
  const slackSide = await startSocketMode();
  const { slack, inbox } = await connect(slackSide);
  await slack.start();
  const { promise, resolve } = Promise.withResolvers<void>();
  inbox.hold = promise;
  slackSide.peers[0]!.sendText(envelope('e1', 'events_api', deliveryOf('mention')));
  await until(() => inbox.came === 1);
  const stopping = slack.stop();
  resolve();
  await stopping;
  await until(() => slackSide.acks.length === 1);
  expect(slackSide.acks).toEqual(['e1']);
  expect(slackSide.opened.count).toBe(1);
});

test('an app-level token that is refused is a fault of the set-up', async () => {
  const slackSide = await startSocketMode();
  slackSide.opened.answers.push({ ok: false, error: 'invalid_auth' });
  const { slack } = await connect(slackSide);
  await expect(slack.start()).rejects.toMatchObject({
    name: 'SetupError',
    message:
      'Slack refuses SLACK_APP_TOKEN (slack: apps.connections.open: invalid_auth). ' +
      'It must be an app-level token ("xapp-") with connections:write.',
  });
});

test('an outage at the start is not, and it can be tried again', async () => {
  const slackSide = await startSocketMode();
  slackSide.opened.answers.push({ ok: false, error: 'internal_error' });
  const { slack } = await connect(slackSide);
  await expect(slack.start()).rejects.toMatchObject({ name: 'RemoteError', kind: 'unavailable' });
  await slack.start();
  expect(slackSide.peers).toHaveLength(1);
});
