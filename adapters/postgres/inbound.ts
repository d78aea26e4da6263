import type { Knex } from 'knex';
import type { Message, SharedFile } from '#domain/conversation.ts';
import type { Inbound, Received } from '#ports.ts';
import { firstRow } from './first-row.ts';
import { findGoingOn } from './going-on.ts';
import * as sql from './inbound-sql.ts';
import { isId } from './row-id.ts';
import { clean, jsonOf } from './stored-text.ts';

/** What comes in, in Postgres. `knex` may be a transaction: then all of it happens together or not at all. */
export function createInbound(knex: Knex): Inbound {
  async function receive(statement: string, bindings: Parameters<typeof firstRow>[2]): Promise<Received | null> {
    const row = await firstRow<ReceivedRow>(knex, statement, bindings);
    return row && { conversationId: row.conversation_id, turnId: row.turn_id, as: row.received_as };
  }
  const receiveMessage = (message: Message, standing: Standing) =>
    receive(sql.message, messageBindings(message, standing));

  return {
    message: (message) => receiveMessage(message, { withdrawn: false, order: null }),
    isOurs: async ({ platform, ref }) =>
      (await firstRow<object>(knex, sql.known, { platform, address: clean(ref) })) !== null,
    goingOn: (platform, chat) => findGoingOn(knex, platform, chat),
    async change({ eventId, messageId, text, files, order, message }) {
      const changed = await receive(sql.change, {
        eventId,
        messageId,
        order,
        text: text === null ? null : storable(text),
        // what is taken back keeps its list
        files: text === null || files === undefined ? null : jsonOf(files.map(named)),
      });
      // what has overtaken the message that it changes comes in as that message
      if (changed !== null || message === null) return changed;
      return receiveMessage({ ...message, eventId }, { withdrawn: text === null, order });
    },
    click: async ({ eventId, address, turnId, personRef, action, at, values }) =>
      isId(turnId)
        ? receive(sql.click, {
            eventId,
            platform: address.platform,
            address: address.ref,
            turnId,
            personRef,
            action,
            at,
            values: values === null ? null : jsonOf(values),
          })
        : null,
    stop: ({ eventId, address: { platform, ref }, personRef, at }) =>
      receive(sql.stop, { eventId, platform, address: clean(ref), personRef, at }),
    async ticketHint({ eventId, ticketId }) {
      const row = await firstRow<Pick<ReceivedRow, 'conversation_id'>>(knex, sql.ticketHint, { eventId, ticketId });
      return row && { conversationId: row.conversation_id };
    },
  };
}

/** `order`: of the change by which the message came in; null when it came in by itself. */
interface Standing {
  readonly withdrawn: boolean;
  readonly order: number | null;
}

function messageBindings(message: Message, { withdrawn, order }: Standing) {
  return {
    eventId: message.eventId,
    messageId: message.id,
    platform: message.address.platform,
    address: message.address.ref,
    chat: message.chat?.id ?? null,
    place: message.place,
    authorRef: message.authorRef,
    addressed: message.addressed,
    sentAt: message.sentAt,
    text: withdrawn ? '' : storable(message.text),
    withdrawn,
    order,
    files: jsonOf(message.files.map(named)),
  };
}

interface ReceivedRow {
  readonly conversation_id: string;
  readonly turn_id: string;
  readonly received_as: Received['as'];
}

function named(file: SharedFile): SharedFile {
  return { ...file, name: storable(file.name) };
}

/** Postgres cannot hold NUL in a text. */
function storable(text: string): string {
  return text.replaceAll('\0', '');
}
