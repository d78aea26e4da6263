import type { Knex } from 'knex';
import type { Inbound } from '#ports.ts';
import { firstRow } from './first-row.ts';
import * as sql from './inbound-sql.ts';

/** What comes in, in Postgres. `knex` may be a transaction: then all of it happens together or not at all. */
export function createInbound(knex: Knex): Inbound {
  async function receive(statement: string, bindings: Parameters<typeof firstRow>[2]) {
    const row = await firstRow<{ conversation_id: string }>(knex, statement, bindings);
    return row && { conversationId: row.conversation_id };
  }
  return {
    message: ({ eventId, id, address, place, authorRef, addressed, sentAt, text, files }) =>
      receive(sql.message, {
        eventId,
        messageId: id,
        platform: address.platform,
        address: address.ref,
        place,
        authorRef,
        addressed,
        sentAt,
        text: storable(text),
        files: files.map(storable),
      }),
    change: ({ eventId, messageId, text }) =>
      receive(sql.change, { eventId, messageId, text: text === null ? null : storable(text) }),
    click: async ({ eventId, address, turnId, personRef, action, at }) =>
      isId(turnId)
        ? receive(sql.click, {
            eventId,
            platform: address.platform,
            address: address.ref,
            turnId,
            personRef,
            action,
            at,
          })
        : null,
  };
}

/** Postgres cannot hold NUL in a text. */
function storable(text: string): string {
  return text.replaceAll('\0', '');
}

/** A button's value comes from outside: only a number that fits a bigint may reach the database. */
function isId(value: string): boolean {
  return /^[1-9]\d{0,17}$/.test(value);
}
