import type { Knex } from 'knex';

type Bindings = Readonly<Record<string, string | number | boolean | Date | null | readonly string[]>>;

/** The first row of a statement with named bindings (`:name`), or null. */
export async function firstRow<Row>(knex: Knex, statement: string, bindings: Bindings): Promise<Row | null> {
  const result: { rows: Row[] } = await knex.raw(statement, bindings as Knex.ValueDict);
  return result.rows[0] ?? null;
}
