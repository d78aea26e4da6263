import type { OpenRequest } from './decision.ts';
import { ALIKE, sameProblem } from './incident.ts';
import { withoutWish } from './openings.ts';
import type { RequestLine } from './reply.ts';
import type { TicketPhase } from './ticket.ts';

/** A ticket of a person's, whichever chat it comes from. */
export interface OwnRequest {
  readonly conversationId: string;
  readonly question: string;
  readonly key: string | null;
  readonly url: string | null;
  readonly phase: TicketPhase;
  readonly assignee: string | null;
}

/** The person's own ticket, not closed, that a question is about; the most alike. Null when none is. */
export function openRequestFor(
  question: string,
  requests: readonly OwnRequest[],
  conversationId: string,
): Omit<OpenRequest, 'thread'> | null {
  const [best] = requests
    .filter(({ phase, conversationId: id }) => id !== conversationId && (phase === 'open' || phase === 'resolved'))
    .map((request) => ({ request, likeness: sameProblem(question, request.question) }))
    .filter(({ likeness }) => likeness >= ALIKE)
    .toSorted((a, b) => b.likeness - a.likeness);
  if (best === undefined) return null;
  const { conversationId: id, key, url } = best.request;
  return key === null || url === null ? null : { conversationId: id, key, url };
}

const SUMMARY_CHARACTERS = 100;

/** The requests as their owner sees them listed; those that have no key yet are left out. */
export function requestLines(requests: readonly OwnRequest[]): readonly RequestLine[] {
  return requests.flatMap(({ key, url, question, phase, assignee }) =>
    key === null || url === null
      ? []
      : [{ key, url, summary: shortened(question), standing: standingOf(phase, assignee) }],
  );
}

function standingOf(phase: TicketPhase, assignee: string | null): string {
  switch (phase) {
    case 'open':
      return assignee === null ? 'waiting for IT' : `${assignee} is working on it`;
    case 'resolved':
      return 'IT says it is solved: is it?';
    case 'closed':
      return 'closed';
    case 'gone':
      return 'no longer there';
  }
}

function shortened(question: string): string {
  const line = withoutWish(question).replaceAll(/\s+/g, ' ').trim();
  return line.length <= SUMMARY_CHARACTERS ? line : `${line.slice(0, SUMMARY_CHARACTERS - 1).toWellFormed()}…`;
}
