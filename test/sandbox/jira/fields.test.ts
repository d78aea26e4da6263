import type { CustomField } from '../../../sandbox/jira/index.ts';
import { adf, fields, startSite, type TestSite } from './site.ts';

const office: CustomField = {
  id: 'customfield_10050',
  name: 'Office',
  required: true,
  type: 'option',
  options: ['Leeds', 'Lisbon'],
};
const custom: CustomField[] = [
  office,
  { id: 'customfield_10051', name: 'Device', required: false, type: 'string' },
  { id: 'customfield_10052', name: 'People', required: false, type: 'number' },
  { id: 'customfield_10053', name: 'Since', required: false, type: 'date' },
  { id: 'customfield_10054', name: 'Systems', required: false, type: 'array-option', options: ['Mail', 'VPN'] },
  { id: 'customfield_10055', name: 'Impact', required: true, type: 'string', issueTypes: ['Incident'] },
];

let site: TestSite;
beforeEach(async () => {
  site = await startSite();
});
afterEach(() => site.jira.close());

const fieldsOf = async (key: string) => (await site.call('GET', `/rest/api/3/issue/${key}`)).body.fields;

describe('fields of the project', () => {
  beforeEach(() => void site.jira.customFields.push(...custom));

  test('are told by createmeta, with the values one can choose from, for the types that have them', async () => {
    const meta = async (type: string) =>
      (await site.call('GET', `/rest/api/3/issue/createmeta/IT/issuetypes/${type}`)).body.fields;
    const names = (list: { fieldId: string; required: boolean }[]) =>
      list
        .filter(({ fieldId }) => fieldId.startsWith('custom'))
        .map(({ fieldId, required }) => [fieldId.slice(-2), required]);
    const task = await meta('10001');
    expect(names(task)).toEqual([
      ['50', true],
      ['51', false],
      ['52', false],
      ['53', false],
      ['54', false],
    ]);
    expect(names(await meta('10003'))).toContainEqual(['55', true]);
    const named = (id: string) => task.find(({ fieldId }: { fieldId: string }) => fieldId === id);
    expect(named('customfield_10050')).toMatchObject({
      name: 'Office',
      schema: { type: 'option', customId: 10050 },
      allowedValues: [{ id: '1005000', value: 'Leeds' }, { value: 'Lisbon' }],
    });
    expect(named('customfield_10054').schema).toMatchObject({ type: 'array', items: 'option' });
    expect(named('priority').allowedValues.map(({ name }: { name: string }) => name)).toEqual([
      'Highest',
      'High',
      'Medium',
      'Low',
      'Lowest',
    ]);
    expect(named('components').allowedValues).toMatchObject([{ name: 'Accounts' }, { name: 'Network' }, {}, {}]);
    expect(named('assignee')).toMatchObject({ required: false, schema: { type: 'user' } });
  });

  test('are kept as sent, options with id and value', async () => {
    const key = await site.create({
      customfield_10050: { value: 'Lisbon' },
      customfield_10051: 'Laptop',
      customfield_10052: 12,
      customfield_10053: '2026-11-23',
      customfield_10054: [{ value: 'VPN' }, { id: '1005400' }],
    });
    expect(await fieldsOf(key)).toMatchObject({
      customfield_10050: { id: '1005001', value: 'Lisbon' },
      customfield_10051: 'Laptop',
      customfield_10052: 12,
      customfield_10053: '2026-11-23',
      customfield_10054: [{ value: 'VPN' }, { value: 'Mail' }],
    });
    await site.call('PUT', `/rest/api/3/issue/${key}`, { fields: { customfield_10051: null } });
    expect((await fieldsOf(key)).customfield_10051).toBeNull();
  });

  const leeds = { customfield_10050: { value: 'Leeds' } };
  test.each([
    ['a missing field', {}, { customfield_10050: 'Office is required.' }],
    ['an empty field', { customfield_10050: null }, { customfield_10050: 'Office is required.' }],
    [
      'a field that incidents need',
      { ...leeds, issuetype: { name: 'Incident' } },
      { customfield_10055: 'Impact is required.' },
    ],
    [
      'a field of other types',
      { ...leeds, customfield_10055: 'x' },
      { customfield_10055: expect.stringContaining('not on the appropriate screen') },
    ],
    [
      'a value that is no option',
      { customfield_10050: { value: 'Mars' } },
      { customfield_10050: expect.stringContaining('Office') },
    ],
    [
      'an id that is no option',
      { customfield_10050: { id: '1' } },
      { customfield_10050: "Option id '1' is not valid" },
    ],
    ['an option as text', { customfield_10050: 'Leeds' }, { customfield_10050: expect.any(String) }],
    [
      'a number as text',
      { ...leeds, customfield_10052: '1' },
      { customfield_10052: 'Operation value must be a number' },
    ],
    ['a text as number', { ...leeds, customfield_10051: 1 }, { customfield_10051: 'Operation value must be a string' }],
    ['a date that is none', { ...leeds, customfield_10053: 'today' }, { customfield_10053: expect.any(String) }],
    [
      'options that are no list',
      { ...leeds, customfield_10054: { value: 'VPN' } },
      { customfield_10054: 'data was not an array' },
    ],
  ])('%s is refused', async (_, more, errors) => {
    const answer = await site.call('POST', '/rest/api/3/issue', { fields: { ...fields, ...more } });
    expect([answer.status, answer.body.errors]).toEqual([400, errors]);
  });

  test('a required one cannot be emptied afterwards', async () => {
    const key = await site.create(leeds);
    const answer = await site.call('PUT', `/rest/api/3/issue/${key}`, { fields: { customfield_10050: null } });
    expect([answer.status, answer.body.errors]).toEqual([400, { customfield_10050: 'Office is required.' }]);
  });
});

describe('standard fields', () => {
  test('summary, description, priority, labels, components and assignee can be changed', async () => {
    const key = await site.create();
    const accountId = site.jira.staff()[0]?.accountId;
    const change = {
      summary: 'New',
      description: adf('More'),
      priority: { name: 'High' },
      labels: ['x'],
      components: [{ name: 'Network' }, { id: '10000' }],
      assignee: { accountId },
    };
    expect((await site.call('PUT', `/rest/api/3/issue/${key}`, { fields: change })).status).toBe(204);
    expect(await fieldsOf(key)).toMatchObject({
      summary: 'New',
      description: adf('More'),
      priority: { name: 'High' },
      labels: ['x'],
      components: [{ name: 'Accounts' }, { name: 'Network' }],
      assignee: { accountId },
    });
    const found = await site.call('POST', '/rest/api/3/search/jql', { jql: 'component = network', fields: ['key'] });
    expect(found.body.issues).toMatchObject([{ key }]);
  });

  test('lists are added to and removed from, and everything can be set', async () => {
    const key = await site.create({ labels: ['a'], components: [{ name: 'Network' }] });
    const update = {
      labels: [{ add: 'b' }, { remove: 'a' }],
      components: [{ add: { name: 'Accounts' } }, { remove: { name: 'Network' } }],
      summary: [{ set: 'New' }],
    };
    expect((await site.call('PUT', `/rest/api/3/issue/${key}`, { update })).status).toBe(204);
    expect(site.jira.issue(key)).toMatchObject({ labels: ['b'], components: ['Accounts'], summary: 'New' });
    const refused = await site.call('PUT', `/rest/api/3/issue/${key}`, { update: { nonsense: [{ set: 1 }] } });
    expect([refused.status, Object.keys(refused.body.errors)]).toEqual([400, ['nonsense']]);
  });

  test('a component that is not there is refused', async () => {
    const answer = await site.call('POST', '/rest/api/3/issue', {
      fields: { ...fields, components: [{ name: 'Tea' }] },
    });
    expect(answer.body.errors).toEqual({ components: "Component name 'Tea' is not valid" });
    const { body } = await site.call('GET', '/rest/api/3/project/IT/components');
    expect(body.map(({ name }: { name: string }) => name)).toEqual(['Accounts', 'Network', 'Hardware', 'Software']);
    expect((await site.call('GET', '/rest/api/3/project/HR/components')).status).toBe(404);
  });

  test('an issue is assigned and unassigned, also where the field is on no screen', async () => {
    site.jira.hiddenFields.push('assignee');
    const key = await site.create();
    const accountId = site.jira.staff()[0]?.accountId;
    const assign = (body: object) => site.call('PUT', `/rest/api/3/issue/${key}/assignee`, body);
    expect((await assign({ accountId })).status).toBe(204);
    expect(site.jira.issue(key)?.assignee?.displayName).toBe('Adam Poole');
    expect((await assign({ accountId: null })).status).toBe(204);
    expect(site.jira.issue(key)?.assignee).toBeNull();
    expect([(await assign({})).status, (await assign({ accountId: 'nobody' })).status]).toEqual([400, 400]);
  });

  test('an issue can be made in the other project', async () => {
    expect(await site.create({ project: { key: 'OPS' } })).toBe('OPS-1');
  });
});

describe('transitions', () => {
  const names = async (key: string) => {
    const { transitions } = (await site.call('GET', `/rest/api/3/issue/${key}/transitions`)).body;
    return transitions.map(({ name, to }: { name: string; to: { name: string } }) => `${name} -> ${to.name}`);
  };

  test('lead everywhere, and from Done back', async () => {
    expect(await names(await site.create())).toEqual([
      'To Do -> To Do',
      'Start work -> In Progress',
      'Wait for customer -> Waiting for customer',
      'Resolve -> Done',
    ]);
    expect((await names('IT-1'))[0]).toBe('Reopen -> To Do');
    await site.call('POST', '/rest/api/3/issue/IT-1/transitions', { transition: { id: '11' } });
    expect(site.jira.issue('IT-1')).toMatchObject({ status: 'To Do', resolution: null, resolved: null });
  });

  test('lead nowhere from Done where issues cannot be reopened', async () => {
    site.jira.canReopen = false;
    expect(await names('IT-1')).toEqual([]);
    const answer = await site.call('POST', '/rest/api/3/issue/IT-1/transitions', { transition: { id: '11' } });
    expect(answer.status).toBe(400);
  });

  test('waiting for the customer is work under way', async () => {
    const key = await site.create();
    await site.call('POST', `/rest/api/3/issue/${key}/transitions`, { transition: { id: '41' } });
    expect((await fieldsOf(key)).status).toMatchObject({
      name: 'Waiting for customer',
      statusCategory: { key: 'indeterminate' },
    });
  });

  test('take a resolution only into Done, and no other field', async () => {
    const key = await site.create();
    const go = (id: string, sent: object) =>
      site.call('POST', `/rest/api/3/issue/${key}/transitions`, { transition: { id }, fields: sent });
    expect((await go('21', { resolution: { name: 'Done' } })).body.errors).toHaveProperty('resolution');
    expect((await go('31', { summary: 'x' })).body.errors).toHaveProperty('summary');
    expect((await go('31', { resolution: { name: 'Duplicate' } })).status).toBe(204);
    expect(site.jira.issue(key)?.resolution).toBe('Duplicate');
    const { transitions } = (await site.call('GET', `/rest/api/3/issue/${key}/transitions?expand=transitions.fields`))
      .body;
    expect(transitions.at(-1).fields.resolution.allowedValues).toHaveLength(4);
  });
});

describe('links between issues', () => {
  const link = (type: string, inward: string, outward: string) =>
    site.call('POST', '/rest/api/3/issueLink', {
      type: { name: type },
      inwardIssue: { key: inward },
      outwardIssue: { key: outward },
    });
  const linksOf = async (key: string) => (await fieldsOf(key)).issuelinks;

  test('are shown at both ends, once', async () => {
    const key = await site.create();
    expect([(await link('Blocks', key, 'IT-1')).status, (await link('Blocks', key, 'IT-1')).status]).toEqual([
      201, 201,
    ]);
    expect(await linksOf(key)).toMatchObject([
      {
        type: { outward: 'blocks' },
        outwardIssue: { key: 'IT-1', fields: { summary: 'VPN goes down', status: { name: 'Done' } } },
      },
    ]);
    expect(await linksOf('IT-1')).toMatchObject([{ inwardIssue: { key } }]);
    expect((await linksOf('IT-1'))[0]).not.toHaveProperty('outwardIssue');
  });

  test('follow an issue that is moved, and go with one that is removed', async () => {
    const key = await site.create();
    await link('Relates', key, 'IT-1');
    site.jira.moveIssue({ as: 'ada@acme.example', key, projectKey: 'OPS' });
    expect(await linksOf('IT-1')).toMatchObject([{ inwardIssue: { key: 'OPS-1' } }]);
    site.jira.removeIssue({ as: 'ada@acme.example', key });
    expect(await linksOf('IT-1')).toEqual([]);
  });

  test.each([
    ['of another type', 'Likes', 'IT-1', 'IT-2', 404],
    ['to nothing', 'Relates', 'IT-1', 'IT-99', 404],
    ['to itself', 'Relates', 'IT-1', 'IT-1', 400],
  ])('%s are refused', async (...[, type, inward, outward, status]) => {
    await site.create();
    expect((await link(type, inward, outward)).status).toBe(status);
  });
});

describe('a search for what changed', () => {
  const keys = async (jql: string) =>
    (await site.call('POST', '/rest/api/3/search/jql', { jql, fields: ['key'] })).body.issues.map(
      ({ key }: { key: string }) => key,
    );

  test('finds it by label, time and id, in the order of the changes', async () => {
    const [first, second] = [
      await site.create({ labels: ['firstline'] }),
      await site.create({ labels: ['firstline'] }),
    ];
    const updated = () => site.jira.issue(second)?.updated ?? '';
    while (Date.now() <= Date.parse(updated()));
    site.jira.comment({ as: 'ada@acme.example', key: first, text: 'x' });
    expect(await keys('labels = firstline AND updated >= -15m ORDER BY updated ASC')).toEqual([second, first]);
    expect(await keys('project = IT AND updated >= "2026/02/02 12:10" AND updated < "2026/02/02 12:11"')).toEqual([
      'IT-1',
    ]);
    expect(await keys('updated >= "2026/02/02 12:11" AND updated <= -15m')).toEqual([]);
    const ids = [first, second].map((key) => site.jira.issue(key)?.id ?? '');
    expect(await keys(`id in (${ids.join(', ')}) ORDER BY key ASC`)).toEqual([first, second]);
  });
});
