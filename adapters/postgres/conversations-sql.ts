import { filesBroughtUp } from './files-sql.ts';
import { beginsWith } from './post-sql.ts';
import { turnColumns } from './turn-row.ts';

/** The statements of conversations.ts. */

const ticketColumns = `
  k.conversation_id is not null as has_ticket, k.ticket_id, k.key as ticket_key, k.url as ticket_url, k.phase,
  k.through_turn_id, k.assignee`;

/** A row for each turn, with the conversation's own columns in each: a conversation has at least one turn. */
export const load = `
  select c.id as conversation_id, c.name, c.platform, c.address, c.place, c.requester_ref, c.handled_through, c.version,
    ${ticketColumns}, ${turnColumns}
  from conversation c join turn t on t.conversation_id = c.id left join ticket k on k.conversation_id = c.id
  where c.id = :conversationId order by t.id`;

export const version = 'select version from conversation where id = :conversationId';

export const recordDecision = `
  with handled as (
    update conversation set handled_through = :handledThrough
    where id = :conversationId and version = :version and handled_through < :handledThrough returning id, chat
  )
  insert into turn (conversation_id, author, text, at, decision, chat)
  select id, 'bot', :text, :at, cast(:decision as jsonb), chat from handled returning id`;

// Whoever adds a turn holds the conversation's row first: see inbound-sql.ts.
const held = 'select id, chat from conversation where id = :conversationId for no key update';

export const recordNews = `
  with held as (${held})
  insert into turn (conversation_id, author, stage, text, at, decision, once, chat)
  select id, 'bot', :stage, :text, :at, cast(:decision as jsonb), :once, chat from held
  on conflict (conversation_id, once) do nothing returning id`;

/** What came from a comment is what the comment says. */
export const recordAgentTurn = `
  with held as (${held})
  insert into turn
    (conversation_id, author, author_name, person_ref, text, at, files, comment_id, comment_revision, once, chat)
  select id, :author, :authorName, :personRef, :text, :at, cast(:files as jsonb), :commentId,
    case when cast(:commentId as text) is not null then 0 end, :once, chat
  from held
  on conflict (conversation_id, once) do nothing returning id`;

/** Who is no person of ours wrote on the ticket: the comment that the turn came from says the same already. */
export const reviseTurn = `
  update turn set text = coalesce(cast(:text as text), ''), withdrawn = cast(:text as text) is null,
    decision = coalesce(cast(:decision as jsonb), decision), files = ${filesBroughtUp('turn')}, revision = revision + 1,
    comment_revision = case
      when author <> 'bot' and person_ref is null and comment_id is not null then revision + 1 else comment_revision
    end
  -- with a name: what the requester said in another chat
  where id = :turnId and (author in ('agent', 'bot') or person_ref is null or author_name is not null) and (
    withdrawn is distinct from (cast(:text as text) is null) or text <> coalesce(cast(:text as text), '')
    or decision is distinct from coalesce(cast(:decision as jsonb), decision) or files <> ${filesBroughtUp('turn')}
  )
  returning id`;

/** The place in the triage channel is that of the ticket's card. What is posted already is known by its post, wherever it is. */
export const outgoing = `
  select t.conversation_id, ${ticketColumns}, ${turnColumns},
    case t.stage when 'triage' then coalesce(k.triage_platform, before.platform) else c.platform end as platform,
    case t.stage when 'triage' then coalesce(k.triage_address, before.address) else c.address end as address
  from turn t join conversation c on c.id = t.conversation_id left join ticket k on k.conversation_id = c.id
    left join lateral (
      select platform, address from triage_thread h where h.conversation_id = c.id and t.post_ref is not null limit 1
    ) before on true
  where t.id = :turnId`;

export const recordPost = 'update turn set post_ref = :postRef, post_revision = :revision where id = :turnId';

export const recordComment = 'update turn set comment_id = :commentId, comment_revision = :revision where id = :turnId';

export const recordFile = `
  update turn set mirrored_files = mirrored_files || jsonb_build_object(cast(:index as text), cast(:mirrored as text))
  where id = :turnId`;

export const ofPost = `
  select t.id, c.address from turn t join conversation c on c.id = t.conversation_id
  where ${beginsWith('t.post_ref', 'postRefStart')} and c.platform = :platform
  order by t.id desc limit 1`;

/** What was said since the bot's decision before this one waits again. News, which is told once, decides on nothing. */
export const takeBack = `
  with held as (
    select c.id from conversation c where c.id = (select conversation_id from turn where id = :turnId)
    for no key update
  ), gone as (
    delete from turn using held
    where turn.id = :turnId and conversation_id = held.id and author = 'bot' and once is null
      and post_ref is null and post_revision is null
    returning turn.id, conversation_id
  )
  update conversation c set version = c.version + 1, handled_through = (
    select coalesce(max(t.id), 0) from turn t
    where t.conversation_id = c.id and t.id < gone.id and t.author = 'bot' and t.once is null
  )
  from gone where c.id = gone.conversation_id returning c.id`;
