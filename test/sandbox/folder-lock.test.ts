import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { lockFolder } from '../../sandbox/folder-lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'firstline-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a folder is one sandbox’s alone until it is given back', async () => {
  const unlock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow(`Another sandbox is running on the folder ${folder}.`);
  await unlock();
  await (await lockFolder(folder))();
});

test('of two that start at the same moment one has the folder, and the other is told so', async () => {
  const starts = await Promise.allSettled([lockFolder(folder), lockFolder(folder)]);
  expect(starts.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  for (const start of starts) {
    if (start.status === 'fulfilled') await start.value();
    else expect(String(start.reason)).toContain('Another sandbox is running');
  }
});

test('what a killed sandbox leaves behind locks nobody out', async () => {
  const source = `
    import { createServer } from 'node:net';
    createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'));`;
  const lock = path.join(folder, 'sandbox.lock');
  spawnSync(process.execPath, ['--input-type=module', '--eval', source, lock]);
  expect(existsSync(lock)).toBe(true);
  const unlock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toThrow('Another sandbox is running');
  await unlock();
});

test('the same folder by another name is the same folder', async () => {
  const unlock = await lockFolder(folder);
  const roundabout = path.join(folder, '..', path.basename(folder)) + path.sep;
  await expect(lockFolder(roundabout)).rejects.toThrow('Another sandbox is running');
  await unlock();
});

test('two folders are two', async () => {
  const locks = await Promise.all([lockFolder(path.join(folder, 'one')), lockFolder(path.join(folder, 'two'))]);
  await Promise.all(locks.map((unlock) => unlock()));
});

test('a folder with a very long name is locked as well', async () => {
  const deep = path.join(folder, 'x'.repeat(120));
  const unlock = await lockFolder(deep);
  await expect(lockFolder(deep)).rejects.toThrow('Another sandbox is running');
  await unlock();
});
