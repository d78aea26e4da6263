import { readFileSync } from 'node:fs';
import { type Weights, weightsFrom } from '#domain/confidence.ts';
import type { Policy } from '#domain/decide.ts';
import { type DraftWeights, draftWeightsFrom } from '#domain/draft/draft-confidence.ts';
import { SetupError } from '#errors.ts';

/** Fitted by `npm run fit` on the labelled questions of the repository: a cautious start for any company. */
const shipped = new URL('./domain/confidence-weights.json', import.meta.url);

/** Fitted by `npm run fit -- --drafts` on drafts of which is known whether they are right. */
const shippedDrafts = new URL('./domain/draft/draft-weights.json', import.meta.url);

/** @throws SetupError when the file is not as `npm run fit -- --drafts` writes it. */
export function loadDraftWeights(file: string | null): DraftWeights {
  try {
    return draftWeightsFrom(JSON.parse(readFileSync(file ?? shippedDrafts, 'utf8')));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SetupError(`MODEL_WEIGHTS cannot be used (${reason}). Make the file with npm run fit -- --drafts.`, {
      cause: error,
    });
  }
}

/** @throws SetupError when the file is not as `npm run fit` writes it. */
export function loadWeights(file: string | null): Weights {
  try {
    return weightsFrom(JSON.parse(readFileSync(file ?? shipped, 'utf8')));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SetupError(`CONFIDENCE_WEIGHTS cannot be used (${reason}). Make the file with npm run fit.`, {
      cause: error,
    });
  }
}

/** What the company has set over what was fitted; null: as fitted. */
export function policyOf(
  { weights, draftWeights }: { weights: Weights; draftWeights: DraftWeights },
  set: {
    answerAt: number | null;
    suggestAt: number | null;
    writtenAt: number | null;
    excludedTopics: readonly string[];
  },
): Policy {
  const answerAt = set.answerAt ?? weights.answerAt;
  // Links are offered below the answer's threshold, never above it.
  return {
    answerAt,
    suggestAt: Math.min(set.suggestAt ?? weights.suggestAt, answerAt),
    writtenAt: set.writtenAt ?? draftWeights.writtenAt,
    excludedTopics: set.excludedTopics,
  };
}
