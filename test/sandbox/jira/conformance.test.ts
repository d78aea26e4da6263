import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { type JiraSandbox, startJira } from '../../../sandbox/jira/index.ts';

const specs = process.env.FIRSTLINE_SPECS ?? '../shared/specs';
const specPath = path.join(specs, 'jira/swagger-v3.v3.json');
const deskSpecPath = path.join(specs, 'jsm/swagger.v3.json');
const describeWithSpec = existsSync(specPath) && existsSync(deskSpecPath) ? describe : describe.skip;

interface Spec {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}
interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}

describeWithSpec("compared with Atlassian's description of the API (skipped without FIRSTLINE_SPECS)", () => {
  const [spec, deskSpec] = [specPath, deskSpecPath].map(
    (file) => JSON.parse(existsSync(file) ? readFileSync(file, 'utf8') : '{"paths":{}}') as Spec,
  ) as [Spec, Spec];
  const ajv = new Ajv({ strict: false, logger: false, validateFormats: false })
    .addSchema(spec, 'spec')
    .addSchema(deskSpec, 'deskSpec');

  let site: JiraSandbox;
  beforeAll(async () => {
    site = await startJira({
      people: [{ name: 'Ada Poe', email: 'ada@acme.example' }],
      pastTickets: [
        {
          key: 'IT-1',
          created: '2026-02-02T08:47:00Z',
          resolved: '2026-02-02T12:10:00Z',
          reporter: 'ada@acme.example',
          assignee: 'ada@acme.example',
          summary: 'VPN',
          description: 'down',
          comments: [{ author: 'ada@acme.example', at: '2026-02-02T09:00:00Z', public: false, body: 'note' }],
          resolution: 'Done',
          labels: ['vpn'],
        },
      ],
    });
  });
  afterAll(() => site.close());

  const body = { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text: 'x' }] }] };
  const fields = { project: { key: 'IT' }, issuetype: { name: 'Task' }, summary: 'Help', description: body };
  const issue = '/issue/{issueIdOrKey}';
  // one after the other on the same issue
  const calls: [method: string, template: string, status: number, query?: string, sent?: object][] = [
    ['GET', '/myself', 200],
    ['GET', '/serverInfo', 200],
    ['GET', '/project/{projectIdOrKey}', 200],
    ['GET', '/user/search', 200, '?query=ada'],
    ['GET', '/user', 200, '?accountId=ADA'],
    ['GET', '/users/search', 200],
    ['GET', '/issue/createmeta/{projectIdOrKey}/issuetypes', 200],
    ['GET', '/issue/createmeta/{projectIdOrKey}/issuetypes/{issueTypeId}', 200],
    ['POST', '/issue', 201, '', { fields, properties: [{ key: 'a', value: 1 }] }],
    ['POST', '/issue', 400, '', { fields: {} }],
    ['GET', '/user/assignable/search', 200, '?issueKey=IT-1&query=ada'],
    ['GET', issue, 200, '?properties=a&expand=changelog'],
    ['PUT', issue, 204, '', { fields: { summary: 'New' } }],
    ['GET', issue, 404, '?gone'],
    ['POST', `${issue}/comment`, 201, '', { body, properties: [{ key: 'a', value: 1 }] }],
    ['GET', `${issue}/comment`, 200, '?expand=properties&orderBy=-created'],
    ['POST', `${issue}/remotelink`, 201, '', { globalId: 'g', object: { url: 'https://example.com', title: 'T' } }],
    ['POST', `${issue}/remotelink`, 200, '', { globalId: 'g', object: { url: 'https://example.com', title: 'T' } }],
    ['GET', `${issue}/transitions`, 200],
    ['POST', `${issue}/transitions`, 204, '', { transition: { id: '31' } }],
    ['PUT', `${issue}/properties/{propertyKey}`, 201, '', { x: 1 }],
    ['GET', `${issue}/properties/{propertyKey}`, 200],
    ['GET', `${issue}/properties`, 200],
    ['POST', '/search/jql', 200, '', { jql: 'project = IT', fields: ['*all'], properties: ['a'], maxResults: 1 }],
    ['GET', '/search/jql', 200, '?jql=project=IT'],
    [
      'POST',
      '/search/jql',
      200,
      '',
      { jql: 'project = IT AND statusCategory = Done ORDER BY updated DESC', fields: ['*all'] },
    ],
    ['PUT', `${issue}/assignee`, 204, '', { accountId: null }],
    ['PUT', `${issue}/assignee`, 400, '', {}],
    ['GET', '/project/{projectIdOrKey}/components', 200],
    ['POST', `${issue}/attachments`, 200, '?upload'],
    ['POST', `${issue}/attachments`, 404, '?gone&upload'],
    ['GET', '/attachment/meta', 200],
    ['GET', '/attachment/{id}', 200],
    ['GET', '/attachment/{id}', 404, '?gone'],
    ['GET', '/attachment/content/{id}', 303],
    ['GET', '/attachment/content/{id}', 200, '?redirect=false'],
    [
      'POST',
      '/issueLink',
      201,
      '',
      { type: { name: 'Relates' }, inwardIssue: { key: 'IT-1' }, outwardIssue: { key: 'IT-2' } },
    ],
    [
      'POST',
      '/issueLink',
      404,
      '',
      { type: { name: 'Relates' }, inwardIssue: { key: 'IT-1' }, outwardIssue: { key: 'IT-99' } },
    ],
    ['GET', `${issue}/transitions`, 200, '?expand=transitions.fields'],
    [
      'PUT',
      issue,
      204,
      '',
      { fields: { description: body, components: [{ name: 'Network' }], priority: { name: 'High' } } },
    ],
    ['GET', `${issue}/comment`, 200, '?expand=renderedBody'],
    ['GET', issue, 200, '?expand=changelog&fields=*all'],
    ['DELETE', '/attachment/{id}', 204],
  ];
  const requestValues = { summary: 'Help', description: 'It broke', customfield_10050: { value: 'Leeds' } };
  const wish = { serviceDeskId: '1', requestTypeId: '10', requestFieldValues: requestValues };
  const desk = '/servicedesk/{serviceDeskId}';
  const deskCalls: typeof calls = [
    ['GET', '/servicedesk', 200],
    ['GET', desk, 200],
    ['GET', `${desk}/requesttype`, 200, '?searchQuery=incident'],
    ['GET', `${desk}/requesttype/{requestTypeId}/field`, 200],
    ['POST', '/customer', 201, '', { email: 'zoe@acme.example', displayName: 'Zoe' }],
    ['POST', '/customer', 400, '', { email: 'zoe@acme.example', displayName: 'Zoe' }],
    ['POST', '/customer', 409, '?strictConflictStatusCode=true', { email: 'zoe@acme.example', displayName: 'Zoe' }],
    ['POST', `${desk}/customer`, 204, '', { accountIds: ['ADA'] }],
    ['POST', `${desk}/customer`, 400, '', { accountIds: ['nobody'] }],
    ['GET', `${desk}/customer`, 200, '?query=ada'],
    ['POST', '/request', 201, '', { ...wish, raiseOnBehalfOf: 'ADA' }],
    ['POST', '/request', 400, '', { ...wish, requestFieldValues: { nonsense: 1 } }],
    ['GET', '/request/{issueIdOrKey}', 200, '?expand=participant,serviceDesk'],
    ['GET', '/request/{issueIdOrKey}', 404, '?gone'],
    ['POST', '/request/{issueIdOrKey}/comment', 201, '', { body: 'Hello', public: false }],
    ['POST', '/request/{issueIdOrKey}/comment', 400, '', { body: 'Hello' }],
    ['GET', '/request/{issueIdOrKey}/comment', 200, '?internal=true&expand=renderedBody'],
  ];

  test.each(calls)(
    '%s %s is answered with %d as described',
    async (...[method, template, status, query = '', sent]) => {
      const described = spec.paths[`/rest/api/3${template}`]?.[method.toLowerCase()]?.responses[status];
      expect(described).toBeDefined();
      const answer = await call(`${method} /rest/api/3${template}`, query, sent);
      expect(answer.status).toBe(status);
      expect(problems(described, answer.body, 'spec')).toBeNull();
    },
  );

  test.each(deskCalls)(
    'service desk: %s %s is answered with %d as described',
    async (...[method, template, status, query = '', sent]) => {
      site.customFields = [
        { id: 'customfield_10050', name: 'Office', required: true, type: 'option', options: ['Leeds', 'Utrecht'] },
      ];
      const described = deskSpec.paths[`/rest/servicedeskapi${template}`]?.[method.toLowerCase()]?.responses[status];
      expect(described).toBeDefined();
      const answer = await call(`${method} /rest/servicedeskapi${template}`, query, sent);
      expect(answer.status).toBe(status);
      expect(problems(described, answer.body, 'deskSpec')).toBeNull();
    },
  );

  function problems(described: Operation['responses'][string] | undefined, answer: unknown, name: string) {
    const schema = described?.content?.['application/json']?.schema;
    const isValid = ajv.compile(withinSpec(schema ?? {}, name));
    isValid(answer);
    return isValid.errors ?? null;
  }

  async function call(what: string, query: string, sent: object | undefined) {
    const parts = partsOf(query.includes('gone'), what.includes('servicedeskapi'));
    const [method = '', address = ''] = what.replaceAll(/\{\w+\}/g, (name) => parts[name] ?? name).split(' ');
    const basic = Buffer.from(`${site.email}:${site.apiToken}`).toString('base64');
    const adaId = site.issue('IT-1')?.reporter?.accountId ?? '';
    const isUpload = query.includes('upload');
    const type = isUpload ? { 'x-atlassian-token': 'no-check' } : { 'content-type': 'application/json' };
    const json = sent === undefined ? null : JSON.stringify(sent).replace('ADA', adaId);
    const response = await fetch(`${site.url}${address}${query.replace('ADA', adaId)}`, {
      method,
      headers: { authorization: `Basic ${basic}`, ...type },
      redirect: 'manual',
      body: isUpload ? formOf('a.txt') : json,
    });
    return { status: response.status, body: await jsonIn(response) };
  }

  /** What stands for the parts of an address; one that is gone names what is not there. */
  function partsOf(isGone: boolean, isDesk: boolean): Readonly<Record<string, string>> {
    const issueKey = isDesk ? 'IT-3' : 'IT-1';
    return {
      '{projectIdOrKey}': 'IT',
      '{issueTypeId}': '10001',
      '{issueIdOrKey}': isGone ? 'IT-99' : issueKey,
      '{propertyKey}': 'p',
      '{id}': isGone ? '1' : (site.issue('IT-1')?.attachments[0]?.id ?? ''),
      '{serviceDeskId}': '1',
      '{requestTypeId}': '10',
    };
  }
});

/** Null when it is something else. */
async function jsonIn(response: Response): Promise<unknown> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true && text !== '';
  return isJson ? JSON.parse(text) : null;
}

function formOf(name: string): FormData {
  const form = new FormData();
  form.append('file', new Blob(['text'], { type: 'text/plain' }), name);
  return form;
}

/** References of a part of the description, made to point into the whole. */
function withinSpec(schema: object, name: string): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components', `"${name}#/components`)) as object;
}
