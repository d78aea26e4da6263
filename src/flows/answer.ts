import type { Conversation } from '#domain/conversation.ts';
import { type Decision, NOTHING_SEARCHED, settledUnsearched } from '#domain/decide.ts';
import { hasPending, type Situation, situationOf } from '#domain/situation.ts';
import { turnText } from '#domain/speak.ts';
import type { Store } from '#ports.ts';
import { judge, type JudgeDeps } from './judge.ts';
import { jobsAfter } from './next-jobs.ts';
import { openTicket } from './open-ticket.ts';
import { platformOf } from './people.ts';

export type AnswerDeps = JudgeDeps;

/** Decides on whatever waits in the conversation. Nothing is visible outside but "searching…": what follows are jobs. */
export function createAnswer(deps: AnswerDeps) {
  const { store, clock } = deps;

  return async function answer(conversationId: string): Promise<void> {
    const conversation = await store.conversations.load(conversationId);
    const last = conversation.turns.at(-1);
    if (last === undefined || !hasPending(conversation)) return;

    const decision = await decisionOn(conversation, situationOf(conversation), deps);

    await record(store, { conversation, decision, handledThrough: last.id, at: clock() });
  };
}

async function decisionOn(conversation: Conversation, situation: Situation, deps: AnswerDeps): Promise<Decision> {
  const settled = settledUnsearched(situation, deps.policy);
  if (settled !== null) return { ...settled, grounds: NOTHING_SEARCHED };
  const platform = platformOf(deps.platforms, conversation.address.platform);
  // Waited for together: a status that arrived after the answer would stay under it for minutes.
  const [decision] = await Promise.all([
    judge({ conversation, situation }, deps),
    platform.showWorking(conversation.address),
  ]);
  return decision;
}

interface Recorded {
  readonly conversation: Conversation;
  readonly decision: Decision;
  /** The last turn that the decision took into account. */
  readonly handledThrough: string;
  readonly at: Date;
}

/**
 * Writes the decision and the jobs that carry it out, together. When something came in meanwhile nothing is written:
 * what came in has brought a job of its own, which decides anew.
 */
async function record(store: Store, { conversation, decision, handledThrough, at }: Recorded): Promise<void> {
  const { id: conversationId, version } = conversation;
  await store.transaction(async (within) => {
    const text = turnText(decision, null);
    const turn = await within.conversations.recordDecision({
      conversationId,
      version,
      handledThrough,
      decision,
      text,
      at,
    });
    if (turn === null) return;
    for (const { name, data } of jobsAfter({ conversation, decision }, turn.turnId)) {
      await within.jobs.send(name, conversationId, { conversationId, ...data });
    }
    if (decision.kind !== 'escalate') return;
    await openTicket(within, { conversationId, reason: decision.reason, throughTurnId: handledThrough, at });
  });
}
