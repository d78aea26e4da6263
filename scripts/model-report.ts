import type { Examination } from './examine.ts';
import { brier, expectedCalibrationError, type Share, shareOf } from './metrics.ts';
import type { ModelExam } from './model-exam.ts';
import { type Outcome, type Row, shareText } from './outcomes.ts';

/** What a model added to an evaluation, and what it took. "Right" is what cites a document that answers, as without one. */
export interface ModelReport {
  readonly model: string;
  readonly writtenAt: number;
  /** In the model's words, of the answers; of them right. */
  readonly written: Share;
  readonly writtenRight: Share;
  /** Quoted as without a model, of the answers; of them right. */
  readonly extractive: Share;
  readonly extractiveRight: Share;
  /** Against the same questions without a model. */
  readonly answeredOnlyWithIt: { readonly right: number; readonly wrong: number };
  /** Answered rightly without it, and wrongly with it. */
  readonly spoilt: number;
  /** Questions that were put to it, of all. */
  readonly asked: Share;
  /** What it proposed; `nothing`: a call failed, or nothing held. */
  readonly proposed: Readonly<Record<'written' | 'ask-back' | 'needs-person' | 'not-answerable' | 'nothing', number>>;
  /** Of what it wrote, said or not: whether the confidence is true; null when it wrote nothing. */
  readonly confidence: { readonly brier: number; readonly expectedCalibrationError: number } | null;
  /** In the currency in which prices are set. Without what embeddings cost, and calls of which no answer came. */
  readonly costs: { readonly inAll: number; readonly perQuestion: number | null; readonly unpriced: readonly string[] };
  /** Of all calls for a question together. */
  readonly latencyMs: { readonly p50: number; readonly p95: number } | null;
  /** Calls that brought nothing, of all. */
  readonly failedCalls: Share;
}

const MILLION = 1_000_000;

export function reportOnModel(examinations: readonly Examination[], exam: ModelExam): ModelReport {
  const answers = examinations.map(({ withModel }) => withModel).filter(({ verdict }) => verdict === 'answer');
  const written = answers.filter(({ isWritten }) => isWritten);
  const extractive = answers.filter(({ isWritten }) => !isWritten);
  const rightOf = (outcomes: readonly Outcome[]) =>
    shareOf(outcomes.filter(({ citedRight }) => citedRight).length, outcomes.length);
  const onlyWith = examinations.filter((one) => isAnswered(one.withModel) && !isAnswered(one.without));
  const asked = examinations.flatMap(({ examined }) => examined ?? []);
  const sum = (field: 'costs' | 'calls' | 'failed') => asked.reduce((total, examined) => total + examined[field], 0);
  return {
    model: exam.name,
    writtenAt: exam.weights.writtenAt,
    written: shareOf(written.length, answers.length),
    writtenRight: rightOf(written),
    extractive: shareOf(extractive.length, answers.length),
    extractiveRight: rightOf(extractive),
    answeredOnlyWithIt: {
      right: onlyWith.filter(({ withModel }) => withModel.citedRight).length,
      wrong: onlyWith.filter(({ withModel }) => !withModel.citedRight).length,
    },
    spoilt: examinations.filter(
      ({ without, withModel }) => isAnswered(without) && without.citedRight && !withModel.citedRight,
    ).length,
    asked: shareOf(asked.length, examinations.length),
    proposed: proposedIn(examinations),
    confidence: confidenceIn(examinations),
    costs: {
      inAll: sum('costs') / MILLION,
      perQuestion: asked.length === 0 ? null : sum('costs') / MILLION / asked.length,
      unpriced: exam.unpriced,
    },
    latencyMs: latencyOf(asked.map(({ ms }) => ms)),
    failedCalls: shareOf(sum('failed'), sum('calls')),
  };
}

function isAnswered({ verdict }: Outcome): boolean {
  return verdict === 'answer';
}

function proposedIn(examinations: readonly Examination[]): ModelReport['proposed'] {
  const kinds = examinations.flatMap(({ examined }) =>
    examined === null ? [] : [examined.writing.proposal?.kind ?? 'nothing'],
  );
  const count = (kind: (typeof kinds)[number]) => kinds.filter((one) => one === kind).length;
  return {
    written: count('written'),
    'ask-back': count('ask-back'),
    'needs-person': count('needs-person'),
    'not-answerable': count('not-answerable'),
    nothing: count('nothing'),
  };
}

function confidenceIn(examinations: readonly Examination[]): ModelReport['confidence'] {
  const judged = examinations.flatMap(({ written }) => written ?? []);
  if (judged.length === 0) return null;
  return { brier: brier(judged), expectedCalibrationError: expectedCalibrationError(judged) };
}

function latencyOf(times: readonly number[]): ModelReport['latencyMs'] {
  if (times.length === 0) return null;
  const sorted = times.toSorted((a, b) => a - b);
  const percentile = (share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? 0);
  return { p50: percentile(0.5), p95: percentile(0.95) };
}

/** The report as rows of the table. */
export function modelRows(report: ModelReport): readonly Row[] {
  const { proposed, confidence, latencyMs, answeredOnlyWithIt: added } = report;
  return [
    ['answers in its words', shareText(report.written)],
    ['  of them right', shareText(report.writtenRight)],
    ['answers quoted', shareText(report.extractive)],
    ['  of them right', shareText(report.extractiveRight)],
    ['answered only with it', `${added.right} right, ${added.wrong} wrong`],
    ['right without, not with it', String(report.spoilt)],
    ['questions put to it', shareText(report.asked)],
    [
      '  what it proposed',
      `${proposed.written} written, ${proposed['ask-back']} to ask back, ${proposed['needs-person']} for a person, ` +
        `${proposed['not-answerable']} not answerable, ${proposed.nothing} nothing that held`,
    ],
    [
      '  confidence of the written',
      confidence === null
        ? 'none'
        : `Brier ${confidence.brier.toFixed(3)}, ECE ${confidence.expectedCalibrationError.toFixed(3)}`,
    ],
    ['cost', costText(report.costs)],
    ['time for a question', latencyMs === null ? 'none' : `p50 ${latencyMs.p50} ms, p95 ${latencyMs.p95} ms`],
    ['calls that failed', shareText(report.failedCalls)],
  ];
}

function costText({ inAll, perQuestion, unpriced }: ModelReport['costs']): string {
  const missing = unpriced.length === 0 ? '' : `no price set for ${unpriced.join(' and ')} (MODEL_PRICES)`;
  if (inAll === 0 || perQuestion === null) return missing === '' ? 'nothing' : missing;
  const amounts = `${perQuestion.toFixed(6)} for a question, ${inAll.toFixed(6)} in all`;
  return missing === '' ? amounts : `${amounts}; ${missing}`;
}
