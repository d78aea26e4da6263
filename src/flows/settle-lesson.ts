import type { Conversation, Turn } from '#domain/conversation.ts';
import { type Decision, type Lesson, NOTHING_SEARCHED } from '#domain/decision.ts';
import { turnText } from '#domain/speak.ts';
import type { TicketCommand } from '#domain/ticket.ts';
import type { Store } from '#ports.ts';
import type { Lessons, StoredLesson } from '#ticket-ports.ts';
import { deliverToTriage } from './deliver-to-triage.ts';

/** The source of what was learnt from tickets and approved by a person. */
export const LESSONS = 'lessons';

export type LessonChange =
  | { readonly kind: 'approve' }
  | { readonly kind: 'discard' }
  /** Other words; null or blank: as they are. It stays approved, proposed or discarded. */
  | { readonly kind: 'edit'; readonly question: string | null; readonly answer: string | null };

/** `by`: who says so, by name. */
export interface Settlement {
  readonly lessonId: string;
  readonly change: LessonChange;
  readonly by: string;
  readonly at: Date;
}

/**
 * Approves, discards or rewords what is to be learnt: its post in the triage channel follows, and what it adds to the
 * knowledge, or takes from it. Saying it twice changes nothing.
 */
export async function settleLesson(within: Store, { lessonId, change, by, at }: Settlement): Promise<void> {
  const settled = await within.lessons.settle(lessonId, { ...changeOf(change), by, at });
  if (settled === null) return;
  await showLesson(within, settled);
  // Only what was and stays proposed is no matter of the knowledge; what it was before may have changed meanwhile.
  if (settled.state === 'proposed') return;
  const document = { source: LESSONS, documentId: settled.id };
  await within.jobs.send('refresh', `${LESSONS} ${settled.id}`, document);
}

/**
 * Does what IT staff command in a comment on the ticket, once for each comment, however often the ticket is read. Called
 * for all commands of a ticket, in order.
 */
export async function settleByCommand(
  within: Store,
  commanded: { ticketId: string; command: TicketCommand; at: Date },
): Promise<void> {
  const { ticketId, command, at } = commanded;
  // A command comes in like any event of the ticket, and is kept under an id of its own: seen before, it is done.
  const eventId = `${LESSONS}/${ticketId}/${command.commentId}`;
  const taken = await within.inbound.ticketHint({ eventId, ticketId });
  if (taken === null) return;
  const lesson = await lessonOf(within.lessons, { conversationId: taken.conversationId, ticketId });
  if (lesson === null) return;
  await settleLesson(within, { lessonId: lesson.id, change: commandedChange(command), by: command.author, at });
}

/** What is learnt from this ticket of the conversation; null when nothing is. */
export async function lessonOf(
  lessons: Pick<Lessons, 'ofConversation'>,
  { conversationId, ticketId }: { conversationId: string; ticketId: string },
): Promise<StoredLesson | null> {
  const lesson = await lessons.ofConversation(conversationId);
  return lesson?.ticketId === ticketId ? lesson : null;
}

/** The lesson as it is shown to IT staff. */
export function lessonDecision({ id, question, answer, state, by }: StoredLesson): Decision {
  const lesson: Lesson = { lessonId: id, question, answer, state, by: state === 'proposed' ? null : by };
  return { kind: 'lesson', lesson, grounds: NOTHING_SEARCHED };
}

async function showLesson(within: Store, lesson: StoredLesson): Promise<void> {
  const { conversationId } = lesson;
  const shown = turnOfLesson(await within.conversations.load(conversationId), lesson.id);
  if (shown === undefined) return; // there is no triage channel
  const decision = lessonDecision(lesson);
  const revised = await within.conversations.reviseTurn(shown.id, { text: turnText(decision, null), decision });
  if (revised !== null) await deliverToTriage(within, { conversationId, turnId: shown.id });
}

function turnOfLesson({ turns }: Conversation, lessonId: string): Turn | undefined {
  return turns.findLast(({ decision }) => decision?.kind === 'lesson' && decision.lesson.lessonId === lessonId);
}

function changeOf(change: LessonChange): Pick<Parameters<Lessons['settle']>[1], 'state' | 'question' | 'answer'> {
  if (change.kind === 'approve') return { state: 'approved' };
  if (change.kind === 'discard') return { state: 'discarded' };
  return { ...worded('question', change.question), ...worded('answer', change.answer) };
}

function worded<Name extends string>(name: Name, words: string | null): Partial<Record<Name, string>> {
  const said = words?.trim() ?? '';
  return said === '' ? {} : ({ [name]: said } as Record<Name, string>);
}

function commandedChange({ name, text }: TicketCommand): LessonChange {
  return name === 'edit' ? { kind: 'edit', question: null, answer: text } : { kind: name };
}
