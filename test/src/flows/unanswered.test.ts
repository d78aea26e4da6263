import type { Store } from '#ports.ts';
import { type Database, openDatabase } from '../../../adapters/postgres/database.ts';
import { startWorkers, type Work } from '../../../adapters/postgres/jobs.ts';
import { createStore } from '../../../adapters/postgres/store.ts';
import { createHandOverUnanswered } from '../../../src/flows/unanswered.ts';
import { createInbox } from '../../../src/inbox.ts';
import type { JobTable } from '../../../src/jobs.ts';

const at = new Date('2026-03-01T09:00:00Z');
const silence = { debug() {}, info() {}, warn() {}, error() {} };

let database: Database;
let store: Store;
beforeAll(async () => {
  database = await openDatabase({ dump: process.env['TEST_DUMP'] ?? '' });
  store = createStore(database, { language: 'english' });
  const nothing: Work = { run: async () => {}, maxTries: 1, giveUp: null };
  const names = ['answer', 'deliver', 'settle', 'escalate', 'link', 'mirror', 'reopen', 'sync'] as const;
  const table = Object.fromEntries(names.map((name) => [name, nothing])) as JobTable;
  // once, so that all kinds of jobs can be sent; nobody works on them here
  await (await startWorkers(database, table, { log: silence, clock: () => at })).stop();
  await database.boss.start();
});
afterAll(() => database.close());

let number = 0;
async function asked(
  text = 'my vpn drops',
  thread?: string,
  authorRef = 'slack/T1/U1',
): Promise<{ conversationId: string; thread: string }> {
  number += 1;
  const ref = thread ?? `T1/D1/${number}`;
  await createInbox(store, () => at).message({
    id: `T1/D1/${number}`,
    eventId: `slack/Ev${number}`,
    address: { platform: 'slack', ref },
    place: 'direct',
    authorRef,
    text,
    sentAt: at,
    addressed: true,
    files: [],
  });
  const row = await database.knex('conversation').where({ address: ref }).first('id');
  return { conversationId: String(row.id), thread: ref };
}

/** With the store alone: it must work while the chat platform and the ticket system do not. */
const handOver = (conversationId: string) => createHandOverUnanswered({ store, clock: () => at })(conversationId);

async function escalations(conversationId: string): Promise<number> {
  const { rows } = await database.knex.raw(
    `select count(*)::int as count from pgboss.job where name = 'escalate' and singleton_key = :conversationId`,
    { conversationId },
  );
  return rows[0].count;
}

test('a question that could not be worked on gets a ticket with this reason, and is decided on', async () => {
  const { conversationId } = await asked();
  await handOver(conversationId);
  const { turns, handledThrough } = await store.conversations.load(conversationId);
  const [question, decision] = turns;
  expect(turns).toHaveLength(2);
  expect(handledThrough).toBe(question?.id);
  expect(decision?.decision).toMatchObject({ kind: 'escalate', reason: 'unavailable' });
  expect(await store.tickets.find(conversationId)).toMatchObject({
    reason: 'unavailable',
    throughTurnId: question?.id,
    created: null,
  });
  expect(await escalations(conversationId)).toBe(1);
});

test('handing over twice changes nothing', async () => {
  const { conversationId } = await asked();
  await handOver(conversationId);
  const before = await store.conversations.load(conversationId);
  await handOver(conversationId);
  expect(await store.conversations.load(conversationId)).toEqual(before);
  expect(await escalations(conversationId)).toBe(1);
});

test('a question that was decided on meanwhile is left alone', async () => {
  const { conversationId } = await asked();
  const { version, turns } = await store.conversations.load(conversationId);
  await store.conversations.recordDecision({
    conversationId,
    version,
    handledThrough: turns[0]?.id ?? '',
    decision: {
      kind: 'silent',
      reason: 'withdrawn',
      grounds: { question: null, corrections: [], confidence: null, found: [], thresholds: null, checked: null },
    },
    text: '',
    at,
  });
  await handOver(conversationId);
  expect(await store.tickets.find(conversationId)).toBeNull();
  expect(await escalations(conversationId)).toBe(0);
});

test('a colleague’s question where the ticket is closed opens that again', async () => {
  const { conversationId, thread } = await asked();
  await handOver(conversationId);
  await store.tickets.recordCreated(conversationId, { id: '10001', key: 'IT-1', url: 'https://jira/IT-1' });
  await store.tickets.recordPhase(conversationId, 'closed', at);
  await asked('how do I print?', thread, 'slack/T1/U2');
  await handOver(conversationId);
  const { turns } = await store.conversations.load(conversationId);
  expect(turns.at(-1)?.decision).toMatchObject({ kind: 'reopen' });
  const jobs = await database
    .knex('pgboss.job')
    .where({ singleton_key: conversationId })
    .orderBy('name')
    .select('name');
  expect(jobs.map(({ name }) => name)).toEqual(['answer', 'answer', 'escalate', 'mirror', 'reopen']);
});

test('what comes in afterwards waits for a decision of its own', async () => {
  const { conversationId, thread } = await asked();
  await handOver(conversationId);
  await asked('it is the Lisbon office', thread);
  const { turns, handledThrough } = await store.conversations.load(conversationId);
  expect([turns.length, turns[0]?.id === handledThrough]).toEqual([3, true]);
});
