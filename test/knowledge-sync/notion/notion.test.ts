import { ADMINS, EVERYONE, groupName } from '#domain/knowledge.ts';
import { listed, startWorkspace, type Workspace } from './workspace.ts';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await startWorkspace();
});
afterEach(() => workspace.notion.close());

/** A root with a page in a toggle, a page below that, and a database with two rows. */
function furnish() {
  const { notion } = workspace;
  const root = notion.createPage({ parent: { workspace: true }, title: 'IT handbook', markdown: 'Welcome.\n' });
  const vpn = notion.createPage({ parent: { pageId: root }, title: 'VPN', markdown: '## Setup\n\nInstall it.\n' });
  const deep = notion.createPage({ parent: { pageId: vpn }, title: 'VPN on Linux', markdown: 'Use the package.\n' });
  const { id: database, dataSourceIds } = notion.createDatabase({
    parentPageId: root,
    title: 'Devices',
    dataSources: [
      { name: 'Laptops', properties: { Name: { title: {} }, Owner: { rich_text: {} }, Price: { number: {} } } },
      { name: 'Printers', properties: { Name: { title: {} } } },
    ],
  });
  const [laptops = '', printers = ''] = dataSourceIds;
  const laptop = notion.createPage({
    parent: { dataSourceId: laptops },
    title: 'XPS 13',
    properties: { Owner: 'Ana', Price: 1200 },
    markdown: 'Ships with Linux.\n',
  });
  const printer = notion.createPage({ parent: { dataSourceId: printers }, title: 'HP 4', markdown: 'On floor 2.\n' });
  workspace.pass(10);
  return { root, vpn, deep, database, laptop, printer };
}

test('everything below a root is listed, whatever stands between', async () => {
  const { root, vpn, deep, laptop, printer } = furnish();
  expect([...(await listed(workspace.source())).keys()].toSorted()).toEqual(
    [root, vpn, deep, laptop, printer].toSorted(),
  );
});

test('a listing of what did not change asks for search and rows only', async () => {
  furnish();
  const source = workspace.source();
  const first = await listed(source);
  workspace.requests();
  workspace.pass(10);
  expect(await listed(workspace.source())).toEqual(first);
  expect(workspace.requests()).toEqual([
    'POST /v1/data_sources/:id/query',
    'POST /v1/data_sources/:id/query',
    'POST /v1/search',
  ]);
});

test('a page that search hides is found from the page above it, and costs one request from then on', async () => {
  const { vpn, deep } = furnish();
  workspace.notion.hideFromSearch(vpn, true);
  workspace.notion.hideFromSearch(deep, true);
  const first = await listed(workspace.source());
  expect(first.has(vpn) && first.has(deep)).toBe(true);
  workspace.requests();
  expect(await listed(workspace.source())).toEqual(first);
  expect(workspace.requests()).toEqual([
    'GET /v1/pages/:id',
    'GET /v1/pages/:id',
    'POST /v1/data_sources/:id/query',
    'POST /v1/data_sources/:id/query',
    'POST /v1/search',
  ]);
});

test('a row is read with its properties and text', async () => {
  const { laptop } = furnish();
  const source = workspace.source();
  const revision = (await listed(source)).get(laptop)?.revision;
  expect(await source.read(laptop)).toEqual({
    source: 'notion',
    id: laptop,
    title: 'XPS 13',
    url: expect.stringContaining(laptop.replaceAll('-', '')),
    revision,
    updatedAt: new Date('2026-03-02T09:00:00.000Z'),
    markdown: '- Owner: Ana\n- Price: 1200\n\nShips with Linux.\n',
    audience: EVERYONE,
    gaps: [],
    isComplete: true,
  });
});

test('who may read a page is declared on it or above it, else for all, else only admins may', async () => {
  const { root, vpn, deep, laptop, database } = furnish();
  const staff = [[groupName('directory', 'it')]];
  const people = [['person:ana@example.com']];
  const key = (id: string) => id.replaceAll('-', '');
  const audiences = new Map([
    [key(vpn), staff],
    [key(database), people],
  ]);
  const of = async (source = workspace.source({ audiences })) => {
    const found = await listed(source);
    return [root, vpn, deep, laptop].map((id) => found.get(id)?.audience);
  };
  expect(await of()).toEqual([ADMINS, staff, staff, people]);
  expect(await of(workspace.source({ audiences: new Map([...audiences, ['*', EVERYONE]]) }))).toEqual([
    EVERYONE,
    staff,
    staff,
    people,
  ]);
});

const key = (id: string) => id.replaceAll('-', '');

test('a page in the trash is gone, with all below it, and back when it is restored', async () => {
  const { root, vpn, deep } = furnish();
  const source = workspace.source();
  const before = await listed(source);
  workspace.notion.hideFromSearch(deep, true);
  workspace.notion.trash(vpn);
  workspace.pass(10);
  const after = await listed(source);
  expect([root, vpn, deep].map((id) => after.has(id))).toEqual([true, false, false]);
  expect([await source.lookUp(vpn), await source.lookUp(deep), await source.read(vpn)]).toEqual([null, null, null]);

  workspace.notion.restore(vpn);
  workspace.pass(10);
  const restored = await listed(source);
  expect([...restored.keys()].toSorted()).toEqual([...before.keys()].toSorted());
});

test('a page that is no longer shared is gone', async () => {
  const { root, vpn } = furnish();
  const source = workspace.source();
  await listed(source);
  workspace.notion.share(root, false);
  expect([await source.lookUp(vpn), [...(await listed(source)).keys()]]).toEqual([null, []]);
});

test('a page that moves below another root is for that root’s readers', async () => {
  const { vpn, deep } = furnish();
  const other = workspace.notion.createPage({ parent: { workspace: true }, title: 'HR', markdown: 'Hello.\n' });
  const staff = [[groupName('directory', 'hr')]];
  const source = workspace.source({
    audiences: new Map([
      ['*', EVERYONE],
      [key(other), staff],
    ]),
  });
  await listed(source);
  workspace.notion.move(vpn, { pageId: other });
  workspace.pass(10);
  expect((await source.lookUp(vpn))?.audience).toEqual(staff);
  const found = await listed(source);
  expect([found.get(vpn)?.audience, found.get(deep)?.audience]).toEqual([staff, staff]);
});

test('a page that is renamed is read again, and so is the one above that shows its title', async () => {
  const { root, vpn, deep } = furnish();
  const source = workspace.source();
  const before = await listed(source);
  workspace.notion.updatePage(vpn, { title: 'Tunnel' });
  workspace.pass(10);
  const after = await listed(source);
  expect([root, vpn, deep].map((id) => before.get(id)?.revision === after.get(id)?.revision)).toEqual([
    false,
    false,
    true,
  ]);
  const [above, page] = [await source.read(root), await source.read(vpn)];
  expect([above?.markdown.includes('[Tunnel]'), page?.title]).toEqual([true, 'Tunnel']);
});

test('looking up a page asks for it and for what is above it, and says what the listing says', async () => {
  const { vpn, laptop } = furnish();
  const source = workspace.source();
  const found = await listed(source);
  workspace.requests();
  expect(await source.lookUp(vpn)).toEqual(found.get(vpn));
  expect(workspace.requests()).toEqual(['GET /v1/pages/:id', 'GET /v1/pages/:id']);
  expect(await source.lookUp(key(laptop))).toEqual(found.get(laptop));
  expect(workspace.requests()).toEqual([
    'GET /v1/data_sources/:id',
    'GET /v1/databases/:id',
    'GET /v1/pages/:id',
    'GET /v1/pages/:id',
  ]);
});

test('a page that nobody listed yet is looked up with what is above it', async () => {
  const { vpn, deep } = furnish();
  const staff = [[groupName('directory', 'it')]];
  const found = await workspace.source({ audiences: new Map([[key(vpn), staff]]) }).lookUp(deep);
  expect(found?.audience).toEqual(staff);
});

test('a listing never says that it knows a page of which a further edit would have the same date', async () => {
  const { vpn } = furnish();
  const source = workspace.source();
  workspace.notion.updatePage(vpn, { markdown: 'First.\n' });
  const revisions = new Set<string | undefined>();
  for (const minutes of [0, 0.1, 10, 10]) {
    workspace.pass(minutes);
    revisions.add((await listed(source)).get(vpn)?.revision);
  }
  // Twice within the minute, and one that stays once it is settled.
  expect(revisions.size).toBe(3);
});

test('a page that is being edited is looked up as it was just read, and read once more when it has settled', async () => {
  const { vpn } = furnish();
  const source = workspace.source();
  await listed(source);
  workspace.notion.updatePage(vpn, { markdown: 'Second.\n' });
  const read = await source.read(vpn);
  workspace.pass(0.1);
  expect((await source.lookUp(vpn))?.revision).toBe(read?.revision);
  workspace.pass(10);
  const settled = (await source.lookUp(vpn))?.revision;
  expect(settled).not.toBe(read?.revision);
  expect((await source.read(vpn))?.revision).toBe(settled);
});

test('a page whose Markdown is cut off is read to its end', async () => {
  const { vpn } = furnish();
  const markdown = Array.from({ length: 10 }, (_, at) => `Paragraph ${at}.\n`).join('\n');
  workspace.notion.updatePage(vpn, { markdown });
  workspace.notion.setTruncated(vpn, true);
  const document = await workspace.source().read(vpn);
  expect(document?.markdown.match(/Paragraph \d/g)).toHaveLength(10);
  expect([document?.gaps, document?.isComplete]).toEqual([[], true]);
});

test('a block that cannot be read makes the page incomplete, and the rest is there', async () => {
  const { vpn } = furnish();
  workspace.notion.updatePage(vpn, {
    blocks: [
      { paragraph: { rich_text: 'Before' } },
      { toggle: { rich_text: 'Broken', children: [{ paragraph: { rich_text: 'x' } }] } },
    ],
  });
  const [, toggle = ''] = workspace.notion.children(vpn);
  workspace.notion.setUnreadable(toggle, true);
  const document = await workspace.source().read(vpn);
  expect(document).toMatchObject({
    markdown: expect.stringMatching(/^Before/),
    isComplete: false,
    gaps: [{ kind: 'unreadable' }],
  });
});

test('what stands on a page that the readers may not open is not shown in a copy on another', async () => {
  const { vpn, root } = furnish();
  const { notion } = workspace;
  const secret = notion.createPage({
    parent: { pageId: root },
    title: 'Salaries',
    blocks: [{ synced_block: { synced_from: null, children: [{ paragraph: { rich_text: 'Top secret' } }] } }],
  });
  const [original = ''] = notion.children(secret);
  notion.updatePage(vpn, { blocks: [{ synced_block: { synced_from: { type: 'block_id', block_id: original } } }] });
  workspace.pass(10);
  const readWith = async (audiences: ReadonlyMap<string, typeof EVERYONE>) => {
    const source = workspace.source({ audiences });
    await listed(source);
    const document = await source.read(vpn);
    return [document?.markdown.includes('Top secret'), document?.gaps];
  };
  const closed = new Map([
    ['*', EVERYONE],
    [key(secret), ADMINS],
  ]);
  expect(await readWith(new Map([['*', EVERYONE]]))).toEqual([true, []]);
  expect(await readWith(closed)).toEqual([false, [{ kind: 'no-right', what: 'synced block', count: 1 }]]);
  const parent = await workspace.source({ audiences: closed }).read(root);
  expect(parent?.markdown).not.toContain('Salaries');
});

test('a row with more references than a page shows has them all', async () => {
  const { root } = furnish();
  const { notion } = workspace;
  const { dataSourceIds } = notion.createDatabase({
    parentPageId: root,
    title: 'Teams',
    dataSources: [{ name: 'Teams', properties: { Name: { title: {} }, Pages: { relation: {} } } }],
  });
  const pages = Array.from({ length: 60 }, (_, at) =>
    notion.createPage({ parent: { pageId: root }, title: `Page ${at}` }),
  );
  const row = notion.createPage({
    parent: { dataSourceId: dataSourceIds[0] ?? '' },
    title: 'IT',
    properties: { Pages: { type: 'relation', relation: pages.map((id) => ({ id })) } },
  });
  workspace.pass(10);
  const source = workspace.source();
  await listed(source);
  expect((await source.read(row))?.markdown.match(/\[Page \d+\]/g)).toHaveLength(60);
});

test.each([429, 529] as const)('%d is waited for as long as Notion asks', async (status) => {
  furnish();
  const retryAfter = status === 429 ? { kind: 'rate-limit', retryAfterSeconds: 7 } : { kind: 'status', status };
  workspace.notion.faults.set({ match: '/v1/search', times: 1, ...retryAfter } as never);
  expect((await listed(workspace.source())).size).toBe(5);
  expect(workspace.waits).toEqual([status === 429 ? 7_000 : 1_000]);
});

test.each(['/v1/search', '/query'])('a listing of which %s fails is no listing', async (match) => {
  furnish();
  const source = workspace.source();
  await listed(source);
  workspace.notion.faults.set({ match, kind: 'status', status: 500, times: Number.POSITIVE_INFINITY });
  await expect(listed(source)).rejects.toMatchObject({ name: 'RemoteError', kind: 'unavailable' });
});

test('a page that cannot be looked through does not stop the others', async () => {
  const { vpn } = furnish();
  workspace.notion.faults.set({
    match: `${vpn}/markdown`,
    kind: 'status',
    status: 500,
    times: Number.POSITIVE_INFINITY,
  });
  workspace.notion.faults.set({
    match: `${vpn}/children`,
    kind: 'status',
    status: 500,
    times: Number.POSITIVE_INFINITY,
  });
  expect((await listed(workspace.source())).size).toBe(5);
  expect(workspace.warnings).toEqual(['a Notion page could not be asked for']);
});

test('a token that is not valid is named, whatever is asked for', async () => {
  const { vpn } = furnish();
  const source = workspace.source({ token: 'ntn_wrong' });
  const failure = { name: 'RemoteError', kind: 'unauthorized', message: expect.stringContaining('NOTION_TOKEN') };
  await expect(listed(source)).rejects.toMatchObject(failure);
  await expect(source.lookUp(vpn)).rejects.toMatchObject(failure);
  await expect(source.read(vpn)).rejects.toMatchObject(failure);
});

test('a source that is away is no empty one', async () => {
  const { vpn } = furnish();
  await workspace.notion.close();
  const source = workspace.source();
  await expect(listed(source)).rejects.toMatchObject({ kind: 'unavailable' });
  await expect(source.lookUp(vpn)).rejects.toMatchObject({ kind: 'unavailable' });
});

test('403 for everything is not taken for pages that are gone', async () => {
  const { vpn } = furnish();
  const source = workspace.source();
  workspace.notion.faults.set({ match: '/v1/', kind: 'status', status: 403, times: Number.POSITIVE_INFINITY });
  await expect(source.lookUp(vpn)).rejects.toMatchObject({ kind: 'unauthorized' });
  await expect(listed(source)).rejects.toMatchObject({ kind: 'unauthorized' });
});

test('403 for one page means that it is not ours to read', async () => {
  const { vpn } = furnish();
  workspace.notion.faults.set({ match: `/v1/pages/${vpn}`, kind: 'status', status: 403, times: 1 });
  expect(await workspace.source().lookUp(vpn)).toBeNull();
});

test('a declared root that is not shared is said', async () => {
  furnish();
  const audiences = new Map([['0'.repeat(31) + '1', EVERYONE]]);
  expect((await listed(workspace.source({ audiences }))).size).toBe(5);
  expect(workspace.warnings).toEqual(['a page of NOTION_AUDIENCES is not shared with the integration']);
});

test('a database in the trash takes its rows along', async () => {
  const { database, laptop, printer } = furnish();
  const source = workspace.source();
  await listed(source);
  workspace.notion.trashDatabase(database, true);
  workspace.pass(10);
  const found = await listed(source);
  expect([found.has(laptop), found.has(printer)]).toEqual([false, false]);
});

test('five hundred rows are listed a hundred at a time', async () => {
  const { notion } = workspace;
  const root = notion.createPage({ parent: { workspace: true }, title: 'Root' });
  const { dataSourceIds } = notion.createDatabase({
    parentPageId: root,
    title: 'Assets',
    dataSources: [{ name: 'Assets', properties: { Name: { title: {} } } }],
  });
  for (let count = 0; count < 500; count += 1) {
    notion.createPage({ parent: { dataSourceId: dataSourceIds[0] ?? '' }, title: `Asset ${count}` });
  }
  workspace.pass(10);
  const first = await listed(workspace.source());
  expect(first.size).toBe(501);
  workspace.requests();
  expect((await listed(workspace.source())).size).toBe(501);
  const requests = workspace.requests();
  const count = (end: string) => requests.filter((request) => request.endsWith(end)).length;
  expect({ all: requests.length, search: count('/search'), rows: count('/query') }).toEqual({
    all: 11,
    search: 6,
    rows: 5,
  });
});
