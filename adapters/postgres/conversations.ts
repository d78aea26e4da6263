import type { Knex } from 'knex';
import type { Address, Conversation, Place } from '#domain/conversation.ts';
import type { Ticket } from '#domain/ticket.ts';
import type { Conversations, OutgoingTurn } from '#ports.ts';
import * as sql from './conversations-sql.ts';
import { allRows, firstRow } from './first-row.ts';
import { isId } from './row-id.ts';
import { clean, jsonOf } from './stored-text.ts';
import { toTurn, type TurnRow } from './turn-row.ts';

/** Conversations in Postgres. `knex` may be a transaction: then all of it happens together or not at all. */
export function createConversations(knex: Knex): Conversations {
  return { ...reading(knex), ...adding(knex), ...changing(knex) };
}

function reading(knex: Knex): Pick<Conversations, 'load' | 'versionOf' | 'outgoing' | 'shown' | 'ofPost'> {
  async function find(turnId: string): Promise<OutgoingTurn | null> {
    const row = await firstRow<OutgoingRow>(knex, sql.outgoing, { turnId });
    return row && toOutgoing(row);
  }
  return {
    async load(conversationId) {
      // One statement, so that the turns and the version belong together.
      const rows = await allRows<ConversationRow & TurnRow>(knex, sql.load, { conversationId });
      const [first] = rows;
      if (first === undefined) throw new Error(`conversation ${conversationId} does not exist`);
      return toConversation(first, rows);
    },
    async versionOf(conversationId) {
      const row = await firstRow<{ version: number }>(knex, sql.version, { conversationId });
      if (row === null) throw new Error(`conversation ${conversationId} does not exist`);
      return row.version;
    },
    async outgoing(turnId) {
      const turn = await find(turnId);
      if (turn === null) throw new Error(`turn ${turnId} does not exist`);
      return turn;
    },
    shown: async (turnId) => (isId(turnId) ? find(turnId) : null),
    async ofPost({ platform, postRefStart }) {
      const bindings = { platform, postRefStart: clean(postRefStart) };
      const row = await firstRow<{ id: string; address: string }>(knex, sql.ofPost, bindings);
      return row && { turnId: row.id, address: { platform, ref: row.address } };
    },
  };
}

function adding(knex: Knex): Pick<Conversations, 'recordDecision' | 'recordNews' | 'recordAgentTurn'> {
  return {
    recordDecision: ({ decision, ...record }) =>
      recorded(firstRow(knex, sql.recordDecision, { ...record, decision: jsonOf(decision) })),
    recordNews: ({ decision, text, stage = 'thread', ...news }) =>
      recorded(firstRow(knex, sql.recordNews, { ...news, stage, text: clean(text), decision: jsonOf(decision) })),
    recordAgentTurn: ({ author = 'agent', authorName, text, files, ...turn }) =>
      recorded(
        firstRow(knex, sql.recordAgentTurn, {
          ...turn,
          author,
          authorName: clean(authorName),
          text: clean(text),
          files: jsonOf(files),
        }),
      ),
  };
}

function changing(
  knex: Knex,
): Pick<Conversations, 'reviseTurn' | 'recordPost' | 'recordComment' | 'recordFile' | 'takeBack'> {
  return {
    reviseTurn: (turnId, { text, decision, files }) =>
      recorded(
        firstRow(knex, sql.reviseTurn, {
          turnId,
          text: text === null ? null : clean(text),
          decision: decision === undefined ? null : jsonOf(decision),
          // what is taken back keeps its list
          files: text === null || files === undefined ? null : jsonOf(files),
        }),
      ),
    async recordPost(turnId, { postRef, revision }) {
      await allRows(knex, sql.recordPost, { turnId, postRef, revision });
    },
    async recordComment(turnId, { id: commentId, revision }) {
      await allRows(knex, sql.recordComment, { turnId, commentId, revision });
    },
    async recordFile(turnId, { index, mirrored }) {
      await allRows(knex, sql.recordFile, { turnId, index, mirrored });
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

interface TicketColumns {
  readonly has_ticket: boolean;
  readonly ticket_id: string | null;
  readonly ticket_key: string | null;
  readonly ticket_url: string | null;
  readonly phase: Ticket['phase'];
  readonly through_turn_id: string;
  readonly assignee: string | null;
}
interface ConversationRow extends TicketColumns {
  readonly conversation_id: string;
  readonly name: string;
  readonly platform: Address['platform'];
  readonly address: string;
  readonly place: Place;
  readonly requester_ref: string;
  readonly handled_through: string;
  readonly version: number;
}
interface OutgoingRow extends TicketColumns, TurnRow {
  readonly conversation_id: string;
  readonly platform: Address['platform'] | null;
  readonly address: string | null;
}
function toOutgoing(row: OutgoingRow): OutgoingTurn {
  const { platform, address } = row;
  return {
    conversationId: row.conversation_id,
    at: row.at,
    address: platform === null || address === null ? null : { platform, ref: address },
    turn: toTurn(row),
    ticket: toTicket(row),
  };
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
  if (!row.has_ticket) return null;
  return {
    id: row.ticket_id,
    key: row.ticket_key,
    url: row.ticket_url,
    phase: row.phase,
    throughTurnId: row.through_turn_id,
    assignee: row.assignee,
  };
}
