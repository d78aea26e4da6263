import type { ConfluenceSandbox } from '../../../sandbox/confluence/index.ts';
import { ask, cql, startAcme, titlesOf } from './acme.ts';

let site: ConfluenceSandbox;
let now = new Date();
const ids: Record<string, string> = {};

beforeEach(async () => {
  now = new Date('2026-03-01T10:05:30Z');
  site = await startAcme({ now: () => now });
  site.createSpace({ key: 'HR', name: 'People', readers: {} });
  ids.Guides = site.createFolder({ space: 'IT', title: 'Guides' });
  ids.VPN = site.createPage({ space: 'IT', title: 'VPN', markdown: 'gate', parentId: ids.Guides, labels: ['network'] });
  now = new Date('2026-03-01T10:06:10Z');
  ids.Linux = site.createPage({ space: 'IT', title: 'VPN on Linux', markdown: 'tunnel', parentId: ids.VPN });
  ids.Leave = site.createPage({ space: 'HR', title: 'Leave', markdown: 'holiday', labels: ['hr', 'network'] });
  now = new Date('2026-03-01T11:00:00Z');
});
afterEach(() => site.close());

test.each([
  ['type = page', ['VPN', 'VPN on Linux', 'Leave']],
  ['type in (page, folder)', ['Guides', 'VPN', 'VPN on Linux', 'Leave']],
  ['type != page', ['Guides']],
  ['space = IT and type = page', ['VPN', 'VPN on Linux']],
  ['space.key = "hr"', ['Leave']],
  ['space in (HR, IT) AND type=page', ['VPN', 'VPN on Linux', 'Leave']],
  ['space = NONE', []],
  ['type = page and not space = IT', ['Leave']],
  ['type = page and (label = network and space != HR or title = "Leave")', ['VPN', 'Leave']],
  ['label in (hr)', ['Leave']],
  ['title = vpn', ['VPN']],
  ['title ~ "vpn linux"', ['VPN on Linux']],
  ['title ~ "lin*"', ['VPN on Linux']],
  ['text ~ tunnel', ['VPN on Linux']],
  ['id = {VPN}', ['VPN']],
  ['id in ({VPN}, {Leave})', ['VPN', 'Leave']],
  ['content = {VPN}', ['VPN']],
  ['ancestor = {Guides}', ['VPN', 'VPN on Linux']],
  ['parent = {Guides}', ['VPN']],
  ['creator = currentUser() and type = page', ['VPN', 'VPN on Linux', 'Leave']],
  ['type = page order by title', ['Leave', 'VPN', 'VPN on Linux']],
  ['type = page order by lastmodified desc, title asc', ['Leave', 'VPN on Linux', 'VPN']],
])('%s', async (query, titles) => {
  const written = query.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? '');
  expect(await titlesOf(site, cql(written))).toEqual(titles);
});

// written at 10:05:30 and 10:06:10; it is 11:00:00
test.each([
  ['lastmodified >= "2026/03/01 10:05"', 3],
  ['lastmodified > "2026/03/01 10:05"', 2],
  ['lastmodified = "2026-03-01 10:05"', 1],
  ['lastModified <= "2026/03/01 10:05"', 1],
  ['lastmodified >= "2026/03/01 10:07"', 0],
  ['lastmodified >= now("-55m")', 3],
  ['lastmodified >= now("-54m")', 2],
  ['lastmodified >= now("-1h")', 3],
  ['lastmodified >= "2026/03/01"', 3],
  ['lastmodified < startOfDay()', 0],
  ['created < endOfDay()', 3],
])('%s finds %d: search knows no seconds', async (query, count) => {
  expect(await titlesOf(site, cql(`type = page and ${query}`))).toHaveLength(count);
});

test('dates are read in the time zone of the account', async () => {
  site.settings.timeZone = 'America/New_York';
  expect(await titlesOf(site, cql('type = page and lastmodified >= "2026/03/01 05:06"'))).toEqual([
    'VPN on Linux',
    'Leave',
  ]);
  expect((await ask(site, '/wiki/rest/api/user/current')).body.timeZone).toBe('America/New_York');
});

test.each([
  ['', 'CQL query is required'],
  ['colour = red', 'No field exists with name: colour'],
  ['type > page', 'Operator > is not supported for field: type'],
  ['lastmodified ~ now()', 'Operator ~ is not supported for field: lastmodified'],
  ['lastmodified > yesterday', 'is not a date'],
  ['lastmodified > "2026/03/01T10:00"', 'is not a date'],
  ['space = favouriteSpaces()', 'No function exists with name: favouritespaces'],
  ['type = page and', 'Could not parse cql'],
  ['type = "page', 'Could not parse cql'],
  ['(type = page', 'Could not parse cql'],
  ['type = page )', 'Could not parse cql'],
  ['id = abc', 'Invalid content id: abc'],
  ['type = page order by label', 'Field is not sortable: label'],
  ['type = page; drop', 'Could not parse cql'],
])('"%s" is refused with 400', async (query, words) => {
  for (const root of ['content/search', 'search']) {
    const { status, body } = await ask(site, `/wiki/rest/api/${root}?cql=${encodeURIComponent(query)}`);
    expect([status, body.statusCode, body.data.successful]).toEqual([400, 400, false]);
    expect(body.message).toContain(words);
  }
});

describe('what search does not know', () => {
  test('versions that are younger than the lag', async () => {
    site.settings.searchLagMs = 60_000;
    site.updatePage(ids.VPN ?? '', { title: 'Gate', markdown: 'new' });
    site.createPage({ space: 'IT', title: 'Fresh', markdown: 'x' });
    const old = cql('title = "VPN" and lastmodified < now("-10m")');
    expect((await ask(site, old)).body.results.map(({ id }) => id)).toEqual([ids.VPN]);
    expect(await titlesOf(site, cql('title in (Gate, Fresh)'))).toEqual([]);
    now = new Date(now.getTime() + 60_000);
    expect(await titlesOf(site, cql('title in (Gate, Fresh)'))).toEqual(['Gate', 'Fresh']);
    expect((await ask(site, old)).body.results).toEqual([]);
  });

  test('what is not current, unless it is asked for', async () => {
    site.trash(ids.VPN ?? '');
    site.archive(ids.Leave ?? '');
    expect(await titlesOf(site, cql('type = page'))).toEqual(['VPN on Linux']);
    const context = encodeURIComponent(JSON.stringify({ contentStatuses: ['archived'] }));
    expect(await titlesOf(site, cql('type = page', `&cqlcontext=${context}`))).toEqual(['Leave']);
  });

  test('moves and restrictions: they leave the date as it is', async () => {
    site.movePage(ids.Linux ?? '', { parentId: null });
    site.restrict(ids.VPN ?? '', { groups: ['it'] });
    expect(await titlesOf(site, cql('type = page and lastmodified >= now("-10m")'))).toEqual([]);
    site.updatePage(ids.Leave ?? '', { title: 'Holidays' });
    expect(await titlesOf(site, cql('type = page and lastmodified >= now("-10m")'))).toEqual(['Holidays']);
  });
});

test('a window moves while one pages: what left it before the place shifts the rest', async () => {
  const query = 'type = page and lastmodified <= "2026/03/01 10:06" order by lastmodified';
  const first = await ask(site, cql(query, '&limit=1'));
  expect(first.body.results.map(({ title }) => title)).toEqual(['VPN']);
  site.updatePage(ids.VPN ?? '', { markdown: 'changed' });
  const second = await ask(site, `/wiki${first.body._links.next}`);
  expect(second.body.results.map(({ title }) => title)).toEqual(['Leave']);
});

test('results of the other search have the content within', async () => {
  const path = `/wiki/rest/api/search?cql=${encodeURIComponent('id = ' + ids.VPN)}`;
  const { body } = await ask(site, `${path}&expand=content.version,version`);
  expect(body).toMatchObject({ start: 0, limit: 25, size: 1, totalSize: 1, cqlQuery: `id = ${ids.VPN}` });
  expect(body.results[0]).toMatchObject({
    title: 'VPN',
    entityType: 'content',
    url: `/spaces/IT/pages/${ids.VPN}/VPN`,
    lastModified: '2026-03-01T10:05:30.000Z',
    content: { id: ids.VPN, version: { number: 1, when: '2026-03-01T10:05:30.000Z' } },
  });
});
