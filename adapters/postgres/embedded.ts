import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { SetupError } from '#errors.ts';

/** A running embedded Postgres. `host` is the folder of its unix socket, as `pg` takes it. */
export interface Embedded {
  readonly host: string;
  readonly port: number;
  /** With `dumpTo`, writes the whole database to that file first: tests start from it. */
  close(dumpTo?: string): Promise<void>;
}

/**
 * Starts an embedded Postgres: persistent in `folder`, or in memory (from `dump`, a file that `close` wrote).
 * @throws SetupError when another process has the folder open.
 */
export async function startEmbedded(where: { folder?: string; dump?: string }): Promise<Embedded> {
  const unlock = where.folder === undefined ? () => {} : await lockFolder(where.folder);
  // mkdtemp makes it 0700. PGlite accepts any password, so the folder's mode is what keeps others out.
  const host = fs.mkdtempSync(path.join(os.tmpdir(), 'firstline-'));
  const worker = new Worker(new URL('./embedded-worker.ts', import.meta.url), {
    workerData: { folder: where.folder ?? null, dump: where.dump ?? null, socket: path.join(host, '.s.PGSQL.5432') },
  });
  await answer(worker); // 'ready'

  async function close(dumpTo?: string): Promise<void> {
    const closed = answer(worker);
    worker.postMessage({ dumpTo: dumpTo ?? null });
    await closed;
    await worker.terminate();
    fs.rmSync(host, { recursive: true, force: true });
    unlock();
  }
  return { host, port: 5432, close };
}

function answer(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
  });
}

/**
 * One process per data folder: PGlite takes no lock of its own, and two openers corrupt the data.
 * The lock is a listening socket, so it dies with its owner; a file would survive a kill.
 */
async function lockFolder(folder: string): Promise<() => void> {
  try {
    fs.mkdirSync(folder, { recursive: true });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
    throw new SetupError(`The folder ${folder} cannot be made (${code}). Choose another FIRSTLINE_FOLDER.`, { cause });
  }
  const socket = path.join(folder, '..', `.${path.basename(folder)}.lock`);
  for (let attempt = 0; attempt < 2; attempt++) {
    const server = net.createServer((connection) => connection.end()).unref();
    const code = await listen(server, socket);
    if (code === null) return () => server.close();
    if (code !== 'EADDRINUSE') {
      throw new SetupError(
        `The database folder ${folder} cannot be locked (${code}). Choose another FIRSTLINE_FOLDER.`,
      );
    }
    if (await isAlive(socket)) {
      throw new SetupError(
        `The database in ${folder} is open in another process. Stop that one, choose another FIRSTLINE_FOLDER, or set DATABASE_URL to share a server.`,
      );
    }
    fs.rmSync(socket, { force: true }); // left by a killed process
  }
  throw new SetupError(`The database folder ${folder} cannot be locked. Choose another FIRSTLINE_FOLDER.`);
}

function listen(server: net.Server, socket: string): Promise<string | null> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    server.listen(socket, () => resolve(null));
  });
}

function isAlive(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = net.connect(socket, () => {
      connection.destroy();
      resolve(true);
    });
    connection.on('error', () => resolve(false));
  });
}
