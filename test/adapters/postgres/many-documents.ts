import type { Knex } from 'knex';
import { onConnection } from '../../../adapters/postgres/connection.ts';
import { indexedChunk } from '../../../adapters/postgres/indexed-chunk.ts';
import type { Audience } from '#domain/knowledge.ts';

/** A document of one chunk. */
export interface ShortDocument {
  readonly source: string;
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly audience: Audience;
}

/** Writes the rows that `put` would write, all in one statement, but for the words that correct spelling. */
export async function putMany(knex: Knex, documents: readonly ShortDocument[]): Promise<void> {
  const rows = documents.map(({ title, text, ...document }) => {
    const { head, body } = indexedChunk(title, { ordinal: 0, headings: [], text }, 'english');
    return { ...document, title, text, head, body };
  });
  await onConnection(knex, (query) => query(store, [JSON.stringify(rows)]));
}

const store = `
  with given as (
    select * from jsonb_to_recordset($1::jsonb) g(source text, id text, title text, text text, audience jsonb, head text, body text)
  ), known as materialized (
    select audience, audience_id(audience) as audience_id from (select distinct audience from given) g
  ), stored as (
    insert into document (source, ref, title, url, revision, audience_id)
    select g.source, g.id, g.title, 'https://wiki.example/' || g.id, '1', k.audience_id from given g join known k using (audience)
    returning id as document_id, source, ref, audience_id
  ), written as (
    insert into chunk (document_id, ordinal, headings, text)
    select s.document_id, 0, '{}', g.text from stored s join given g on g.source = s.source and g.id = s.ref
    returning id as chunk_id, document_id
  ), parts as (
    select w.chunk_id, s.document_id, s.audience_id,
      to_tsvector('english', g.head || ' ' || g.body) as once, to_tsvector('english', g.head || ' ' || g.head) as again
    from written w join stored s using (document_id) join given g on g.source = s.source and g.id = s.ref
  )
  insert into chunk_index (chunk_id, document_id, acl, len, span, tsv)
  select p.chunk_id, p.document_id, array[p.audience_id],
    (select coalesce(sum(cardinality(u.positions)), 0) from unnest(p.once || p.again) u),
    (select coalesce(max(o), 0) from unnest(p.once) u, unnest(u.positions) o), p.once || p.again
  from parts p
`;
