import { wordsOf } from './said.ts';
import { comparedOf, isReadable, isTooLong } from './bounds.ts';
import { bearingOf } from './borne-out.ts';
import type { CheckedDraft, CheckName, Draft, DraftSentence, ShownPassage } from './draft.ts';
import { aboveOf, evidenceOf, readPassage } from './evidence.ts';
import { type Finding, findingOf, unlooked } from './finding.ts';
import { isBindingWord, isOtherLanguage, type Language, languageOf, languageOfCode } from './language.ts';
import { isOutOfOrder, isStepLeftOut } from './procedure.ts';
import { withoutLeadIns } from './lead-ins.ts';
import { type Topic, topicOf } from './topic.ts';

/** What a draft is checked against. */
export interface Shown {
  readonly question: string;
  readonly passages: readonly ShownPassage[];
  /** The asker's, as ISO 639-1; left out or '': the question's own. */
  readonly language?: string;
}

export interface DraftCheck extends CheckedDraft {
  /** Words could not tell: another language than the passages', or little of the question in the answer. */
  readonly needsSecondLook: boolean;
  /** Of each sentence of the draft, in order; what is said twice once, and without lead-ins. */
  readonly findings: readonly Finding[];
}

const MADE: readonly CheckName[] = ['quotes', 'supported', 'facts', 'language', 'form', 'on-topic'];
/** These concern the whole: an answer that fails one of them is not said in part. */
const OF_ALL: readonly CheckName[] = ['language', 'form', 'on-topic'];

/** Over this share of its sentences dropped, the rest of an answer says something else than was meant. */
const MOST_DROPPED = 1 / 3;
/** An answer holds so much of the question's telling words at least, and so much of what the best passage shown holds. */
const LEAST_COVERED = 0.2;
const LEAST_OF_BEST = 0.6;
/** The same of answers from passages whose titles and headings have no word of the question: seldom are they what is asked for. */
const LEAST_UNNAMED = 0.6;
const LEAST_OF_BEST_UNNAMED = 0.9;
/** Below this only a second look can tell. */
const SURELY_COVERED = 0.5;

/**
 * Checks what a model proposes to say against what it was shown. Believes nothing of it: what is kept has a quote that
 * stands in its passage, says nothing beyond it as far as words show, and names no address, number, command or product
 * that is not there.
 *
 * Nothing is kept when what is left could mislead: when much was dropped, or a step of a procedure, when an address or a
 * command was made up, or orders were followed, or when it is about something else than asked. What only leads to the next
 * sentence is left out first, and counts as nothing.
 */
export function checkDraft(given: Draft, { passages, ...asked }: Shown): DraftCheck {
  const shown = { ...asked, passages: passages.filter(isReadable) };
  if (isTooLong(given.sentences)) return refused(given);
  const draft = { ...given, sentences: withoutLeadIns(given.sentences, shown) };
  const language = expectedLanguage(draft, shown);
  const findings = findingsOf(draft, shown, language);
  const held = heldOf(findings);
  const sentences = held.map(({ sentence }) => sentence);
  const topic = topicOf(sentences, { ...shown, language });
  const failed = new Set([
    ...findings.flatMap((finding) => finding.failed),
    ...failedByAll(draft, language),
    ...(held.length > 0 && isOffTopic(topic) ? (['on-topic'] as const) : []),
    ...(isOutOfOrder(held.map(({ evidence }) => evidence)) ? (['supported'] as const) : []),
  ]);
  const kept = OF_ALL.some((name) => failed.has(name)) || isMisleading(findings) ? [] : sentences;
  return {
    kept,
    dropped: draft.sentences.length - kept.length,
    checks: MADE.map((name) => ({ name, held: !failed.has(name) })),
    needsSecondLook: held.some(({ share }) => share === null) || (topic.covered ?? 0) < SURELY_COVERED,
    findings,
  };
}

/** Of what is longer than any answer nothing is looked at. */
function refused({ sentences }: Draft): DraftCheck {
  return {
    kept: [],
    dropped: sentences.length,
    checks: MADE.map((name) => ({ name, held: name !== 'form' })),
    needsSecondLook: true,
    findings: sentences.map((sentence) => unlooked(sentence, ['form'])),
  };
}

/**
 * What the checks tell about an answer, each from 0 to 1, for its confidence: `kept`, the share of its sentences;
 * `borneOut`, the mean share of their telling words; `covered`, of the question's; `cited`, how many passages, three and
 * more are 1; `rank`, of the best of them, the first is 1; `sure`, the model's word; `secondLook`, where it was taken.
 * What is not known is 0.5.
 */
export function draftSignals(
  draft: Draft,
  checked: CheckedDraft,
  { passages: all, ...asked }: Shown,
): Readonly<Record<string, number>> {
  const shown = { ...asked, passages: all.filter(isReadable) };
  const passages = new Map(shown.passages.map((passage) => [passage.id, readPassage(passage)]));
  const language = expectedLanguage(draft, shown);
  const shares = checked.kept.map(({ text, support }) => {
    const found = evidenceOf(support, passages);
    const beside = checked.kept.map((other) => other.text).join('\n');
    return found === null
      ? 0
      : (bearingOf(text, found.evidence, { language, question: shown.question, beside }).share ?? 0.5);
  });
  const cited = new Set(checked.kept.flatMap(({ support }) => support.map(({ passage }) => passage)));
  const first = all.findIndex(({ id }) => cited.has(id));
  const look = checked.checks.find(({ name }) => name === 'second-look');
  return {
    kept: checked.kept.length === 0 ? 0 : checked.kept.length / withoutLeadIns(draft.sentences, shown).length,
    borneOut: shares.length === 0 ? 0 : shares.reduce((sum, share) => sum + share, 0) / shares.length,
    covered: topicOf(checked.kept, { ...shown, language }).covered ?? 0.5,
    cited: Math.min(1, cited.size / 3),
    rank: first === -1 ? 0 : 1 / (first + 1),
    sure: draft.sure,
    secondLook: look === undefined ? 0.5 : Number(look.held),
  };
}

function findingsOf(draft: Draft, shown: Shown, language: Language): readonly Finding[] {
  const passages = new Map(shown.passages.map((passage) => [passage.id, readPassage(passage)]));
  const all = shown.passages.map((passage) => `${aboveOf(passage)}\n${passage.text}`).join('\n');
  const ground = { passages, all, language, question: shown.question };
  const sentences = withoutRepeats(draft.sentences);
  const rested = sentences.map(({ text, support }) => ({ text, found: evidenceOf(support, passages) }));
  const compared = comparedOf(rested.map(({ text, found }) => ({ text, evidence: found?.evidence ?? null })));
  const known = new Map<string, Finding>();
  return findingsAmong(sentences, (sentence, beside) => {
    const at = sentences.indexOf(sentence);
    const key = `${at} ${beside}`;
    const finding =
      known.get(key) ??
      (at < compared
        ? findingOf(sentence, { ...ground, beside, found: rested[at]?.found ?? null })
        : unlooked(sentence, ['supported']));
    known.set(key, finding);
    return finding;
  });
}

/** What is dropped itself carries no condition for its neighbours: they are looked at again without it. */
function findingsAmong(
  sentences: readonly DraftSentence[],
  lookedAt: (sentence: DraftSentence, beside: string) => Finding,
  isKept: (at: number) => boolean = () => true,
): readonly Finding[] {
  const findings = sentences.map((sentence, at) => {
    const beside = [at - 1, at + 1].filter(isKept).map((other) => sentences[other]?.text ?? '');
    return lookedAt(sentence, beside.join('\n'));
  });
  const holds = (at: number) => findings[at]?.failed.length === 0;
  const isStable = sentences.every((_, at) => holds(at) || !isKept(at));
  return isStable ? findings : findingsAmong(sentences, lookedAt, holds);
}

/**
 * The asker's. Of a question that does not tell, the documents' own, unless a word of it is of the answer's language, as
 * that reads or as the model has it.
 */
function expectedLanguage(draft: Draft, { question, passages, language = '' }: Shown): Language {
  if (language !== '') return languageOfCode(language);
  const asked = languageOf(question);
  if (asked !== 'unknown') return asked;
  const answered = languageOf(draft.sentences.map(({ text }) => text).join('\n'));
  const told = [answered, languageOfCode(draft.language)].find((one) =>
    wordsOf(question).some((word) => isBindingWord(word, one) && !isBindingWord(word, 'en')),
  );
  return told ?? languageOf(passages.map(({ text }) => text).join('\n'));
}

function failedByAll({ sentences }: Draft, language: Language): readonly CheckName[] {
  const text = sentences.map((sentence) => sentence.text).join('\n');
  return isOtherLanguage(text, language) ? ['language'] : [];
}

function isOffTopic({ covered, ofKnown, best, isNamed }: Topic): boolean {
  if (covered === null) return false;
  if (isNamed) return covered < LEAST_COVERED || covered < best * LEAST_OF_BEST;
  return ofKnown < LEAST_UNNAMED || covered < best * LEAST_OF_BEST_UNNAMED;
}

/** None, if all that holds is where something stands. */
function heldOf(findings: readonly Finding[]): readonly Finding[] {
  const held = findings.filter(({ failed }) => failed.length === 0);
  return held.every(({ isWhereabouts }) => isWhereabouts) ? [] : held;
}

/** Whether what is left would say something else than the passages do, or comes from somebody who makes things up. */
function isMisleading(findings: readonly Finding[]): boolean {
  const held = findings.filter(({ failed }) => failed.length === 0);
  return (
    findings.some(({ isMadeUp }) => isMadeUp) ||
    held.length < findings.length * (1 - MOST_DROPPED) ||
    isOutOfOrder(held.map(({ evidence }) => evidence)) ||
    isStepLeftOut(findings.map(({ evidence, failed }) => ({ evidence, isKept: failed.length === 0 })))
  );
}

/** Said once is enough. */
function withoutRepeats(sentences: readonly DraftSentence[]): readonly DraftSentence[] {
  const said = new Set<string>();
  return sentences.filter(({ text }) => {
    const form = wordsOf(text).join(' ');
    const isNew = !said.has(form);
    said.add(form);
    return isNew;
  });
}
