import { randomUUID } from 'node:crypto';
import knexFactory from 'knex';
import { storeContract } from '../contracts/store.ts';
import { openDatabase } from '../../adapters/postgres/database.ts';

const server = process.env['DATABASE_URL'] ?? '';

/** A database of its own for each run on the server, so that a server in use is not touched. */
const name = `firstline_test_${randomUUID().replaceAll('-', '')}`;
const url = server.replace(/\/[^/?]*(\?|$)/, `/${name}$1`);
const admin = knexFactory({ client: 'pg', connection: server, pool: { min: 0, max: 1 } });

beforeAll(async () => {
  if (server === '') throw new Error('DATABASE_URL is not set: run these tests with npm run test:postgres');
  await admin.raw('create database ??', [name]);
});
afterAll(async () => {
  await admin.raw('drop database if exists ?? with (force)', [name]);
  await admin.destroy();
});

describe('starting together', () => {
  test('four replicas that start at the same time on an empty database all start', async () => {
    const replicas = await Promise.all([1, 2, 3, 4].map(() => openDatabase({ url })));
    const up = await Promise.all(replicas.map((replica) => replica.isUp()));
    await Promise.all(replicas.map((replica) => replica.close()));
    expect(up).toEqual([true, true, true, true]);
  });
});

describe('a Postgres server', () => {
  storeContract(() => ({ url }));
});
