import { confidenceOf, type Weights } from '#domain/confidence.ts';
import { decide, type Policy } from '#domain/decide.ts';
import type { Proposal } from '#domain/proposal.ts';
import type { Verdict } from '#domain/decision.ts';
import {
  areaUnderRiskCoverage,
  type Bin,
  brier,
  expectedCalibrationError,
  type Judged,
  reliability,
  riskCoverage,
  type RiskPoint,
  type Share,
  shareOf,
} from './metrics.ts';
import type { Observation } from './observe.ts';

/** What became of one labelled question. */
export interface Outcome extends Judged {
  readonly question: string;
  readonly answerable: boolean;
  readonly verdict: Verdict['kind'];
  /** Whether what was cited holds a document that answers the question; false when nothing was. */
  readonly citedRight: boolean;
  /** It is answered in a model's words. */
  readonly isWritten: boolean;
}

/** What a model proposes, and the confidence from which on it is said. */
export interface Proposed {
  readonly proposal: Proposal | null;
  readonly writtenAt: number;
}

const NO_PROPOSAL: Proposed = { proposal: null, writtenAt: 1 };

/** As the program has it where nothing is set but the weights. */
export function policyOf({ answerAt, suggestAt }: Weights, writtenAt: number): Policy {
  return { answerAt, suggestAt, writtenAt, excludedTopics: [] };
}

/**
 * Decides as the program would. `confidence` is that of the search, 0 where nothing was found or searched, and `right`
 * is about what it found first, whatever a model makes of it.
 */
export function outcomeOf(
  observation: Observation,
  weights: Weights,
  { proposal, writtenAt }: Proposed = NO_PROPOSAL,
): Outcome {
  const { situation, signals, candidates, quote } = observation;
  const confidence = signals === null ? null : confidenceOf(signals, weights);
  const policy = policyOf(weights, writtenAt);
  const verdict = decide({ situation, found: { confidence, candidates, quote, proposal }, policy });
  const cited = 'citations' in verdict ? verdict.citations : [];
  return {
    question: observation.question,
    answerable: observation.answerable,
    confidence: confidence?.value ?? 0,
    right: observation.bestIsRight,
    verdict: verdict.kind,
    citedRight: cited.some(({ documentId }) => observation.right.has(documentId)),
    isWritten: verdict.kind === 'answer' && verdict.written !== undefined,
  };
}

/** How the pipeline did on labelled questions. */
export interface Report {
  readonly questions: number;
  readonly answerable: number;
  /** Answered, of all questions. */
  readonly coverage: Share;
  /** Right, of the answered. */
  readonly accuracyWhenAnswering: Share;
  /** Answered wrongly, of all questions. */
  readonly wrongAnswers: Share;
  /** Links offered, of all questions. */
  readonly suggested: Share;
  /** Holding a right document, of those offers. */
  readonly suggestionsRight: Share;
  /** Neither escalated nor asked back, though some document answers it; the rest of the answerable. */
  readonly helpedOfAnswerable: Share;
  /** Not answered, of the unanswerable. */
  readonly abstained: Share;
  /** Handed over at once, without links, of the unanswerable. */
  readonly handedOver: Share;
  /** The best passage is of a right document, of the answerable: the most that any threshold could answer rightly. */
  readonly bestIsRight: Share;
  readonly brier: number;
  readonly expectedCalibrationError: number;
  readonly areaUnderRiskCoverage: number;
  readonly riskCoverage: readonly RiskPoint[];
  readonly reliability: readonly Bin[];
}

/** @throws Error without outcomes. */
export function reportOn(outcomes: readonly Outcome[]): Report {
  if (outcomes.length === 0) throw new Error('no questions');
  const count = (list: readonly Outcome[], is: (outcome: Outcome) => boolean) =>
    shareOf(list.filter(is).length, list.length);
  const answered = outcomes.filter(({ verdict }) => verdict === 'answer');
  const offered = outcomes.filter(({ verdict }) => verdict === 'suggest');
  const answerable = outcomes.filter((outcome) => outcome.answerable);
  const unanswerable = outcomes.filter((outcome) => !outcome.answerable);
  return {
    questions: outcomes.length,
    answerable: answerable.length,
    coverage: shareOf(answered.length, outcomes.length),
    accuracyWhenAnswering: count(answered, ({ citedRight }) => citedRight),
    wrongAnswers: count(outcomes, ({ verdict, citedRight }) => verdict === 'answer' && !citedRight),
    suggested: shareOf(offered.length, outcomes.length),
    suggestionsRight: count(offered, ({ citedRight }) => citedRight),
    helpedOfAnswerable: count(answerable, ({ citedRight }) => citedRight),
    abstained: count(unanswerable, ({ verdict }) => verdict !== 'answer'),
    handedOver: count(unanswerable, ({ verdict }) => verdict === 'escalate' || verdict === 'ask'),
    bestIsRight: count(answerable, ({ right }) => right),
    brier: brier(outcomes),
    expectedCalibrationError: expectedCalibrationError(outcomes),
    areaUnderRiskCoverage: areaUnderRiskCoverage(outcomes),
    riskCoverage: riskCoverage(outcomes),
    reliability: reliability(outcomes),
  };
}

/** A name and what is to be said of it. */
export type Row = readonly [string, string];

/** The report as a person reads it, with what else there is to say below its figures. */
export function reportText(report: Report, more: readonly Row[] = []): string {
  const rows: readonly Row[] = [
    ['questions', `${report.questions}, of them ${report.answerable} answerable`],
    ['coverage (answered)', shareText(report.coverage)],
    ['accuracy when answering', shareText(report.accuracyWhenAnswering)],
    ['wrong answers, of all', shareText(report.wrongAnswers)],
    ['links offered', shareText(report.suggested)],
    ['  with a right document', shareText(report.suggestionsRight)],
    ['helped, of the answerable', shareText(report.helpedOfAnswerable)],
    ['unanswerable: not answered', shareText(report.abstained)],
    ['unanswerable: handed over', shareText(report.handedOver)],
    ['best passage right', shareText(report.bestIsRight)],
    ['Brier score', report.brier.toFixed(3)],
    ['calibration error (ECE)', report.expectedCalibrationError.toFixed(3)],
    ['area under risk–coverage', report.areaUnderRiskCoverage.toFixed(3)],
    ...more,
  ];
  return [
    ...rows.map(([name, value]) => `${name.padEnd(28)}${value}`),
    '',
    'If only the surest were answered (risk: share of them wrong)',
    'coverage  answered  from confidence   risk',
    ...report.riskCoverage.map(({ coverage, answered, threshold, risk }) =>
      [
        percent(coverage).padStart(8),
        String(answered).padStart(10),
        threshold.toFixed(3).padStart(17),
        percent(risk).padStart(7),
      ].join(''),
    ),
    '',
    'Is the confidence true? (best passage right, by confidence)',
    'confidence   mean   observed',
    ...report.reliability.map(
      ({ from, to, meanConfidence, observed }) =>
        `${from.toFixed(1)} to ${to.toFixed(1)}  ${meanConfidence.toFixed(3)}   ${shareText(observed)}`,
    ),
  ].join('\n');
}

export function shareText({ count, of, share, low, high }: Share): string {
  if (share === null || low === null || high === null) return 'none';
  return `${percent(share)}  (${count} of ${of}; 95 %: ${percent(low)} to ${percent(high)})`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
