import type { Knex } from 'knex';

/** What a ticket and its thread need to be brought up to each other: revisions, ledgers, phases; followers and lessons. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table turn
      add column author_name text,
      add column stage text not null default 'thread' check (stage in ('thread', 'triage')),
      add column revision int not null default 0,
      add column values jsonb,               -- what was entered in a form
      add column post_revision int,          -- without a post_ref: its post was taken away
      add column comment_id text,            -- the ticket's comment that shows the turn, or that it came from
      add column comment_revision int,
      add column change_order bigint,        -- of the last change by its author, as the platform counts
      add column mirrored_files jsonb not null default '{}',
      add column shared_files jsonb not null default '[]';
    update turn set post_revision = 0 where post_ref is not null;
    update turn set shared_files = (
      select jsonb_agg(jsonb_build_object('name', name, 'ref', null, 'mimeType', null, 'bytes', null) order by place)
      from unnest(files) with ordinality as file (name, place)
    ) where files <> '{}';
    alter table turn drop column files;
    alter table turn rename column shared_files to files;

    alter table ticket
      add column number int not null default 1,
      add column ticket_id text,             -- null until it is made, and of those from before this migration
      add column phase text not null default 'open' check (phase in ('open', 'resolved', 'closed', 'gone')),
      add column phase_at timestamptz,
      add column status text,                -- what was last read of it, with key and url
      add column assignee text,
      add column resolution text,
      add column read_at timestamptz,
      add column described text,
      add column continues text,
      add column triage_platform text,       -- where the card of this one is
      add column triage_address text,
      add column rating int,
      add column rating_comment text;
    update ticket set phase_at = opened_at;
    alter table ticket alter column phase_at set not null;
    -- What was passed on before has its comment, under a mark and a number that are not known: none has the number 0.
    update turn t set comment_id = '0', comment_revision = 0
    from ticket k join conversation c on c.id = k.conversation_id
    where t.conversation_id = k.conversation_id and k.key is not null and t.author in ('requester', 'colleague')
      and t.action is null and t.id > k.through_turn_id and t.id <= c.handled_through;
    do $waiting$ begin
      if to_regclass('pgboss.job') is not null then
        update turn set comment_id = null, comment_revision = null where comment_id = '0' and id in (
          select cast(unnest(string_to_array(data ->> 'turnIds', ' ')) as bigint) from pgboss.job
          where name = 'comment' and state in ('created', 'retry', 'active')
        );
      end if;
    end $waiting$;
    create index ticket_id on ticket (ticket_id) where ticket_id is not null;
    create index ticket_resolved on ticket (phase_at) where phase = 'resolved';
    create index ticket_read on ticket (coalesce(read_at, opened_at)) where phase = 'open' and key is not null;
    create index ticket_opened on ticket (opened_at);

    -- Whose the threads in the triage channel are, for good: also those of tickets before.
    create table triage_thread (
      platform text not null,
      address text not null,
      conversation_id bigint not null references conversation on delete cascade,
      primary key (platform, address)
    );
    create index triage_thread_conversation on triage_thread (conversation_id);

    create table follow (
      conversation_id bigint primary key references conversation on delete cascade,
      followed_id bigint not null references conversation on delete cascade,
      at timestamptz not null,
      check (conversation_id <> followed_id)
    );
    create index follow_followed on follow (followed_id, at);
    create index follow_at on follow (at);

    create table lesson (
      id bigint generated always as identity primary key,
      conversation_id bigint not null references conversation on delete cascade,
      ticket_id text not null unique,
      question text not null,
      answer text not null,
      url text not null,
      state text not null default 'proposed' check (state in ('proposed', 'approved', 'discarded')),
      changed_by text,
      changed_at timestamptz not null,
      revision int not null default 0
    );
    create index lesson_conversation on lesson (conversation_id, id);
    create index lesson_approved on lesson (id) where state = 'approved';
  `);
}

/** What was in the triage channel would stand in the thread for the version before, so it goes. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table lesson, follow, triage_thread;

    drop index ticket_id, ticket_resolved, ticket_read, ticket_opened;
    alter table ticket
      drop column number, drop column ticket_id, drop column phase, drop column phase_at, drop column status,
      drop column assignee, drop column resolution, drop column read_at, drop column described, drop column continues,
      drop column triage_platform, drop column triage_address, drop column rating, drop column rating_comment;

    delete from turn where stage = 'triage';
    update conversation c set handled_through = (
      select coalesce(max(t.id), 0) from turn t where t.conversation_id = c.id and t.id <= c.handled_through
    ) where handled_through > 0 and not exists (select from turn t where t.id = c.handled_through);

    alter table turn add column file_names text[] not null default '{}';
    update turn set file_names = array(
      select file ->> 'name' from jsonb_array_elements(files) with ordinality as shared (file, place) order by place
    ) where files <> '[]';
    alter table turn
      drop column files, drop column author_name, drop column stage, drop column revision, drop column values,
      drop column post_revision, drop column comment_id, drop column comment_revision, drop column change_order,
      drop column mirrored_files;
    alter table turn rename column file_names to files;
  `);
}
