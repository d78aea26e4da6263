import type { Knex } from 'knex';
import type { Client, QueryResultRow } from 'pg';

/** Runs statements on one connection. `$1` parameters as Postgres has them; knex knows only `?`. */
export type Query = <Row extends QueryResultRow>(text: string, values: readonly unknown[]) => Promise<readonly Row[]>;

/** Lends `work` one connection of the pool; inside a transaction, that transaction's. */
export async function onConnection<T>(knex: Knex, work: (query: Query) => Promise<T>): Promise<T> {
  const connection: Client = await knex.client.acquireConnection();
  try {
    return await work(async (text, values) => (await connection.query({ text, values: [...values] })).rows);
  } finally {
    await knex.client.releaseConnection(connection);
  }
}
