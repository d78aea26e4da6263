import { articleId, type NotionSandbox, startNotion } from '../../../sandbox/notion/index.ts';
import { callerOf, idsOf } from './workspace.ts';

const unknownId = '11111111-1111-4111-8111-111111111111';

let clock: Date;
let notion: NotionSandbox;
beforeEach(async () => {
  clock = new Date('2026-03-02T10:20:30.456Z');
  notion = await startNotion({ people: [{ name: 'Ada Poe', email: 'ada@acme.example' }], now: () => clock });
});
afterEach(() => notion.close());

function later(minutes: number): void {
  clock = new Date(clock.getTime() + minutes * 60_000);
}

/** A root page with a page, a database with a row, and a second root that is not shared. */
function smallWorkspace() {
  const root = notion.createPage({ parent: { workspace: true }, title: 'IT' });
  const page = notion.createPage({ parent: { pageId: root }, title: 'VPN', markdown: 'Use the client.' });
  const { id: database, dataSourceIds } = notion.createDatabase({
    parentPageId: root,
    title: 'Devices',
    dataSources: [{ name: 'Laptops', properties: { Name: 'title', Price: 'number', Kind: 'select' } }],
  });
  const source = dataSourceIds[0] ?? '';
  const row = notion.createPage({
    parent: { dataSourceId: source },
    title: 'X1',
    properties: { Price: 900, Kind: 'a' },
  });
  const secret = notion.createPage({ parent: { workspace: true }, title: 'Board', shared: false });
  const below = notion.createPage({ parent: { pageId: secret }, title: 'Minutes' });
  return { root, page, database, source, row, secret, below };
}

describe('refusals', () => {
  const cases: [
    what: string,
    path: string,
    status: number,
    code: string,
    about: { headers?: object; body?: unknown },
  ][] = [
    ['no token', 'users/me', 401, 'unauthorized', { headers: { authorization: '' } }],
    ['a wrong token', 'users/me', 401, 'unauthorized', { headers: { authorization: 'Bearer ntn_wrong' } }],
    ['an old version', 'users/me', 400, 'validation_error', { headers: { 'notion-version': '2022-06-28' } }],
    ['a version that is none', 'users/me', 400, 'validation_error', { headers: { 'notion-version': 'new' } }],
    ['an address that is none', 'nothing', 400, 'invalid_request_url', {}],
    ['a method that is none there', 'users/me', 400, 'invalid_request_url', { body: {} }],
    ['an id that is none', 'pages/VPN', 400, 'validation_error', {}],
    ['an unknown page', `pages/${unknownId}`, 404, 'object_not_found', {}],
    ['an unknown page as Markdown', `pages/${unknownId}/markdown`, 404, 'object_not_found', {}],
    ['an unknown block', `blocks/${unknownId}`, 404, 'object_not_found', {}],
    ['children of an unknown block', `blocks/${unknownId}/children`, 404, 'object_not_found', {}],
    ['an unknown database', `databases/${unknownId}`, 404, 'object_not_found', {}],
    ['an unknown data source', `data_sources/${unknownId}`, 404, 'object_not_found', {}],
    ['a query of an unknown one', `data_sources/${unknownId}/query`, 404, 'object_not_found', { body: {} }],
    ['an unknown user', `users/${unknownId}`, 404, 'object_not_found', {}],
    ['a page size over 100', 'search', 400, 'validation_error', { body: { page_size: 101 } }],
    ['a page size of nothing', 'search', 400, 'validation_error', { body: { page_size: 0 } }],
    ['a cursor that was never given', 'search', 400, 'validation_error', { body: { start_cursor: unknownId } }],
    ['a field that is not known', 'search', 400, 'validation_error', { body: { sorts: [] } }],
    [
      'a filter of the old kind',
      'search',
      400,
      'validation_error',
      { body: { filter: { property: 'object', value: 'database' } } },
    ],
    ['a sort that is none', 'search', 400, 'validation_error', { body: { sort: { timestamp: 'created_time' } } }],
    ['a body that is no object', 'search', 400, 'validation_error', { body: [] }],
  ];

  test.each(cases)('%s (%s) is answered with %d %s', async (_what, path, status, code, { headers, body }) => {
    const answer = await callerOf(notion, headers as Record<string, string>)(path, body);
    expect(answer.body).toEqual({
      object: 'error',
      status,
      code,
      message: expect.any(String),
      request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(answer.status).toBe(status);
  });

  test('a request without a version is told so', async () => {
    const response = await fetch(`${notion.url}/v1/users/me`, { headers: { authorization: `Bearer ${notion.token}` } });
    expect(await response.json()).toMatchObject({ status: 400, code: 'missing_version' });
  });

  test('a body that is no JSON is told so', async () => {
    const headers = { authorization: `Bearer ${notion.token}`, 'notion-version': '2026-03-11' };
    const response = await fetch(`${notion.url}/v1/search`, { method: 'POST', headers, body: '{' });
    expect(await response.json()).toMatchObject({
      status: 400,
      code: 'invalid_json',
      message: 'Error parsing JSON body.',
    });
  });

  test('a page that is not there is missed in the words of Notion', async () => {
    const { body } = await callerOf(notion)(`pages/${unknownId}`);
    expect(body['message']).toBe(
      `Could not find page with ID: ${unknownId}. Make sure the relevant pages and databases are shared with your integration "Firstline".`,
    );
  });

  test('a database is no page, a page no database, and a database no data source', async () => {
    const { root, database } = smallWorkspace();
    const call = callerOf(notion);
    expect(await call(`pages/${database}`)).toMatchObject({ status: 400, body: { code: 'validation_error' } });
    expect(await call(`databases/${root}`)).toMatchObject({ status: 400, body: { code: 'validation_error' } });
    expect(await call(`data_sources/${database}`)).toMatchObject({ status: 404, body: { code: 'object_not_found' } });
  });
});

describe('pages', () => {
  test('ids are taken with dashes and without, and addresses end with them', async () => {
    const { page } = smallWorkspace();
    const answers = await Promise.all(
      [page, page.replaceAll('-', ''), page.toUpperCase()].map((id) => callerOf(notion)(`pages/${id}`)),
    );
    expect(answers.map(({ body }) => body['id'])).toEqual([page, page, page]);
    expect(answers[0]?.body['url']).toBe(`${notion.url}/VPN-${page.replaceAll('-', '')}`);
  });

  test('trash has two names in the older version', async () => {
    const { page } = smallWorkspace();
    const old = await callerOf(notion, { 'notion-version': '2025-09-03' })(`pages/${page}`);
    const young = await callerOf(notion)(`pages/${page}`);
    expect([old.body['archived'], old.body['in_trash']]).toEqual([false, false]);
    expect(['archived' in young.body, young.body['in_trash']]).toEqual([false, false]);
  });

  test('times are shown by the minute', async () => {
    const { page } = smallWorkspace();
    const { body } = await callerOf(notion)(`pages/${page}`);
    expect([body['created_time'], body['last_edited_time']]).toEqual(Array(2).fill('2026-03-02T10:20:00.000Z'));
  });

  test('an edit dates the page, a new page dates the one above, and a page below dates nobody', async () => {
    const { root, page } = smallWorkspace();
    const edited = () => [root, page].map((id) => notion.page(id)?.lastEdited.slice(11, 16));
    later(5);
    notion.updatePage(page, { markdown: 'Use the new client.' });
    expect(edited()).toEqual(['10:20', '10:25']);
    later(5);
    notion.createPage({ parent: { pageId: page }, title: 'On a Mac' });
    expect(edited()).toEqual(['10:20', '10:30']);
    expect(notion.page(page)?.version).toBe(2);
  });

  test('a page in the trash can be read, and is in no list', async () => {
    const { root, page, row, source } = smallWorkspace();
    notion.trash(page);
    notion.trash(row);
    const call = callerOf(notion);
    expect((await call(`pages/${page}`)).body['in_trash']).toBe(true);
    expect(idsOf(await call(`blocks/${root}/children`))).not.toContain(page);
    expect(idsOf(await call(`data_sources/${source}/query`, {}))).toEqual([]);
    expect(idsOf(await call(`data_sources/${source}/query`, { in_trash: true }))).toEqual([row]);
    expect(idsOf(await call('search', { query: 'VPN' }))).toEqual([]);
    notion.restore(page);
    expect((await call(`pages/${page}`)).body['in_trash']).toBe(false);
    expect(idsOf(await call(`blocks/${root}/children`))).toContain(page);
  });

  test('what is below a page in the trash is not in the trash itself, but search does not find it', async () => {
    const { root, page } = smallWorkspace();
    notion.trash(root);
    expect((await callerOf(notion)(`pages/${page}`)).body['in_trash']).toBe(false);
    expect(idsOf(await callerOf(notion)('search', {}))).toEqual([]);
    expect(notion.page(page)?.inTrash).toBe(true);
  });

  test('a page that moves keeps its id and date, and both parents are edited', async () => {
    const { root, page, row } = smallWorkspace();
    later(5);
    notion.move(page, { pageId: row });
    const call = callerOf(notion);
    expect((await call(`pages/${page}`)).body).toMatchObject({
      parent: { type: 'page_id', page_id: row },
      last_edited_time: '2026-03-02T10:20:00.000Z',
    });
    expect(idsOf(await call(`blocks/${root}/children`))).not.toContain(page);
    expect(idsOf(await call(`blocks/${row}/children`))).toEqual([page]);
    expect([root, row].map((id) => notion.page(id)?.lastEdited)).toEqual(Array(2).fill('2026-03-02T10:25:00.000Z'));
    expect(() => notion.move(row, { pageId: page })).toThrow('stand in itself');
  });

  test('what is shared covers what is below, and nothing else is there', async () => {
    const { root, page, row, database, source, secret, below } = smallWorkspace();
    const call = callerOf(notion);
    const paths = (ids: string[]) => Promise.all(ids.map(async (id) => (await call(`blocks/${id}`)).status));
    expect(await paths([root, page, row, database, secret, below])).toEqual([200, 200, 200, 200, 404, 404]);
    notion.share(root, false);
    notion.share(secret, true);
    expect(await paths([root, page, row, database, secret, below])).toEqual([404, 404, 404, 404, 200, 200]);
    expect((await call(`data_sources/${source}/query`, {})).status).toBe(404);
    notion.share(page, true);
    expect(await paths([root, page])).toEqual([404, 200]);
  });

  test('only the properties that are asked for are answered', async () => {
    const { row } = smallWorkspace();
    const { body } = await callerOf(notion)(`pages/${row}?filter_properties=title`);
    expect(Object.keys(body['properties'] as object)).toEqual(['Name']);
  });

  test('a page shows 25 references, and the property has all, in pages', async () => {
    const { source } = smallWorkspace();
    const made = notion.createDatabase({
      parentPageId: notion.pages()[0]?.id ?? '',
      title: 'Links',
      dataSources: [{ name: 'Links', properties: { Name: 'title', To: { relation: { data_source_id: source } } } }],
    });
    const to = Array.from({ length: 30 }, (_, index) => articleId(String(index)));
    const id = notion.createPage({
      parent: { dataSourceId: made.dataSourceIds[0] ?? '' },
      title: 'Many',
      properties: { To: to },
    });
    const call = callerOf(notion);
    const property = (await call(`pages/${id}`)).body['properties'] as {
      To: { id: string; relation: object[]; has_more: boolean };
    };
    expect([property.To.relation.length, property.To.has_more]).toEqual([25, true]);
    const first = await call(`pages/${id}/properties/${property.To.id}?page_size=20`);
    const cursor = String(first.body['next_cursor']);
    const second = await call(`pages/${id}/properties/${property.To.id}?page_size=20&start_cursor=${cursor}`);
    const found = [first, second].flatMap(({ body }) => body['results'] as { relation: { id: string } }[]);
    expect(found.map(({ relation }) => relation.id)).toEqual(to);
    expect(second.body).toMatchObject({ has_more: false, next_cursor: null, type: 'property_item' });
  });
});

describe('lists', () => {
  test('children come a page at a time, the first level only', async () => {
    const root = notion.createPage({ parent: { workspace: true }, title: 'Long', markdown: '- a\n  - b\n\nx\n\ny\n' });
    const call = callerOf(notion);
    const first = await call(`blocks/${root}/children?page_size=2`);
    expect(first.body).toMatchObject({ object: 'list', type: 'block', has_more: true, block: {} });
    const second = await call(`blocks/${root}/children?page_size=2&start_cursor=${String(first.body['next_cursor'])}`);
    expect([first, second].map((answer) => idsOf(answer).length)).toEqual([2, 1]);
    expect(second.body).toMatchObject({ has_more: false, next_cursor: null });
    expect(await call(`blocks/${root}/children?page_size=101`)).toMatchObject({ status: 400 });
  });

  test('a cursor belongs to its list', async () => {
    const { root, source } = smallWorkspace();
    notion.createPage({ parent: { dataSourceId: source }, title: 'X2' });
    const call = callerOf(notion);
    const query = await call(`data_sources/${source}/query`, { page_size: 1 });
    const cursor = query.body['next_cursor'];
    expect(await call(`blocks/${root}/children?start_cursor=${String(cursor)}`)).toMatchObject({
      status: 400,
      body: { code: 'validation_error', message: `The start_cursor provided is invalid: ${String(cursor)}` },
    });
    expect((await call(`data_sources/${source}/query`, { page_size: 1, start_cursor: cursor })).status).toBe(200);
  });

  test('a list goes on behind what came last, though rows before it and itself went away', async () => {
    const { source, row } = smallWorkspace();
    const rows = ['b', 'c', 'd'].map((title) => notion.createPage({ parent: { dataSourceId: source }, title }));
    const sorts = [{ timestamp: 'created_time', direction: 'ascending' }];
    const call = callerOf(notion);
    const first = await call(`data_sources/${source}/query`, { sorts, page_size: 2 });
    expect(idsOf(first)).toEqual([row, rows[0]]);
    notion.trash(row);
    const body = { sorts, page_size: 2, start_cursor: first.body['next_cursor'] };
    expect(idsOf(await call(`data_sources/${source}/query`, body))).toEqual([rows[1], rows[2]]);
    notion.trash(rows[0] ?? '');
    expect(idsOf(await call(`data_sources/${source}/query`, body))).toEqual([rows[2]]);
  });

  test('rows are sorted and filtered', async () => {
    const { source, row } = smallWorkspace();
    later(2);
    const cheap = notion.createPage({
      parent: { dataSourceId: source },
      title: 'A9',
      properties: { Price: 100, Kind: 'b' },
    });
    const ask = async (body: object) => idsOf(await callerOf(notion)(`data_sources/${source}/query`, body));
    const since = { timestamp: 'last_edited_time', last_edited_time: { on_or_after: '2026-03-02T10:21:00.000Z' } };
    expect(await ask({ sorts: [{ property: 'Price', direction: 'ascending' }] })).toEqual([cheap, row]);
    expect(await ask({ sorts: [{ property: 'Name', direction: 'descending' }] })).toEqual([row, cheap]);
    expect(await ask({ sorts: [{ timestamp: 'last_edited_time', direction: 'descending' }] })).toEqual([cheap, row]);
    expect(await ask({ filter: since })).toEqual([cheap]);
    expect(await ask({ filter: { property: 'Kind', select: { equals: 'a' } } })).toEqual([row]);
    const either = {
      or: [
        { property: 'Price', number: { less_than: 500 } },
        { property: 'Name', title: { contains: 'x' } },
      ],
    };
    expect(await ask({ filter: either, sorts: [{ property: 'Price', direction: 'descending' }] })).toEqual([
      row,
      cheap,
    ]);
    const { status } = await callerOf(notion)(`data_sources/${source}/query`, {
      filter: { property: 'Size', number: { equals: 1 } },
    });
    expect(status).toBe(400);
  });
});

describe('search', () => {
  test('finds shared pages and data sources by title, what was edited last first', async () => {
    const { root, page, source, row } = smallWorkspace();
    later(3);
    notion.updatePage(page, { title: 'VPN client' });
    const call = callerOf(notion);
    const all = idsOf(await call('search', {}));
    expect(all[0]).toBe(page);
    expect(new Set(all)).toEqual(new Set([root, page, source, row]));
    expect(idsOf(await call('search', { query: 'vpn' }))).toEqual([page]);
    expect(idsOf(await call('search', { filter: { property: 'object', value: 'data_source' } }))).toEqual([source]);
    const sort = { timestamp: 'last_edited_time', direction: 'ascending' };
    expect(idsOf(await call('search', { sort })).at(-1)).toBe(page);
  });

  test('does not know of some pages, and of new and trashed ones late', async () => {
    const { page, root } = smallWorkspace();
    const ask = async (query: string) => idsOf(await callerOf(notion)('search', { query }));
    notion.hideFromSearch(root, true);
    expect(await ask('IT')).toEqual([]);
    notion.searchLagMs = 60_000;
    expect(await ask('VPN')).toEqual([]);
    later(2);
    expect(await ask('VPN')).toEqual([page]);
    notion.trash(page);
    expect(await ask('VPN')).toEqual([page]);
    later(2);
    expect(await ask('VPN')).toEqual([]);
  });
});

describe('disturbances', () => {
  test('the rate limit answers with the wait, and ends', async () => {
    notion.rateLimit = { requests: 2, windowMs: 60_000 };
    const call = callerOf(notion);
    const answers = [await call('users/me'), await call('users/me'), await call('users/me')];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers[2]?.body).toMatchObject({
      code: 'rate_limited',
      additional_data: { rate_limit_reason: expect.any(String) },
    });
    expect(answers[2]?.headers.get('retry-after')).toMatch(/^(?:5\d|60)$/);
    notion.rateLimit = { requests: 0, windowMs: 1000, status: 529 };
    const over = await call('users/me');
    expect([over.status, over.body['code'], over.headers.get('retry-after')]).toEqual([529, 'service_overload', '1']);
    notion.rateLimit = null;
    expect((await call('users/me')).status).toBe(200);
  });

  test.each([
    [400, 'validation_error'],
    [401, 'unauthorized'],
    [403, 'restricted_resource'],
    [409, 'conflict_error'],
    [500, 'internal_server_error'],
    [503, 'service_unavailable'],
    [504, 'gateway_timeout'],
    [529, 'service_overload'],
  ])('a fault of status %d is answered as %s', async (status, code) => {
    notion.faults.set({ match: 'users', kind: 'status', status, times: 1 });
    expect(await callerOf(notion)('users/me')).toMatchObject({ status, body: { object: 'error', status, code } });
    expect((await callerOf(notion)('users/me')).status).toBe(200);
  });

  test('blocks whose children cannot be read fail, and are named in the Markdown', async () => {
    const page = notion.createPage({
      parent: { workspace: true },
      title: 'P',
      markdown: 'before\n\n- a\n  - b\n\nafter',
    });
    const block = notion.children(page)[1] ?? '';
    notion.setUnreadable(block, true);
    const call = callerOf(notion);
    expect((await call(`blocks/${block}/children`)).status).toBe(500);
    expect((await call(`blocks/${block}`)).status).toBe(200);
    expect((await call(`pages/${page}/markdown`)).body).toMatchObject({ truncated: true, unknown_block_ids: [block] });
    expect((await call(`pages/${block}/markdown`)).status).toBe(500);
    notion.setUnreadable(block, false);
    expect((await call(`pages/${page}/markdown`)).body).toMatchObject({ truncated: false, unknown_block_ids: [] });
  });

  test('a page that is cut off says which blocks are missing, and these can be had', async () => {
    const page = notion.createPage({
      parent: { workspace: true },
      title: 'P',
      markdown: 'one\n\ntwo\n\n- three\n  - four',
    });
    notion.setTruncated(page, true);
    const call = callerOf(notion);
    const cut = (await call(`pages/${page}/markdown`)).body;
    const [, second = '', third = ''] = notion.children(page);
    expect(cut).toMatchObject({ truncated: true, unknown_block_ids: [second, third] });
    expect(String(cut['markdown']).split('\n')[0]).toBe('one');
    expect(String(cut['markdown'])).toContain(`#${third.replaceAll('-', '')}" alt="bulleted_list_item"/>`);
    expect((await call(`pages/${third}/markdown`)).body).toMatchObject({
      id: third,
      markdown: '- three\n\t- four',
      truncated: false,
    });
  });

  test('every call is recorded', async () => {
    await callerOf(notion)('search', { query: 'x' });
    await callerOf(notion)('users?page_size=1');
    expect(
      notion.calls.map(({ method, path, query, body, status }) => ({ method, path, query, body, status })),
    ).toEqual([
      { method: 'POST', path: '/v1/search', query: {}, body: { query: 'x' }, status: 200 },
      { method: 'GET', path: '/v1/users', query: { page_size: '1' }, body: null, status: 200 },
    ]);
  });
});

describe('in a browser', () => {
  test('the address of a page leads to the page of the sandbox', async () => {
    const { page, root } = smallWorkspace();
    const url = notion.page(page)?.url ?? '';
    const open = (address: string) => fetch(address, { redirect: 'manual' });
    expect(await (await open(url)).text()).toContain('<title>VPN</title>');
    notion.pageUrl = 'http://127.0.0.1:1';
    const response = await open(url);
    expect([response.status, response.headers.get('location')]).toEqual([
      302,
      `http://127.0.0.1:1/?article=${encodeURIComponent(url)}`,
    ]);
    // a renamed page is still found by its old address
    notion.updatePage(page, { title: '<b> & more' });
    expect((await open(url)).headers.get('location')).toContain(encodeURIComponent('/b-more-'));
    expect((await open(`${notion.url}/None-${unknownId.replaceAll('-', '')}`)).status).toBe(404);
    notion.trash(root);
    expect(await (await open(url)).text()).toContain('&lt;b> &amp; more is in the trash.');
  });
});

describe('a workspace with articles', () => {
  const seed = [
    { key: 'vpn.md', path: ['IT', 'Network'], title: 'VPN', markdown: '# VPN', updated: '2026-02-03' },
    { key: 'wifi.md', path: ['IT', 'Network'], title: 'Wi-Fi', markdown: 'Text', updated: '2026-01-05' },
    { key: 'top.md', path: [], title: 'Top', markdown: 'Text', updated: '' },
  ];

  test('has them below pages with the titles of their path, dated as they were written', async () => {
    const seeded = await startNotion({ seed });
    try {
      const views = seeded
        .pages()
        .map(({ title, path, lastEdited, shared, key }) => ({ title, path, lastEdited, shared, key }));
      expect(views).toEqual([
        { title: 'IT', path: [], lastEdited: '2026-02-03T09:00:00.000Z', shared: true, key: null },
        { title: 'Network', path: ['IT'], lastEdited: '2026-02-03T09:00:00.000Z', shared: true, key: null },
        { title: 'VPN', path: ['IT', 'Network'], lastEdited: '2026-02-03T09:00:00.000Z', shared: true, key: 'vpn.md' },
        {
          title: 'Wi-Fi',
          path: ['IT', 'Network'],
          lastEdited: '2026-01-05T09:00:00.000Z',
          shared: true,
          key: 'wifi.md',
        },
        { title: 'Top', path: [], lastEdited: '2026-01-01T09:00:00.000Z', shared: true, key: 'top.md' },
      ]);
      expect(seeded.page(articleId('vpn.md'))).toMatchObject({ title: 'VPN', markdown: '# VPN', version: 1 });
    } finally {
      await seeded.close();
    }
  });
});
