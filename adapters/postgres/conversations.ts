import type { Knex } from 'knex';
import type { Address, Conversation, Place, Turn } from '#domain/conversation.ts';
import type { Ticket } from '#domain/ticket.ts';
import type { Conversations } from '#ports.ts';
import * as sql from './conversations-sql.ts';
import { type StoredDecision, toDecision } from './decision.ts';
import { allRows, firstRow } from './first-row.ts';
import { jsonOf } from './stored-text.ts';

/** Conversations in Postgres. `knex` may be a transaction: then all of it happens together or not at all. */
export function createConversations(knex: Knex): Conversations {
  return {
    async load(conversationId) {
      // One statement, so that the turns and the version belong together.
      const rows = await allRows<ConversationRow & TurnRow>(knex, sql.load, { conversationId });
      const [first] = rows;
      if (first === undefined) throw new Error(`conversation ${conversationId} does not exist`);
      return toConversation(first, rows);
    },
    recordDecision: ({ decision, ...record }) =>
      recorded(firstRow(knex, sql.recordDecision, { ...record, decision: jsonOf(decision) })),
    recordNews: ({ decision, ...news }) =>
      recorded(firstRow(knex, sql.recordNews, { ...news, decision: jsonOf(decision) })),
    async outgoing(turnId) {
      const row = await firstRow<OutgoingRow>(knex, sql.outgoing, { turnId });
      if (row === null) throw new Error(`turn ${turnId} does not exist`);
      return {
        conversationId: row.conversation_id,
        at: row.at,
        address: { platform: row.platform, ref: row.address },
        decision: toDecision(row.decision),
        ticket: toTicket(row),
        postRef: row.post_ref,
      };
    },
    async recordPost(turnId, postRef) {
      await allRows(knex, sql.recordPost, { turnId, postRef });
    },
    async takeBack(turnId) {
      return (await firstRow(knex, sql.takeBack, { turnId })) !== null;
    },
  };
}

async function recorded(turn: Promise<{ id: string } | null>): Promise<{ turnId: string } | null> {
  const row = await turn;
  return row && { turnId: row.id };
}

interface AddressColumns {
  readonly platform: Address['platform'];
  readonly address: string;
}
interface TicketColumns {
  readonly has_ticket: boolean;
  readonly ticket_key: string | null;
  readonly ticket_url: string | null;
}
interface ConversationRow extends AddressColumns, TicketColumns {
  readonly conversation_id: string;
  readonly name: string;
  readonly place: Place;
  readonly requester_ref: string;
  readonly handled_through: string;
  readonly version: number;
}
interface OutgoingRow extends AddressColumns, TicketColumns {
  readonly conversation_id: string;
  readonly at: Date;
  readonly decision: StoredDecision;
  readonly post_ref: string | null;
}
interface TurnRow {
  readonly id: string;
  readonly author: Turn['author'];
  readonly person_ref: string | null;
  readonly text: string;
  readonly at: Date;
  readonly action: Turn['action'];
  readonly about_turn_id: string | null;
  readonly addressed: boolean;
  readonly withdrawn: boolean;
  readonly files: string[];
  readonly decision: StoredDecision | null;
  readonly post_ref: string | null;
}
function toConversation(row: ConversationRow, turns: readonly TurnRow[]): Conversation {
  return {
    id: row.conversation_id,
    name: row.name,
    address: { platform: row.platform, ref: row.address },
    place: row.place,
    requesterRef: row.requester_ref,
    turns: turns.map(toTurn),
    handledThrough: row.handled_through,
    version: row.version,
    ticket: toTicket(row),
  };
}

function toTicket(row: TicketColumns): Ticket | null {
  return row.has_ticket ? { key: row.ticket_key, url: row.ticket_url } : null;
}

function toTurn(row: TurnRow): Turn {
  return {
    id: row.id,
    author: row.author,
    personRef: row.person_ref,
    text: row.text,
    at: row.at,
    action: row.action,
    aboutTurnId: row.about_turn_id,
    addressed: row.addressed,
    withdrawn: row.withdrawn,
    files: row.files,
    decision: toDecision(row.decision),
    postRef: row.post_ref,
  };
}
