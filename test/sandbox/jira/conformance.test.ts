import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { type JiraSandbox, startJira } from '../../../sandbox/jira/index.ts';

const specPath = path.join(process.env.FIRSTLINE_SPECS ?? '../shared/specs', 'jira/swagger-v3.v3.json');
const describeWithSpec = existsSync(specPath) ? describe : describe.skip;

interface Spec {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}
interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}

describeWithSpec("compared with Atlassian's description of the API (skipped without FIRSTLINE_SPECS)", () => {
  const spec = JSON.parse(existsSync(specPath) ? readFileSync(specPath, 'utf8') : '{"paths":{}}') as Spec;
  const ajv = new Ajv({ strict: false, logger: false, validateFormats: false }).addSchema(spec, 'spec');

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
  ];

  test.each(calls)(
    '%s %s is answered with %d as described',
    async (...[method, template, status, query = '', sent]) => {
      const described = spec.paths[`/rest/api/3${template}`]?.[method.toLowerCase()]?.responses[status];
      expect(described).toBeDefined();
      const answer = await call(`${method} ${template}`, query, sent);
      expect(answer.status).toBe(status);
      const schema = described?.content?.['application/json']?.schema;
      const isValid = ajv.compile(withinSpec(schema ?? {}));
      isValid(answer.body);
      expect(isValid.errors).toBeNull();
    },
  );

  async function call(what: string, query: string, sent: object | undefined) {
    const parts: Record<string, string> = {
      '{projectIdOrKey}': 'IT',
      '{issueTypeId}': '10001',
      '{issueIdOrKey}': query === '?gone' ? 'IT-99' : 'IT-1',
      '{propertyKey}': 'p',
    };
    const [method = '', address = ''] = what.replaceAll(/\{\w+\}/g, (name) => parts[name] ?? name).split(' ');
    const basic = Buffer.from(`${site.email}:${site.apiToken}`).toString('base64');
    const adaId = site.issue('IT-1')?.reporter?.accountId ?? '';
    const response = await fetch(`${site.url}/rest/api/3${address}${query.replace('ADA', adaId)}`, {
      method,
      headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json' },
      ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
  }
});

/** References of a part of the description, made to point into the whole. */
function withinSpec(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"spec#/components')) as object;
}
