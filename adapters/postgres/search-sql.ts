/**
 * SQL for the ids of the audiences that all of the readers belong to. A list is met when it names `everyone`, or each of
 * the readers by their address or by a group; an audience, when all its lists are, and it has one.
 *
 * It starts from what the readers are called, so what it costs grows with their groups and the lists that name these,
 * not with all that is stored. Of most lists the number of readers that each of its names stands for decides: one that
 * stands for all is enough, and a sum below all is too little. Only between the two they are looked at one by one.
 *
 * @param emails SQL of a text[]: the readers' addresses, lower case; empty stands for any employees at all, and null for
 * somebody who is entitled to nothing.
 */
export function readableBy(emails: string): string {
  return `
    with reader as (
      select distinct e as email from unnest(${emails}::text[]) e
    ), asked as (
      select count(*)::int as readers from reader
    ), holding as (
      select 'person:' || email as name, email from reader
      union all
      select 'group:' || g.source || '/' || g.name, g.email from reader join group_member g using (email)
    ), held as (
      select name, count(*)::int as readers from holding group by name
      union all
      select 'everyone', readers from asked where ${emails}::text[] is not null
    ), named as (
      select n.list_id, max(h.readers) as most, sum(h.readers) as together
      from held h join audience_list_name n using (name) group by n.list_id
    ), met as (
      select list_id from named, asked where most = readers
      union all
      select n.list_id
      from (select list_id from named, asked where most < readers and together >= readers offset 0) unsure
        join audience_list_name n using (list_id) join holding h using (name)
      group by n.list_id having count(distinct h.email) = (select readers from asked)
    )
    select p.audience_id from met join audience_part p using (list_id)
    group by p.audience_id having count(*) = max(p.lists)
  `;
}

/**
 * How large the index is, and what the readers may see of it: $1 readers as in {@link readableBy}.
 *
 * Every change of the index writes the one row of `indexed_total` anew, so its place and its transaction (`version`)
 * are never the same after it.
 */
export const measureIndex = `
  select s.ctid::text || s.xmin::text as version, s.chunks::float8 as total,
    (s.len / greatest(s.chunks, 1))::float8 as average, r.ids as readers, r.visible::float8
  from indexed_total s cross join (
    select coalesce(array_agg(a.id), '{}') as ids, coalesce(sum(a.chunks), 0) as visible
    from indexed_audience a where a.id in (${readableBy('$1')})
  ) r
`;

/**
 * Words of a question, a row for each of their lexemes. For a word that no chunk holds it brings the words of the
 * documents that are spelt alike. `version` as in {@link measureIndex}.
 *
 * $1 words, $2 whether each may be misspelt, $3 text search configuration
 */
export const lookUp = `
  select s.ctid::text || s.xmin::text as version, w.place::int, w.lexeme, coalesce(w.chunks, 0) as chunks,
    case when w.misspelt and w.lexeme is not null and w.chunks is null then (
      select json_agg(c) from (
        select i.word, i.lexeme, coalesce(i.chunks, s.chunks)::int as chunks
        from (
          select near.word, near.lexeme,
            (select t.chunks from indexed_lexeme t where t.lexeme = near.lexeme and t.chunks > 0) as chunks
          from (
            select word, lexeme from indexed_word where one_letter_less(word) && one_letter_less(w.word)
            union -- not "or": that would compute one_letter_less for everything that has a trigram in common
            (select word, lexeme from indexed_word
             where word % w.word and length(word) between length(w.word) - 2 and length(w.word) + 2
             order by similarity(word, w.word) desc, word limit 40)
          ) near offset 0
        ) i
        where i.lexeme = '' or i.chunks is not null
      ) c) end as alike
  from (
    select a.place, a.word, a.misspelt, u.lexeme,
      -- Not a join: Postgres expects thousands of words here, and would read the whole table for five.
      (select t.chunks from indexed_lexeme t where t.lexeme = u.lexeme and t.chunks > 0) as chunks
    from unnest($1::text[], $2::bool[]) with ordinality a(word, misspelt, place)
    left join lateral unnest(to_tsvector($3::text::regconfig, a.word)) u on true
    offset 0 -- keeps the count from being looked up once for each place it is used
  ) w
  cross join indexed_total s
  order by w.place
`;

/** A term's tf from `ts_rank`, see {@link rankBy}: the sum of 1/i² up to infinity is 1.6449, and this is its inverse. */
const inverseOfLimit = 0.6079271;
/** How soon further occurrences of a term stop to count, and how much a long chunk is held back: what BM25 is used with most. */
const k1 = 1.2;
const b = 0.75;

/** The two constants of BM25's length norm, k1·(1 - b) and k1·b / average length, as {@link rankBy} takes them. */
export function lengthNorm(averageLength: number): readonly [number, number] {
  return [(k1 * (1 - b)) / inverseOfLimit, (k1 * b) / (inverseOfLimit * Math.max(averageLength, 1))];
}

/**
 * How {@link rankBy} gets its candidates: by the words, for a reader who may see much of the index (`wide`: then there is
 * one plan for all values) or not (`narrow`: Postgres chooses between words and audience); or they are `given`, because
 * something else has found them, and each of them is returned.
 */
export type CandidateKind = 'wide' | 'narrow' | 'given';

const chosenBy: Readonly<Record<CandidateKind, string>> = {
  wide: 'f.tsv @@ $1::tsquery and (f.acl && $2::int[]) is true',
  narrow: 'f.tsv @@ $1::tsquery and f.acl && $2::int[]',
  given: 'f.chunk_id = any($1::bigint[]) and f.acl && $2::int[]',
};

/** Parameters of {@link rankBy} before those of the terms. */
const fixedParameters = 7;

/**
 * SQL for the positions of `lexemes` in the text of a chunk, as JSON. Marked with a weight and filtered by it, for
 * unnesting the whole vector takes several times as long.
 */
export function matchesOf(chunk: string, lexemes: string): string {
  return `(select coalesce(json_object_agg(u.lexeme, (select coalesce(json_agg(o order by o), '[]') from unnest(u.positions) o where o <= ${chunk}.span)), '{}')
    from unnest(ts_filter(setweight(${chunk}.tsv, 'A', ${lexemes}::text[]), '{a}')) u)`;
}

/** At most so many passages of one document: a long one would take all places. */
export const mostOfOneDocument = 3;

const statements = new Map<string, string>();

/**
 * Scores the candidates that the reader may see with BM25 and returns the best with their text. The statement
 * depends on the number of terms only.
 *
 * For one lexeme and equal weights `ts_rank` is (1 + 1/4 + … + 1/tf²) / 1.6449. That sum is close to
 * 1.6449 - 1/(tf + ½), so tf is about 0.6079 · r / (1 - r) within 6 %, and BM25's tf / (tf + K) becomes
 * 1 / (1 + K / 0.6079 · (1/r - 1)): no unnesting, one C call for each term and candidate.
 *
 * $1 candidates as tsquery, or their ids, $2 audience ids, $3 and $4 {@link lengthNorm}, $5 how many to look at, $6 how many to
 * return, $7 lexemes whose positions to return; then a weight and a quoted lexeme for each term
 */
export function rankBy(terms: number, kind: CandidateKind): string {
  const known = statements.get(`${terms} ${kind}`);
  if (known !== undefined) return known;
  const parts = Array.from({ length: terms }, (_, index) => {
    const [weight, lexeme] = [fixedParameters + 1 + 2 * index, fixedParameters + 2 + 2 * index];
    return `$${weight}::float8 / (1 + (k.a + k.b * f.len) * (1 / (ts_rank('{1,1,1,1}', f.tsv, $${lexeme}::tsquery) + 1e-9) - 1))`;
  });
  const statement = `
    with scored as materialized ( -- counted by a second look: a window would carry the tsvectors along
      select f.chunk_id, f.document_id, ${parts.join(' + ') || '0::float8'} as score
      from chunk_index f, (select $3::float8 as a, $4::float8 as b) k
      where ${chosenBy[kind]}
    ), best as (
      select * from scored order by score desc, chunk_id limit $5::int
    ), spread as (
      select *, row_number() over (partition by document_id order by score desc, chunk_id) as place from best
    )
    select p.chunk_id::text as "chunkId", d.ref as "documentId", d.source, d.title, d.url, c.headings, c.text,
      d.updated_at as "updatedAt", not d.open as restricted, p.score, (select count(*) from scored)::int as candidates,
      m.matches
    from (select * from spread ${kind === 'given' ? '' : `where place <= ${mostOfOneDocument}`} order by score desc, chunk_id limit $6::int) p
    -- Each by its key, whatever Postgres believes about how many there are.
    cross join lateral (select ${matchesOf('f', '$7')} as matches from chunk_index f where f.chunk_id = p.chunk_id offset 0) m
    cross join lateral (select headings, text from chunk where id = p.chunk_id offset 0) c
    cross join lateral (
      select ref, source, title, url, updated_at, a.open from document join audience a on a.id = audience_id
      where document.id = p.document_id offset 0
    ) d
    order by p.score desc, p.chunk_id
  `;
  statements.set(`${terms} ${kind}`, statement);
  return statement;
}

/**
 * Whether the reader may see a chunk with each of the lexemes. $1 audience ids, then a tsquery for each lexeme
 *
 * @param common for each lexeme whether very many chunks hold it: then the first to be found is enough. For a rare one
 * Postgres would read the whole table in the hope of an early hit, so there all its chunks are counted.
 */
export function areVisible(common: readonly boolean[]): string {
  const parts = common.map((isCommon, index) => {
    const seen = `from chunk_index f where f.tsv @@ $${index + 2}::tsquery and f.acl && $1::int[]`;
    return isCommon ? `exists (select ${seen})` : `(select count(*) > 0 ${seen})`;
  });
  return `select array[${parts.join(', ')}] as visible`;
}
