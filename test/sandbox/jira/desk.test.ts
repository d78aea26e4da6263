import { createClient } from 'jira.js/core';
import { createServiceDeskClient } from 'jira.js/serviceDesk';
import { adf, startSite, type TestSite } from './site.ts';

const root = '/rest/servicedeskapi';
const wish = { serviceDeskId: '1', requestTypeId: '10', requestFieldValues: { summary: 'Help', description: 'a\nb' } };

let site: TestSite;
beforeEach(async () => {
  site = await startSite();
});
afterEach(() => site.jira.close());

const idOf = (email: string) => site.jira.staff().find(({ emailAddress }) => emailAddress === email)?.accountId ?? '';

describe('with jira.js, which validates every answer', () => {
  test('a request is raised for somebody else and spoken about', async () => {
    const { email, apiToken, url } = site.jira;
    const client = createServiceDeskClient(createClient({ host: url, auth: { type: 'basic', email, apiToken } }));
    const desks = await client.servicedesk.getServiceDesks({});
    expect(desks.values).toMatchObject([{ id: '1', projectKey: 'IT', projectTypeKey: 'service_desk' }]);
    const types = await client.servicedesk.getRequestTypes({ serviceDeskId: '1' });
    expect(types.values?.map(({ id, name }) => [id, name])).toEqual([
      ['10', 'Get IT help'],
      ['11', 'Report an incident'],
    ]);
    const customer = await client.customer.createCustomer({ email: 'femke@acme.example', displayName: 'Femke' });
    await client.servicedesk.addCustomers({ serviceDeskId: '1', accountIds: [customer.accountId ?? ''] });
    const made = await client.request.createCustomerRequest({ ...wish, raiseOnBehalfOf: customer.accountId ?? '' });
    expect(made).toMatchObject({
      issueKey: 'IT-2',
      reporter: { displayName: 'Femke' },
      currentStatus: { status: 'To Do', statusCategory: 'NEW' },
      requestFieldValues: [
        { fieldId: 'summary', value: 'Help' },
        { fieldId: 'description', value: 'a\nb' },
      ],
    });
    const said = await client.request.createRequestComment({ issueIdOrKey: 'IT-2', body: 'Secret', public: false });
    await client.request.createRequestComment({ issueIdOrKey: 'IT-2', body: 'Hello', public: true });
    const seen = await client.request.getRequestComments({ issueIdOrKey: 'IT-2', internal: false });
    expect([said.public, seen.values?.map(({ body }) => body)]).toEqual([false, ['Hello']]);
  });
});

test('a request is an issue of the type behind it, with its customer as reporter', async () => {
  const accountId = idOf('adam@acme.example');
  const made = await site.call('POST', `${root}/request`, { ...wish, requestTypeId: '11', raiseOnBehalfOf: accountId });
  const issue = await site.call('GET', `/rest/api/3/issue/${made.body.issueKey}`);
  expect(issue.body.fields).toMatchObject({
    summary: 'Help',
    issuetype: { name: 'Incident' },
    reporter: { displayName: 'Adam Poole' },
    creator: { displayName: 'Firstline' },
    project: { key: 'IT', projectTypeKey: 'service_desk' },
  });
  expect(made.body._links.web).toBe(`${site.jira.url}/servicedesk/customer/portal/1/IT-2`);
  expect((await fetch(made.body._links.web)).status).toBe(200);
});

test('internal and public comments are told apart on both sides', async () => {
  await site.call('POST', `${root}/request`, wish);
  await site.call('POST', `${root}/request/IT-2/comment`, { body: 'note', public: false });
  await site.call('POST', '/rest/api/3/issue/IT-2/comment', { body: adf('hello') });
  const platform = await site.call('GET', '/rest/api/3/issue/IT-2/comment?expand=properties');
  expect(platform.body.comments).toMatchObject([
    { jsdPublic: false, properties: [{ key: 'sd.public.comment', value: { internal: true } }] },
    { jsdPublic: true, properties: [] },
  ]);
  const desk = await site.call('GET', `${root}/request/IT-2/comment?public=false`);
  expect(desk.body).toMatchObject({ size: 1, isLastPage: true, values: [{ body: 'note', public: false }] });
});

describe('a document', () => {
  const description = adf('It broke');

  test('is the description when the request is said to be one of documents', async () => {
    const values = { ...wish.requestFieldValues, description };
    await site.call('POST', `${root}/request`, { ...wish, isAdfRequest: true, requestFieldValues: values });
    expect(site.jira.issue('IT-2')?.description).toEqual(description);
  });

  test.each([
    ['in a request of text', { ...wish, requestFieldValues: { summary: 'a', description } }],
    ['that is not valid', { ...wish, isAdfRequest: true, requestFieldValues: { summary: 'a', description: 'text' } }],
  ])('%s is refused', async (_, body) => {
    const answer = await site.call('POST', `${root}/request`, body);
    expect([answer.status, answer.body.errorMessage]).toEqual([400, expect.stringContaining('description: ')]);
  });
});

describe('the form of a request type', () => {
  const office = {
    id: 'customfield_10050',
    name: 'Office',
    required: true,
    type: 'option',
    options: ['Leeds', 'Lisbon'],
  } as const;
  const device = { id: 'customfield_10051', name: 'Device', required: false, type: 'string' } as const;
  const fieldsOf = async (type: string) => {
    const { body } = await site.call('GET', `${root}/servicedesk/1/requesttype/${type}/field`);
    return body.requestTypeFields.map(({ fieldId, required }: { fieldId: string; required: boolean }) => [
      fieldId,
      required,
    ]);
  };

  test('has what the project demands of such issues, and what it has of its own', async () => {
    site.jira.customFields.push({ ...office, issueTypes: ['Incident'] });
    site.jira.requestTypeFields['10'] = [device];
    expect(await fieldsOf('10')).toEqual([
      ['summary', true],
      ['description', false],
      ['customfield_10051', false],
    ]);
    expect(await fieldsOf('11')).toEqual([
      ['summary', true],
      ['description', false],
      ['customfield_10050', true],
    ]);
    const { body } = await site.call('GET', `${root}/servicedesk/1/requesttype/11/field`);
    expect(body).toMatchObject({ canRaiseOnBehalfOf: true, canAddRequestParticipants: true });
    expect(body.requestTypeFields[2]).toMatchObject({
      name: 'Office',
      validValues: [{ label: 'Leeds', value: '1005000' }, { label: 'Lisbon' }],
      jiraSchema: { type: 'option', customId: 10050 },
    });
  });

  test('its fields are kept with the issue', async () => {
    site.jira.requestTypeFields['10'] = [office, device];
    const values = { summary: 'a', customfield_10050: { id: '1005001' }, customfield_10051: 'Laptop' };
    await site.call('POST', `${root}/request`, { ...wish, requestFieldValues: values });
    expect((await site.call('GET', '/rest/api/3/issue/IT-2')).body.fields).toMatchObject({
      customfield_10050: { id: '1005001', value: 'Lisbon' },
      customfield_10051: 'Laptop',
    });
  });

  test.each([
    ['a missing field', { summary: 'a' }, 'customfield_10050: Office is required.'],
    ['an unknown field', { summary: 'a', priority: { name: 'High' } }, "priority: Field 'priority' is not on the form"],
    ['no summary', {}, 'summary: Summary is required.'],
    ['a long summary', { summary: 'x'.repeat(256) }, "summary: Summary can't exceed 255 characters."],
    [
      'a value that is no option',
      { summary: 'a', customfield_10050: { value: 'Mars' } },
      'customfield_10050: Specify a valid value',
    ],
  ])('%s is refused in the service desk’s words', async (_, requestFieldValues, words) => {
    site.jira.requestTypeFields['10'] = [office];
    const answer = await site.call('POST', `${root}/request`, { ...wish, requestFieldValues });
    expect(answer).toMatchObject({
      status: 400,
      body: { errorMessage: expect.stringContaining(words), i18nErrorMessage: { i18nKey: expect.any(String) } },
    });
    expect(site.jira.issues()).toHaveLength(1);
  });
});

test.each([
  ['another desk', { serviceDeskId: '2' }],
  ['another request type', { requestTypeId: '99' }],
  ['a person who is not there', { raiseOnBehalfOf: 'nobody' }],
  ['an address in place of an account', { raiseOnBehalfOf: 'ada@acme.example' }],
  ['participants who are not there', { requestParticipants: ['nobody'] }],
  ['what is not known', { priority: 'High' }],
])('a request for %s is refused', async (_, more) => {
  const answer = await site.call('POST', `${root}/request`, { ...wish, ...more });
  expect([answer.status, Object.keys(answer.body)]).toEqual([400, ['errorMessage', 'i18nErrorMessage']]);
  expect(site.jira.issues()).toHaveLength(1);
});

describe('customers', () => {
  const femke = { email: 'femke@acme.example', displayName: 'Femke' };

  test('can raise requests once they are let in, speak there, and not sign in', async () => {
    const { accountId } = (await site.call('POST', `${root}/customer`, femke)).body;
    const request = { ...wish, raiseOnBehalfOf: accountId };
    expect((await site.call('POST', `${root}/request`, request)).body.errorMessage).toContain('not a customer');
    expect((await site.call('POST', `${root}/servicedesk/1/customer`, { accountIds: [accountId] })).status).toBe(204);
    expect((await site.call('POST', `${root}/request`, request)).status).toBe(201);
    expect((await site.call('GET', `${root}/servicedesk/1/customer`)).body.values).toMatchObject([{ accountId }]);
    expect(site.jira.comment({ as: femke.email, key: 'IT-2', text: 'Hi' }).author.displayName).toBe('Femke');
    expect((await site.call('GET', '/rest/api/3/myself', undefined, femke.email)).status).toBe(401);
    const [found] = (await site.call('GET', '/rest/api/3/user/search?query=femke')).body;
    expect(found).toMatchObject({ accountId, accountType: 'customer' });
  });

  test.each([
    ['who has an account', { ...femke, email: 'Ada@acme.example' }, '', 400],
    [
      'who has an account, told strictly',
      { ...femke, email: 'ada@acme.example' },
      '?strictConflictStatusCode=true',
      409,
    ],
    ['without an address', { displayName: 'X' }, '', 400],
    ['with a broken address', { ...femke, email: 'femke' }, '', 400],
    ['without a name', { email: 'x@acme.example' }, '', 400],
  ])('%s cannot be made', async (...[, customer, query, status]) => {
    expect((await site.call('POST', `${root}/customer${query}`, customer)).status).toBe(status);
  });
});

test('a software project has no service desk', async () => {
  await site.call('POST', `${root}/request`, wish);
  site.jira.projectType = 'software';
  expect((await site.call('GET', `${root}/servicedesk`)).body.values).toEqual([]);
  for (const path of ['servicedesk/1', 'servicedesk/1/requesttype', 'request/IT-2', 'request/IT-1']) {
    const answer = await site.call('GET', `${root}/${path}`);
    expect([answer.status, typeof answer.body.errorMessage]).toEqual([404, 'string']);
  }
  expect((await site.call('POST', `${root}/request`, wish)).status).toBe(400);
  expect((await site.call('GET', '/rest/api/3/project/IT')).body.projectTypeKey).toBe('software');
});

test.each([
  ['an issue that is no request', 'GET', 'request/IT-1', undefined, 404],
  ['a comment without a say on who sees it', 'POST', 'request/IT-2/comment', { body: 'x' }, 400],
  ['an empty comment', 'POST', 'request/IT-2/comment', { body: ' ', public: true }, 400],
  ['a comment that is too long', 'POST', 'request/IT-2/comment', { body: 'x'.repeat(40_000), public: true }, 400],
  ['fields of a type that is not there', 'GET', 'servicedesk/1/requesttype/99/field', undefined, 404],
])('%s is refused in the service desk’s shape', async (...[, method, path, body, status]) => {
  await site.call('POST', `${root}/request`, wish);
  const answer = await site.call(method, `${root}/${path}`, body);
  expect([answer.status, Object.keys(answer.body)]).toEqual([status, ['errorMessage', 'i18nErrorMessage']]);
});
