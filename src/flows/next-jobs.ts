import type { Conversation, Turn } from '#domain/conversation.ts';
import type { Decision } from '#domain/decision.ts';
import { buttonsOf, isThumb } from '#domain/speak.ts';

/** A decision on what waits in a conversation. */
export interface Outcome {
  readonly conversation: Conversation;
  readonly decision: Decision;
}

export interface NextJob {
  readonly name:
    | 'deliver'
    | 'settle'
    | 'mirror'
    | 'reopen'
    | 'amend'
    | 'propose-lesson'
    | 'answer-privately'
    | 'carry-over';
  readonly data: Readonly<Record<string, string>>;
}

/**
 * The jobs that carry the decision out, but for opening a ticket and following one. `ownTurnId`: the turn that the
 * decision is written as.
 */
export function jobsAfter(outcome: Outcome, ownTurnId: string): readonly NextJob[] {
  return [
    ...toSettle(outcome).map(({ id }): NextJob => ({ name: 'settle', data: { turnId: id } })),
    ...toAnswerPrivately(outcome).map((turnId): NextJob => ({ name: 'answer-privately', data: { turnId } })),
    ...(hasForm(outcome) ? [{ name: 'amend', data: {} } as const] : []),
    ...jobsOf(outcome.decision, ownTurnId),
  ];
}

function jobsOf(decision: Decision, ownTurnId: string): readonly NextJob[] {
  const { kind } = decision;
  const isPosted = posted.has(kind);
  // a form about what is still wrong may come when the ticket is open again
  const isAddedTo = kind === 'silent' && decision.reason === 'handed-over';
  const names = isAddedTo ? (['mirror'] as const) : (following[kind] ?? []);
  return [
    ...(isPosted ? [{ name: 'deliver', data: { turnId: ownTurnId } } as const] : []),
    ...(kind === 'continue' ? [{ name: 'carry-over', data: { turnId: ownTurnId } } as const] : []),
    ...names.map((name): NextJob => ({ name, data: {} })),
  ];
}

const posted: ReadonlySet<Decision['kind']> = new Set([
  'answer',
  'suggest',
  'offer-private',
  'offer-follow',
  'follow',
  'ask',
  'close',
  'offer-continue',
  'continue',
  'help',
  'status',
]);

/** What else a decision brings. */
const following: Readonly<Partial<Record<Decision['kind'], readonly NextJob['name'][]>>> = {
  forward: ['mirror'],
  reopen: ['mirror', 'reopen'],
  close: ['mirror', 'propose-lesson'],
};

/** Whether a form or a rating was sent: the ticket is to say it. */
function hasForm({ conversation }: Outcome): boolean {
  return (
    conversation.ticket !== null &&
    clicksOf(pendingOf(conversation)).some(
      ({ action }) => action === 'details' || action === 'comment-rating' || action?.startsWith('rate-') === true,
    )
  );
}

/** What the requester's pending clicks say of how it went. */
export function ratingsIn(conversation: Conversation): readonly { rating?: number; comment?: string }[] {
  return clicksOf(pendingOf(conversation)).flatMap(({ action, values }): { rating?: number; comment?: string }[] => {
    if (action === 'comment-rating') return [{ comment: values?.['comment'] ?? '' }];
    return action?.startsWith('rate-') === true ? [{ rating: Number(action.slice('rate-'.length)) }] : [];
  });
}

/** Posts whose buttons have had their day: what was clicked, and, once it is solved or handed over, what we said last. */
function toSettle({ conversation, decision }: Outcome): readonly Turn[] {
  const { turns } = conversation;
  const clicked = clicksOf(pendingOf(conversation))
    // That a private answer is sent may only be said when it is.
    .filter(
      ({ action, values }) => action !== null && action !== 'answer-privately' && !isThumb(action) && values === null,
    )
    .map(({ aboutTurnId }) => aboutTurnId);
  const isOver =
    ['escalate', 'reopen', 'close', 'follow', 'continue'].includes(decision.kind) ||
    (decision.kind === 'silent' && decision.reason === 'solved');
  const lastWithButtons = turns.findLast(
    ({ stage, decision: said }) => stage === 'thread' && said !== null && buttonsOf(said).length > 0,
  );
  return turns.filter(
    (turn) =>
      turn.stage === 'thread' &&
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

function pendingOf({ turns, handledThrough }: Conversation): readonly Turn[] {
  const handled = turns.findIndex(({ id }) => id === handledThrough);
  return turns.slice(handled + 1).filter(({ author }) => author === 'requester' || author === 'colleague');
}
