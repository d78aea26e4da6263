import { confidenceOf, type SignalName, type Signals, type Weights } from '#domain/confidence.ts';
import { SetupError } from '#errors.ts';
import { type Judged, shareOf } from './metrics.ts';
import type { Observation } from './observe.ts';
import { type Case, fitLogistic } from './regression.ts';

/** A case to learn from. */
export interface Lesson {
  readonly signals: Signals;
  /** Whether the best passage is of a document that answers the question. */
  readonly bestIsRight: boolean;
  /** Whether one of the three documents that would be offered is. */
  readonly offerIsRight: boolean;
  /** Whether any document answers the question. */
  readonly answerable: boolean;
  /** Lessons of one group are never on both sides of a split. */
  readonly group: string;
}

/** A lesson with the confidence of weights that were fitted without its group. */
export interface OutOfFold {
  readonly lesson: Lesson;
  readonly confidence: number;
}

/**
 * The signals that count. Chosen by leave-one-answer-out on the questions of this repository, and by fitting here and
 * judging on four public sets and the reverse: fewer lose, further ones gain nothing that carries over. With
 * `titleCoverage` a threshold fitted here keeps its precision elsewhere; `lead` carries over better than `gap`.
 */
export const CHOSEN_SIGNALS: readonly SignalName[] = [
  'lead',
  'pairs',
  'scoreOfIdeal',
  'logIdeal',
  'agreement',
  'titleCoverage',
];

/** With vectors what they say as well. */
export const SIGNALS_WITH_VECTORS: readonly SignalName[] = [...CHOSEN_SIGNALS, 'similarity', 'similarityGap'];

/** Answers must be right at least so often, and not by luck: the lower end of the interval counts. A wrong answer costs more than a ticket. */
export const ANSWERS_RIGHT = 0.9;

/** Links that are more often useless than useful teach people not to read them; below that a ticket is the better service. */
const OFFERS_RIGHT = 0.5;

/** Who asks what nobody has written about should get a person, not homework: so few of them may be offered links. */
const FALSE_HOPES = 0.1;

/** From this number of cases on Wilson's interval can keep within a tenth of what is seen. */
const CASES_TO_JUDGE = 35;

/** Right and wrong cases that a fit takes: five of each for every signal; with fewer it would learn their accidents. */
const CASES_OF_EACH = 30;

/** As many documents as `decide` offers. */
const OFFERED = 3;

/** Thresholds are multiples of this. */
const STEP = 0.0001;

/** Six digits are more than the data tell, and keep the file the same on every machine. */
const DIGITS = 6;

/** @throws SetupError when there are too few questions to learn from. */
export function checkEnough(lessons: readonly Lesson[]): void {
  const right = lessons.filter(({ bestIsRight }) => bestIsRight).length;
  if (Math.min(right, lessons.length - right) >= CASES_OF_EACH) return;
  throw new SetupError(
    `Too few questions to fit: the search finds the right document for ${right} and a wrong one for ` +
      `${lessons.length - right}; at least ${CASES_OF_EACH} of each are needed. Keep the shipped weights until then.`,
  );
}

/** Fits the weights on all lessons, and the thresholds on what they would have been judged by weights that had not seen them. */
export function fitWeights(lessons: readonly Lesson[], names: readonly SignalName[] = CHOSEN_SIGNALS): Weights {
  const judged = outOfFold(lessons, names);
  const answerAt = answerThreshold(judged.map(({ lesson, confidence }) => ({ confidence, right: lesson.bestIsRight })));
  const offers = judged.map(({ lesson, confidence }) => ({ confidence, right: lesson.offerIsRight }));
  const hopeless = judged.filter(({ lesson }) => !lesson.answerable).map(({ confidence }) => confidence);
  const suggestAt = Math.max(offerThreshold(offers), hopeThreshold(hopeless));
  return { ...model(lessons, names), answerAt, suggestAt: Math.min(answerAt, suggestAt) };
}

/** What can be learnt from: questions for which something was found. */
export function lessonsFrom(observations: readonly Observation[]): readonly Lesson[] {
  return observations.flatMap(({ signals, bestIsRight, candidates, right, answerable, group }) => {
    if (signals === null) return [];
    const offered = [...new Set(candidates.map(({ documentId }) => documentId))].slice(0, OFFERED);
    return [{ signals, bestIsRight, offerIsRight: offered.some((id) => right.has(id)), answerable, group }];
  });
}

/** Each observation with weights and thresholds that were fitted on the two thirds of the answers it does not belong to. */
export function heldOutWeights(
  observations: readonly Observation[],
  names: readonly SignalName[] = CHOSEN_SIGNALS,
): readonly { observation: Observation; weights: Weights }[] {
  const groups = [...new Set(observations.map(({ group }) => group))].toSorted();
  const thirdOf = ({ group }: { group: string }) => groups.indexOf(group) % 3;
  const lessons = [0, 1, 2].map((third) => lessonsFrom(observations.filter((one) => thirdOf(one) !== third)));
  const fitted = lessons.map((others) => fitWeights(others, names));
  return observations.flatMap((observation) => {
    const weights = fitted[thirdOf(observation)];
    return weights === undefined ? [] : [{ observation, weights }];
  });
}

/** Judges each lesson by weights fitted on the lessons of all other groups. */
export function outOfFold(
  lessons: readonly Lesson[],
  names: readonly SignalName[] = CHOSEN_SIGNALS,
): readonly OutOfFold[] {
  return [...Map.groupBy(lessons, ({ group }) => group)].flatMap(([group, held]) => {
    const weights = model(
      lessons.filter((lesson) => lesson.group !== group),
      names,
    );
    return held.map((lesson) => ({ lesson, confidence: confidenceOf(lesson.signals, weights).value }));
  });
}

function model(lessons: readonly Lesson[], names: readonly SignalName[]): Weights {
  const cases: readonly Case[] = lessons.map(({ signals, bestIsRight }) => ({
    values: names.map((name) => signals[name]),
    outcome: Number(bestIsRight),
  }));
  const { means, deviations, weights } = fitLogistic(cases);
  const signals = names.map((name, index) => ({
    name,
    mean: rounded(means[index] ?? 0),
    deviation: rounded(deviations[index] ?? 1),
    coefficient: rounded(weights[index + 1] ?? 0),
  }));
  return { signals, intercept: rounded(weights[0] ?? 0), answerAt: 1, suggestAt: 1 };
}

/**
 * The smallest confidence from which on answers are right in at least 90 of 100 cases at the lower end of Wilson's
 * 95 % interval, and around which they still are right nine times in ten: the many sure ones must not pay for doubtful
 * ones. That takes 35 answers at least; with fewer data, or none so safe, 1: nothing is answered.
 */
export function answerThreshold(judged: readonly Judged[]): number {
  const isSafe = (above: readonly Judged[]) =>
    (shareOf(above.filter(({ right }) => right).length, above.length).low ?? 0) >= ANSWERS_RIGHT;
  const atTheMargin = marginalThreshold(judged, ANSWERS_RIGHT);
  return smallestWhere(
    judged.filter(({ confidence }) => confidence >= atTheMargin),
    isSafe,
  );
}

function smallestWhere(judged: readonly Judged[], isEnough: (above: readonly Judged[]) => boolean): number {
  const thresholds = [...new Set(judged.map(({ confidence }) => roundedUp(confidence)))].toSorted((a, b) => a - b);
  return thresholds.find((threshold) => isEnough(judged.filter(({ confidence }) => confidence >= threshold))) ?? 1;
}

/** The smallest confidence around which every other offer holds the right document. */
export function offerThreshold(judged: readonly Judged[]): number {
  return marginalThreshold(judged, OFFERS_RIGHT);
}

/**
 * The smallest confidence around which the share of right cases is at least `needed`. "Around": on the rising step
 * function nearest to the outcomes (isotonic regression), so that no width of a neighbourhood has to be chosen.
 */
export function marginalThreshold(judged: readonly Judged[], needed: number): number {
  const step = risingSteps(judged).find(({ right, count }) => right / count >= needed);
  return step === undefined ? 1 : roundedUp(step.from);
}

/**
 * The smallest confidence that at most one in ten of the questions without an answer reaches, at the upper end of
 * Wilson's 95 % interval. With fewer than 35 such questions 0: there is nothing to go by.
 */
export function hopeThreshold(hopeless: readonly number[]): number {
  if (hopeless.length < CASES_TO_JUDGE) return 0;
  const isRareFrom = (threshold: number) =>
    (shareOf(hopeless.filter((confidence) => confidence >= threshold).length, hopeless.length).high ?? 1) <=
    FALSE_HOPES;
  // Just above a case, so that this case does not reach it.
  const thresholds = hopeless.map((confidence) => roundedUp(confidence + STEP)).toSorted((a, b) => a - b);
  return thresholds.find(isRareFrom) ?? 1;
}

interface Step {
  readonly from: number;
  readonly right: number;
  readonly count: number;
}

/** Pools neighbours, by rising confidence, until each step is right more often than the one before. */
function risingSteps(judged: readonly Judged[]): readonly Step[] {
  const steps: Step[] = [];
  for (const { confidence, right } of judged.toSorted((a, b) => a.confidence - b.confidence)) {
    let step: Step = { from: confidence, right: Number(right), count: 1 };
    for (let last = steps.at(-1); last !== undefined && !rises(last, step); last = steps.at(-1)) {
      steps.pop();
      step = { from: last.from, right: last.right + step.right, count: last.count + step.count };
    }
    steps.push(step);
  }
  return steps;
}

function rises(lower: Step, higher: Step): boolean {
  return lower.right / lower.count < higher.right / higher.count && lower.from < higher.from;
}

/** A rule that needs no fit, from measurements on other sets: what it would have added to the threshold as a second condition. */
export function gateComparison(
  lessons: readonly Lesson[],
  answerAt: number,
  names: readonly SignalName[] = CHOSEN_SIGNALS,
): string {
  const passes = ({ coverage, gap, terms }: Signals) => coverage >= 0.7 && gap >= 0.3 && terms >= 3;
  const answered = outOfFold(lessons, names).filter(({ confidence }) => confidence >= answerAt);
  const gated = answered.filter(({ lesson }) => passes(lesson.signals));
  const text = (kept: readonly OutOfFold[]) =>
    `${kept.filter(({ lesson }) => lesson.bestIsRight).length} right of ${kept.length} answered`;
  return `without the cold-start rule ${text(answered)}; with it ${text(gated)}`;
}

function rounded(value: number): number {
  return Number(value.toFixed(DIGITS));
}

function roundedUp(value: number): number {
  return Math.min(1, rounded(Math.ceil(value / STEP) * STEP));
}
