import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { connect, createServer } from 'node:net';
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
  if (await answers(address)) {
    throw new SandboxFault(
      `Another sandbox is running on the folder ${folder}. Stop it, or set FIRSTLINE_FOLDER, PORT and SANDBOX_PORT to run two side by side.`,
    );
  }
  // nobody is there: what is left of one that was killed
  if (process.platform !== 'win32') rmSync(address, { force: true });
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  });
  server.unref();
  return () => new Promise((resolve) => server.close(() => resolve()));
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
