import { wordsOf } from './said.ts';
import { type Evidence, sentencesOf } from './evidence.ts';
import { contraryFaults, hasOtherDuty, isChangeTurned, isMadeNeedless, isPreferenceTurned } from './contraries.ts';
import { movedFigures, strayNumbers, untoldTimes } from './counts.ts';
import { type Language, languageOf } from './language.ts';
import { isAkinToAny, isEveryday, stemOf, stemSetOf, stemsOf } from './likeness.ts';
import { hasOtherDenials } from './negation.ts';
import { lostConditions } from './conditions.ts';
import { hasMixedRows, isCellCut } from './rows.ts';
import { claimsDone } from './claims.ts';
import { drawnOn } from './statements.ts';
import { swapFaults } from './swaps.ts';
import { PHRASES } from './same-words.ts';
import { lookOf, withoutMarks } from './plain-text.ts';
import { isAction, isCritical, isInterchangeable, isTelling } from './telling.ts';

/** How much of a sentence its passages bear out, and what they do not. */
export interface Bearing {
  /** Of the telling words, 0 to 1; null where words cannot be compared: other languages than the passage's, scripts without words. */
  readonly share: number | null;
  /** What speaks against it; none: it is borne out as far as words show. */
  readonly faults: readonly string[];
}

/** What is said around a sentence. */
export interface Said {
  /** Of the answer. */
  readonly language: Language;
  readonly question: string;
  /** The sentences beside it, each on a line. */
  readonly beside: string;
}

/** Of the telling words of a sentence so many stand in its passage at least, and so many near its quotes. */
const LEAST_OF_ALL = 0.7;
const LEAST_NEAR = 0.5;
/** Of them so many are in the very sentences that are quoted. */
const LEAST_QUOTED = 0.4;
/** Of those of a clause with three telling words and more. */
const LEAST_OF_CLAUSE = 0.5;

const LIST_NUMBER = /^\s*(?:step\s+)?\d{1,2}[.):]\s+/i;

/** Compares what a sentence says with what it rests on. */
export function bearingOf(sentence: string, evidence: Evidence, said: Said): Bearing {
  const plain = PHRASES.reduce(
    (one, [from, to]) => one.replaceAll(from, to),
    withoutMarks(lookOf(sentence.replace(LIST_NUMBER, ''))),
  );
  const language = ownLanguage(sentence, said.language);
  const theirs = languageOf(evidence.whole);
  const numbers = strayNumbers(plain, evidence);
  if (!isComparable(language, theirs)) return { share: null, faults: numbers };
  const own = language === 'unknown' ? theirs : language;
  const vocabulary = {
    core: stemSetOf(evidence.core),
    near: stemSetOf(evidence.near),
    whole: stemSetOf(evidence.whole),
    language: own,
  };
  const words = tellingOf(plain, own);
  const borne = words.filter((word) => isAkinToAny(word, vocabulary.whole));
  const share = words.length === 0 ? 1 : borne.length / words.length;
  return {
    share,
    faults: [
      ...numbers,
      ...(isEnough(words.length, borne.length, LEAST_OF_ALL)
        ? []
        : [`words ${words.filter((word) => !borne.includes(word)).join(' ')}`]),
      ...(hasOwnWordsOnly(plain, vocabulary) ? ['words around a command'] : []),
      ...(isQuoted(words, vocabulary) ? [] : ['not what is quoted']),
      ...clauseFaults(plain, vocabulary),
      ...sentenceFaults(plain, vocabulary),
      ...criticalFaults(plain, vocabulary),
      ...(HANDS_OVER.test(plain) && !HANDS_OVER.test(evidence.core) ? ['a secret handed over'] : []),
      ...statementFaults(plain, { evidence, language: own, said }),
    ],
  };
}

/** What a sentence says otherwise than the statements on which it draws. */
function statementFaults(
  plain: string,
  { evidence, language, said }: { readonly evidence: Evidence; readonly language: Language; readonly said: Said },
): readonly string[] {
  const drawn = drawnOn(plain, { statements: evidence.statements, language });
  const core = [...drawn, ...evidence.heads].join('\n');
  const { question, beside } = said;
  const titles = evidence.titles.join('\n');
  const known = { sentence: plain, question, titles, beside, whole: evidence.whole, language };
  return [
    ...contraryFaults(plain, { core, near: evidence.near }),
    ...(hasOtherDenials(plain, { core, near: evidence.near, language }) ? ['denial'] : []),
    ...(hasOtherDuty(plain, core) ? ['duty'] : []),
    ...swapFaults(plain, { statements: drawn, evidence, language }).map((swap) => `instead ${swap}`),
    ...(claimsDone(plain, evidence.core) ? ['done for the asker'] : []),
    ...(hasMixedRows(plain, evidence) ? ['rows mixed'] : []),
    ...(isCellCut(plain, evidence) ? ['a cell cut short'] : []),
    ...(isMadeNeedless(plain, { core, titles: evidence.titles }) ? ['needless'] : []),
    ...(isPreferenceTurned(plain, core) || isChangeTurned(plain, core) ? ['the other way round'] : []),
    ...movedFigures(plain, drawn, language),
    ...untoldTimes(plain, drawn),
    ...lostConditions(drawn, known).map((condition) => `without ${condition}`),
  ];
}

/** Of a sentence that does not tell, that of the answer. */
function ownLanguage(sentence: string, answer: Language): Language {
  const own = languageOf(sentence);
  return own === 'unknown' ? answer : own;
}

interface Vocabulary {
  readonly core: readonly string[];
  readonly near: readonly string[];
  readonly whole: readonly string[];
  readonly language: Language;
}

function isComparable(own: Language, theirs: Language): boolean {
  if (['han', 'kana', 'hangul'].includes(own) || ['han', 'kana', 'hangul'].includes(theirs)) return false;
  return own === theirs || own === 'unknown' || theirs === 'unknown';
}

function isQuoted(words: readonly string[], { core, near }: Vocabulary): boolean {
  const nearby = words.filter((word) => isAkinToAny(word, near)).length;
  const quoted = words.filter((word) => isAkinToAny(word, core)).length;
  return nearby >= words.length * LEAST_NEAR && quoted >= words.length * LEAST_QUOTED;
}

/** One word that is the writer's own is let pass in three and more. */
function isEnough(count: number, borne: number, least: number): boolean {
  if (count <= 2) return borne === count;
  return borne >= count * least || (count - borne <= 1 && count >= 3);
}

/** Around a command a few words are enough to be of any language: one at least is known. */
function hasOwnWordsOnly(plain: string, { whole, language }: Vocabulary): boolean {
  const words = tellingOf(plain.replaceAll(/`[^`\n]*`/g, ' '), language);
  const isKnown = (stem: string) => isEveryday(stem) || isAkinToAny(stem, whole);
  return plain.includes('`') && words.length > 0 && !words.some(isKnown);
}

/** Of several in one each for itself: what is true does not carry what is put behind it. */
function sentenceFaults(plain: string, vocabulary: Vocabulary): readonly string[] {
  const sentences = sentencesOf(plain);
  if (sentences.length < 2) return [];
  return sentences
    .map((sentence) => tellingOf(sentence, vocabulary.language))
    .filter((words) => {
      const borne = words.filter((word) => isAkinToAny(word, vocabulary.whole)).length;
      return !isEnough(words.length, borne, LEAST_OF_ALL) || !isQuoted(words, vocabulary);
    })
    .map((words) => `sentence ${words.join(' ')}`);
}

/** Parts of a sentence that could stand alone: what is added to a true sentence is one of its own. */
function clauseFaults(plain: string, { whole, language }: Vocabulary): readonly string[] {
  return plain
    .split(/[,;:()]+(?=\s|$)|\s-\s|[.!?](?=\s)|\s(?:and|then|or|but|so|because|und|et|y|e|en|i)\s/u)
    .map((clause) => tellingOf(clause, language))
    .filter((words) => words.length > 0)
    .filter((words) => {
      const borne = words.filter((word) => isAkinToAny(word, whole)).length;
      return words.length <= 2 ? borne === 0 : borne < words.length * LEAST_OF_CLAUSE;
    })
    .map((words) => `clause ${words.join(' ')}`);
}

/** Words that must not be the writer's own. "Disable" may be said as "switch off". */
function criticalFaults(plain: string, { core, near, whole }: Vocabulary): readonly string[] {
  const stems = stemsOf(plain);
  const isBorne = (stem: string) =>
    isAkinToAny(stem, isAction(stem) ? core : near) || isSwitched(stem, near) || isHarmlessly(stem, whole);
  const leftOut = core.filter((stem) => isInterchangeable(stem) && !isAkinToAny(stem, stems));
  const strays = stems.filter((stem) => isCritical(stem) && !isBorne(stem));
  const rivals = leftOut.length > 0 ? stems.filter((stem) => isInterchangeable(stem) && !core.includes(stem)) : [];
  return [...strays, ...rivals].map((stem) => `critical ${stem}`);
}

/** Nobody is to hand over a secret, whatever else is said of it where it is quoted. */
const HANDS_OVER =
  /\b(?:tell|give|send|show|text|e-?mail|share|read|post|forward|provide|say|enter|type)\b(?:\s+[\w'-]+){0,4}?\s+(?:your|their|his|her|the|my)\s+(?:[\w-]+\s+)?(?:password|pin|passcode|passphrase|code|token|secret)s?\b/i;

function isSwitched(stem: string, stems: readonly string[]): boolean {
  if (/^(?:disabl|deactivat)/.test(stem)) return stems.includes('off');
  return /^(?:enabl|activat)/.test(stem) && (stems.includes('on') || stems.includes('allow'));
}

/** Names for things that the passage is about may stand farther off: no action, no number of them. */
function isHarmlessly(stem: string, whole: readonly string[]): boolean {
  return (
    /^(?:card|account|usernam|administrator|admin|licenc|licens|certificat|manager|owner|sponsor|security|personal|private|public)/.test(
      stem,
    ) && isAkinToAny(stem, whole)
  );
}

function tellingOf(text: string, language: Language): readonly string[] {
  return wordsOf(text)
    .filter((word) => isTelling(word, language))
    .map(stemOf);
}
