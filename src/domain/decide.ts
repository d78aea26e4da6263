import type { Confidence } from './confidence.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Correction, Passage, SearchResult } from './knowledge.ts';
import { excludedTopicIn, isAcknowledgement, nothingAsked, saysSolved, wantsPerson } from './question.ts';
import type { Situation } from './situation.ts';

/** Why a person takes over. The words go into the ticket as labels, so treat them as published. */
export type EscalationReason = 'asked-for-a-person' | 'excluded-topic' | 'nothing-found' | 'unsure' | 'unavailable';

/**
 * Why nothing is said. `acknowledged`: an "ok" or a thumb after our words. `handed-over`: a ticket is open already.
 * `sent-privately`: what is to be said is said in direct messages.
 */
export type SilenceReason =
  | 'solved'
  | 'colleagues-talking'
  | 'not-addressed'
  | 'withdrawn'
  | 'acknowledged'
  | 'handed-over'
  | 'sent-privately';

/** A document as shown to the employee. */
export interface Citation {
  readonly chunkId: string;
  /** Left out in what a version has stored that knew of one source only. */
  readonly source?: string;
  /** Unique within its source. */
  readonly documentId: string;
  readonly title: string;
  readonly url: string;
  /** The heading under which the chunk stands; left out at the top of a document. */
  readonly section?: string;
  /** Not everybody may read the document: its title and text must not go where others read. */
  readonly restricted?: true;
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
  /** Those in force when it was decided; null when nothing was searched, or when a version wrote it that kept none. */
  readonly thresholds: Thresholds | null;
  /**
   * Whether the sources were asked, right before, if the documents still are what was read of them. `unchecked`: one
   * could not say in time, so what was read counted. Null when no document mattered, or when a version wrote it that
   * did not ask.
   */
  readonly checked: 'current' | 'unchecked' | null;
}

/** The confidence, 0 to 1, from which on something is said. They come from the fitted weights, or the company sets them. */
export interface Thresholds {
  /** An answer is given from this confidence on. */
  readonly answerAt: number;
  /** Links are offered from this confidence on. */
  readonly suggestAt: number;
}

/** `taken`: the ticket system does not take it yet. `told-otherwise`: it never will. */
export type News = 'taken' | 'ticket-open' | 'told-otherwise';

export type Verdict =
  | { readonly kind: 'answer'; readonly quote: string; readonly citations: readonly Citation[] }
  | { readonly kind: 'suggest'; readonly citations: readonly Citation[] }
  /**
   * Something would answer the requester that not everybody may read who reads along. `document` is the document's
   * {@link offerMark}, for the decision is kept, and shown, where its title must not be.
   */
  | { readonly kind: 'offer-private'; readonly document: string }
  | { readonly kind: 'ask'; readonly about: 'nothing-asked' }
  | { readonly kind: 'escalate'; readonly reason: EscalationReason }
  | { readonly kind: 'forward' }
  | { readonly kind: 'silent'; readonly reason: SilenceReason }
  /** Tells what has become of an escalation; not the outcome of a turn, but a turn of the bot all the same. */
  | { readonly kind: 'report'; readonly news: News; readonly reason: EscalationReason };

export type Decision = Verdict & { readonly grounds: Grounds };

/** What the company has set. */
export interface Policy extends Thresholds {
  /** Phrases that always go to a person. */
  readonly excludedTopics: readonly string[];
}

/** What the search brought, judged. */
export interface Found {
  /** Null when no passage holds anything of the question. */
  readonly confidence: Confidence | null;
  /** Best first; several may be of one document. */
  readonly candidates: readonly Citation[];
  /** What the answer would say: lines of the first candidate, verbatim. */
  readonly quote: string;
}

export interface DecisionInput {
  readonly situation: Situation;
  /** Null when nothing was searched, which is right only where {@link settledUnsearched} gives a verdict. */
  readonly found: Found | null;
  /** What the requester alone would find, when that was searched as well. */
  readonly foundPrivately?: Found | null;
  readonly policy: Policy;
}

/** Links offered at most: more is a search page, not help. */
const MAX_SUGGESTIONS = 3;

/** Passages kept with a decision, to explain it and to be listed in the ticket. */
const MAX_FOUND = 5;

/**
 * Chooses between answering, offering links, offering a private answer, asking back, handing over and staying silent.
 * Pure: same input, same verdict. Total: every turn ends in exactly one.
 *
 * The first rule that fits wins. An answer always has a quote and a citation, and rests on a confidence of at least
 * `policy.answerAt`.
 */
export function decide(input: DecisionInput): Verdict {
  const { situation, found, policy } = input;
  const settled = settledUnsearched(situation, policy);
  if (settled !== null) return settled;
  const verdict = judge(situation, found, policy);
  return verdict.kind === 'answer' ? verdict : (offerOf(input) ?? verdict);
}

/**
 * The verdict where what the documents say makes no difference, or null where they must be searched.
 * Call it before the search: what colleagues say to each other is not searched for.
 */
export function settledUnsearched(situation: Situation, policy: Policy): Verdict | null {
  return settledByClick(situation) ?? settledByWhoSpeaks(situation) ?? settledByWords(situation, policy);
}

function settledByClick({ click, said, ticketOpen }: Situation): Verdict | null {
  if (click === 'get-human') {
    if (!ticketOpen) return escalate('asked-for-a-person');
    return said.length === 0 ? silent('handed-over') : { kind: 'forward' };
  }
  if (click === null || said.length > 0) return null;
  return silent(click === 'solved' ? 'solved' : 'sent-privately');
}

function settledByWhoSpeaks({ said, notForUs, ticketOpen }: Situation): Verdict | null {
  if (said.length === 0) return silent(notForUs ?? 'not-addressed');
  return ticketOpen ? { kind: 'forward' } : null;
}

function settledByWords(situation: Situation, policy: Policy): Verdict | null {
  const text = situation.said.join('\n');
  if (wantsPerson(text)) return escalate('asked-for-a-person');
  if (excludedTopicIn(text, policy.excludedTopics) !== null) return escalate('excluded-topic');
  return settledWithoutQuestion(situation.lastSpoken, text);
}

/**
 * "Hi", a thumb, a bare mention, a screenshot without a word; null when something is asked.
 *
 * Thanks and thumbs after our words are what they are: a question back would be a nuisance. Otherwise we ask, once.
 * Whoever then again says nothing that can be searched has come for help twice: asking a second time is the loop
 * people hate in bots, and silence is a dead end, so a person takes over.
 */
function settledWithoutQuestion(lastSpoken: Situation['lastSpoken'], text: string): Verdict | null {
  const mayBeSolved = lastSpoken === 'answer' || lastSpoken === 'suggest';
  if (mayBeSolved && saysSolved(text)) return silent('solved');
  if (lastSpoken !== null && isAcknowledgement(text)) return silent('acknowledged');
  if (!nothingAsked(text)) return null;
  return lastSpoken === 'ask' ? escalate('unsure') : { kind: 'ask', about: 'nothing-asked' };
}

function judge(situation: Situation, found: Found | null, policy: Policy): Verdict {
  // Where people of other companies read along nothing may be quoted, whatever the search found.
  if (situation.place === 'shared') return escalate('nothing-found');
  const best = found?.candidates[0];
  if (found === null || found.confidence === null || best === undefined) return escalate('nothing-found');
  const { value } = found.confidence;
  if (value >= policy.answerAt && found.quote !== '') return answerUnlessGiven(situation, best, found.quote);
  if (value >= policy.suggestAt) return suggestUnlessShown(situation, found.candidates);
  return escalate('unsure');
}

/**
 * The offer of an answer that the requester alone may read; null when there is none, or when the best that they may read
 * is no news to those who read along. Once for each document: who does not take it up is not asked again.
 */
function offerOf({ situation, found, foundPrivately = null, policy }: DecisionInput): Verdict | null {
  const verdict = judge({ ...situation, place: 'direct' }, foundPrivately, policy);
  if (situation.place === 'direct' || verdict.kind !== 'answer') return null;
  const [document] = verdict.citations.map(offerMark);
  const isKnownHere = found?.candidates.some((candidate) => offerMark(candidate) === document) === true;
  if (document === undefined || isKnownHere || situation.offered.includes(document)) return null;
  return { kind: 'offer-private', document };
}

/** Tells a document from others, and nothing about it. */
export function offerMark(citation: Citation): string {
  return fingerprintOf(documentKey(citation));
}

/** Who comes back to a passage they were given ("still drops") is not helped by the same passage again. */
function answerUnlessGiven({ answeredWith }: Situation, best: Citation, quote: string): Verdict {
  if (answeredWith.includes(best.chunkId)) return escalate('unsure');
  return { kind: 'answer', quote, citations: [best] };
}

function suggestUnlessShown({ shown }: Situation, candidates: readonly Citation[]): Verdict {
  const citations = distinctDocuments(candidates).slice(0, MAX_SUGGESTIONS);
  // Only the best counts: the second best are no better help for having been left over.
  const isKnown = citations[0] !== undefined && shown.includes(documentKey(citations[0]));
  return isKnown ? escalate('unsure') : { kind: 'suggest', citations };
}

function distinctDocuments(candidates: readonly Citation[]): readonly Citation[] {
  const seen = new Set<string>();
  return candidates.filter((candidate) => {
    const key = documentKey(candidate);
    return !seen.has(key) && seen.add(key);
  });
}

/** The document's name among those of all sources. */
export function documentKey({ source, documentId }: Pick<Citation, 'source' | 'documentId'>): string {
  return source === undefined ? documentId : `${source}/${documentId}`;
}

function escalate(reason: EscalationReason): Verdict {
  return { kind: 'escalate', reason };
}

function silent(reason: SilenceReason): Verdict {
  return { kind: 'silent', reason };
}

/** The passages as they may be cited, best first. */
export function citationsOf(passages: readonly Passage[]): readonly Citation[] {
  return passages.map(({ chunkId, source, documentId, title, url, headings, restricted }) => {
    const section = headings.at(-1);
    return {
      chunkId,
      source,
      documentId,
      title,
      url,
      ...(section === undefined ? {} : { section }),
      ...(restricted ? { restricted } : {}),
    };
  });
}

/** Grounds of a decision that needed no search. */
export const NOTHING_SEARCHED: Grounds = {
  question: null,
  corrections: [],
  confidence: null,
  found: [],
  thresholds: null,
  checked: null,
};

/** What a search contributes to the grounds of a decision. */
export type Findings = Omit<Grounds, 'thresholds' | 'checked'>;

/** Grounds of a decision on the result of a search, but for what the company has set and what the sources say. */
export function groundsOf(question: string, result: SearchResult, confidence: Confidence | null): Findings {
  const passages = result.passages.slice(0, MAX_FOUND);
  const found = citationsOf(passages).map((citation, index) => ({ ...citation, score: passages[index]?.score ?? 0 }));
  return { question, corrections: result.corrections, confidence, found };
}
