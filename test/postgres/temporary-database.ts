import { randomUUID } from 'node:crypto';
import knexFactory, { type Knex } from 'knex';

/** A database of its own on the server that DATABASE_URL names, so that one in use is not touched. */
export interface TemporaryDatabase {
  readonly url: string;
  create(): Promise<void>;
  drop(): Promise<void>;
}

export function temporaryDatabase(): TemporaryDatabase {
  const server = process.env['DATABASE_URL'];
  if (server === undefined) throw new Error('DATABASE_URL is not set: run these tests with npm run test:postgres');
  const name = `firstline_test_${randomUUID().replaceAll('-', '')}`;
  const onServer = async (work: (knex: Knex) => Promise<unknown>) => {
    const knex = knexFactory({ client: 'pg', connection: server, pool: { min: 0, max: 1 } });
    try {
      await work(knex);
    } finally {
      await knex.destroy();
    }
  };
  return {
    url: server.replace(/\/[^/?]*(\?|$)/, `/${name}$1`),
    create: () => onServer((knex) => knex.raw('create database ??', [name])),
    drop: () => onServer((knex) => knex.raw('drop database if exists ?? with (force)', [name])),
  };
}
