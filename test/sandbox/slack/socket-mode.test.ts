import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { SlackSandbox } from '../../../sandbox/slack/index.ts';
import { ana, help, startAcme } from './acme.ts';
import { until } from './until.ts';

let slack: SlackSandbox;

beforeEach(async () => {
  slack = await startAcme({ socketMode: true, answerTimeoutMs: 500, retrySchedule: [0, 3_600_000] });
});
afterEach(() => slack.close());

/** The real Bolt over its own Socket Mode receiver; `prepare` adds the listeners. */
async function withBolt(prepare: (app: App) => void, use: (app: App) => Promise<void>): Promise<void> {
  const clientOptions = { slackApiUrl: slack.apiUrl };
  const logLevel = LogLevel.ERROR;
  const receiver = new SocketModeReceiver({ appToken: slack.appToken, logLevel, installerOptions: { clientOptions } });
  const app = new App({ token: slack.botToken, receiver, clientOptions, logLevel });
  prepare(app);
  await app.start();
  try {
    await use(app);
  } finally {
    await app.stop();
  }
}

test('an app over a WebSocket hears a long message, answers, and acks each envelope', async () => {
  const listen = (app: App) =>
    app.message(async ({ message, client }) => {
      if (message.subtype !== undefined) return;
      await client.chat.postMessage({ channel: message.channel, thread_ts: message.ts, text: 'heard' });
    });
  await withBolt(listen, async () => {
    const dm = slack.dm(ana);
    const ts = await slack.say({ as: ana, channel: dm, text: 'my vpn drops, '.repeat(10_000) });
    const answer = await until(() => slack.thread(dm, ts)[1]);
    await until(() => slack.deliveries.length === 2);
    expect(answer.text).toBe('heard');
  });
  const outcomes = slack.deliveries.map(({ attempt, status }) => [attempt, status]);
  expect(outcomes).toEqual([
    [1, 200],
    [1, 200],
  ]);
});

test('what was said before the app connected comes when it has', async () => {
  const heard: unknown[] = [];
  const listen = (app: App) =>
    app.message(async ({ message, context }) => {
      heard.push(['text' in message ? message.text : null, (context.retryNum ?? 0) > 0]);
    });
  await slack.say({ as: ana, channel: help, text: 'early' });
  await until(() => slack.deliveries.length === 2);
  await withBolt(listen, async () => {
    await until(() => heard.length === 1);
  });
  expect(heard).toEqual([['early', true]]);
});

test('a click is acked over the WebSocket', async () => {
  const values: unknown[] = [];
  const listen = (app: App) =>
    app.action('solved', async ({ ack, action }) => {
      await ack();
      values.push('value' in action ? action.value : null);
    });
  await withBolt(listen, async (app) => {
    const text = { type: 'plain_text' as const, text: 'Solved' };
    const button = { type: 'button' as const, text, action_id: 'solved', value: '7' };
    const posted = await app.client.chat.postMessage({
      channel: help,
      text: 'answer',
      blocks: [{ type: 'actions', elements: [button] }],
    });
    expect(await slack.click({ as: ana, channel: help, ts: posted.ts ?? '', actionId: 'solved' })).toBe(200);
  });
  expect(values).toEqual(['7']);
});

/** A connection of our own making, to answer otherwise than Bolt does. */
async function connect(): Promise<{ socket: WebSocket; received: Record<string, unknown>[] }> {
  const response = await fetch(`${slack.apiUrl}apps.connections.open`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.appToken}` },
  });
  const { url } = (await response.json()) as { url: string };
  const received: Record<string, unknown>[] = [];
  const socket = new WebSocket(url);
  socket.addEventListener('message', ({ data }) => void received.push(JSON.parse(String(data))));
  await until(() => received[0]);
  return { socket, received };
}

test('a connection is greeted, and its address is good for one connection', async () => {
  const { socket, received } = await connect();
  expect(received[0]).toMatchObject({ type: 'hello', num_connections: 1, connection_info: { app_id: slack.appId } });
  const second = new WebSocket(socket.url);
  const refused = new Promise((resolve) => {
    second.addEventListener('error', () => resolve('refused'));
    second.addEventListener('open', () => resolve('accepted'));
  });
  expect(await refused).toBe('refused');
  socket.close();
});

test('an envelope without an ack is sent again, as the same event and in a new envelope', async () => {
  const { socket, received } = await connect();
  await slack.say({ as: ana, channel: help, text: 'hello' });
  const first = await until(() => received[1]);
  const again = await until(() => received[2]);
  socket.send(JSON.stringify({ envelope_id: again['envelope_id'] }));
  await until(() => slack.deliveries.length === 2);
  expect(first).toMatchObject({
    type: 'events_api',
    retry_attempt: 0,
    retry_reason: '',
    accepts_response_payload: false,
  });
  expect(again).toMatchObject({
    type: 'events_api',
    retry_attempt: 1,
    retry_reason: 'timeout',
    payload: first['payload'],
  });
  expect(again['envelope_id']).not.toBe(first['envelope_id']);
  expect(slack.deliveries.map(({ attempt, status }) => [attempt, status])).toEqual([
    [1, null],
    [2, 200],
  ]);
  socket.close();
});

test('an app that leaves without a word is not sent to', async () => {
  const { socket } = await connect();
  socket.close();
  await until(() => socket.readyState === WebSocket.CLOSED);
  await slack.say({ as: ana, channel: help, text: 'hello' });
  await until(() => slack.deliveries.length === 2);
  expect(slack.deliveries.map(({ status }) => status)).toEqual([null, null]);
});
