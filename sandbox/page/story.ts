import type { Trail, TrailDecision, TrailJob, TrailTurn } from '../operator.ts';
import { eventsOf } from './story-events.ts';
import { modelStep } from './story-model.ts';
import { againAfterMs, type Records, requestsOf, type RequestWithJob } from './story-requests.ts';
import { roundAt, roundOfJob, roundOfTurn, roundsOf, type TrailRound, tsOf } from './story-rounds.ts';
import type { ConfidenceStep, DecisionStep, JobStep, Round, SearchStep, Step, StoryDelivery } from './story-types.ts';
import { unreadPicturesIn, writtenIn } from './story-trace.ts';
import { verdictOf } from './story-verdict.ts';

export interface StorySources extends Records {
  readonly trail: Trail;
  readonly deliveries: readonly StoryDelivery[];
  /** Epoch milliseconds: what the vendors were asked before this time is not remembered. */
  readonly keptSince: number;
  /** Null when it is nobody of the company. */
  readonly requesterName: string | null;
  /** Who wrote the message with this `ts`; null when it is gone. */
  authorOf(ts: string): string | null;
}

/** A step with what it is sorted by: its time, and where times are equal its rank. */
interface Placed {
  readonly round: number;
  readonly time: number;
  readonly rank: number;
  readonly step: Step;
}

/** What the bot did about a conversation, as it recorded it and as the vendors saw it; a round for each decision. */
export function tellRounds(sources: StorySources): readonly Round[] {
  const rounds = roundsOf(sources.trail);
  const placed = [
    ...placeEvents(rounds, sources),
    ...placeDecisions(rounds),
    ...sources.trail.jobs.map((job) => placeJob(rounds, job)),
    ...placeRequests(rounds, sources),
  ];
  return rounds.map((round, index) => {
    const own = placed.filter((one) => one.round === index).toSorted((a, b) => a.time - b.time || a.rank - b.rank);
    return toRound(round, own, sources);
  });
}

function toRound(round: TrailRound, placed: readonly Placed[], sources: StorySources): Round {
  const from = Math.min(round.from, ...placed.map(({ time }) => time));
  const { said } = round;
  return {
    said: said.map((turn) => {
      const ts = tsOf(turn);
      const { text, files, action, withdrawn } = turn;
      return {
        author: nameOf(turn, sources),
        text,
        ts,
        files,
        action,
        entered: enteredIn(turn),
        withdrawn,
      };
    }),
    verdict: verdictIn(round),
    tookMs: tookMs(round, sources.trail, from),
    steps: placed.map(({ step, time }) => ({
      ...step,
      afterMs: step.at === null ? null : Math.max(0, Math.round(time - from)),
    })),
    gap:
      from < sources.keptSince
        ? 'The requests of before the sandbox’s start are not kept, and of later ones the last thousand of each kind.'
        : null,
  };
}

function verdictIn({ decided, byIt, said }: TrailRound): Round['verdict'] {
  if (decided !== null) return { decision: decided.decision.kind, sentence: verdictOf(decided.decision) };
  if (!byIt) return null;
  const isInTriage = said.every(({ stage }) => stage === 'triage');
  const sentence = isInTriage ? 'IT staff did this in the triage channel.' : 'IT said this: it is shown in the thread.';
  return { decision: 'agent', sentence };
}

/** What IT says on the ticket stands in a post of the bot's. */
function nameOf(turn: TrailTurn, sources: StorySources): string {
  if (turn.author === 'agent') return turn.authorName ?? 'IT';
  const ts = tsOf(turn);
  return (ts === null ? null : sources.authorOf(ts)) ?? personFor(turn, sources.requesterName);
}

function enteredIn({ values }: TrailTurn): string | null {
  if (values == null) return null;
  return Object.values(values)
    .filter((value) => value !== '')
    .join(' · ');
}

function personFor({ author }: { readonly author: string }, requesterName: string | null): string {
  if (author === 'requester') return requesterName ?? 'The person who asked';
  return author === 'colleague' ? 'A colleague' : 'Somebody';
}

/** Until the first post of what this round had to say. */
function tookMs({ decided, news }: TrailRound, { jobs }: Trail, from: number): number | null {
  const own = [decided, ...news].flatMap((turn) => (turn === null ? [] : [turn.id]));
  const posted = jobs
    .filter(
      ({ name, state, turnIds }) => name === 'deliver' && state === 'done' && turnIds.some((id) => own.includes(id)),
    )
    .flatMap(({ endedAt }) => (endedAt === null ? [] : [Date.parse(endedAt)]));
  return posted.length === 0 ? null : Math.round(Math.min(...posted) - from);
}

function placeEvents(rounds: readonly TrailRound[], sources: StorySources): readonly Placed[] {
  return eventsOf(sources.trail, sources.deliveries, sources.channel).map(({ step, turnId }) => {
    const time = Date.parse(step.at);
    const own = roundOfTurn(rounds, turnId);
    return { round: own === -1 ? roundAt(rounds, time) : own, time, rank: 0, step: { ...step, afterMs: null } };
  });
}

function placeDecisions(rounds: readonly TrailRound[]): readonly Placed[] {
  return rounds.flatMap(({ decided, news }, round) => {
    const turns = [...(decided === null ? [] : [decided]), ...news];
    return turns.flatMap(({ recordedAt, decision }) => {
      const time = Date.parse(recordedAt);
      const place = (step: Step | null, rank: number) => (step === null ? [] : [{ round, time, rank, step }]);
      return [
        ...place(searchStep(decision), 2),
        ...place(confidenceStep(decision), 3),
        ...place(modelStep(decision), 4),
        ...place(decisionStep(decision, recordedAt), 5),
      ];
    });
  });
}

function placeJob(rounds: readonly TrailRound[], job: TrailJob): Placed {
  const round = roundOfJob(rounds, job);
  const { decided } = rounds[round] ?? {};
  const sentAt = Date.parse(job.sentAt);
  const decidedAt = decided == null ? sentAt : Date.parse(decided.recordedAt);
  // what a decision leads to is sent in the transaction that records it, so the times are equal or nearly so
  const time = job.name === 'answer' ? Math.min(sentAt, decidedAt) : sentAt;
  return { round, time, rank: job.name === 'answer' ? 1 : 6, step: jobStep(job) };
}

function placeRequests(rounds: readonly TrailRound[], sources: StorySources): readonly Placed[] {
  const requests = requestsOf(sources.trail, sources);
  return requests.map((request) => {
    const time = Date.parse(request.at);
    const round = request.job === null ? roundAt(rounds, time) : roundOfJob(rounds, request.job);
    return { round, time, rank: 7, step: requestStep(request, requests) };
  });
}

function requestStep(request: RequestWithJob, all: readonly RequestWithJob[]): Step {
  const { jobNames: _, turnId: __, isGuess: ___, job, ...shown } = request;
  return { kind: 'request', ...shown, afterMs: null, againAfterMs: againAfterMs(request, all), jobId: job?.id ?? null };
}

function jobStep({ id, name, state, tries, sentAt, startedAt, endedAt, error }: TrailJob): JobStep {
  const between = (from: string, to: string) => Math.max(0, Date.parse(to) - Date.parse(from));
  return {
    kind: 'job',
    at: sentAt,
    afterMs: null,
    id,
    name,
    state,
    tries,
    waitedMs: startedAt === null ? null : between(sentAt, startedAt),
    ranMs: startedAt === null || endedAt === null ? null : between(startedAt, endedAt),
    error,
  };
}

function searchStep({ grounds }: TrailDecision): SearchStep | null {
  const { question, corrections, found } = grounds;
  if (question === null) return null;
  return {
    kind: 'search',
    at: null,
    afterMs: null,
    question,
    corrections,
    passages: found.map((passage) => ({ ...citationOf(passage), score: passage.score })),
  };
}

function confidenceStep({ grounds }: TrailDecision): ConfidenceStep | null {
  const { confidence, thresholds } = grounds;
  if (confidence === null) return null;
  return {
    kind: 'confidence',
    at: null,
    afterMs: null,
    value: confidence.value,
    answerAt: thresholds?.answerAt ?? null,
    suggestAt: thresholds?.suggestAt ?? null,
    signals: Object.entries(confidence.signals).map(([name, value]) => ({ name, value })),
  };
}

function decisionStep(decision: TrailDecision, at: string): DecisionStep {
  const { kind, reason, news, quote, citations = [] } = decision;
  return {
    kind: 'decision',
    at,
    afterMs: null,
    decision: kind,
    reason: reason ?? news ?? null,
    verdict: verdictOf(decision),
    quote: quote ?? null,
    written: writtenIn(decision),
    unreadPictures: unreadPicturesIn(decision),
    citations: citations.map(citationOf),
  };
}

function citationOf({ title, url, section, restricted }: NonNullable<TrailDecision['citations']>[number]) {
  return { title, url, section: section ?? null, restricted: restricted ?? false };
}
