import { filesBroughtUp } from './files-sql.ts';

/**
 * The statements of inbound.ts. Each takes something in as a whole, for two reasons: it is the
 * hot path of every event, and its parts cannot be torn apart by a concurrent delivery of the same event.
 *
 * Each holds the conversation's row before it draws the turn's number, as all do that add a turn. So turns are seen in
 * the order of their numbers: one that was drawn earlier and seen later would stand before what a decision has handled,
 * and would never be decided on.
 */

/**
 * Nothing is stored of a message that is neither addressed to us nor in a thread of ours.
 * The same message may come as two events (Slack: `message` and `app_mention`): the second changes nothing,
 * unless only the second one says that it is addressed to us.
 *
 * In the thread of a triage card the staff talk to each other: only what is addressed to us counts, and waits for no decision.
 */
export const message = `
  with card as (
    select c.id from triage_thread h join conversation c on c.id = h.conversation_id
    where h.platform = :platform and h.address = :address
    for no key update of c
  ), known as (
    select id, requester_ref, chat from conversation where platform = :platform and address = :address
      and not exists (select from card)
    for no key update
  ), event as (
    insert into inbound_event (id, message_id) select :eventId, :messageId
    where cast(:addressed as boolean) or exists (select from known)
    on conflict do nothing returning id
  ), opened as (
    insert into conversation (platform, address, place, requester_ref, chat)
    select :platform, :address, :place, :authorRef, :chat from event
    where not exists (select from known) and not exists (select from card)
    on conflict (platform, address) do update set version = conversation.version
    returning id, requester_ref, chat
  ), target as (
    select id, chat, 'thread' as stage, case when requester_ref = :authorRef then 'requester' else 'colleague' end as author
    from (select * from known union all select * from opened) conversation
    union all select id, null, 'triage', 'agent' from card
  ), added as (
    insert into turn (conversation_id, author, stage, person_ref, message_id, text, at, addressed, withdrawn, change_order,
      files, chat)
    select target.id, target.author, target.stage, :authorRef, :messageId, :text, :sentAt, :addressed,
      cast(:withdrawn as boolean), cast(:order as bigint), cast(:files as jsonb), target.chat
    from target, event
    on conflict (message_id) do update set addressed = true where excluded.addressed and not turn.addressed
    returning id, conversation_id, stage
  ), bumped as (
    update conversation set version = version + 1,
      -- a channel may be opened to another company while a conversation is under way
      place = case when cast(:place as text) = 'shared' then 'shared' else place end
    from added where conversation.id = added.conversation_id and added.stage = 'thread'
  )
  select conversation_id, id as turn_id, case stage when 'triage' then 'staff' else 'pending' end as received_as
  from added`;

export const known = `
  select from triage_thread where platform = :platform and address = :address
  union all select from conversation where platform = :platform and address = :address
  limit 1`;

/**
 * While the turn waits for its decision, the decision is for what it says now; later the ticket is, also one that is opened
 * only then: what was taken back must not come to it. A turn
 * that was taken back stays so: an edit that comes behind its deletion is older than that. So is one that comes behind
 * a later edit: what the platform counted first changes nothing any more.
 */
export const change = `
  with target as (
    select t.id, t.revision, c.id as conversation_id, case
      when t.stage = 'triage' then 'staff' when t.id > c.handled_through then 'pending' else 'changed'
    end as received_as
    from turn t join conversation c on c.id = t.conversation_id
    where t.message_id = :messageId and not t.withdrawn and coalesce(t.change_order, 0) <= cast(:order as bigint)
    for no key update of c
  ), event as (
    insert into inbound_event (id, message_id) select :eventId, :messageId from target
    on conflict do nothing returning id
  ), changed as (
    update turn set text = coalesce(cast(:text as text), ''), withdrawn = cast(:text as text) is null,
      files = ${filesBroughtUp('turn')}, change_order = cast(:order as bigint),
      -- without a text it is taken back
      revision = turn.revision + (
        turn.text is distinct from cast(:text as text) or turn.files <> ${filesBroughtUp('turn')}
      )::int
    from target, event
    where turn.id = target.id and not turn.withdrawn and coalesce(turn.change_order, 0) <= cast(:order as bigint)
    returning turn.id, turn.conversation_id, target.received_as, turn.revision > target.revision as says_otherwise
  ), bumped as (
    update conversation set version = version + 1
    from changed
    where conversation.id = changed.conversation_id and changed.received_as = 'pending' and changed.says_otherwise
  )
  select conversation_id, id as turn_id, received_as from changed where says_otherwise`;

/**
 * A card in Slack can be pressed before it is noted where it is: then it is known by its turn, unless the thread is known
 * to be of something else. Slack signs what a button carries, and gives it back as we have made it; elsewhere the client
 * of whoever presses can name any turn, and only the thread tells what they see.
 *
 * The turn's id is drawn first, so that the event can name the turn it brings; in a step of its own, because the lock
 * comes after what a step's rows are made of.
 */
export const click = `
  with thread as (
    select conversation_id, 'triage' as stage from triage_thread where platform = :platform and address = :address
    union all select id, 'thread' from conversation where platform = :platform and address = :address
  ), held as (
    select t.id as about_id, t.stage, c.id, c.requester_ref, c.chat
    from turn t join conversation c on c.id = t.conversation_id
    where t.id = :turnId and t.author = 'bot' and (
      exists (select from thread h where h.conversation_id = c.id and h.stage = t.stage)
      or t.stage = 'triage' and t.post_ref is null and t.post_revision is null
        and cast(:platform as text) = 'slack' and not exists (select from thread)
    )
    for no key update of c
  ), target as (
    select held.*, nextval(pg_get_serial_sequence('turn', 'id')) as click_id from held
  ), event as (
    insert into inbound_event (id, turn_id) select :eventId, click_id from target on conflict do nothing returning id
  ), added as (
    insert into turn
      (id, conversation_id, author, stage, person_ref, text, at, action, values, about_turn_id, addressed, chat)
    overriding system value
    select click_id, target.id, case
        when stage = 'triage' then 'agent' when requester_ref = :personRef then 'requester' else 'colleague'
      end, stage, :personRef, '', :at, :action, cast(:values as jsonb), about_id, true, chat
    from target, event returning id, conversation_id, stage
  ), bumped as (
    update conversation set version = version + 1
    from added where conversation.id = added.conversation_id and added.stage = 'thread'
  )
  select conversation_id, id as turn_id, case stage when 'triage' then 'staff' else 'pending' end as received_as
  from added`;

/** A press without a post, so it is about no turn. Only who asked may stop what is done for them. */
export const stop = `
  with held as (
    select id, chat from conversation
    where platform = :platform and address = :address and requester_ref = :personRef
    for no key update
  ), target as (
    select held.*, nextval(pg_get_serial_sequence('turn', 'id')) as stop_id from held
  ), event as (
    insert into inbound_event (id, turn_id) select :eventId, stop_id from target on conflict do nothing returning id
  ), added as (
    insert into turn (id, conversation_id, author, person_ref, text, at, action, addressed, chat)
    overriding system value
    select stop_id, target.id, 'requester', :personRef, '', :at, 'stop', true, chat
    from target, event returning id, conversation_id
  ), bumped as (
    update conversation set version = version + 1 from added where conversation.id = added.conversation_id
  )
  select conversation_id, id as turn_id, 'pending' as received_as from added`;

export const ticketHint = `
  with target as (
    select conversation_id from ticket where ticket_id = :ticketId limit 1
  ), event as (
    insert into inbound_event (id) select :eventId from target on conflict do nothing returning id
  )
  select conversation_id from target, event`;
