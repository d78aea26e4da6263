import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

/**
 * Runs a command with DATABASE_URL set to a Postgres server of its own, made in a temporary folder and removed
 * afterwards: `node scripts/with-postgres.ts COMMAND [ARGUMENT…]`. A DATABASE_URL that is set already is used as it is.
 */
const [command, ...args] = process.argv.slice(2);
if (command === undefined) fail('Usage: node scripts/with-postgres.ts COMMAND [ARGUMENT…]');
process.exitCode =
  process.env['DATABASE_URL'] === undefined ? await withServer() : await run(process.env['DATABASE_URL']);

async function withServer(): Promise<number> {
  const bin = findBinaries();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'firstline-postgres-'));
  const port = await freePort();
  // A server refuses to run as root; Debian's package brings the user "postgres".
  const owner = process.getuid?.() === 0 ? ids('postgres') : null;
  if (owner !== null) chownSync(folder, owner.uid, owner.gid);
  chmodSync(folder, 0o700);
  const data = path.join(folder, 'data');
  const options = { ...owner, cwd: folder, stdio: 'pipe' } as const;
  execFileSync(
    path.join(bin, 'initdb'),
    ['-D', data, '-U', 'firstline', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8'],
    options,
  );
  const settings = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c shared_buffers=2GB -c max_wal_size=8GB`;
  execFileSync(path.join(bin, 'pg_ctl'), ['-D', data, '-o', settings, '-l', path.join(folder, 'log'), '-w', 'start'], {
    ...options,
    stdio: 'ignore', // the server inherits a pipe and would keep it open
  });
  try {
    return await run(`postgres://firstline@127.0.0.1:${port}/postgres`);
  } finally {
    execFileSync(path.join(bin, 'pg_ctl'), ['-D', data, '-m', 'immediate', 'stop'], options);
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(url: string): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command ?? '', args, { stdio: 'inherit', env: { ...process.env, DATABASE_URL: url } });
    // The child gets the terminal's signals itself; the server is stopped when it has ended.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
    child.once('error', (error) => fail(`${command} cannot be run: ${error.message}`));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

function findBinaries(): string {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => path.join(root, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(':'),
  ];
  const found = folders.find(
    (folder) => existsSync(path.join(folder, 'pg_ctl')) && existsSync(path.join(folder, 'initdb')),
  );
  return found ?? fail('This needs a Postgres server (15 or later): apt-get install postgresql, or set DATABASE_URL.');
}

function ids(user: string): { uid: number; gid: number } {
  const id = (flag: string) => Number(spawnSync('id', [flag, user], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

function fail(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
