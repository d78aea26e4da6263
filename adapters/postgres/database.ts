import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import knexFactory, { type Knex } from 'knex';
import type { Client } from 'pg';
import { PgBoss } from 'pg-boss';
import { SetupError } from '#errors.ts';
import { bossOn, createBossClient } from './boss-connection.ts';
import { startEmbedded } from './embedded.ts';

/** `url`: a Postgres server (15 or later). `folder`: embedded, kept there. Neither: embedded, in memory, from `dump` if given. */
export type DatabaseLocation = { readonly url: string } | { readonly folder?: string; readonly dump?: string };

export interface Database {
  readonly knex: Knex;
  readonly boss: PgBoss;
  readonly embedded: boolean;
  isUp(): Promise<boolean>;
  /** Stops the jobs and closes everything. `dumpTo` (embedded only): writes the whole database to that file. */
  close(dumpTo?: string): Promise<void>;
}

/** knex prints what it also throws; the one who catches it reports it. */
const quiet = { warn() {}, error() {}, debug() {}, deprecate() {} };

/** Any constant of our own: who holds it migrates. */
const migrationLock = 727_001;

/**
 * Opens the database and brings it to the newest migration. Two replicas may start together: one waits.
 * @throws SetupError with one sentence that names the setting to mend.
 */
export async function openDatabase(location: DatabaseLocation): Promise<Database> {
  const database = 'url' in location ? openServer(location.url) : await openEmbedded(location);
  try {
    await migrate(database);
    return database;
  } catch (error) {
    await database.close();
    throw 'url' in location ? serverProblem(location.url, error) : error;
  }
}

// Heartbeats and supervision as short as pg-boss allows: they bound how long a killed process holds up its jobs.
const bossOptions = {
  useListenNotify: true,
  superviseIntervalSeconds: 5,
  monitorIntervalSeconds: 5,
  application_name: 'firstline-jobs',
} as const;

function openServer(url: string): Database {
  const knex = knexFactory({
    client: 'pg',
    connection: { connectionString: url, application_name: 'firstline', options: '-c jit=off' },
    pool: { min: 0, max: 10 },
    log: quiet,
    compileSqlOnError: false, // else an error's text holds what was to be written, people's messages included
  });
  // pg-boss hands what it does not know on to pg's pool, which makes its clients with this one.
  const pool = { connectionString: url, max: 4, Client: createBossClient };
  const boss = new PgBoss({ ...pool, ...bossOptions });
  return { knex, boss, embedded: false, isUp: () => isUp(knex), close: () => closeAll(boss, knex) };
}

async function openEmbedded(location: { folder?: string; dump?: string }): Promise<Database> {
  const embedded = await startEmbedded(location);
  const notifications = new EventEmitter();
  const afterCreate = (connection: Client, done: (error: Error | null, connection: Client) => void) => {
    connection.on('notification', (message) => notifications.emit(message.channel, message.payload));
    done(null, connection);
  };
  // Exactly one connection: all clients of an embedded database share one session, so a second one
  // would see the first one's open transaction.
  const knex = knexFactory({
    client: 'pg',
    connection: { host: embedded.host, port: embedded.port, user: 'postgres', database: 'postgres' },
    pool: { min: 1, max: 1, afterCreate },
    log: quiet,
    compileSqlOnError: false, // else an error's text holds what was to be written, people's messages included
  });
  // pg-boss goes through the same connection, and NOTIFY comes back on it. pg-boss's own PGlite adapter
  // would put a job sent by one transaction into another.
  const listen = async (channel: string, on: (payload: string) => void, ready: () => void) => {
    notifications.on(channel, on);
    await knex.raw('listen ??', [channel]);
    ready();
    return { close: async () => void notifications.off(channel, on) };
  };
  const boss = new PgBoss({ db: { ...bossOn(knex), listen }, backend: 'pglite', ...bossOptions });
  const close = async (dumpTo?: string) => {
    await closeAll(boss, knex);
    await embedded.close(dumpTo);
  };
  return { knex, boss, embedded: true, isUp: () => isUp(knex), close };
}

async function isUp(knex: Knex): Promise<boolean> {
  return knex.raw('select 1').then(
    () => true,
    () => false,
  );
}

async function closeAll(boss: PgBoss, knex: Knex): Promise<void> {
  await boss.stop({ graceful: true, timeout: 10_000 }).catch(() => {}); // not started, or its connection is gone
  await knex.destroy();
}

/** knex's own migration lock makes a second replica throw; an advisory lock makes it wait. */
async function migrate({ knex, embedded }: Database): Promise<void> {
  const directory = fileURLToPath(new URL('../../migrations', import.meta.url));
  const run = async () => {
    await knex.migrate.latest({ directory, loadExtensions: ['.ts'] });
  };
  if (embedded) return run(); // alone by the folder's lock, and a second connection would be the same session
  const connection = (await knex.client.acquireConnection()) as Client;
  try {
    await connection.query('select pg_advisory_lock($1)', [migrationLock]);
    await run();
  } finally {
    await connection.query('select pg_advisory_unlock($1)', [migrationLock]).catch(() => {});
    await knex.client.releaseConnection(connection);
  }
}

/** What pg and the network say when DATABASE_URL is wrong, as one sentence without the password. */
function serverProblem(url: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : null;
  const cause = code === null ? null : connectionFaults.get(code);
  if (cause === undefined || cause === null) return error;
  return new SetupError(`DATABASE_URL (${withoutPassword(url)}) cannot be used: ${cause}`, { cause: error });
}

// https://www.postgresql.org/docs/15/errcodes-appendix.html and Node's system errors
const connectionFaults: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'no server answers there. Start it, or correct host and port.'],
  ['ENOTFOUND', 'the host name is unknown. Correct it.'],
  ['ETIMEDOUT', 'the server does not answer. Check host, port and firewall.'],
  ['EHOSTUNREACH', 'the host cannot be reached. Check the network.'],
  ['28P01', 'the password is wrong.'],
  ['28000', 'the user may not log in.'],
  ['3D000', 'the database does not exist. Create it with createdb.'],
  ['42501', 'the user may not create tables in it. Grant CREATE on the database and its schema public.'],
  ['ERR_INVALID_URL', 'it is not an address. It looks like postgres://user:password@host:5432/name.'],
]);

function withoutPassword(url: string): string {
  return url.replace(/\/\/([^:@/]*):[^@]*@/, '//$1:…@');
}
