import type { Knex } from 'knex';
import type { EscalationReason } from '#domain/decide.ts';
import type { Tickets } from '#ports.ts';
import { firstRow } from './first-row.ts';

const openTicket = `
  insert into ticket (conversation_id, reason, through_turn_id, opened_at)
  values (:conversationId, :reason, :throughTurnId, :at)
  on conflict do nothing returning conversation_id`;

const findTicket = `
  select reason, through_turn_id, tried_at, key, url from ticket where conversation_id = :conversationId`;

/** The tickets of conversations, in Postgres. */
export function createTickets(knex: Knex): Tickets {
  return {
    async open({ conversationId, reason, throughTurnId, at }) {
      return (await firstRow(knex, openTicket, { conversationId, reason, throughTurnId, at })) !== null;
    },
    async find(conversationId) {
      const row = await firstRow<Row>(knex, findTicket, { conversationId });
      if (row === null) return null;
      const created = row.key === null || row.url === null ? null : { key: row.key, url: row.url };
      return { reason: row.reason, throughTurnId: row.through_turn_id, triedAt: row.tried_at, created };
    },
    async recordAttempt(conversationId, at) {
      await knex('ticket').where({ conversation_id: conversationId }).update({ tried_at: at });
    },
    async recordCreated(conversationId, { key, url }) {
      await knex('ticket').where({ conversation_id: conversationId }).update({ key, url });
    },
  };
}

interface Row {
  readonly reason: EscalationReason;
  readonly through_turn_id: string;
  readonly tried_at: Date | null;
  readonly key: string | null;
  readonly url: string | null;
}
