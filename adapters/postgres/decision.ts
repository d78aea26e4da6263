import type { Decision, Grounds } from '#domain/decide.ts';

/** A decision as it is in the database: those of earlier versions lack what was not kept then. */
export type StoredDecision = Decision & { readonly grounds: Omit<Grounds, 'thresholds'> & Partial<Grounds> };

export function toDecision(stored: StoredDecision): Decision;
export function toDecision(stored: StoredDecision | null): Decision | null;
export function toDecision(stored: StoredDecision | null): Decision | null {
  return stored && { ...stored, grounds: { ...stored.grounds, thresholds: stored.grounds.thresholds ?? null } };
}
