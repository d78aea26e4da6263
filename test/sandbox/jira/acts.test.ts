import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { adfProblem } from '../../../sandbox/jira/adf.ts';
import { people, startSite, type TestSite } from './site.ts';

const ada = 'ada@acme.example';
const adam = 'adam@acme.example';
const key = 'IT-1';
const png = { name: 'a.png', mimeType: 'image/png', bytes: Buffer.from([1, 2]) };
const log = { name: 'b.log', mimeType: 'text/plain', bytes: Buffer.from('x') };

let site: TestSite;
let others: TestSite[] = [];
beforeEach(async () => {
  site = await startSite();
});
afterEach(async () => {
  for (const one of [site, ...others]) await one.jira.close();
  others = [];
});

const kinds = () => site.jira.issue(key)?.history.map(({ kind, actor, from, to }) => [kind, actor, from, to]) ?? [];

test.each([
  ['people of IT', people, ['Adam Poole']],
  ['everybody where nobody is said to be', [{ name: 'A', email: 'a@x.example' }], ['A']],
])('staff is %s', async (_, some, names) => {
  const one = await startSite({ people: some });
  others.push(one);
  expect(one.jira.staff().map(({ displayName }) => displayName)).toEqual(names);
});

describe('a comment', () => {
  test('has a paragraph for each line, and mentions of people by their whole names', () => {
    const { body } = site.jira.comment({
      as: adam,
      key,
      text: 'Hi @Ada Poe, see\n\n@ada poet or me@x @Nobody @Adam Poole',
    });
    const mention = (email: string, name: string) => ({
      type: 'mention',
      attrs: { id: accountId(email), text: `@${name}`, accessLevel: '' },
    });
    expect(body).toEqual({
      type: 'doc',
      version: 1,
      content: [
        {
          type: 'paragraph',
          content: [{ type: 'text', text: 'Hi ' }, mention(ada, 'Ada Poe'), { type: 'text', text: ', see' }],
        },
        { type: 'paragraph' },
        {
          type: 'paragraph',
          content: [{ type: 'text', text: '@ada poet or me@x @Nobody ' }, mention(adam, 'Adam Poole')],
        },
      ],
    });
  });

  test('shows its files, which are attachments of the issue, all in one change', async () => {
    const changes: string[] = [];
    site.jira.on((change) => changes.push(change.key));
    const { body, id } = site.jira.comment({ as: ada, key, text: 'See', files: [log, png] });
    const [first, second] = site.jira.issue(key)?.attachments ?? [];
    const media = (file: typeof first) => ({
      type: 'media',
      attrs: { type: 'file', id: file?.mediaId, collection: '', alt: file?.name },
    });
    expect(body.content?.slice(1)).toEqual([
      { type: 'mediaSingle', attrs: { layout: 'align-start' }, content: [media(second)] },
      { type: 'mediaGroup', content: [media(first)] },
    ]);
    expect([adfProblem(body), changes]).toEqual([null, [key]]);
    expect(kinds().slice(-3)).toEqual([
      ['attachment', 'Ada Poe', null, 'b.log'],
      ['attachment', 'Ada Poe', null, 'a.png'],
      ['comment', 'Ada Poe', null, null],
    ]);
    const { renderedBody } = (await site.call('GET', `/rest/api/3/issue/${key}/comment/${id}?expand=renderedBody`))
      .body;
    expect(renderedBody).toContain(`src="${site.jira.url}/rest/api/3/attachment/content/${second?.id}"`);
  });

  test('can be nothing but files, and not nothing', () => {
    expect(site.jira.comment({ as: ada, key, files: [png] }).body.content).toHaveLength(1);
    expect(() => site.jira.comment({ as: ada, key, text: ' ' })).toThrow('Comment body can not be empty!');
  });

  test('can be internal, or for a role', () => {
    const visibility = { type: 'role', value: 'Administrators' } as const;
    expect(site.jira.comment({ as: adam, key, text: 'a', internal: true })).toMatchObject({
      public: false,
      properties: { 'sd.public.comment': { internal: true } },
    });
    expect(site.jira.comment({ as: adam, key, text: 'a', visibility })).toMatchObject({ public: true, visibility });
  });

  test('is edited by another and removed, and what it says besides stays', async () => {
    const { id } = site.jira.comment({ as: ada, key, text: 'a', internal: true });
    site.jira.editComment({ as: adam, key, commentId: id, text: 'b' });
    const { body } = await site.call('GET', `/rest/api/3/issue/${key}/comment/${id}`);
    expect(body).toMatchObject({
      author: { displayName: 'Ada Poe' },
      updateAuthor: { displayName: 'Adam Poole' },
      jsdPublic: false,
      body: { content: [{ content: [{ text: 'b' }] }] },
    });
    site.jira.removeComment({ as: adam, key, commentId: id });
    expect(site.jira.issue(key)?.comments).toEqual([]);
  });

  test.each(['editComment', 'removeComment'] as const)('%s changes when the issue was updated', (act) => {
    const { id } = site.jira.comment({ as: ada, key, text: 'a' });
    const before = site.jira.issue(key)?.updated ?? '';
    while (Date.now() <= Date.parse(before));
    site.jira[act]({ as: ada, key, commentId: id, text: 'b' });
    expect(Date.parse(site.jira.issue(key)?.updated ?? '')).toBeGreaterThan(Date.parse(before));
  });
});

test('what staff does is in the history and in the change log', async () => {
  site.jira.transition({ as: adam, key, to: 'To Do' });
  site.jira.assign({ as: adam, key, assignee: null });
  site.jira.assign({ as: adam, key, assignee: adam });
  site.jira.transition({ as: adam, key, to: 'Waiting for customer' });
  site.jira.transition({ as: adam, key, to: 'Done', resolution: "Won't Do" });
  site.jira.setSecurity({ as: adam, key, level: 'IT only' });
  expect(kinds().slice(2)).toEqual([
    ['status', 'Adam Poole', 'Done', 'To Do'],
    ['resolution', 'Adam Poole', 'Done', null],
    ['assignee', 'Adam Poole', 'Adam Poole', null],
    ['assignee', 'Adam Poole', null, 'Adam Poole'],
    ['status', 'Adam Poole', 'To Do', 'Waiting for customer'],
    ['status', 'Adam Poole', 'Waiting for customer', 'Done'],
    ['resolution', 'Adam Poole', null, "Won't Do"],
    ['edit', 'Adam Poole', null, 'IT only'],
  ]);
  await site.call('PUT', `/rest/api/3/issue/${key}`, { fields: { summary: 'New', labels: ['a', 'b'] } });
  const { changelog } = (await site.call('GET', `/rest/api/3/issue/${key}?expand=changelog`)).body;
  expect(changelog.histories.at(-1)).toMatchObject({
    author: { displayName: 'Firstline' },
    items: [
      { field: 'summary', fromString: 'VPN goes down', toString: 'New' },
      { field: 'labels', fromString: '', toString: 'a b' },
    ],
  });
  const statuses = changelog.histories.flatMap(({ items }: { items: { field: string; toString: string }[] }) =>
    items.filter(({ field }) => field === 'status').map(({ toString: to }) => to),
  );
  expect(statuses).toEqual(['Done', 'To Do', 'Waiting for customer', 'Done']);
});

describe('an issue that is moved', () => {
  test('has a key of the other project, and is found by the old one and by its id', async () => {
    const { id = '' } = site.jira.issue(key) ?? {};
    expect(site.jira.moveIssue({ as: adam, key, projectKey: 'OPS' })).toBe('OPS-1');
    for (const wanted of ['IT-1', 'it-1', 'OPS-1', id]) {
      const { body } = await site.call('GET', `/rest/api/3/issue/${wanted}`);
      expect(body).toMatchObject({ id, key: 'OPS-1', fields: { project: { key: 'OPS', projectTypeKey: 'software' } } });
    }
    const byProject = await site.call('POST', '/rest/api/3/search/jql', { jql: 'project = OPS', fields: ['key'] });
    expect(byProject.body.issues).toMatchObject([{ key: 'OPS-1' }]);
    const { changelog } = (await site.call('GET', '/rest/api/3/issue/OPS-1?expand=changelog')).body;
    expect(changelog.histories.at(-1).items).toMatchObject([
      { field: 'project', fromString: 'IT support', toString: 'Operations' },
      { field: 'Key', fromString: 'IT-1', toString: 'OPS-1' },
    ]);
  });

  test('can come back with a new key, and none of its keys is given again', async () => {
    site.jira.moveIssue({ as: adam, key, projectKey: 'OPS' });
    expect(site.jira.moveIssue({ as: adam, key: 'OPS-1', projectKey: 'IT' })).toBe('IT-2');
    expect(site.jira.issue('OPS-1')?.key).toBe('IT-2');
    expect(await site.create()).toBe('IT-3');
    expect(() => site.jira.moveIssue({ as: adam, key, projectKey: 'IT' })).toThrow('cannot be moved');
  });
});

test.each([
  ['a person who is not there', { as: 'eve@acme.example' }, 'Nobody has the address eve@acme.example.'],
  ['an issue that is not there', { key: 'IT-99' }, 'There is no issue IT-99.'],
  ['an assignee who is not there', { assignee: 'eve@acme.example' }, 'Nobody has the address eve@acme.example.'],
])('%s is an error in words', (_, more, words) => {
  expect(() => site.jira.assign({ as: ada, key, assignee: adam, ...more })).toThrow(words);
});

test('what Jira refuses is refused to people as well', () => {
  site.jira.canReopen = false;
  site.jira.uploadLimitBytes = 1;
  expect(() => site.jira.transition({ as: adam, key, to: 'To Do' })).toThrow('There is no transition');
  expect(() => site.jira.attach({ as: ada, key, ...png })).toThrow('exceeds its maximum permitted size');
  expect(() => site.jira.comment({ as: ada, key, text: 'x'.repeat(40_000) })).toThrow('CONTENT_LIMIT_EXCEEDED');
  expect(site.jira.issue(key)).toMatchObject({ status: 'Done', attachments: [], comments: [] });
});

describe('the state', () => {
  const stateIn = () => path.join(mkdtempSync(path.join(os.tmpdir(), 'jira-')), 'jira.json');

  test('keeps moved and removed issues, customers and their files across restarts', async () => {
    const statePath = stateIn();
    const before = await startSite({ statePath });
    const { accountId: id } = (
      await before.call('POST', '/rest/servicedeskapi/customer', { email: 'z@acme.example', displayName: 'Zoe' })
    ).body;
    await before.call('POST', '/rest/servicedeskapi/servicedesk/1/customer', { accountIds: [id] });
    await before.create();
    before.jira.comment({ as: 'z@acme.example', key: 'IT-2', text: 'Hi', files: [png] });
    before.jira.moveIssue({ as: ada, key: 'IT-2', projectKey: 'OPS' });
    before.jira.removeIssue({ as: ada, key });
    await before.jira.close();
    const after = await startSite({ statePath });
    others.push(after);
    expect(after.jira.issues()).toEqual(before.jira.issues());
    expect(after.jira.issue('IT-2')?.key).toBe('OPS-1');
    expect(after.jira.issue(key)).toBeNull();
    expect(await after.create()).toBe('IT-3');
    after.jira.moveIssue({ as: 'z@acme.example', key: 'IT-3', projectKey: 'OPS' });
    expect(after.jira.issue('IT-3')?.key).toBe('OPS-2');
    expect((await after.call('GET', '/rest/servicedeskapi/servicedesk/1/customer')).body.values).toHaveLength(1);
  });

  test('of before there were attachments is read', async () => {
    const statePath = stateIn();
    const before = await startSite({ statePath });
    await before.jira.close();
    const {
      lastNumbers: _,
      removedKeys: __,
      customers: ___,
      admitted: ____,
      ...state
    } = JSON.parse(readFileSync(statePath, 'utf8'));
    const lacking = ['components', 'attachments', 'issueLinks', 'formerKeys', 'request'];
    const issues = state.issues.map((issue: object) =>
      Object.fromEntries(Object.entries(issue).filter(([name]) => !lacking.includes(name))),
    );
    writeFileSync(statePath, JSON.stringify({ ...state, issues }));
    const after = await startSite({ statePath });
    others.push(after);
    expect(after.jira.issues()).toEqual(before.jira.issues());
    expect((await after.call('GET', `/rest/api/3/issue/${key}`)).body.fields).toMatchObject({
      attachment: [],
      components: [],
      issuelinks: [],
    });
    expect(await after.create()).toBe('IT-2');
  });
});

function accountId(email: string): string {
  const issue = site.jira.issue(key);
  return [issue?.reporter, issue?.assignee].find((one) => one?.emailAddress === email)?.accountId ?? '';
}
