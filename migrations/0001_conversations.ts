import type { Knex } from 'knex';

/** Conversations, what came in, and the tickets that belong to them. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table inbound_event (
      id text primary key,                 -- the vendor's own id: a redelivery changes nothing
      received_at timestamptz not null default now()
    );
    create table conversation (
      id bigint generated always as identity primary key,
      name uuid not null default gen_random_uuid() unique,
      platform text not null,
      address text not null,
      place text not null check (place in ('direct', 'channel', 'shared')),
      requester_ref text not null,
      handled_through bigint not null default 0,
      version int not null default 0,
      created_at timestamptz not null default now(),
      unique (platform, address)
    );
    create table turn (
      id bigint generated always as identity primary key,
      conversation_id bigint not null references conversation on delete cascade,
      author text not null check (author in ('requester', 'colleague', 'bot', 'agent')),
      person_ref text,
      message_id text unique,              -- the platform's: one message, however many events carry it
      text text not null,
      at timestamptz not null,
      action text,
      about_turn_id bigint references turn on delete cascade,
      addressed boolean not null default false,
      withdrawn boolean not null default false,
      files text[] not null default '{}',
      decision jsonb,
      post_ref text,
      once text,                           -- news that is told once a conversation
      unique (conversation_id, once)
    );
    create index turn_conversation on turn (conversation_id, id);
    create table ticket (
      conversation_id bigint primary key references conversation on delete cascade,
      reason text not null,
      through_turn_id bigint not null,
      opened_at timestamptz not null,
      tried_at timestamptz,
      key text,
      url text
    );
    create table person (
      ref text primary key,
      name text not null,
      email text,
      outsider boolean not null,
      fetched_at timestamptz not null
    );
    create table dead_job (
      id uuid primary key,
      name text not null,
      key text not null,
      data jsonb not null,
      tries int not null,
      error text not null,
      died_at timestamptz not null default now()
    );
  `);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table dead_job, person, ticket, turn, conversation, inbound_event');
}
