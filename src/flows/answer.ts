import type { Conversation, Turn } from '#domain/conversation.ts';
import { settledUnsearched } from '#domain/decide.ts';
import { type Decision, NOTHING_SEARCHED } from '#domain/decision.ts';
import { hasPending, type Situation, situationOf } from '#domain/situation.ts';
import { turnText } from '#domain/speak.ts';
import type { Store } from '#ports.ts';
import { judge, type JudgeDeps } from './judge.ts';
import { jobsAfter, ratingsIn } from './next-jobs.ts';
import { openTicket } from './open-ticket.ts';
import { withRequests } from './open-request.ts';
import { platformOf } from './people.ts';
import { tellAdded } from './tell-added.ts';

export type AnswerDeps = JudgeDeps;

/** Decides on whatever waits in the conversation. Nothing is visible outside but "searching…": what follows are jobs. */
export function createAnswer(deps: AnswerDeps) {
  const { store, clock } = deps;

  return async function answer(conversationId: string): Promise<void> {
    const conversation = await store.conversations.load(conversationId);
    const last = conversation.turns.at(-1);
    if (last === undefined || !hasPending(conversation)) return;

    const situation = await whileOpen(situationOf(conversation), store);
    const decision = await decisionOn(conversation, situation, deps);

    const isSaidMore = decision.kind === 'follow' && situation.said.length > 0;
    const handledThrough = isSaidMore ? (beforeWords(conversation) ?? last.id) : last.id;
    const isChat = platformOf(deps.platforms, conversation.address.platform).hasNoThreads(conversation.address);
    await record(store, { conversation, decision, handledThrough, isChat, at: clock() });
  };
}

/** What is said before or after the press on "Follow it" is for us, and is decided on next. */
function beforeWords({ turns, handledThrough }: Conversation): string | undefined {
  const pending = turns.slice(turns.findIndex(({ id }) => id === handledThrough) + 1);
  const words = pending.findIndex(({ author, action }) => action === null && isPersons(author));
  return pending.slice(0, Math.max(words, 0)).at(-1)?.id;
}

function isPersons(author: Turn['author']): boolean {
  return author === 'requester' || author === 'colleague';
}

/** What is said here goes to the ticket of another conversation only as long as somebody works on that. */
async function whileOpen(situation: Situation, store: Store): Promise<Situation> {
  if (situation.goesOnIn === null) return situation;
  const ticket = await store.tickets.find(situation.goesOnIn.conversationId);
  return ticket?.phase === 'open' || ticket?.phase === 'resolved' ? situation : { ...situation, goesOnIn: null };
}

async function decisionOn(conversation: Conversation, situation: Situation, deps: AnswerDeps): Promise<Decision> {
  const settled = settledUnsearched(situation, deps.policy);
  if (settled !== null) {
    const verdict = await withRequests(settled, situation.askerRef, deps);
    return { ...verdict, grounds: NOTHING_SEARCHED };
  }
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
  /** The place has no threads. */
  readonly isChat: boolean;
  readonly at: Date;
}

/**
 * Writes the decision and the jobs that carry it out, together. When something came in meanwhile nothing is written:
 * what came in has brought a job of its own, which decides anew.
 */
async function record(store: Store, recorded: Recorded): Promise<void> {
  const { conversation, decision, handledThrough, at } = recorded;
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
    await recordOutcome(within, recorded);
  });
}

/** What the decision changes beside the thread. */
async function recordOutcome(within: Store, recorded: Recorded): Promise<void> {
  const { conversation, decision, handledThrough, isChat, at } = recorded;
  const conversationId = conversation.id;
  if (decision.kind === 'forward' && isChat) await tellAdded(within, { conversation, at });
  await recordRatings(within, conversation);
  if (decision.kind === 'escalate') {
    await openTicket(within, { conversationId, reason: decision.reason, throughTurnId: handledThrough, at });
  }
  if (decision.kind === 'close') await within.tickets.recordPhase(conversationId, 'closed', at);
  if (decision.kind !== 'follow') return;
  if (handledThrough !== conversation.turns.at(-1)?.id)
    await within.jobs.send('answer', conversationId, { conversationId });
  const followed = decision.incident.conversationId;
  if (!(await within.incidents.follow({ conversationId, followed, at }))) return;
  await within.jobs.send('count-followers', followed, { conversationId: followed });
  // it may be solved by now, or gone
  await within.jobs.sendUnlessWaiting('refresh-ticket', followed, { conversationId: followed });
}

/** The first rating counts; a comment may follow. */
async function recordRatings(within: Store, conversation: Conversation): Promise<void> {
  for (const rating of ratingsIn(conversation)) await within.tickets.recordRating(conversation.id, rating);
}
