/**
 * The statements of inbound.ts. Each takes something in as a whole, for two reasons: it is the
 * hot path of every event, and its parts cannot be torn apart by a concurrent delivery of the same event.
 */

/**
 * Nothing is stored of a message that is neither addressed to us nor in a thread of ours.
 * The same message may come as two events (Slack: `message` and `app_mention`): the second changes nothing,
 * unless only the second one says that it is addressed to us.
 */
export const message = `
  with known as (
    select id, requester_ref from conversation where platform = :platform and address = :address
  ), event as (
    insert into inbound_event (id, message_id) select :eventId, :messageId
    where cast(:addressed as boolean) or exists (select from known)
    on conflict do nothing returning id
  ), opened as (
    insert into conversation (platform, address, place, requester_ref)
    select :platform, :address, :place, :authorRef from event where not exists (select from known)
    on conflict (platform, address) do update set version = conversation.version
    returning id, requester_ref
  ), target as (
    select * from known union all select * from opened
  ), added as (
    insert into turn (conversation_id, author, person_ref, message_id, text, at, addressed, files)
    select target.id, case when target.requester_ref = :authorRef then 'requester' else 'colleague' end,
      :authorRef, :messageId, :text, :sentAt, :addressed, cast(:files as text[])
    from target, event
    on conflict (message_id) do update set addressed = true where excluded.addressed and not turn.addressed
    returning conversation_id
  ), bumped as (
    update conversation set version = version + 1,
      -- a channel may be opened to another company while a conversation is under way
      place = case when cast(:place as text) = 'shared' then 'shared' else place end
    from added where conversation.id = added.conversation_id
  )
  select conversation_id from added`;

/** Only while the turn waits for its decision; later the conversation has moved on. */
export const change = `
  with target as (
    select turn.id, conversation_id from turn join conversation on conversation.id = conversation_id
    where message_id = :messageId and turn.id > handled_through
  ), event as (
    insert into inbound_event (id, message_id) select :eventId, :messageId from target
    on conflict do nothing returning id
  ), changed as (
    update turn set text = coalesce(cast(:text as text), ''), withdrawn = cast(:text as text) is null
    from target, event where turn.id = target.id returning turn.conversation_id
  ), bumped as (
    update conversation set version = version + 1 from changed where conversation.id = changed.conversation_id
  )
  select conversation_id from changed`;

/** The turn's id is drawn first, so that the event can name the turn it brings. */
export const click = `
  with target as (
    select turn.id, conversation_id, requester_ref, nextval(pg_get_serial_sequence('turn', 'id')) as click_id
    from turn join conversation on conversation.id = conversation_id
    where turn.id = :turnId and author = 'bot' and platform = :platform and address = :address
  ), event as (
    insert into inbound_event (id, turn_id) select :eventId, click_id from target on conflict do nothing returning id
  ), added as (
    insert into turn (id, conversation_id, author, person_ref, text, at, action, about_turn_id, addressed)
    overriding system value
    select click_id, conversation_id, case when requester_ref = :personRef then 'requester' else 'colleague' end,
      :personRef, '', :at, :action, target.id, true
    from target, event returning conversation_id
  ), bumped as (
    update conversation set version = version + 1 from added where conversation.id = added.conversation_id
  )
  select conversation_id from added`;
