import { z } from 'zod';
import { createSlack } from '../../../adapters/slack/index.ts';
import { deliveryOf, eventWith } from './deliveries.ts';
import {
  createRecordingInbox,
  createRecordingLog,
  type Listening,
  listen,
  type RecordingInbox,
  signed,
  signingSecret,
  until,
} from './doubles.ts';
import type { ChatPlatform } from '#chat-ports.ts';

let inbox: RecordingInbox;
let log: ReturnType<typeof createRecordingLog>;
let slack: ChatPlatform;
let server: Listening;

beforeEach(async () => {
  inbox = createRecordingInbox();
  log = createRecordingLog();
  // nothing listens there: what comes in needs no call to Slack
  const config = { botToken: 'xoxb-test', signingSecret, appToken: null, apiUrl: 'http://127.0.0.1:9/api/' };
  slack = createSlack(config, { inbox, log, clock: () => new Date('2026-01-01T00:00:02Z') });
  server = await listen((request, response) => slack.webhook?.handle(request, response));
});

afterEach(() => server.close());

interface Sending {
  readonly headers?: Record<string, string>;
  readonly type?: string;
}

async function send(
  body: string,
  { headers = signed(body), type = 'application/json' }: Sending = {},
): Promise<Response> {
  return fetch(`${server.url}/slack/events`, { method: 'POST', body, headers: { 'content-type': type, ...headers } });
}

const deliver = (delivery: unknown, sending?: Sending) => send(JSON.stringify(delivery), sending);
const form = (payload: unknown) => new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
const formType = 'application/x-www-form-urlencoded';
const logged = (level: string) => log.lines.filter((line) => line.level === level);
const nothingStored = () => expect([inbox.messages, inbox.changes, inbox.clicks]).toEqual([[], [], []]);

test('the webhook is where the manifest says', () => {
  expect(slack).toMatchObject({ name: 'slack', webhook: { path: '/slack/events' } });
});

test.each([
  ['mention', 'my VPN drops every hour'],
  ['mention-as-message', 'my VPN drops every hour'],
  ['direct-message', "My laptop won't wake up & it is hot"],
  ['thread-reply', 'it is the Lisbon office'],
  ['file-share', 'see this'],
])('a signed delivery of %s is stored before it is acknowledged', async (fixture, text) => {
  const answer = await deliver(deliveryOf(fixture));
  expect([answer.status, await answer.text()]).toEqual([200, '']);
  expect(inbox.messages).toMatchObject([{ text }]);
});

test('nothing is acknowledged while it is not stored', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  inbox.hold = promise;
  let answered = false;
  const answer = deliver(deliveryOf('mention')).finally(() => {
    answered = true;
  });
  await until(() => inbox.came === 1);
  // another delivery, sent later, is through
  await deliver(deliveryOf('channel-talk'));
  expect(answered).toBe(false);
  resolve();
  expect((await answer).status).toBe(200);
  expect(inbox.messages).toHaveLength(1);
});

test('an edit and a deletion are handed over as changes', async () => {
  for (const fixture of ['message-changed', 'message-deleted']) {
    expect((await deliver(deliveryOf(fixture))).status).toBe(200);
  }
  expect(inbox.changes.map(({ text }) => text)).toEqual(['my laptop does not wake up', null]);
});

test.each(['channel-talk', 'own-message', 'other-bot', 'message-unfurled', 'own-message-changed'])(
  '%s is acknowledged and does not reach the inbox',
  async (fixture) => {
    expect((await deliver(deliveryOf(fixture))).status).toBe(200);
    nothingStored();
  },
);

test('a repeated delivery has the same ids: the inbox drops it', async () => {
  const headers = { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' };
  const body = JSON.stringify(deliveryOf('mention'));
  await send(body);
  await send(body, { headers: { ...signed(body), ...headers } });
  expect(inbox.messages[1]).toEqual(inbox.messages[0]);
  expect(logged('debug').map(({ fields }) => [fields['eventId'], fields['retryNum'], fields['lateByMs']])).toEqual([
    ['Ev0FIRST001', undefined, 2000],
    ['Ev0FIRST001', 1, 2000],
  ]);
});

test('what cannot be stored is answered with 500, so that Slack delivers it again', async () => {
  inbox.fail = new Error('insert into turns values (my VPN drops every hour)');
  expect((await deliver(deliveryOf('mention'))).status).toBe(500);
  expect((await send(form(deliveryOf('block-actions')), { type: formType })).status).toBe(500);
  inbox.fail = null;
  expect((await deliver(deliveryOf('mention'))).status).toBe(200);
  expect(inbox.messages).toHaveLength(1);
  expect(logged('error').map(({ message, fields }) => [message, fields['type'], fields['errorName']])).toEqual([
    ['slack: not stored, to be delivered again', 'event_callback', 'Error'],
    ['slack: not stored, to be delivered again', 'block_actions', 'Error'],
  ]);
});

test('a shape that the inbox does not know is no reason to lose a message', async () => {
  inbox.fail = new z.ZodError([]);
  expect((await deliver(deliveryOf('mention'))).status).toBe(500);
});

test.each([formType, `${formType}; charset=utf-8`])('a click in a %s is handed over', async (type) => {
  const body = form(deliveryOf('block-actions'));
  const answer = await send(body, { type });
  expect([answer.status, await answer.text()]).toEqual([200, '']);
  expect(inbox.clicks).toMatchObject([{ turnId: '42', action: 'get-human' }]);
});

test('a form that is sent is stored before it is acknowledged, and closes', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  inbox.hold = promise;
  const sending = send(form(deliveryOf('view-submission')), { type: formType });
  await until(() => inbox.came === 1);
  resolve();
  const answer = await sending;
  expect([answer.status, await answer.text()]).toEqual([200, '']);
  expect(inbox.clicks).toMatchObject([
    { action: 'details', turnId: '42', at: new Date('2026-01-01T00:00:02Z'), values: { urgency: 'high' } },
  ]);
});

test('a form that cannot be stored stays open', async () => {
  inbox.fail = new Error('the database is gone');
  expect((await send(form(deliveryOf('view-submission')), { type: formType })).status).toBe(500);
});

test.each([
  ['of another', { callback_id: 'other' }, []],
  ['with another’s origin in it', { private_metadata: '{}' }, ['slack: unknown shape']],
])('a form %s is acknowledged', async (_, fields, errors) => {
  const body = deliveryOf('view-submission');
  const other = { ...body, view: { ...(body['view'] as object), ...fields } };
  expect((await send(form(other), { type: formType })).status).toBe(200);
  nothingStored();
  expect(logged('error').map(({ message }) => message)).toEqual(errors);
  expect(JSON.stringify(log.lines)).not.toContain('VPN');
});

test('a form that cannot be opened is no reason to refuse the click', async () => {
  const opened = { action: 'details', title: 'a', intro: '', fields: [], submit: 'b', skip: 'c' } as const;
  inbox.pressed = { ...inbox.pressed, form: opened };
  expect((await send(form(deliveryOf('block-actions')), { type: formType })).status).toBe(200);
  expect(inbox.clicks).toHaveLength(1);
  await slack.stop();
  const [, failure] = logged('warn');
  expect([failure?.message, failure?.fields]).toMatchObject([
    'slack: a form could not be opened',
    { action: 'details', error: { kind: 'unavailable' } },
  ]);
});

test('a click on a button that is only a link is acknowledged', async () => {
  const body = deliveryOf('block-actions');
  const [action] = body['actions'] as object[];
  const link = { ...body, actions: [{ ...action, action_id: 'read', url: 'https://x.example/' }] };
  expect((await send(form(link), { type: formType })).status).toBe(200);
  nothingStored();
});

test('Slack’s check of the address is answered', async () => {
  const answer = await deliver({ type: 'url_verification', token: 't', challenge: 'c0ffee' });
  expect([answer.status, await answer.json()]).toEqual([200, { challenge: 'c0ffee' }]);
});

const now = () => Math.floor(Date.now() / 1000);

test.each<[string, (body: string) => Record<string, string>]>([
  ['a wrong signature', (body) => ({ ...signed(body), 'x-slack-signature': `v0=${'0'.repeat(64)}` })],
  ['the signature of another body', () => signed('{}')],
  ['a time stamp of six minutes ago', (body) => signed(body, now() - 360)],
  [
    'a fresh time stamp on an old signature',
    (body) => ({ ...signed(body, now() - 360), 'x-slack-request-timestamp': String(now()) }),
  ],
  ['no signature', () => ({})],
  ['a signature of another version', (body) => ({ ...signed(body), 'x-slack-signature': 'v1=abc' })],
])('%s is refused with 401', async (_, headersOf) => {
  for (const [body, type] of [
    [JSON.stringify(deliveryOf('mention')), 'application/json'],
    [form(deliveryOf('block-actions')), formType],
  ] as const) {
    expect((await send(body, { headers: headersOf(body), type })).status).toBe(401);
  }
  nothingStored();
});

test('a payload beside an unsigned ssl_check goes nowhere', async () => {
  const body = `ssl_check=1&${form(deliveryOf('block-actions'))}`;
  expect((await send(body, { headers: {}, type: formType })).status).toBe(200);
  nothingStored();
});

test.each<[string, unknown]>([
  ['an event type nobody listens to', eventWith('mention', { type: 'team_join' })],
  ['an event without an event', { ...deliveryOf('mention'), event: undefined }],
  ['an event that is a word', { ...deliveryOf('mention'), event: 'hello' }],
  ['an event that is null', { ...deliveryOf('mention'), event: null }],
  ['a payload of an unknown type', { type: 'app_rate_limited', team_id: 'T0FIRST01', minute_rate_limited: 1 }],
  ['a form that nobody opened', { type: 'view_submission', user: { id: 'U1' }, view: {} }],
  ['a click by nobody', { ...deliveryOf('block-actions'), user: undefined }],
  ['an array', [1, 2]],
  ['a number', 42],
  ['an empty object', {}],
])('%s is acknowledged and logged with its ids', async (_, body) => {
  expect((await deliver(body)).status).toBe(200);
  nothingStored();
  expect(log.lines.filter(({ level }) => level !== 'debug')).toHaveLength(1);
  expect(JSON.stringify(log.lines)).not.toContain('VPN');
});

test('a message of an unknown shape is acknowledged, and loud in the log', async () => {
  expect((await deliver(eventWith('mention', { ts: 'yesterday' }))).status).toBe(200);
  nothingStored();
  expect(logged('error')).toEqual([
    {
      level: 'error',
      message: 'slack: unknown shape',
      fields: {
        type: 'event_callback',
        eventId: 'Ev0FIRST001',
        eventType: 'app_mention',
        retryNum: undefined,
        at: ['ts: invalid_format'],
      },
    },
  ]);
});

test.each([
  ['null', 'null', 'application/json', 400],
  ['null in a form', 'payload=null', formType, 400],
  ['no JSON', '{"type":', 'application/json', 400],
  ['nothing', '', 'application/json', 400],
])('a body that is %s is answered with 400, and the program goes on', async (...[, body, type, status]) => {
  expect((await send(body, { type })).status).toBe(status);
  expect((await deliver(deliveryOf('mention'))).status).toBe(200);
});

test('a body that is too large is refused', async () => {
  const body = JSON.stringify({ ...deliveryOf('mention'), padding: 'x'.repeat(5 * 1024 * 1024) });
  // the connection may be closed while the rest is still being sent
  const status = await send(body).then(
    (answer) => answer.status,
    () => 413,
  );
  expect(status).toBe(413);
  nothingStored();
  expect((await deliver(deliveryOf('mention'))).status).toBe(200);
});

test('anything but a POST is not found', async () => {
  expect((await fetch(`${server.url}/slack/events`)).status).toBe(404);
});

test('a message of 40,000 characters comes through', async () => {
  await deliver(eventWith('direct-message', { text: 'a '.repeat(20_000) }));
  expect(inbox.messages[0]?.text).toHaveLength(39_999);
});

test('stopping waits for what is in hand, and refuses the rest', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  inbox.hold = promise;
  const inHand = deliver(deliveryOf('mention'));
  await until(() => inbox.came === 1);
  const stopping = slack.stop();
  expect((await deliver(deliveryOf('direct-message'))).status).toBe(500);
  resolve();
  await stopping;
  expect(inbox.messages).toMatchObject([{ text: 'my VPN drops every hour' }]);
  expect((await inHand).status).toBe(200);
});

test('neither a signing secret nor an app-level token is a fault of the set-up', () => {
  const config = { botToken: 'xoxb-test', signingSecret: null, appToken: null, apiUrl: 'http://127.0.0.1:9/api/' };
  expect(() => createSlack(config, { inbox, log, clock: () => new Date() })).toThrow(
    'Slack needs SLACK_SIGNING_SECRET (events by HTTP) or SLACK_APP_TOKEN (Socket Mode).',
  );
});
