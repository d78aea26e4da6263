import type { Knex } from 'knex';
import type { SourceMemory } from '#knowledge-ports.ts';
import { onConnection } from './connection.ts';
import { jsonOf } from './stored-text.ts';

/** $1 source. */
const load = 'select key, value from source_note where source = $1';

/** $1 source, $2 notes as a JSON object. */
const save = `
  with given as (
    select key, value from jsonb_each($2::jsonb)
  ), gone as (
    delete from source_note where source = $1 and key in (select key from given where value = 'null')
  )
  insert into source_note (source, key, value) select $1, key, value from given where value <> 'null'
  on conflict (source, key) do update set value = excluded.value
`;

/** What sources note between two listings, in Postgres. Its statements are planned each time: there are ten notes, or ten thousand. */
export function createSourceMemory(knex: Knex): SourceMemory {
  return {
    async load(source) {
      const rows = await onConnection(knex, (query) => query<{ key: string; value: unknown }>(load, [source]));
      return new Map(rows.map(({ key, value }) => [key, value]));
    },
    async save(source, entries) {
      if (entries.size === 0) return;
      await onConnection(knex, (query) => query(save, [source, jsonOf(Object.fromEntries(entries))]));
    },
  };
}
