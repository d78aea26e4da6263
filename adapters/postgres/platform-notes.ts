import type { Knex } from 'knex';
import type { Address } from '#domain/conversation.ts';
import type { PlatformNotes } from '#chat-ports.ts';
import { allRows, firstRow } from './first-row.ts';
import { jsonOf } from './stored-text.ts';

const findNote = 'select value from platform_note where platform = :platform and key = :key';

const saveNote = `
  insert into platform_note (platform, key, value) values (:platform, :key, cast(:value as jsonb))
  on conflict (platform, key) do update set value = excluded.value, updated_at = now()`;

const removeNote = 'delete from platform_note where platform = :platform and key = :key';

/** What a chat platform remembers, in Postgres. What was never noted is found as null. */
export function createPlatformNotes(knex: Knex, platform: Address['platform']): PlatformNotes {
  return {
    async find(key) {
      return (await firstRow<{ value: unknown }>(knex, findNote, { platform, key }))?.value ?? null;
    },
    async save(key, value) {
      await allRows(knex, saveNote, { platform, key, value: jsonOf(value) });
    },
    async remove(key) {
      await allRows(knex, removeNote, { platform, key });
    },
  };
}
