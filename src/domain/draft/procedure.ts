import type { Evidence } from './evidence.ts';

interface Step {
  /** Passage and list in it. */
  readonly list: string;
  readonly first: number;
  readonly last: number;
}

/** Whether steps of one numbered list are told in another order than they are to be taken. */
export function isOutOfOrder(evidences: readonly (Evidence | null)[]): boolean {
  const steps = evidences.map(stepOf);
  return steps.some((step, index) => {
    const before = steps[index - 1];
    return step !== null && before !== null && before?.list === step.list && step.last < before.first;
  });
}

/** Whether a sentence is dropped and a step of a numbered list stays behind it: whoever follows the rest would skip one. */
export function isStepLeftOut(
  sentences: readonly { readonly evidence: Evidence | null; readonly isKept: boolean }[],
): boolean {
  const firstDropped = sentences.findIndex(({ isKept }) => !isKept);
  if (firstDropped === -1) return false;
  return sentences.slice(firstDropped).some(({ evidence, isKept }) => isKept && stepOf(evidence) !== null);
}

/** The steps that a sentence rests on, when all are of one list. */
function stepOf(evidence: Evidence | null): Step | null {
  const steps =
    evidence?.units.map(({ passage, unit }) => (unit.step === null ? null : { ...unit.step, passage })) ?? [];
  const [first] = steps;
  if (first === undefined || first === null) return null;
  const same = steps.filter((step) => step?.list === first.list && step.passage === first.passage);
  if (same.length < steps.length) return null;
  const numbers = same.flatMap((step) => (step === null ? [] : [step.number]));
  return { list: `${first.passage} ${first.list}`, first: Math.min(...numbers), last: Math.max(...numbers) };
}
