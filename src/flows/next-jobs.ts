import type { Conversation, Turn } from '#domain/conversation.ts';
import type { Decision } from '#domain/decide.ts';
import { buttonsOf } from '#domain/speak.ts';

/** A decision on what waits in a conversation. */
export interface Outcome {
  readonly conversation: Conversation;
  readonly decision: Decision;
}

export interface NextJob {
  readonly name: 'deliver' | 'settle' | 'comment' | 'answer-privately';
  readonly data: Readonly<Record<string, string>>;
}

/** The jobs that carry the decision out, but for the ticket's. `ownTurnId`: the turn that the decision is written as. */
export function jobsAfter(outcome: Outcome, ownTurnId: string): readonly NextJob[] {
  const before = [
    ...toSettle(outcome).map(({ id }): NextJob => ({ name: 'settle', data: { turnId: id } })),
    ...toAnswerPrivately(outcome).map((turnId): NextJob => ({ name: 'answer-privately', data: { turnId } })),
  ];
  switch (outcome.decision.kind) {
    case 'answer':
    case 'suggest':
    case 'offer-private':
    case 'ask':
      return [...before, { name: 'deliver', data: { turnId: ownTurnId } }];
    case 'forward': {
      // One job for all: jobs that are sent in one transaction have no order among them.
      const turnIds = toForward(outcome.conversation).map(({ id }) => id);
      return turnIds.length === 0 ? before : [...before, { name: 'comment', data: { turnIds: turnIds.join(' ') } }];
    }
    case 'escalate':
    case 'silent':
    case 'report':
      return before;
  }
}

/** Posts whose buttons have had their day: what was clicked, and, once it is solved or handed over, what we said last. */
function toSettle({ conversation, decision }: Outcome): readonly Turn[] {
  const { turns } = conversation;
  const clicked = clicksOf(pendingOf(conversation))
    // That a private answer is sent may only be said when it is.
    .filter(({ action }) => action !== 'answer-privately')
    .map(({ aboutTurnId }) => aboutTurnId);
  const isOver = decision.kind === 'escalate' || (decision.kind === 'silent' && decision.reason === 'solved');
  const lastWithButtons = turns.findLast((turn) => turn.decision !== null && buttonsOf(turn.decision).length > 0);
  return turns.filter(
    (turn) =>
      turn.decision !== null &&
      buttonsOf(turn.decision).length > 0 &&
      (clicked.includes(turn.id) || (isOver && turn === lastWithButtons)),
  );
}

/** Offers that the requester takes up now, and has not before: pressed twice, the button sends one answer. */
function toAnswerPrivately({ conversation }: Outcome): readonly string[] {
  const pending = pendingOf(conversation);
  const handled = conversation.turns.slice(0, conversation.turns.length - pending.length);
  const takenUp = (turns: readonly Turn[]) =>
    new Set(clicksOf(turns).flatMap(({ action, aboutTurnId }) => (action === 'answer-privately' ? aboutTurnId : [])));
  return [...takenUp(pending).difference(takenUp(handled))].flatMap((turnId) => turnId ?? []);
}

/** Only the requester's clicks count. */
function clicksOf(turns: readonly Turn[]): readonly Turn[] {
  return turns.filter(({ action, author }) => action !== null && author === 'requester');
}

/** What people added since the ticket was opened. */
function toForward(conversation: Conversation): readonly Turn[] {
  return pendingOf(conversation).filter(
    ({ action, withdrawn, text, files }) => action === null && !withdrawn && (text !== '' || files.length > 0),
  );
}

function pendingOf({ turns, handledThrough }: Conversation): readonly Turn[] {
  const handled = turns.findIndex(({ id }) => id === handledThrough);
  return turns.slice(handled + 1).filter(({ author }) => author === 'requester' || author === 'colleague');
}
