/** The table of a model's vectors: `id` is of `embedding_model`, a number of ours. */
export function tableOf(id: number): string {
  return `embedding_${Math.trunc(id)}`;
}

/** pgvector indexes so many numbers as halfvec. https://github.com/pgvector/pgvector#hnsw */
export const mostIndexed = 4_000;

/**
 * Makes the table of a model. `indexed`: pgvector is there. Vectors stay in the row, where reading many of them one by one
 * costs half of what it costs to fetch them from beside the table.
 */
export function createTable(id: number, dimensions: number, indexed: boolean): string {
  const table = tableOf(id);
  if (!indexed) return `create table ${table} (hash bytea primary key, vector bytea not null)`;
  return `
    create table ${table} (hash bytea primary key, vector halfvec(${dimensions}) not null);
    alter table ${table} alter column vector set storage plain;
    ${createIndex(id)}
  `;
}

/** A half more effort in building than by default, which every search saves. */
export function createIndex(id: number): string {
  return `create index ${tableOf(id)}_nearest on ${tableOf(id)} using hnsw (vector halfvec_cosine_ops) with (m = 16, ef_construction = 96)`;
}

export const dropTable = (id: number) => `drop table if exists ${tableOf(id)}`;

export const wanted = `
  select m.id, m.name, m.dimensions, m.indexed from embedding_use u join embedding_model m on m.id = u.wanted
`;

/** Who changes anything about models waits here for whoever does. */
export const holdUse = 'select wanted, searched from embedding_use for update';

/** $1 name. What it had made before is searched at once when nothing else is. */
export const want = `
  with model as (
    insert into embedding_model (name) values ($1) on conflict (name) do update set name = excluded.name
    returning id, dimensions
  )
  update embedding_use u set wanted = m.id,
    searched = coalesce(u.searched, case when m.dimensions is not null then m.id end)
  from model m
`;

/** $1 id. The first vectors there are, are searched at once. */
export const countPut = `
  with counted as (update embedding_model set puts = puts + 1 where id = $1)
  update embedding_use set searched = $1 where searched is null
`;

export const searched = `
  select m.name from embedding_use u join embedding_model m on m.id = u.searched where m.dimensions is not null
`;

/** $1 name. */
export const lengthOf = 'select dimensions from embedding_model where name = $1';

/** Chunks without a vector, with their text: $1 how many, $2 texts that go without. Each looked for by its key: joined, all vectors would be read. */
export function missingOf({ id, dimensions }: { id: number; dimensions: number | null }): string {
  const known =
    dimensions === null ? '' : `and not exists (select from ${tableOf(id)} e where e.hash = c.text_hash offset 0)`;
  const givenUp = `array(select sha256(convert_to(t, 'UTF8')) from unnest($2::text[]) t)`;
  return `
    select c.id::text as "chunkId", embedded_text(d.title, c.headings, c.text) as text
    from (select * from chunk c where c.text_hash <> all(${givenUp}) ${known} order by c.id limit $1::int) c join document d on d.id = c.document_id
    order by c.id
  `;
}

/** Changes with the chunks, the vectors and the model that is wanted. */
export const state = `
  select t.ctid::text || t.xmin::text || ' ' || m.id || ' ' || m.puts || ' ' || coalesce(u.searched, 0) as state
  from indexed_total t, embedding_use u join embedding_model m on m.id = u.wanted
`;

/** $1 texts, $2 vectors, side by side: halfvec as text, or bytea. Of a text that no chunk has any more nothing is kept. */
export function insertInto({ id, indexed }: { id: number; indexed: boolean }): string {
  const type = indexed ? 'text' : 'bytea';
  return `
    insert into ${tableOf(id)} (hash, vector)
    select g.hash, g.vector${indexed ? '::halfvec' : ''}
    from (select sha256(convert_to(t, 'UTF8')) as hash, v as vector from unnest($1::text[], $2::${type}[]) g(t, v)) g
    where exists (select from chunk c where c.text_hash = g.hash)
    on conflict do nothing
  `;
}

/** The wanted model is complete. $1 its id. */
export const searchWanted = 'update embedding_use set searched = $1 where searched is distinct from $1';

export const unused = `
  select m.id, m.dimensions from embedding_model m, embedding_use u
  where m.id is distinct from u.wanted and m.id is distinct from u.searched
`;
/** $1 id. */
export const forgetModel = 'delete from embedding_model where id = $1';

/** Vectors of texts that no chunk has any more. */
export function removeOrphans(id: number): string {
  return `delete from ${tableOf(id)} e where not exists (select from chunk c where c.text_hash = e.hash offset 0)`;
}

/** The model by its name, $1, if questions may be searched with it: not while its first vectors are still being made. */
export const searchable = `
  select m.id, m.dimensions, m.indexed, m.puts::text as puts from embedding_model m, embedding_use u
  where m.name = $1 and m.dimensions is not null and (m.id is distinct from u.wanted or m.id = u.searched)
`;

/** What {@link nearest} needs, until the end of the transaction: $1 how far the index is searched at least. */
export const searchSettings = `
  select set_config('hnsw.iterative_scan', 'strict_order', true), set_config('hnsw.ef_search', $1, true),
    set_config('hnsw.max_scan_tuples', '100000', true), set_config('work_mem', '64MB', true),
    set_config('enable_seqscan', 'off', true), set_config('enable_sort', 'off', true)
`;

/**
 * The chunks nearest to a vector among those of some audiences, through the index, which goes on until there are enough:
 * $1 vector, $2 audience ids, $3 how many.
 */
export function nearest(id: number, dimensions: number): string {
  const distance = `vector <=> $1::halfvec(${dimensions})`;
  return `
    select v.id::text as "chunkId", 1 - e.distance as similarity
    from (select hash, ${distance} as distance from ${tableOf(id)} order by ${distance}) e
    -- Each by its key, so that the order stays and nothing is read behind the last one wanted.
    cross join lateral (
      select c.id from chunk c where c.text_hash = e.hash
        and exists (select from chunk_index i where i.chunk_id = c.id and i.acl && $2::int[]) offset 0
    ) v
    order by e.distance limit $3::int
  `;
}

/** The same by looking at every chunk of the audiences: right whatever they are, and the faster way to few. */
export function nearestOfAll(id: number, dimensions: number): string {
  return `
    select i.chunk_id::text as "chunkId", nullif(1 - (e.vector <=> $1::halfvec(${dimensions})), 'NaN') as similarity
    from chunk_index i join chunk c on c.id = i.chunk_id join ${tableOf(id)} e on e.hash = c.text_hash
    where i.acl && $2::int[]
    order by 2 desc nulls last, i.chunk_id limit $3::int -- not by distance: the index would answer, and it knows no audience
  `;
}

/** $1 vector, $2 chunk ids, whose rights the caller has asked. */
export function similarityOf(id: number, dimensions: number): string {
  return `
    select c.id::text as "chunkId", 1 - (e.vector <=> $1::halfvec(${dimensions})) as similarity
    from chunk c join ${tableOf(id)} e on e.hash = c.text_hash where c.id = any($2::bigint[])
  `;
}

/** Changes with whatever {@link chunksWithTexts} returns. */
export const indexVersion = `select ctid::text || xmin::text as version from indexed_total`;

/** Each chunk that has a vector, with its audience and its text's hash. */
export function chunksWithTexts(id: number): string {
  return `
    select i.chunk_id::text as "chunkId", i.acl[1] as audience, encode(c.text_hash, 'base64') as hash
    from chunk_index i join chunk c on c.id = i.chunk_id where c.text_hash in (select hash from ${tableOf(id)})
  `;
}

/** $1 hashes, as {@link chunksWithTexts} writes them. */
export function vectorsOf(id: number): string {
  return `
    select encode(hash, 'base64') as hash, vector from ${tableOf(id)}
    where hash = any(array(select decode(h, 'base64') from unnest($1::text[]) h))
  `;
}
