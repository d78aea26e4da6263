import { afterSolution, close } from './after-solution.ts';
import { isForUsAlone, readCommand } from './command.ts';
import type { Action } from './conversation.ts';
import type { Confidence } from './confidence.ts';
import {
  type Citation,
  documentKey,
  type EscalationReason,
  type Grounds,
  type Incident,
  type OpenRequest,
  type SilenceReason,
  type Thresholds,
  type Verdict,
} from './decision.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Passage, SearchResult } from './knowledge.ts';
import { judgeProposal, type Proposal } from './proposal.ts';
import { excludedTopicIn, isAcknowledgement, letsGo, nothingAsked, saysSolved, wantsPerson } from './question.ts';
import type { Situation } from './situation.ts';

/** What the company has set. */
export interface Policy extends Thresholds {
  /** The confidence, 0 to 1, from which on what a model wrote is said. */
  readonly writtenAt: number;
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
  /** What a model proposes, checked; null when it was not asked, or when nothing of it held. */
  readonly proposal?: Proposal | null;
}

export interface DecisionInput {
  readonly situation: Situation;
  /** Null when nothing was searched, which is right only where {@link settledUnsearched} gives a verdict. */
  readonly found: Found | null;
  /** What the requester alone would find, when that was searched as well. */
  readonly foundPrivately?: Found | null;
  /** What several others have asked lately that is like it; null when nothing is. */
  readonly incident?: Incident | null;
  /** The requester's own that is like it; null when none is. */
  readonly openRequest?: OpenRequest | null;
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
  if (verdict.kind === 'answer') return verdict;
  const offer = offerOf(input);
  // what answers them, if only privately, is better than to be sent back to what is open
  const goingOn = offer === null ? continueOf(input) : null;
  return goingOn ?? followOf(input) ?? offer ?? orReopen(verdict, situation);
}

/** A conversation has one ticket: where that is closed, to hand over is to open it again. */
export function orReopen(verdict: Verdict, { ticket }: Situation): Verdict {
  return verdict.kind === 'escalate' && ticket === 'closed' ? { kind: 'reopen' } : verdict;
}

/** The offer to go on with a ticket of their own. Once: who does not take it up asks for something else. */
function continueOf({ situation, openRequest = null }: DecisionInput): Verdict | null {
  const { offeredRequest, place, ticket } = situation;
  if (openRequest === null || offeredRequest !== null || place === 'shared' || ticket !== null) return null;
  return { kind: 'offer-continue', request: openRequest };
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
  const verdict =
    settledByClick(situation) ??
    askedBeside(situation) ??
    settledByWhoSpeaks(situation) ??
    settledByWords(situation, policy);
  return verdict === null ? null : orReopen(verdict, situation);
}

function settledByClick(situation: Situation): Verdict | null {
  const { click, said } = situation;
  if (click === null) return null;
  // what was asked is let go, and what comes next begins anew
  if (click === 'stop')
    return situation.said.length > 0 && situation.ticket === null ? { kind: 'ask', about: 'stopped' } : null;
  return asksForHelp(click, situation) ?? (said.length > 0 ? null : settledSilently(click, situation));
}

/** Clicks that count whatever is said with them. */
function asksForHelp(click: Action, situation: Situation): Verdict | null {
  if (click === 'get-human') return onceMore(situation) ?? escalate('asked-for-a-person');
  if (click === 'not-yet') return onceMore(situation);
  if (click === 'continue') return goOn(situation);
  return click === 'follow' ? follow(situation) : null;
}

function goOn({ ticket, offeredRequest }: Situation): Verdict | null {
  return ticket === null && offeredRequest !== null ? { kind: 'continue', request: offeredRequest } : null;
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
  const commanded = commandedBy(text, situation);
  if (commanded !== null) return commanded;
  if (wantsPerson(text)) return escalate('asked-for-a-person');
  if (situation.goesOnIn !== null && situation.requesterSaid.length === situation.said.length)
    return { kind: 'continue', request: situation.goesOnIn, again: true };
  if (excludedTopicIn(text, policy.excludedTopics) !== null) return escalate('excluded-topic');
  return settledWithoutQuestion(situation, text);
}

/** A command is one where a ticket is open as well: IT has no use for it. */
function askedBeside(situation: Situation): Verdict | null {
  const [text, ...more] = situation.said;
  if (situation.ticket === null || text === undefined || more.length > 0 || !isForUsAlone(text)) return null;
  return commandedBy(text, situation);
}

function commandedBy(text: string, { place }: Situation): Verdict | null {
  switch (readCommand(text)?.name) {
    case 'help':
      return { kind: 'help' };
    case 'status':
      return { kind: 'status', requests: place === 'direct' ? [] : null };
    case 'new':
      return { kind: 'ask', about: 'nothing-asked' };
    case undefined:
      return null;
  }
}

/**
 * "Hi", a thumb, a bare mention, a screenshot without a word; null when something is asked.
 *
 * Thanks and thumbs after our words are what they are: a question back would be a nuisance. Otherwise we ask, once.
 * Whoever then again says nothing that can be searched has come for help twice: asking a second time is the loop
 * people hate in bots, and silence is a dead end, so a person takes over.
 */
function settledWithoutQuestion(situation: Situation, text: string): Verdict | null {
  const { lastAsked, pictures } = situation;
  if (lastAsked === 'more' && text.trim() !== '') return letsGo(text) ? silent('solved') : null;
  const needless = needlessToAnswer(situation, text);
  if (needless !== null) return needless;
  if (!nothingAsked(text) || situation.isAskedInPicture) return null;
  if (lastAsked !== null) return escalate('unsure');
  return { kind: 'ask', about: pictures.length > 0 ? 'only-pictures' : 'nothing-asked' };
}

function needlessToAnswer({ lastSpoken }: Situation, text: string): Verdict | null {
  const mayBeSolved = lastSpoken === 'answer' || lastSpoken === 'suggest';
  if (mayBeSolved && saysSolved(text)) return silent('solved');
  return lastSpoken !== null && isAcknowledgement(text) ? silent('acknowledged') : null;
}

function judge(situation: Situation, found: Found | null, policy: Policy): Verdict {
  // Where people of other companies read along nothing may be quoted, whatever the search found.
  if (situation.place === 'shared') return escalate('nothing-found');
  if (found === null || found.confidence === null) return escalate('nothing-found');
  const { writtenAt } = policy;
  const isSureWithout = found.confidence.value >= policy.answerAt;
  const { proposal = null } = found;
  return judgeProposal(situation, proposal, { writtenAt, isSureWithout }) ?? judgeFound(situation, found, policy);
}

/** As without a model. */
function judgeFound(situation: Situation, { confidence, candidates, quote }: Found, policy: Policy): Verdict {
  const [best] = candidates;
  if (confidence === null || best === undefined) return escalate('nothing-found');
  if (confidence.value >= policy.answerAt && quote !== '') return answerUnlessGiven(situation, best, quote);
  if (confidence.value >= policy.suggestAt) return suggestUnlessShown(situation, candidates);
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

/** What a search contributes to the grounds of a decision. */
export type Findings = Omit<Grounds, 'thresholds' | 'checked'>;

/** Grounds of a decision on the result of a search, but for what the company has set and what the sources say. */
export function groundsOf(question: string, result: SearchResult, confidence: Confidence | null): Findings {
  const passages = result.passages.slice(0, MAX_FOUND);
  const found = citationsOf(passages).map((citation, index) => ({ ...citation, score: passages[index]?.score ?? 0 }));
  return { question, corrections: result.corrections, confidence, found };
}
