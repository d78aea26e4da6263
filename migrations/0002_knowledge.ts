import type { Knex } from 'knex';

/**
 * Documents, their chunks, and what ranking needs: a narrow table with one tsvector a chunk, and how many chunks
 * hold each lexeme and each name of an audience. Statement triggers keep those counts, so that no path, cascaded
 * deletes included, can forget them.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(documents);
  await knex.raw(index);
  await knex.raw(counts);
  await knex.raw(spelling);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    drop table indexed_word, indexed_lexeme, indexed_audience, indexed_total, chunk_index, chunk, document,
      audience_name, group_member;
    drop function fold_counts;
    drop function one_letter_less;
  `);
}

const documents = `
  create extension if not exists pg_trgm;
  create table document (
    id bigint generated always as identity primary key,
    source text not null,
    ref text not null,                   -- the source's own id
    title text not null,
    url text not null,
    revision text not null,
    updated_at timestamptz,
    audience text[] not null,
    unique (source, ref)
  );
  create table chunk (
    id bigint generated always as identity primary key,
    document_id bigint not null references document on delete cascade,
    ordinal int not null,
    headings text[] not null,
    text text not null,
    unique (document_id, ordinal)
  );
  create table group_member (
    source text not null,
    name text not null,
    email text not null,                 -- lower case
    primary key (source, name, email)
  );
  create index group_member_email on group_member (email);
  create table audience_name (           -- small numbers for the names in audiences
    id int generated always as identity primary key,
    name text not null unique
  );
`;

// toast_tuple_target keeps the tsvector in the row: ranking then detoasts nothing.
// fastupdate = off: a pending list would make every search after a sync slow.
const index = `
  create table chunk_index (
    chunk_id bigint primary key references chunk on delete cascade,
    document_id bigint not null references document on delete cascade,
    acl int[] not null,                  -- audience_name.id of those who may read
    len int not null,                    -- tokens of tsv, without stop words
    span int not null,                   -- positions up to here are title, headings, text; behind: title and headings twice more
    tsv tsvector not null
  ) with (toast_tuple_target = 8160);
  create index chunk_index_document on chunk_index (document_id);
  create index chunk_index_tsv on chunk_index using gin (tsv) with (fastupdate = off);
  create index chunk_index_acl on chunk_index using gin (acl) with (fastupdate = off);
`;

// The update of the one row of indexed_total comes first: its lock makes writers queue instead of deadlock.
const counts = `
  create table indexed_lexeme (lexeme text primary key, chunks int not null);
  create table indexed_audience (id int primary key, chunks int not null);
  create table indexed_total (chunks bigint not null, len bigint not null, language text);
  insert into indexed_total values (0, 0, null);
  create function fold_counts() returns trigger language plpgsql as $fold$
  declare
    sign int := tg_argv[0];
  begin
    update indexed_total as t set chunks = t.chunks + sign * d.chunks, len = t.len + sign * d.len
      from (select count(*) as chunks, coalesce(sum(b.len), 0) as len from batch b) d;
    insert into indexed_lexeme as t
      select u.lexeme, sign * count(*) from batch b, unnest(b.tsv) u group by u.lexeme
      on conflict (lexeme) do update set chunks = t.chunks + excluded.chunks;
    insert into indexed_audience as a
      select u.id, sign * count(*) from batch b, unnest(b.acl) u(id) group by u.id
      on conflict (id) do update set chunks = a.chunks + excluded.chunks;
    return null;
  end
  $fold$;
  create trigger chunk_index_insert after insert on chunk_index
    referencing new table as batch for each statement execute function fold_counts('1');
  create trigger chunk_index_delete after delete on chunk_index
    referencing old table as batch for each statement execute function fold_counts('-1');
  create trigger chunk_index_update_old after update on chunk_index
    referencing old table as batch for each statement execute function fold_counts('-1');
  create trigger chunk_index_update_new after update on chunk_index
    referencing new table as batch for each statement execute function fold_counts('1');
`;

// A word is only ever added here. Whether it is still in use follows from its lexeme's count, which is exact.
// Two words that are one edit apart share an entry of one_letter_less: the index finds all of them, also for short
// words and swapped letters, which trigrams miss. Trigrams find what is two edits apart.
const spelling = `
  create table indexed_word (
    word text primary key,
    lexeme text not null                 -- '' for a stop word
  );
  create function one_letter_less(word text) returns text[] language sql immutable parallel safe as $less$
    select array_agg(overlay(word placing '' from i for 1)) || word from generate_series(1, length(word)) i
  $less$;
  create index indexed_word_trigram on indexed_word using gin (word gin_trgm_ops);
  create index indexed_word_less on indexed_word using gin (one_letter_less(word));
  create index indexed_word_lexeme on indexed_word (lexeme);
`;
