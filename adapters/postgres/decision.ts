import type { Decision, Grounds } from '#domain/decision.ts';

/** A decision as it is in the database: those of earlier versions lack what was not kept then. */
export type StoredDecision = Decision & {
  readonly grounds: Omit<Grounds, 'thresholds' | 'checked'> & Partial<Grounds>;
};

export function toDecision(stored: StoredDecision): Decision;
export function toDecision(stored: StoredDecision | null): Decision | null;
export function toDecision(stored: StoredDecision | null): Decision | null {
  if (stored === null) return null;
  const { grounds } = stored;
  return {
    ...stored,
    grounds: { ...grounds, thresholds: grounds.thresholds ?? null, checked: grounds.checked ?? null },
  };
}
