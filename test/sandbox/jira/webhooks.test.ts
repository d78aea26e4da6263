import { createHmac } from 'node:crypto';
import { createFaults, listen, type Call } from '../../../sandbox/http.ts';
import type { Listening } from '../../../sandbox/loopback.ts';
import type { JiraOptions } from '../../../sandbox/jira/index.ts';
import { adf, startSite, type TestSite } from './site.ts';

const secret = 'It’s a Secret to Everybody';
const ada = 'ada@acme.example';
const adam = 'adam@acme.example';

let site: TestSite;
let receiver: Listening;
let received: Call[] = [];
/** What the receiver answers to the next webhooks; 200 after that. */
let answers: number[] = [];

beforeAll(async () => {
  receiver = await listen({
    port: 0,
    faults: createFaults(),
    handle: async (call) => {
      received.push(call);
      return { status: answers.shift() ?? 200, body: '' };
    },
  });
});
afterAll(() => receiver.close());

async function start(options: Partial<JiraOptions> = {}) {
  received = [];
  answers = [];
  site = await startSite({ webhookRetrySchedule: [1, 1, 1, 1, 1, 1, 1], ...options });
  site.jira.connectWebhook(`${receiver.url}/hook`, secret);
}
afterEach(() => site.jira.close());

// what tests read of payloads is as various as the payloads
// oxlint-disable-next-line typescript/no-explicit-any
function payloads(): any[] {
  return received.map(({ body }) => JSON.parse(body) as unknown);
}

async function eventsAfter(act: () => unknown): Promise<string[]> {
  const before = received.length;
  await act();
  await site.jira.webhooksSettled();
  return payloads()
    .slice(before)
    .map(({ webhookEvent, issue_event_type_name: type }) =>
      type === undefined ? webhookEvent : `${webhookEvent} ${type}`,
    );
}

describe('what is told', () => {
  beforeEach(() => start());

  test('each change by the API or by people is told as what it is', async () => {
    let key = '';
    let id = '';
    const { jira } = site;
    const told: [string, string[]][] = [];
    const tell = async (what: string, act: () => unknown) => void told.push([what, await eventsAfter(act)]);
    await tell('made', async () => (key = await site.create()));
    await tell('commented', () => (id = jira.comment({ as: ada, key, text: 'Hi' }).id));
    await tell('comment edited', () => jira.editComment({ as: ada, key, commentId: id, text: 'Ho' }));
    await tell('comment deleted', () => jira.removeComment({ as: ada, key, commentId: id }));
    await tell('file', () =>
      jira.attach({ as: ada, key, name: 'a.txt', mimeType: 'text/plain', bytes: Buffer.from('a') }),
    );
    await tell('assigned', () => jira.assign({ as: adam, key, assignee: adam }));
    await tell('assigned again', () => jira.assign({ as: adam, key, assignee: adam }));
    await tell('solved', () => jira.transition({ as: adam, key, to: 'Done' }));
    await tell('secured', () => jira.setSecurity({ as: adam, key, level: 'IT only' }));
    await tell('property', () => site.call('PUT', `/rest/api/3/issue/${key}/properties/p`, 1));
    await tell('moved', () => (key = jira.moveIssue({ as: adam, key, projectKey: 'OPS' })));
    await tell('removed', () => jira.removeIssue({ as: adam, key }));
    expect(told).toEqual([
      ['made', ['jira:issue_created issue_created']],
      ['commented', ['comment_created']],
      ['comment edited', ['comment_updated']],
      ['comment deleted', ['comment_deleted']],
      ['file', ['attachment_created', 'jira:issue_updated issue_updated']],
      ['assigned', ['jira:issue_updated issue_assigned']],
      ['assigned again', []],
      ['solved', ['jira:issue_updated issue_generic']],
      ['secured', ['jira:issue_updated issue_updated']],
      ['property', []],
      ['moved', ['jira:issue_updated issue_moved']],
      ['removed', ['jira:issue_deleted issue_deleted']],
    ]);
  });

  test('a comment comes with its issue in short, its text and whether it is public', async () => {
    await eventsAfter(() => site.jira.comment({ as: adam, key: 'IT-1', text: 'One\nTwo', internal: true }));
    const [payload] = payloads();
    expect(payload).toMatchObject({
      timestamp: expect.any(Number),
      user: { displayName: 'Adam Poole' },
      comment: { body: 'One\nTwo', jsdPublic: false, author: { displayName: 'Adam Poole' } },
    });
    expect(payload.issue).toEqual({
      id: site.jira.issue('IT-1')?.id,
      key: 'IT-1',
      self: `${site.jira.url}/rest/api/2/issue/${site.jira.issue('IT-1')?.id}`,
      fields: {
        summary: 'VPN goes down',
        issuetype: expect.objectContaining({ name: 'Task' }),
        project: expect.objectContaining({ key: 'IT' }),
        assignee: expect.objectContaining({ displayName: 'Adam Poole' }),
        priority: expect.objectContaining({ name: 'Medium' }),
        status: expect.objectContaining({ name: 'Done' }),
      },
    });
  });

  test('an update tells what changed, from what and to what', async () => {
    const key = await site.create();
    await eventsAfter(() => site.jira.transition({ as: adam, key, to: 'Done', resolution: "Won't Do" }));
    expect(payloads().at(-1)).toMatchObject({
      issue: { key, fields: { status: { name: 'Done' }, description: null } },
      changelog: {
        items: [
          { field: 'status', from: '10000', fromString: 'To Do', to: '10002', toString: 'Done' },
          { field: 'resolution', from: null, fromString: null, to: '10001', toString: "Won't Do" },
        ],
      },
    });
  });

  test('the order is that of the changes', async () => {
    const keys = await eventsAfter(async () => {
      for (let number = 0; number < 5; number += 1) site.jira.comment({ as: ada, key: 'IT-1', text: String(number) });
    });
    expect(keys).toHaveLength(5);
    expect(payloads().map(({ comment }) => comment.body)).toEqual(['0', '1', '2', '3', '4']);
  });
});

describe('how it is delivered', () => {
  const comment = () => site.jira.comment({ as: ada, key: 'IT-1', text: 'Hi' });

  test('signed over the very bytes, with an identifier of its own', async () => {
    await start();
    await eventsAfter(() => (comment(), comment()));
    const [first, second] = received;
    const mac = createHmac('sha256', secret)
      .update(first?.body ?? '')
      .digest('hex');
    expect(first).toMatchObject({
      method: 'POST',
      path: '/hook',
      headers: {
        'x-hub-signature': `sha256=${mac}`,
        'content-type': 'application/json; charset=UTF-8',
        'user-agent': expect.stringContaining('Atlassian'),
        'x-atlassian-webhook-identifier': expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    });
    expect(first?.headers).not.toHaveProperty('x-atlassian-webhook-retry');
    expect(second?.headers['x-atlassian-webhook-identifier']).not.toBe(
      first?.headers['x-atlassian-webhook-identifier'],
    );
  });

  test('without a secret it is not signed, and to nobody it is not sent', async () => {
    await start();
    site.jira.connectWebhook(receiver.url, null);
    await eventsAfter(comment);
    expect(received[0]?.headers).not.toHaveProperty('x-hub-signature');
    site.jira.connectWebhook(null, null);
    expect(await eventsAfter(comment)).toEqual([]);
  });

  test.each([408, 409, 425, 429, 500, 503])(
    'again after a %d, as the same with the number of the try',
    async (status) => {
      await start();
      answers = [status, status];
      await eventsAfter(comment);
      const ids = new Set(received.map(({ headers }) => headers['x-atlassian-webhook-identifier']));
      expect([received.map(({ headers }) => headers['x-atlassian-webhook-retry']), ids.size]).toEqual([
        [undefined, '1', '2'],
        1,
      ]);
      expect(site.jira.webhooks.map(({ retry, outcome }) => [retry, outcome])).toEqual([
        [0, status],
        [1, status],
        [2, 200],
      ]);
    },
  );

  test.each([400, 401, 404, 302])('never again after a %d', async (status) => {
    await start();
    answers = [status];
    await eventsAfter(comment);
    expect(site.jira.webhooks.map(({ outcome }) => outcome)).toEqual([status]);
  });

  test('five times more and not oftener when nobody answers', async () => {
    await start({ webhookTimeoutMs: 1_000 });
    site.jira.connectWebhook('http://127.0.0.1:1/hook', secret);
    comment();
    await site.jira.webhooksSettled();
    expect(site.jira.webhooks).toMatchObject(
      Array.from({ length: 6 }, (_, retry) => ({
        event: 'comment_created',
        issueKey: 'IT-1',
        retry,
        outcome: 'no answer',
      })),
    );
  });

  test('not while it is paused, and all of it afterwards', async () => {
    await start();
    site.jira.delivery.paused = true;
    expect(await eventsAfter(() => (comment(), comment()))).toEqual([]);
    expect(await eventsAfter(() => (site.jira.delivery.paused = false))).toEqual([
      'comment_created',
      'comment_created',
    ]);
  });

  test('twice with the same identifier', async () => {
    await start();
    site.jira.delivery.twice = true;
    expect(await eventsAfter(comment)).toEqual(['comment_created', 'comment_created']);
    expect(new Set(received.map(({ headers }) => headers['x-atlassian-webhook-identifier'])).size).toBe(1);
  });

  test('not at all, on the record', async () => {
    await start();
    site.jira.delivery.drop = true;
    expect(await eventsAfter(comment)).toEqual([]);
    expect(site.jira.webhooks).toMatchObject([{ event: 'comment_created', issueKey: 'IT-1', outcome: 'dropped' }]);
  });

  test('in another order', async () => {
    const draws = [0.99, 0.5, 0];
    await start({ random: () => draws.shift() ?? 0 });
    Object.assign(site.jira.delivery, { paused: true, shuffle: true });
    for (const text of ['a', 'b', 'c']) site.jira.comment({ as: ada, key: 'IT-1', text });
    await eventsAfter(() => (site.jira.delivery.paused = false));
    expect(payloads().map(({ comment: { body } }) => body)).toEqual(['c', 'b', 'a']);
  });

  test('late', async () => {
    await start();
    site.jira.delivery.delayMs = 60;
    const began = Date.now();
    await eventsAfter(() => site.call('POST', '/rest/api/3/issue/IT-1/comment', { body: adf('x') }));
    expect([received.length, Date.now() - began >= 60]).toEqual([1, true]);
  });
});
