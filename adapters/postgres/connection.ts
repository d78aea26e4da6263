import type { Knex } from 'knex';
import type { Client, QueryResultRow } from 'pg';

/**
 * Runs statements on one connection. `$1` parameters as Postgres has them; knex knows only `?`.
 *
 * `planned: 'once'` keeps the plan on the connection: for short statements planning is the greater part of their cost.
 * `'each time'`, the default, is for those whose best plan depends on the values.
 */
export type Query = <Row extends QueryResultRow>(
  text: string,
  values: readonly unknown[],
  options?: { readonly planned: 'once' | 'each time' },
) => Promise<readonly Row[]>;

/** Lends `work` one connection of the pool; inside a transaction, that transaction's. */
export async function onConnection<T>(knex: Knex, work: (query: Query) => Promise<T>): Promise<T> {
  const connection: Client = await knex.client.acquireConnection();
  try {
    return await work(async (text, values, options) => {
      const name = options?.planned === 'once' ? { name: plannedName(connection, text) } : {};
      return (await connection.query({ ...name, text, values: [...values] })).rows;
    });
  } finally {
    await knex.client.releaseConnection(connection);
  }
}

const numbers = new Map<string, number>();
const connections = new WeakMap<object, { readonly number: number; runs: number; planAgainAt: number }>();
let opened = 0;

/**
 * The name under which the connection keeps the plan of a statement: to be sent at once. It holds the connection's
 * number, because connections to an embedded database that follow each other are one session, which has the names of
 * the one before. The texts are constants of the program, so there are never many.
 *
 * Plans are made anew when four times as many statements have run: on tables that were empty at first they read
 * everything, and Postgres itself would mend that only after its next analysis.
 */
export function plannedName(connection: Pick<Client, 'query'>, text: string): string {
  const known = connections.get(connection) ?? { number: ++opened, runs: 0, planAgainAt: 16 };
  connections.set(connection, known);
  known.runs += 1;
  if (known.runs >= known.planAgainAt) {
    known.planAgainAt *= 4;
    connection.query('discard plans').catch(() => {}); // the statement behind it fails as well, and is heard
  }
  const number = numbers.get(text) ?? numbers.size + 1;
  numbers.set(text, number);
  return `firstline_${known.number}_${number}`;
}
