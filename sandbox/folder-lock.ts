import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SandboxFault } from './fault.ts';

/** A socket's path has room for about a hundred characters, less than some folders' names. */
const longestPath = 100;

/**
 * Takes the folder for this process alone, and makes it if it is not there. The lock is a listening socket, so it ends
 * with its owner, however that ends.
 *
 * @returns what gives it back.
 * @throws SandboxFault when another sandbox has it.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  mkdirSync(folder, { recursive: true });
  const address = addressOf(realpathSync(folder));
  const server = (await listenAt(address)) ?? (await takeOver(address));
  if (server === null) {
    throw new SandboxFault(
      `Another sandbox is running on the folder ${folder}. Stop it, or set FIRSTLINE_FOLDER, PORT and SANDBOX_PORT to run two side by side.`,
    );
  }
  server.unref();
  return () => new Promise((resolve) => server.close(() => resolve()));
}

/** Null when there is a lock. It is tried before it is looked at: of two that start at once, one gets it. */
function listenAt(address: string): Promise<Server | null> {
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    );
    server.listen(address, () => resolve(server));
  });
}

/** Takes the lock that a killed sandbox has left; null when its owner lives. */
async function takeOver(address: string): Promise<Server | null> {
  if (await answers(address)) return null;
  if (process.platform !== 'win32') rmSync(address, { force: true });
  return listenAt(address);
}

function addressOf(folder: string): string {
  const name = `firstline-${createHash('sha256').update(folder).digest('hex').slice(0, 20)}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  const inside = path.join(folder, 'sandbox.lock');
  return inside.length < longestPath ? inside : path.join(tmpdir(), `${name}.lock`);
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
