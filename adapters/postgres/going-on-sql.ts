import { beginsWith } from './post-sql.ts';

/** The statements of going-on.ts. */

/** In a step of its own: what a statement sees is settled before it waits for a lock. */
export const hold = `select pg_advisory_xact_lock(hashtextextended(:platform || ' ' || :chat, 0))`;

/**
 * How a conversation `c` stands. That we kept silent is a decision, but nothing that was said; a press counts as said.
 */
const standing = `
  select c.address, c.requester_ref, said.at as last_at, said.author as last_by, decided.decision as last_decision,
    k.phase, (
      select string_agg(text, ' ') from (
        select left(t.text, 600) as text from turn t
        where t.conversation_id = c.id and t.stage = 'thread' and t.author <> 'bot' and t.text <> '' and not t.withdrawn
        order by t.id desc limit 8
      ) texts
    ) as said`;
const lastSaid = `
  cross join lateral (
    select t.at, t.author from turn t
    where t.conversation_id = c.id and t.stage = 'thread'
      and (t.author <> 'bot' or t.decision ->> 'kind' is distinct from 'silent')
    order by t.id desc limit 1
  ) said`;
const lastDecided = `
  left join lateral (
    select t.decision from turn t
    where t.conversation_id = c.id and t.stage = 'thread' and t.author = 'bot' and t.decision is not null
    order by t.id desc limit 1
  ) decided on true`;
const ticket = 'left join ticket k on k.conversation_id = c.id';

export const quoted = `
  with shown as (
    select conversation_id, id from turn where message_id = :messageId
    union all
    select conversation_id, id from turn t where ${beginsWith('t.post_ref', 'postRefStart')}
  )
  ${standing}
  from shown join conversation c on c.id = shown.conversation_id ${lastSaid} ${lastDecided} ${ticket}
  where c.platform = :platform and c.chat = :chat
  order by shown.id desc limit 1`;

/**
 * What merely told how we help, or how requests stand, is nothing to go on with. It goes back turn by turn, from the
 * latest of the place, until it comes to one that is of another conversation than those: mostly it is the first. So many
 * turns back nothing goes on any more; and a plan that has to count with few reads no more.
 */
export const latest = `
  ${standing}
  from (
    select id, conversation_id from turn where chat = :chat and stage = 'thread' order by id desc limit 200
  ) said_there join conversation c on c.id = said_there.conversation_id ${lastDecided} ${lastSaid} ${ticket}
  where c.platform = :platform and coalesce(decided.decision ->> 'kind', '') not in ('help', 'status')
  order by said_there.id desc limit 1`;
