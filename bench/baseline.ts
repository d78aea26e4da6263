import type { Knex } from 'knex';
import { onConnection } from '../adapters/postgres/connection.ts';

/** What one gets from Postgres without further thought: any of the words, ranked by `ts_rank_cd`. */
export async function createTable(knex: Knex): Promise<void> {
  await knex.raw(`create table plain (id text primary key, tsv tsvector not null)`);
}

export async function insert(knex: Knex, document: { id: string; title: string; text: string }): Promise<void> {
  await onConnection(knex, (query) =>
    query(`insert into plain (id, tsv) values ($1, to_tsvector('english', $2))`, [
      document.id,
      `${document.title} ${document.text}`.replaceAll('\0', ''),
    ]),
  );
}

export async function createIndex(knex: Knex): Promise<void> {
  await knex.raw('create index plain_tsv on plain using gin (tsv)');
}

/** Ids of the ten best documents. */
export async function search(knex: Knex, text: string): Promise<readonly string[]> {
  const rows = await onConnection(knex, (query) =>
    query<{ id: string }>(
      `select p.id from plain p, (select replace(plainto_tsquery('english', $1)::text, '&', '|')::tsquery as any) q
       where p.tsv @@ q.any
       order by ts_rank_cd(p.tsv, q.any) desc, p.id limit 10`,
      [text],
    ),
  );
  return rows.map(({ id }) => id);
}

/** The same query over the chunks of the product, and as many rows as it returns. */
export async function searchChunks(knex: Knex, text: string, acl: readonly number[]): Promise<readonly string[]> {
  const rows = await onConnection(knex, (query) =>
    query<{ id: string }>(
      `select i.chunk_id as id, c.text
       from chunk_index i join chunk c on c.id = i.chunk_id,
         (select replace(plainto_tsquery('english', $1)::text, '&', '|')::tsquery as any) q
       where i.tsv @@ q.any and i.acl && $2::int[]
       order by ts_rank_cd(i.tsv, q.any) desc, i.chunk_id limit 20`,
      [text, acl],
    ),
  );
  return rows.map(({ id }) => id);
}
