import type { Draft, DraftSentence, ShownPassage } from '#domain/draft/draft.ts';

/** `tune`: to be looked at while the checks are written; `report`: to be counted only. They share no document. */
export type Split = 'tune' | 'report';

/** A draft of which it is known whether it may reach an employee. */
export interface DraftCase {
  readonly id: string;
  readonly split: Split;
  /** `company`, or the name of a set outside the project. */
  readonly source: string;
  /** The document that answers the question. */
  readonly document: string;
  readonly kind: string;
  readonly isGood: boolean;
  readonly question: string;
  readonly passages: readonly ShownPassage[];
  readonly draft: Draft;
  /** Of a good draft: the sentences without which it is no answer any more, by their place. */
  readonly needed: readonly number[];
  /** Of a bad draft: the sentences nobody may read, by their place. */
  readonly bad: readonly number[];
  /** Of a bad draft whose sentences are true but for their order: bad as soon as two of them stand in it. */
  readonly isBadByOrder: boolean;
}

/** What a recipe makes of a scene; the rest of a case is the scene's. */
export interface Recipe {
  readonly sentences: readonly DraftSentence[];
  /** Places of the bad sentences; none: the draft is good. */
  readonly bad: readonly number[];
  readonly question?: string;
  readonly language?: string;
  /** Places of sentences that a good draft can do without. */
  readonly spare?: readonly number[];
  readonly isBadByOrder?: boolean;
}

/** Whether what was kept of a bad draft does harm. */
export function doesHarm(one: DraftCase, kept: readonly DraftSentence[]): boolean {
  const places = placesOf(one, kept);
  if (one.isBadByOrder) return places.filter((place) => one.bad.includes(place)).length > 1;
  return places.some((place) => one.bad.includes(place));
}

/** Whether what was kept of a good draft still is the answer. */
export function isWhole(one: DraftCase, kept: readonly DraftSentence[]): boolean {
  const places = placesOf(one, kept);
  return kept.length > 0 && one.needed.every((place) => places.includes(place));
}

/** Which sentences were kept, in the order in which they stand there. */
function placesOf(one: DraftCase, kept: readonly DraftSentence[]): readonly number[] {
  const texts = one.draft.sentences.map(({ text }) => bare(text));
  return kept.map(({ text }) => texts.indexOf(bare(text)));
}

function bare(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();
}
