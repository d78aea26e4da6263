import type { Knex } from 'knex';
import type { Address } from '#domain/conversation.ts';
import type { EscalationReason } from '#domain/decision.ts';
import type { TicketPhase } from '#domain/ticket.ts';
import type { SeenTicket, StoredTicket, Tickets } from '#ticket-ports.ts';
import { allRows, firstRow } from './first-row.ts';
import { clean } from './stored-text.ts';
import * as sql from './tickets-sql.ts';

/** The tickets of conversations, in Postgres. */
export function createTickets(knex: Knex): Tickets {
  return { ...opening(knex), ...recording(knex), ...listing(knex) };
}

function opening(knex: Knex): Pick<Tickets, 'open' | 'find' | 'conversationOf' | 'recordAttempt' | 'recordCreated'> {
  return {
    async open({ continues = false, ...ticket }) {
      return (await firstRow(knex, sql.open, { ...ticket, continues })) !== null;
    },
    async find(conversationId) {
      const row = await firstRow<Row>(knex, sql.find, { conversationId });
      return row && toStored(row);
    },
    async conversationOf(ticketId) {
      return (await firstRow<Named>(knex, sql.conversationOf, { ticketId }))?.conversation_id ?? null;
    },
    async recordAttempt(conversationId, at) {
      await allRows(knex, sql.recordAttempt, { conversationId, at });
    },
    async recordCreated(conversationId, { id: ticketId, key, url }) {
      await allRows(knex, sql.recordCreated, { conversationId, ticketId, key, url });
    },
  };
}

function recording(
  knex: Knex,
): Pick<Tickets, 'recordSeen' | 'recordPhase' | 'recordDescribed' | 'recordRating' | 'recordTriage'> {
  return {
    async recordSeen(conversationId, { status, assignee, ...seen }) {
      const names = { status: clean(status), assignee: assignee === null ? null : clean(assignee) };
      await allRows(knex, sql.recordSeen, { conversationId, ...seen, ...names });
    },
    async recordPhase(conversationId, phase, at) {
      await allRows(knex, sql.recordPhase, { conversationId, phase, at });
    },
    async recordDescribed(conversationId, described) {
      await allRows(knex, sql.recordDescribed, { conversationId, described });
    },
    async recordRating(conversationId, { rating, comment }) {
      const words = comment === undefined ? null : clean(comment);
      const statement = rating === undefined ? sql.commentRating : sql.rate;
      return (await firstRow(knex, statement, { conversationId, rating: rating ?? null, comment: words })) !== null;
    },
    async recordTriage(conversationId, { platform, ref }) {
      await allRows(knex, sql.recordTriage, { conversationId, platform, ref });
    },
  };
}

function listing(knex: Knex): Pick<Tickets, 'silentSince' | 'unreadSince'> {
  return {
    async silentSince(before) {
      return (await allRows<Named>(knex, sql.silentSince, { before })).map(idOf);
    },
    async unreadSince(before, limit) {
      return (await allRows<Named>(knex, sql.unreadSince, { before, limit })).map(idOf);
    },
  };
}

interface Named {
  readonly conversation_id: string;
}
function idOf({ conversation_id }: Named): string {
  return conversation_id;
}

interface Row {
  readonly name: string;
  readonly reason: EscalationReason;
  readonly through_turn_id: string;
  readonly opened_at: Date;
  readonly tried_at: Date | null;
  readonly ticket_id: string | null;
  readonly key: string | null;
  readonly url: string | null;
  readonly phase: TicketPhase;
  readonly phase_at: Date;
  readonly status: string | null;
  readonly assignee: string | null;
  readonly resolution: string | null;
  readonly read_at: Date | null;
  readonly described: string | null;
  readonly continues: string | null;
  readonly triage_platform: Address['platform'] | null;
  readonly triage_address: string | null;
  readonly rating: number | null;
  readonly rating_comment: string | null;
}
function toStored(row: Row): StoredTicket {
  const { key, url, rating, triage_platform: platform, triage_address: ref } = row;
  return {
    name: row.name,
    reason: row.reason,
    throughTurnId: row.through_turn_id,
    openedAt: row.opened_at,
    triedAt: row.tried_at,
    created: key === null || url === null ? null : { id: row.ticket_id ?? key, key, url },
    phase: row.phase,
    phaseAt: row.phase_at,
    seen: toSeen(row),
    described: row.described,
    continues: row.continues,
    triage: platform === null || ref === null ? null : { platform, ref },
    rating: rating === null ? null : { rating, comment: row.rating_comment ?? '' },
  };
}

function toSeen({ key, url, status, assignee, resolution, read_at: readAt }: Row): SeenTicket | null {
  if (readAt === null || key === null || url === null) return null;
  return { key, url, status: status ?? '', assignee, resolution, readAt };
}
