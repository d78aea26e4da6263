import type { DraftConfidence } from '../decision.ts';

/** A logistic regression on what is known of a draft, as `scripts/fit.ts` writes it. */
export interface DraftWeights {
  readonly intercept: number;
  /** By the signal's name; one that is not named here counts nothing, and is kept to explain. */
  readonly coefficients: Readonly<Record<string, number>>;
  /** Confidence from which on what was written is said. */
  readonly writtenAt: number;
}

/** The probability that a written answer is right. @param signals each 0 to 1. */
export function draftConfidence(signals: Readonly<Record<string, number>>, weights: DraftWeights): DraftConfidence {
  const logit = Object.entries(weights.coefficients).reduce(
    (sum, [name, coefficient]) => sum + coefficient * (signals[name] ?? 0),
    weights.intercept,
  );
  return { value: 1 / (1 + Math.exp(-logit)), signals };
}

/**
 * Reads weights out of parsed JSON; further fields (where they come from) are left aside.
 * @throws Error naming the first field that is not as it must be.
 */
export function draftWeightsFrom(json: unknown): DraftWeights {
  const { intercept, coefficients, writtenAt } = Object(json);
  if (!isNumber(intercept)) throw new Error('draft weights: "intercept" must be a number');
  if (!isNumber(writtenAt)) throw new Error('draft weights: "writtenAt" must be a number');
  const entries = Object.entries(Object(coefficients));
  if (entries.length === 0) throw new Error('draft weights: "coefficients" must be an object');
  return {
    intercept,
    writtenAt,
    coefficients: Object.fromEntries(
      entries.map(([name, value]) => {
        if (!isNumber(value)) throw new Error(`draft weights: "${name}" must be a number`);
        return [name, value];
      }),
    ),
  };
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
