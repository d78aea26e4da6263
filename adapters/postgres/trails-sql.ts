import { beginsWith } from './post-sql.ts';
import { turnColumns } from './turn-row.ts';

/** The statements of trails.ts. They are run seldom, for somebody who asks why, so none has an index of its own. */

/**
 * A post of ours is in a thread, if the place has any, that of the conversation or of its triage card: the conversation is found by
 * the thread, for posts have no index.
 */
export const find = `
  with found as (
    select conversation_id as id from turn where message_id = :messageId
    union
    select c.id from conversation c join turn t on t.conversation_id = c.id
    where c.platform = :platform and c.address = :address and starts_with(t.post_ref, :postRefStart)
    union
    select h.conversation_id from triage_thread h join turn t on t.conversation_id = h.conversation_id
    where h.platform = :platform and h.address = :address and starts_with(t.post_ref, :postRefStart)
    union
    -- in a chat without threads a link names the post, and nothing tells which conversation it is of
    select t.conversation_id from turn t where t.chat is not null and ${beginsWith('t.post_ref', 'postRefStart')}
  )
  select c.id, c.name, c.platform, c.address, c.place, c.requester_ref, c.handled_through
  from conversation c join found on found.id = c.id where c.platform = :platform`;

export const turns = `
  select ${turnColumns}, coalesce(t.recorded_at, t.at) as recorded_at, t.message_id
  from turn t where t.conversation_id = :conversationId order by t.id`;

/**
 * What came for the conversation came in its time: no sooner than its first turn, and not much later than its last,
 * because what changes nothing is not stored. A vendor repeats a delivery for some hours at most.
 */
export const events = `
  with own as (
    select id, message_id, recorded_at from turn where conversation_id = :conversationId
  ), span as (
    select min(recorded_at) as first, max(recorded_at) + interval '1 day' as last from own
  )
  select e.id, e.received_at, own.id as turn_id
  from inbound_event e join own on own.message_id = e.message_id or own.id = e.turn_id
  where e.received_at between (select first from span) and (select last from span)
  order by e.received_at, own.id, e.id`;

/** Jobs of a conversation have its id for a key, those in the triage channel with a word before it. The queue forgets what is done after a day; what was given up stays. */
export const jobs = `
  select coalesce(j.id, d.id) as id, coalesce(j.name, d.name) as name, coalesce(j.data, d.data) as data,
    j.state, j.retry_count, j.output, d.id is not null as is_dead, d.tries as dead_tries, d.error as dead_error,
    coalesce(j.created_on, d.sent_at, d.died_at) as sent_at, coalesce(d.started_at, j.started_on) as started_at,
    coalesce(d.died_at, j.completed_on) as ended_at
  from (
    select * from pgboss.job
    where name <> all(cast(:ofOthers as text[])) and singleton_key in (:key, 'triage ' || :key)
  ) j full join (
    select * from dead_job where name <> all(cast(:ofOthers as text[])) and key in (:key, 'triage ' || :key)
  ) d on d.id = j.id
  order by sent_at, id`;

export const ticket = `
  select reason, opened_at, tried_at, key, url from ticket where conversation_id = :conversationId`;
