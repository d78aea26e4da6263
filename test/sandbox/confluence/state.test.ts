import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { articleId, type SeedPage } from '../../../sandbox/confluence/index.ts';
import { ada, ask, bo, startAcme, titlesOf } from './acme.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'confluence-'));
const statePath = path.join(folder, 'state.json');
afterEach(() => rmSync(statePath, { force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

const vpn: SeedPage = {
  key: 'network/vpn.md',
  space: { key: 'IT', name: 'IT help' },
  parents: ['Network', 'Remote'],
  title: 'VPN',
  markdown: '# Gate',
  updated: '2025-01-09',
  restrictedTo: [],
};
const pay: SeedPage = { ...vpn, key: 'pay.md', title: 'Pay', parents: ['Network'], restrictedTo: ['finance'] };

test('articles become pages in folders, with ids that stay', async () => {
  const site = await startAcme({ seed: [vpn, pay] });
  expect(site.page(articleId(vpn.key))).toMatchObject({
    space: 'IT',
    title: 'VPN',
    markdown: '# Gate',
    storage: '<h1>Gate</h1>\n',
    updated: '2025-01-09T00:00:00.000Z',
    restrictedTo: null,
  });
  const { body } = await ask(site, `/wiki/rest/api/content/${articleId(vpn.key)}?expand=ancestors`);
  expect(body.ancestors.map(({ title, type }) => [title, type])).toEqual([
    ['Network', 'folder'],
    ['Remote', 'folder'],
  ]);
  expect(await titlesOf(site, '/wiki/api/v2/pages', ada)).toHaveLength(2);
  expect(await titlesOf(site, '/wiki/api/v2/pages', bo)).toEqual(['VPN']);
  expect(articleId(vpn.key)).toBe('44884793508345');
  await site.close();
});

test('what was done outlives a restart; what was purged is not seeded again', async () => {
  const first = await startAcme({ statePath, seed: [vpn, pay] });
  first.updatePage(articleId(vpn.key), { title: 'Gate' });
  first.setGroup('visitors', ['eve@other.example']);
  const made = first.createPage({
    space: 'IT',
    title: 'New',
    markdown: 'x',
    restrictedTo: { users: ['Eve@other.example'] },
  });
  first.purge(articleId(pay.key));
  const pages = first.pages();
  await first.close();

  const again = await startAcme({ statePath, seed: [vpn, pay, { ...vpn, key: 'wifi.md', title: 'Wi-Fi' }] });
  expect(again.apiToken).toBe(first.apiToken);
  const added = again.page(articleId('wifi.md'));
  // another port, so another address
  const withoutUrl = (page: object | null) => ({ ...page, url: '' });
  expect(again.pages().map(withoutUrl)).toEqual([...pages, added].map(withoutUrl));
  expect((await ask(again, '/wiki/rest/api/group/member?name=visitors')).body.results).toMatchObject([
    { email: 'eve@other.example' },
  ]);
  again.setSpaceReaders('IT', { groups: ['visitors'] });
  expect(await titlesOf(again, '/wiki/api/v2/pages', 'eve@other.example')).toContain('New');
  expect(Number(again.createPage({ space: 'IT', title: 'Newer', markdown: 'x' }))).toBeGreaterThan(Number(made));
  await again.close();
});
