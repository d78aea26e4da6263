import type { Readers } from '#domain/knowledge.ts';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Database, openDatabase } from '../../adapters/postgres/database.ts';
import { createKnowledge } from '../../adapters/postgres/knowledge.ts';
import { createMarkdownFolder } from '../../knowledge-sync/markdown/index.ts';
import { syncSource } from '../../knowledge-sync/sync.ts';

let database: Database;
let folder: string;

beforeAll(async () => {
  database = await openDatabase({ dump: process.env.TEST_DUMP ?? '' });
});
afterAll(() => database.close());
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'firstline-sync-'));
});
afterEach(async () => {
  fs.rmSync(folder, { recursive: true });
  await database.knex.raw('delete from document');
});

const knowledge = () => createKnowledge({ knex: database.knex, language: 'english' });
const log = { debug() {}, info() {}, warn() {}, error() {} };

function write(id: string, { title = id, audience = 'everyone', text = 'Restart the router.' } = {}): void {
  const content = `---\ntitle: ${title}\nurl: https://wiki.example/${id}\naudience: ${audience}\n---\n${text}\n`;
  fs.mkdirSync(path.dirname(path.join(folder, id)), { recursive: true });
  fs.writeFileSync(path.join(folder, id), content);
}

/** A folder as the program sees it at each of its syncs. */
function syncs() {
  const source = createMarkdownFolder({ folder, clock: () => new Date() });
  return async () => {
    const report = await syncSource({ source, knowledge: knowledge(), log, clock: () => new Date() });
    const { added, changed, removed, kept, failed, warnings, brokenOff } = report;
    return { added, changed, removed, kept, failed, warnings, brokenOff };
  };
}
const quiet = { added: 0, changed: 0, removed: 0, kept: 0, failed: [], warnings: [], brokenOff: null };

/** Ids of the documents found, and the headings and text of the best passage. */
async function found(text: string, readers: Readers = { kind: 'everyone' }) {
  const { passages } = await knowledge().search({ text, readers, limit: 10 });
  return passages.map(({ documentId, headings, text: passage }) => ({ documentId, headings, passage }));
}

test('changed, renamed and deleted files are right after one sync', async () => {
  for (const id of ['vpn.md', 'mail.md', 'old/printer.md', 'wifi.md']) write(id, { text: `# How\n\nRestart ${id}.` });
  const sync = syncs();
  expect(await sync()).toEqual({ ...quiet, added: 4 });
  expect(await sync()).toEqual({ ...quiet, kept: 4 });

  write('vpn.md', { text: '## At home\n\nUnplug the gateway.' });
  fs.mkdirSync(path.join(folder, 'new'));
  fs.renameSync(path.join(folder, 'old/printer.md'), path.join(folder, 'new/printer.md'));
  fs.rmSync(path.join(folder, 'mail.md'));
  expect(await sync()).toEqual({ ...quiet, added: 1, changed: 1, removed: 2, kept: 1 });

  expect(await found('restart')).toEqual(
    expect.arrayContaining([
      { documentId: 'wifi.md', headings: ['How'], passage: 'Restart wifi.md.' },
      { documentId: 'new/printer.md', headings: ['How'], passage: 'Restart old/printer.md.' },
    ]),
  );
  expect(await found('restart')).toHaveLength(2);
  expect(await found('gateway')).toEqual([
    { documentId: 'vpn.md', headings: ['At home'], passage: 'Unplug the gateway.' },
  ]);
  expect(await sync()).toEqual({ ...quiet, kept: 3 });
});

test('files that cannot be read are reported by name, the rest syncs, and what was stored of them stays', async () => {
  for (const id of ['good.md', 'latin.md', 'huge.md', 'untitled.md']) write(id);
  const sync = syncs();
  await sync();

  fs.writeFileSync(path.join(folder, 'latin.md'), Uint8Array.of(0x63, 0x61, 0x66, 0xe9));
  fs.truncateSync(path.join(folder, 'huge.md'), 50_000_000);
  write('untitled.md', { title: '' });
  fs.writeFileSync(path.join(folder, 'untitled.md'), '---\nurl: https://wiki.example\n---\nRestart.');
  write('good.md', { text: 'Restart the modem.' });
  const failed = [
    { id: 'huge.md', reason: 'is too large: it has 50.0 MB, and at most 5.0 MB are read.' },
    { id: 'latin.md', reason: 'is not UTF-8: save it again with the encoding UTF-8.' },
    { id: 'untitled.md', reason: 'has no title: add a line `title: …` to its front matter.' },
  ];
  expect(await sync()).toEqual({ ...quiet, changed: 1, failed });
  expect((await found('restart')).map(({ documentId }) => documentId).toSorted()).toEqual([
    'good.md',
    'huge.md',
    'latin.md',
    'untitled.md',
  ]);
  expect(await sync()).toEqual({ ...quiet, kept: 1, failed });
});

test('a restricted document is found by the members of its group only, and membership follows groups.yml', async () => {
  write('salaries.md', {
    audience: '[people-team, "person:eve@firm.example"]',
    text: 'Salaries are paid on the 25th.',
  });
  write('draft.md', { audience: '[]', text: 'Salaries will be paid in gold.' });
  fs.writeFileSync(path.join(folder, 'groups.yml'), 'people-team: [Ann@firm.example]');
  const sync = syncs();
  expect(await sync()).toEqual({
    ...quiet,
    added: 2,
    warnings: [{ id: 'draft.md', reason: 'names no audience, so nobody may read it.' }],
  });

  const idsFor = async (...emails: readonly string[]) =>
    (await found('salaries paid', { kind: 'people', emails })).map(({ documentId }) => documentId);
  expect((await found('salaries paid')).length).toBe(0);
  expect(await idsFor('bob@firm.example')).toEqual([]);
  expect(await idsFor('ann@firm.example')).toEqual(['salaries.md']);
  expect(await idsFor('eve@firm.example')).toEqual(['salaries.md']);

  fs.writeFileSync(path.join(folder, 'groups.yml'), 'people-team: [');
  const { failed, kept } = await sync();
  expect({ failed: failed.map(({ id }) => id), kept }).toEqual({ failed: ['groups'], kept: 2 });
  expect(await idsFor('ann@firm.example')).toEqual(['salaries.md']);

  fs.rmSync(path.join(folder, 'groups.yml'));
  await sync();
  expect(await idsFor('ann@firm.example')).toEqual([]);
});

test('a folder that is away for a while takes nothing with it', async () => {
  write('vpn.md');
  const sync = syncs();
  await sync();
  fs.renameSync(folder, `${folder}-away`);
  const { removed, brokenOff } = await sync();
  expect({ removed, message: brokenOff?.message }).toEqual({
    removed: 0,
    message: `The folder ${folder} does not exist.`,
  });
  fs.renameSync(`${folder}-away`, folder);
  expect(await sync()).toEqual({ ...quiet, kept: 1 });
  expect(await found('router')).toHaveLength(1);
});
