import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { jest } from '@jest/globals';
import type { SlackSandbox } from '../../../sandbox/slack/index.ts';
import { ana, bob, clientOf, connectBolt, elsewhere, help, secret, startAcme, stranger } from './acme.ts';
import { until } from './until.ts';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  // biome-ignore lint/suspicious/noExplicitAny: what Slack sends
  readonly json: Readonly<Record<string, never>> & { event: Record<string, unknown>; event_id: string };
}

/** An app that keeps what it is sent and answers as told. */
async function listenAsApp(
  slack: SlackSandbox,
  respond: (response: ServerResponse, count: number) => void = (response) => void response.end(),
): Promise<{ received: Received[]; server: Server; url: string }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8');
      received.push({ headers: request.headers, body, json: JSON.parse(body) });
      respond(response, received.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`;
  slack.connectApp(url);
  return { received, server, url };
}

const open: { close(): unknown; closeAllConnections?(): void }[] = [];
function later<T extends { close(): unknown }>(closable: T): T {
  open.push(closable);
  return closable;
}
afterEach(async () => {
  for (const closable of open.splice(0).toReversed()) {
    closable.closeAllConnections?.();
    await closable.close();
  }
});

describe('to the real Bolt', () => {
  test('a direct message reaches a listener, and its answer is in the thread', async () => {
    const slack = later(await startAcme());
    const { app } = later(await connectBolt(slack));
    app.message(async ({ message, client }) => {
      if (message.subtype !== undefined || message.bot_id !== undefined) return;
      await client.chat.postMessage({ channel: message.channel, thread_ts: message.ts, text: `heard ${message.text}` });
    });
    const dm = slack.dm(ana);
    const ts = await slack.say({ as: ana, channel: dm, text: 'my <vpn>' });
    const answer = await until(() => slack.thread(dm, ts)[1]);
    expect(answer).toMatchObject({ text: 'heard my &lt;vpn&gt;', bot_id: slack.botId, thread_ts: ts });
    await until(() => slack.deliveries.length === 2);
    expect(slack.deliveries.map(({ kind, attempt, status }) => ({ kind, attempt, status }))).toEqual([
      { kind: 'event', attempt: 1, status: 200 },
      { kind: 'event', attempt: 1, status: 200 },
    ]);
  });

  test('a mention arrives twice, with two event ids', async () => {
    const slack = later(await startAcme());
    const { app } = later(await connectBolt(slack));
    const seen: { type: string; eventId: string; text: unknown }[] = [];
    app.event(/message|app_mention/, async ({ event, body }) => {
      seen.push({ type: event.type, eventId: body.event_id, text: 'text' in event ? event.text : null });
    });
    await slack.say({ as: bob, channel: help, text: '@Firstline my vpn' });
    await until(() => seen.length === 2);
    expect(seen.map(({ type, text }) => ({ type, text }))).toEqual([
      { type: 'message', text: `<@${slack.botUserId}> my vpn` },
      { type: 'app_mention', text: `<@${slack.botUserId}> my vpn` },
    ]);
    expect(new Set(seen.map(({ eventId }) => eventId)).size).toBe(2);
  });

  test('an app with another secret refuses with 401, and is asked again until tries are used up', async () => {
    const slack = later(await startAcme());
    const { app } = later(await connectBolt(slack, 'another-secret'));
    const heard: unknown[] = [];
    app.message(async ({ message }) => void heard.push(message));
    await slack.say({ as: ana, channel: slack.dm(ana), text: 'hello' });
    await until(() => slack.deliveries.length === 4);
    expect(slack.deliveries.map(({ attempt, status }) => [attempt, status])).toEqual([1, 2, 3, 4].map((n) => [n, 401]));
    expect(new Set(slack.deliveries.map(({ id }) => id)).size).toBe(1);
    expect(heard).toEqual([]);
  });

  test('five copies of one event reach the listener with one event id', async () => {
    const slack = later(await startAcme());
    const { app } = later(await connectBolt(slack));
    const ids: string[] = [];
    app.message(async ({ body }) => void ids.push(body.event_id));
    slack.delivery.copies = 5;
    await slack.say({ as: ana, channel: slack.dm(ana), text: 'hello' });
    await until(() => slack.deliveries.length === 5);
    expect([ids.length, new Set(ids).size]).toEqual([5, 1]);
  });

  test('a request address that gives back the challenge is connected, one that does not is not', async () => {
    const lines = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const slack = later(await startAcme({ verifyRequestUrl: true }));
    const deaf = await listenAsApp(slack);
    later(deaf.server);
    await until(() => lines.mock.calls.length === 1);
    expect(deaf.received.map(({ json }) => json['type'])).toEqual(['url_verification']);
    lines.mockRestore();
    const { app } = later(await connectBolt(slack));
    const heard: unknown[] = [];
    app.message(async ({ message }) => void heard.push(message.type));
    await slack.say({ as: ana, channel: slack.dm(ana), text: 'hello' });
    await until(() => heard.length === 1);
    expect(deaf.received).toHaveLength(1);
  });
});

describe('what is sent', () => {
  test('an event is signed over its body and comes in an envelope', async () => {
    const slack = later(await startAcme());
    const { received, server } = await listenAsApp(slack);
    later(server);
    const dm = slack.dm(ana);
    const ts = await slack.say({ as: ana, channel: dm, text: 'größer?' });
    const { headers, body, json } = await until(() => received[0]);
    const mac = createHmac('sha256', slack.signingSecret).update(
      `v0:${String(headers['x-slack-request-timestamp'])}:${body}`,
    );
    expect(headers['x-slack-signature']).toBe(`v0=${mac.digest('hex')}`);
    expect(headers['content-type']).toBe('application/json');
    expect(headers).not.toHaveProperty('x-slack-retry-num');
    expect(json).toEqual({
      token: expect.any(String),
      team_id: slack.teamId,
      context_team_id: slack.teamId,
      context_enterprise_id: null,
      api_app_id: slack.appId,
      type: 'event_callback',
      event_id: expect.stringMatching(/^Ev/),
      event_time: expect.any(Number),
      event_context: expect.any(String),
      is_ext_shared_channel: false,
      authorizations: [
        {
          enterprise_id: null,
          team_id: slack.teamId,
          user_id: slack.botUserId,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      event: {
        type: 'message',
        user: ana,
        team: slack.teamId,
        client_msg_id: expect.any(String),
        text: 'größer?',
        blocks: [expect.objectContaining({ type: 'rich_text' })],
        ts,
        event_ts: ts,
        channel: dm,
        channel_type: 'im',
      },
    });
  });

  /** Does something and gives the events that come of it; the last `count` of them. */
  async function eventsOf(
    act: (slack: SlackSandbox) => Promise<unknown>,
    count: number,
  ): Promise<Record<string, unknown>[]> {
    const slack = later(await startAcme());
    const { received, server } = await listenAsApp(slack);
    later(server);
    await act(slack);
    // what comes after the events of a mark cannot have come before
    const mark = slack.emit({ type: 'mark' });
    await until(() => received.some(({ json }) => json.event_id === mark) && received.length > count);
    return received
      .map(({ json }) => json.event)
      .filter(({ type }) => type !== 'mark')
      .slice(-count || received.length);
  }

  test('channels differ in their type', async () => {
    const events = await eventsOf(async (slack) => {
      await slack.say({ as: ana, channel: help, text: 'a' });
      await slack.say({ as: ana, channel: secret, text: 'b' });
    }, 2);
    const types = events.map(({ channel, channel_type }) => [channel, channel_type]);
    expect(new Map(types as [unknown, unknown][])).toEqual(
      new Map([
        [help, 'channel'],
        [secret, 'group'],
      ]),
    );
  });

  test('nothing is sent of a channel that the app is not in', async () => {
    const events = await eventsOf((slack) => slack.say({ as: ana, channel: elsewhere, text: '@Firstline hello' }), 0);
    expect(events).toEqual([]);
  });

  test('a reply names its thread and whose it is', async () => {
    let threadTs = '';
    const events = await eventsOf(async (slack) => {
      threadTs = await slack.say({ as: ana, channel: help, text: 'a' });
      await slack.say({ as: bob, channel: help, text: 'b', threadTs });
    }, 2);
    expect(events[1]).toMatchObject({ text: 'b', thread_ts: threadTs, parent_user_id: ana });
    expect(events[0]).not.toHaveProperty('thread_ts');
  });

  test('a message with files is a file_share', async () => {
    const files = [{ name: 'screen.png', mimetype: 'image/png', size: 1234 }];
    const [event] = await eventsOf((slack) => slack.say({ as: ana, channel: slack.dm(ana), text: 'look', files }), 1);
    expect(event).toMatchObject({
      subtype: 'file_share',
      text: 'look',
      files: [{ name: 'screen.png', mimetype: 'image/png', filetype: 'png', size: 1234, user: ana, mode: 'hosted' }],
    });
  });

  test('an edit is a message_changed with both messages', async () => {
    let ts = '';
    const events = await eventsOf(async (slack) => {
      ts = await slack.say({ as: ana, channel: help, text: 'old' });
      await slack.edit({ as: ana, channel: help, ts, text: 'new & better' });
    }, 2);
    expect(events[1]).toMatchObject({
      type: 'message',
      subtype: 'message_changed',
      hidden: true,
      channel: help,
      channel_type: 'channel',
      message: { ts, text: 'new &amp; better', user: ana, edited: { user: ana } },
      previous_message: { ts, text: 'old', user: ana },
    });
    expect(Number(events[1]?.['event_ts'])).toBeGreaterThan(Number(ts));
  });

  test('a deletion is a message_deleted with what was there', async () => {
    let ts = '';
    const events = await eventsOf(async (slack) => {
      ts = await slack.say({ as: ana, channel: help, text: 'oops' });
      await slack.remove({ as: ana, channel: help, ts });
    }, 2);
    expect(events[1]).toMatchObject({
      subtype: 'message_deleted',
      hidden: true,
      deleted_ts: ts,
      previous_message: { ts, text: 'oops', user: ana },
      channel: help,
    });
  });

  test("the app's own posts come back to it, marked as its own and without a subtype", async () => {
    const metadata = { event_type: 'answer', event_payload: { turn: '1' } };
    const [event] = await eventsOf(
      (slack) => clientOf(slack).chat.postMessage({ channel: help, text: 'mine', metadata }),
      1,
    );
    expect(event).toMatchObject({
      type: 'message',
      text: 'mine',
      bot_id: 'B0SANDBOX0',
      app_id: 'A0SANDBOX0',
      metadata,
    });
    expect(event).not.toHaveProperty('subtype');
  });

  test('a mention in direct messages is a message only', async () => {
    const events = await eventsOf((slack) => slack.say({ as: ana, channel: slack.dm(ana), text: '@Firstline hi' }), 1);
    expect(events.map(({ type }) => type)).toEqual(['message']);
  });

  test('hostile text goes out as it is given', async () => {
    const text = '<!channel> <https://evil.example|Reset password> &lt;b&gt;';
    const [event] = await eventsOf((slack) => slack.sayRaw({ as: ana, channel: help, text }), 1);
    expect(event).toMatchObject({ text });
  });

  test("a stranger's message in a shared channel says so in the envelope", async () => {
    const slack = later(await startAcme());
    const { received, server } = await listenAsApp(slack);
    later(server);
    await slack.say({ as: stranger, channel: 'C0SHARED', text: 'hello' });
    const { json } = await until(() => received[0]);
    expect(json).toMatchObject({ is_ext_shared_channel: true, team_id: slack.teamId, event: { team: 'T0THIRD' } });
  });

  test('visits, invitations and Stop are events too', async () => {
    const events = await eventsOf(async (slack) => {
      slack.openApp({ as: ana, tab: 'messages' });
      slack.setAppMember({ as: bob, channel: elsewhere, isMember: true });
      await slack.say({ as: bob, channel: elsewhere, text: 'now you hear me' });
      const threadTs = await slack.say({ as: ana, channel: slack.dm(ana), text: 'q' });
      slack.stopSession({ as: ana, channel: slack.dm(ana), threadTs });
    }, 5);
    expect(events.map(({ type }) => String(type)).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'agent_session_stopped',
      'app_home_opened',
      'member_joined_channel',
      'message',
      'message',
    ]);
  });
});

describe('delivery', () => {
  test('what is not answered with 2xx is sent again with its number and reason, and the same event id', async () => {
    const slack = later(await startAcme());
    const { received, server } = await listenAsApp(slack, (response, count) => {
      response.statusCode = count < 3 ? 500 : 200;
      response.end();
    });
    later(server);
    await slack.say({ as: ana, channel: help, text: 'hello' });
    await until(() => slack.deliveries.length === 3);
    expect(received.map(({ headers }) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']])).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_error'],
    ]);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    expect(slack.deliveries.map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 500],
      [2, 500],
      [3, 200],
    ]);
  });

  test('an app that does not answer in time is told http_timeout', async () => {
    const slack = later(await startAcme({ answerTimeoutMs: 50 }));
    const { received, server } = await listenAsApp(slack, (response, count) => {
      if (count > 1) response.end();
    });
    later(server);
    await slack.say({ as: ana, channel: help, text: 'hello' });
    await until(() => received.length === 2);
    expect(received[1]?.headers['x-slack-retry-reason']).toBe('http_timeout');
  });

  test('x-slack-no-retry with a failure is obeyed', async () => {
    const slack = later(await startAcme());
    const { received, server } = await listenAsApp(slack, (response) => {
      response.writeHead(500, { 'x-slack-no-retry': '1' }).end();
    });
    later(server);
    await slack.say({ as: ana, channel: help, text: 'one' });
    await slack.say({ as: ana, channel: help, text: 'two' });
    await until(() => slack.deliveries.length === 2);
    expect(received.map(({ json }) => json.event['text'])).toEqual(['one', 'two']);
  });

  test('what was said while no app was connected is redelivered when it connects', async () => {
    const slack = later(await startAcme({ retrySchedule: [0, 3_600_000] }));
    await slack.say({ as: ana, channel: help, text: 'is anybody there' });
    await until(() => slack.deliveries.length === 2);
    const { received, server } = await listenAsApp(slack);
    later(server);
    const { headers, json } = await until(() => received[0]);
    expect([headers['x-slack-retry-num'], headers['x-slack-retry-reason'], json.event['text']]).toEqual([
      '2',
      'connection_failed',
      'is anybody there',
    ]);
  });

  test('the events of a channel keep their order, and a pause holds them back', async () => {
    const slack = later(await startAcme());
    const { received, server } = await listenAsApp(slack);
    later(server);
    slack.delivery.paused = true;
    const texts = Array.from({ length: 10 }, (_, n) => `message ${n}`);
    for (const text of texts) await slack.say({ as: ana, channel: help, text });
    expect(received).toEqual([]);
    slack.delivery.paused = false;
    await until(() => received.length === 10);
    expect(received.map(({ json }) => json.event['text'])).toEqual(texts);
  });
});
