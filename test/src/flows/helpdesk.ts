import type { Click, Message, Person } from '#domain/conversation.ts';
import type { Decision } from '#domain/decision.ts';
import { type Audience, EVERYONE } from '#domain/knowledge.ts';
import type { Reply } from '#domain/reply.ts';
import type { DocumentRef, Freshness } from '#knowledge-ports.ts';
import type { ChatPlatform, DirectThread, Pressed } from '#chat-ports.ts';
import type { JobName, Store } from '#ports.ts';
import { type Database, openDatabase } from '../../../adapters/postgres/database.ts';
import { startWorkers, type Work } from '../../../adapters/postgres/jobs.ts';
import { createStore } from '../../../adapters/postgres/store.ts';
import { createInbox } from '../../../src/inbox.ts';
import type { JobTable } from '../../../src/jobs.ts';
import { loadDraftWeights, loadWeights } from '../../../src/policy.ts';

export const at = new Date('2026-03-01T09:00:00Z');
export const silence = { debug() {}, info() {}, warn() {}, error() {} };

/** Thresholds of the tests' own: all that is found is an answer. */
export const policy = { answerAt: 0.001, suggestAt: 0.001, writtenAt: 0.5, excludedTopics: [] };
export const weights = loadWeights(null);
export const draftWeights = loadDraftWeights(null);

const names: readonly JobName[] = [
  'answer',
  'deliver',
  'settle',
  'escalate',
  'link',
  'mirror',
  'refresh-ticket',
  'share-files',
  'amend',
  'reopen',
  'close',
  'suggest',
  'count-followers',
  'staff-act',
  'propose-lesson',
  'watch-tickets',
  'sync',
  'refresh',
  'embed',
  'answer-privately',
  'carry-over',
  'greet',
  'tell-admin',
];

/** A real store, with documents in it; nobody works on its jobs. */
export interface Desk {
  readonly database: Database;
  readonly store: Store;
  /** Says something; returns the conversation that it belongs to. */
  say(message: Pick<Message, 'text' | 'authorRef'> & Partial<Message>): Promise<string>;
  /** Presses a button, or with `values` submits a form; returns what it comes to. */
  press(click: Pick<Click, 'action' | 'turnId' | 'personRef' | 'address'> & Partial<Click>): Promise<Pressed>;
  /** The jobs of this name that wait, each with its data; they are taken away. */
  jobs(name: JobName): Promise<readonly Readonly<Record<string, string>>[]>;
  /** What we decided last in the conversation. */
  lastDecision(conversationId: string): Promise<Decision & { readonly turnId: string; readonly text: string }>;
}

export async function openDesk(): Promise<Desk> {
  const database = await openDatabase({ dump: process.env['TEST_DUMP'] ?? '' });
  const store = createStore(database, { language: 'english' });
  const nothing: Work = { run: async () => {}, maxTries: 1, giveUp: null };
  const table = Object.fromEntries(names.map((name) => [name, nothing])) as JobTable;
  // once, so that all kinds of jobs can be sent
  await (await startWorkers(database, table, { log: silence, clock: () => at })).stop();
  await database.boss.start();
  const inbox = createInbox(store, () => at);
  let number = 0;

  return {
    database,
    store,
    async say(message) {
      number += 1;
      const id = `T1/C1/${number}`;
      const address = message.address ?? ({ platform: 'slack', ref: id } as const);
      const usual = { id, eventId: `slack/Ev${number}`, address, sentAt: at, addressed: true, files: [] };
      await inbox.message({ place: 'channel', ...usual, ...message });
      const row = await database.knex('conversation').where({ address: address.ref }).first('id');
      return String(row.id);
    },
    press(click) {
      number += 1;
      return inbox.click({ values: null, eventId: `slack/action/${number}`, at, ...click });
    },
    async jobs(name) {
      const rows: { data: Readonly<Record<string, string>> }[] = await database
        .knex('pgboss.job')
        .where({ name, state: 'created' })
        .orderBy('created_on')
        .select('data');
      await database.knex('pgboss.job').where({ name, state: 'created' }).del();
      return rows.map(({ data }) => data);
    },
    async lastDecision(conversationId) {
      const { turns } = await store.conversations.load(conversationId);
      const turn = turns.findLast(({ decision }) => decision !== null);
      if (turn === undefined || turn.decision === null) throw new Error('nothing was decided');
      return { ...turn.decision, turnId: turn.id, text: turn.text };
    },
  };
}

export async function putDocument(
  { knowledge }: Pick<Store, 'knowledge'>,
  document: { id: string; title: string; text: string; audience?: Audience },
): Promise<void> {
  const { id, title, text, audience = EVERYONE } = document;
  const url = `https://wiki.example/${id}`;
  const fixed = { source: 'files', revision: '1', updatedAt: at, gaps: [], isComplete: true, markdown: text };
  await knowledge.put({ ...fixed, id, title, url, audience }, [{ ordinal: 0, headings: [], text }]);
}

export function colleague(name: string, fields: Partial<Person> = {}): Person {
  return { ref: `slack/T1/${name}`, name, email: `${name}@acme.example`, outsider: false, bot: false, ...fields };
}

let threads = 0;

/** A chat platform that knows these people, and who of them is in the channel. */
export function createChat(people: readonly Person[]) {
  const begun: { personRef: string; key: string; reply: Reply; again: boolean; thread: DirectThread }[] = [];
  const state = {
    members: null as readonly string[] | null,
    failure: null as Error | null,
    begun,
    /** How often a person was asked for. */
    asked: 0,
  };
  const chat: Pick<
    ChatPlatform,
    'name' | 'person' | 'members' | 'personByEmail' | 'showWorking' | 'permalink' | 'startDirect' | 'hasNoThreads'
  > = {
    name: 'slack',
    async person(ref) {
      state.asked += 1;
      const found = people.find((one) => one.ref === ref);
      if (found === undefined) throw new Error(`nobody is ${ref}`);
      return found;
    },
    async members() {
      if (state.failure !== null) throw state.failure;
      return state.members;
    },
    personByEmail: async (email) => people.find((one) => one.email === email) ?? null,
    showWorking: async () => {},
    hasNoThreads: () => false,
    permalink: async ({ ref }) => `https://slack.example/${ref}`,
    async startDirect(personRef, opening) {
      const earlier = opening.again ? begun.find(({ key }) => key === opening.key) : undefined;
      threads += 1;
      const ref = `T1/D-${personRef.split('/')[2]}/${threads}`;
      const thread = earlier?.thread ?? {
        address: { platform: 'slack', ref } as const,
        messageId: ref,
        postRef: `post/${ref}`,
      };
      if (earlier === undefined) begun.push({ personRef, ...opening, thread });
      return thread;
    },
  };
  return { state, platforms: new Map([['slack', chat as ChatPlatform] as const]) };
}

/** Says of the documents that are asked about what is set; remembers what was asked. */
export function createFreshnessDouble() {
  const asked: (readonly DocumentRef[])[] = [];
  const state: { asked: typeof asked; say: () => ReturnType<Freshness['check']> } = {
    asked,
    say: async () => 'current',
  };
  const freshness: Freshness = {
    check(documents) {
      asked.push(documents);
      return state.say();
    },
  };
  return Object.assign(state, { freshness });
}
