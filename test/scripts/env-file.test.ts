import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const loader = fileURLToPath(new URL('../../scripts/env-file.js', import.meta.url));

/** What a program that prints its PORT and HOST writes, started in a folder with this `.env`, or without one. */
function started(envFile: string | null): { stdout: string; stderr: string } {
  const cwd = mkdtempSync(path.join(os.tmpdir(), 'firstline-env-'));
  if (envFile !== null) writeFileSync(path.join(cwd, '.env'), envFile);
  const program = 'console.log(process.env.PORT, process.env.HOST)';
  const args = ['--no-warnings', '--import', loader, '--eval', program];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd, env: { HOST: 'set' }, encoding: 'utf8' });
  rmSync(cwd, { recursive: true });
  return { stdout, stderr };
}

test('the settings in .env are taken over; those that are set already count more', () => {
  expect(started('PORT=8080 # the port\nHOST=other\n')).toEqual({ stdout: '8080 set\n', stderr: '' });
});

test('without .env not a word is said', () => {
  expect(started(null)).toEqual({ stdout: 'undefined set\n', stderr: '' });
});
