import type { Knex } from 'knex';

/** What is needed to tell afterwards how a conversation went, and how the syncs of the documents did. */
export async function up(knex: Knex): Promise<void> {
  // BRIN: next to nothing to write, and enough to find the events of a conversation's time among many.
  await knex.raw(`
    alter table inbound_event
      add column message_id text,          -- the message that came or was changed
      add column turn_id bigint;           -- the turn of a click
    create index inbound_event_received on inbound_event using brin (received_at);

    alter table turn add column recorded_at timestamptz;                  -- null before this migration
    alter table turn alter column recorded_at set default now();

    alter table dead_job
      add column sent_at timestamptz,      -- null before this migration
      add column started_at timestamptz;

    create table sync_run (
      id bigint generated always as identity primary key,
      source text not null,
      state text not null default 'running' check (state in ('running', 'done', 'broken-off')),
      started_at timestamptz not null,
      ended_at timestamptz,
      to_read int not null default 0,
      done int not null default 0,
      added int not null default 0,
      changed int not null default 0,
      removed int not null default 0,
      kept int not null default 0,
      chunks int not null default 0,
      failed jsonb not null default '[]',
      warnings jsonb not null default '[]',
      error text
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table sync_run;
    alter table dead_job drop column sent_at, drop column started_at;
    alter table turn drop column recorded_at;
    drop index inbound_event_received;
    alter table inbound_event drop column message_id, drop column turn_id;
  `);
}
