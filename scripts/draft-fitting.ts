import { draftConfidence, type DraftWeights } from '#domain/draft/draft-confidence.ts';
import { SetupError } from '#errors.ts';
import type { DraftLesson } from './draft-lessons.ts';
import { ANSWERS_RIGHT, answerThreshold, marginalThreshold } from './fitting.ts';
import type { Judged } from './metrics.ts';
import { fitLogistic } from './regression.ts';

/**
 * What counts, and the least that it may count for each unit of it.
 *
 * Nothing may count against an answer: more of each is a better sign, and a fit that finds otherwise has found an accident
 * of its drafts. A second look that held must not lower what it confirms; what it is worth no draft here tells.
 *
 * `sure` counts something in any case: drafts that are made, or written by a stand-in, cannot tell what a model's own word
 * is worth, but one that doubts is to be believed.
 *
 * `cited` does not count: how many passages a draft cites is its maker's habit.
 */
const LEAST: Readonly<Record<string, number>> = {
  kept: 0,
  borneOut: 0,
  covered: 0,
  rank: 0,
  sure: 2,
  secondLook: 0,
  retrieval: 0,
};
const DRAFT_SIGNALS = Object.keys(LEAST);

/** Good and bad ones that a fit takes: five of each for the four signals that vary much; with fewer it would learn their accidents. */
const LESSONS_OF_EACH = 20;

/** Six digits are more than the data tell, and keep the file the same on every machine. */
const DIGITS = 6;

/** @throws SetupError when there are too few drafts of a kind to learn from. */
export function checkEnoughDrafts(lessons: readonly DraftLesson[]): void {
  const good = lessons.filter(({ isGood }) => isGood).length;
  if (Math.min(good, lessons.length - good) >= LESSONS_OF_EACH) return;
  throw new SetupError(
    `Too few drafts to fit: of what the checks keep ${good} may be said and ${lessons.length - good} may not; ` +
      `at least ${LESSONS_OF_EACH} of each are needed. Keep the shipped weights until then.`,
  );
}

/**
 * Fits the weights on all lessons, and the threshold on what they would have been judged by weights that had not seen
 * them: as that of quoted answers, and so high that those that were asked for are right nine times in ten around it. Of
 * drafts that were made there are many, and mostly good ones: they must not pay for wrong documents.
 */
export function fitDraftWeights(lessons: readonly DraftLesson[]): DraftWeights {
  const judged = draftsOutOfFold(lessons);
  const asked = judged.filter(({ lesson }) => lesson.source === 'asked');
  const writtenAt = Math.max(
    answerThreshold(judged.map(judgedOf)),
    asked.length === 0 ? 0 : marginalThreshold(asked.map(judgedOf), ANSWERS_RIGHT),
  );
  return { ...model(lessons), writtenAt };
}

/** A lesson with the confidence of weights that may or may not have seen it. */
export interface JudgedDraft {
  readonly lesson: DraftLesson;
  readonly confidence: number;
}

/** Judges each lesson by weights fitted on the lessons of all other groups. */
export function draftsOutOfFold(lessons: readonly DraftLesson[]): readonly JudgedDraft[] {
  return [...Map.groupBy(lessons, ({ group }) => group)].flatMap(([group, held]) => {
    const weights = model(lessons.filter((lesson) => lesson.group !== group));
    return judgeDrafts(held, { ...weights, writtenAt: 1 });
  });
}

export function judgeDrafts(lessons: readonly DraftLesson[], weights: DraftWeights): readonly JudgedDraft[] {
  return lessons.map((lesson) => ({ lesson, confidence: draftConfidence(lesson.signals, weights).value }));
}

export function judgedOf({ lesson, confidence }: JudgedDraft): Judged {
  return { confidence, right: lesson.isGood };
}

/**
 * Fits what may count as it likes, holds at its least what would count less, and fits the others anew, until none would.
 * Each round holds one more at least.
 */
function model(lessons: readonly DraftLesson[]): Pick<DraftWeights, 'intercept' | 'coefficients'> {
  const held = new Set<string>();
  for (;;) {
    const names = DRAFT_SIGNALS.filter((name) => !held.has(name));
    const fitted = fitOthers(lessons, { names, held });
    const tooLow = names.filter((name) => (fitted.coefficients[name] ?? 0) < (LEAST[name] ?? 0));
    if (tooLow.length === 0) return fitted;
    for (const name of tooLow) held.add(name);
  }
}

function fitOthers(
  lessons: readonly DraftLesson[],
  { names, held }: { readonly names: readonly string[]; readonly held: ReadonlySet<string> },
): Pick<DraftWeights, 'intercept' | 'coefficients'> {
  const heldPart = ({ signals }: DraftLesson) =>
    [...held].reduce((sum, name) => sum + (LEAST[name] ?? 0) * (signals[name] ?? 0), 0);
  const weightOf = balanced(lessons);
  const { means, deviations, weights } = fitLogistic(
    lessons.map((lesson) => ({
      values: names.map((name) => lesson.signals[name] ?? 0),
      outcome: Number(lesson.isGood),
      offset: heldPart(lesson),
      weight: weightOf(lesson),
    })),
  );
  const raw = names.map((_, index) => (weights[index + 1] ?? 0) / (deviations[index] ?? 1));
  const shift = raw.reduce((sum, coefficient, index) => sum + coefficient * (means[index] ?? 0), 0);
  const coefficientOf = (name: string) => (held.has(name) ? (LEAST[name] ?? 0) : (raw[names.indexOf(name)] ?? 0));
  return {
    intercept: rounded((weights[0] ?? 0) - shift),
    coefficients: Object.fromEntries(DRAFT_SIGNALS.map((name) => [name, rounded(coefficientOf(name))])),
  };
}

/** Both kinds count the same in all, however many were made of the one. */
function balanced(lessons: readonly DraftLesson[]): (lesson: DraftLesson) => number {
  const counts = Map.groupBy(lessons, ({ source }) => source);
  return ({ source }) => lessons.length / (counts.size * (counts.get(source)?.length ?? 1));
}

function rounded(value: number): number {
  return Number(value.toFixed(DIGITS));
}
