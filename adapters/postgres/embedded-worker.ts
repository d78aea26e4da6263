import fs from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

/** Runs Postgres (PGlite) behind a unix socket, in a thread of its own: in the main thread its queries starve timers and sockets. */
const { folder, dump, socket } = workerData as { folder: string | null; dump: string | null; socket: string };
const db = await PGlite.create({
  ...(folder === null ? {} : { dataDir: folder }),
  ...(dump === null ? {} : { loadDataDir: new Blob([fs.readFileSync(dump)]) }),
  extensions: { vector, pg_trgm },
});
const server = new PGLiteSocketServer({ db, path: socket, maxConnections: 2 });
await server.start();

async function close(dumpTo: string | null): Promise<void> {
  await server.stop();
  if (dumpTo !== null) fs.writeFileSync(dumpTo, await (await db.dumpDataDir('none')).bytes());
  await db.close();
  parentPort?.postMessage('closed');
}

parentPort?.once('message', (message: { dumpTo: string | null }) => void close(message.dumpTo));
parentPort?.postMessage('ready');
