import { RemoteError } from '../../../src/errors.ts';
import { listed, people, type Scene, startScene, withoutUsers } from './site.ts';

let scene: Scene;
afterEach(() => scene.site.close());

const include = (title: string, space?: string, name = 'include') =>
  `<ac:structured-macro ac:name="${name}"><ac:parameter ac:name=""><ac:link><ri:page ri:content-title="${title}"${space === undefined ? '' : ` ri:space-key="${space}"`}/></ac:link></ac:parameter></ac:structured-macro>`;
const page = (title: string, more: object = {}) =>
  scene.site.createPage({ space: 'IT', title, storage: `<p>${title}</p>`, ...more });
const ann = 'person:ann@acme.example';
const bob = 'person:bob@acme.example';
const hr = 'group:confluence/hr';

describe('a listing', () => {
  beforeEach(async () => void (scene = await startScene()));

  test('has every current page, with its rights', async () => {
    const open = page('Open');
    const closed = page('Closed', { restrictedTo: { users: ['ann@acme.example'], groups: ['hr'] } });
    const below = page('Below', { parentId: closed, restrictedTo: { users: ['bob@acme.example'] } });
    page('Draft', { status: 'draft' });
    const archived = page('Archived');
    scene.site.archive(archived);
    const documents = await listed(scene.source());
    expect(Object.fromEntries([...documents].map(([id, { audience }]) => [id, audience]))).toEqual({
      [open]: [['everyone']],
      [closed]: [['everyone'], [hr, ann]],
      [below]: [['everyone'], [hr, ann], [bob]],
    });
  });

  test('goes on over empty pages', async () => {
    scene.site.settings.emptyPages = true;
    for (let n = 0; n < 260; n += 1) page(`P${n}`);
    expect((await listed(scene.source())).size).toBe(260);
  });

  test('of ten thousand unchanged pages costs its pages, and few requests besides', async () => {
    for (let n = 0; n < 10_000; n += 1) page(`P${n}`);
    const source = scene.source();
    expect((await listed(source)).size).toBe(10_000);
    scene.pass(10);
    const writes = scene.memory.saves.length;
    const asked = await scene.asked(() => listed(source));
    expect(asked).toEqual([
      '/content/search',
      '/spaces',
      ...Array(40).fill('/spaces/#/pages'),
      '/spaces/#/permissions',
    ]);
    const written = scene.memory.saves.slice(writes).flatMap((entries) => [...entries.keys()]);
    expect(written).toEqual(['listing/begun']);
  }, 60_000);

  test('is the same after a restart, and asks for no restriction again', async () => {
    page('Closed', { restrictedTo: { users: ['ann@acme.example'] } });
    const before = await listed(scene.source());
    scene.pass(5);
    const again = scene.source();
    expect(await listed(again)).toEqual(before);
    expect(scene.site.calls.filter(({ query }) => (query.cql ?? '').startsWith('space = '))).toHaveLength(1);
  });

  test('groups come with their members, except those that are everyone', async () => {
    page('Closed', { restrictedTo: { groups: ['hr'] } });
    const source = scene.source();
    expect(await source.groups()).toEqual([{ name: 'hr', emails: ['dee@acme.example'] }]);
    const asked = await scene.asked(() => listed(source));
    expect(asked).toEqual([]);
  });

  test('groups that settings name come with their members, those of everyone as well', async () => {
    page('Closed', { restrictedTo: { groups: ['hr'] } });
    scene.site.setGroup('it-staff', ['ann@acme.example', 'Bob@acme.example']);
    const warned: unknown[] = [];
    const log = { debug() {}, info() {}, error() {}, warn: (...words: unknown[]) => void warned.push(words) };
    const source = scene.source({ namedGroups: ['it-staff', 'staff', 'hr', 'nobody here', 'it-staff'] }, log);
    const groups = [
      { name: 'it-staff', emails: ['ann@acme.example', 'bob@acme.example'] },
      { name: 'staff', emails: people.map(({ email }) => email) },
      { name: 'hr', emails: ['dee@acme.example'] },
      { name: 'nobody here', emails: [] },
    ];
    expect(await source.groups()).toEqual(groups);
    expect(await source.groups()).toEqual(groups);
    expect(warned).toEqual([[expect.any(String), { group: 'nobody here' }]]);
  });

  test('whoever hides the address is left out', async () => {
    const id = page('Closed', { restrictedTo: { users: ['ann@acme.example'] } });
    scene.site.settings.hideEmails = true;
    expect((await listed(scene.source())).get(id)?.audience).toEqual([]);
  });

  test('with labels has only pages that have one', async () => {
    const a = page('A', { labels: ['howto'] });
    page('B', { labels: ['other'], parentId: a });
    const c = page('C', { labels: ['faq', 'other'] });
    const source = scene.source({ labels: ['howto', 'faq'] });
    expect([...(await listed(source)).keys()].toSorted()).toEqual([a, c].toSorted());
    scene.site.setLabels(a, []);
    expect(await source.lookUp(a)).toBeNull();
    expect(await source.read(a)).toBeNull();
  });

  test('a restriction to more people than come at once is read to its end', async () => {
    const users = Array.from({ length: 250 }, (_, n) => `u${n}@acme.example`);
    const id = page('Many', { restrictedTo: { users } });
    const audience = (await listed(scene.source())).get(id)?.audience ?? [];
    expect(audience.at(-1)).toHaveLength(250);
  });
});

describe('restrictions', () => {
  beforeEach(async () => void (scene = await startScene()));

  test('are swept on their own schedule, without any new version', async () => {
    const top = page('Top');
    const id = page('Page', { parentId: top });
    const source = scene.source();
    const before = await listed(source);
    scene.pass(20);
    await listed(source);
    scene.site.restrict(top, { users: ['ann@acme.example'] });
    scene.pass(5);
    expect((await listed(source)).get(id)).toEqual(before.get(id));
    scene.pass(5);
    const after = (await listed(source)).get(id);
    expect(after).toEqual({ ...before.get(id), audience: [['everyone'], [ann]] });
    scene.site.restrict(top, null);
    scene.pass(30);
    expect((await listed(source)).get(id)).toEqual(before.get(id));
  });

  test('of new pages and new versions are asked for at once, even when search does not know them yet', async () => {
    const id = page('Old');
    const source = scene.source();
    await listed(source);
    scene.pass(1);
    scene.site.settings.searchLagMs = 3_600_000;
    scene.site.restrict(id, { users: ['ann@acme.example'] });
    scene.site.updatePage(id, { storage: '<p>new</p>' });
    const added = page('New', { restrictedTo: { users: ['bob@acme.example'] } });
    const documents = await listed(source);
    expect(documents.get(id)?.audience).toEqual([['everyone'], [ann]]);
    expect(documents.get(added)?.audience).toEqual([['everyone'], [bob]]);
  });

  test('set a moment ago count when a page is looked up', async () => {
    const top = page('Top');
    const middle = page('Middle', { parentId: top });
    const id = page('Page', { parentId: middle });
    const source = scene.source();
    await listed(source);
    scene.site.restrict(top, { users: ['ann@acme.example'] });
    expect((await source.lookUp(id))?.audience).toEqual([['everyone'], [ann]]);
    expect((await source.read(id))?.audience).toEqual([['everyone'], [ann]]);
    // and still count in the next listing, although no sweep is due
    scene.pass(1);
    expect((await listed(source)).get(id)?.audience).toEqual([['everyone'], [ann]]);
  });

  test('of a folder close what is in it', async () => {
    const outer = scene.site.createFolder({ space: 'IT', title: 'Outer' });
    const inner = scene.site.createFolder({ space: 'IT', title: 'Inner', parentId: outer });
    const id = page('Page', { parentId: inner });
    scene.site.restrict(outer, { groups: ['hr'] });
    const source = scene.source();
    expect((await listed(source)).get(id)?.audience).toEqual([['everyone'], [hr]]);
    expect((await source.lookUp(id))?.audience).toEqual([['everyone'], [hr]]);
    scene.pass(10);
    const asked = await scene.asked(() => listed(source));
    expect(asked).toEqual([
      '/content/search',
      '/folders/#',
      '/folders/#',
      '/spaces',
      '/spaces/#/pages',
      '/spaces/#/permissions',
    ]);
  });

  test('of a page under which a folder is moved close what is in the folder, in the next listing', async () => {
    const open = page('Open');
    const closed = page('Closed', { restrictedTo: { groups: ['hr'] } });
    const outer = scene.site.createFolder({ space: 'IT', title: 'Outer', parentId: open });
    const inner = scene.site.createFolder({ space: 'IT', title: 'Inner', parentId: outer });
    const id = page('Page', { parentId: inner });
    const source = scene.source();
    expect((await listed(source)).get(id)?.audience).toEqual([['everyone']]);
    scene.pass(5);
    scene.site.movePage(outer, { parentId: closed });
    expect((await listed(source)).get(id)?.audience).toEqual([['everyone'], [hr]]);
    expect((await listed(scene.source())).get(id)?.audience).toEqual([['everyone'], [hr]]);
  });

  test.each([
    ['by search', 0],
    ['by the page itself', 3_600_000],
  ])('to people whom our account may not see close the page, as told %s', async (_, searchLagMs) => {
    scene.site.settings.searchLagMs = searchLagMs;
    const id = page('Closed', { restrictedTo: { users: ['dee@acme.example'] } });
    const real = globalThis.fetch;
    globalThis.fetch = async (...request) => withoutUsers(await real(...request));
    try {
      const source = scene.source();
      expect((await listed(source)).get(id)?.audience).toEqual([]);
      expect((await source.lookUp(id))?.audience).toEqual([]);
    } finally {
      globalThis.fetch = real;
    }
  });

  test('of an archived page close what is below it', async () => {
    const top = page('Top', { restrictedTo: { users: ['ann@acme.example'] } });
    const id = page('Page', { parentId: top });
    scene.site.archive(top);
    const source = scene.source();
    expect((await listed(source)).get(id)?.audience).toEqual([['everyone'], [ann]]);
    expect((await source.lookUp(id))?.audience).toEqual([['everyone'], [ann]]);
    scene.pass(10);
    expect((await listed(scene.source())).get(id)?.audience).toEqual([['everyone'], [ann]]);
  });

  test.each(['folder', 'whiteboard'] as const)('of a %s that cannot be seen close what is below it', async (type) => {
    const above = scene.site.createFolder({ space: 'IT', title: 'Above', type });
    const id = page('Page', { parentId: above });
    scene.site.faults.set({ match: `/${type}s/${above}`, kind: 'status', status: 404, times: Infinity });
    const source = scene.source();
    expect((await listed(source)).get(id)?.audience).toEqual([]);
    expect((await scene.source().lookUp(id))?.audience).toEqual([]);
  });

  test('that cannot be read close the page and what is below it', async () => {
    const top = page('Top');
    const id = page('Page', { parentId: top });
    scene.site.settings.searchLagMs = 3_600_000;
    scene.site.faults.set({ match: `/content/${top}/restriction`, kind: 'status', status: 404, times: Infinity });
    const source = scene.source();
    expect((await listed(source)).get(id)?.audience).toEqual([]);
    expect((await source.lookUp(id))?.audience).toEqual([]);
  });

  test('of a page whose place cannot be told close it, in a look-up as when it is read', async () => {
    const closed = page('Closed', { restrictedTo: { users: ['ann@acme.example'] } });
    const parent = page('Parent');
    const id = page('Page', { parentId: parent });
    const source = scene.source();
    await listed(source);
    scene.site.movePage(parent, { parentId: closed });
    scene.site.faults.set({ match: `/pages/${parent}`, kind: 'status', status: 404, times: Infinity });
    expect((await source.lookUp(id))?.audience).toEqual([]);
    expect((await source.read(id))?.audience).toEqual([]);
    scene.site.faults.clear();
    expect((await source.read(id))?.audience).toEqual([['everyone'], [ann]]);
  });

  test('that a look-up learns while a listing is under way are not undone by it', async () => {
    const id = page('Page');
    const source = scene.source();
    await listed(source);
    scene.pass(30);
    scene.site.faults.set({ match: '/permissions', kind: 'slow', delayMs: 300, times: 1 });
    const listing = listed(source);
    scene.site.restrict(id, { users: ['ann@acme.example'] });
    await source.lookUp(id);
    expect((await listing).get(id)?.audience).toEqual([['everyone'], [ann]]);
    scene.pass(1);
    expect((await listed(source)).get(id)?.audience).toEqual([['everyone'], [ann]]);
  });
});

describe('a look-up', () => {
  beforeEach(async () => void (scene = await startScene({ spaces: ['IT', 'HR'] })));
  beforeEach(() => void scene.site.createSpace({ key: 'HR', name: 'HR', readers: { groups: ['hr'] } }));

  test('says what a listing says, in few requests', async () => {
    const top = page('Top', { restrictedTo: { users: ['ann@acme.example'] } });
    const id = page('Page', { parentId: top });
    page('Shown');
    const shows = page('Shows', { storage: include('Shown') });
    const source = scene.source();
    await listed(source);
    await source.read(shows);
    const documents = await listed(source);
    expect(await source.lookUp(shows)).toEqual(documents.get(shows));
    const asked = await scene.asked(async () => expect(await source.lookUp(id)).toEqual(documents.get(id)));
    const restriction = '/content/#/restriction/byOperation/read';
    expect(asked.map((path) => path.replaceAll(/\/\d+/g, '/#'))).toEqual([
      restriction,
      restriction,
      '/pages/#',
      '/pages/#/ancestors',
    ]);
    // a new process knows nothing yet
    expect(await scene.source().lookUp(id)).toEqual(documents.get(id));
    expect(await scene.source().lookUp(shows)).toEqual(documents.get(shows));
  });

  test.each<[string, (id: string) => void]>([
    ['trashed', (id) => scene.site.trash(id)],
    ['purged', (id) => scene.site.purge(id)],
    ['archived', (id) => scene.site.archive(id)],
    [
      'moved to another site’s part',
      (id) => {
        scene.site.createSpace({ key: 'X', name: 'X', readers: { groups: ['staff'] } });
        scene.site.movePage(id, { space: 'X' });
      },
    ],
  ])('of a page that was %s is null, and so is reading it', async (_, change) => {
    const id = page('Page');
    const source = scene.source();
    await listed(source);
    change(id);
    expect(await source.lookUp(id)).toBeNull();
    expect(await source.read(id)).toBeNull();
    expect((await listed(source)).has(id)).toBe(false);
  });

  test('of a page moved below a restricted one, or into a closed space, has the new rights', async () => {
    const closed = page('Closed', { restrictedTo: { users: ['bob@acme.example'] } });
    const id = page('Page');
    const source = scene.source();
    const before = (await listed(source)).get(id);
    scene.site.movePage(id, { parentId: closed });
    expect(await source.lookUp(id)).toEqual({ ...before, audience: [['everyone'], [bob]] });
    expect((await listed(source)).get(id)).toEqual({ ...before, audience: [['everyone'], [bob]] });
    scene.site.movePage(id, { space: 'HR', parentId: null });
    const moved = await source.lookUp(id);
    expect(moved?.audience).toEqual([[hr]]);
    expect(moved?.revision).not.toBe(before?.revision);
    expect((await listed(source)).get(id)).toEqual(moved);
  });

  test('of a page whose parent moved has the rights of the new place', async () => {
    const closed = page('Closed', { restrictedTo: { users: ['bob@acme.example'] } });
    const parent = page('Parent');
    const id = page('Page', { parentId: parent });
    const source = scene.source();
    await listed(source);
    scene.site.movePage(parent, { parentId: closed });
    expect((await source.lookUp(id))?.audience).toEqual([['everyone'], [bob]]);
  });

  test('knows a new title, a restored page, and who may view the space a minute later', async () => {
    const id = page('Page');
    const source = scene.source();
    const before = (await listed(source)).get(id);
    scene.site.updatePage(id, { title: 'Renamed' });
    expect((await source.lookUp(id))?.revision).not.toBe(before?.revision);
    expect(await source.read(id)).toMatchObject({ title: 'Renamed', url: expect.stringContaining('/Renamed') });
    scene.site.trash(id);
    expect(await source.lookUp(id)).toBeNull();
    scene.site.restore(id);
    expect(await source.lookUp(id)).toEqual((await listed(source)).get(id));
    scene.site.setSpaceReaders('IT', { groups: ['hr'] });
    scene.pass(1);
    expect((await source.lookUp(id))?.audience).toEqual([[hr]]);
  });
});

describe('a page', () => {
  beforeEach(async () => void (scene = await startScene({ spaces: ['IT', 'HR'] })));
  beforeEach(() => void scene.site.createSpace({ key: 'HR', name: 'HR', readers: { groups: ['hr'] } }));

  test('is read with all that is known of it, in one request', async () => {
    const id = page('How # to <b>', {
      storage: '<h2>A</h2><p>b <ac:link><ri:user ri:account-id="nobody"/></ac:link></p>',
    });
    const source = scene.source();
    const entry = (await listed(source)).get(id);
    expect(
      await scene.asked(async () => {
        expect(await source.read(id)).toEqual({
          source: 'confluence',
          id,
          title: 'How # to <b>',
          url: scene.site.page(id)?.url,
          revision: entry?.revision,
          updatedAt: new Date('2026-03-01T08:00:00Z'),
          markdown: '## A\n\nb @someone',
          audience: [['everyone']],
          gaps: [],
          isComplete: true,
        });
      }),
    ).toEqual([expect.stringMatching(/^\/pages\//), '/users-bulk']);
  });

  test('shows an included page of its own space, not the one of the same title in another', async () => {
    page('Same', { storage: '<p>of IT</p>' });
    scene.site.createPage({ space: 'HR', title: 'Same', storage: '<p>salaries</p>' });
    const here = page('Here', { storage: include('Same') });
    const there = page('There', { storage: include('Same', 'HR') });
    const source = scene.source();
    await listed(source);
    expect(await source.read(here)).toMatchObject({ markdown: 'of IT', gaps: [], audience: [['everyone']] });
    expect(await source.read(there)).toMatchObject({
      markdown: '',
      gaps: [
        { kind: 'no-right', what: 'included page “Same”, which not every reader of this page may read', count: 1 },
      ],
      audience: [['everyone']],
    });
  });

  test('of readers who may read the included page shows its text', async () => {
    scene.site.createPage({ space: 'HR', title: 'Same', storage: '<p>salaries</p>' });
    const id = scene.site.createPage({ space: 'HR', title: 'Shows', storage: include('Same', 'HR') });
    const source = scene.source();
    await listed(source);
    expect(await source.read(id)).toMatchObject({ markdown: 'salaries', gaps: [], audience: [[hr]] });
  });

  test('is read again when an included page changes, goes, comes back, is closed or opened', async () => {
    const shown = page('Shown', { storage: '<p>one</p>' });
    const id = page('Shows', { storage: `<p>shows</p>${include('Shown')}` });
    const source = scene.source();
    await listed(source);
    const seen: [string, string][] = [];
    async function sync() {
      scene.pass(31);
      const document = await source.read(id);
      const entry = (await listed(source)).get(id);
      expect(await source.lookUp(id)).toEqual(entry);
      expect(await source.read(id)).toEqual({ ...document, revision: entry?.revision });
      seen.push([entry?.revision ?? '', document?.markdown ?? '']);
    }
    await sync();
    await sync();
    expect(seen[1]).toEqual(seen[0]);
    scene.site.updatePage(shown, { storage: '<p>two</p>' });
    await sync();
    scene.site.restrict(shown, { users: ['ann@acme.example'] });
    await listed(source);
    scene.pass(31);
    await listed(source);
    await sync();
    scene.site.restrict(shown, null);
    scene.pass(31);
    await listed(source);
    await sync();
    scene.site.trash(shown);
    await sync();
    scene.site.restore(shown);
    await sync();
    expect(seen.slice(2).map(([, markdown]) => markdown)).toEqual([
      'shows\n\ntwo',
      'shows',
      'shows\n\ntwo',
      'shows',
      'shows\n\ntwo',
    ]);
    expect(new Set(seen.slice(0, 6).map(([revision]) => revision)).size).toBe(4);
  });

  test('loses the included text when it is opened to people who may not read that', async () => {
    page('Secret', { storage: '<p>secret</p>', restrictedTo: { users: ['ann@acme.example'] } });
    const id = page('Shows', { storage: include('Secret'), restrictedTo: { users: ['ann@acme.example'] } });
    const source = scene.source();
    await listed(source);
    expect((await source.read(id))?.markdown).toBe('secret');
    const before = await source.lookUp(id);
    scene.site.restrict(id, null);
    const after = await source.lookUp(id);
    expect(after?.audience).toEqual([['everyone']]);
    expect(after?.revision).not.toBe(before?.revision);
    expect(await source.read(id)).toMatchObject({ markdown: '', revision: after?.revision, audience: [['everyone']] });
  });

  test('that includes itself by way of another ends', async () => {
    const a = page('A', { storage: `<p>a</p>${include('B')}` });
    page('B', { storage: `<p>b</p>${include('A')}` });
    const source = scene.source();
    await listed(source);
    expect(await source.read(a)).toMatchObject({ markdown: 'a\n\nb', gaps: [{ kind: 'unresolved' }] });
    const entry = (await listed(source)).get(a);
    expect((await source.read(a))?.revision).toBe(entry?.revision);
    expect(await source.lookUp(a)).toEqual(entry);
  });

  test('of a space that is not chosen is not included', async () => {
    scene.site.createSpace({ key: 'X', name: 'X', readers: { groups: ['staff'] } });
    scene.site.createPage({ space: 'X', title: 'Far', storage: '<p>far</p>' });
    const id = page('Shows', { storage: include('Far', 'X') });
    const source = scene.source();
    await listed(source);
    expect(await source.read(id)).toMatchObject({ markdown: '', gaps: [{ kind: 'no-right' }] });
  });
});

describe('when Confluence', () => {
  beforeEach(async () => void (scene = await startScene()));

  const failing = async (work: () => Promise<unknown>) => {
    const error: unknown = await work().then(
      () => null,
      (reason: unknown) => reason,
    );
    return error instanceof RemoteError ? { kind: error.kind, message: error.message } : error;
  };

  test('is busy, it is asked again', async () => {
    for (let n = 0; n < 300; n += 1) page(`P${n}`);
    scene.site.faults.set({ match: '/pages', kind: 'rate-limit', retryAfterSeconds: 2, times: 2 });
    expect((await listed(scene.source())).size).toBe(300);
  });

  test('fails over large pages, it is asked for smaller ones', async () => {
    for (let n = 0; n < 300; n += 1) page(`P${n}`);
    scene.site.faults.set({ match: '/pages', kind: 'status', status: 500, times: 2 });
    expect((await listed(scene.source())).size).toBe(300);
    const limits = scene.site.calls.filter(({ path }) => path.endsWith('/pages')).map(({ query }) => query.limit);
    expect(limits.slice(0, 4)).toEqual(['250', '125', '62', '62']);
  });

  test.each([
    ['fails for good', { kind: 'status', status: 503 }, 'unavailable'],
    ['hangs up', { kind: 'drop' }, 'unavailable'],
    ['says 404 in the middle', { kind: 'status', status: 404 }, 'rejected'],
    ['forbids it', { kind: 'status', status: 403 }, 'unauthorized'],
  ] as const)('%s, the listing fails and nothing is noted', async (_, fault, kind) => {
    page('Page');
    const source = scene.source();
    const before = await listed(source);
    scene.site.faults.set({ match: '/pages', times: Infinity, ...fault });
    const writes = scene.memory.saves.length;
    expect(await failing(() => listed(source))).toMatchObject({ kind });
    expect(scene.memory.saves.length).toBe(writes);
    scene.site.faults.clear();
    expect(await listed(source)).toEqual(before);
  });

  test('refuses the token, the setting is named and nothing seems gone', async () => {
    const id = page('Page');
    const source = scene.source({ apiToken: 'revoked' });
    for (const work of [() => listed(source), () => source.groups(), () => source.lookUp(id), () => source.read(id)]) {
      expect(await failing(work)).toEqual({
        kind: 'unauthorized',
        message: expect.stringContaining('check CONFLUENCE_EMAIL and CONFLUENCE_API_TOKEN'),
      });
    }
  });

  test('shows our account no space at all, nothing seems gone', async () => {
    const id = page('Page');
    const source = scene.source();
    await listed(source);
    scene.site.settings.botSeesAll = false;
    scene.site.setSpaceReaders('IT', { groups: ['hr'] });
    scene.pass(10);
    for (const work of [() => listed(source), () => source.lookUp(id), () => source.read(id)]) {
      expect(await failing(work)).toMatchObject({
        kind: 'unauthorized',
        message: expect.stringContaining('CONFLUENCE_SPACES'),
      });
    }
  });

  test('gives a page without any text, it is a document without text', async () => {
    const id = page('Empty', { storage: '' });
    const source = scene.source();
    await listed(source);
    expect(await source.read(id)).toMatchObject({ markdown: '', gaps: [], isComplete: true });
  });
});
