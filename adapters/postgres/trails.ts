import type { Knex } from 'knex';
import type { Address, Place } from '#domain/conversation.ts';
import type { JobState, Trail, TrailJob, TrailTicket, TrailTurn } from '#domain/trail.ts';
import type { JobName, Trails } from '#ports.ts';
import { allRows, firstRow } from './first-row.ts';
import * as sql from './trails-sql.ts';
import { toUnsignedTurn, type TurnRow } from './turn-row.ts';

/** The kinds of jobs whose key is no conversation. All others' is, those of earlier versions included. */
const ofOthers: readonly JobName[] = ['sync', 'refresh', 'tell-admin', 'watch-tickets', 'greet'];

/** What is recorded of conversations, read from Postgres and from the queue in it. */
export function createTrails(knex: Knex): Trails {
  return {
    async ofMessage({ address, messageId, postRefStart }) {
      const { platform, ref } = address;
      const found = await firstRow<ConversationRow>(knex, sql.find, {
        platform,
        address: ref,
        messageId,
        postRefStart,
      });
      if (found === null) return null;
      const trail = { conversation: toConversation(found), ...(await partsOf(knex, found.id)) };
      return { trail, address: { platform: found.platform, ref: found.address } };
    },
  };
}

/** The turns last: a job that is shown without its turn would be a riddle, the other way round it is on its way. */
async function partsOf(knex: Knex, conversationId: string): Promise<Omit<Trail, 'conversation'>> {
  const jobs = await allRows<JobRow>(knex, sql.jobs, { ofOthers, key: conversationId });
  const events = await allRows<EventRow>(knex, sql.events, { conversationId });
  const ticket = await firstRow<TicketRow>(knex, sql.ticket, { conversationId });
  const turns = await allRows<TrailTurnRow>(knex, sql.turns, { conversationId });
  return {
    turns: turns.map(toTrailTurn),
    events: events.map(({ id, received_at, turn_id }) => ({ id, receivedAt: received_at, turnId: turn_id })),
    jobs: jobs.map(toJob),
    ticket: ticket && toTicket(ticket),
  };
}

interface ConversationRow {
  readonly id: string;
  readonly name: string;
  readonly platform: Address['platform'];
  readonly address: string;
  readonly place: Place;
  readonly requester_ref: string;
  readonly handled_through: string;
}
function toConversation(row: ConversationRow): Trail['conversation'] {
  const { id, name, platform, place, requester_ref: requesterRef, handled_through: handledThrough } = row;
  return { id, name, platform, place, requesterRef, handledThrough };
}

interface TrailTurnRow extends TurnRow {
  readonly recorded_at: Date;
  readonly message_id: string | null;
}
function toTrailTurn(row: TrailTurnRow): TrailTurn {
  return { ...toUnsignedTurn(row), recordedAt: row.recorded_at, messageId: row.message_id };
}

interface EventRow {
  readonly id: string;
  readonly received_at: Date;
  readonly turn_id: string;
}

/** https://pgboss.io/api/jobs: the states of pg-boss. Null: it has forgotten the job. */
type BossState = 'created' | 'retry' | 'active' | 'completed' | 'cancelled' | 'failed';

interface JobRow {
  readonly id: string;
  readonly name: string;
  readonly data: Readonly<Record<string, string>>;
  readonly state: BossState | null;
  readonly retry_count: number | null;
  readonly output: unknown;
  readonly is_dead: boolean;
  readonly dead_tries: number | null;
  readonly dead_error: string | null;
  readonly sent_at: Date;
  readonly started_at: Date | null;
  readonly ended_at: Date | null;
}
function toJob(row: JobRow): TrailJob {
  const { id, name, data } = row;
  return {
    id,
    name,
    state: stateOf(row),
    tries: triesOf(row),
    sentAt: row.sent_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    error: row.dead_error ?? messageIn(row.output),
    turnIds: [data['turnId'], ...(data['turnIds']?.split(' ') ?? [])].flatMap((turnId) => turnId || []),
  };
}

const states: Readonly<Record<BossState, JobState>> = {
  created: 'waiting',
  retry: 'retrying',
  active: 'running',
  completed: 'done',
  cancelled: 'given-up',
  failed: 'given-up',
};

/** Given up by us, a job is completed for pg-boss: see jobs.ts. */
function stateOf({ state, is_dead }: JobRow): JobState {
  return is_dead || state === null ? 'given-up' : states[state];
}

function triesOf({ state, retry_count, dead_tries }: JobRow): number {
  if (dead_tries !== null) return dead_tries;
  return state === 'created' ? 0 : (retry_count ?? 0) + 1;
}

/** Of our own failures it is at the top; pg-boss puts those that it notices itself (a process that died) in `value`. */
function messageIn(output: unknown): string | null {
  const { message, value } = Object(output) as { message?: unknown; value?: { message?: unknown } };
  const text = message ?? value?.message;
  return typeof text === 'string' ? text : null;
}

interface TicketRow extends Pick<TrailTicket, 'reason' | 'key' | 'url'> {
  readonly opened_at: Date;
  readonly tried_at: Date | null;
}
function toTicket({ reason, opened_at, tried_at, key, url }: TicketRow): TrailTicket {
  return { reason, openedAt: opened_at, triedAt: tried_at, key, url };
}
