import type { ConfluenceSandbox } from '../../../sandbox/confluence/index.ts';
import { ada, ask, type Body, bo, cql, guest, pagesOf, startAcme, titlesOf } from './acme.ts';

let site: ConfluenceSandbox;
beforeEach(async () => {
  site = await startAcme();
});
afterEach(() => site.close());

function listing(): string {
  return `/wiki/api/v2/spaces/${site.spaces()[0]?.id}/pages`;
}

describe('what an account may view', () => {
  /** Top (finance) > Middle (Ada, Bo) > Leaf (not restricted), beside Open. */
  function makeTree() {
    const top = site.createPage({ space: 'IT', title: 'Top', markdown: 'x', restrictedTo: { groups: ['finance'] } });
    const both = { users: [ada, bo] };
    const middle = site.createPage({ space: 'IT', title: 'Middle', markdown: 'x', parentId: top, restrictedTo: both });
    const leaf = site.createPage({ space: 'IT', title: 'Leaf', markdown: 'x', parentId: middle });
    const open = site.createPage({ space: 'IT', title: 'Open', markdown: 'x' });
    return { top, middle, leaf, open };
  }

  test.each([
    ['the bot', undefined, ['Top', 'Middle', 'Leaf', 'Open']],
    ['one who is in every list above', ada, ['Top', 'Middle', 'Leaf', 'Open']],
    ['one whom a page further up leaves out', bo, ['Open']],
    ['a guest without the space', guest, null],
  ])('%s', async (_, who, titles) => {
    const { leaf } = makeTree();
    const status = titles === null ? 404 : 200;
    expect((await ask(site, listing(), who)).status).toBe(status);
    const canSeeLeaf = titles?.includes('Leaf') === true;
    expect((await ask(site, `/wiki/api/v2/pages/${leaf}`, who)).status).toBe(canSeeLeaf ? 200 : 404);
    expect((await ask(site, `/wiki/rest/api/content/${leaf}`, who)).status).toBe(canSeeLeaf ? 200 : 404);
    expect(await titlesOf(site, cql('type = page'), who)).toEqual(titles ?? []);
    expect(await titlesOf(site, '/wiki/api/v2/pages', who)).toEqual(titles ?? []);
  });

  test('the bot without its special right has those of an employee', async () => {
    const { leaf } = makeTree();
    site.settings.botSeesAll = false;
    expect(await titlesOf(site, listing())).toEqual(['Open']);
    expect((await ask(site, `/wiki/rest/api/content/${leaf}/restriction`)).status).toBe(404);
    site.setSpaceReaders('IT', { groups: ['it'] });
    expect((await ask(site, listing())).status).toBe(404);
    expect((await ask(site, '/wiki/api/v2/spaces')).body.results).toEqual([]);
  });

  test('anonymous reading opens the space to everybody', async () => {
    makeTree();
    site.setSpaceReaders('IT', { anonymous: true });
    expect(await titlesOf(site, listing(), guest)).toEqual(['Open']);
  });

  test('a group that gains a member opens at once', async () => {
    makeTree();
    site.setGroup('finance', [ada, bo]);
    expect(await titlesOf(site, listing(), bo)).toEqual(['Top', 'Middle', 'Leaf', 'Open']);
  });

  test('a page moved out from under a restriction is open, without a new version', async () => {
    const { leaf, open } = makeTree();
    const before = site.page(leaf);
    site.movePage(leaf, { parentId: open });
    expect(await titlesOf(site, listing(), bo)).toEqual(['Leaf', 'Open']);
    expect(site.page(leaf)).toEqual({ ...before, parentId: open });
  });

  test('what was below a page in the trash moves up, out of its restriction', async () => {
    const { top, middle } = makeTree();
    site.trash(top);
    expect(site.page(middle)?.parentId).toBe(null);
    expect(await titlesOf(site, listing(), bo)).toEqual(['Middle', 'Leaf', 'Open']);
  });

  test('a restriction to nobody leaves the bot alone', async () => {
    const { open } = makeTree();
    site.restrict(open, {});
    expect(await titlesOf(site, listing(), ada)).toEqual(['Top', 'Middle', 'Leaf']);
    expect(site.page(open)?.restrictedTo).toEqual({ groups: [], users: [site.email] });
  });
});

describe('what a restriction looks like', () => {
  test('it is the page’s own, and changes neither version nor date', async () => {
    const parent = site.createPage({ space: 'IT', title: 'Parent', markdown: 'x', restrictedTo: { groups: ['it'] } });
    const id = site.createPage({ space: 'IT', title: 'A', markdown: 'x', parentId: parent });
    const before = await ask(site, `/wiki/api/v2/pages/${id}`);
    site.restrict(id, { groups: ['finance'], users: [ada] });
    expect((await ask(site, `/wiki/api/v2/pages/${id}`)).body).toEqual(before.body);

    const expand = '?expand=restrictions.user,restrictions.group';
    const { body } = await ask(site, `/wiki/rest/api/content/${id}/restriction/byOperation/read${expand}`);
    expect(body).toMatchObject({
      operation: 'read',
      restrictions: {
        user: { results: [{ accountId: '5b10ac8d82e05b22cc7d4ef5', email: ada }], start: 0, limit: 100, size: 1 },
        group: { results: [{ type: 'group', name: 'finance' }], start: 0, limit: 100, size: 1 },
      },
    });
    site.restrict(id, null);
    const lifted = await ask(site, `/wiki/rest/api/content/${id}/restriction/byOperation/read${expand}`);
    expect(lifted.body.restrictions).toMatchObject({ user: { results: [] }, group: { results: [] } });
  });

  test('it comes with a search and with the ancestors where it is expanded', async () => {
    const top = site.createPage({ space: 'IT', title: 'Top', markdown: 'x', restrictedTo: { groups: ['it'] } });
    const folder = site.createFolder({ space: 'IT', title: 'Folder', parentId: top });
    const id = site.createPage({ space: 'IT', title: 'A', markdown: 'x', parentId: folder });
    const path = 'restrictions.read.restrictions';
    const expand = `&expand=${path}.user,${path}.group,ancestors.${path}.group`;
    const { body } = await ask(site, cql(`id = ${id}`, expand));
    const names = (bean: Body) => bean.restrictions.read.restrictions.group.results.map(({ name }) => name);
    expect(body.results.map(names)).toEqual([[]]);
    expect(body.results[0].restrictions.read.restrictions.user.results).toEqual([]);
    expect(body.results[0].ancestors.map((bean) => [bean.id, bean.type, names(bean)])).toEqual([
      [top, 'page', ['it']],
      [folder, 'folder', []],
    ]);
    expect(body.results[0].ancestors[0].restrictions.read.restrictions).not.toHaveProperty('user');
  });

  test('names beyond the limit come with the next start', async () => {
    const emails = Array.from({ length: 130 }, (_, index) => `p${index}@acme.example`);
    const id = site.createPage({ space: 'IT', title: 'A', markdown: 'x', restrictedTo: { users: emails } });
    const base = `/wiki/rest/api/content/${id}/restriction/byOperation/read?expand=restrictions.user`;
    const first = (await ask(site, base)).body.restrictions.user;
    const second = (await ask(site, `${base}&start=100`)).body.restrictions.user;
    expect([first.size, second.size]).toEqual([100, 30]);
    const found = [...first.results, ...second.results].map(({ email }) => email);
    expect(found).toEqual(emails);
  });
});

describe('the rights of a space', () => {
  async function readers(): Promise<Record<string, unknown>> {
    const path = `/wiki/api/v2/spaces/${site.spaces()[0]?.id}`;
    const permissions = (await pagesOf(site, `${path}/permissions?limit=2`)).flat();
    const read = permissions.filter(({ operation }) => operation.key === 'read' && operation.targetType === 'space');
    // there are others, which are no rights to read
    expect(permissions.length).toBeGreaterThan(read.length);
    const assigned = (await ask(site, `${path}/role-assignments`)).body.results;
    return { direct: new Set(read.map(({ principal }) => `${principal.type} ${principal.id}`)), assigned };
  }

  test('are those of groups and people, and of roles that others have', async () => {
    const groups = (await ask(site, '/wiki/rest/api/group')).body.results;
    const finance = groups.find(({ name }) => name === 'finance')?.id ?? '';
    const boId = (await ask(site, '/wiki/rest/api/user/current', bo)).body.accountId;
    const role = 'b7d7ba80-d178-4ec7-8061-6914da3099dc';
    const own = [`group ${finance}`, `user ${boId}`];
    const anonymous = { principal: { principalType: 'ACCESS_CLASS', principalId: 'anonymous-users' }, roleId: role };

    site.setSpaceReaders('IT', { groups: ['finance'], users: [bo] });
    expect(await readers()).toEqual({ direct: new Set(own), assigned: [] });
    site.setSpaceReaders('IT', { groups: ['finance'], users: [bo], anonymous: true });
    expect(await readers()).toEqual({ direct: new Set([...own, `role ${role}`]), assigned: [anonymous] });
    site.setSpaceReaders('IT', { groups: ['finance'], users: [bo], byRole: true });
    expect(await readers()).toEqual({
      direct: new Set([`role ${role}`]),
      assigned: [
        { principal: { principalType: 'GROUP', principalId: finance }, roleId: role },
        { principal: { principalType: 'USER', principalId: boId }, roleId: role },
      ],
    });
    expect((await ask(site, listing(), ada)).status).toBe(200);
    expect((await ask(site, listing(), guest)).status).toBe(404);
  });
});
