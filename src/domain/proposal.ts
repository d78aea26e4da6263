import type { Citation, Verdict, Written } from './decision.ts';
import type { Situation } from './situation.ts';

/** What is left of a model's draft when it has passed the checks. */
export type Proposal =
  | {
      readonly kind: 'written';
      readonly written: Written;
      readonly citations: readonly Citation[];
      /** What the sentences rest on, verbatim. */
      readonly quote: string;
      /** That it is right, 0 to 1. */
      readonly confidence: number;
    }
  | { readonly kind: 'ask-back'; readonly question: string }
  | { readonly kind: 'needs-person' }
  | { readonly kind: 'not-answerable' };

interface Weighed {
  /** The confidence, 0 to 1, from which on what a model wrote is said. */
  readonly writtenAt: number;
  /** The documents alone give an answer with confidence. */
  readonly isSureWithout: boolean;
}

/**
 * What a model's proposal comes to; null where it is decided as without a model. A model can add an answer, and never
 * takes one away that the documents give with confidence: else a sentence in a page could silence all the others.
 */
export function judgeProposal(
  situation: Situation,
  proposal: Proposal | null,
  { writtenAt, isSureWithout }: Weighed,
): Verdict | null {
  if (proposal?.kind === 'written') return written(situation, proposal, writtenAt);
  return proposal === null || isSureWithout ? null : withoutAnswer(situation, proposal);
}

/** What was said before is no help to who comes back to it. */
function written(
  { writtenBefore }: Situation,
  { written: said, citations, quote, confidence }: Extract<Proposal, { kind: 'written' }>,
  writtenAt: number,
): Verdict | null {
  const isNews = said.sentences.some(({ text }) => !writtenBefore.includes(text));
  return isNews && confidence >= writtenAt ? { kind: 'answer', quote, citations, written: said } : null;
}

function withoutAnswer({ lastAsked }: Situation, proposal: Exclude<Proposal, { kind: 'written' }>): Verdict | null {
  switch (proposal.kind) {
    case 'ask-back':
      // asking twice in a row is the loop people hate in bots
      return lastAsked !== null ? null : { kind: 'ask', about: 'more', question: proposal.question };
    case 'needs-person':
      return { kind: 'escalate', reason: 'needs-a-person' };
    case 'not-answerable':
      return null;
  }
}
