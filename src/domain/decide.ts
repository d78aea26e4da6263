import { afterSolution, close } from './after-solution.ts';
import type { Action } from './conversation.ts';
import type { Confidence } from './confidence.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Correction, Passage, SearchResult } from './knowledge.ts';
import { excludedTopicIn, isAcknowledgement, nothingAsked, saysSolved, wantsPerson } from './question.ts';
import type { Situation } from './situation.ts';

/** Why a person takes over. The words go into the ticket as labels, so treat them as published. */
export type EscalationReason =
  | 'asked-for-a-person'
  | 'excluded-topic'
  | 'nothing-found'
  | 'unsure'
  | 'unavailable'
  /** A solved problem is back, and the company wants a new ticket for that. */
  | 'came-back';

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
  | 'sent-privately'
  /** A form or a rating: kept, and told to IT, but nothing to answer. */
  | 'noted';

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

/**
 * `taken`: the ticket system does not take it yet. `told-otherwise`: it never will. `moved`: it has another key now.
 * `gone`: it was deleted, or is no longer ours to read.
 */
export type News =
  | 'taken'
  | 'ticket-open'
  | 'told-otherwise'
  | 'assigned'
  | 'status'
  | 'resolved'
  /** The ticket of another conversation, which this one follows. */
  | 'followed-resolved'
  | 'followed-reopened'
  | 'followed-gone'
  | 'reopened'
  | 'moved'
  | 'gone';

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
  /** Others have asked the same lately: to follow their ticket instead of opening another one. */
  | { readonly kind: 'offer-follow'; readonly incident: Incident }
  | { readonly kind: 'follow'; readonly incident: Incident }
  /** What was said is no more solved than before: the ticket is opened again. */
  | { readonly kind: 'reopen' }
  /** The requester agrees that it is solved, and is asked for a rating. `rated`: there is one from before. */
  | { readonly kind: 'close'; readonly rated?: true }
  | { readonly kind: 'silent'; readonly reason: SilenceReason }
  /**
   * Tells what has become of an escalation; not the outcome of a turn, but a turn of the bot all the same. `detail`:
   * what the news needs to be told, such as the name of who has taken it; whole sentences with `ticket-open`.
   */
  | { readonly kind: 'report'; readonly news: News; readonly reason: EscalationReason; readonly detail?: string }
  /** A request as it stands in the triage channel, for IT staff. */
  | { readonly kind: 'triage'; readonly card: TriageCard }
  /** What is to be learnt from a solved ticket, for IT staff to approve. */
  | { readonly kind: 'lesson'; readonly lesson: Lesson };

export type Decision = Verdict & { readonly grounds: Grounds };

/** A problem that several people have at once: the ticket of who was first. */
export interface Incident {
  readonly conversationId: string;
  readonly key: string;
  readonly url: string;
  /** How many people have asked about it. */
  readonly people: number;
}

/** Text is plain, and shown to IT staff only. */
export interface TriageCard {
  readonly summary: string;
  readonly requester: string;
  /** Why it was handed over, a sentence. */
  readonly why: string;
  /** '' when nothing urgent was recognised. */
  readonly urgency: string;
  /** A link to the thread; '' when nobody in IT could open it. */
  readonly thread: string;
  /** Who has pressed Take or Mute, by name; null while nobody has. */
  readonly takenBy: string | null;
  readonly mutedBy: string | null;
  /** Who has last answered from there. */
  readonly answeredBy?: string;
  /** IT says that it is solved. */
  readonly solved?: boolean;
}

/** A question with its answer, from the public conversation of a ticket. */
export interface Lesson {
  readonly lessonId: string;
  readonly question: string;
  /** Markdown. */
  readonly answer: string;
  readonly state: 'proposed' | 'approved' | 'discarded';
  /** Who has approved or discarded it, by name; null while it is proposed. */
  readonly by: string | null;
}

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
  /** What several others have asked lately that is like it; null when nothing is. */
  readonly incident?: Incident | null;
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
  return verdict.kind === 'answer' ? verdict : (followOf(input) ?? offerOf(input) ?? orReopen(verdict, situation));
}

/** A conversation has one ticket: where that is closed, to hand over is to open it again. */
export function orReopen(verdict: Verdict, { ticket }: Situation): Verdict {
  return verdict.kind === 'escalate' && ticket === 'closed' ? { kind: 'reopen' } : verdict;
}

/** The offer to follow a ticket of others. Once: who does not take it up wants a ticket of their own. */
function followOf({ situation, incident = null }: DecisionInput): Verdict | null {
  const { offeredIncident, place, ticket } = situation;
  if (incident === null || offeredIncident !== null || place === 'shared' || ticket !== null) return null;
  return { kind: 'offer-follow', incident };
}

/**
 * The verdict where what the documents say makes no difference, or null where they must be searched.
 * Call it before the search: what colleagues say to each other is not searched for.
 */
export function settledUnsearched(situation: Situation, policy: Policy): Verdict | null {
  const verdict = settledByClick(situation) ?? settledByWhoSpeaks(situation) ?? settledByWords(situation, policy);
  return verdict === null ? null : orReopen(verdict, situation);
}

function settledByClick(situation: Situation): Verdict | null {
  const { click, said } = situation;
  if (click === null) return null;
  return asksForHelp(click, situation) ?? (said.length > 0 ? null : settledSilently(click, situation));
}

/** Clicks that count whatever is said with them. */
function asksForHelp(click: Action, situation: Situation): Verdict | null {
  if (click === 'get-human') return onceMore(situation) ?? escalate('asked-for-a-person');
  if (click === 'not-yet') return onceMore(situation);
  return click === 'follow' ? follow(situation) : null;
}

function follow({ ticket, offeredIncident }: Situation): Verdict | null {
  return ticket === null && offeredIncident !== null ? { kind: 'follow', incident: offeredIncident } : null;
}

function settledSilently(click: Action, situation: Situation): Verdict {
  if (click === 'solved') return situation.ticket === 'resolved' ? close(situation) : silent('solved');
  return silent(click === 'answer-privately' ? 'sent-privately' : 'noted');
}

/** Who asks for a person again, or says that it is not solved: what that means to the ticket; null when there is none. */
function onceMore({ ticket, said }: Situation): Verdict | null {
  if (ticket === null) return null;
  if (ticket !== 'open') return { kind: 'reopen' };
  return said.length === 0 ? silent('handed-over') : { kind: 'forward' };
}

function settledByWhoSpeaks(situation: Situation): Verdict | null {
  const { said, notForUs, ticket, isColleagueAsking } = situation;
  if (said.length === 0) return silent(notForUs ?? 'not-addressed');
  if (ticket === null || isColleagueAsking) return null;
  return ticket === 'open' ? { kind: 'forward' } : afterSolution(situation);
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
