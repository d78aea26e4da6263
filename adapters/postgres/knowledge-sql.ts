import { matchesOf, readableBy } from './search-sql.ts';

/**
 * Writers queue here before they touch anything else, so that they do not lock each other out. A statement of its own:
 * what comes next must see what the writer before has done.
 */
export const queueWriters = 'select from indexed_total for update';

/** Makes room for a document: $1 source, $2 its id there. */
export const clear = `
  with gone as (
    select c.id from document d join chunk c on c.document_id = d.id where d.source = $1 and d.ref = $2
  ), unindexed as (
    delete from chunk_index where chunk_id in (select id from gone)
  )
  delete from chunk where id in (select id from gone)
`;

/**
 * Writes a document, its chunks, their index and their words: $1 source, $2 its id there, $3 title, $4 url,
 * $5 revision, $6 updated at, $7 audience as JSON, $8 chunks as JSON, $9 text search configuration, $10 gaps as JSON,
 * $11 whether it is complete.
 *
 * The words of title and headings are indexed three times, twice of it behind everything else, so that the positions before `span`
 * are those of title + headings + text.
 */
export const store = `
  with stored as (
    insert into document (source, ref, title, url, revision, updated_at, audience_id, gaps, complete)
    values ($1, $2, $3, $4, $5, $6, audience_id($7::jsonb), $10::jsonb, $11)
    on conflict (source, ref) do update set title = excluded.title, url = excluded.url, revision = excluded.revision,
      updated_at = excluded.updated_at, audience_id = excluded.audience_id, gaps = excluded.gaps, complete = excluded.complete
    returning id, audience_id
  ), given as (
    select g.*, to_tsvector($9::text::regconfig, g.head || ' ' || g.body) as once, to_tsvector($9::text::regconfig, g.head || ' ' || g.head) as again
    from jsonb_to_recordset($8::jsonb) g(ordinal int, headings text[], text text, head text, body text, words text[])
  ), written as (
    insert into chunk (document_id, ordinal, headings, text)
    select s.id, g.ordinal, g.headings, g.text from stored s, given g
    returning id, document_id, ordinal
  ), indexed as (
    insert into chunk_index (chunk_id, document_id, acl, len, span, tsv)
    select w.id, w.document_id, array[s.audience_id],
      (select coalesce(sum(cardinality(u.positions)), 0) from unnest(g.once || g.again) u),
      (select coalesce(max(p), 0) from unnest(g.once) u, unnest(u.positions) p),
      g.once || g.again
    from stored s, written w join given g using (ordinal)
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

/**
 * Says who may read documents: $1 source, $2 ids there, $3 their audiences as JSON, side by side. Their text stays as it is.
 */
export const changeAudiences = `
  with given as (
    select * from unnest($2::text[], $3::text[]) g(ref, audience)
  ), known as materialized (
    select audience, audience_id(audience::jsonb) as id from (select distinct audience from given) g
  ), changed as (
    update document d set audience_id = k.id from given g join known k using (audience)
    where d.source = $1 and d.ref = g.ref and d.audience_id <> k.id
    returning d.id, d.audience_id
  )
  update chunk_index i set acl = array[c.audience_id] from changed c where i.document_id = c.id
`;

/** $1 source, $2 ids there, or null for all. */
export const storedOf = `
  select ref, case when complete then revision else '' end as revision, audience_id as "audienceId", complete as "isComplete"
  from document where source = $1 and ($2::text[] is null or ref = any($2))
`;

/** The audiences of a source's documents: $1 source, $2 ids there, or null for all. */
export const audiencesOf = `
  select a.id, (
    select coalesce(json_agg(l.names order by l.id), '[]') from audience_list l where l.id = any(a.lists)
  ) as audience
  from audience a where a.id in (
    select audience_id from document where source = $1 and ($2::text[] is null or ref = any($2))
  )
`;

export const holdsAny = 'select exists (select from document) as any';

/** $1 names of the sources that stay. */
export const otherSources = 'select distinct source from document where source <> all($1::text[]) order by source';

/** Of which there is more than what is stored of documents: $1 source. */
export const forgetSource = `
  with groups as (delete from group_member where source = $1),
    notes as (delete from source_note where source = $1),
    faults as (delete from source_fault where source = $1),
    unindexed as (delete from chunk_index where document_id in (select id from document where source = $1))
  delete from document where source = $1
`;

/** $1 source. */
export const gapsOf = `
  select ref as id, title, url, complete as "isComplete", gaps from document
  where source = $1 and (not complete or gaps <> '[]') order by title, ref
`;

/** $1 source. */
export const countOf = 'select count(*)::int as documents from document where source = $1';

/** $1 source, $2 names and $3 e-mails, side by side, of those who stay. */
export const clearGroups = `
  delete from group_member g where g.source = $1
    and not exists (select from unnest($2::text[], $3::text[]) m(name, email) where m.name = g.name and m.email = g.email)
`;

/** As {@link clearGroups}. */
export const storeGroups = `
  insert into group_member (source, name, email)
  select $1, m.name, m.email from unnest($2::text[], $3::text[]) m(name, email) on conflict do nothing
`;

/** $1 e-mail, lower case. */
export const groupsOf = `select source || '/' || name as name from group_member where email = $1 order by 1`;

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

/** All sections of one document, in order: $1 source, $2 its id there, $3 lexemes whose positions to return, $4 readers as in {@link readableBy}. */
export const sectionsOf = `
  select c.id::text as "chunkId", d.ref as "documentId", d.source, d.title, d.url, c.headings, c.text,
    d.updated_at as "updatedAt", not a.open as restricted,
    ${matchesOf('f', '$3')} as matches
  from document d join audience a on a.id = d.audience_id
    join chunk c on c.document_id = d.id join chunk_index f on f.chunk_id = c.id
  where d.source = $1 and d.ref = $2 and d.audience_id in (${readableBy('$4')}) order by c.ordinal limit 200
`;
