import type { Knex } from 'knex';
import type { Address, ChatPlace } from '#domain/conversation.ts';
import type { GoingOn } from '#ports.ts';
import { type StoredDecision, toDecision } from './decision.ts';
import { allRows, firstRow } from './first-row.ts';
import * as sql from './going-on-sql.ts';
import { clean } from './stored-text.ts';

/**
 * The conversation that a message in a place without threads may belong to. Holds the place until the transaction
 * ends, so that two messages that come at the same time do not both open one.
 */
export async function findGoingOn(
  knex: Knex,
  platform: Address['platform'],
  { id, quotes }: ChatPlace,
): Promise<GoingOn | null> {
  const place = { platform, chat: clean(id) };
  await allRows(knex, sql.hold, place);
  const quoted =
    quotes &&
    (await firstRow<Row>(knex, sql.quoted, {
      ...place,
      messageId: clean(quotes.messageId),
      postRefStart: clean(quotes.postRefStart),
    }));
  if (quoted !== null) return toGoingOn(quoted, { platform, isQuoted: true });
  const latest = await firstRow<Row>(knex, sql.latest, place);
  return latest && toGoingOn(latest, { platform, isQuoted: false });
}

interface Row {
  readonly address: string;
  readonly requester_ref: string;
  readonly last_at: Date;
  readonly last_by: GoingOn['lastBy'];
  readonly last_decision: StoredDecision | null;
  readonly phase: GoingOn['phase'];
  readonly said: string | null;
}
function toGoingOn(row: Row, { platform, isQuoted }: { platform: Address['platform']; isQuoted: boolean }): GoingOn {
  return {
    address: { platform, ref: row.address },
    requesterRef: row.requester_ref,
    isQuoted,
    lastAt: row.last_at,
    lastBy: row.last_by,
    lastDecision: toDecision(row.last_decision),
    phase: row.phase,
    said: row.said ?? '',
  };
}
