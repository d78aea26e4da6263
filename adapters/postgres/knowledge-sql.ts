import { matchesOf } from './search-sql.ts';

/**
 * Writers queue here before they touch anything else, so that they do not lock each other out. A statement of its own:
 * what comes next must see what the writer before has done.
 */
export const queueWriters = 'select from indexed_total for update';

/** Makes room for a document: $1 source, $2 its id there, $3 names of the audience. */
export const clear = `
  with named as (
    insert into audience_name (name) select unnest($3::text[]) on conflict do nothing
  ), gone as (
    select c.id from document d join chunk c on c.document_id = d.id where d.source = $1 and d.ref = $2
  ), unindexed as (
    delete from chunk_index where chunk_id in (select id from gone)
  )
  delete from chunk where id in (select id from gone)
`;

/**
 * Writes a document, its chunks, their index and their words: $1 source, $2 its id there, $3 title, $4 url,
 * $5 revision, $6 updated at, $7 names of the audience, $8 chunks as JSON, $9 text search configuration.
 *
 * The words of title and headings are indexed three times, twice of it behind everything else, so that the positions before `span`
 * are those of title + headings + text.
 */
export const store = `
  with stored as (
    insert into document (source, ref, title, url, revision, updated_at, audience)
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (source, ref) do update set title = excluded.title, url = excluded.url, revision = excluded.revision,
      updated_at = excluded.updated_at, audience = excluded.audience
    returning id
  ), given as (
    select g.*, to_tsvector($9::text::regconfig, g.head || ' ' || g.body) as once, to_tsvector($9::text::regconfig, g.head || ' ' || g.head) as again
    from jsonb_to_recordset($8::jsonb) g(ordinal int, headings text[], text text, head text, body text, words text[])
  ), written as (
    insert into chunk (document_id, ordinal, headings, text)
    select s.id, g.ordinal, g.headings, g.text from stored s, given g
    returning id, document_id, ordinal
  ), indexed as (
    insert into chunk_index (chunk_id, document_id, acl, len, span, tsv)
    select w.id, w.document_id,
      array(select n.id from audience_name n where n.name = any($7::text[])),
      (select coalesce(sum(cardinality(u.positions)), 0) from unnest(g.once || g.again) u),
      (select coalesce(max(p), 0) from unnest(g.once) u, unnest(u.positions) p),
      g.once || g.again
    from written w join given g using (ordinal)
  )
  insert into indexed_word (word, lexeme)
  select distinct on (w.word) w.word, coalesce(u.lexeme, '')
  from given g, unnest(g.words) w(word) left join lateral unnest(to_tsvector($9::text::regconfig, w.word)) u on true
  order by w.word
  on conflict do nothing
`;

/** $1 source, $2 ids of its documents. */
export const remove = `
  with gone as (
    select d.id from document d where d.source = $1 and d.ref = any($2::text[])
  ), unindexed as (
    delete from chunk_index where document_id in (select id from gone)
  )
  delete from document where id in (select id from gone)
`;

/** $1 source. */
export const revisionsOf = 'select ref, revision from document where source = $1';

/** $1 e-mail, lower case. */
export const groupsOf = 'select distinct name from group_member where email = $1 order by name';

/** $1 source. */
export const clearGroups = 'delete from group_member where source = $1';

/** $1 source, $2 names and $3 e-mails, side by side. */
export const storeGroups = `
  insert into group_member (source, name, email)
  select $1, m.name, m.email from unnest($2::text[], $3::text[]) m(name, email) on conflict do nothing
`;

/** Lexemes of each text, in the order of their first place: $1 texts, $2 text search configuration. */
export const lexemesOf = `
  select array(select u.lexeme from unnest(to_tsvector($2::text::regconfig, t.text)) u order by u.positions[1]) as lexemes
  from unnest($1::text[]) with ordinality t(text, place) order by t.place
`;

export const languages = 'select cfgname as name from pg_ts_config where pg_ts_config_is_visible(oid) order by cfgname';

/** $1 text search configuration. An empty revision equals none of a source, so the sync writes the document anew. */
export const settleLanguage = `
  with changed as (
    update indexed_total set language = $1 where language is distinct from $1 returning 1
  )
  update document set revision = '' from changed
`;

/** All sections of one document, in order: $1 source, $2 its id there, $3 lexemes whose positions to return, $4 names the reader has. */
export const sectionsOf = `
  select c.id::text as "chunkId", d.ref as "documentId", d.source, d.title, d.url, c.headings, c.text,
    d.updated_at as "updatedAt", not 'everyone' = any(d.audience) as restricted,
    ${matchesOf('f', '$3')} as matches
  from document d join chunk c on c.document_id = d.id join chunk_index f on f.chunk_id = c.id
  where d.source = $1 and d.ref = $2 and d.audience && $4::text[] order by c.ordinal limit 200
`;
