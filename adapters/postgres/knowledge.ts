import type { Knex } from 'knex';
import { SetupError } from '#errors.ts';
import type { Audience, Chunk, Document, Group, Passage, Readers } from '#domain/knowledge.ts';
import type { DocumentGaps, DocumentRef, Knowledge, KnowledgeWriting, StoredDocument } from '#knowledge-ports.ts';
import { onConnection } from './connection.ts';
import * as sql from './knowledge-sql.ts';
import type { Nearest } from './nearest.ts';
import { createSearch, emailsOf } from './search.ts';
import { indexedChunk } from './indexed-chunk.ts';
import { clean, jsonOf } from './stored-text.ts';
import { wordsOf } from './words.ts';

/** `language`: a text search configuration of Postgres, see {@link useLanguage}. `nearest`: left out, only words are searched. */
export interface KnowledgeOptions {
  readonly knex: Knex;
  readonly language: string;
  readonly nearest?: Nearest;
}

/**
 * The documents in Postgres, and the search over them. `knex` may be a transaction: all then happens inside it.
 * Document frequencies and the words for spelling are right as soon as `put` and `remove` return.
 */
export function createKnowledge(options: KnowledgeOptions): Knowledge & KnowledgeWriting {
  const { knex, language } = options;

  async function lexemes(texts: readonly string[]): Promise<readonly (readonly string[])[]> {
    if (texts.length === 0) return [];
    const indexed = texts.map((text) => wordsOf(text, language).join(' '));
    const rows = await onConnection(knex, (query) =>
      query<{ lexemes: readonly string[] }>(sql.lexemesOf, [indexed, language], { planned: 'once' }),
    );
    return rows.map((row) => row.lexemes);
  }

  return {
    search: createSearch(options),
    sections: (document, asked) => sections(knex, document, asked),
    lexemes,
    stored: (source, documentIds) => stored(knex, source, documentIds ?? null),
    holdsAny: async () =>
      (await onConnection(knex, (query) => query<{ any: boolean }>(sql.holdsAny, [])))[0]?.any === true,
    removeOtherSources: (sources) => removeOtherSources(knex, sources),
    put: (document, chunks) => put({ knex, language }, document, chunks),
    putAudiences: (source, audiences) => putAudiences(knex, source, audiences),
    coverage: (source) => coverage(knex, source),
    remove: (source, documentIds) => remove(knex, source, documentIds),
    putGroups: (source, groups) => putGroups(knex, source, groups),
    groupsOf: async (email) =>
      (await onConnection(knex, (query) => query<{ name: string }>(sql.groupsOf, [clean(email.toLowerCase())]))).map(
        ({ name }) => name,
      ),
  };
}

async function sections(
  knex: Knex,
  { source, documentId }: DocumentRef,
  asked: { lexemes: readonly string[]; readers: Readers },
): Promise<readonly Passage[]> {
  const readers = emailsOf(asked.readers);
  if (readers === null) return [];
  const passages = await onConnection(knex, (query) =>
    query<Omit<Passage, 'score'>>(sql.sectionsOf, [source, documentId, asked.lexemes, readers]),
  );
  return passages.map((passage) => ({ ...passage, score: 0 }));
}

interface StoredRow extends Omit<StoredDocument, 'audience'> {
  readonly ref: string;
  readonly audienceId: number;
}

async function stored(
  knex: Knex,
  source: string,
  ids: readonly string[] | null,
): Promise<ReadonlyMap<string, StoredDocument>> {
  return onConnection(knex, async (query) => {
    const rows = await query<StoredRow>(sql.storedOf, [source, ids]);
    const named = await query<{ id: number; audience: Audience }>(sql.audiencesOf, [source, ids]);
    const audiences = new Map(named.map(({ id, audience }) => [id, audience]));
    return new Map(
      rows.map(({ ref, audienceId, ...document }) => [ref, { ...document, audience: audiences.get(audienceId) ?? [] }]),
    );
  });
}

async function removeOtherSources(knex: Knex, sources: readonly string[]): Promise<readonly string[]> {
  const others = await onConnection(knex, (query) => query<{ source: string }>(sql.otherSources, [sources]));
  for (const { source } of others) {
    await knex.transaction((trx) =>
      onConnection(trx, async (query) => {
        await query(sql.queueWriters, []);
        await query(sql.forgetSource, [source]);
      }),
    );
  }
  return others.map(({ source }) => source);
}

async function coverage(knex: Knex, source: string) {
  return onConnection(knex, async (query) => {
    const [counted] = await query<{ documents: number }>(sql.countOf, [source]);
    return { documents: counted?.documents ?? 0, gaps: await query<DocumentGaps>(sql.gapsOf, [source]) };
  });
}

async function put({ knex, language }: KnowledgeOptions, document: Document, chunks: readonly Chunk[]): Promise<void> {
  const id = clean(document.id);
  await knex.transaction((trx) =>
    onConnection(trx, async (query) => {
      await query(sql.queueWriters, [], { planned: 'once' });
      await query(sql.clear, [document.source, id], { planned: 'once' });
      const row = [
        document.source,
        id,
        clean(document.title),
        clean(document.url),
        clean(document.revision),
        document.updatedAt,
        audienceOf(document.audience),
        jsonOf(chunks.map((chunk) => indexedChunk(document.title, chunk, language))),
        language,
        jsonOf(document.gaps),
        document.isComplete,
      ];
      await query(sql.store, row, { planned: 'once' });
    }),
  );
}

/**
 * So many documents change their readers in one transaction, and others wait for it: some tenths of a second, for each of
 * their chunks is indexed anew.
 */
const audiencesAtOnce = 50;

async function putAudiences(knex: Knex, source: string, audiences: ReadonlyMap<string, Audience>): Promise<void> {
  const entries = [...audiences];
  for (let from = 0; from < entries.length; from += audiencesAtOnce) {
    const some = entries.slice(from, from + audiencesAtOnce);
    await knex.transaction((trx) =>
      onConnection(trx, async (query) => {
        await query(sql.queueWriters, []);
        await query(sql.changeAudiences, [
          source,
          some.map(([id]) => clean(id)),
          some.map(([, audience]) => audienceOf(audience)),
        ]);
      }),
    );
  }
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
  const members = groups.flatMap(({ name, emails }) =>
    emails.map((email) => ({ name: clean(name), email: clean(email).toLowerCase() })),
  );
  const [names, emails] = [members.map(({ name }) => name), members.map(({ email }) => email)];
  await knex.transaction((trx) =>
    onConnection(trx, async (query) => {
      await query(sql.queueWriters, []);
      await query(sql.clearGroups, [source, names, emails]);
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

/** As JSON; addresses in lower case, as those of readers are. */
function audienceOf(audience: Audience): string {
  return jsonOf(audience.map((names) => names.map((name) => (name.startsWith('person:') ? name.toLowerCase() : name))));
}
