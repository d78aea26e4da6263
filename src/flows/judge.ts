import type { Weights } from '#domain/confidence.ts';
import { earlierWords } from '#domain/earlier-words.ts';
import type { DraftWeights } from '#domain/draft/draft-confidence.ts';
import type { Conversation } from '#domain/conversation.ts';
import { citationsOf, decide, type Findings, orReopen, type Policy } from '#domain/decide.ts';
import type { Proposal } from '#domain/proposal.ts';
import type { Citation, Decision, Grounds, Incident, ModelTrace, OpenRequest, Verdict } from '#domain/decision.ts';
import type { Readers } from '#domain/knowledge.ts';
import type { WorkStage } from '#domain/reply.ts';
import type { Situation } from '#domain/situation.ts';
import type { DocumentRef, Freshness, Knowledge } from '#knowledge-ports.ts';
import type { Clock, Store } from '#ports.ts';
import { findIncident, type IncidentSettings } from './incident.ts';
import { type LookedUp, lookUp } from './look-up.ts';
import type { ModelSession } from './model-session.ts';
import { findOpenRequest } from './open-request.ts';
import type { ChatPlatforms } from './people.ts';
import { readersAlone, readersAlong, type ReadersDeps } from './readers.ts';
import { standAlone } from './stand-alone.ts';
import { MOST_PASSAGES, writeAnswer, type Writing } from './write-answer.ts';

export interface JudgeDeps {
  readonly store: Store;
  readonly platforms: ChatPlatforms;
  readonly policy: Policy;
  readonly weights: Weights;
  readonly freshness: Freshness;
  /** Null: like questions of several people are not looked for. */
  readonly incidents: IncidentSettings | null;
  readonly draftWeights: DraftWeights;
  readonly clock: Clock;
}

/** How often what was decided on may turn out to have changed in its source before a person takes over. */
const MOST_CHECKS = 4;

interface Asked {
  readonly conversation: Conversation;
  readonly situation: Situation;
  /** What could be read in its pictures: a part of what is searched for. */
  readonly pictureTexts: readonly string[];
  /** The models that may be asked about it. */
  readonly session: ModelSession;
  /** Display names of who takes part. */
  readonly names: readonly string[];
  /** Told how far it is. */
  readonly onStage: (stage: WorkStage) => void;
}

/**
 * Decides on a question that has to be searched for: with the rights of all who read along, and where that is not enough
 * for an answer, with the requester's own, to offer it privately. What is to be shown is checked in its source right
 * before; when it has changed, the search is made again.
 */
export async function judge(asked: Asked, deps: JudgeDeps): Promise<Decision> {
  const { answerAt, suggestAt, writtenAt } = deps.policy;
  const decisionOf = (
    { verdict, findings }: Pick<Judgement, 'verdict' | 'findings'>,
    checked: Grounds['checked'],
  ): Decision => {
    const model = traceOf(asked.session, find.writing(), { verdict, writtenAt });
    const thresholds = model === null ? { answerAt, suggestAt } : { answerAt, suggestAt, writtenAt };
    return { ...verdict, grounds: { ...findings, thresholds, checked, ...(model === null ? {} : { model }) } };
  };
  const find = await createFind(asked, deps);
  for (let checks = 0; checks < MOST_CHECKS; checks += 1) {
    const judgement = await judgeOnce(asked, find, deps.policy);
    const { restsOn } = judgement;
    const checked = restsOn.length === 0 ? null : await deps.freshness.check(restsOn.map(({ document }) => document));
    if (checked !== 'updated' && (await stillHolds(judgement, deps.store.knowledge)))
      return decisionOf(judgement, checked);
  }
  // Whatever would come next may be as outdated as all before it, when a whole section was closed or removed.
  const { findings } = await judgeOnce(asked, find, deps.policy);
  const verdict = orReopen({ kind: 'escalate', reason: 'unsure' }, asked.situation);
  return decisionOf({ verdict, findings }, 'unchecked');
}

/** Null: no model was asked. */
function traceOf(
  session: ModelSession,
  writing: Writing | null,
  { verdict, writtenAt }: { verdict: Verdict; writtenAt: number },
): ModelTrace | null {
  const nothing = { outcome: 'stepped-down', checks: [], dropped: 0, confidence: null, why: session.why() } as const;
  const result = writing?.result ?? nothing;
  const isSaid = verdict.kind === 'answer' && verdict.written !== undefined;
  const isUnsure = result.outcome === 'written' && !isSaid && (result.confidence?.value ?? 0) < writtenAt;
  return session.trace(isUnsure ? { ...result, outcome: 'stepped-down', why: 'unsure' } : result);
}

/**
 * Whether what was found is still there, for the same readers. A sync may have written new rights or another text between
 * the search and the check, which then finds the source and the store in agreement.
 */
async function stillHolds({ restsOn, readers }: Judgement, knowledge: Pick<Knowledge, 'sections'>): Promise<boolean> {
  for (const { document, chunkId } of restsOn) {
    const sections = await knowledge.sections(document, { lexemes: [], readers });
    if (!sections.some((section) => section.chunkId === chunkId)) return false;
  }
  return true;
}

interface Judgement {
  readonly verdict: Verdict;
  /** Of the search with the rights of all who read along, never of the requester's own. */
  readonly findings: Findings;
  /** The passages without which the verdict would be another. */
  readonly restsOn: readonly { readonly document: DocumentRef; readonly chunkId: string }[];
  /** With whose rights they were found. */
  readonly readers: Readers;
}

async function judgeOnce({ situation }: Asked, find: Find, policy: Policy): Promise<Judgement> {
  const along = await find.along();
  const { grounds: findings } = along.lookedUp;
  const found = { ...along.lookedUp.found, proposal: await find.proposal(along) };
  const open = decide({ situation, found, policy });
  const alone = open.kind === 'answer' ? null : await find.alone();
  const foundPrivately = alone?.lookedUp.found ?? null;
  const incident = open.kind === 'answer' ? null : await find.incident();
  const openRequest = open.kind === 'answer' ? null : await find.openRequest();
  const verdict = decide({ situation, found, foundPrivately, incident, openRequest, policy });
  if (verdict.kind !== 'offer-private' || alone === null) {
    return { verdict, findings, restsOn: restsOnOf(verdict, along), readers: along.readers };
  }
  const best = alone.lookedUp.found.candidates.slice(0, 1);
  return { verdict, findings, restsOn: passagesOf(best), readers: alone.readers };
}

/** What a model asks back may repeat any of what it was shown. */
function restsOnOf(verdict: Verdict, { lookedUp }: Searched): Judgement['restsOn'] {
  if (verdict.kind === 'ask') return passagesOf(citationsOf(lookedUp.passages.slice(0, MOST_PASSAGES)));
  return verdict.kind === 'answer' || verdict.kind === 'suggest' ? passagesOf(verdict.citations) : [];
}

function passagesOf(citations: readonly Citation[]): Judgement['restsOn'] {
  return citations.flatMap(({ source, documentId, chunkId }) =>
    source === undefined ? [] : [{ document: { source, documentId }, chunkId }],
  );
}

/** A search, and with whose rights it was made. */
interface Searched {
  readonly lookedUp: LookedUp;
  readonly readers: Readers;
}

/** The search for the question. */
interface Find {
  /** With the rights of all who read along. */
  along(): Promise<Searched>;
  /** What a model proposes to say from what was found; null where none is asked, or nothing of it holds. */
  proposal(along: Searched): Promise<Proposal | null>;
  /** What came of asking one last; null when none was. */
  writing(): Writing | null;
  /** With the requester's own; null where an answer that they alone read cannot be offered. */
  alone(): Promise<Searched | null>;
  /** What several others have asked lately that is like it. */
  incident(): Promise<Incident | null>;
  /** What the asker has open that is like it, in another thread or chat. */
  openRequest(): Promise<OpenRequest | null>;
}

async function createFind(asked: Asked, deps: JudgeDeps): Promise<Find> {
  const { conversation, situation, pictureTexts, session, names } = asked;
  const { knowledge, people } = deps.store;
  const earlier = earlierWords(conversation);
  const { said } = situation;
  const text = await standAlone({ ...situation, said: [...said, ...pictureTexts] }, { earlier, names, session });
  const near = await session.embed(text, names);
  const rights: ReadersDeps = { people, platforms: deps.platforms, clock: deps.clock };
  const search = async (readers: Readers): Promise<Searched> => ({
    lookedUp: await lookUp({ text, readers, near }, { knowledge, weights: deps.weights }),
    readers,
  });
  const { place, requesterRef } = conversation;
  const { askerRef } = situation;
  const along = await readersAlong(conversation, askerRef, rights);
  const write = createWrite({ ...asked, text, earlier }, deps);
  return {
    along: () => search(along),
    proposal: write.proposal,
    writing: write.writing,
    async alone() {
      // A colleague's question is answered to all or not at all: the buttons are the requester's.
      if (place === 'direct' || askerRef !== requesterRef) return null;
      const alone = await readersAlone(askerRef, rights);
      return alone.kind === 'nobody' ? null : search(alone);
    },
    incident: () => findIncident({ question: text, requesterRef }, deps),
    // a colleague's question is not the requester's, whose buttons these are
    openRequest: async () =>
      askerRef === requesterRef ? findOpenRequest({ question: text, askerRef, conversation }, deps) : null,
  };
}

/** Asks a model to write what was found, once for the same passages, however often they are looked up. */
function createWrite(
  asked: Asked & { readonly text: string; readonly earlier: ReturnType<typeof earlierWords> },
  { draftWeights: weights }: JudgeDeps,
): Pick<Find, 'proposal' | 'writing'> {
  const { situation, session, names, onStage, text: question, earlier } = asked;
  let last: { readonly of: string; readonly writing: Writing } | null = null;
  return {
    writing: () => last?.writing ?? null,
    async proposal({ lookedUp: { found, passages } }) {
      const isSaid = situation.place !== 'shared' && session.canWrite;
      if (!isSaid || found.confidence === null || passages.length === 0) return null;
      const of = JSON.stringify(passages.map(({ chunkId, text }) => [chunkId, text]));
      if (last?.of !== of) {
        const retrieval = found.confidence.value;
        const writing = await writeAnswer(
          { question, earlier, passages, retrieval, names },
          { session, weights, onStage },
        );
        last = { of, writing };
      }
      return last.writing.proposal;
    },
  };
}
