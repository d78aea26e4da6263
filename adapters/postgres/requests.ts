import type { Knex } from 'knex';
import type { Address, Place } from '#domain/conversation.ts';
import type { TicketPhase } from '#domain/ticket.ts';
import type { Request, Requests } from '#ticket-ports.ts';
import { allRows } from './first-row.ts';

/** Who has an address has it verified by their platform; an outsider's may be anybody's, and an app's is nobody's. */
const findRequests = `
  with own as (
    select lower(email) as email from person
    where ref = :personRef and email <> '' and not outsider and not bot
  ), refs as (
    select cast(:personRef as text) as ref
    union
    select p.ref from person p join own on lower(p.email) = own.email where not p.outsider and not p.bot
  )
  select c.id as conversation_id, c.platform, c.address, c.place, coalesce(asked.text, '') as question,
    k.key, k.url, k.phase, k.assignee, k.opened_at
  from refs join conversation c on c.requester_ref = refs.ref join ticket k on k.conversation_id = c.id
    left join lateral (
      select t.text from turn t
      where t.conversation_id = c.id and t.stage = 'thread' and t.author in ('requester', 'colleague')
        and t.action is null and not t.withdrawn and t.text <> ''
      order by t.id limit 1
    ) asked on true
  where k.phase <> 'gone'
  order by k.phase in ('open', 'resolved') desc, k.opened_at desc, c.id desc
  limit :limit`;

/** What people have asked IT for, in Postgres. */
export function createRequests(knex: Knex): Requests {
  return {
    async of(personRef, limit) {
      return (await allRows<Row>(knex, findRequests, { personRef, limit })).map(toRequest);
    },
  };
}

interface Row {
  readonly conversation_id: string;
  readonly platform: Address['platform'];
  readonly address: string;
  readonly place: Place;
  readonly question: string;
  readonly key: string | null;
  readonly url: string | null;
  readonly phase: TicketPhase;
  readonly assignee: string | null;
  readonly opened_at: Date;
}
function toRequest({ conversation_id, platform, address, opened_at, ...row }: Row): Request {
  return { ...row, conversationId: conversation_id, address: { platform, ref: address }, openedAt: opened_at };
}
