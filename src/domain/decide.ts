import type { Confidence } from './confidence.ts';
import type { Correction } from './knowledge.ts';

/** Why a person takes over. The words go into the ticket as labels, so treat them as published. */
export type EscalationReason = 'asked-for-a-person' | 'excluded-topic' | 'nothing-found' | 'unsure' | 'unavailable';

/** Why nothing is said. */
export type SilenceReason = 'solved' | 'colleagues-talking' | 'not-addressed' | 'withdrawn';

/** A document as shown to the employee. */
export interface Citation {
  readonly chunkId: string;
  readonly documentId: string;
  readonly title: string;
  readonly url: string;
}

/** What the decision rests on; stored, so that it can be explained later. */
export interface Grounds {
  /** The text that was searched; null when nothing was. */
  readonly question: string | null;
  readonly corrections: readonly Correction[];
  /** Null when nothing was found, or nothing was searched. */
  readonly confidence: Confidence | null;
  /** Best first. */
  readonly found: readonly (Citation & { readonly score: number })[];
}

export type Verdict =
  | { readonly kind: 'answer'; readonly quote: string; readonly citations: readonly Citation[] }
  | { readonly kind: 'suggest'; readonly citations: readonly Citation[] }
  | { readonly kind: 'ask'; readonly about: 'nothing-asked' }
  | { readonly kind: 'escalate'; readonly reason: EscalationReason }
  | { readonly kind: 'forward' }
  | { readonly kind: 'silent'; readonly reason: SilenceReason }
  /** Tells what has become of an escalation; not the outcome of a turn, but a turn of the bot all the same. */
  | { readonly kind: 'report'; readonly news: 'taken' | 'ticket-open' | 'told-otherwise' };

export type Decision = Verdict & { readonly grounds: Grounds };
