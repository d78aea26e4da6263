import { jest } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { articleId, startNotion } from '../../../sandbox/notion/index.ts';
import { callerOf, idsOf } from './workspace.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'firstline-notion-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const seed = [
  { key: 'vpn.md', path: ['IT'], title: 'VPN', markdown: 'Use it.', updated: '2026-02-03' },
  { key: 'wifi.md', path: ['IT'], title: 'Wi-Fi', markdown: 'Use it.', updated: '2026-02-04' },
];

test('edits, the trash, rights and the secrets outlive a restart, and new articles are added', async () => {
  const statePath = path.join(folder, 'notion.json');
  const before = await startNotion({ statePath, seed });
  const [vpn, wifi] = ['vpn.md', 'wifi.md'].map(articleId) as [string, string];
  before.updatePage(vpn, { title: 'VPN client', markdown: '**New**' });
  before.trash(wifi);
  const secret = before.createPage({ parent: { workspace: true }, title: 'Board', shared: false });
  const { dataSourceIds } = before.createDatabase({ parentPageId: vpn, title: 'D', dataSources: [{ name: 'D' }] });
  const row = before.createPage({ parent: { dataSourceId: dataSourceIds[0] ?? '' }, title: 'Row' });
  await before.close();

  const more = { key: 'mail.md', path: ['IT'], title: 'Mail', markdown: 'Post.', updated: '2026-03-01' };
  const after = await startNotion({ statePath, seed: [...seed, more] });
  try {
    expect(after.token).toBe(before.token);
    expect(after.page(vpn)).toMatchObject({ title: 'VPN client', markdown: '**New**', version: 2 });
    expect(after.page(wifi)).toMatchObject({ inTrash: true });
    expect(after.page(secret)).toMatchObject({ shared: false });
    expect(after.page(articleId('mail.md'))).toMatchObject({ path: ['IT'] });
    const call = callerOf(after);
    expect((await call(`pages/${vpn}/markdown`)).body['markdown']).toContain('**New**');
    expect(idsOf(await call(`data_sources/${dataSourceIds[0]}/query`, {}))).toEqual([row]);
  } finally {
    await after.close();
  }
});

test('a state that cannot be read, or is of another version, starts anew', async () => {
  const statePath = path.join(folder, 'notion.json');
  const logged = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  for (const text of ['{', '{"version":0}', 'null']) {
    writeFileSync(statePath, text);
    const notion = await startNotion({ statePath, seed });
    expect(notion.pages().map(({ title }) => title)).toEqual(['IT', 'VPN', 'Wi-Fi']);
    await notion.close();
  }
  expect(logged).toHaveBeenCalledTimes(1);
  logged.mockRestore();
});
