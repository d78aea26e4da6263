import { createHmac } from 'node:crypto';
import { createFaults, listen } from '../../../sandbox/http.ts';
import type { Listening } from '../../../sandbox/loopback.ts';
import { type NotionSandbox, startNotion } from '../../../sandbox/notion/index.ts';

interface Received {
  readonly body: Record<string, unknown>;
  readonly raw: string;
  readonly signature: unknown;
}

let notion: NotionSandbox;
let receiver: Listening;
let received: Received[];
let statuses: number[];
beforeEach(async () => {
  received = [];
  statuses = [];
  notion = await startNotion({ people: [{ name: 'Ada Poe', email: 'ada@acme.example' }], webhookRetryMs: 1 });
  receiver = await listen({
    port: 0,
    faults: createFaults(),
    handle: async ({ body, headers }) => {
      received.push({
        body: JSON.parse(body) as Record<string, unknown>,
        raw: body,
        signature: headers['x-notion-signature'],
      });
      return { status: statuses.shift() ?? 200, body: null };
    },
  });
});
afterEach(async () => {
  await notion.close();
  await receiver.close();
});

/** Types and entities of the events that arrived, without the verification. */
function events(): unknown[] {
  return received.slice(1).map(({ body }) => [body['type'], (body['entity'] as { id: string }).id]);
}

test('the address gets the token first, and signed events after that', async () => {
  notion.createPage({ parent: { workspace: true }, title: 'Before' });
  const { verificationToken, id: subscription } = await notion.subscribe(`${receiver.url}/notion/webhook`);
  expect(received).toEqual([
    { body: { verification_token: verificationToken }, raw: expect.any(String), signature: undefined },
  ]);
  const page = notion.createPage({ parent: { workspace: true }, title: 'New' });
  await notion.webhooks.settled();
  const [, event] = received;
  expect(event?.signature).toBe(
    `sha256=${createHmac('sha256', verificationToken)
      .update(event?.raw ?? '')
      .digest('hex')}`,
  );
  expect(event?.body).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
    workspace_id: expect.any(String),
    workspace_name: expect.any(String),
    subscription_id: subscription,
    integration_id: expect.any(String),
    type: 'page.created',
    authors: [{ id: expect.any(String), type: 'person' }],
    attempt_number: 1,
    api_version: '2026-03-11',
    entity: { id: page, type: 'page' },
    data: { parent: { id: event?.body['workspace_id'], type: 'space' } },
  });
});

test('an address that does not take the token is not subscribed', async () => {
  statuses = [500];
  await expect(notion.subscribe(receiver.url)).rejects.toThrow('did not take the verification token');
  notion.createPage({ parent: { workspace: true }, title: 'New' });
  await notion.webhooks.settled();
  expect(received).toHaveLength(1);
});

test('each kind of change is told, and only of what is shared', async () => {
  const root = notion.createPage({ parent: { workspace: true }, title: 'Root' });
  const other = notion.createPage({ parent: { workspace: true }, title: 'Other' });
  await notion.subscribe(receiver.url);
  const steps: [what: () => unknown, expected: () => unknown[]][] = [
    [
      () => (page = notion.createPage({ parent: { pageId: root }, title: 'P' })),
      () => [
        ['page.created', page],
        ['page.content_updated', root],
      ],
    ],
    [() => notion.updatePage(page, { markdown: 'x' }), () => [['page.content_updated', page]]],
    [() => notion.updatePage(page, { title: 'Q' }), () => [['page.properties_updated', page]]],
    [
      () => notion.move(page, { pageId: other }),
      () => [
        ['page.moved', page],
        ['page.content_updated', root],
        ['page.content_updated', other],
      ],
    ],
    [
      () => notion.trash(page),
      () => [
        ['page.deleted', page],
        ['page.content_updated', other],
      ],
    ],
    [
      () => notion.restore(page),
      () => [
        ['page.undeleted', page],
        ['page.content_updated', other],
      ],
    ],
    [
      () => (data = notion.createDatabase({ parentPageId: root, title: 'D', dataSources: [{ name: 'D' }] })),
      () => [
        ['database.created', data.id],
        ['data_source.created', data.dataSourceIds[0]],
      ],
    ],
    [
      () => (page = notion.createPage({ parent: { dataSourceId: data.dataSourceIds[0] ?? '' }, title: 'R' })),
      () => [
        ['page.created', page],
        ['data_source.content_updated', data.dataSourceIds[0]],
      ],
    ],
    [() => notion.share(root, false), () => []],
    [() => notion.updatePage(root, { title: 'secret' }), () => []],
  ];
  let page = '';
  let data: ReturnType<NotionSandbox['createDatabase']> = { id: '', dataSourceIds: [] };
  for (const [what, expected] of steps) {
    received = received.slice(0, 1);
    what();
    await notion.webhooks.settled();
    expect(new Set(events())).toEqual(new Set(expected()));
  }
});

test('an event that is not taken is sent again, and given up after eight attempts', async () => {
  await notion.subscribe(receiver.url);
  statuses = [500, 404];
  notion.createPage({ parent: { workspace: true }, title: 'New' });
  await notion.webhooks.settled();
  expect(received.slice(1).map(({ body }) => body['attempt_number'])).toEqual([1, 2, 3]);
  expect(new Set(received.slice(1).map(({ body }) => body['id'])).size).toBe(1);
  statuses = Array<number>(20).fill(503);
  received = received.slice(0, 1);
  notion.createPage({ parent: { workspace: true }, title: 'Newer' });
  await notion.webhooks.settled();
  expect(received).toHaveLength(9);
  expect(notion.webhooks.deliveries.slice(-8).map(({ attempt, status }) => [attempt, status])).toEqual(
    Array.from({ length: 8 }, (_, index) => [index + 1, 503]),
  );
});

test('events are lost, come twice or in another order when that is wanted', async () => {
  await notion.subscribe(receiver.url);
  const create = (title: string) => notion.createPage({ parent: { workspace: true }, title });
  notion.webhooks.dropNext(1);
  create('lost');
  notion.webhooks.duplicateNext(1);
  const twice = create('twice');
  await notion.webhooks.settled();
  expect(events()).toEqual(Array(2).fill(['page.created', twice]));
  received = received.slice(0, 1);
  notion.webhooks.hold();
  const held = ['one', 'two'].map(create);
  await notion.webhooks.settled();
  expect(events()).toEqual([]);
  notion.webhooks.release('reversed');
  await notion.webhooks.settled();
  expect(notion.webhooks.deliveries.slice(-2).map(({ type }) => type)).toEqual(Array(2).fill('page.created'));
  expect(new Set(events())).toEqual(new Set(held.map((id) => ['page.created', id])));
});

test('nobody is told after the end of a subscription', async () => {
  await notion.subscribe(receiver.url);
  notion.unsubscribe(receiver.url);
  notion.createPage({ parent: { workspace: true }, title: 'New' });
  await notion.webhooks.settled();
  expect(events()).toEqual([]);
});
