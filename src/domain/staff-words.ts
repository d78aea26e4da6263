import type { Action } from './conversation.ts';
import type { Lesson, TriageCard } from './decision.ts';
import type { ReplyPart } from './reply.ts';
import type { Ticket } from './ticket.ts';

/** A request as IT staff see it in the triage channel. */
export function cardParts(card: TriageCard, ticket: Ticket | null): readonly ReplyPart[] {
  const { requester, why, urgency, thread } = card;
  const from = `From ${requester}. ${why}`;
  const state = stateOf(card);
  return [
    titleOf(card, ticket),
    ...(urgency === '' ? [] : [text(urgency)]),
    thread === '' ? text(from) : { kind: 'link', before: `${from} `, text: 'Open the thread', url: thread, after: '' },
    ...(state === '' ? [] : [note(state)]),
  ];
}

function stateOf({ takenBy, mutedBy, answeredBy, solved = false }: TriageCard): string {
  const sentences = [
    takenBy === null ? null : `Taken by ${takenBy}.`,
    answeredBy === undefined ? null : `Answered by ${answeredBy}.`,
    solved ? 'Solved.' : null,
    mutedBy === null ? null : `Muted by ${mutedBy}: nothing more about it is posted here.`,
  ];
  return sentences.filter((sentence) => sentence !== null).join(' ');
}

function titleOf({ summary }: TriageCard, ticket: Ticket | null): ReplyPart {
  if (ticket === null || ticket.key === null || ticket.url === null) return text(`New request: ${summary}`);
  return { kind: 'ticket', before: '', key: ticket.key, url: ticket.url, after: `: ${summary}` };
}

export function cardButtons({ takenBy, mutedBy, solved = false }: TriageCard): readonly Action[] {
  if (mutedBy !== null || solved) return ['answer-here'];
  return takenBy === null ? ['take', 'answer-here', 'mute'] : ['answer-here', 'mute'];
}

/** What is to be learnt, as IT staff see it in the triage channel. */
export function lessonParts(lesson: Lesson, ticket: Ticket | null): readonly ReplyPart[] {
  const outcome = outcomeOf(lesson);
  return [
    text(`${ticket?.key ?? 'A ticket'} is solved. Shall I answer this from now on?`),
    text(`Question: ${lesson.question}`),
    text('Answer:'),
    { kind: 'quote', markdown: lesson.answer },
    ...(outcome === null ? [] : [note(outcome)]),
  ];
}

function outcomeOf({ state, by }: Lesson): string | null {
  if (state === 'proposed') return null;
  const who = by ?? 'IT';
  return state === 'approved' ? `Approved by ${who}: this is what I answer from now on.` : `Discarded by ${who}.`;
}

export function lessonButtons({ state }: Lesson): readonly Action[] {
  return state === 'proposed' ? ['approve', 'edit', 'discard'] : [];
}

function text(words: string): ReplyPart {
  return { kind: 'text', text: words };
}

function note(words: string): ReplyPart {
  return { kind: 'note', text: words };
}
