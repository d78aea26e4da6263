import { orReopen } from '#domain/decide.ts';
import { type Decision, NOTHING_SEARCHED } from '#domain/decision.ts';
import { hasPending, situationOf } from '#domain/situation.ts';
import { turnText } from '#domain/speak.ts';
import type { EscalationDeps } from './escalate.ts';
import { jobsAfter } from './next-jobs.ts';
import { openTicket } from './open-ticket.ts';

/** When a question could not be worked on at all, a person gets it: the employee is never left without an outcome. */
export function createHandOverUnanswered({ store, clock }: Pick<EscalationDeps, 'store' | 'clock'>) {
  return async function handOverUnanswered(conversationId: string): Promise<void> {
    const conversation = await store.conversations.load(conversationId);
    const last = conversation.turns.at(-1);
    if (last === undefined || !hasPending(conversation)) return;
    const verdict = orReopen({ kind: 'escalate', reason: 'unavailable' }, situationOf(conversation));
    const decision: Decision = { ...verdict, grounds: NOTHING_SEARCHED };

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
      const turn = await within.conversations.recordDecision(record);
      if (turn === null) return;
      if (decision.kind === 'escalate') {
        await openTicket(within, { conversationId: id, reason: 'unavailable', throughTurnId: last.id, at: clock() });
        return;
      }
      for (const { name, data } of jobsAfter({ conversation, decision }, turn.turnId)) {
        await within.jobs.send(name, id, { conversationId: id, ...data });
      }
    });
  };
}
