import type { Passage, QuestionTerm, SearchResult } from './knowledge.ts';
import { contentTerms } from './question.ts';
import { indexedLength, wordsOf } from './words.ts';

/** How sure we are that the best passage answers the question, with its parts, so that it can be explained. */
export interface Confidence {
  /** Calibrated probability, 0 to 1. */
  readonly value: number;
  readonly signals: Readonly<Record<string, number>>;
}

/**
 * What a search tells about its own success, in named numbers. "Terms" are the content terms of the question,
 * "mass" is the sum of their inverse document frequencies, "best" is the first passage, and "rival" the passage of
 * another answer with the highest score. The weights decide which of them count; all are kept to explain a decision.
 */
export interface Signals {
  /** Lead of the best's score over the rival's, over the mass; about 0 to 2, below 0 where vectors put it before the rival. */
  readonly lead: number;
  /**
   * The same lead over the best's own score: 0 (as good) to 1 (no rival), down to -1. High also where hardly anything was
   * found.
   */
  readonly gap: number;
  /** Share of neighbouring terms that stand together in the best, 0 to 1; for a single term its coverage. */
  readonly pairs: number;
  /** Score of the best over the mass; about 0 to 2. */
  readonly scoreOfIdeal: number;
  /** Natural logarithm of the mass: long and rare questions carry more. */
  readonly logIdeal: number;
  /** How many of the five best passages are of the best one's document, over five: the document is about it, not one line. */
  readonly agreement: number;
  /** Share of the mass in the best one's title and headings, 0 to 1. */
  readonly titleCoverage: number;
  /** Share of the mass that the best holds, 0 to 1. */
  readonly coverage: number;
  /** Share of the mass of the heaviest term that the best does not hold, 0 to 1: what the question is about may be missing. */
  readonly heaviestMissing: number;
  /** Share of the mass in words that no document has, 0 to 1. */
  readonly unknownMass: number;
  /** Number of terms. */
  readonly terms: number;
  /** Cosine of the best one's vector and the question's; 0 where there are no vectors. */
  readonly similarity: number;
  /** How much nearer the best is than the nearest passage of another answer, as cosines; 0 where there are no vectors. */
  readonly similarityGap: number;
}

export type SignalName = keyof Signals;

export const SIGNAL_NAMES = [
  'lead',
  'gap',
  'pairs',
  'scoreOfIdeal',
  'logIdeal',
  'agreement',
  'titleCoverage',
  'coverage',
  'heaviestMissing',
  'unknownMass',
  'terms',
  'similarity',
  'similarityGap',
] as const satisfies readonly SignalName[];

/** A logistic regression on standardised signals, as `scripts/fit.ts` writes it, with the thresholds it found. */
export interface Weights {
  readonly signals: readonly SignalWeight[];
  readonly intercept: number;
  /** Confidence from which on an answer is given; 1 or more where the fit found none that is safe enough. */
  readonly answerAt: number;
  /** Confidence from which on links are offered. */
  readonly suggestAt: number;
  /** Share of the vectors in the order of what was found, 0 (words alone) to 1; left out: {@link USUAL_DENSE}. */
  readonly dense?: number;
}

/** See `bench:retrieval --vectors`: chosen on one half of each labelled set. Your own questions tell better, by `npm run fit`. */
export const USUAL_DENSE = 0.02;

export interface SignalWeight {
  readonly name: SignalName;
  readonly mean: number;
  /** Above 0. */
  readonly deviation: number;
  readonly coefficient: number;
}

/** Words between two neighbouring terms, at most: "drops the vpn" still holds "drops vpn" together. */
const PAIR_REACH = 3;

/** Passages among which agreement is counted. */
const AGREEING_PASSAGES = 5;

/** From this share of common words on two texts say the same; less suffices under the same title. */
const SAME_TEXT = 0.8;
const SAME_TEXT_UNDER_ONE_TITLE = 0.5;

/**
 * Null when there is nothing to judge: no passage, or no term that says what the question is about.
 *
 * @param result its first passage is the best; of the others the scores and similarities count, in whatever order they come.
 */
export function signalsOf(result: SearchResult): Signals | null {
  const terms = contentTerms(result.terms);
  const { passages } = result;
  const best = passages[0];
  const mass = massOf(terms);
  if (best === undefined || mass === 0) return null;
  const missing = terms.filter((term) => !holds(best, term));
  const inTitle = terms.filter((term) => (best.matches[term.lexeme]?.[0] ?? Infinity) <= titleLength(best));
  const rivals = rivalsOf(best, passages);
  const rival = Math.max(0, ...rivals.map(({ score }) => score));
  return {
    lead: (best.score - rival) / mass,
    gap: gapOf(best.score, rival),
    pairs: pairsOf(best, terms),
    scoreOfIdeal: best.score / mass,
    logIdeal: Math.log(mass),
    agreement: agreementOf(best, passages),
    titleCoverage: massOf(inTitle) / mass,
    coverage: massOf(terms.filter((term) => holds(best, term))) / mass,
    heaviestMissing: Math.max(0, ...missing.map((term) => term.idf)) / mass,
    unknownMass: massOf(terms.filter((term) => term.chunks === 0)) / mass,
    terms: terms.length,
    similarity: best.similarity ?? 0,
    similarityGap: similarityGapOf(best, rivals),
  };
}

function gapOf(best: number, rival: number): number {
  if (best <= 0) return rival > 0 ? -1 : 1;
  return Math.max(-1, (best - rival) / best);
}

function similarityGapOf({ similarity }: Passage, rivals: readonly Passage[]): number {
  const others = rivals.flatMap((rival) => rival.similarity ?? []);
  return similarity === undefined || others.length === 0 ? 0 : similarity - Math.max(...others);
}

/** The signals that vectors bring. */
const DENSE_SIGNALS: readonly SignalName[] = ['similarity', 'similarityGap'];

/**
 * The probability that the best passage answers the question. All signals are kept, whether the weights use them or not.
 * Where there are no vectors (their server is down), weights that count on them take their signals for usual.
 */
export function confidenceOf(signals: Signals, weights: Weights): Confidence {
  const isKnown = ({ name }: SignalWeight) => signals.similarity !== 0 || !DENSE_SIGNALS.includes(name);
  const logit = weights.signals
    .filter(isKnown)
    .map(({ name, mean, deviation, coefficient }) => (coefficient * (signals[name] - mean)) / deviation)
    .reduce((sum, part) => sum + part, weights.intercept);
  return { value: 1 / (1 + Math.exp(-logit)), signals: { ...signals } };
}

/**
 * Reads weights out of parsed JSON; further fields (where they come from) are left aside.
 * @throws Error naming the first field that is not as it must be.
 */
export function weightsFrom(json: unknown): Weights {
  const file = objectIn(json, 'weights');
  if (!Array.isArray(file['signals']) || file['signals'].length === 0)
    throw new Error('weights: "signals" must be a list');
  return {
    signals: file['signals'].map(signalWeightFrom),
    intercept: numberIn(file, 'intercept'),
    answerAt: numberIn(file, 'answerAt'),
    suggestAt: numberIn(file, 'suggestAt'),
    ...(file['dense'] === undefined ? {} : { dense: shareIn(file, 'dense') }),
  };
}

function shareIn(object: Readonly<Record<string, unknown>>, field: string): number {
  const value = numberIn(object, field);
  if (value < 0 || value > 1) throw new Error(`weights: "${field}" must be from 0 to 1`);
  return value;
}

function signalWeightFrom(json: unknown): SignalWeight {
  const entry = objectIn(json, 'signals');
  const name = SIGNAL_NAMES.find((known) => known === entry['name']);
  if (name === undefined) throw new Error(`weights: unknown signal ${JSON.stringify(entry['name'])}`);
  const deviation = numberIn(entry, 'deviation');
  if (deviation <= 0) throw new Error(`weights: "deviation" of ${name} must be above 0`);
  return { name, mean: numberIn(entry, 'mean'), deviation, coefficient: numberIn(entry, 'coefficient') };
}

function objectIn(json: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof json !== 'object' || json === null) throw new Error(`weights: "${what}" must be an object`);
  return Object.fromEntries(Object.entries(json));
}

function numberIn(object: Readonly<Record<string, unknown>>, field: string): number {
  const value = object[field];
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Error(`weights: "${field}" must be a number`);
  return value;
}

function massOf(terms: readonly QuestionTerm[]): number {
  return terms.reduce((sum, term) => sum + term.idf, 0);
}

function holds(passage: Passage, term: QuestionTerm): boolean {
  return (passage.matches[term.lexeme]?.length ?? 0) > 0;
}

/** Number of words before the passage's own text, as the index numbers them. */
function titleLength({ title, headings }: Passage): number {
  return indexedLength([title, ...headings].join('\n'));
}

function rivalsOf(best: Passage, passages: readonly Passage[]): readonly Passage[] {
  return passages.filter((passage) => !isOfSameDocument(passage, best) && !saysTheSame(best, passage));
}

function agreementOf(best: Passage, passages: readonly Passage[]): number {
  const agreeing = passages.slice(0, AGREEING_PASSAGES).filter((passage) => isOfSameDocument(passage, best));
  return agreeing.length / AGREEING_PASSAGES;
}

/** Two sources may know two documents by the same id. */
function isOfSameDocument(one: Passage, other: Passage): boolean {
  return one.documentId === other.documentId && one.source === other.source;
}

/** Copies of one text in two places are one answer: taken for rivals they would look like doubt. */
function saysTheSame(one: Passage, other: Passage): boolean {
  const [a, b] = [new Set(wordsOf(one.text)), new Set(wordsOf(other.text))];
  const common = a.intersection(b).size;
  const needed = one.title === other.title ? SAME_TEXT_UNDER_ONE_TITLE : SAME_TEXT;
  return common >= needed * (a.size + b.size - common);
}

function pairsOf(passage: Passage, terms: readonly QuestionTerm[]): number {
  const inOrder = terms.toSorted((a, b) => a.position - b.position);
  const only = inOrder[0];
  if (inOrder.length === 1 && only !== undefined) return holds(passage, only) ? 1 : 0;
  const together = inOrder.slice(1).filter((term, index) => {
    const before = passage.matches[inOrder[index]?.lexeme ?? ''] ?? [];
    const after = passage.matches[term.lexeme] ?? [];
    return before.some((p) => after.some((q) => q > p && q - p <= PAIR_REACH));
  });
  return together.length / (inOrder.length - 1);
}
