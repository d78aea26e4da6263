/** The statements of conversations.ts. */

/** A row for each turn, with the conversation's own columns in each: a conversation has at least one turn. */
export const load = `
  select c.id as conversation_id, c.name, c.platform, c.address, c.place, c.requester_ref, c.handled_through, c.version,
    k.conversation_id is not null as has_ticket, k.key as ticket_key, k.url as ticket_url,
    t.id, t.author, t.person_ref, t.text, t.at, t.action, t.about_turn_id, t.addressed, t.withdrawn, t.files,
    t.decision, t.post_ref
  from conversation c join turn t on t.conversation_id = c.id left join ticket k on k.conversation_id = c.id
  where c.id = :conversationId order by t.id`;

export const recordDecision = `
  with handled as (
    update conversation set handled_through = :handledThrough
    where id = :conversationId and version = :version and handled_through < :handledThrough returning id
  )
  insert into turn (conversation_id, author, text, at, decision)
  select id, 'bot', :text, :at, cast(:decision as jsonb) from handled returning id`;

export const recordNews = `
  insert into turn (conversation_id, author, text, at, decision, once)
  values (:conversationId, 'bot', :text, :at, cast(:decision as jsonb), :once)
  on conflict (conversation_id, once) do nothing returning id`;

export const outgoing = `
  select t.conversation_id, t.at, t.decision, t.post_ref, c.platform, c.address,
    k.conversation_id is not null as has_ticket, k.key as ticket_key, k.url as ticket_url
  from turn t join conversation c on c.id = t.conversation_id left join ticket k on k.conversation_id = c.id
  where t.id = :turnId`;

export const recordPost = 'update turn set post_ref = :postRef where id = :turnId';

/** What was said since the bot's decision before this one waits again. News about the ticket decides on nothing. */
export const takeBack = `
  with gone as (
    delete from turn where id = :turnId and post_ref is null and decision is not null returning id, conversation_id
  )
  update conversation c set version = c.version + 1, handled_through = (
    select coalesce(max(t.id), 0) from turn t
    where t.conversation_id = c.id and t.id < gone.id and t.decision ->> 'kind' <> 'report'
  )
  from gone where c.id = gone.conversation_id returning c.id`;
