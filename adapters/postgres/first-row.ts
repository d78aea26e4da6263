import type { Knex } from 'knex';
import { onConnection } from './connection.ts';

type Bindings = Readonly<Record<string, string | number | boolean | Date | null | readonly string[]>>;

/** The first row of a statement with named bindings (`:name`), or null. */
export async function firstRow<Row extends object>(
  knex: Knex,
  statement: string,
  bindings: Bindings,
): Promise<Row | null> {
  const [row] = await allRows<Row>(knex, statement, bindings);
  return row ?? null;
}

/** All rows of a statement with named bindings. It is planned once, so it is one whose plan suits all values. */
export async function allRows<Row extends object>(
  knex: Knex,
  statement: string,
  bindings: Bindings,
): Promise<readonly Row[]> {
  const { text, names } = withNumbers(statement);
  const values = names.map((name) => bindings[name]);
  return onConnection(knex, (query) => query<Row>(text, values, { planned: 'once' }));
}

interface Numbered {
  readonly text: string;
  readonly names: readonly string[];
}
const known = new Map<string, Numbered>();

/** `:name` as `$1` and so on. Each occurrence has a number of its own, so that Postgres sees its type from its place. */
function withNumbers(statement: string): Numbered {
  const before = known.get(statement);
  if (before !== undefined) return before;
  const names: string[] = [];
  const text = statement.replace(/(?<!:):([a-z]\w*)/gi, (_, name: string) => `$${names.push(name)}`);
  const numbered = { text, names };
  known.set(statement, numbered);
  return numbered;
}
