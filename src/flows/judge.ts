import type { Weights } from '#domain/confidence.ts';
import type { Conversation } from '#domain/conversation.ts';
import {
  type Citation,
  decide,
  type Decision,
  type Findings,
  type Grounds,
  type Policy,
  type Verdict,
} from '#domain/decide.ts';
import type { Readers } from '#domain/knowledge.ts';
import { questionText } from '#domain/question.ts';
import type { Situation } from '#domain/situation.ts';
import type { Clock, DocumentRef, Freshness, Store } from '#ports.ts';
import { type LookedUp, lookUp } from './look-up.ts';
import type { ChatPlatforms } from './people.ts';
import { readersAlone, readersAlong, type ReadersDeps } from './readers.ts';

export interface JudgeDeps {
  readonly store: Store;
  readonly platforms: ChatPlatforms;
  readonly policy: Policy;
  readonly weights: Weights;
  readonly freshness: Freshness;
  readonly clock: Clock;
}

/** How often what was decided on may turn out to have changed in its source before a person takes over. */
const MOST_CHECKS = 4;

interface Asked {
  readonly conversation: Conversation;
  readonly situation: Situation;
}

/**
 * Decides on a question that has to be searched for: with the rights of all who read along, and where that is not enough
 * for an answer, with the requester's own, to offer it privately. What is to be shown is checked in its source right
 * before; when it has changed, the search is made again.
 */
export async function judge(asked: Asked, deps: JudgeDeps): Promise<Decision> {
  const { answerAt, suggestAt } = deps.policy;
  const decisionOf = ({ verdict, findings }: Judgement, checked: Grounds['checked']): Decision => ({
    ...verdict,
    grounds: { ...findings, thresholds: { answerAt, suggestAt }, checked },
  });
  const find = await createFind(asked, deps);
  for (let checks = 0; checks < MOST_CHECKS; checks += 1) {
    const judgement = await judgeOnce(asked, find, deps.policy);
    const { restsOn } = judgement;
    const checked = restsOn.length === 0 ? null : await deps.freshness.check(restsOn);
    if (checked !== 'updated') return decisionOf(judgement, checked);
  }
  // Whatever would come next may be as outdated as all before it, when a whole section was closed or removed.
  const { findings } = await judgeOnce(asked, find, deps.policy);
  return decisionOf({ verdict: { kind: 'escalate', reason: 'unsure' }, findings, restsOn: [] }, 'unchecked');
}

interface Judgement {
  readonly verdict: Verdict;
  /** Of the search with the rights of all who read along, never of the requester's own. */
  readonly findings: Findings;
  /** The documents without which the verdict would be another. */
  readonly restsOn: readonly DocumentRef[];
}

async function judgeOnce({ situation }: Asked, find: Find, policy: Policy): Promise<Judgement> {
  const { found, grounds: findings } = await find.along();
  const open = decide({ situation, found, policy });
  const foundPrivately = open.kind === 'answer' ? null : ((await find.alone())?.found ?? null);
  const verdict = decide({ situation, found, foundPrivately, policy });
  const best = foundPrivately?.candidates.slice(0, 1) ?? [];
  return { verdict, findings, restsOn: refsOf(verdict.kind === 'offer-private' ? best : citedBy(verdict)) };
}

function citedBy(verdict: Verdict): readonly Citation[] {
  return verdict.kind === 'answer' || verdict.kind === 'suggest' ? verdict.citations : [];
}

function refsOf(citations: readonly Citation[]): readonly DocumentRef[] {
  return citations.flatMap(({ source, documentId }) => (source === undefined ? [] : [{ source, documentId }]));
}

/** The search for the question. */
interface Find {
  /** With the rights of all who read along. */
  along(): Promise<LookedUp>;
  /** With the requester's own; null where an answer that they alone read cannot be offered. */
  alone(): Promise<LookedUp | null>;
}

async function createFind({ conversation, situation }: Asked, deps: JudgeDeps): Promise<Find> {
  const { knowledge, people } = deps.store;
  const text = questionText(situation);
  const rights: ReadersDeps = { people, platforms: deps.platforms, clock: deps.clock };
  const search = (readers: Readers) => lookUp({ text, readers }, { knowledge, weights: deps.weights });
  const { address, place, requesterRef } = conversation;
  const { askerRef } = situation;
  const along = await readersAlong(conversation, askerRef, rights);
  return {
    along: () => search(along),
    async alone() {
      // A colleague's question is answered to all or not at all: the buttons are the requester's.
      if (place === 'direct' || askerRef !== requesterRef) return null;
      const alone = await readersAlone(address, askerRef, rights);
      return alone.kind === 'nobody' ? null : search(alone);
    },
  };
}
