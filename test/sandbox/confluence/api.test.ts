import type { ConfluenceSandbox } from '../../../sandbox/confluence/index.ts';
import { ada, ask, cql, pagesOf, post, startAcme, titlesOf } from './acme.ts';

let site: ConfluenceSandbox;
let now = new Date('2026-03-01T10:00:00Z');
beforeEach(async () => {
  now = new Date('2026-03-01T10:00:00Z');
  site = await startAcme({ now: () => now });
});
afterEach(() => site.close());

function spaceId(): string {
  return site.spaces()[0]?.id ?? '';
}

describe('who may ask', () => {
  test.each(['/wiki/api/v2/spaces', '/wiki/rest/api/user/current', '/wiki/rest/api/nothing', '/elsewhere'])(
    '%s wants address and token',
    async (path) => {
      const wrong = Buffer.from(`${site.email}:wrong`).toString('base64');
      for (const authorization of [undefined, 'Bearer x', `Basic ${wrong}`, 'Basic ?']) {
        const headers = authorization === undefined ? {} : { authorization };
        expect((await fetch(`${site.url}${path}`, { headers })).status).toBe(401);
      }
    },
  );

  test('each version refuses in its own words', async () => {
    expect((await ask(site, '/wiki/api/v2/spaces', null)).body).toEqual({
      errors: [{ status: 401, code: 'UNAUTHORIZED', title: 'Unauthorized', detail: null }],
    });
    expect((await ask(site, '/wiki/rest/api/group', null)).body).toMatchObject({ statusCode: 401 });
  });
});

describe('what is refused', () => {
  test.each([
    ['/wiki/api/v2/nothing', 404],
    ['/wiki/api/v2/pages/1', 404],
    ['/wiki/api/v2/pages/abc', 400],
    ['/wiki/api/v2/spaces/1', 404],
    ['/wiki/api/v2/spaces/1/pages', 404],
    ['/wiki/api/v2/folders/1', 404],
    ['/wiki/api/v2/labels/1/pages', 404],
    ['/wiki/api/v2/pages?limit=0', 400],
    ['/wiki/api/v2/pages?limit=251', 400],
    ['/wiki/api/v2/pages?sort=size', 400],
    ['/wiki/api/v2/pages?status=lost', 400],
    ['/wiki/api/v2/pages?body-format=markdown', 400],
    ['/wiki/api/v2/pages?cursor=abc', 400],
    ['/wiki/api/v2/pages?id=one', 400],
    ['/wiki/api/v2/pages/%zz', 400],
  ])('%s with %d', async (path, status) => {
    const got = await ask(site, path);
    expect([got.status, got.body.errors[0].status]).toEqual([status, status]);
  });

  test.each([
    ['/wiki/rest/api/nothing', 404],
    ['/wiki/rest/api/content/1', 404],
    ['/wiki/rest/api/content/abc', 400],
    ['/wiki/rest/api/content/1/restriction', 404],
    ['/wiki/rest/api/content/{page}/restriction/byOperation/delete', 400],
    ['/wiki/rest/api/content/{page}?expand=a.b.c.d.e.f.g.h.i', 400],
    ['/wiki/rest/api/group/by-id', 400],
    ['/wiki/rest/api/group/by-id?id=x', 404],
    ['/wiki/rest/api/group/member?name=nobody', 404],
    ['/wiki/rest/api/group?limit=-1', 400],
    ['/wiki/rest/api/user', 400],
    ['/wiki/rest/api/user?accountId=x', 404],
    ['/wiki/rest/api/content/search?cql=type=page&cursor=abc', 400],
    ['/wiki/rest/api/content/search?cql=type=page&cqlcontext=x', 400],
  ])('%s with %d', async (path, status) => {
    const page = site.createPage({ space: 'IT', title: 'A', markdown: 'x' });
    const got = await ask(site, path.replace('{page}', page));
    expect([got.status, got.body.statusCode]).toEqual([status, status]);
  });

  test('methods, bodies and limits that are not those of the route', async () => {
    expect((await post(site, '/wiki/api/v2/pages', {})).status).toBe(405);
    expect((await post(site, '/wiki/api/v2/users-bulk', { accountIds: [] })).status).toBe(400);
    const group = (await ask(site, '/wiki/rest/api/group')).body.results[0].id;
    expect((await ask(site, `/wiki/rest/api/group/${group}/membersByGroupId?limit=201`)).status).toBe(400);
  });

  test('by a rate limit, with the seconds to wait', async () => {
    site.faults.set({ match: '/pages', kind: 'rate-limit', retryAfterSeconds: 7, times: 1 });
    const limited = await ask(site, '/wiki/api/v2/pages');
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
    expect(limited.body).toMatchObject({ errors: [{ status: 429 }], statusCode: 429 });
    expect((await ask(site, '/wiki/api/v2/pages')).status).toBe(200);
    expect(site.calls.map(({ path, status }) => [path, status])).toEqual([
      ['/wiki/api/v2/pages', 429],
      ['/wiki/api/v2/pages', 200],
    ]);
  });
});

describe('listings', () => {
  const titles = ['d', 'b', 'c', 'a', 'e'];
  beforeEach(() => {
    for (const title of titles) {
      now = new Date(now.getTime() + 60_000);
      site.createPage({ space: 'IT', title, markdown: title });
    }
  });

  test.each([
    ['', titles],
    ['&sort=-id', titles.toReversed()],
    ['&sort=title', ['a', 'b', 'c', 'd', 'e']],
    ['&sort=-title', ['e', 'd', 'c', 'b', 'a']],
    ['&sort=-modified-date', ['d', 'e', 'a', 'c', 'b']],
    ['&sort=created-date', titles],
    ['&title=c', ['c']],
  ])('go in the order that is asked for, page by page: %s', async (more, expected) => {
    now = new Date(now.getTime() + 60_000);
    const d = site.pages().find(({ title }) => title === 'd');
    site.updatePage(d?.id ?? '', { markdown: 'new' });
    const pages = await pagesOf(site, `/wiki/api/v2/spaces/${spaceId()}/pages?limit=2${more}`);
    expect(pages.flat().map(({ title }) => title)).toEqual(expected);
    expect(pages.map(({ length }) => length)).toEqual(expected.length === 5 ? [2, 2, 1] : [1]);
  });

  test('give the address of the next page in the body and in the header', async () => {
    const path = `/wiki/api/v2/spaces/${spaceId()}/pages?limit=2&body-format=storage`;
    const { body, headers } = await ask(site, path);
    expect(body._links.base).toBe(site.baseUrl);
    expect(body._links.next).toMatch(/^\/wiki\/api\/v2\/spaces\/\d+\/pages\?cursor=\w+=*&limit=2&body-format=storage$/);
    expect(headers.get('link')).toBe(`<${body._links.next}>; rel="next", <${site.baseUrl}>; rel="base"`);
    expect((await ask(site, body._links.next!)).body.results[0].body.storage.value).toBe('<p>c</p>\n');
  });

  test('are not moved by what is added or removed while one pages', async () => {
    const first = await ask(site, '/wiki/api/v2/pages?limit=2&sort=title');
    site.purge(first.body.results[0].id);
    site.createPage({ space: 'IT', title: 'aa', markdown: 'x' });
    const second = await ask(site, first.body._links.next!);
    expect(second.body.results.map(({ title }) => title)).toEqual(['c', 'd']);
  });

  test('a cursor is of its own listing', async () => {
    const { body } = await ask(site, '/wiki/api/v2/pages?limit=2&sort=title');
    const cursor = new URL(body._links.next!, site.url).searchParams.get('cursor') ?? '';
    const other = await ask(site, `/wiki/api/v2/pages?limit=2&sort=id&cursor=${encodeURIComponent(cursor)}`);
    expect([other.status, other.body.errors[0].code]).toEqual([400, 'INVALID_REQUEST_PARAMETER']);
  });

  test('have empty pages in between on request', async () => {
    site.settings.emptyPages = true;
    const lengths = (pages: readonly unknown[][]) => pages.map(({ length }) => length);
    expect(lengths(await pagesOf(site, '/wiki/api/v2/pages?limit=3'))).toEqual([3, 0, 2, 0, 0]);
    expect(lengths(await pagesOf(site, cql('type = page', '&limit=3')))).toEqual([3, 0, 2, 0, 0]);
  });

  test('search goes on by cursor, and starts where it is told', async () => {
    expect(await titlesOf(site, cql('type = page', '&limit=2'))).toEqual(titles);
    expect(await titlesOf(site, cql('type = page', '&start=3'))).toEqual(['a', 'e']);
    const { body } = await ask(site, cql('type = page', '&limit=2'));
    expect(body).toMatchObject({ start: 0, limit: 2, size: 2, _links: { base: site.baseUrl, context: '/wiki' } });
    expect(body._links.next).toMatch(/^\/rest\/api\/content\/search\?next=true&cursor=_sa_/);
    expect((await ask(site, cql('type = page', '&expand=body.storage&limit=200'))).body.limit).toBe(50);
  });

  test('of pages by id and by space', async () => {
    site.createSpace({ key: 'HR', name: 'People', readers: {} });
    const id = site.createPage({ space: 'HR', title: 'a', markdown: 'x' });
    const other = site.pages()[0]?.id;
    expect(await titlesOf(site, `/wiki/api/v2/pages?id=${id}&id=${other}`)).toEqual(['d', 'a']);
    expect(await titlesOf(site, `/wiki/api/v2/pages?space-id=${site.spaces()[1]?.id}`)).toEqual(['a']);
    expect((await pagesOf(site, '/wiki/api/v2/pages?title=a')).flat()).toHaveLength(2);
  });
});

describe('a page', () => {
  test('is as it was written', async () => {
    const folder = site.createFolder({ space: 'IT', title: 'Guides' });
    const storage = '<p>Ring <strong>4357</strong></p>';
    const id = site.createPage({ space: 'IT', title: 'A & B?', storage, parentId: folder, labels: ['Phone'] });
    const { body } = await ask(site, `/wiki/api/v2/pages/${id}?body-format=storage&include-labels=true`);
    expect(body).toMatchObject({
      id,
      status: 'current',
      title: 'A & B?',
      spaceId: spaceId(),
      parentId: folder,
      parentType: 'folder',
      createdAt: '2026-03-01T10:00:00.000Z',
      version: { number: 1, createdAt: '2026-03-01T10:00:00.000Z', message: '', minorEdit: false },
      body: { storage: { representation: 'storage', value: storage } },
      labels: { results: [{ name: 'phone', prefix: 'global' }] },
      _links: { webui: `/spaces/IT/pages/${id}/A+%26+B%3F`, base: site.baseUrl },
    });
    expect(site.page(id)).toMatchObject({ url: `${site.baseUrl}${body._links.webui}`, markdown: null, storage });
    const adf = await ask(site, `/wiki/api/v2/pages/${id}?body-format=atlas_doc_format`);
    expect(JSON.parse(adf.body.body.atlas_doc_format.value)).toEqual({
      type: 'doc',
      version: 1,
      content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Ring 4357' }] }],
    });
    expect((await ask(site, `/wiki/api/v2/folders/${folder}`)).body).toMatchObject({ id: folder, type: 'folder' });
    expect((await ask(site, `/wiki/api/v2/pages/${folder}`)).status).toBe(404);
  });

  test('has its ancestors, the highest first, in both versions', async () => {
    const top = site.createPage({ space: 'IT', title: 'Top', markdown: 'x' });
    const folder = site.createFolder({ space: 'IT', title: 'Folder', parentId: top });
    const id = site.createPage({ space: 'IT', title: 'A', markdown: 'x', parentId: folder });
    const ancestors = [
      { id: top, type: 'page' },
      { id: folder, type: 'folder' },
    ];
    expect((await ask(site, `/wiki/api/v2/pages/${id}/ancestors`)).body.results).toEqual(ancestors);
    expect((await ask(site, `/wiki/api/v2/pages/${id}/ancestors?limit=1`)).body.results).toEqual(ancestors.slice(1));
    expect((await ask(site, `/wiki/rest/api/content/${id}?expand=ancestors`)).body.ancestors).toMatchObject(ancestors);
  });

  test('may stand below a whiteboard, which is told as a folder is', async () => {
    const board = site.createFolder({ space: 'IT', title: 'Board', type: 'whiteboard' });
    const id = site.createPage({ space: 'IT', title: 'A', markdown: 'x', parentId: board });
    expect((await ask(site, `/wiki/api/v2/pages/${id}`)).body).toMatchObject({
      parentId: board,
      parentType: 'whiteboard',
    });
    expect((await ask(site, `/wiki/api/v2/whiteboards/${board}`)).body).toMatchObject({
      id: board,
      type: 'whiteboard',
    });
    expect((await ask(site, `/wiki/api/v2/folders/${board}`)).status).toBe(404);
  });

  test('is found by its label', async () => {
    const id = site.createPage({ space: 'IT', title: 'A', markdown: 'x', labels: ['vpn', 'wifi'] });
    site.createPage({ space: 'IT', title: 'B', markdown: 'x', labels: ['wifi'] });
    const labels = (await ask(site, '/wiki/api/v2/labels')).body.results;
    expect(labels.map(({ name }) => name)).toEqual(['vpn', 'wifi']);
    expect(await titlesOf(site, `/wiki/api/v2/labels/${labels[0].id}/pages`)).toEqual(['A']);
    site.setLabels(id, ['wifi']);
    expect((await ask(site, `/wiki/api/v2/pages/${id}/labels`)).body.results).toMatchObject([{ name: 'wifi' }]);
    const { body } = await ask(site, `/wiki/rest/api/content/${id}?expand=metadata.labels`);
    expect(body.metadata.labels.results).toMatchObject([{ name: 'wifi', label: 'wifi', prefix: 'global' }]);
    expect((await ask(site, `/wiki/api/v2/labels/${labels[0].id}/pages`)).status).toBe(404);
  });

  test('gets a version by an edit or a new title, and by nothing else', async () => {
    const id = site.createPage({ space: 'IT', title: 'A', markdown: '# One' });
    now = new Date('2026-03-02T10:00:00Z');
    site.updatePage(id, { title: 'B' });
    expect(site.page(id)).toMatchObject({ version: 2, updated: now.toISOString(), markdown: '# One', title: 'B' });
    site.updatePage(id, { markdown: '# Two' });
    const edited = site.page(id);
    expect(edited).toMatchObject({ version: 3, storage: '<h1>Two</h1>\n' });
    now = new Date('2026-03-03T10:00:00Z');
    site.setLabels(id, ['x']);
    site.restrict(id, { groups: ['it'] });
    site.attach(id, { title: 'a.png', mediaType: 'image/png', bytes: Buffer.from('abc') });
    site.archive(id);
    site.trash(id);
    site.restore(id);
    expect(site.page(id)).toMatchObject({ version: 3, updated: edited?.updated });
    const { body } = await ask(site, `/wiki/rest/api/content/${id}?expand=history.lastUpdated`);
    expect(body).toMatchObject({
      version: { number: 3, when: edited?.updated },
      history: { createdDate: '2026-03-01T10:00:00.000Z', lastUpdated: { number: 3 } },
      space: { key: 'IT' },
    });
  });

  test.each([
    ['trash', 'trashed', 200, 404, []],
    ['archive', 'archived', 200, 404, ['A']],
    ['purge', null, 404, 404, []],
  ] as const)('after %s it is no longer where it was', async (how, status, v2, v1, listed) => {
    const id = site.createPage({ space: 'IT', title: 'A', markdown: 'x' });
    site[how](id);
    const got = await ask(site, `/wiki/api/v2/pages/${id}`);
    expect([got.status, got.body.status ?? null]).toEqual([v2, status]);
    expect((await ask(site, `/wiki/api/v2/pages/${id}?status=current`)).status).toBe(404);
    expect((await ask(site, `/wiki/rest/api/content/${id}`)).status).toBe(v1);
    expect(await titlesOf(site, '/wiki/api/v2/pages')).toEqual(listed);
    expect(await titlesOf(site, cql('type = page'))).toEqual([]);
    const filtered = await titlesOf(site, `/wiki/api/v2/pages?status=${status ?? 'current'}`);
    expect(filtered).toEqual(status === null ? [] : ['A']);
    if (status === null) return;
    expect((await ask(site, `/wiki/rest/api/content/${id}?status=any`)).body.status).toBe(status);
    site.restore(id);
    expect((await ask(site, `/wiki/rest/api/content/${id}`)).body.status).toBe('current');
  });

  test('that is a draft is seen only by who asks for drafts', async () => {
    const id = site.createPage({ space: 'IT', title: 'A', markdown: 'x', status: 'draft' });
    expect((await ask(site, `/wiki/api/v2/pages/${id}`)).status).toBe(404);
    expect((await ask(site, `/wiki/api/v2/pages/${id}?get-draft=true`)).body.status).toBe('draft');
    expect((await ask(site, `/wiki/api/v2/pages/${id}?status=draft`)).body.status).toBe('draft');
    expect(await titlesOf(site, '/wiki/api/v2/pages')).toEqual([]);
  });

  test('moves to another space with what is below it', async () => {
    site.createSpace({ key: 'HR', name: 'People', readers: {} });
    const id = site.createPage({ space: 'IT', title: 'A', markdown: 'x' });
    const child = site.createPage({ space: 'IT', title: 'B', markdown: 'x', parentId: id });
    site.movePage(id, { space: 'HR' });
    expect([site.page(id), site.page(child)]).toMatchObject([
      { space: 'HR', parentId: null, version: 1 },
      { space: 'HR', parentId: id, version: 1 },
    ]);
    expect(await titlesOf(site, `/wiki/api/v2/spaces/${spaceId()}/pages`)).toEqual([]);
  });

  test('names its files, which can be fetched', async () => {
    const id = site.createPage({ space: 'IT', title: 'A', markdown: 'x' });
    site.attach(id, { title: 'my map.png', mediaType: 'image/png', bytes: Buffer.from('abc') });
    const { body } = await ask(site, `/wiki/api/v2/pages/${id}/attachments`);
    expect(body.results).toMatchObject([{ title: 'my map.png', mediaType: 'image/png', fileSize: 3, pageId: id }]);
    const file = await ask(site, `/wiki${body.results[0].downloadLink}`);
    expect([file.status, file.headers.get('content-type'), file.body]).toEqual([200, 'image/png', 'abc']);
    site.restrict(id, { groups: ['it'] });
    expect((await ask(site, `/wiki${body.results[0].downloadLink}`, ada)).status).toBe(404);
  });
});

test.each<[string, (id: string) => unknown, string]>([
  ['a title that is taken', () => site.createPage({ space: 'IT', title: 'a', markdown: 'x' }), 'there is a page "a"'],
  ['a place below itself', (id) => site.movePage(id, { parentId: id }), 'below itself'],
  ['a parent in another space', (id) => site.movePage(id, { parentId: id, space: 'HR' }), 'another space'],
  ['a page that is not there', () => site.trash('1'), 'there is no page 1'],
  ['a group that is not there', (id) => site.restrict(id, { groups: ['x'] }), 'there is no group x'],
  ['a space that is there', () => site.createSpace({ key: 'it', name: 'x', readers: {} }), 'there is a space it'],
])('the control surface does not take %s', (_, act, words) => {
  site.createSpace({ key: 'HR', name: 'People', readers: {} });
  const id = site.createPage({ space: 'IT', title: 'A', markdown: 'x' });
  expect(() => act(id)).toThrow(words);
  site.createPage({ space: 'HR', title: 'A', markdown: 'the same title in another space' });
});

test('groups have their members, page by page', async () => {
  site.setGroup(
    'all',
    Array.from({ length: 205 }, (_, index) => `p${index}@acme.example`),
  );
  const groups = (await pagesOf(site, '/wiki/rest/api/group?limit=2')).flat();
  expect(groups.map(({ name }) => name)).toEqual(['all', 'confluence-users', 'finance', 'it']);
  const members = await pagesOf(site, `/wiki/rest/api/group/${groups[0]!.id}/membersByGroupId?limit=200`);
  expect(members.map(({ length }) => length)).toEqual([200, 5]);
  expect((await ask(site, `/wiki/rest/api/group/by-id?id=${groups[2]!.id}`)).body.name).toBe('finance');
  const byName = await ask(site, '/wiki/rest/api/group/member?name=finance');
  expect(byName.body.results.map(({ email }) => email)).toEqual([ada]);
});

test('users are given by account id, without the address where it is hidden', async () => {
  const accountId = '5b10ac8d82e05b22cc7d4ef5';
  const one = await ask(site, `/wiki/rest/api/user?accountId=${accountId}`);
  expect(one.body).toMatchObject({ accountId, accountType: 'atlassian', email: ada, displayName: 'Ada Poe' });
  const bulk = await ask(site, `/wiki/rest/api/user/bulk?accountId=${accountId}&accountId=gone`);
  expect(bulk.body.results).toMatchObject([{ accountId }]);
  const sent = { accountIds: [accountId, 'gone'] };
  expect((await post(site, '/wiki/api/v2/users-bulk', sent)).body.results).toMatchObject([{ accountId, email: ada }]);
  const cy = await ask(site, '/wiki/rest/api/user/current', 'cy@acme.example');
  expect(cy.body).toMatchObject({ displayName: 'Cy Hart', email: '' });
  site.settings.hideEmails = true;
  expect((await post(site, '/wiki/api/v2/users-bulk', sent)).body.results).toMatchObject([{ accountId, email: '' }]);
  expect((await ask(site, `/wiki/rest/api/user?accountId=${accountId}`)).body.email).toBe('');
});

describe('in a browser', () => {
  test('a page leads to the sandbox’s own, with its title as text', async () => {
    const id = site.createPage({ space: 'IT', title: '<b>A</b>', markdown: 'x' });
    const url = site.page(id)?.url ?? '';
    site.settings.pageUrl = 'http://localhost:3000';
    const html = await (await fetch(url)).text();
    expect(html).toContain(`href="http://localhost:3000/?article=${encodeURIComponent(url)}"`);
    expect(html).toContain('<h1>&lt;b&gt;A&lt;/b&gt;</h1>');
    expect(html).not.toContain('<b>A</b>');
  });

  test('it shows the text where there is no other page, and nothing once it is in the trash', async () => {
    const id = site.createPage({ space: 'IT', title: 'A', markdown: 'Ring **4357**' });
    const url = site.page(id)?.url ?? '';
    expect(await (await fetch(url)).text()).toContain('<p>Ring <strong>4357</strong></p>');
    site.trash(id);
    expect((await fetch(url)).status).toBe(404);
  });
});

test('listeners are told of each change until they leave', () => {
  const told: string[] = [];
  const leave = site.on(({ id }) => told.push(id));
  const id = site.createPage({ space: 'IT', title: 'A', markdown: 'x' });
  site.restrict(id, { groups: ['it'] });
  site.trash(id);
  leave();
  site.purge(id);
  expect(told).toEqual([id, id, id]);
});
