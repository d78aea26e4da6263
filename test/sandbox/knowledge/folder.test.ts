import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { copyKnowledge, createKnowledge, type Knowledge } from '../../../sandbox/knowledge/index.ts';

const vpn = `---
# asked every week
title: Set up the VPN
url: https://wiki.example/it/vpn
audience: [everyone]
updated: "2026-03-18"
owner: nuno # stays
---

Install **Connect**.
`;
const close = vpn
  .replace('Set up the VPN', 'Month-end close')
  .replace('it/vpn', 'it/close')
  .replace('[everyone]', '[finance, "person:zeynep@x.example"]');

let shipped: string;
let folder: string;
let knowledge: Knowledge;

beforeEach(() => {
  const root = mkdtempSync(path.join(tmpdir(), 'knowledge-'));
  shipped = path.join(root, 'shipped');
  folder = path.join(root, 'state', 'knowledge');
  mkdirSync(path.join(shipped, 'network'), { recursive: true });
  writeFileSync(path.join(shipped, 'network', 'vpn.md'), vpn);
  writeFileSync(path.join(shipped, 'close.md'), close);
  writeFileSync(path.join(shipped, 'groups.yml'), 'finance: []\n');
  copyKnowledge(shipped, folder);
  knowledge = createKnowledge({ folder, shipped, now: () => new Date('2026-07-01T10:00:00Z') });
});

function fileOf(id: string): string {
  return readFileSync(path.join(folder, id), 'utf8');
}

test('the documents are copied once, with the groups, and changes outlive a restart', async () => {
  expect(readdirSync(folder).toSorted()).toEqual(['close.md', 'groups.yml', 'network']);
  await knowledge.write({ id: 'close.md', title: 'Month-end close', markdown: 'New.' });
  copyKnowledge(shipped, folder);
  expect((await knowledge.read('close.md'))?.markdown).toBe('New.');
  expect(readdirSync(path.dirname(folder))).toEqual(['knowledge']);
});

test('the list has every document with what its front matter says', async () => {
  expect(await knowledge.list()).toEqual([
    {
      id: 'close.md',
      system: 'markdown',
      title: 'Month-end close',
      url: 'https://wiki.example/it/close',
      updated: '2026-03-18',
      audience: ['finance', 'person:zeynep@x.example'],
      markdown: 'Install **Connect**.',
      isChanged: false,
      isInTrash: false,
    },
    {
      id: 'network/vpn.md',
      system: 'markdown',
      title: 'Set up the VPN',
      url: 'https://wiki.example/it/vpn',
      updated: '2026-03-18',
      audience: ['everyone'],
      markdown: 'Install **Connect**.',
      isChanged: false,
      isInTrash: false,
    },
  ]);
});

test.each([
  ['no front matter', 'Only words.', 'Only words.'],
  ['front matter that is no YAML', '---\ntitle: [\n---\n\nWords.', '---\ntitle: [\n---\n\nWords.'],
  [
    'front matter without a title',
    '---\nurl: https://a.example\n---\nWords.',
    '---\nurl: https://a.example\n---\nWords.',
  ],
])('a file with %s is listed under its name, with all its text', async (_, text, markdown) => {
  writeFileSync(path.join(folder, 'odd.md'), text);
  expect(await knowledge.read('odd.md')).toEqual({
    id: 'odd.md',
    system: 'markdown',
    title: 'odd.md',
    url: '',
    updated: '',
    audience: [],
    markdown,
    isChanged: true,
    isInTrash: false,
  });
});

test('writing changes title, text and date, and nothing else of the file', async () => {
  await knowledge.write({ id: 'network/vpn.md', title: 'Set up the VPN again', markdown: '\r\nInstall it.\r\n\r\n' });
  expect(fileOf('network/vpn.md')).toBe(`---
# asked every week
title: Set up the VPN again
url: https://wiki.example/it/vpn
audience: [everyone]
updated: "2026-07-01"
owner: nuno # stays
---

Install it.
`);
  expect(await knowledge.read('network/vpn.md')).toMatchObject({ title: 'Set up the VPN again', isChanged: true });
  expect(readdirSync(path.join(folder, 'network'))).toEqual(['vpn.md']);
});

test.each([
  'plain',
  'with: a colon and # a hash',
  '"quoted" and \'quoted\'',
  '- a dash',
  '[a list]',
  '{a: map}',
  '2026',
  'true',
  'null',
  '--- a: b',
  '<img src=x onerror=alert(1)>',
  'back\\slash \\n',
  '&anchor *alias !tag %percent @at `tick',
  'ünïcödé 🎉',
  `a ${'very '.repeat(50)}long title`,
])('a title is kept as text: %s', async (title) => {
  await knowledge.write({ id: 'close.md', title, markdown: 'Text.' });
  expect(await knowledge.read('close.md')).toMatchObject({ title, url: 'https://wiki.example/it/close' });
  const front = fileOf('close.md').split('---\n')[1] ?? '';
  expect((parse(front) as { title: unknown }).title).toBe(title);
});

test('a text with lines of dashes stays a text', async () => {
  const markdown = '---\ntitle: no\n---\n\nA rule above.';
  await knowledge.write({ id: 'close.md', title: 'Close', markdown });
  expect(await knowledge.read('close.md')).toMatchObject({ title: 'Close', markdown });
});

test.each([
  ['an empty title', { title: ' ' }, 'Give the article a title.'],
  ['a title of two lines', { title: 'a\nb: c' }, 'The title holds a character that cannot be shown.'],
  ['a title that is too long', { title: 'x'.repeat(301) }, 'The title is too long: keep it to 300 characters.'],
  ['an empty text', { markdown: '\n' }, 'The article is empty.'],
  ['a text that is too long', { markdown: 'ü'.repeat(100_001) }, 'The article is too long: keep it to 200 kB.'],
  ['a control character', { markdown: 'a\u0000b' }, 'The article holds a character that cannot be shown.'],
])('%s is refused and changes nothing', async (_, part, message) => {
  const change = { id: 'close.md', title: 'Close', markdown: 'Text.', ...part };
  await expect(knowledge.write(change)).rejects.toMatchObject({ status: 400, message });
  expect(fileOf('close.md')).toBe(close);
});

test.each([
  '../shipped/close.md',
  'network/../../shipped/close.md',
  '/etc/passwd',
  'network\\vpn.md',
  './close.md',
  'network//vpn.md',
  '.hidden.md',
  'groups.yml',
  'network',
  'close.md\u0000',
  'nothing.md',
])('an id that names no document is refused: %j', async (id) => {
  writeFileSync(path.join(folder, '.hidden.md'), vpn);
  expect(await knowledge.read(id)).toBeNull();
  await expect(knowledge.write({ id, title: 'T', markdown: 'M' })).rejects.toMatchObject({ status: 404 });
  await expect(knowledge.restore(id)).rejects.toMatchObject({ status: 404 });
});

test('a link that leads out of the folder is neither read nor written through', async () => {
  const outside = path.join(path.dirname(folder), 'outside.md');
  writeFileSync(outside, vpn);
  symlinkSync(outside, path.join(folder, 'link.md'));
  symlinkSync(path.dirname(folder), path.join(folder, 'up'));
  for (const id of ['link.md', 'up/outside.md']) {
    expect(await knowledge.read(id)).toBeNull();
    await expect(knowledge.write({ id, title: 'T', markdown: 'M' })).rejects.toMatchObject({ status: 404 });
  }
  expect(readFileSync(outside, 'utf8')).toBe(vpn);
  expect((await knowledge.list()).map(({ id }) => id)).toEqual(['close.md', 'network/vpn.md']);
});

test('restoring puts the file back byte by byte; what was not brought along cannot be restored', async () => {
  await knowledge.write({ id: 'close.md', title: 'Other', markdown: 'Other.' });
  await knowledge.restore('close.md');
  expect(fileOf('close.md')).toBe(close);
  expect((await knowledge.read('close.md'))?.isChanged).toBe(false);
  writeFileSync(path.join(folder, 'own.md'), vpn);
  await expect(knowledge.restore('own.md')).rejects.toMatchObject({ status: 404 });
});

test("the visitor's own folder is only read", async () => {
  const own = createKnowledge({ folder: shipped, shipped: null });
  expect(own.isOwn).toBe(true);
  expect(await own.read('close.md')).toMatchObject({ title: 'Month-end close', isChanged: false });
  await expect(own.write({ id: 'close.md', title: 'T', markdown: 'M' })).rejects.toMatchObject({ status: 403 });
  await expect(own.restore('close.md')).rejects.toMatchObject({ status: 403 });
  expect(readFileSync(path.join(shipped, 'close.md'), 'utf8')).toBe(close);
});

test('a folder that is not there has no documents', async () => {
  expect(await createKnowledge({ folder: '/nowhere', shipped: null }).list()).toEqual([]);
});

test('a document in the trash is hidden from who reads the folder, and comes back as it was', async () => {
  await knowledge.write({ id: 'network/vpn.md', title: 'Changed', markdown: 'Changed.' });
  const changed = fileOf('network/vpn.md');
  await knowledge.setInTrash('network/vpn.md', true);
  expect(readdirSync(path.join(folder, 'network'))).toEqual([]);
  expect(await knowledge.read('network/vpn.md')).toMatchObject({ title: 'Changed', isInTrash: true, isChanged: true });
  expect((await knowledge.list()).map(({ id, isInTrash }) => [id, isInTrash])).toEqual([
    ['close.md', false],
    ['network/vpn.md', true],
  ]);
  await expect(knowledge.write({ id: 'network/vpn.md', title: 'T', markdown: 'M' })).rejects.toMatchObject({
    status: 400,
  });
  await knowledge.setInTrash('network/vpn.md', true);
  await knowledge.setInTrash('network/vpn.md', false);
  expect(fileOf('network/vpn.md')).toBe(changed);
  expect((await knowledge.read('network/vpn.md'))?.isInTrash).toBe(false);
});

test.each(['../shipped/close.md', '/etc/passwd', 'nothing.md'])('nothing is thrown away by the id %j', async (id) => {
  await expect(knowledge.setInTrash(id, true)).rejects.toMatchObject({ status: 404 });
  await expect(knowledge.setInTrash(id, false)).rejects.toMatchObject({ status: 404 });
});

test('nothing of the visitor’s own folder is thrown away', async () => {
  const own = createKnowledge({ folder: shipped, shipped: null });
  await expect(own.setInTrash('close.md', true)).rejects.toMatchObject({ status: 403 });
  expect(fileOf('close.md')).toBe(close);
});

test('only the documents that are wished for are copied, and what is no document', async () => {
  const other = path.join(path.dirname(folder), 'other');
  copyKnowledge(shipped, other, (id) => id === 'close.md');
  expect((await createKnowledge({ folder: other, shipped }).list()).map(({ id }) => id)).toEqual(['close.md']);
  expect(readdirSync(other)).toContain('groups.yml');
});
