import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import type { ConfluenceSandbox } from '../../../sandbox/confluence/index.ts';
import { ada, ask, post, startAcme } from './acme.ts';

const folder = path.join(process.env.FIRSTLINE_SPECS ?? '../shared/specs', 'confluence');
const describeWithSpec = existsSync(folder) ? describe : describe.skip;

interface Spec {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}
interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: object }>> }>
  >;
}

describeWithSpec("compared with Atlassian's descriptions of the API (skipped without FIRSTLINE_SPECS)", () => {
  let site: ConfluenceSandbox;
  const names: Record<string, string> = {};
  beforeAll(async () => {
    site = await startAcme();
    const folderId = site.createFolder({ space: 'IT', title: 'Guides' });
    const id = site.createPage({ space: 'IT', title: 'VPN', markdown: 'x', parentId: folderId, labels: ['vpn'] });
    site.createPage({ space: 'IT', title: 'Top', markdown: 'x' });
    site.restrict(id, { groups: ['finance'], users: [ada] });
    site.attach(id, { title: 'a.png', mediaType: 'image/png', bytes: Buffer.from('abc') });
    const whiteboard = site.createFolder({ space: 'IT', title: 'Board', type: 'whiteboard' });
    site.setSpaceReaders('IT', { groups: ['finance'], anonymous: true });
    const label = (await ask(site, '/wiki/api/v2/labels')).body.results[0].id;
    const group = (await ask(site, '/wiki/rest/api/group')).body.results[0].id;
    Object.assign(names, { page: id, folder: folderId, whiteboard, space: site.spaces()[0]?.id, label, group });
  });
  afterAll(() => site.close());

  const v2 = validator('openapi-v2.v3.json');
  // the place of an id in the path, and what stands there
  const v2Calls: [template: string, id: string, query: string][] = [
    ['/spaces', '', '?keys=IT'],
    ['/spaces/{id}', 'space', ''],
    ['/spaces/{id}/pages', 'space', '?limit=1&body-format=storage'],
    ['/spaces/{id}/permissions', 'space', ''],
    ['/spaces/{id}/role-assignments', 'space', ''],
    ['/pages', '', '?body-format=atlas_doc_format'],
    ['/pages/{id}', 'page', '?body-format=storage&include-labels=true&include-versions=true'],
    ['/pages/{id}/labels', 'page', ''],
    ['/pages/{id}/ancestors', 'page', ''],
    ['/pages/{id}/attachments', 'page', ''],
    ['/folders/{id}', 'folder', ''],
    ['/folders/{id}/ancestors', 'folder', ''],
    ['/whiteboards/{id}', 'whiteboard', ''],
    ['/labels', '', ''],
    ['/labels/{id}/pages', 'label', ''],
  ];

  test.each(v2Calls)('version 2: GET %s', async (template, id, query) => {
    const { status, body } = await ask(site, `/wiki/api/v2${template.replace('{id}', names[id] ?? '')}${query}`);
    expect(status).toBe(200);
    expect(v2('get', template, body)).toEqual([]);
  });

  test('version 2: POST /users-bulk', async () => {
    const { body } = await post(site, '/wiki/api/v2/users-bulk', { accountIds: ['5b10ac8d82e05b22cc7d4ef5'] });
    expect(body.results).toHaveLength(1);
    expect(v2('post', '/users-bulk', body)).toEqual([]);
  });

  const v1 = validator('swagger-v1.v3.json');
  const everything =
    'expand=space,version,history.lastUpdated,ancestors,metadata.labels,body.storage,body.view,restrictions.read.restrictions.user,restrictions.read.restrictions.group';
  const v1Calls: [template: string, query: string][] = [
    ['/content/search', `?cql=type=page&limit=1&${everything}`],
    ['/search', '?cql=type=page&expand=content.version'],
    ['/content/{id}', `?${everything}`],
    ['/content/{id}/label', ''],
    ['/content/{id}/restriction', ''],
    ['/content/{id}/restriction/byOperation', '?expand=restrictions.user'],
    ['/content/{id}/restriction/byOperation/{operationKey}', '?expand=restrictions.user,restrictions.group'],
    ['/group', ''],
    ['/group/by-id', '?id={group}'],
    ['/group/{groupId}/membersByGroupId', ''],
    ['/group/member', '?name=finance'],
    ['/user', '?accountId=5b10ac8d82e05b22cc7d4ef5'],
    ['/user/bulk', '?accountId=5b10ac8d82e05b22cc7d4ef5'],
    ['/user/current', ''],
  ];

  test.each(v1Calls)('version 1: GET %s', async (template, query) => {
    const parts: Record<string, string | undefined> = {
      '{id}': names.page,
      '{operationKey}': 'read',
      '{groupId}': names.group,
      '{group}': names.group,
    };
    const address = `${template}${query}`.replaceAll(/\{\w+\}/g, (part) => parts[part] ?? part);
    const { status, body } = await ask(site, `/wiki/rest/api${address}`);
    expect(status).toBe(200);
    expect(v1('get', `/wiki/rest/api${template}`, body)).toEqual([]);
  });
});

/** What is wrong with an answer. Nulls are left out: the descriptions tell of them in words, and not in the schemas. */
function validator(name: string): (method: string, template: string, body: unknown) => unknown[] {
  const file = path.join(folder, name);
  const spec = JSON.parse(existsSync(file) ? readFileSync(file, 'utf8') : '{"paths":{}}') as Spec;
  const ajv = new Ajv({ strict: false, logger: false, validateFormats: false }).addSchema(spec, name);
  return (method, template, body) => {
    const schema = spec.paths[template]?.[method]?.responses['200']?.content?.['application/json']?.schema;
    expect(schema).toBeDefined();
    const within = JSON.stringify(schema).replaceAll('"#/components', `"${name}#/components`);
    const isValid = ajv.compile(JSON.parse(within) as object);
    isValid(JSON.parse(JSON.stringify(body, (_, value: unknown) => value ?? undefined)));
    return isValid.errors ?? [];
  };
}
