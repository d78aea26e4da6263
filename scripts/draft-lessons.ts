import { type Confidence, confidenceOf, type Weights } from '#domain/confidence.ts';
import { checkDraft, draftSignals } from '#domain/draft/check.ts';
import { type DraftCase, doesHarm, type Split } from '../test/evals/drafts/case.ts';
import { splitOf } from '../test/evals/drafts/scenes.ts';
import type { Examination } from './examine.ts';
import type { Observation } from './observe.ts';

/** A draft of which the checks kept something, and whether that may be said. */
export interface DraftLesson {
  /** Each 0 to 1, as `src/flows/write-answer.ts` has them. */
  readonly signals: Readonly<Record<string, number>>;
  readonly isGood: boolean;
  /** The document that is asked about. Lessons of one group are never on both sides of a split. */
  readonly group: string;
  readonly split: Split;
  /** `made`: of `test/evals/drafts`, where the right passage is always shown. `asked`: written for a labelled question. */
  readonly source: 'made' | 'asked';
}

/** What is not known. */
const UNKNOWN = 0.5;

/**
 * Of drafts that were made good or bad, those of which something is kept. Good: nothing of that does harm.
 *
 * What is shown there was found by no search, and stands in no order: so `rank` is that of the best, as it is when a
 * search has found what answers. Nobody took a second look.
 *
 * @param retrieval how sure the search is of a question.
 * @param onProgress told of each draft.
 */
export async function lessonsMade(
  cases: readonly DraftCase[],
  { retrieval, onProgress }: { retrieval: (question: string) => Promise<number>; onProgress: () => void },
): Promise<readonly DraftLesson[]> {
  const lessons: DraftLesson[] = [];
  for (const one of cases) {
    onProgress();
    const shown = { question: one.question, passages: one.passages };
    const checked = checkDraft(one.draft, shown);
    if (checked.kept.length === 0) continue;
    lessons.push({
      signals: {
        ...draftSignals(one.draft, checked, shown),
        retrieval: await retrieval(one.question),
        rank: 1,
        secondLook: UNKNOWN,
      },
      isGood: one.isGood || !doesHarm(one, checked.kept),
      group: one.document,
      split: one.split,
      source: 'made',
    });
  }
  return lessons;
}

/**
 * Of answers that a model wrote for labelled questions, from what the search found. Good: it cites a document that
 * answers. All that is here has passed its second look, which so tells nothing.
 */
export function lessonsAsked(
  observations: readonly Observation[],
  examinations: readonly Examination[],
): readonly DraftLesson[] {
  return examinations.flatMap(({ examined, written }, index): readonly DraftLesson[] => {
    const signals = examined?.writing.result.confidence?.signals;
    const group = observations[index]?.group;
    if (signals === undefined || written === null || group === undefined) return [];
    const known = { ...signals, secondLook: UNKNOWN };
    return [{ signals: known, isGood: written.right, group, split: splitOf(group), source: 'asked' }];
  });
}

/** How sure the search is, 0 where it finds nothing. */
export function retrievalOf({ signals }: Pick<Observation, 'signals'>, weights: Weights): Confidence['value'] {
  return signals === null ? 0 : confidenceOf(signals, weights).value;
}
