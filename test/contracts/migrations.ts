import type { Knex } from 'knex';
import { createConversations } from '../../adapters/postgres/conversations.ts';
import { createKnowledge } from '../../adapters/postgres/knowledge.ts';
import { createTickets } from '../../adapters/postgres/tickets.ts';
import { createVectors } from '../../adapters/postgres/vectors.ts';
import type { Readers } from '#domain/knowledge.ts';
import * as conversations from '../../migrations/0001_conversations.ts';
import * as documents from '../../migrations/0002_knowledge.ts';
import * as trails from '../../migrations/0003_trails.ts';
import * as sources from '../../migrations/0004_sources.ts';
import * as ticketLoop from '../../migrations/0005_ticket_loop.ts';
import * as teams from '../../migrations/0006_teams.ts';
import * as embeddings from '../../migrations/0007_embeddings.ts';

export interface EmptyDatabase {
  readonly knex: Knex;
  close(): Promise<void>;
}

/** What was stored before a migration is what it was after it. Run on the embedded database and on a server. */
export function migrationContract(open: () => Promise<EmptyDatabase>): void {
  let database: EmptyDatabase;
  beforeEach(async () => {
    database = await open();
  });
  afterEach(() => database.close());

  async function migrate(...steps: readonly ((knex: Knex) => Promise<void>)[]): Promise<void> {
    await database.knex.transaction(async (trx) => {
      for (const step of steps) await step(trx);
    });
  }

  test('documents keep who may read them, and each group becomes one of its source', async () => {
    const { knex } = database;
    await migrate(conversations.up, documents.up, trails.up);
    await knex.raw(stored);
    await migrate(sources.up);

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

  test('what was stored before there were vectors gets them as what comes after, and there is a way back', async () => {
    const { knex } = database;
    await migrate(conversations.up, documents.up, trails.up);
    await knex.raw(stored);
    await migrate(sources.up);
    const columns = async () => knex('chunk').columnInfo();
    const before = await columns();
    await migrate(embeddings.up);
    const hashes = async () => (await knex.raw(`select encode(text_hash, 'hex') as hash from chunk order by id`)).rows;
    const migrated = await hashes();
    // The same rows once more, as they are written from now on.
    await knex.raw('create temp table kept as select document_id, ordinal, headings, text from chunk order by id');
    await knex.raw('delete from chunk');
    await knex.raw('insert into chunk (document_id, ordinal, headings, text) select * from kept');
    expect(await hashes()).toEqual(migrated);

    const vectors = createVectors(knex);
    await vectors.useModel('m');
    const missing = await vectors.missing('m', 100);
    expect(missing.map(({ text }) => text).toSorted()).toEqual(
      ['Both', 'HR', 'None', 'One', 'Open', 'Wiki'].map((title) => `${title}\n\ntoner`),
    );
    await vectors.put(
      'm',
      missing.map((chunk) => ({ ...chunk, vector: Float32Array.from([1, 0]) })),
    );
    expect(await vectors.missing('m', 100)).toEqual([]);
    await migrate(embeddings.down);
    expect(await columns()).toEqual(before);
    expect((await knex.raw(`select from pg_tables where tablename like 'embedding%'`)).rows).toEqual([]);
  });

  test('conversations and tickets mean what they did, there and back', async () => {
    const { knex } = database;
    await migrate(conversations.up, documents.up, trails.up, sources.up);
    await knex.raw(talk);
    const rows = async () => {
      const select = async (table: string, order: string) => knex(table).select().orderBy(order);
      return [
        await select('conversation', 'id'),
        await select('turn', 'id'),
        await select('ticket', 'conversation_id'),
      ];
    };
    const before = await rows();

    for (let round = 0; round < 2; round += 1) {
      await migrate(ticketLoop.up);
      await expectTalk(knex);
      await migrate(ticketLoop.down);
      expect(await rows()).toEqual(before);
    }
  });

  test('what was passed on to the ticket before is not passed on again, but for what still waited', async () => {
    const { knex } = database;
    await migrate(conversations.up, documents.up, trails.up, sources.up);
    await knex.raw(talk);
    await knex.raw(`
      insert into turn (conversation_id, author, text, at, action) select 1, author, text, '2026-02-03T09:00:00Z', action
      from (values ('requester', 'still', null), ('colleague', 'me too', null), ('requester', '', 'get-human'),
        ('requester', 'waits for its comment', null), ('requester', 'is not decided on', null)) t (author, text, action);
      update conversation set handled_through = 8 where id = 1;
      create schema pgboss;
      create table pgboss.job (name text, state text, data jsonb);
      insert into pgboss.job values ('comment', 'retry', '{"turnIds":"8"}'), ('comment', 'completed', '{"turnIds":"5 6"}'),
        ('mirror', 'created', '{"conversationId":"1"}');
    `);
    await migrate(ticketLoop.up);
    const { turns } = await createConversations(knex).load('1');
    expect(turns.slice(-5).map(({ text, comment }) => [text, comment])).toEqual([
      ['still', { id: '0', revision: 0 }],
      ['me too', { id: '0', revision: 0 }],
      ['', null],
      ['waits for its comment', null],
      ['is not decided on', null],
    ]);
  });

  test('conversations from before places without threads are of none, and stay as they are, there and back', async () => {
    const { knex } = database;
    await migrate(conversations.up, documents.up, trails.up, sources.up, ticketLoop.up);
    await knex.raw(talkOfNow);
    const rows = async () => [
      await knex('conversation').select().orderBy('id'),
      await knex('turn').select().orderBy('id'),
    ];
    const before = await rows();
    for (let round = 0; round < 2; round += 1) {
      await migrate(teams.up);
      expect(await knex('conversation').whereNotNull('chat')).toEqual([]);
      expect((await createConversations(knex).load('1')).turns.map(({ text }) => text)).toEqual([
        'my vpn drops',
        'Hello',
      ]);
      await knex('platform_note').insert({ platform: 'teams', key: 'a', value: '1' });
      await migrate(teams.down);
      expect(await rows()).toEqual(before);
    }
  });

  test('on the way back what was in the triage channel goes, and nothing that was decided on waits again', async () => {
    const { knex } = database;
    await migrate(conversations.up, documents.up, trails.up, sources.up);
    await knex.raw(talk);
    // what is there today writes it
    await migrate(ticketLoop.up, teams.up);
    const grounds = { question: null, corrections: [], confidence: null, found: [], thresholds: null, checked: null };
    const store = createConversations(knex);
    const decision = { kind: 'silent', reason: 'noted', grounds } as const;
    const at = new Date('2026-03-01T09:00:00Z');
    const news = { conversationId: '1', decision, text: '', at };
    const files = [{ name: 'it\'s, "a" {1}.png', ref: 'F1', mimeType: 'image/png', bytes: 7 }];
    const said = { authorName: 'Ida', personRef: null, text: 'On it', files, commentId: '5', once: 'comment/5' };
    await store.recordAgentTurn({ conversationId: '1', at, ...said });
    const card = await store.recordNews({ ...news, once: 'card', stage: 'triage' });
    await store.recordDecision({ ...news, version: 1, handledThrough: card!.turnId });
    await migrate(teams.down, ticketLoop.down);

    const turns = await knex('turn')
      .where({ conversation_id: 1 })
      .orderBy('id')
      .select('author', 'text', 'files', 'post_ref');
    expect(turns.slice(3)).toEqual([
      { author: 'agent', text: 'On it', files: ['it\'s, "a" {1}.png'], post_ref: null },
      { author: 'bot', text: '', files: [], post_ref: null },
    ]);
    await migrate(ticketLoop.up);
    const again = await store.load('1');
    expect(again.turns.findIndex(({ id }) => id === again.handledThrough)).toBe(3);
  });
}

async function expectTalk(knex: Knex): Promise<void> {
  const store = createConversations(knex);
  const asked = await store.load('1');
  const plain = { stage: 'thread', authorName: null, revision: 0, values: null, comment: null, mirroredFiles: {} };
  const unknown = { ref: null, mimeType: null, bytes: null };
  const files = [
    { ...unknown, name: 'b, "c" {d}.png' },
    { ...unknown, name: 'a.png' },
  ];
  expect(asked).toMatchObject({ handledThrough: '1', version: 1 });
  expect(asked.turns).toMatchObject([
    { ...plain, id: '1', author: 'requester', text: 'my vpn drops', files, postRef: null, postRevision: null },
    { ...plain, id: '2', author: 'bot', files: [], postRef: 'C1/1', postRevision: 0 },
    { ...plain, id: '3', author: 'bot', files: [], postRef: null, postRevision: null },
  ]);
  expect(asked.ticket).toEqual({
    id: null,
    key: 'IT-1',
    url: 'https://jira.example/browse/IT-1',
    phase: 'open',
    throughTurnId: '1',
    assignee: null,
  });
  expect((await store.load('2')).ticket).toBeNull();
  const openedAt = new Date('2026-02-01T09:00:05Z');
  expect(await createTickets(knex).find('1')).toEqual({
    name: asked.name,
    reason: 'unsure',
    throughTurnId: '1',
    openedAt,
    triedAt: new Date('2026-02-01T09:00:06Z'),
    created: { id: 'IT-1', key: 'IT-1', url: 'https://jira.example/browse/IT-1' },
    phase: 'open',
    phaseAt: openedAt,
    seen: null,
    described: null,
    continues: null,
    triage: null,
    rating: null,
  });
}

/** As the version before stored it. */
const talk = `
  insert into conversation (platform, address, place, requester_ref, handled_through, version) values
    ('slack', 'T1/C1/1', 'direct', 'slack/T1/U1', 1, 1), ('slack', 'T1/C1/2', 'direct', 'slack/T1/U1', 0, 0);
  insert into turn (conversation_id, author, person_ref, message_id, text, at, addressed, files, decision, post_ref, once)
  values
    (1, 'requester', 'slack/T1/U1', 'T1/C1/1', 'my vpn drops', '2026-02-01T09:00:00Z', true,
      array['b, "c" {d}.png', 'a.png'], null, null, null),
    (1, 'bot', null, null, 'Hello', '2026-02-01T09:00:05Z', false, '{}', '{"kind":"escalate","grounds":{}}', 'C1/1', null),
    (1, 'bot', null, null, 'IT-1', '2026-02-01T09:00:07Z', false, '{}', '{"kind":"report","grounds":{}}', null, 'ticket-open'),
    (2, 'requester', 'slack/T1/U1', 'T1/C1/2', 'hi', '2026-02-02T09:00:00Z', true, '{}', null, null, null);
  insert into ticket (conversation_id, reason, through_turn_id, opened_at, tried_at, key, url) values
    (1, 'unsure', 1, '2026-02-01T09:00:05Z', '2026-02-01T09:00:06Z', 'IT-1', 'https://jira.example/browse/IT-1');
`;

/** As the version after that stored it. */
const talkOfNow = `
  insert into conversation (platform, address, place, requester_ref, handled_through, version) values
    ('slack', 'T1/C1/1', 'direct', 'slack/T1/U1', 1, 1);
  insert into turn (conversation_id, author, person_ref, message_id, text, at, addressed, decision, post_ref, post_revision)
  values
    (1, 'requester', 'slack/T1/U1', 'T1/C1/1', 'my vpn drops', '2026-02-01T09:00:00Z', true, null, null, null),
    (1, 'bot', null, null, 'Hello', '2026-02-01T09:00:05Z', false, '{"kind":"escalate","grounds":{}}', 'C1/1', 0);
`;

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
