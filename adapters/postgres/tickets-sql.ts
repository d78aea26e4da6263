/** The statements of tickets.ts. A conversation has one row, which the next ticket of the conversation takes over. */

/**
 * One that is not made yet can still be worked on, even where it is to be continued.
 *
 * What stood for the turns on the ticket before does not on the next one, but for a form, which was about the one
 * before. The thread has its files all the same.
 */
export const open = `
  with opened as (
    insert into ticket (conversation_id, reason, through_turn_id, opened_at, phase_at)
    values (:conversationId, :reason, :throughTurnId, :at, :at)
    on conflict (conversation_id) do update set
      number = ticket.number + 1, reason = excluded.reason, through_turn_id = excluded.through_turn_id,
      opened_at = excluded.opened_at, phase = 'open', phase_at = excluded.phase_at, continues = ticket.ticket_id,
      ticket_id = null, key = null, url = null, tried_at = null, status = null, assignee = null, resolution = null,
      read_at = null, described = null, triage_platform = null, triage_address = null, rating = null,
      rating_comment = null
    where ticket.phase = 'gone' or (cast(:continues as boolean) and ticket.key is not null)
    returning conversation_id, number
  ), forgotten as (
    update turn set comment_id = null, comment_revision = null,
      mirrored_files = case when person_ref is null then mirrored_files else (
        select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(mirrored_files)
        where starts_with(key, 'thread/')
      ) end
    from opened where opened.number > 1 and turn.conversation_id = opened.conversation_id
      and turn.action is distinct from 'details'
      and (comment_id is not null or mirrored_files <> '{}')
  )
  select conversation_id from opened`;

/** The first has the conversation's own name: so those are found that were made before there were others. */
export const find = `
  select case k.number when 1 then cast(c.name as text) else c.name || '-' || k.number end as name,
    k.reason, k.through_turn_id, k.opened_at, k.tried_at, k.ticket_id, k.key, k.url, k.phase, k.phase_at, k.status,
    k.assignee, k.resolution, k.read_at, k.described, k.continues, k.triage_platform, k.triage_address, k.rating,
    k.rating_comment
  from ticket k join conversation c on c.id = k.conversation_id where k.conversation_id = :conversationId`;

export const conversationOf = 'select conversation_id from ticket where ticket_id = :ticketId limit 1';

export const recordAttempt = 'update ticket set tried_at = :at where conversation_id = :conversationId';

export const recordCreated = `
  update ticket set ticket_id = nullif(:ticketId, ''), key = :key, url = :url where conversation_id = :conversationId`;

/** Not of one that is not made yet: what was read is of the one before. */
export const recordSeen = `
  update ticket set key = :key, url = :url, status = :status, assignee = :assignee, resolution = :resolution,
    read_at = :readAt
  where conversation_id = :conversationId and key is not null`;

export const recordPhase = `
  update ticket set phase = :phase, phase_at = :at where conversation_id = :conversationId`;

export const recordDescribed = 'update ticket set described = :described where conversation_id = :conversationId';

export const rate = `
  update ticket set rating = :rating, rating_comment = :comment
  where conversation_id = :conversationId and rating is null returning rating`;

export const commentRating = `
  update ticket set rating_comment = :comment
  where conversation_id = :conversationId and rating is not null and rating_comment is null returning rating`;

/** The thread stays the conversation's, whatever tickets come after this one. */
export const recordTriage = `
  with begun as (
    insert into triage_thread (platform, address, conversation_id) values (:platform, :ref, :conversationId)
    on conflict do nothing
  )
  update ticket set triage_platform = :platform, triage_address = :ref where conversation_id = :conversationId`;

/** What somebody has said and nobody has decided on yet may be that it did not help. */
export const silentSince = `
  select k.conversation_id from ticket k join conversation c on c.id = k.conversation_id
  where k.phase = 'resolved' and k.phase_at < :before and not exists (
    select from turn t
    where t.conversation_id = c.id and t.id > c.handled_through and t.author in ('requester', 'colleague')
      -- what they write on the ticket waits for nothing
      and t.person_ref is not null
  )
  order by k.phase_at, k.conversation_id`;

export const unreadSince = `
  select conversation_id from ticket
  where phase = 'open' and key is not null and coalesce(read_at, opened_at) < :before
  order by coalesce(read_at, opened_at), conversation_id limit :limit`;
