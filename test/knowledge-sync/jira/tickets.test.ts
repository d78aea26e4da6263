import { startJira, type JiraSandbox, type PastTicket } from '../../../sandbox/jira/index.ts';
import { EVERYONE } from '../../../src/domain/knowledge.ts';
import { RemoteError } from '../../../src/errors.ts';
import type { KnowledgeSource } from '../../../src/knowledge-ports.ts';
import { createJiraTickets, type JiraTicketsConfig } from '../../../knowledge-sync/jira/index.ts';
import { createPace } from '../../../knowledge-sync/pace.ts';

const jql = 'project = IT AND statusCategory = Done ORDER BY updated DESC';
const people = [
  { name: 'Ada Poe', email: 'ada@acme.example' },
  { name: 'Grace Hopkins', email: 'grace@acme.example' },
  { name: 'Linus Berg', email: 'linus@acme.example', hidesEmail: true },
  { name: 'Kim Deal', email: 'kim@acme.example' },
];

function past(number: number, change: Partial<PastTicket> = {}): PastTicket {
  const minute = String(number % 60).padStart(2, '0');
  return {
    key: `IT-${number}`,
    created: `2026-02-02T08:${minute}:00Z`,
    resolved: `2026-02-03T10:${minute}:00Z`,
    reporter: 'ada@acme.example',
    assignee: 'grace@acme.example',
    summary: `VPN drops ${number}`,
    description: 'It drops.',
    comments: [],
    resolution: 'Done',
    labels: [],
    ...change,
  };
}

let site: JiraSandbox;
let logged: { message: string; fields: unknown }[];
let waits: number[];
afterEach(() => site.close());

async function start(pastTickets: readonly PastTicket[]) {
  site = await startJira({ people, pastTickets });
}

function source(change: Partial<JiraTicketsConfig> = {}): KnowledgeSource {
  logged = [];
  waits = [];
  const note = (message: string, fields: unknown) => void logged.push({ message, fields });
  const log = { debug: () => undefined, info: note, warn: note, error: note };
  const pace = createPace({ concurrency: 4, perSecond: null, log, wait: async (ms) => void waits.push(ms) });
  const { url: baseUrl, email, apiToken } = site;
  return createJiraTickets(
    { baseUrl, email, apiToken, jql, resolutions: ['done', 'Fixed'], audience: EVERYONE, pace, ...change },
    { clock: () => new Date('2026-03-01T00:00:00Z'), log },
  );
}

async function listed(from: KnowledgeSource) {
  const found = [];
  for await (const one of from.list()) found.push(one);
  return found;
}

async function api(method: string, path: string, body?: unknown) {
  const basic = Buffer.from(`${site.email}:${site.apiToken}`).toString('base64');
  const response = await fetch(`${site.url}/rest/api/3${path}`, {
    method,
    headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(response.status).toBeLessThan(300);
}

function adf(...texts: string[]) {
  return {
    type: 'doc',
    version: 1,
    content: texts.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
  };
}

function idOf(key: string): string {
  return site.issue(key)?.id ?? '';
}

function requests() {
  return site.calls.map(({ method, path }) => `${method} ${path.replace('/rest/api/3/', '')}`);
}

describe('listing', () => {
  test('tickets that are solved are listed by their id, with a revision and the audience', async () => {
    await start([past(1), past(2, { resolution: "Won't Do" }), past(3, { resolution: 'Duplicate' })]);
    expect(await listed(source())).toEqual([
      {
        id: idOf('IT-1'),
        revision: `1 2026-02-03T10:01:00.000+0000 ${site.url}/browse/IT-1`,
        audience: EVERYONE,
      },
    ]);
  });

  test('what is open again, secured or outside the query is not listed', async () => {
    await start([past(1), past(2), past(3), past(4)]);
    await api('POST', '/issue/IT-1/transitions', { transition: { id: '11' } });
    await api('PUT', '/issue/IT-2', { fields: { security: { name: 'IT only' } } });
    await api('PUT', '/issue/IT-3', { fields: { labels: ['private'] } });
    const from = source({ jql: 'project = IT AND (labels is EMPTY OR labels != private)' });
    expect((await listed(from)).map(({ id }) => id)).toEqual([idOf('IT-4')]);
  });

  test('an unchanged site costs one request for a hundred tickets, and no text', async () => {
    await start(Array.from({ length: 950 }, (_, index) => past(index + 1)));
    const from = source();
    const first = await listed(from);
    const before = site.calls.length;
    expect(await listed(from)).toEqual(first);
    expect(first.length).toBe(950);
    expect(requests().slice(before)).toEqual(Array.from({ length: 10 }, () => 'POST search/jql'));
    expect(site.calls[0]?.body).toEqual({
      jql,
      maxResults: 100,
      fields: ['updated', 'resolution', 'status', 'security'],
    });
  });

  test('a query without an order is listed in the order of creation, whatever its quotations say', async () => {
    await start([past(1)]);
    await listed(source({ jql: 'project = IT AND summary !~ "order by \\" nothing"' }));
    expect(site.calls[0]?.body).toMatchObject({
      jql: 'project = IT AND summary !~ "order by \\" nothing" ORDER BY created ASC',
    });
  });

  test('an edit, a comment and its deletion change the revision', async () => {
    await start([past(1)]);
    const from = source();
    const revisions = [(await listed(from))[0]?.revision];
    await api('PUT', '/issue/IT-1', { fields: { summary: 'New' } });
    revisions.push((await listed(from))[0]?.revision);
    await api('POST', '/issue/IT-1/comment', { body: adf('more') });
    revisions.push((await listed(from))[0]?.revision);
    await api('DELETE', `/issue/IT-1/comment/${site.issue('IT-1')?.comments[0]?.id}`);
    revisions.push((await listed(from))[0]?.revision);
    expect(new Set(revisions).size).toBe(4);
  });

  test('an empty site is asked who we are, so that a lost sign-in is no empty site', async () => {
    await start([]);
    expect(await listed(source())).toEqual([]);
    expect(requests()).toEqual(['POST search/jql', 'GET myself']);
  });

  test.each([
    [{ apiToken: 'revoked' }, 'unauthorized', /JIRA_API_TOKEN/],
    [{ jql: 'project = NONE' }, 'rejected', /TICKETS_JQL/],
    [{ baseUrl: 'http://127.0.0.1:1' }, 'unavailable', /cannot be reached/],
  ])('with %j the listing fails as %s and says what to mend', async (change, kind, message) => {
    await start([past(1)]);
    const failure = await listed(source(change)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RemoteError);
    expect(failure).toMatchObject({ kind, message: expect.stringMatching(message) });
  });

  test('a busy site is waited for as it says, and asked for less when it fails', async () => {
    await start(Array.from({ length: 120 }, (_, index) => past(index + 1)));
    site.faults.set({ match: 'search', kind: 'rate-limit', retryAfterSeconds: 7, times: 1 });
    site.faults.set({ match: 'search', kind: 'status', status: 503, times: 1 });
    expect((await listed(source())).length).toBe(120);
    expect(waits).toEqual([7_000, 2_000]);
    expect(site.calls.map(({ body }) => (body as { maxResults?: number }).maxResults)).toEqual([100, 100, 50, 50, 50]);
  });
});

describe('looking up', () => {
  test('says what the listing says, with one request, past the search index', async () => {
    await start([past(1)]);
    site.searchLagMs = 1e12;
    const from = source();
    expect(await listed(from)).toEqual([]);
    const before = site.calls.length;
    const now = await from.lookUp(idOf('IT-1'));
    expect(requests().slice(before)).toEqual(['POST search/jql']);
    site.searchLagMs = 0;
    expect([now]).toEqual(await listed(from));
  });

  test.each<[string, () => Promise<void>]>([
    ['deleted', () => api('DELETE', '/issue/IT-1')],
    ['open again', () => api('POST', '/issue/IT-1/transitions', { transition: { id: '21' } })],
    ['closed otherwise', () => closedAs('Duplicate')],
    ['secured', () => api('PUT', '/issue/IT-1', { fields: { security: { id: '10000' } } })],
    ['no longer chosen by the query', () => api('PUT', '/issue/IT-1', { fields: { labels: ['private'] } })],
  ])('a ticket that is %s is gone, and is not read', async (what, change) => {
    await start([past(1), past(2)]);
    const from = source({ jql: 'project = IT AND (labels is EMPTY OR labels != private) ORDER BY updated' });
    const id = idOf('IT-1');
    expect(await from.lookUp(id)).not.toBeNull();
    await change();
    expect(await from.lookUp(id)).toBeNull();
    if (!what.startsWith('no longer')) expect(await from.read(id)).toBeNull();
  });

  test('an id that is none of Jira is gone, and never put into a query', async () => {
    await start([past(1)]);
    const from = source();
    expect(await from.lookUp('1 OR project = IT')).toBeNull();
    expect(await from.read('../myself')).toBeNull();
    expect(requests()).toEqual([]);
  });

  test('with a revoked token it fails, and nothing looks gone', async () => {
    await start([past(1)]);
    const from = source({ apiToken: 'revoked' });
    await expect(from.lookUp(idOf('IT-1'))).rejects.toMatchObject({ kind: 'unauthorized' });
    await expect(from.read(idOf('IT-1'))).rejects.toMatchObject({ kind: 'unauthorized' });
  });

  test('a query that Jira refuses fails, when the ticket is there', async () => {
    await start([past(1)]);
    await expect(source({ jql: 'novel = 1' }).lookUp(idOf('IT-1'))).rejects.toMatchObject({ kind: 'rejected' });
  });

  async function closedAs(name: string) {
    await api('POST', '/issue/IT-1/transitions', { transition: { id: '31' }, fields: { resolution: { name } } });
  }
});

describe('reading', () => {
  test('the question, the public conversation and the resolution, without names and secrets', async () => {
    await start([
      past(1, {
        description: 'Hi Grace, my VPN 4.5.1 drops. Password: Winter2026! Call +44 113 496 0123.\n\nError 812.',
        comments: [
          { author: 'grace@acme.example', at: '2026-02-02T09:00:00Z', public: true, body: 'Ada, which version?' },
          { author: 'grace@acme.example', at: '2026-02-02T09:01:00Z', public: false, body: 'she is always late' },
          { author: 'kim@acme.example', at: '2026-02-02T09:02:00Z', public: true, body: 'Same for me, ask Linus' },
          { author: 'linus@acme.example', at: '2026-02-02T09:03:00Z', public: false, body: 'ring not updated' },
          { author: 'linus@acme.example', at: '2026-02-02T09:04:00Z', public: true, body: 'Install 4.6.0.' },
          { author: 'ada@acme.example', at: '2026-02-02T09:05:00Z', public: true, body: 'Works, thanks Linus' },
        ],
      }),
    ]);
    expect(await source().read(idOf('IT-1'))).toEqual({
      source: 'tickets',
      id: idOf('IT-1'),
      title: 'VPN drops 1',
      url: `${site.url}/browse/IT-1`,
      revision: `1 2026-02-03T10:01:00.000+0000 ${site.url}/browse/IT-1`,
      updatedAt: new Date('2026-02-03T10:01:00Z'),
      audience: EVERYONE,
      gaps: [],
      isComplete: true,
      markdown: `## Question

Hi [name], my VPN 4.5.1 drops. Password: [secret]! Call [phone].

Error 812.

## Conversation

**IT:**

[name], which version?

**Colleague:**

Same for me, ask [name]

## Resolution

Done on 2026-02-03.

**IT:**

Install 4.6.0.

**Requester:**

Works, thanks [name]
`,
    });
  });

  test('comments that are restricted, or not surely public, are left out', async () => {
    await start([past(1)]);
    await api('POST', '/issue/IT-1/comment', { body: adf('for a role'), visibility: { type: 'role', value: 'Users' } });
    const properties = [{ key: 'sd.public.comment', value: { internal: true } }];
    await api('POST', '/issue/IT-1/comment', { body: adf('internal note'), properties });
    await api('POST', '/issue/IT-1/comment', { body: adf('for everybody') });
    const { markdown } = (await source().read(idOf('IT-1')))!;
    expect(markdown).toContain('for everybody');
    expect(markdown).not.toMatch(/for a role|internal note/);
  });

  test('a thousand comments are read, page by page', async () => {
    const comments = Array.from({ length: 1_000 }, (_, index) => {
      return { author: 'ada@acme.example', at: '2026-02-02T09:00:00Z', public: true, body: `comment ${index}.` };
    });
    await start([past(1, { comments })]);
    const { markdown, isComplete } = (await source().read(idOf('IT-1')))!;
    expect(comments.every(({ body }) => markdown.includes(body))).toBe(true);
    expect(isComplete).toBe(true);
    expect(requests().filter((request) => request.endsWith('/comment')).length).toBe(10);
  });

  test('without a description, the summary is the question', async () => {
    await start([past(1, { summary: 'Printer *jam* of Ada', description: '' })]);
    const { title, markdown } = (await source().read(idOf('IT-1')))!;
    expect(title).toBe('Printer *jam* of [name]');
    expect(markdown).toBe('## Question\n\nPrinter \\*jam\\* of [name]\n\n## Outcome\n\nDone on 2026-02-03.\n');
  });

  test('people are asked for once a day; without the right to, the names of others stay, and the log says so', async () => {
    await start([past(1, { description: 'ask Kim Deal' }), past(2)]);
    const from = source();
    expect((await from.read(idOf('IT-1')))?.markdown).toContain('ask [name]');
    await from.read(idOf('IT-2'));
    expect(requests().filter((request) => request === 'GET users/search').length).toBe(2);
    site.faults.set({ match: 'users/search', kind: 'status', status: 403, times: 1 });
    expect((await source().read(idOf('IT-1')))?.markdown).toContain('ask Kim Deal');
    expect(logged).toEqual([expect.objectContaining({ message: expect.stringContaining('people of the site') })]);
  });

  test('an outage while people are asked for fails, and names are not kept instead', async () => {
    await start([past(1, { description: 'ask Kim Deal' })]);
    const from = source();
    site.faults.set({ match: 'users/search', kind: 'status', status: 503, times: 6 });
    await expect(from.read(idOf('IT-1'))).rejects.toMatchObject({ kind: 'unavailable' });
    expect((await from.read(idOf('IT-1')))?.markdown).toContain('ask [name]');
  });

  test('of what the helpdesk wrote itself, the question and what people said is read, and not what it found', async () => {
    await start([]);
    const heading = (text: string) => ({ type: 'heading', attrs: { level: 3 }, content: [{ type: 'text', text }] });
    const said = (who: string, text: string) => ({
      type: 'paragraph',
      content: [
        { type: 'text', text: who, marks: [{ type: 'strong' }] },
        { type: 'text', text: ' · 2026-02-02 09:00 UTC' },
        { type: 'hardBreak' },
        { type: 'text', text },
      ],
    });
    const paragraph = (text: string) => adf(text).content[0]!;
    const description = {
      type: 'doc',
      version: 1,
      content: [
        heading('Question'),
        { type: 'blockquote', content: [paragraph('VPN fails')] },
        heading('Asked by'),
        paragraph('Zoe Quinn (zoe@acme.example)'),
        heading('Why it was handed over'),
        paragraph('Confidence of the best passage: 40 %'),
        heading('Conversation'),
        said('Zoe Quinn', 'VPN fails, tell Zoe'),
        said('Firstline', 'These may help'),
      ],
    };
    const properties = [{ key: 'firstline', value: { conversation: 'x' } }];
    const fields = {
      project: { key: 'IT' },
      issuetype: { name: 'Task' },
      summary: 'Zoe Quinn asks for help',
      description,
    };
    await api('POST', '/issue', { fields, properties });
    const comment = {
      type: 'doc',
      version: 1,
      content: [
        { type: 'paragraph', content: [{ type: 'text', text: 'Mia Wong', marks: [{ type: 'strong' }] }] },
        paragraph('Mia has it too'),
      ],
    };
    await api('POST', '/issue/IT-1/comment', { body: comment, properties: [{ key: 'firstline', value: { id: 'c' } }] });
    await api('POST', '/issue/IT-1/transitions', { transition: { id: '31' } });
    const { title, markdown } = (await source().read(idOf('IT-1')))!;
    expect(title).toBe('[name] asks for help');
    expect(markdown).toContain('> VPN fails');
    expect(markdown).toContain('VPN fails, tell [name]');
    expect(markdown).toContain('**Colleague:**\n\n[name] has it too');
    expect(markdown).not.toMatch(/Zoe|Mia|Quinn|Wong|Confidence|These may help/);
  });
});
