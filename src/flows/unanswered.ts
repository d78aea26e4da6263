import { type Decision, NOTHING_SEARCHED } from '#domain/decide.ts';
import { hasPending } from '#domain/situation.ts';
import { turnText } from '#domain/speak.ts';
import type { EscalationDeps } from './escalate.ts';
import { openTicket } from './open-ticket.ts';

/** When a question could not be worked on at all, a person gets it: the employee is never left without an outcome. */
export function createHandOverUnanswered({ store, clock }: Pick<EscalationDeps, 'store' | 'clock'>) {
  return async function handOverUnanswered(conversationId: string): Promise<void> {
    const conversation = await store.conversations.load(conversationId);
    const last = conversation.turns.at(-1);
    if (last === undefined || !hasPending(conversation)) return;
    const decision: Decision = { kind: 'escalate', reason: 'unavailable', grounds: NOTHING_SEARCHED };

    await store.transaction(async (within) => {
      const { id, version } = conversation;
      const record = {
        conversationId: id,
        version,
        handledThrough: last.id,
        decision,
        text: turnText(decision, null),
        at: clock(),
      };
      if ((await within.conversations.recordDecision(record)) === null) return;
      await openTicket(within, { conversationId: id, reason: 'unavailable', throughTurnId: last.id, at: clock() });
    });
  };
}
