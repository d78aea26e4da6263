import type { Conversation } from '#domain/conversation.ts';
import { type Decision, NOTHING_SEARCHED } from '#domain/decision.ts';
import { turnText } from '#domain/speak.ts';
import type { Store } from '#ports.ts';

/**
 * Says that what the requester wrote is on their ticket now, where there are no threads: nothing else would show it, and
 * it may have been meant as something new. Once for all they write until somebody has spoken to them again.
 */
export async function tellAdded(
  within: Store,
  { conversation, at }: { conversation: Conversation; at: Date },
): Promise<void> {
  const { id: conversationId, turns, ticket } = conversation;
  const stored = await within.tickets.find(conversationId);
  const spoken = turns.findLast(
    ({ author, decision }) =>
      author === 'agent' || (author === 'bot' && decision?.kind !== 'silent' && decision?.kind !== 'forward'),
  );
  if (stored === null || ticket === null || ticket.key === null) return;
  const decision: Decision = { kind: 'report', news: 'added', reason: stored.reason, grounds: NOTHING_SEARCHED };
  const text = turnText(decision, ticket);
  const turn = await within.conversations.recordNews({
    conversationId,
    decision,
    text,
    at,
    once: `added/${spoken?.id ?? ''}`,
  });
  if (turn !== null) await within.jobs.send('deliver', conversationId, { conversationId, turnId: turn.turnId });
}
