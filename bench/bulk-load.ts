import type { Knex } from 'knex';
import { onConnection } from '../adapters/postgres/connection.ts';
import { indexedChunk } from '../adapters/postgres/indexed-chunk.ts';
import { createKnowledge } from '../adapters/postgres/knowledge.ts';
import { repairCounts } from '../adapters/postgres/knowledge-repair.ts';
import { groupName } from '#domain/knowledge.ts';
import { chunksPerDocument, type GeneratedDocument } from './generated.ts';
import type { Random } from './random.ts';

const SOURCE = 'bench';

/** Groups with the share of documents that they may read, and somebody who is in that group only. */
export const readers = [
  { group: 'company', share: 1, email: 'ann@company.example' },
  { group: 'department', share: 0.1, email: 'ben@company.example' },
  { group: 'team', share: 0.01, email: 'cleo@company.example' },
] as const;

const batch = 200;
const indexes = [
  'chunk_index_tsv',
  'chunk_index_acl',
  'chunk_index_document',
  'indexed_word_trigram',
  'indexed_word_less',
];

interface Load {
  readonly knex: Knex;
  readonly chunks: number;
  readonly document: () => GeneratedDocument;
  readonly random: Random;
  /** Of the documents and chunks, where the database holds others; 1 when not given. */
  readonly firstId?: number;
  readonly progress: (text: string) => void;
}

/**
 * Loads generated documents past the triggers and the indexes, then builds these and counts once. The rows are those
 * that `put` would write.
 */
export async function bulkLoad({ knex, chunks, document, random, firstId = 1, progress }: Load): Promise<void> {
  const definitions = await indexDefinitions(knex);
  for (const index of definitions.keys()) await knex.raw('drop index ??', [index]);
  await knex.raw('alter table chunk_index disable trigger user');
  const audiences = await storeReaders(knex);
  const words = new Set<string>();
  const documents = Math.ceil(chunks / chunksPerDocument);
  let running: Promise<unknown>[] = [];
  for (let from = 0; from < documents; from += batch) {
    if (from % 5_000 === 0) progress(`${from * chunksPerDocument} of ${chunks} chunks loaded`);
    const rows = Array.from({ length: Math.min(batch, documents - from) }, (_, index) =>
      documentRow(firstId + from + index, { ...document(), audience: audiences(random), words }),
    );
    running.push(onConnection(knex, (query) => query(store, [JSON.stringify(rows)])));
    if (running.length >= (knex.client.pool.max ?? 1)) {
      await Promise.all(running);
      running = [];
    }
  }
  await Promise.all(running);
  await finish(knex, { definitions, words: [...words], progress });
}

/** Stores the groups and whatever audience they may make. Returns what draws one of these for a document. */
async function storeReaders(knex: Knex): Promise<(random: Random) => number> {
  const groups = readers.map(({ group, email }) => ({ name: group, emails: [email] }));
  await createKnowledge({ knex, language: 'english' }).putGroups(SOURCE, groups);
  const ids = new Map<string, number>();
  for (let chosen = 0; chosen < 2 ** readers.length; chosen++) {
    const names = readers.filter((_, index) => (chosen >> index) & 1).map(({ group }) => groupName(SOURCE, group));
    const [row] = await onConnection(knex, (query) =>
      query<{ id: number }>('select audience_id($1::jsonb) as id', [JSON.stringify([names])]),
    );
    ids.set(names.join(), row?.id ?? 0);
  }
  return (random) => {
    const names = readers.filter(({ share }) => random() < share).map(({ group }) => groupName(SOURCE, group));
    return ids.get(names.join()) ?? 0;
  };
}

function documentRow(
  id: number,
  { title, chunks, audience, words }: GeneratedDocument & { audience: number; words: Set<string> },
) {
  return {
    id,
    title,
    audience,
    chunks: chunks.map((text, ordinal) => {
      const { head, body, words: own } = indexedChunk(title, { ordinal, headings: [], text }, 'english');
      for (const word of own) words.add(word);
      return { id: (id - 1) * chunksPerDocument + ordinal + 1, ordinal, text, head, body };
    }),
  };
}

const store = `
  with given as (
    select d.* from jsonb_to_recordset($1::jsonb) d(id bigint, title text, audience int, chunks jsonb)
  ), stored as (
    insert into document (id, source, ref, title, url, revision, audience_id) overriding system value
    select id, '${SOURCE}', id::text, title, '', '1', audience from given
  ), parts as (
    select g.id as document_id, g.audience, c.*, to_tsvector('english', c.head || ' ' || c.body) as once, to_tsvector('english', c.head || ' ' || c.head) as again
    from given g, jsonb_to_recordset(g.chunks) c(id bigint, ordinal int, text text, head text, body text)
  ), written as (
    insert into chunk (id, document_id, ordinal, headings, text) overriding system value
    select id, document_id, ordinal, '{}', text from parts
  )
  insert into chunk_index (chunk_id, document_id, acl, len, span, tsv)
  select p.id, p.document_id, array[p.audience],
    (select coalesce(sum(cardinality(u.positions)), 0) from unnest(p.once || p.again) u),
    (select coalesce(max(o), 0) from unnest(p.once) u, unnest(u.positions) o), p.once || p.again
  from parts p
`;

async function indexDefinitions(knex: Knex): Promise<ReadonlyMap<string, string>> {
  const rows = await knex('pg_indexes')
    .select('indexname', 'indexdef')
    .whereIn('indexname', indexes)
    .whereRaw('schemaname = current_schema()');
  return new Map(rows.map((row: { indexname: string; indexdef: string }) => [row.indexname, row.indexdef]));
}

interface Finish {
  readonly definitions: ReadonlyMap<string, string>;
  readonly words: readonly string[];
  readonly progress: (text: string) => void;
}

async function finish(knex: Knex, { definitions, words, progress }: Finish): Promise<void> {
  await knex.raw('alter table chunk_index enable trigger user');
  progress('counting');
  await repairCounts(knex);
  progress(`storing ${words.length} words`);
  for (let from = 0; from < words.length; from += 5_000) {
    await onConnection(knex, (query) => query(storeWords, [words.slice(from, from + 5_000)]));
  }
  for (const [index, definition] of definitions) {
    progress(`building ${index}`);
    await knex.raw(definition);
  }
  progress('vacuuming');
  await knex.raw('vacuum analyze');
}

const storeWords = `
  insert into indexed_word (word, lexeme)
  select distinct on (w.word) w.word, coalesce(u.lexeme, '')
  from unnest($1::text[]) w(word) left join lateral unnest(to_tsvector('english', w.word)) u on true order by w.word
  on conflict do nothing
`;
