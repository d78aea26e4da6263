import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RemoteError, SetupError } from '#errors.ts';
import type { CommentDraft, TicketDraft } from '#domain/ticket.ts';
import { createJira, type JiraConfig } from '../../../adapters/jira/index.ts';
import { adfText } from '../../../sandbox/jira/adf.ts';
import { type JiraSandbox, startJira } from '../../../sandbox/jira/index.ts';

const people = [
  { name: 'Ada Poe', email: 'ada@acme.example' },
  { name: 'Ada Poet', email: 'ada@acme.example.org' },
  { name: 'Nia Hidden', email: 'nia@acme.example', hidesEmail: true },
  { name: 'Mia Hidden', email: 'mia@acme.example', hidesEmail: true },
  { name: 'Mia Other', email: 'mia@acme.example.org', hidesEmail: true },
];

let site: JiraSandbox;
beforeEach(async () => {
  site = await startJira({ people });
});
afterEach(() => site.close());

const log = { debug() {}, info() {}, warn() {}, error() {} };
let now = new Date();
beforeEach(() => {
  now = new Date();
});

function jiraAt(change: Partial<JiraConfig> = {}) {
  const { url, email, apiToken, projectKey } = site;
  const config = { baseUrl: url, email, apiToken, projectKey, issueType: 'Task', searchLagMs: 45_000, ...change };
  return createJira(config, { clock: () => now, log });
}

const draft: TicketDraft = {
  conversation: '0197-42',
  summary: 'VPN drops',
  body: [{ heading: 'Question', lines: [{ kind: 'text', text: 'my vpn drops' }] }],
  requester: { name: 'Ada Poe', email: 'ada@acme.example' },
  route: {
    project: null,
    issueType: null,
    requestType: null,
    components: [],
    priority: null,
    labels: [],
    assignee: null,
    fields: {},
    rules: [],
  },
  urgency: null,
  continues: null,
  labels: ['nothing-found', 'two words', 'firstline'],
  triedAt: null,
  mayCreate: true,
};

async function failureOf(
  call: Promise<unknown>,
): Promise<{ kind: string; retryAfterMs: number | null; message: string }> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(RemoteError);
  const { kind, retryAfterMs, message } = error as RemoteError;
  return { kind, retryAfterMs, message };
}

const paths = () => site.calls.map(({ method, path }) => `${method} ${path.replace('/rest/api/3/', '')}`);

describe('a first ticket', () => {
  test('is created at once, with the reporter, labels and our own mark', async () => {
    const ticket = await jiraAt().ensureTicket(draft);
    expect(ticket).toEqual({ id: site.issue('IT-1')?.id, key: 'IT-1', url: `${site.url}/browse/IT-1` });
    expect(site.issue('IT-1')).toMatchObject({
      summary: 'VPN drops',
      issuetype: 'Task',
      reporter: { emailAddress: 'ada@acme.example' },
      labels: ['nothing-found', 'two-words', 'firstline', 'firstline-0197-42'],
      properties: { firstline: { conversation: '0197-42' } },
    });
    expect(adfText(site.issue('IT-1')!.description)).toBe('Question\nmy vpn drops');
    expect(paths()).toEqual([
      'GET issue/createmeta/IT/issuetypes',
      'GET issue/createmeta/IT/issuetypes/10001',
      'GET user/search',
      'POST issue',
    ]);
  });

  test.each([
    ['nobody is known by the address', 'guest@other.example'],
    ['the address is unknown', null],
    ['several people hide their addresses', 'mia@acme.example'],
    ['only the beginning of an address fits', 'ada@acme'],
  ])('is made in our own name when %s', async (_, email) => {
    await jiraAt().ensureTicket({ ...draft, requester: { name: 'Ada', email } });
    expect(site.issue('IT-1')?.reporter).toMatchObject({ displayName: 'Firstline' });
  });

  test.each([
    ['in other case', 'ADA@Acme.Example', 'Ada Poe'],
    ['hidden by its owner', 'nia@acme.example', 'Nia Hidden'],
  ])('has its reporter by an address %s', async (_, email, displayName) => {
    await jiraAt().ensureTicket({ ...draft, requester: { name: 'Ada', email } });
    expect(site.issue('IT-1')?.reporter).toMatchObject({ displayName });
  });

  test('is made without a reporter where the project does not let us set one', async () => {
    site.hiddenFields.push('reporter');
    await jiraAt().ensureTicket(draft);
    expect(site.issue('IT-1')?.reporter).toMatchObject({ displayName: 'Firstline' });
  });

  test.each([400, 403])('is made without a reporter when people may not be searched (%d)', async (status) => {
    site.faults.set({ match: 'user/search', kind: 'status', status, times: 1 });
    await jiraAt().ensureTicket(draft);
    expect(site.issue('IT-1')?.reporter).toMatchObject({ displayName: 'Firstline' });
  });

  test.each([
    [401, 'unauthorized'],
    [429, 'rate-limited'],
    [503, 'unavailable'],
  ])('is not made when the search for people fails with %d', async (status, kind) => {
    site.faults.set({ match: 'user/search', kind: 'status', status, times: 1 });
    expect(await failureOf(jiraAt().ensureTicket(draft))).toMatchObject({ kind });
    expect(site.issues()).toEqual([]);
  });

  test('takes hostile text as text', async () => {
    const text = '\u0000<script>alert(1)</script> {panel}*x*{panel} \uD83D @here\u202E "\\ 😀';
    await jiraAt().ensureTicket({
      ...draft,
      conversation: 'a" OR project = "HR',
      summary: `${text}\r\n${'long '.repeat(100)}`,
      labels: [text],
      body: [
        {
          heading: text,
          lines: [
            { kind: 'said', who: text, at: now, text },
            { kind: 'link', text, url: `javascript:${text}`, note: text },
          ],
        },
      ],
    });
    const issue = site.issue('IT-1');
    expect(issue?.summary).toHaveLength(255);
    expect(JSON.stringify(issue?.description)).not.toContain('"link"');
    expect(adfText(issue!.description)).toContain('<script>alert(1)</script> {panel}*x*{panel}');
    expect(issue?.labels).toContain('firstline-a"-OR-project-=-"HR');
  });

  test('has a summary even when the message has no visible text', async () => {
    await jiraAt().ensureTicket({ ...draft, summary: '\u200B\n' });
    expect(site.issue('IT-1')?.summary).toBe('IT request');
  });

  test('is made from a transcript of 60,000 characters', async () => {
    const lines = Array.from({ length: 100 }, () => ({
      kind: 'said' as const,
      who: 'Ada',
      at: now,
      text: 'x'.repeat(600),
    }));
    await jiraAt().ensureTicket({ ...draft, body: [{ heading: 'Conversation', lines }] });
    expect(adfText(site.issue('IT-1')!.description)).toMatch(/… \d+ earlier messages left out/);
  });
});

describe('a repeated attempt', () => {
  // asked twice before it: for the types and for the fields
  const dropTheCreation = () => {
    site.faults.set({ match: '/issue', kind: 'slow', delayMs: 0, times: 2 });
    site.faults.set({ match: '/issue', kind: 'drop-after', times: 1 });
  };
  const laterBy = (seconds: number) => {
    now = new Date(now.getTime() + seconds * 1000);
  };

  test('returns the ticket that is there', async () => {
    const jira = jiraAt();
    const first = await jira.ensureTicket(draft);
    expect(await jira.ensureTicket({ ...draft, triedAt: now })).toEqual(first);
    expect(site.issues()).toHaveLength(1);
  });

  test('finds its ticket among those of others, whatever its id is made of', async () => {
    const conversation = 'a "quoted" \\ id';
    const jira = jiraAt();
    await jira.ensureTicket({ ...draft, conversation: 'other' });
    const mine = await jira.ensureTicket({ ...draft, conversation });
    expect(await jira.ensureTicket({ ...draft, conversation, triedAt: now })).toEqual(mine);
  });

  test('returns the oldest where there are several', async () => {
    const jira = jiraAt();
    const first = await jira.ensureTicket(draft);
    await jira.ensureTicket(draft);
    expect(await jira.ensureTicket({ ...draft, triedAt: now })).toEqual(first);
  });

  test('after an answer was lost gives one ticket', async () => {
    const jira = jiraAt();
    const triedAt = now;
    dropTheCreation();
    expect(await failureOf(jira.ensureTicket(draft))).toMatchObject({ kind: 'unavailable' });
    expect(await jira.ensureTicket({ ...draft, triedAt })).toMatchObject({ key: 'IT-1' });
    expect(site.issues()).toHaveLength(1);
  });

  test('waits while the search may not see the ticket yet, then finds it', async () => {
    const jira = jiraAt();
    const triedAt = now;
    site.searchLagMs = 3_600_000;
    dropTheCreation();
    await failureOf(jira.ensureTicket(draft));
    laterBy(5);
    expect(await failureOf(jira.ensureTicket({ ...draft, triedAt }))).toMatchObject({
      kind: 'unavailable',
      retryAfterMs: 40_000,
    });
    site.searchLagMs = 0;
    laterBy(40);
    expect(await jira.ensureTicket({ ...draft, triedAt })).toMatchObject({ key: 'IT-1' });
    expect(site.issues()).toHaveLength(1);
  });

  test('creates the ticket when long after the attempt there is none, if this attempt may', async () => {
    const jira = jiraAt();
    const triedAt = now;
    site.faults.set({ match: 'rest', kind: 'drop', times: 1 });
    await failureOf(jira.ensureTicket(draft));
    laterBy(46);
    expect(await failureOf(jira.ensureTicket({ ...draft, triedAt, mayCreate: false }))).toMatchObject({
      kind: 'unavailable',
    });
    expect(site.issues()).toEqual([]);
    expect(await jira.ensureTicket({ ...draft, triedAt })).toMatchObject({ key: 'IT-1' });
  });
});

describe('a link', () => {
  test('is one per address, with its latest title', async () => {
    const jira = jiraAt();
    const { id, key } = await jira.ensureTicket(draft);
    await jira.ensureLink(id, { url: 'https://slack/1', title: 'Thread' });
    await jira.ensureLink(id, { url: 'https://slack/1', title: 'The\nthread' });
    await jira.ensureLink(id, { url: `https://slack/${'2'.repeat(500)}`, title: 'x'.repeat(300) });
    expect(site.issue(key)?.remoteLinks).toMatchObject([
      { object: { url: 'https://slack/1', title: 'The thread' } },
      { object: { title: `${'x'.repeat(254)}…` } },
    ]);
  });

  test('to a ticket that is gone is rejected', async () => {
    const call = jiraAt().ensureLink('IT-9', { url: 'https://slack/1', title: 'Thread' });
    expect(await failureOf(call)).toMatchObject({ kind: 'rejected' });
  });
});

describe('a comment', () => {
  const comment: CommentDraft = {
    mark: 'turn-7',
    author: 'Ada Poe',
    lines: [{ kind: 'text', text: 'It is\nthe Lisbon office' }],
    internal: false,
  };

  test('is added once, publicly', async () => {
    const jira = jiraAt();
    const { id, key } = await jira.ensureTicket(draft);
    await jira.ensureComment(id, comment);
    await jira.ensureComment(id, comment);
    const comments = site.issue(key)!.comments;
    expect(comments).toMatchObject([{ public: true, properties: { firstline: { id: 'turn-7' } } }]);
    expect(adfText(comments[0]!.body)).toBe('Ada Poe\nIt is\nthe Lisbon office');
  });

  test('whose answer was lost is not added again', async () => {
    const jira = jiraAt();
    const { id, key } = await jira.ensureTicket(draft);
    await jira.ensureComment(id, { ...comment, mark: 'turn-6' });
    const before = site.calls.length;
    // the look for the comment comes through; adding it does, but not the answer
    site.faults.set({ match: '/comment', kind: 'slow', delayMs: 0, times: 1 });
    site.faults.set({ match: '/comment', kind: 'drop-after', times: 1 });
    expect(await failureOf(jira.ensureComment(id, comment))).toMatchObject({ kind: 'unavailable' });
    await jira.ensureComment(id, comment);
    expect(site.issue(key)?.comments).toHaveLength(2);
    expect(paths().slice(before)).toEqual([
      `GET issue/${id}/comment`,
      `POST issue/${id}/comment`,
      `GET issue/${id}/comment`,
    ]);
  });

  test('is found behind more than a page of others, with foreign properties among them', async () => {
    const jira = jiraAt();
    const { id, key } = await jira.ensureTicket(draft);
    await jira.ensureComment(id, comment);
    const basic = Buffer.from(`${site.email}:${site.apiToken}`).toString('base64');
    const body = { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text: 'x' }] }] };
    for (let index = 0; index < 120; index += 1) {
      await fetch(`${site.url}/rest/api/3/issue/${key}/comment`, {
        method: 'POST',
        headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json' },
        body: JSON.stringify({ body, properties: [{ key: 'firstline', value: index }] }),
      });
    }
    await jira.ensureComment(id, comment);
    expect(site.issue(key)?.comments).toHaveLength(121);
  });
});

describe('a failure', () => {
  test.each([
    ['a wrong token', { apiToken: 'wrong' }, 'unauthorized'],
    ['a project that is not there', { projectKey: 'HR' }, 'rejected'],
  ])('because of %s', async (_, change, kind) => {
    expect(
      await failureOf(jiraAt(change).ensureTicket({ ...draft, requester: { name: 'Ada', email: null } })),
    ).toMatchObject({ kind });
  });

  test('names the fields that were refused, and nothing of what was in them', async () => {
    site.faults.set({ match: 'createmeta', kind: 'status', status: 404, times: Infinity });
    site.requiredFields.push('customfield_10050');
    site.hiddenFields.push('labels');
    const { kind, message } = await failureOf(jiraAt().ensureTicket({ ...draft, labels: ['secret'] }));
    expect(kind).toBe('rejected');
    expect(message).toBe('Jira: POST /rest/api/3/issue: answered 400, because of customfield_10050, labels');
  });

  test('by rate limit tells how long to wait', async () => {
    site.faults.set({ match: '/issue', kind: 'rate-limit', retryAfterSeconds: 7, times: 1 });
    expect(await failureOf(jiraAt().ensureTicket(draft))).toMatchObject({ kind: 'rate-limited', retryAfterMs: 7000 });
  });

  test('is not repeated by ourselves', async () => {
    site.faults.set({ match: '/issue', kind: 'slow', delayMs: 0, times: 2 });
    site.faults.set({ match: '/issue', kind: 'status', status: 503, times: 1 });
    expect(await failureOf(jiraAt().ensureTicket(draft))).toMatchObject({ kind: 'unavailable', retryAfterMs: null });
    expect(paths().at(-1)).toBe('POST issue');
    expect(paths().filter((path) => path === 'POST issue')).toHaveLength(1);
  });

  test('never tells the address or the token', async () => {
    site.faults.set({ match: 'user/search', kind: 'status', status: 500, times: 1 });
    const { message } = await failureOf(jiraAt().ensureTicket(draft));
    expect(message).toBe('Jira: GET /rest/api/3/user/search: answered 500');
  });

  test('to connect is unavailable', async () => {
    const jira = jiraAt({ baseUrl: 'http://127.0.0.1:1' });
    expect(await failureOf(jira.ensureTicket(draft))).toMatchObject({ kind: 'unavailable', retryAfterMs: null });
  });
});

describe('a server that is not well', () => {
  let server: Server;
  async function serve(listener: RequestListener): Promise<string> {
    server = createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test('and hangs is unavailable after the time that we give it', async () => {
    const jira = jiraAt({ baseUrl: await serve(() => {}), timeoutMs: 50 });
    expect(await failureOf(jira.ensureTicket(draft))).toEqual({
      kind: 'unavailable',
      retryAfterMs: null,
      message: 'Jira: GET /rest/api/3/issue/createmeta/IT/issuetypes: no answer in time',
    });
  });

  test('and hangs in the middle of its answer is unavailable too', async () => {
    const baseUrl = await serve((_, response) => response.writeHead(200).write('[{"acc'));
    expect(await failureOf(jiraAt({ baseUrl, timeoutMs: 50 }).ensureTicket(draft))).toMatchObject({
      kind: 'unavailable',
    });
  });

  test.each([
    ['a page instead of JSON', 200, {}, '<html>secret', 'unavailable', null],
    ['JSON of another shape', 200, {}, '{"secret":1}', 'unavailable', null],
    ['a redirect', 302, { location: 'https://other.example/' }, '', 'rejected', null],
    ['a date to wait for', 429, { 'retry-after': 'Mon, 02 Mar 2026 09:00:30 GMT' }, '', 'rate-limited', 30_000],
    ['a date that is over', 503, { 'retry-after': 'Mon, 02 Mar 2026 08:00:00 GMT' }, '', 'unavailable', 0],
    ['a wait that is none', 503, { 'retry-after': 'soon' }, '', 'unavailable', null],
    ['a conflict of two changes', 409, {}, '', 'unavailable', null],
    ['a timeout of its own', 408, {}, '', 'unavailable', null],
    ['an edge that refuses in HTML', 400, {}, '<html>secret', 'rejected', null],
    ['no permission', 403, {}, '{"errorMessages":["secret"]}', 'unauthorized', null],
  ])('and answers with %s', async (...[, status, headers, body, kind, retryAfterMs]) => {
    now = new Date('2026-03-02T09:00:00Z');
    const baseUrl = await serve((_request, response) => response.writeHead(status, headers).end(body));
    const failure = await failureOf(
      jiraAt({ baseUrl }).ensureTicket({ ...draft, requester: { name: 'Ada', email: null } }),
    );
    expect(failure).toMatchObject({ kind, retryAfterMs });
    expect(failure.message).not.toContain('secret');
  });
});

describe('the check at start', () => {
  test('passes where all is well', async () => {
    await expect(jiraAt().check()).resolves.toBeUndefined();
  });

  test.each([
    [
      'a wrong token',
      { apiToken: 'wrong' },
      'Jira does not accept the credentials: check JIRA_EMAIL and JIRA_API_TOKEN.',
    ],
    [
      'an unknown person',
      { email: 'eve@acme.example' },
      'Jira does not accept the credentials: check JIRA_EMAIL and JIRA_API_TOKEN.',
    ],
    [
      'a project that is not there',
      { projectKey: 'HR' },
      'Jira has no project HR in which this account may create issues: check JIRA_PROJECT.',
    ],
    [
      'a type that is not there',
      { issueType: 'Wish' },
      'The Jira project IT has no issue type Wish, but Task, Service request, Incident: check JIRA_ISSUE_TYPE.',
    ],
  ])('names the setting to mend: %s', async (_, change, sentence) => {
    const check = jiraAt(change).check();
    await expect(check).rejects.toThrow(SetupError);
    await expect(check).rejects.toThrow(sentence);
  });

  test('tells that the address is not of a Jira', async () => {
    const check = jiraAt({ baseUrl: `${site.url}/wiki` }).check();
    await expect(check).rejects.toThrow(`There is no Jira at ${site.url}/wiki: check JIRA_BASE_URL.`);
  });

  test.each([
    ['is down', { kind: 'status', status: 503 }],
    ['limits us', { kind: 'rate-limit' }],
    ['drops the connection', { kind: 'drop' }],
  ] as const)('is no fault of the settings when Jira %s', async (_, fault) => {
    site.faults.set({ match: '', times: 1, ...fault });
    await failureOf(jiraAt().check());
  });
});
