import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { adfText } from '../../../sandbox/jira/adf.ts';
import type { JiraSandbox } from '../../../sandbox/jira/index.ts';
import { ada, comment, draft, jiraAt, kindOf, nextMillisecond, rui, startSite } from './acme.ts';

let site: JiraSandbox;
let jira: ReturnType<typeof jiraAt>;
let id: string;
beforeEach(async () => {
  site = await startSite();
  jira = jiraAt(site);
  ({ id } = await jira.ensureTicket(draft));
});
afterEach(() => site.close());

const act = { as: rui, key: 'IT-1' };
const issue = () => site.issue('IT-1')!;

describe('a comment of ours', () => {
  test('is rewritten, and stays ours and internal', async () => {
    const { commentId } = await jira.ensureComment(id, { ...comment, internal: true });
    const again = { ...comment, internal: true, author: null, lines: [{ kind: 'quote' as const, text: 'Reboot' }] };
    expect(await jira.editComment(id, { commentId, draft: again })).toEqual({ commentId });
    const [kept] = issue().comments;
    expect(adfText(kept!.body)).toBe('Reboot');
    expect(kept).toMatchObject({ public: false, properties: { firstline: { id: 'turn-7' } } });
    expect((await jira.read(id))?.ours.get('turn-7')).toBe(commentId);
  });

  test('that is gone is told', async () => {
    const { commentId } = await jira.ensureComment(id, comment);
    await jira.removeComment(id, commentId);
    await jira.removeComment(id, commentId);
    expect(issue().comments).toEqual([]);
    expect(await jira.editComment(id, { commentId, draft: comment })).toBeNull();
  });

  test('that we may not change or delete is a refusal, and while Jira is down it is none', async () => {
    const { commentId } = await jira.ensureComment(id, comment);
    const kinds: unknown[] = [];
    for (const status of [403, 503, 429]) {
      for (const call of [
        () => jira.editComment(id, { commentId, draft: comment }),
        () => jira.removeComment(id, commentId),
        () => jira.amend(id, { priority: 'Low' }),
      ]) {
        site.faults.set({ match: '', times: 1, kind: 'status', status });
        kinds.push(await kindOf(call()));
      }
    }
    const three = (kind: string) => [kind, kind, kind];
    expect(kinds).toEqual([...three('rejected'), ...three('unavailable'), ...three('rate-limited')]);
  });

  test('without any words is not refused', async () => {
    await jira.ensureComment(id, { ...comment, author: null, lines: [] });
    expect(adfText(issue().comments[0]!.body)).toBe('(no text)');
  });
});

describe('the description', () => {
  const body = [{ heading: 'Question', lines: [{ kind: 'text' as const, text: 'my vpn drops in Lisbon' }] }];

  test('is written while it says what we wrote', async () => {
    const { described } = await jira.amend(id, { summary: 'VPN drops\nin Lisbon', priority: 'Highest', body });
    expect(issue()).toMatchObject({ summary: 'VPN drops in Lisbon', priority: 'Highest' });
    expect(adfText(issue().description)).toBe('Question\nmy vpn drops in Lisbon');
    const next = [{ heading: 'Question', lines: [{ kind: 'text' as const, text: 'solved' }] }];
    const after = await jira.amend(id, { body: next, described });
    expect(adfText(issue().description)).toBe('Question\nsolved');
    // an answer that was lost: what is kept is older than what is there
    expect(await jira.amend(id, { body, described })).toEqual({ described });
    expect(after.described).not.toBe(described);
  });

  test('that already says it is not written again', async () => {
    const { described } = await jira.amend(id, { body });
    const before = site.calls.filter(({ method }) => method === 'PUT').length;
    expect(await jira.amend(id, { body, described })).toEqual({ described });
    expect(site.calls.filter(({ method }) => method === 'PUT')).toHaveLength(before);
  });

  test('that somebody else has changed stays, from the first time on; the rest is set', async () => {
    await edit({
      description: {
        type: 'doc',
        version: 1,
        content: [{ type: 'paragraph', content: [{ type: 'text', text: 'mine' }] }],
      },
    });
    expect(await jira.amend(id, { body, priority: 'Low' })).toEqual({ described: null });
    expect(await jira.amend(id, { body, described: null })).toEqual({ described: null });
    expect(adfText(issue().description)).toBe('mine');
    expect(issue().priority).toBe('Low');
  });

  test('keeps the line by which its ticket is found', async () => {
    const desk = jiraAt(site, { serviceDesk: { id: '1', requestType: '10' } });
    const ticket = await desk.ensureTicket({ ...draft, conversation: 'b' });
    await desk.amend(ticket.id, { body });
    expect(adfText(site.issue(ticket.key)!.description)).toMatch(/Lisbon\nFor Firstline\nReference: firstline-b$/);
  });

  test.each([
    ['the priority', 'priority', { summary: 'New', priority: 'Low' }, { summary: 'New', priority: 'Medium' }],
    ['the summary', 'summary', { summary: 'New', priority: 'Low' }, { summary: 'VPN drops', priority: 'Low' }],
  ])('and the rest are written without %s where that is not on the screen', async (_, field, change, kept) => {
    site.hiddenFields.push(field);
    expect((await jira.amend(id, { ...change, body })).described).toEqual(expect.any(String));
    expect(issue()).toMatchObject(kept);
    expect(adfText(issue().description)).toContain('Lisbon');
  });

  test('that is not on the screen leaves the rest to be set', async () => {
    site.hiddenFields.push('description');
    expect(await jira.amend(id, { body, priority: 'Low' })).toEqual({ described: null });
    expect(issue().priority).toBe('Low');
  });

  test('of a ticket that is gone is an error', async () => {
    site.removeIssue(act);
    expect(await kindOf(jira.amend(id, { body }))).toBe('rejected');
  });
});

describe('reopening', () => {
  test('opens what is done, and nothing else', async () => {
    expect(await jira.reopen(id)).toBe(true);
    site.transition({ ...act, to: 'Waiting for customer' });
    expect(await jira.reopen(id)).toBe(true);
    expect(issue().status).toBe('Waiting for customer');
    site.transition({ ...act, to: 'Done' });
    expect(await jira.reopen(id)).toBe(true);
    expect(issue()).toMatchObject({ status: 'To Do', resolution: null });
  });

  test('is not possible where the workflow has no way back', async () => {
    site.transition({ ...act, to: 'Done' });
    site.canReopen = false;
    expect(await jira.reopen(id)).toBe(false);
    expect(issue().status).toBe('Done');
  });

  test('takes another way when one is refused', async () => {
    site.transition({ ...act, to: 'Done' });
    site.faults.set({ match: '/transitions', kind: 'slow', delayMs: 0, times: 1 });
    site.faults.set({ match: '/transitions', kind: 'status', status: 400, times: 1 });
    expect(await jira.reopen(id)).toBe(true);
    expect(issue().status).not.toBe('Done');
  });
});

describe('giving it to somebody', () => {
  test.each([
    ['with an account', rui, true, 'Rui Costa'],
    ['whom Jira does not know', 'nobody@acme.example', false, undefined],
  ])('%s', async (_, email, done, name) => {
    expect(await jira.assign(id, email)).toBe(done);
    expect(issue().assignee?.displayName).toBe(name);
  });

  test.each([400, 403])('who cannot have it (%d)', async (status) => {
    site.faults.set({ match: '/assignee', kind: 'status', status, times: 1 });
    expect(await jira.assign(id, rui)).toBe(false);
  });
});

describe('what has changed since', () => {
  test('is named, the oldest change first, without what is not ours', async () => {
    const second = await jira.ensureTicket({ ...draft, conversation: 'b' });
    await send('POST', '/rest/api/3/issue', {
      fields: { project: { key: 'IT' }, issuetype: { name: 'Task' }, summary: 'not ours' },
    });
    await nextMillisecond();
    site.comment({ ...act, text: 'x' });
    const now = new Date();
    const at = jiraAt(site, {}, () => now);
    expect(await at.changedSince(new Date(now.getTime() - 1000))).toEqual({
      ticketIds: [second.id, id],
      until: new Date(now.getTime() - 60_000),
    });
    expect(site.calls.at(-1)?.body).toMatchObject({
      jql: 'labels = "firstline" AND updated >= -3m ORDER BY updated ASC',
    });
  });

  test('is asked for in whole minutes with some to spare', async () => {
    const now = new Date();
    await jiraAt(site, {}, () => now).changedSince(new Date(now.getTime() - 601_000));
    expect(site.calls.at(-1)?.body).toMatchObject({ jql: expect.stringContaining('>= -13m ') });
  });

  test('has requests of the service desk as well', async () => {
    const desk = jiraAt(site, { serviceDesk: { id: '1', requestType: '10' } });
    const ticket = await desk.ensureTicket({ ...draft, conversation: 'b' });
    const { ticketIds } = await desk.changedSince(new Date());
    expect(ticketIds).toContain(ticket.id);
  });
});

describe('more changes than are handed over at a time', () => {
  const now = new Date('2026-11-23T12:00:00Z');
  /** Issue n changed so many seconds after the first. */
  async function changedOf(total: number, apartMs: number, since: Date) {
    const server = createServer((request, response) => {
      void json(request).then((body) => {
        const { nextPageToken = '0' } = body as { nextPageToken?: string };
        const from = Number(nextPageToken);
        const issues = Array.from({ length: Math.min(100, total - from) }, (_, index) => {
          const at = new Date(since.getTime() + (from + index) * apartMs);
          return { id: String(from + index), key: 'IT-1', fields: { updated: at.toISOString().replace('Z', '+0000') } };
        });
        const next = from + 100 < total ? { nextPageToken: String(from + 100) } : { isLast: true };
        response.end(JSON.stringify({ issues, ...next }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const changed = await jiraAt(site, { baseUrl }, () => now).changedSince(since);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    return { count: changed.ticketIds.length, until: changed.until };
  }
  const since = new Date('2026-11-23T10:00:00Z');

  test('are gone on with from the last that was read', async () => {
    const until = new Date(since.getTime() + 499_000);
    expect(await changedOf(700, 1000, since)).toEqual({ count: 500, until });
  });

  test('are read to their end when all came at once: from there it would go on with the same', async () => {
    expect(await changedOf(700, 1, since)).toEqual({ count: 700, until: new Date(now.getTime() - 60_000) });
  });
});

async function edit(fields: object) {
  await send('PUT', `/rest/api/3/issue/${id}`, { fields });
}

async function send(method: string, path: string, body: object) {
  const response = await fetch(`${site.url}${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(`${ada}:${site.apiToken}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  expect(response.status).toBeLessThan(300);
}
