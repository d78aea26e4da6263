import type { Knex } from 'knex';
import { SetupError } from '#errors.ts';
import type { Audience, Chunk, Document, Group, Passage } from '#domain/knowledge.ts';
import type { Knowledge, KnowledgeWriting } from '#ports.ts';
import { onConnection } from './connection.ts';
import * as sql from './knowledge-sql.ts';
import { createSearch } from './search.ts';
import { clean, indexedChunk } from './indexed-chunk.ts';
import { wordsOf } from './words.ts';

/** `language`: a text search configuration of Postgres, see {@link useLanguage}. */
export interface KnowledgeOptions {
  readonly knex: Knex;
  readonly language: string;
}

/**
 * The documents in Postgres, and the search over them. `knex` may be a transaction: all then happens inside it.
 * Document frequencies and the words for spelling are right as soon as `put` and `remove` return.
 */
export function createKnowledge({ knex, language }: KnowledgeOptions): Knowledge & KnowledgeWriting {
  async function lexemes(texts: readonly string[]): Promise<readonly (readonly string[])[]> {
    if (texts.length === 0) return [];
    const indexed = texts.map((text) => wordsOf(text, language).join(' '));
    const rows = await onConnection(knex, (query) =>
      query<{ lexemes: readonly string[] }>(sql.lexemesOf, [indexed, language], { planned: 'once' }),
    );
    return rows.map((row) => row.lexemes);
  }

  async function groupsOf(email: string): Promise<readonly string[]> {
    const rows = await onConnection(knex, (query) =>
      query<{ name: string }>(sql.groupsOf, [email.toLowerCase()], { planned: 'once' }),
    );
    return rows.map((row) => row.name);
  }

  async function revisions(source: string): Promise<ReadonlyMap<string, string>> {
    const rows = await onConnection(knex, (query) =>
      query<{ ref: string; revision: string }>(sql.revisionsOf, [source]),
    );
    return new Map(rows.map((row) => [row.ref, row.revision]));
  }

  return {
    search: createSearch({ knex, language }),
    sections: (passage, asked) => sections(knex, passage, asked),
    lexemes,
    groupsOf,
    revisions,
    put: (document, chunks) => put({ knex, language }, document, chunks),
    remove: (source, documentIds) => remove(knex, source, documentIds),
    putGroups: (source, groups) => putGroups(knex, source, groups),
  };
}

async function sections(
  knex: Knex,
  { source, documentId }: Passage,
  asked: { lexemes: readonly string[]; readers: readonly string[] },
): Promise<readonly Passage[]> {
  const passages = await onConnection(knex, (query) =>
    query<Omit<Passage, 'score'>>(sql.sectionsOf, [source, documentId, asked.lexemes, asked.readers]),
  );
  return passages.map((passage) => ({ ...passage, score: 0 }));
}

async function put({ knex, language }: KnowledgeOptions, document: Document, chunks: readonly Chunk[]): Promise<void> {
  const audience = audienceOf(document.audience);
  const id = clean(document.id);
  await knex.transaction((trx) =>
    onConnection(trx, async (query) => {
      await query(sql.queueWriters, []);
      await query(sql.clear, [document.source, id, audience]);
      await query(sql.store, [
        document.source,
        id,
        clean(document.title),
        clean(document.url),
        clean(document.revision),
        document.updatedAt,
        audience,
        JSON.stringify(chunks.map((chunk) => indexedChunk(document.title, chunk, language))),
        language,
      ]);
    }),
  );
}

async function remove(knex: Knex, source: string, documentIds: readonly string[]): Promise<void> {
  if (documentIds.length === 0) return;
  await knex.transaction((trx) =>
    onConnection(trx, async (query) => {
      await query(sql.queueWriters, []);
      await query(sql.remove, [source, documentIds.map(clean)]);
    }),
  );
}

async function putGroups(knex: Knex, source: string, groups: readonly Group[]): Promise<void> {
  const members = groups
    .filter(({ name }) => !isReserved(name))
    .flatMap(({ name, emails }) => emails.map((email) => ({ name: clean(name), email: clean(email).toLowerCase() })));
  const [names, emails] = [members.map(({ name }) => name), members.map(({ email }) => email)];
  await knex.transaction((trx) =>
    onConnection(trx, async (query) => {
      await query(sql.clearGroups, [source]);
      await query(sql.storeGroups, [source, names, emails]);
    }),
  );
}

/** Raised whenever the same text is indexed in another way: the next sync then reads every document again. */
const indexVersion = 2;

/**
 * Settles the language of the index before it is used. After a change the next sync reads every document again,
 * because lexemes of two languages do not meet.
 * @throws SetupError when Postgres has no text search configuration of that name.
 */
export async function useLanguage({ knex, language }: KnowledgeOptions): Promise<void> {
  await onConnection(knex, async (query) => {
    const installed = (await query<{ name: string }>(sql.languages, [])).map((row) => row.name);
    if (!installed.includes(language)) {
      throw new SetupError(
        `The search language "${language}" is unknown to the database. It has: ${installed.join(', ')}.`,
      );
    }
    await query(sql.settleLanguage, [`${language} ${indexVersion}`]);
  });
}

/** What nobody can be made a member of: a source's group of such a name would read what is not its own. */
function isReserved(name: string): boolean {
  return name === 'everyone' || name.startsWith('person:');
}

function audienceOf(audience: Audience): readonly string[] {
  const names = audience.map((name) => (name.startsWith('person:') ? name.toLowerCase() : name));
  return [...new Set(names.map(clean))];
}
