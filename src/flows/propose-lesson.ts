import type { Conversation } from '#domain/conversation.ts';
import { lessonFrom } from '#domain/lesson.ts';
import { turnText } from '#domain/speak.ts';
import type { CommentDraft } from '#domain/ticket.ts';
import type { Clock, People, Store } from '#ports.ts';
import type { StoredLesson, StoredTicket, Ticketing } from '#ticket-ports.ts';
import { deliverToTriage } from './deliver-to-triage.ts';
import { lessonDecision, lessonOf } from './settle-lesson.ts';

export interface ProposeLessonDeps {
  readonly store: Store;
  readonly ticketing: Pick<Ticketing, 'read' | 'ensureComment'>;
  /** Null: it is shown on the ticket only. */
  readonly triageChannel: string | null;
  readonly clock: Clock;
}

/**
 * Proposes to IT staff what is to be learnt from a ticket that is solved, once a ticket: in the triage channel, and as
 * an internal comment, the job's one effect outside. Nothing is learnt from one that not everybody may read.
 */
export function createProposeLesson(deps: ProposeLessonDeps) {
  const { store, ticketing, triageChannel } = deps;

  return async function proposeLesson(conversationId: string): Promise<void> {
    const ticket = await store.tickets.find(conversationId);
    if (ticket === null || !isSolved(ticket) || ticket.created === null) return;
    const { id: ticketId } = ticket.created;
    const now = await ticketing.read(ticketId);
    if (now === null || now.isRestricted) return;

    const conversation = await store.conversations.load(conversationId);
    const lesson = await proposed(conversation, { ticketId, url: now.url }, deps);
    if (lesson === null) return;
    if (triageChannel !== null && !isMuted(conversation)) await post(store, lesson, deps.clock());

    await ticketing.ensureComment(ticketId, commentOf(lesson, ticket.name));
  };
}

/** It can have been opened again since the job was sent: then it is sent again. */
function isSolved({ phase }: StoredTicket): boolean {
  return phase === 'resolved' || phase === 'closed';
}

/** That nothing more about the request is posted there. */
function isMuted({ turns }: Conversation): boolean {
  const card = turns.findLast(({ decision }) => decision?.kind === 'triage')?.decision;
  return card?.kind === 'triage' && card.card.mutedBy !== null;
}

/** What an earlier run has proposed counts. Null when nothing is to be learnt. */
async function proposed(
  conversation: Conversation,
  ticket: { ticketId: string; url: string },
  { store, clock }: ProposeLessonDeps,
): Promise<StoredLesson | null> {
  const of = { conversationId: conversation.id, ...ticket };
  const earlier = await lessonOf(store.lessons, of);
  if (earlier !== null) return earlier;
  const said = lessonFrom(conversation, await namesIn(conversation, store.people));
  return said && (await store.lessons.propose({ ...of, ...said, at: clock() }));
}

/** Of everybody who was asked for before: a name that nobody knows cannot be taken out. */
async function namesIn({ turns, requesterRef }: Conversation, people: People): Promise<readonly string[]> {
  const refs = new Set([requesterRef, ...turns.flatMap(({ personRef }) => personRef ?? [])]);
  const known = await Promise.all(Array.from(refs, (ref) => people.find(ref)));
  return known.flatMap((one) => one?.person.name ?? []);
}

async function post(store: Store, lesson: StoredLesson, at: Date): Promise<void> {
  const { conversationId } = lesson;
  const decision = lessonDecision(lesson);
  const text = turnText(decision, null);
  // By its id: a conversation that goes on with another ticket can teach something else.
  const once = `lesson/${lesson.id}`;
  await store.transaction(async (within) => {
    const news = { conversationId, decision, text, at, once, stage: 'triage' } as const;
    const turn = await within.conversations.recordNews(news);
    if (turn !== null) await deliverToTriage(within, { conversationId, turnId: turn.turnId });
  });
}

const HOW_TO_SETTLE =
  'Write a comment with /firstline approve, /firstline discard, or /firstline edit followed by the new answer.';

function commentOf({ question, answer }: StoredLesson, ticketName: string): CommentDraft {
  return {
    mark: `${ticketName}/lesson`,
    author: null,
    lines: [
      { kind: 'text', text: 'To be learnt from this ticket, once somebody in IT approves it. The question:' },
      { kind: 'quote', text: question },
      { kind: 'text', text: 'The answer:' },
      { kind: 'quote', text: answer },
      { kind: 'text', text: HOW_TO_SETTLE },
    ],
    internal: true,
  };
}
