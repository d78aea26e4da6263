import type { Knex } from 'knex';
import type { TicketPhase } from '#domain/ticket.ts';
import type { Incidents, RecentQuestion } from '#ticket-ports.ts';
import { allRows, firstRow } from './first-row.ts';

/** More than anybody compares a question with; the latest of them, when there are more. */
const mostRecent = 1000;

/** What the requester asked first, in words: a click and what was taken back ask nothing. */
const recent = `
  with handed_over as (
    select conversation_id, opened_at as at from ticket where opened_at >= :since
    union all
    select conversation_id, at from follow where at >= :since
  ), lately as (
    select conversation_id, min(at) as at from handed_over group by conversation_id
    order by at desc, conversation_id desc limit ${mostRecent}
  )
  select l.conversation_id, c.requester_ref, first.text as question, l.at, k.ticket_id, k.key, k.url, k.phase,
    f.followed_id
  from lately l join conversation c on c.id = l.conversation_id
    join lateral (
      select t.text from turn t
      where t.conversation_id = c.id and t.author = 'requester' and t.action is null and t.text <> ''
      order by t.id limit 1
    ) first on true
    left join ticket k on k.conversation_id = c.id
    left join follow f on f.conversation_id = c.id
  order by l.at, l.conversation_id`;

/** One at a time: who follows another one follows that one from then on. */
const follow = `
  insert into follow (conversation_id, followed_id, at)
  select :conversationId, :followed, :at where cast(:conversationId as bigint) <> cast(:followed as bigint)
  on conflict (conversation_id) do update set followed_id = excluded.followed_id, at = excluded.at
  where follow.followed_id <> excluded.followed_id
  returning conversation_id`;

const followers = `
  select conversation_id from follow where followed_id = :conversationId order by at, conversation_id`;

const followed = 'select followed_id from follow where conversation_id = :conversationId';

/** Problems that several people have at the same time, in Postgres. */
export function createIncidents(knex: Knex): Incidents {
  return {
    async recent(since) {
      return (await allRows<RecentRow>(knex, recent, { since })).map(toRecent);
    },
    async follow(following) {
      return (await firstRow(knex, follow, { ...following })) !== null;
    },
    async followers(conversationId) {
      const rows = await allRows<{ conversation_id: string }>(knex, followers, { conversationId });
      return rows.map(({ conversation_id }) => conversation_id);
    },
    async followed(conversationId) {
      const row = await firstRow<{ followed_id: string }>(knex, followed, { conversationId });
      return row?.followed_id ?? null;
    },
  };
}

interface RecentRow {
  readonly conversation_id: string;
  readonly requester_ref: string;
  readonly question: string;
  readonly at: Date;
  readonly ticket_id: string | null;
  readonly key: string | null;
  readonly url: string | null;
  readonly phase: TicketPhase | null;
  readonly followed_id: string | null;
}
function toRecent(row: RecentRow): RecentQuestion {
  const { ticket_id, key, url } = row;
  return {
    conversationId: row.conversation_id,
    requesterRef: row.requester_ref,
    question: row.question,
    at: row.at,
    ticket: key === null || url === null ? null : { id: ticket_id ?? '', key, url },
    phase: row.phase,
    follows: row.followed_id,
  };
}
