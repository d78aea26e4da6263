import type { Knex } from 'knex';

/** What a platform without threads needs, and one that has something to remember; and whose requests are whose. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table conversation add column chat text;   -- where the platform has no threads: the place, which has many
    create index conversation_requester on conversation (requester_ref);

    -- The conversation's once more: so the latest of a place is found, however many conversations it has.
    alter table turn add column chat text;
    create index turn_chat on turn (chat, id) where chat is not null and stage = 'thread';

    -- Bytes in their order, so that the beginning of a ref is a range.
    create index turn_post on turn (post_ref collate "C") where post_ref is not null;

    create index person_email on person (lower(email)) where email is not null;

    create table platform_note (           -- what a chat platform remembers: where it is installed, how a place is reached
      platform text not null,
      key text not null,
      value jsonb not null,
      updated_at timestamptz not null default now(),
      primary key (platform, key)
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table platform_note;
    drop index person_email, turn_post, turn_chat, conversation_requester;
    alter table turn drop column chat;
    alter table conversation drop column chat;
  `);
}
