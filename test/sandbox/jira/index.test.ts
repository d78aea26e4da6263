import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createCloudClient } from 'jira.js/cloud';
import { createClient } from 'jira.js/core';
import { type JiraOptions, type JiraSandbox, type PastTicket, startJira } from '../../../sandbox/jira/index.ts';

const people = [
  { name: 'Ada Poe', email: 'ada@acme.example' },
  { name: 'Adam Poole', email: 'adam@acme.example' },
  { name: 'Nia Hidden', email: 'nia@acme.example', hidesEmail: true },
  { name: 'Guy Guest', email: 'guy@acme.example', guest: true },
];
const pastTickets: PastTicket[] = [
  {
    key: 'IT-41',
    created: '2026-02-02T08:47:00Z',
    resolved: '2026-02-02T12:10:00Z',
    reporter: 'ada@acme.example',
    assignee: 'adam@acme.example',
    summary: 'VPN goes down every 20 min!!',
    description: 'Hello,\n\nsince Friday.',
    comments: [
      { author: 'adam@acme.example', at: '2026-02-02T09:15:00Z', public: true, body: 'What version?' },
      { author: 'adam@acme.example', at: '2026-02-02T10:15:00Z', public: false, body: 'Told the network team.' },
    ],
    resolution: 'Done',
    labels: ['vpn'],
  },
];

let jira: JiraSandbox;
let others: JiraSandbox[] = [];
beforeEach(async () => {
  jira = await startJira({ people, pastTickets });
});
afterEach(async () => {
  for (const one of [jira, ...others]) await one.close();
  others = [];
});

async function start(options: Partial<JiraOptions>): Promise<JiraSandbox> {
  const one = await startJira({ people, ...options });
  others.push(one);
  return one;
}

/** The real client with its own transport and its own validation of every answer. */
function clientOf(site: JiraSandbox) {
  return createCloudClient(
    createClient({ host: site.url, auth: { type: 'basic', email: site.email, apiToken: site.apiToken } }),
  );
}

/** What the tests read of the answers, by name. */
interface Body extends Array<{ displayName: string; emailAddress?: string }> {
  readonly id: string;
  readonly key: string;
  readonly issues: { readonly key: string }[];
  readonly nextPageToken?: string;
  readonly isLast: boolean;
  readonly errors: Readonly<Record<string, string>>;
  readonly comments: object[];
  readonly fields: unknown;
}

async function api(...[method, path, body, credentials]: [string, string, unknown?, string?]) {
  const basic = Buffer.from(credentials ?? `${jira.email}:${jira.apiToken}`).toString('base64');
  const response = await fetch(`${jira.url}${path}`, {
    method,
    headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    redirect: 'manual',
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true && text !== '';
  return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as Body };
}

const adf = (text: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});
const fields = { project: { key: 'IT' }, issuetype: { name: 'Task' }, summary: 'Help' };

async function create(more: object = {}, rest: object = {}): Promise<{ id: string; key: string }> {
  const { status, body } = await api('POST', '/rest/api/3/issue', { fields: { ...fields, ...more }, ...rest });
  expect(status).toBe(201);
  return body;
}

describe('credentials', () => {
  test.each([
    ['no token', 'firstline@acme.example:'],
    ['a wrong token', 'firstline@acme.example:nonsense'],
    ['an unknown person', 'eve@acme.example:TOKEN'],
    ['a guest, who has no account', 'guy@acme.example:TOKEN'],
  ])('%s is refused in words', async (_, credentials) => {
    const answer = await api('GET', '/rest/api/3/myself', undefined, credentials.replace('TOKEN', jira.apiToken));
    expect(answer.status).toBe(401);
    expect(answer.body).toBe('Client must be authenticated to access this resource.');
    expect(answer.headers.get('www-authenticate')).toMatch(/^OAuth/);
  });

  test('an employee acts under their own name', async () => {
    const { body } = await api('GET', '/rest/api/3/myself', undefined, `Ada@acme.example:${jira.apiToken}`);
    expect(body).toMatchObject({ displayName: 'Ada Poe', emailAddress: 'ada@acme.example', active: true });
  });
});

describe('with jira.js, which validates every answer', () => {
  test('an issue is made, read, edited, moved and deleted', async () => {
    const client = clientOf(jira);
    const me = await client.myself.getCurrentUser();
    const [ada] = await client.userSearch.findUsers({ query: 'ada@acme.example' });
    const { key } = await client.issues.createIssue({
      fields: {
        ...fields,
        description: adf('It broke'),
        labels: ['a'],
        reporter: { id: ada?.accountId },
        priority: { name: 'High' },
      },
      properties: [{ key: 'firstline', value: { conversationId: '7' } }],
    });
    await client.issues.editIssue({
      issueIdOrKey: key,
      fields: { summary: 'Help!' },
      update: { labels: [{ add: 'b' }, { remove: 'a' }] },
    });
    const { transitions = [] } = await client.issues.getTransitions({ issueIdOrKey: key });
    await client.issues.doTransition({
      issueIdOrKey: key,
      transition: { id: transitions.find(({ to }) => to?.name === 'Done')?.id },
    });
    const issue = await client.issues.getIssue({ issueIdOrKey: key, properties: ['firstline'] });
    expect(issue.fields).toMatchObject({
      summary: 'Help!',
      description: adf('It broke'),
      labels: ['b'],
      status: { name: 'Done', statusCategory: { key: 'done' } },
      resolution: { name: 'Done' },
      priority: { name: 'High' },
      reporter: { displayName: 'Ada Poe' },
      creator: { accountId: me.accountId },
    });
    expect(issue.properties).toEqual({ firstline: { conversationId: '7' } });
    await client.issues.deleteIssue({ issueIdOrKey: key });
    expect((await api('GET', `/rest/api/3/issue/${key}`)).status).toBe(404);
  });

  test('a search shows the fields that are asked for', async () => {
    const { key, id } = await create({ labels: ['firstline'] });
    const found = await clientOf(jira).issueSearch.searchAndReconsileIssuesUsingJqlPost({
      jql: 'project = "IT" AND labels = "firstline"',
      fields: ['summary'],
    });
    expect(found).toMatchObject({ isLast: true, issues: [{ id, key, fields: { summary: 'Help' } }] });
    expect(found).not.toHaveProperty('total');
  });

  test('comments, links and properties are kept', async () => {
    const client = clientOf(jira);
    const { key } = await create();
    const comment = await client.issueComments.addComment({
      issueIdOrKey: key,
      body: adf('Hi') as never,
      properties: [{ key: 'mine', value: 1 }],
    });
    const page = await client.issueComments.getComments({ issueIdOrKey: key, expand: 'properties' });
    expect(page).toMatchObject({
      total: 1,
      comments: [{ id: comment.id, jsdPublic: true, properties: [{ key: 'mine', value: 1 }] }],
    });
    const link = { issueIdOrKey: key, globalId: 'g=1', object: { url: 'https://example.com/1', title: 'One' } };
    const first = await client.issueRemoteLinks.createOrUpdateRemoteIssueLink(link);
    const again = await client.issueRemoteLinks.createOrUpdateRemoteIssueLink({
      ...link,
      object: { ...link.object, title: 'Uno' },
    });
    expect(again.id).toBe(first.id);
    expect(jira.issue(key)?.remoteLinks).toMatchObject([{ globalId: 'g=1', object: { title: 'Uno' } }]);
    const types = await client.issues.getCreateIssueMetaIssueTypes({ projectIdOrKey: 'IT' });
    expect(types.issueTypes?.map(({ name }) => name)).toContain('Task');
    expect(await client.projects.getProject({ projectIdOrKey: 'IT' })).toMatchObject({ key: 'IT' });
    expect(await client.serverInfo.getServerInfo()).toMatchObject({ deploymentType: 'Cloud' });
  });
});

describe('creating an issue', () => {
  const on = 'cannot be set. It is not on the appropriate screen, or unknown.';
  test.each([
    ['another project', { project: { key: 'HR' } }, { project: 'Specify a valid project ID or key' }],
    ['no project', { project: undefined }, { project: 'Specify a valid project ID or key' }],
    ['another type', { issuetype: { name: 'Wish' } }, { issuetype: 'Specify a valid issue type' }],
    ['no type', { issuetype: undefined }, { issuetype: 'Specify an issue type' }],
    ['no summary', { summary: undefined }, { summary: 'You must specify a summary of the issue.' }],
    ['a blank summary', { summary: ' ' }, { summary: 'You must specify a summary of the issue.' }],
    ['a long summary', { summary: 'x'.repeat(256) }, { summary: "Summary can't exceed 255 characters." }],
    [
      'a summary of two lines',
      { summary: 'a\nb' },
      { summary: 'The summary is invalid because it contains newline characters.' },
    ],
    [
      'a description in plain text',
      { description: 'text' },
      { description: 'Operation value must be an Atlassian Document (see the Atlassian Document Format)' },
    ],
    ['a label with a space', { labels: ['a b'] }, { labels: "The label 'a b' contains spaces which is invalid." }],
    ['labels that are no list', { labels: 'a' }, { labels: 'data was not an array of strings' }],
    ['an unknown reporter', { reporter: { accountId: 'nobody' } }, { reporter: 'Specify a valid value for reporter' }],
    ['an unknown priority', { priority: { name: 'Now' } }, { priority: 'Specify a valid priority.' }],
    ['an unknown field', { customfield_1: 1 }, { customfield_1: `Field 'customfield_1' ${on}` }],
    ['a field named like a property of all objects', { constructor: 1 }, { constructor: `Field 'constructor' ${on}` }],
    [
      'two faults at once',
      { labels: ['a b'], summary: '' },
      {
        labels: "The label 'a b' contains spaces which is invalid.",
        summary: 'You must specify a summary of the issue.',
      },
    ],
  ])('%s is refused by field', async (_, more, errors) => {
    const answer = await api('POST', '/rest/api/3/issue', { fields: { ...fields, ...more } });
    expect([answer.status, answer.body]).toEqual([400, { errorMessages: [], errors }]);
    expect(jira.issues()).toHaveLength(1);
  });

  test.each([
    ['an invalid document', { type: 'doc', version: 1, content: [{ type: 'text', text: 'a' }] }, 'INVALID_INPUT'],
    ['a document over the limit', adf('x'.repeat(32_767)), 'CONTENT_LIMIT_EXCEEDED'],
  ])('%s is refused as a whole', async (_, description, word) => {
    const answer = await api('POST', '/rest/api/3/issue', { fields: { ...fields, description } });
    expect(answer).toMatchObject({ status: 400, body: { errorMessages: [word], errors: {} } });
  });

  test('a field that the project demands is refused when missing, kept when given, and told by createmeta', async () => {
    jira.requiredFields.push('customfield_10050');
    const refused = await api('POST', '/rest/api/3/issue', { fields });
    expect(refused.body.errors).toEqual({ customfield_10050: 'customfield_10050 is required.' });
    const { key } = await create({ customfield_10050: 'Leeds' });
    expect((await api('GET', `/rest/api/3/issue/${key}`)).body.fields).toMatchObject({ customfield_10050: 'Leeds' });
    const meta = await api('GET', '/rest/api/3/issue/createmeta/IT/issuetypes/10001');
    expect(meta.body.fields).toContainEqual(expect.objectContaining({ fieldId: 'customfield_10050', required: true }));
  });

  test('a field that is off the screen is refused', async () => {
    jira.hiddenFields.push('reporter');
    const accountId = jira.issue('IT-41')?.reporter?.accountId;
    const answer = await api('POST', '/rest/api/3/issue', { fields: { ...fields, reporter: { accountId } } });
    expect(answer.body.errors).toEqual({ reporter: `Field 'reporter' ${on}` });
  });

  test('without a reporter it is whoever calls', async () => {
    const { key } = await create();
    expect(jira.issue(key)).toMatchObject({ reporter: { displayName: 'Firstline' }, status: 'To Do', assignee: null });
  });

  test.each([
    [
      'no JSON',
      '{',
      400,
      { errorMessages: ['There was an error parsing JSON. Check that your request body is valid.'] },
    ],
    [
      'a list',
      '[]',
      400,
      { errorMessages: ['Invalid request payload. Refer to the REST API documentation and try again.'] },
    ],
  ])('%s is refused', async (...[, body, status, answer]) => {
    const basic = Buffer.from(`${jira.email}:${jira.apiToken}`).toString('base64');
    const headers = { authorization: `Basic ${basic}`, 'content-type': 'application/json' };
    const response = await fetch(`${jira.url}/rest/api/3/issue`, { method: 'POST', headers, body });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject(answer);
  });
});

describe('searching', () => {
  const search = (body: object) => api('POST', '/rest/api/3/search/jql', body);

  test('by default only ids are shown, newest first', async () => {
    const { id } = await create();
    const { body } = await search({ jql: 'project = IT' });
    expect(body).toEqual({ issues: [{ id }, { id: jira.issue('IT-41')?.id }], isLast: true });
  });

  test('pages follow each other by token, without a total', async () => {
    for (let number = 0; number < 4; number += 1) await create();
    const keys: string[] = [];
    let token: string | undefined;
    do {
      const query = new URLSearchParams({
        jql: 'project = IT ORDER BY key ASC',
        fields: 'key',
        maxResults: '2',
        ...(token === undefined ? {} : { nextPageToken: token }),
      });
      const { body } = await api('GET', `/rest/api/3/search/jql?${query.toString()}`);
      keys.push(...body.issues.map(({ key }: { key: string }) => key));
      expect(body.isLast).toBe(body.nextPageToken === undefined);
      token = body.nextPageToken;
    } while (token !== undefined);
    expect(keys).toEqual(['IT-41', 'IT-42', 'IT-43', 'IT-44', 'IT-45']);
  });

  test.each([
    [
      'nothing',
      { jql: '' },
      'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
    ],
    [
      'only an order',
      { jql: 'ORDER BY created' },
      'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
    ],
    [
      'a page of another search',
      { jql: 'project = IT', nextPageToken: 'zzz' },
      'The nextPageToken is invalid or has expired.',
    ],
    [
      'the old paging',
      { jql: 'project = IT', startAt: 0 },
      'Invalid request payload. Refer to the REST API documentation and try again.',
    ],
  ])('%s is refused', async (_, body, message) => {
    expect(await search(body)).toMatchObject({ status: 400, body: { errorMessages: [message], errors: {} } });
  });

  test('an issue that was just made is not seen until the search has caught up, unless it is named', async () => {
    jira.searchLagMs = 60_000;
    const { id } = await create({ labels: ['new'] });
    const jql = 'labels = new';
    expect((await search({ jql })).body.issues).toEqual([]);
    expect((await search({ jql, reconcileIssues: [Number(id)] })).body.issues).toEqual([{ id }]);
    jira.searchLagMs = 0;
    expect((await search({ jql })).body.issues).toEqual([{ id }]);
  });

  test('the old search is gone', async () => {
    expect(await api('GET', '/rest/api/3/search?jql=project=IT')).toMatchObject({
      status: 410,
      body: { errorMessages: [expect.stringContaining('Please migrate to the /rest/api/3/search/jql API.')] },
    });
  });
});

describe('comments', () => {
  test('are listed page by page, in either order, with properties only when asked', async () => {
    const { key } = await create();
    for (const text of ['one', 'two', 'three']) {
      await api('POST', `/rest/api/3/issue/${key}/comment`, {
        body: adf(text),
        properties: [{ key: 'n', value: text }],
      });
    }
    const first = await api('GET', `/rest/api/3/issue/${key}/comment?orderBy=-created&maxResults=2&expand=properties`);
    expect(first.body).toMatchObject({
      startAt: 0,
      maxResults: 2,
      total: 3,
      comments: [{ properties: [{ value: 'three' }] }, { properties: [{ value: 'two' }] }],
    });
    const rest = await api('GET', `/rest/api/3/issue/${key}/comment?orderBy=-created&startAt=2`);
    expect(rest.body.comments).toHaveLength(1);
    expect(rest.body.comments[0]).not.toHaveProperty('properties');
  });

  test.each([
    ['no body', {}, 'Comment body can not be empty!'],
    ['plain text', { body: 'hi' }, 'Comment body is not valid!'],
    ['an invalid document', { body: { type: 'doc', version: 1 } }, 'Comment body is not valid!'],
  ])('with %s are refused', async (_, body, message) => {
    const answer = await api('POST', '/rest/api/3/issue/IT-41/comment', body);
    expect(answer).toMatchObject({ status: 400, body: { errorMessages: [], errors: { comment: message } } });
  });

  test('can be read, changed and deleted', async () => {
    const { body } = await api('POST', '/rest/api/3/issue/IT-41/comment', { body: adf('a') });
    const address = `/rest/api/3/issue/IT-41/comment/${body.id}`;
    expect((await api('PUT', address, { body: adf('b') })).body).toMatchObject({ id: body.id, body: adf('b') });
    expect((await api('GET', address)).body).toMatchObject({ body: adf('b'), jsdPublic: true });
    expect((await api('DELETE', address)).status).toBe(204);
    expect((await api('GET', address)).status).toBe(404);
  });

  test('of the past tell internal notes from public ones', async () => {
    const { body } = await api('GET', '/rest/api/3/issue/IT-41/comment?expand=properties');
    expect(body.comments).toMatchObject([
      { jsdPublic: true, properties: [], author: { displayName: 'Adam Poole' } },
      { jsdPublic: false, properties: [{ key: 'sd.public.comment', value: { internal: true } }] },
    ]);
  });
});

describe('who may read', () => {
  const body = { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text: 'x' }] }] };

  test('an issue has no security level until it is given one, which can be taken away', async () => {
    const level = async () => (await api('GET', '/rest/api/3/issue/IT-41?fields=security')).body.fields;
    expect(await level()).toEqual({ security: null });
    await api('PUT', '/rest/api/3/issue/IT-41', { fields: { security: { name: 'IT only' } } });
    expect(await level()).toEqual({ security: expect.objectContaining({ id: '10000', name: 'IT only' }) });
    await api('PUT', '/rest/api/3/issue/IT-41', { fields: { security: null } });
    expect(await level()).toEqual({ security: null });
  });

  test('a level that is not there is refused', async () => {
    const refused = await api('PUT', '/rest/api/3/issue/IT-41', { fields: { security: { name: 'Nobody' } } });
    expect(refused).toMatchObject({ status: 400, body: { errors: { security: expect.any(String) } } });
  });

  test('a comment can be for a role only; it is public to a portal all the same', async () => {
    const visibility = { type: 'role', value: 'Administrators' };
    await api('POST', '/rest/api/3/issue/IT-41/comment', { body, visibility });
    const { comments } = (await api('GET', '/rest/api/3/issue/IT-41/comment')).body;
    expect(comments).toMatchObject([{ jsdPublic: true }, { jsdPublic: false }, { jsdPublic: true, visibility }]);
    expect(comments[0]).not.toHaveProperty('visibility');
  });

  test.each([[{ type: 'person', value: 'x' }], [{ type: 'role' }], ['role']])(
    'a visibility %j is refused',
    async (visibility) => {
      expect((await api('POST', '/rest/api/3/issue/IT-41/comment', { body, visibility })).status).toBe(400);
    },
  );
});

describe('remote links', () => {
  test('are created once per globalId', async () => {
    const link = { globalId: 'g', object: { url: 'https://example.com', title: 'T' } };
    expect((await api('POST', '/rest/api/3/issue/IT-41/remotelink', link)).status).toBe(201);
    expect((await api('POST', '/rest/api/3/issue/IT-41/remotelink', link)).status).toBe(200);
    expect((await api('GET', '/rest/api/3/issue/IT-41/remotelink')).body).toHaveLength(1);
    expect((await api('GET', '/rest/api/3/issue/IT-41/remotelink?globalId=g')).body).toMatchObject(link);
    expect((await api('GET', '/rest/api/3/issue/IT-41/remotelink?globalId=h')).status).toBe(404);
  });

  test.each([
    ['a title', { object: { url: 'https://example.com' } }, { title: "'title' is required." }],
    ['a url', { object: { title: 'T' } }, { url: "'url' is required." }],
    ['an object', {}, { object: "'object' is required." }],
  ])('need %s', async (_, link, errors) => {
    expect(await api('POST', '/rest/api/3/issue/IT-41/remotelink', link)).toMatchObject({
      status: 400,
      body: { errors },
    });
  });
});

describe('properties', () => {
  test.each(['issue/IT-41', 'comment/COMMENT'])('of %s are set, read, listed and removed', async (owner) => {
    const comment = jira.issue('IT-41')?.comments[0]?.id ?? '';
    const address = `/rest/api/3/${owner.replace('COMMENT', comment)}/properties`;
    expect((await api('PUT', `${address}/a.b`, { x: 1 })).status).toBe(201);
    expect((await api('PUT', `${address}/a.b`, { x: 2 })).status).toBe(200);
    expect((await api('GET', `${address}/a.b`)).body).toEqual({ key: 'a.b', value: { x: 2 } });
    expect((await api('GET', address)).body.keys).toMatchObject([{ key: 'a.b' }]);
    expect((await api('DELETE', `${address}/a.b`)).status).toBe(204);
    expect((await api('GET', `${address}/a.b`)).status).toBe(404);
  });
});

describe('people', () => {
  const search = async (query: string) =>
    (await api('GET', `/rest/api/3/user/search?query=${encodeURIComponent(query)}`)).body.map(
      (user: { displayName: string; emailAddress?: string }) => [user.displayName, user.emailAddress],
    );

  test('are found by the beginning of their address or names', async () => {
    expect(await search('ada')).toEqual([
      ['Ada Poe', 'ada@acme.example'],
      ['Adam Poole', 'adam@acme.example'],
    ]);
    expect(await search('poo')).toEqual([['Adam Poole', 'adam@acme.example']]);
    expect(await search('guy')).toEqual([]);
  });

  test('are all listed, page by page', async () => {
    const all = (await api('GET', '/rest/api/3/users/search?maxResults=1000')).body;
    expect(all.map(({ displayName }) => displayName)).toEqual(['Firstline', 'Ada Poe', 'Adam Poole', 'Nia Hidden']);
    expect((await api('GET', '/rest/api/3/users/search?startAt=1&maxResults=2')).body).toEqual(all.slice(1, 3));
    expect((await api('GET', '/rest/api/3/users/search?startAt=4')).body).toEqual([]);
  });

  test('can hide their address', async () => {
    expect(await search('nia@acme.example')).toEqual([['Nia Hidden', undefined]]);
  });

  test('are read by their id', async () => {
    const accountId = jira.issue('IT-41')?.reporter?.accountId ?? '';
    expect((await api('GET', `/rest/api/3/user?accountId=${accountId}`)).body).toMatchObject({
      displayName: 'Ada Poe',
    });
    expect((await api('GET', '/rest/api/3/user?accountId=nobody')).status).toBe(404);
    expect((await api('GET', '/rest/api/3/user/search')).status).toBe(400);
  });

  test('without an account in the company data have none', async () => {
    const site = await start({
      people: [
        { name: 'A', email: 'a@x.example', jiraAccountId: '5f0' },
        { name: 'B', email: 'b@x.example' },
      ],
    });
    const { userSearch } = clientOf(site);
    expect(await userSearch.findUsers({ query: 'a@x.example' })).toMatchObject([{ accountId: '5f0' }]);
    expect(await userSearch.findUsers({ query: 'b@x.example' })).toEqual([]);
  });
});

test.each([
  [
    'GET',
    '/rest/api/3/issue/IT-999',
    404,
    { errorMessages: ['Issue does not exist or you do not have permission to see it.'], errors: {} },
  ],
  ['GET', '/rest/api/3/project/HR', 404, { errorMessages: ["No project could be found with key 'HR'."], errors: {} }],
  ['GET', '/rest/api/3/nonsense', 404, expect.objectContaining({ 'status-code': 404 })],
  ['GET', '/rest/api/2/issue/IT-41', 404, expect.objectContaining({ 'status-code': 404 })],
  ['PATCH', '/rest/api/3/issue/IT-41', 405, ''],
  ['GET', '/rest/api/3/issue/%E0%A4%A', 400, expect.anything()],
  [
    'GET',
    '/rest/api/3/issue/createmeta/IT/issuetypes?maxResults=201',
    400,
    { errorMessages: ["Parameter 'maxResults' must not exceed the limit '200'"], errors: {} },
  ],
])('%s %s is answered with %d', async (...[method, address, status, body]) => {
  expect(await api(method, address)).toMatchObject({ status, body });
});

test('a transition that is not there is refused', async () => {
  const answer = await api('POST', '/rest/api/3/issue/IT-41/transitions', { transition: { id: '99' } });
  expect(answer).toMatchObject({
    status: 400,
    body: { errorMessages: ["Transition id '99' is not valid for this issue."] },
  });
});

test('the history tells what happened, when and by whom', async () => {
  const { key } = await create();
  await api(
    'POST',
    `/rest/api/3/issue/${key}/transitions`,
    { transition: { id: '21' }, update: { comment: [{ add: { body: adf('On it') } }] } },
    `adam@acme.example:${jira.apiToken}`,
  );
  expect(jira.issue(key)?.history).toEqual([
    { at: expect.any(String), actor: 'Firstline', kind: 'created', from: null, to: null },
    { at: expect.any(String), actor: 'Adam Poole', kind: 'status', from: 'To Do', to: 'In Progress' },
    { at: expect.any(String), actor: 'Adam Poole', kind: 'comment', from: null, to: null },
  ]);
});

test('past tickets are done, and new keys go on after them', async () => {
  expect(jira.issue('IT-41')).toMatchObject({
    status: 'Done',
    resolution: 'Done',
    resolved: '2026-02-02T12:10:00.000Z',
    labels: ['vpn'],
  });
  expect((await create()).key).toBe('IT-42');
});

test('a deleted key is not given again', async () => {
  const { key } = await create();
  await api('DELETE', `/rest/api/3/issue/${key}`);
  expect((await create()).key).toBe('IT-43');
});

test('a link to an issue leads to the page', async () => {
  const site = await start({ pastTickets, pageUrl: 'http://127.0.0.1:1' });
  const response = await fetch(`${site.url}/browse/it-41`, { redirect: 'manual' });
  expect([response.status, response.headers.get('location')]).toEqual([302, 'http://127.0.0.1:1/#issue=IT-41']);
  expect((await fetch(`${site.url}/browse/IT-9`)).status).toBe(404);
  expect(await (await fetch(`${jira.url}/browse/IT-41`)).text()).toBe('IT-41 VPN goes down every 20 min!!');
});

test('changes are told until one stops listening', async () => {
  const changes: unknown[] = [];
  const stop = jira.on((change) => changes.push(change));
  const { key } = await create();
  await api('POST', `/rest/api/3/issue/${key}/comment`, { body: adf('a') });
  stop();
  await api('DELETE', `/rest/api/3/issue/${key}`);
  expect(changes).toEqual([
    { type: 'issue', key },
    { type: 'issue', key },
  ]);
});

test('faults disturb calls as told, and calls are recorded', async () => {
  jira.faults.set({ match: '/issue', kind: 'rate-limit', retryAfterSeconds: 7, times: 1 });
  const limited = await api('POST', '/rest/api/3/issue', { fields });
  expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
  jira.faults.set({ match: '/issue', kind: 'drop-after', times: 1 });
  await expect(api('POST', '/rest/api/3/issue', { fields })).rejects.toThrow();
  expect(jira.issue('IT-42')).not.toBeNull();
  expect(jira.calls.map(({ method, path, status }) => [method, path, status])).toEqual([
    ['POST', '/rest/api/3/issue', 429],
    ['POST', '/rest/api/3/issue', null],
  ]);
  expect(jira.calls[0]?.body).toEqual({ fields });
});

test('the state outlives a restart', async () => {
  const statePath = path.join(mkdtempSync(path.join(os.tmpdir(), 'jira-')), 'deep', 'jira.json');
  const before = await startJira({ people, pastTickets, statePath });
  const { key } = await clientOf(before).issues.createIssue({ fields });
  await before.close();
  const after = await start({ pastTickets, statePath });
  expect(after.apiToken).toBe(before.apiToken);
  expect(after.issues()).toEqual(before.issues());
  expect((await clientOf(after).issues.createIssue({ fields })).key).toBe('IT-43');
  expect(key).toBe('IT-42');
});
