import { adfText } from '../../../sandbox/jira/adf.ts';
import type { JiraSandbox } from '../../../sandbox/jira/index.ts';
import { ada, draft, jiraAt, kindOf, route, rui, startSite } from './acme.ts';

let site: JiraSandbox;
beforeEach(async () => {
  site = await startSite();
});
afterEach(() => site.close());

const costCentre = { id: 'customfield_10050', name: 'Cost centre', required: true };
const posts = () => site.calls.filter(({ method }) => method === 'POST').map(({ path }) => path);
/** Twice asked for what can be set, then made. */
const dropThe = (nth: number, match: string) => {
  if (nth > 1) site.faults.set({ match, kind: 'slow', delayMs: 0, times: nth - 1 });
  site.faults.set({ match, kind: 'drop-after', times: 1 });
};

describe('a route', () => {
  test('sets type, components, priority, labels, who gets it and further fields', async () => {
    site.customFields.push({ ...costCentre, type: 'option', options: ['Berlin', 'Lisbon'] });
    const jira = jiraAt(site, { fields: { 'Cost centre': 'berlin' } });
    await jira.ensureTicket({
      ...draft,
      route: {
        ...route,
        issueType: 'incident',
        components: ['network', 'Hardware'],
        priority: 'High',
        labels: ['vpn lisbon'],
        assignee: rui,
        fields: { customfield_10050: 'Lisbon' },
      },
    });
    expect(site.issue('IT-1')).toMatchObject({
      issuetype: 'Incident',
      components: ['Network', 'Hardware'],
      priority: 'High',
      labels: ['nothing-found', 'vpn-lisbon', 'firstline', 'firstline-0197-42'],
      assignee: { displayName: 'Rui Costa' },
      reporter: { displayName: 'Ada Poe' },
      otherFields: { customfield_10050: { value: 'Lisbon' } },
    });
    expect(jira.faults).toEqual([null]);
  });

  test.each([
    [{ project: 'NOPE' }, 'Tickets for the project NOPE are made in IT: mend routing.yml.'],
    [
      { issueType: 'Wish' },
      'The Jira project IT has no issue type Wish. Tickets are made as Task: mend JIRA_ISSUE_TYPE or routing.yml.',
    ],
    [
      { components: ['Coffee'] },
      'Jira does not take “Coffee” for the field “Components” (components) of Task in IT; it is left out. Mend JIRA_FIELDS or routing.yml.',
    ],
    [
      { fields: { Floor: '3' } },
      'Jira has no field “Floor” to set for Task in IT; it is left out. Mend JIRA_FIELDS or routing.yml.',
    ],
    [
      { assignee: 'nobody@acme.example' },
      'Jira does not let nobody@acme.example be given tickets, so they have nobody: mend routing.yml.',
    ],
    [
      { requestType: 'Get a mouse', project: 'OPS' },
      'The Jira project OPS has no service desk for requests as “Get a mouse”, so ordinary issues are made: mend routing.yml.',
    ],
  ])('that cannot be followed, %j, makes the ticket nevertheless and says what to mend', async (change, fault) => {
    const jira = jiraAt(site);
    await jira.ensureTicket({ ...draft, route: { ...route, ...change } });
    expect(site.issues()).toHaveLength(1);
    expect(jira.faults).toEqual([expect.stringContaining(fault)]);
  });

  test('names a priority that the screen does not have: nothing is set and nothing said', async () => {
    site.hiddenFields.push('priority', 'reporter');
    const jira = jiraAt(site);
    await jira.ensureTicket({ ...draft, route: { ...route, priority: 'High' } });
    expect(site.issue('IT-1')).toMatchObject({ priority: 'Medium', reporter: { displayName: 'Firstline' } });
    expect(jira.faults).toEqual([null]);
    expect(posts()).toEqual(['/rest/api/3/issue']);
  });

  test('asks apart for who gets the ticket where the screen does not have the field', async () => {
    site.hiddenFields.push('assignee');
    await jiraAt(site).ensureTicket({ ...draft, route: { ...route, assignee: rui } });
    const { accountId } = site.staff().find(({ displayName }) => displayName === 'Rui Costa')!;
    expect(site.calls.find(({ path }) => path.endsWith('/assignee'))).toMatchObject({
      method: 'PUT',
      body: { accountId },
    });
  });
});

describe('a field that is demanded', () => {
  const today = new Date().toISOString().slice(0, 10);
  test.each([
    ['string', undefined, 'Not given', 'Not given'],
    ['number', undefined, 0, '0'],
    ['date', undefined, today, today],
    ['option', ['Berlin', 'Lisbon'], expect.objectContaining({ value: 'Berlin' }), 'Berlin'],
    ['array-option', ['Berlin', 'Lisbon'], [expect.objectContaining({ value: 'Berlin' })], 'Berlin'],
  ] as const)('and takes a %s gets a stopgap, which admins are told', async (type, options, kept, said) => {
    site.customFields.push({ ...costCentre, type, ...(options === undefined ? {} : { options: [...options] }) });
    const jira = jiraAt(site);
    await jira.ensureTicket(draft);
    expect(site.issue('IT-1')?.otherFields).toEqual({ customfield_10050: kept });
    expect(jira.faults).toEqual([
      `Jira demands the field “Cost centre” (customfield_10050) for Task in IT; tickets are made with “${said}”. Set it in JIRA_FIELDS or routing.yml.`,
    ]);
  });

  test('and has no value that can be chosen makes it another type of issue', async () => {
    site.customFields.push({ ...costCentre, type: 'option', options: [], issueTypes: ['Task'] });
    const jira = jiraAt(site);
    await jira.ensureTicket(draft);
    expect(site.issue('IT-1')?.issuetype).toBe('Service request');
    expect(jira.faults).toEqual([
      'Jira demands the field “Cost centre” (customfield_10050) for Task in IT, and nothing can stand in for it. Set it in JIRA_FIELDS or routing.yml, or take it from the form. Tickets are made as Service request: mend JIRA_ISSUE_TYPE or routing.yml.',
    ]);
  });

  test('in every type, with nothing to choose, is an error for an admin', async () => {
    site.customFields.push({ ...costCentre, type: 'option', options: [] });
    expect(await kindOf(jiraAt(site).ensureTicket(draft))).toBe('rejected');
    expect(posts()).toEqual([]);
  });

  test('is asked for once in ten minutes', async () => {
    let now = new Date();
    const jira = jiraAt(site, {}, () => now);
    const asked = () => site.calls.filter(({ path }) => path.includes('createmeta')).length;
    await jira.ensureTicket(draft);
    await jira.ensureTicket({ ...draft, conversation: 'b' });
    expect(asked()).toBe(2);
    now = new Date(now.getTime() + 600_000);
    await jira.ensureTicket({ ...draft, conversation: 'c' });
    expect(asked()).toBe(4);
  });

  test('is not known where Jira does not tell, and then nothing is asked for twice', async () => {
    site.faults.set({ match: 'issuetypes/10001', kind: 'status', status: 404, times: 1 });
    const jira = jiraAt(site);
    await jira.ensureTicket({ ...draft, route: { ...route, components: ['Network'], priority: 'High' } });
    expect(site.issue('IT-1')).toMatchObject({ components: ['Network'], priority: 'High', issuetype: 'Task' });
    expect(posts()).toEqual(['/rest/api/3/issue']);
  });

  test('that Jira does not tell of is left out with what it refuses', async () => {
    const jira = jiraAt(site);
    await jira.ensureTicket(draft);
    // the screens have changed since they were read
    site.hiddenFields.push('components', 'reporter');
    await jira.ensureTicket({
      ...draft,
      conversation: 'b',
      route: { ...route, components: ['Network'], priority: 'Low' },
    });
    expect(site.issue('IT-2')).toMatchObject({
      components: [],
      priority: 'Low',
      reporter: { displayName: 'Firstline' },
    });
    expect(jira.faults[1]).toBe(
      "Jira refuses components for Task in IT; tickets are made without. Mend JIRA_FIELDS or routing.yml, or the project's screen.",
    );
  });
});

test('without labels the ticket is found by its reference, once', async () => {
  site.hiddenFields.push('labels');
  const jira = jiraAt(site);
  const triedAt = new Date();
  dropThe(3, '/issue');
  expect(await kindOf(jira.ensureTicket(draft))).toBe('unavailable');
  expect(await jira.ensureTicket({ ...draft, triedAt })).toMatchObject({ key: 'IT-1' });
  expect(site.issues()).toHaveLength(1);
  expect(adfText(site.issue('IT-1')!.description).split('\n').at(-1)).toBe('Reference: firstline-0197-42');
});

test('the reference in the words of another ticket is none', async () => {
  const jira = jiraAt(site);
  const body = [
    { heading: 'Question', lines: [{ kind: 'text' as const, text: 'see Reference: firstline-0197-42 now' }] },
  ];
  await jira.ensureTicket({ ...draft, conversation: 'other', body });
  const long = new Date(Date.now() - 3_600_000);
  expect(await jira.ensureTicket({ ...draft, triedAt: long })).toMatchObject({ key: 'IT-2' });
});

test('without a description on the screen the question is in an internal comment', async () => {
  site.hiddenFields.push('description');
  const jira = jiraAt(site);
  const { id } = await jira.ensureTicket(draft);
  expect(adfText(site.issue('IT-1')!.comments[0]!.body)).toContain('my vpn drops');
  expect((await jira.read(id))?.comments).toEqual([]);
  expect(jira.faults[0]).toContain('put it on them');
});

test('the ticket is found where IT has moved it', async () => {
  const jira = jiraAt(site);
  const { id } = await jira.ensureTicket(draft);
  site.moveIssue({ as: rui, key: 'IT-1', projectKey: 'OPS' });
  expect(await jira.ensureTicket({ ...draft, triedAt: new Date() })).toEqual({
    id,
    key: 'OPS-1',
    url: `${site.url}/browse/OPS-1`,
  });
});

describe('a ticket that continues another', () => {
  test('is linked to it, once', async () => {
    const jira = jiraAt(site);
    const { id } = await jira.ensureTicket(draft);
    const next = { ...draft, conversation: '0197-42/2', continues: id };
    await jira.ensureTicket(next);
    await jira.ensureTicket({ ...next, triedAt: new Date() });
    expect(site.issue('IT-2')?.issueLinks).toMatchObject([{ type: 'Relates', issueId: id }]);
  });

  test('is made when that one is gone', async () => {
    const jira = jiraAt(site);
    expect(await jira.ensureTicket({ ...draft, continues: '99999' })).toMatchObject({ key: 'IT-1' });
    expect(jira.warnings).toEqual(['a ticket could not be linked to the one it continues']);
  });
});

describe('in a service desk', () => {
  const serviceDesk = { id: '1', requestType: 'Get IT help' };

  test('the ticket is a request of who asks, with all that the route says', async () => {
    const jira = jiraAt(site, { serviceDesk });
    const full = { ...route, components: ['Network'], priority: 'High', labels: ['vpn'], assignee: rui };
    const ticket = await jira.ensureTicket({ ...draft, route: full });
    const issue = site.issue('IT-1');
    expect(ticket).toEqual({ id: issue?.id, key: 'IT-1', url: `${site.url}/browse/IT-1` });
    expect(issue).toMatchObject({
      request: { requestTypeId: '10' },
      issuetype: 'Service request',
      reporter: { displayName: 'Ada Poe' },
      assignee: { displayName: 'Rui Costa' },
      components: ['Network'],
      priority: 'High',
      labels: expect.arrayContaining(['vpn', 'firstline', 'firstline-0197-42']),
      properties: { firstline: { conversation: '0197-42' } },
    });
    expect(adfText(issue!.description)).toBe('Question\nmy vpn drops\nFor Firstline\nReference: firstline-0197-42');
    expect(jira.faults).toEqual([null]);
  });

  test.each([
    ['a rule names', serviceDesk, { requestType: 'report an incident' }, '11'],
    ['a rule names where the settings name none', null, { requestType: '11' }, '11'],
    ['a rule names with its project', serviceDesk, { requestType: '11', project: 'IT' }, '11'],
  ])('it is of the type that %s', async (_, desk, change, typeId) => {
    await jiraAt(site, { serviceDesk: desk }).ensureTicket({ ...draft, route: { ...route, ...change } });
    expect(site.issue('IT-1')?.request?.requestTypeId).toBe(typeId);
  });

  test.each([{ issueType: 'Task' }, { project: 'OPS' }])(
    'a rule that says %j makes an ordinary issue',
    async (change) => {
      const { key } = await jiraAt(site, { serviceDesk }).ensureTicket({ ...draft, route: { ...route, ...change } });
      expect(site.issue(key)?.request).toBeNull();
    },
  );

  test('who has no account becomes a customer, once', async () => {
    const jira = jiraAt(site, { serviceDesk });
    const requester = { name: 'Gus Guest', email: 'gus@partner.example' };
    await jira.ensureTicket({ ...draft, requester });
    await jira.ensureTicket({ ...draft, requester, conversation: 'b' });
    expect(site.issue('IT-1')?.reporter).toMatchObject({ displayName: 'Gus Guest', isCustomer: true });
    expect(site.issue('IT-2')?.reporter).toEqual(site.issue('IT-1')?.reporter);
    expect(posts().filter((path) => path === '/rest/servicedeskapi/customer')).toHaveLength(1);
    expect(jira.faults).toEqual([null, null]);
  });

  test('where customers cannot be made, the request is our own, and admins are told', async () => {
    site.faults.set({ match: 'servicedeskapi/customer', kind: 'status', status: 403, times: 1 });
    const jira = jiraAt(site, { serviceDesk });
    await jira.ensureTicket({ ...draft, requester: { name: 'Gus Guest', email: 'gus@partner.example' } });
    expect(site.issue('IT-1')?.reporter).toMatchObject({ displayName: 'Firstline' });
    expect(jira.faults).toEqual([
      'Jira does not let the account of JIRA_EMAIL raise requests for who asks in service desk 1, so they are its own: make it an agent there who may add customers.',
    ]);
  });

  test('where it may not be on behalf of others, the request is our own', async () => {
    site.faults.set({ match: 'servicedeskapi/request', kind: 'status', status: 403, times: 2 });
    const jira = jiraAt(site, { serviceDesk });
    await jira.ensureTicket(draft);
    expect(site.issue('IT-1')).toMatchObject({ request: {}, reporter: { displayName: 'Firstline' } });
    expect(jira.faults).toEqual([expect.stringContaining('raise requests for who asks')]);
  });

  test('a demanded field of the form is filled', async () => {
    site.requestTypeFields['10'] = [{ ...costCentre, type: 'option', options: ['Berlin', 'Lisbon'] }];
    const jira = jiraAt(site, { serviceDesk });
    await jira.ensureTicket(draft);
    await jiraAt(site, { serviceDesk, fields: { 'cost centre': 'Lisbon' } }).ensureTicket({
      ...draft,
      conversation: 'b',
    });
    expect(site.issues().map(({ otherFields }) => otherFields.customfield_10050)).toMatchObject([
      { value: 'Berlin' },
      { value: 'Lisbon' },
    ]);
    expect(jira.faults).toEqual([
      'Jira demands the field “Cost centre” (customfield_10050) for “Get IT help” of service desk 1; tickets are made with “Berlin”. Set it in JIRA_FIELDS or routing.yml.',
    ]);
  });

  test.each([
    ['has no such type', { id: '1', requestType: 'Wish' }, 'Jira has no request type “Wish” of service desk 1'],
    [
      'is not there',
      { id: '7', requestType: 'Get IT help' },
      'Jira has no request type “Get IT help” of service desk 7',
    ],
  ])('that %s, an ordinary issue takes it', async (_, desk, fault) => {
    const jira = jiraAt(site, { serviceDesk: desk });
    await jira.ensureTicket(draft);
    expect(site.issue('IT-1')).toMatchObject({ request: null, issuetype: 'Task' });
    expect(jira.faults).toEqual([expect.stringContaining(fault)]);
  });

  test('that refuses all requests, an ordinary issue takes it', async () => {
    site.faults.set({ match: 'servicedeskapi/request', kind: 'status', status: 400, times: Infinity });
    const jira = jiraAt(site, { serviceDesk });
    await jira.ensureTicket(draft);
    expect(site.issue('IT-1')).toMatchObject({ request: null, reporter: { displayName: 'Ada Poe' } });
    expect(jira.faults).toEqual([expect.stringContaining('Jira refuses requests as “Get IT help” of service desk 1')]);
  });

  test('that answers nothing is not passed over: the request may have been made', async () => {
    site.faults.set({ match: 'servicedeskapi/request', kind: 'drop-after', times: 1 });
    const jira = jiraAt(site, { serviceDesk });
    const triedAt = new Date();
    expect(await kindOf(jira.ensureTicket(draft))).toBe('unavailable');
    expect(await jira.ensureTicket({ ...draft, triedAt })).toMatchObject({ key: 'IT-1' });
    expect(site.issues()).toHaveLength(1);
    expect(site.issue('IT-1')).toMatchObject({
      labels: expect.arrayContaining(['firstline', 'firstline-0197-42']),
      properties: { firstline: { conversation: '0197-42' } },
    });
  });

  test.each(['properties/firstline', 'assignee', '/issue/1'])(
    'what a crash at %s has left undone is done by the next attempt',
    async (match) => {
      site.faults.set({ match, kind: 'drop', times: 1 });
      const jira = jiraAt(site, { serviceDesk });
      const wanted = { ...draft, route: { ...route, assignee: rui, priority: 'High' } };
      expect(await kindOf(jira.ensureTicket(wanted))).toBe('unavailable');
      expect(await jira.ensureTicket({ ...wanted, triedAt: new Date() })).toMatchObject({ key: 'IT-1' });
      expect(site.issues()).toHaveLength(1);
      expect(site.issue('IT-1')).toMatchObject({
        labels: expect.arrayContaining(['firstline', 'firstline-0197-42', 'nothing-found']),
        priority: 'High',
        assignee: { displayName: 'Rui Costa' },
        properties: { firstline: { conversation: '0197-42', described: expect.any(String) } },
      });
    },
  );

  test('the check at start warns of permissions that are missing, by name', async () => {
    const jira = jiraAt(site);
    await jira.check();
    expect(jira.warnings).toEqual([]);
    site.missingPermissions.push('DELETE_OWN_COMMENTS', 'TRANSITION_ISSUES');
    await jira.check();
    expect(jira.warnings).toEqual([
      'the Jira account lacks permissions in the project IT: Transition issues, Delete own comments',
    ]);
    site.faults.set({ match: 'mypermissions', times: 1, kind: 'status', status: 403 });
    await expect(jira.check()).resolves.toBeUndefined();
  });

  test('the check at start names the setting to mend', async () => {
    await expect(jiraAt(site, { serviceDesk }).check()).resolves.toBeUndefined();
    await expect(jiraAt(site, { serviceDesk: { ...serviceDesk, requestType: 'Wish' } }).check()).rejects.toThrow(
      'The Jira service desk 1 has no request type Wish, but Get IT help (10), Report an incident (11): check JIRA_REQUEST_TYPE.',
    );
    await expect(jiraAt(site, { serviceDesk: { ...serviceDesk, id: '7' } }).check()).rejects.toThrow(
      'Jira has no service desk 7 in which this account may make requests: check JIRA_SERVICE_DESK.',
    );
  });
});

test('a notice that cannot be kept does not undo the ticket', async () => {
  const { url, email, apiToken, projectKey } = site;
  const { createJira } = await import('../../../adapters/jira/index.ts');
  const errors: string[] = [];
  const log = { debug() {}, info() {}, warn() {}, error: (message: string) => void errors.push(message) };
  const noteFault = () => Promise.reject(new Error('no database'));
  const config = { baseUrl: url, email, apiToken, projectKey, issueType: 'Task', searchLagMs: 0 };
  const jira = createJira(config, { clock: () => new Date(), log, noteFault });
  expect(await jira.ensureTicket({ ...draft, requester: { name: 'Ada', email: ada } })).toMatchObject({ key: 'IT-1' });
  expect(errors).toHaveLength(1);
});
