import type { Knex } from 'knex';

/**
 * Documents of several sources: who may read one is a list of lists, each of which must name the reader; what of it was
 * not read; and what a source notes between two listings.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(audiences);
  await knex.raw(documents);
  await knex.raw(counts);
  await knex.raw(`
    create table source_note (             -- what a source remembers, to make its next listing cheap
      source text not null,
      key text not null,
      value jsonb not null,
      primary key (source, key)
    );
    create table source_fault (            -- what admins were told of, until it is mended
      source text primary key,
      fault text not null,
      since timestamptz not null
    );
    alter table sync_run
      add column dry boolean not null default false,
      add column listed int not null default 0,
      add column rights int not null default 0;
    alter table person add column bot boolean not null default false;
  `);
}

export async function down(): Promise<void> {
  throw new Error('There is no way back from this migration: restore the backup from before it.');
}

// Lists and audiences are never changed and never removed, so an id always means the same names, whoever has noted it.
// They are found by what they hold through hash indexes: a btree takes no entry as long as a list of many people.
// audience_list_name and audience_part hold the same once more, to get from what a reader is called to the lists that name it,
// and from lists that are met to audiences. Only the function writes, in transactions that hold indexed_total's lock.
const audiences = `
  create table audience_list (
    id int generated always as identity primary key,
    names text[] not null,               -- alternatives, sorted
    exclude using hash (names with =)
  );
  create table audience_list_name (
    name text not null,
    list_id int not null references audience_list,
    primary key (name, list_id)
  );
  create table audience (
    id int generated always as identity primary key,
    lists int[] not null,                -- audience_list.id, sorted: all must be met; none: nobody
    open boolean not null,               -- every employee may read
    exclude using hash (lists with =)
  );
  create table audience_part (
    list_id int not null references audience_list,
    audience_id int not null references audience,
    lists int not null,                  -- how many the audience has
    primary key (list_id, audience_id)
  );
  create function audience_id(wanted jsonb) returns int language plpgsql as $audience$
  declare
    list jsonb;
    sorted text[];
    known int;
    ids int[] := '{}';
  begin
    for list in select jsonb_array_elements(wanted) loop
      sorted := array(select distinct n collate "C" from jsonb_array_elements_text(list) n order by 1);
      select id into known from audience_list where names = sorted;
      if known is null then
        insert into audience_list (names) values (sorted) returning id into known;
        insert into audience_list_name (name, list_id) select n, known from unnest(sorted) n;
      end if;
      ids := ids || known;
    end loop;
    ids := array(select distinct i from unnest(ids) i order by i);
    select id into known from audience where lists = ids;
    if known is null then
      insert into audience (lists, open)
        select ids, count(*) > 0 and coalesce(bool_and('everyone' = any(names)), false)
        from audience_list where id = any(ids)
        returning id into known;
      insert into audience_part (list_id, audience_id, lists) select i, known, cardinality(ids) from unnest(ids) i;
    end if;
    return known;
  end
  $audience$;
`;

// Names of groups were one source's own; now they say whose. What a chunk's acl names is its audience.
const documents = `
  alter table document
    add column audience_id int references audience,
    add column gaps jsonb not null default '[]',
    add column complete boolean not null default true;
  update document d set audience_id = audience_id(case when d.audience = '{}' then '[]'::jsonb else jsonb_build_array((
    select jsonb_agg(case when n = 'everyone' or n like 'person:%' then n else 'group:' || d.source || '/' || n end)
    from unnest(d.audience) n
  )) end);
  alter table document alter column audience_id set not null, drop column audience;
  alter table chunk_index disable trigger user;
  update chunk_index i set acl = array[d.audience_id] from document d where d.id = i.document_id;
  alter table chunk_index enable trigger user;
  delete from indexed_audience;
  insert into indexed_audience (id, chunks) select id, count(*) from chunk_index, unnest(acl) id group by id;
  drop table audience_name;
`;

// A sweep of rights changes the audience of thousands of chunks whose words stay: only those are counted anew. The words
// of a chunk are replaced with the chunk; that they never change in place is made sure of by the columns, at no cost.
const counts = `
  drop trigger chunk_index_update_old on chunk_index;
  drop trigger chunk_index_update_new on chunk_index;
  create function fold_audiences() returns trigger language plpgsql as $fold$
  begin
    if not exists (select from after) then return null; end if;
    update indexed_total set chunks = chunks;
    insert into indexed_audience as t
      select c.id, sum(c.sign) from (
        select unnest(acl) as id, -1 as sign from before union all select unnest(acl), 1 from after
      ) c group by c.id having sum(c.sign) <> 0
      on conflict (id) do update set chunks = t.chunks + excluded.chunks;
    return null;
  end
  $fold$;
  create trigger chunk_index_update after update on chunk_index
    referencing old table as before new table as after for each statement execute function fold_audiences();
  create function words_stay() returns trigger language plpgsql as $stay$
  begin
    raise exception 'the words of a chunk are replaced with the chunk, never updated';
  end
  $stay$;
  create trigger chunk_index_words before update of chunk_id, len, span, tsv on chunk_index
    for each statement execute function words_stay();
`;
