import type { Click, Message, StaffAction, Turn } from '#domain/conversation.ts';
import { type Decision, NOTHING_SEARCHED, type TriageCard } from '#domain/decision.ts';
import type { CommentDraft, OpenTicket, TicketState } from '#domain/ticket.ts';
import type { JobName, Store } from '#ports.ts';
import type { Ticketing } from '#ticket-ports.ts';
import { type Database, openDatabase } from '../../../adapters/postgres/database.ts';
import { startWorkers, type Work } from '../../../adapters/postgres/jobs.ts';
import { createStore } from '../../../adapters/postgres/store.ts';
import { recordCard } from '../../../src/flows/suggest.ts';
import type { JobTable } from '../../../src/jobs.ts';

export const at = new Date('2026-03-01T09:00:00Z');
const silence = { debug() {}, info() {}, warn() {}, error() {} };
const names: readonly JobName[] = ['answer', 'deliver', 'mirror', 'refresh', 'refresh-ticket', 'staff-act'];

/** A real store with requests that were handed over; nobody works on its jobs. */
export interface StaffDesk {
  readonly database: Database;
  readonly store: Store;
  /** A question, nothing more. */
  say(asked: Pick<Message, 'text' | 'authorRef'>): Promise<{ ref: string; conversationId: string; turnId: string }>;
  /** A conversation with a ticket; `made` false: the ticket system does not have it yet. */
  request(asked?: { text?: string; authorRef?: string; made?: boolean; decision?: Decision }): Promise<Request>;
  /** The request's card, shown in the triage channel; returns its turn. */
  card(request: Request, fields?: Partial<TriageCard>): Promise<string>;
  /** Presses a button, or submits a form, in the thread of the card; returns the turn. */
  press(
    request: Request,
    click: Pick<Click, 'turnId' | 'personRef'> & { action: StaffAction } & Partial<Click>,
  ): Promise<string>;
  /** Writes to us in the thread of the card; returns the turn. */
  write(request: Request, message: Pick<Message, 'text' | 'authorRef'> & Partial<Message>): Promise<string>;
  turns(request: Pick<Request, 'conversationId'>): Promise<readonly Turn[]>;
  /** The jobs of this name that wait, each with its data; they are taken away. */
  jobs(name: JobName): Promise<readonly Readonly<Record<string, string>>[]>;
}
export interface Request {
  readonly conversationId: string;
  readonly ref: string;
  readonly ticket: OpenTicket;
  /** The ticket's, with which our marks begin. */
  readonly ticketName: string;
}

export async function openStaffDesk(): Promise<StaffDesk> {
  const database = await openDatabase({ dump: process.env['TEST_DUMP'] ?? '' });
  const store = createStore(database, { language: 'english' });
  const nothing: Work = { run: async () => {}, maxTries: 1, giveUp: null };
  const table = Object.fromEntries(names.map((name) => [name, nothing])) as JobTable;
  // once, so that all kinds of jobs can be sent
  await (await startWorkers(database, table, { log: silence, clock: () => at })).stop();
  await database.boss.start();
  let number = 0;
  const next = () => (number += 1);

  async function say(asked: Pick<Message, 'text' | 'authorRef'>) {
    const ref = `T1/C1/${next()}`;
    const received = await store.inbound.message(messageIn(ref, { ...asked, number }));
    if (received === null) throw new Error('the question is not stored');
    return { ref, ...received };
  }

  return {
    database,
    store,
    say,
    async request({ text = 'my vpn drops', authorRef = 'slack/T1/rita', made = true, decision = unsure } = {}) {
      const { ref, conversationId, turnId } = await say({ text, authorRef });
      const { version } = await store.conversations.load(conversationId);
      const record = { conversationId, version, handledThrough: turnId, decision, text: '', at };
      await store.conversations.recordDecision(record);
      await store.tickets.open({ conversationId, reason: 'unsure', throughTurnId: turnId, at });
      const ticket = { id: String(10_000 + number), key: `IT-${number}`, url: `https://desk.example/IT-${number}` };
      if (made) await store.tickets.recordCreated(conversationId, ticket);
      const ticketName = (await store.tickets.find(conversationId))?.name ?? '';
      return { conversationId, ref, ticket, ticketName };
    },
    async card({ conversationId, ref, ticketName }, fields = {}) {
      const card = { ...aCard, ...fields };
      const recorded = await recordCard(store, { conversationId, ticketName, card, at });
      if (recorded === null) throw new Error('the card is there already');
      await store.tickets.recordTriage(conversationId, { platform: 'slack', ref: triageRef(ref) });
      await store.conversations.recordPost(recorded.turnId, { postRef: `${triageRef(ref)}/post`, revision: 0 });
      return recorded.turnId;
    },
    async press({ ref }, click) {
      const address = { platform: 'slack', ref: triageRef(ref) } as const;
      const received = await store.inbound.click({ values: null, eventId: `click/${next()}`, address, at, ...click });
      if (received === null) throw new Error('the click is not stored');
      return received.turnId;
    },
    async write({ ref }, message) {
      const received = await store.inbound.message({
        ...messageIn(triageRef(ref), { ...message, number: next() }),
        ...message,
      });
      if (received === null) throw new Error('the message is not stored');
      return received.turnId;
    },
    turns: async ({ conversationId }) => (await store.conversations.load(conversationId)).turns,
    async jobs(name) {
      const waiting = () => database.knex('pgboss.job').where({ name, state: 'created' });
      const rows: { data: Readonly<Record<string, string>> }[] = await waiting().orderBy('created_on').select('data');
      await waiting().del();
      return rows.map(({ data }) => data);
    },
  };
}

const unsure: Decision = { kind: 'escalate', reason: 'unsure', grounds: NOTHING_SEARCHED };

const aCard: TriageCard = {
  summary: 'my vpn drops',
  requester: 'Rita',
  why: 'The documents do not answer the question surely enough.',
  urgency: '',
  thread: 'https://slack.example/thread',
  takenBy: null,
  mutedBy: null,
};

/** Where the card of a request is shown. */
export function triageRef(ref: string): string {
  return ref.replace('C1', 'TRIAGE');
}

function messageIn(ref: string, said: { text: string; authorRef: string; number: number }): Message {
  const { number, text, authorRef } = said;
  const id = `T1/M/${number}`;
  const address = { platform: 'slack', ref } as const;
  const fixed = { place: 'channel', sentAt: at, addressed: true, files: [] } as const;
  return { ...fixed, id, eventId: `slack/Ev${number}`, address, authorRef, text };
}

/** A ticket system that has these tickets; keeps what is written. */
export function createTicketingDouble(...tickets: readonly Partial<TicketState>[]) {
  const comments: { ticketId: string; commentId: string; draft: CommentDraft; edits: number }[] = [];
  const assigned: { ticketId: string; email: string }[] = [];
  const state = {
    comments,
    assigned,
    /** Addresses that have an account. */
    accounts: [] as readonly string[],
    /** Thrown by the next call that writes, once. */
    failure: null as Error | null,
  };
  function failOnce(): void {
    const { failure } = state;
    state.failure = null;
    if (failure !== null) throw failure;
  }
  const ticketing: Pick<Ticketing, 'read' | 'assign' | 'ensureComment' | 'editComment'> = {
    async read(ticketId) {
      const ticket = tickets.find(({ id }) => id === ticketId);
      return ticket === undefined ? null : { ...aTicket, ...ticket };
    },
    async assign(ticketId, email) {
      failOnce();
      assigned.push({ ticketId, email });
      return state.accounts.includes(email);
    },
    async ensureComment(ticketId, draft) {
      failOnce();
      const there = comments.find((one) => one.ticketId === ticketId && one.draft.mark === draft.mark);
      const comment = there ?? { ticketId, commentId: String(comments.length + 1), draft, edits: 0 };
      if (there === undefined) comments.push(comment);
      return { commentId: comment.commentId };
    },
    async editComment(ticketId, { commentId, draft }) {
      failOnce();
      const there = comments.find((one) => one.ticketId === ticketId && one.commentId === commentId);
      if (there === undefined) return null;
      Object.assign(there, { draft, edits: there.edits + 1 });
      return { commentId };
    },
  };
  return Object.assign(state, { ticketing });
}

const aTicket: TicketState = {
  id: '0',
  key: 'IT-0',
  url: 'https://desk.example/IT-0',
  updatedAt: at,
  summary: 'my vpn drops',
  status: { name: 'Done', category: 'done' },
  assignee: null,
  resolution: 'Done',
  isRestricted: false,
  comments: [],
  ours: new Map(),
  commands: [],
};
