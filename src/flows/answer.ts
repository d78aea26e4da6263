import type { Weights } from '#domain/confidence.ts';
import type { Conversation, Turn } from '#domain/conversation.ts';
import {
  decide,
  type Decision,
  type Grounds,
  NOTHING_SEARCHED,
  type Policy,
  settledUnsearched,
} from '#domain/decide.ts';
import { readerNames } from '#domain/knowledge.ts';
import { questionText } from '#domain/question.ts';
import { hasPending, type Situation, situationOf } from '#domain/situation.ts';
import { buttonsOf, turnText } from '#domain/speak.ts';
import type { ChatPlatform, Clock, Store } from '#ports.ts';
import { type LookedUp, lookUp } from './look-up.ts';
import { openTicket } from './open-ticket.ts';
import { type ChatPlatforms, findPerson, platformOf } from './people.ts';

export interface AnswerDeps {
  readonly store: Store;
  readonly platforms: ChatPlatforms;
  readonly policy: Policy;
  readonly weights: Weights;
  readonly clock: Clock;
}

/** Decides on whatever waits in the conversation. Nothing is visible outside but "searching…": what follows are jobs. */
export function createAnswer(deps: AnswerDeps) {
  const { store, platforms, policy, clock } = deps;

  return async function answer(conversationId: string): Promise<void> {
    const conversation = await store.conversations.load(conversationId);
    const last = conversation.turns.at(-1);
    if (last === undefined || !hasPending(conversation)) return;
    const situation = situationOf(conversation);
    const platform = platformOf(platforms, conversation.address.platform);
    const lookedUp =
      settledUnsearched(situation, policy) === null ? await search(conversation, situation, platform) : null;

    const verdict = decide({ situation, found: lookedUp?.found ?? null, policy });
    const decision: Decision = { ...verdict, grounds: groundsIn(lookedUp, policy) };

    await record(store, { conversation, decision, handledThrough: last.id, at: clock() });
  };

  async function search(conversation: Conversation, situation: Situation, platform: ChatPlatform): Promise<LookedUp> {
    const { place } = conversation;
    const readers = async () => {
      const asker = await findPerson(situation.askerRef, { platform, people: store.people, clock });
      const inGroups = place === 'direct' && asker.email !== null && !asker.outsider;
      const groups = inGroups && asker.email !== null ? await store.knowledge.groupsOf(asker.email) : [];
      return readerNames(place, asker, groups);
    };
    const look = async () =>
      lookUp(
        { text: questionText(situation), readers: await readers() },
        { knowledge: store.knowledge, weights: deps.weights },
      );
    // Waited for together: a status that arrived after the answer would stay under it for minutes.
    const [lookedUp] = await Promise.all([look(), platform.showWorking(conversation.address)]);
    return lookedUp;
  }
}

function groundsIn(lookedUp: LookedUp | null, { answerAt, suggestAt }: Policy): Grounds {
  return lookedUp === null ? NOTHING_SEARCHED : { ...lookedUp.grounds, thresholds: { answerAt, suggestAt } };
}

interface Outcome {
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
async function record(store: Store, outcome: Outcome): Promise<void> {
  const { conversation, decision, handledThrough, at } = outcome;
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
    for (const { name, data } of jobsAfter(outcome, turn.turnId)) {
      await within.jobs.send(name, conversationId, { conversationId, ...data });
    }
    if (decision.kind !== 'escalate') return;
    await openTicket(within, { conversationId, reason: decision.reason, throughTurnId: handledThrough, at });
  });
}

interface NextJob {
  readonly name: 'deliver' | 'settle' | 'comment';
  readonly data: Readonly<Record<string, string>>;
}

function jobsAfter(outcome: Outcome, ownTurnId: string): readonly NextJob[] {
  const settling = toSettle(outcome).map(({ id }): NextJob => ({ name: 'settle', data: { turnId: id } }));
  switch (outcome.decision.kind) {
    case 'answer':
    case 'suggest':
    case 'ask':
      return [...settling, { name: 'deliver', data: { turnId: ownTurnId } }];
    case 'forward': {
      // One job for all: jobs that are sent in one transaction have no order among them.
      const turnIds = toForward(outcome.conversation).map(({ id }) => id);
      return turnIds.length === 0 ? settling : [...settling, { name: 'comment', data: { turnIds: turnIds.join(' ') } }];
    }
    case 'escalate':
    case 'silent':
    case 'report':
      return settling;
  }
}

/** Posts whose buttons have had their day: what was clicked, and, once it is solved or handed over, what we said last. */
function toSettle({ conversation, decision }: Outcome): readonly Turn[] {
  const { turns } = conversation;
  const clicked = pendingOf(conversation)
    .filter(({ author }) => author === 'requester')
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
