import type { Knex } from 'knex';
import { createKnowledge } from '../../adapters/postgres/knowledge.ts';
import type { Readers } from '#domain/knowledge.ts';
import * as conversations from '../../migrations/0001_conversations.ts';
import * as documents from '../../migrations/0002_knowledge.ts';
import * as trails from '../../migrations/0003_trails.ts';
import * as sources from '../../migrations/0004_sources.ts';

export interface EmptyDatabase {
  readonly knex: Knex;
  close(): Promise<void>;
}

/** What was stored before a migration is what it was after it. Run on the embedded database and on a server. */
export function migrationContract(open: () => Promise<EmptyDatabase>): void {
  let database: EmptyDatabase;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  test('documents keep who may read them, and each group becomes one of its source', async () => {
    const { knex } = database;
    await knex.transaction(async (trx) => {
      for (const { up } of [conversations, documents, trails]) await up(trx);
    });
    await knex.raw(stored);
    await knex.transaction(async (trx) => sources.up(trx));

    const knowledge = createKnowledge({ knex, language: 'english' });
    const found = async (readers: Readers) => {
      const { passages } = await knowledge.search({ text: 'toner', readers, limit: 20 });
      const names = passages.map(({ documentId, restricted }) => `${documentId}${restricted ? ' (restricted)' : ''}`);
      return [...new Set(names)].toSorted();
    };
    const people = (...emails: readonly string[]): Readers => ({ kind: 'people', emails });
    expect(await found({ kind: 'everyone' })).toEqual(['both', 'open']);
    expect(await found(people('ann@x.example'))).toEqual(['both', 'hr (restricted)', 'open', 'person (restricted)']);
    expect(await found(people('ben@x.example'))).toEqual(['both', 'open', 'wiki (restricted)']);
    expect(await found(people('ann@x.example', 'ben@x.example'))).toEqual(['both', 'open']);

    expect(Object.fromEntries(await knowledge.stored('files'))).toEqual({
      open: { revision: '7', audience: [['everyone']], isComplete: true },
      both: { revision: '7', audience: [['everyone', 'group:files/hr']], isComplete: true },
      hr: { revision: '7', audience: [['group:files/hr', 'group:files/it']], isComplete: true },
      person: { revision: '7', audience: [['person:ann@x.example']], isComplete: true },
      nobody: { revision: '7', audience: [], isComplete: true },
    });
    expect((await knowledge.stored('wiki')).get('wiki')?.audience).toEqual([['group:wiki/hr']]);
    expect(await knowledge.coverage('files')).toEqual({ documents: 5, gaps: [] });

    const counted = async (from: string) => (await knex.raw(`select id, chunks::int from ${from} order by id`)).rows;
    expect(await counted('indexed_audience')).toEqual(
      await counted('(select unnest(acl) as id, count(*) as chunks from chunk_index group by 1) i'),
    );
    await knowledge.remove('files', ['open', 'both', 'hr', 'person', 'nobody']);
    await knowledge.remove('wiki', ['wiki']);
    expect((await knex.raw('select chunks::int, len::int from indexed_total')).rows).toEqual([{ chunks: 0, len: 0 }]);
    expect((await knex.raw('select * from indexed_audience where chunks <> 0')).rows).toEqual([]);
  });
}

/** As the version before stored it. */
const stored = `
  insert into audience_name (name) values ('hr'), ('everyone'), ('it'), ('person:ann@x.example');
  insert into group_member (source, name, email) values ('files', 'hr', 'ann@x.example'), ('wiki', 'hr', 'ben@x.example');
  insert into document (source, ref, title, url, revision, audience) values
    ('files', 'open', 'Open', '', '7', '{everyone}'), ('files', 'both', 'Both', '', '7', '{hr,everyone}'),
    ('files', 'hr', 'HR', '', '7', '{it,hr}'), ('files', 'person', 'One', '', '7', '{person:ann@x.example}'),
    ('files', 'nobody', 'None', '', '7', '{}'), ('wiki', 'wiki', 'Wiki', '', '7', '{hr}');
  insert into chunk (document_id, ordinal, headings, text)
    select id, part, '{}', 'toner' from document, generate_series(0, 1) part;
  insert into chunk_index (chunk_id, document_id, acl, len, span, tsv)
    select c.id, d.id, array(select n.id from audience_name n where n.name = any(d.audience)), 1, 1, to_tsvector('english', c.text)
    from chunk c join document d on d.id = c.document_id;
`;
