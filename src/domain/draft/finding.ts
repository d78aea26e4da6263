import { wordsOf } from './said.ts';
import { isOverlong } from './bounds.ts';
import { bearingOf } from './borne-out.ts';
import type { CheckName, DraftSentence } from './draft.ts';
import type { Evidence, evidenceOf } from './evidence.ts';
import { type Fact, factsOf, hasHonestLinks, hasMixedScripts, says } from './facts.ts';
import { hasGoodForm } from './form.ts';
import { isOtherLanguage, type Language } from './language.ts';
import { strayNames } from './names.ts';
import { isWhereabouts } from './whereabouts.ts';
import { lookOf } from './plain-text.ts';

/** What is found of one sentence. */
export interface Finding {
  /** With those supports only that hold. */
  readonly sentence: DraftSentence;
  /** What it fails; none: it is kept, if the answer is. */
  readonly failed: readonly CheckName[];
  /** What in particular, for people who look into a decision. */
  readonly faults: readonly string[];
  /** It has an address or a command that nobody wrote: the rest of such a draft is not believed either. */
  readonly isMadeUp: boolean;
  /** Share of its telling words that are borne out; null: they cannot be compared, or there is nothing to compare with. */
  readonly share: number | null;
  readonly evidence: Evidence | null;
  /** It says only in which document this stands. */
  readonly isWhereabouts: boolean;
}

/** What sentences are checked against. */
export interface Ground {
  /** Everything that is shown, with titles and headings. */
  readonly all: string;
  readonly question: string;
  /** In which the answer is to be. */
  readonly language: Language;
  /** The sentences before and behind it, each on a line. */
  readonly beside: string;
  /** What its supports come to. */
  readonly found: ReturnType<typeof evidenceOf>;
}

/** Shorter sentences may be of any language. */
const TELLING_LENGTH = 6;

/** Checks one sentence. */
export function findingOf(draft: DraftSentence, ground: Ground): Finding {
  if (isOverlong(draft.text)) return unlooked(draft, ['form']);
  const { failed, isMadeUp } = byItself(draft.text, ground);
  if (ground.found === null) return { ...unlooked(draft, [...failed, 'quotes']), isMadeUp };
  const { evidence, support } = ground.found;
  if (isWhereabouts(draft.text, evidence.titles))
    return { sentence: { ...draft, support }, failed, faults: [], isMadeUp, share: 1, evidence, isWhereabouts: true };
  const { share, faults } = bearingOf(draft.text, evidence, ground);
  const strays = [
    ...strayFacts(draft.text, evidence),
    ...strayNames(draft.text, { evidence, question: ground.question, shown: ground.all, language: ground.language }),
  ];
  return {
    sentence: { ...draft, support },
    failed: [
      ...failed,
      ...(faults.length > 0 ? (['supported'] as const) : []),
      ...(strays.length > 0 ? (['facts'] as const) : []),
    ],
    faults: [...faults, ...strays],
    isMadeUp,
    share,
    evidence,
    isWhereabouts: false,
  };
}

/** Of a sentence that is not compared with anything. */
export function unlooked(draft: DraftSentence, failed: readonly CheckName[]): Finding {
  const sentence = { ...draft, support: [] };
  return { sentence, failed, faults: [], isMadeUp: false, share: null, evidence: null, isWhereabouts: false };
}

/** What can be told of a sentence without its supports. */
function byItself(
  text: string,
  { all, question, language }: Ground,
): { failed: readonly CheckName[]; isMadeUp: boolean } {
  const isForeign = isOtherLanguage(text, language) && wordsOf(text).length >= TELLING_LENGTH;
  const isMadeUp =
    factsOf(text).some((fact) => !says(all, fact)) ||
    !hasHonestLinks(text, all) ||
    (hasMixedScripts(text) && !lookOf(all).includes(lookOf(text)));
  return {
    failed: [
      ...(hasGoodForm(text, `${all}\n${question}`) ? [] : (['form'] as const)),
      ...(isForeign ? (['language'] as const) : []),
      ...(isMadeUp ? (['facts'] as const) : []),
    ],
    isMadeUp,
  };
}

/** Addresses, numbers and commands that the cited passages lack, or that stand for others which are quoted. */
function strayFacts(text: string, { raw, near, core }: Evidence): readonly string[] {
  const quoted = factsOf(core);
  const isSwapped = (fact: Fact) =>
    !says(near, fact) && quoted.some((other) => isRival(other, fact) && !says(text, other));
  return factsOf(text)
    .filter((fact) => !says(raw, fact) || isSwapped(fact))
    .map((fact) => fact.text);
}

/** Both are commands, or both hosts: the one can be taken for the other. */
function isRival(one: Fact, other: Fact): boolean {
  return one.kind === other.kind && /\s/.test(one.text) === /\s/.test(other.text);
}
