import type { Action, Conversation, Place, SharedFile, Turn } from './conversation.ts';
import { documentKey, type Incident, type OpenRequest, type Verdict } from './decision.ts';
import type { TicketPhase } from './ticket.ts';

/** Where a conversation stands: what a decision needs to know of it, and nothing of how it is stored. */
export interface Situation {
  readonly place: Place;
  /** Of the ticket; null when there is none, or none any more. */
  readonly ticket: Exclude<TicketPhase, 'gone'> | null;
  /** The requester's pending click; what asks for help outweighs what says that all is well. */
  readonly click: Action | null;
  /**
   * Pending texts that are meant for us, in order; may be empty strings (a bare mention). With a ticket all that is
   * said in the thread; without one only what came after a `solved` click.
   */
  readonly said: readonly string[];
  /** Pictures among what is meant for us and pending. */
  readonly pictures: readonly SharedFile[];
  /** Something was read in them: that is asked, whatever is said beside it. What it says is nobody's own words. */
  readonly isAskedInPicture: boolean;
  /** What of it is the requester's. */
  readonly requesterSaid: readonly string[];
  /** We have asked whether it is solved, and nobody but the requester has said anything before they did. */
  readonly isAskedWhetherSolved: boolean;
  /** Somebody else calls us where the ticket is closed: what they ask is theirs, and `said` is what they say to us. */
  readonly isColleagueAsking: boolean;
  /** The ticket is rated. */
  readonly isRated: boolean;
  /** Why nothing of what is pending is meant for us; null when something is. */
  readonly notForUs: 'colleagues-talking' | 'not-addressed' | 'withdrawn' | null;
  /** Whose rights count: the last person who spoke to us, else the requester. */
  readonly askerRef: string;
  /** What was said to us before and is decided on, in order. */
  readonly earlier: readonly string[];
  /** How we last spoke; null when we have not. Silence and news about the ticket do not count. */
  readonly lastSpoken: Verdict['kind'] | null;
  /**
   * What we have asked for in the last that we said; null when it was no question. After `more` a "yes" or a "mine" is
   * the answer. What comes after a stop begins anew, so the question after it is none of these.
   */
  readonly lastAsked: Exclude<Extract<Verdict, { kind: 'ask' }>['about'], 'stopped'> | null;
  /** Chunks quoted as an answer before. */
  readonly answeredWith: readonly string[];
  /** Sentences of a model that were said before. */
  readonly writtenBefore: readonly string[];
  /** Documents cited before, in answers and suggestions, as {@link documentKey} names them. */
  readonly shown: readonly string[];
  /** Documents of which a private answer was offered before, by their marks. */
  readonly offered: readonly string[];
  /** The ticket of others that was last offered to be followed; null when none was. */
  readonly offeredIncident: Incident | null;
  /** The requester's own ticket that was last offered to go on with; null when none was. */
  readonly offeredRequest: OpenRequest | null;
  /** The ticket to which what is said here is taken; null: none. */
  readonly goesOnIn: OpenRequest | null;
}

/** Reads the situation off the turns. Those after `handledThrough` are pending. */
export function situationOf(conversation: Conversation): Situation {
  const turns = conversation.turns;
  const pendingFrom = turns.findIndex((turn) => turn.id === conversation.handledThrough) + 1;
  const ticket = workedOn(conversation);
  const isColleagueAsking = onlyColleagueCalls(conversation, turns.slice(pendingFrom));
  const isOpen = ticket !== null && !isColleagueAsking;
  const heard = isOpen ? turnsForIt(turns) : turnsForUs(turns);
  const click = pendingClick(turns, pendingFrom);
  // What came before "solved" is settled by it, but belongs into a ticket that is open.
  const settled = Math.max(afterSolved(turns, click), afterStop(turns, heard));
  const from = isOpen ? pendingFrom : Math.max(pendingFrom, settled);
  const said = heard.filter((turn) => turns.indexOf(turn) >= from);
  return {
    place: conversation.place,
    ticket,
    click: actionOf(click, turns.slice(from)),
    said: said.map((turn) => turn.text),
    pictures: said.flatMap(({ files }) => files.filter(isPicture)),
    isAskedInPicture: false,
    requesterSaid: said.filter(isRequesters).map((turn) => turn.text),
    isAskedWhetherSolved: isAskedWhetherSolved(turns),
    isColleagueAsking,
    isRated: isRated(conversation),
    notForUs: said.length > 0 ? null : whyNotForUs(turns.slice(pendingFrom)),
    askerRef: said.at(-1)?.personRef ?? conversation.requesterRef,
    earlier: heard.filter((turn) => turns.indexOf(turn) < pendingFrom).map((turn) => turn.text),
    ...whatWeSaid(turns),
  };
}

/** A stop is over once something was said after it. */
function actionOf(click: Turn | null, since: readonly Turn[]): Action | null {
  if (click === null || (click.action === 'stop' && !since.includes(click))) return null;
  return click.action;
}

function isPicture({ mimeType, gone }: SharedFile): boolean {
  return gone !== true && mimeType?.startsWith('image/') === true;
}

/** The phase of the ticket, when there is still one. */
function workedOn({ ticket }: Conversation): Situation['ticket'] {
  return ticket === null || ticket.phase === 'gone' ? null : ticket.phase;
}

/** Nothing of the requester's waits: what they say or press is about their ticket. */
function onlyColleagueCalls({ ticket }: Conversation, pending: readonly Turn[]): boolean {
  if (ticket?.phase !== 'closed') return false;
  const isCall = (turn: Turn) => turn.author === 'colleague' && turn.addressed && isSpeech(turn) && !turn.withdrawn;
  return pending.some(isCall) && !pending.some((turn) => isRequesters(turn) && !turn.withdrawn);
}

/** A "yes" to what IT or a colleague has asked meanwhile says nothing of whether it is solved. */
function isAskedWhetherSolved(turns: readonly Turn[]): boolean {
  const said = turns.slice(
    0,
    turns.findLastIndex((turn) => isRequesters(turn) && isSpeech(turn)),
  );
  const last = said.findLast(
    ({ author, stage, action, decision, withdrawn }) =>
      stage === 'thread' &&
      !withdrawn &&
      (decision === null ? author !== 'requester' && action === null : isQuestionWhetherSolved(decision)),
  );
  return last !== undefined && last.decision !== null;
}

function isQuestionWhetherSolved(verdict: Verdict): boolean {
  return verdict.kind === 'report' && verdict.news === 'resolved';
}

/** What was rated before the ticket was opened was another one. */
function isRated({ turns, ticket }: Conversation): boolean {
  if (ticket === null) return false;
  return turns
    .slice(turns.findIndex(({ id }) => id === ticket.throughTurnId) + 1)
    .some(({ author, action }) => author === 'requester' && action?.startsWith('rate-') === true);
}

/** Whether anything waits for a decision. A job that runs a second time finds nothing. */
export function hasPending(conversation: Conversation): boolean {
  const handled = conversation.turns.findIndex((turn) => turn.id === conversation.handledThrough);
  return conversation.turns.slice(handled + 1).some(isPersons);
}

function afterSolved(turns: readonly Turn[], click: Turn | null): number {
  return click?.action === 'solved' ? turns.indexOf(click) + 1 : 0;
}

/** Whoever presses Stop and goes on speaking means what they say from then on. */
function afterStop(turns: readonly Turn[], heard: readonly Turn[]): number {
  const next = turns.findLastIndex((turn) => turn.action === 'stop' && isRequesters(turn)) + 1;
  return heard.some((turn) => turns.indexOf(turn) >= next) ? next : 0;
}

/** We say that whatever is added in the thread reaches the IT team, and what colleagues say there helps them too. */
function turnsForIt(turns: readonly Turn[]): readonly Turn[] {
  return turns.filter((turn) => isSpeech(turn) && !turn.withdrawn);
}

/**
 * What was said to us: whatever is addressed to us, and the requester's follow-ups
 * as long as no colleague has spoken since we last did.
 */
function turnsForUs(turns: readonly Turn[]): readonly Turn[] {
  const heard: Turn[] = [];
  let colleagueSpoke = false;
  for (const turn of turns) {
    if (hasSpoken(turn)) colleagueSpoke = false;
    if (!isSpeech(turn) || turn.withdrawn) continue;
    if (turn.addressed || (turn.author === 'requester' && !colleagueSpoke)) heard.push(turn);
    // A colleague who calls us in talks to us, not to the requester.
    else if (turn.author === 'colleague') colleagueSpoke = true;
  }
  return heard;
}

/** What asks for something, the strongest first: pressed together with anything else, it counts. */
const asking: readonly Action[] = ['get-human', 'not-yet', 'follow', 'continue', 'answer-privately', 'solved', 'stop'];

/** Only the requester's clicks count: a colleague who reads along cannot close or hand over someone else's question. */
function pendingClick(turns: readonly Turn[], pendingFrom: number): Turn | null {
  const isDone = isFollowing(turns);
  const clicks = turns
    .slice(pendingFrom)
    .filter(({ action, author }) => action !== null && author === 'requester' && !(isDone && action === 'follow'));
  for (const action of asking) {
    const found = clicks.findLast((turn) => turn.action === action);
    if (found !== undefined) return found;
  }
  return clicks.at(-1) ?? null;
}

/** The press is carried out before what was said with it is decided on. */
function isFollowing(turns: readonly Turn[]): boolean {
  const kinds = turns.map(({ decision }) => decision?.kind);
  return kinds.lastIndexOf('follow') > kinds.lastIndexOf('offer-follow');
}

function whyNotForUs(pending: readonly Turn[]): 'colleagues-talking' | 'not-addressed' | 'withdrawn' {
  const speech = pending.filter(isSpeech);
  if (speech.length > 0 && speech.every((turn) => turn.withdrawn)) return 'withdrawn';
  const requesterSpoke = speech.some((turn) => turn.author === 'requester' && !turn.withdrawn);
  return requesterSpoke ? 'colleagues-talking' : 'not-addressed';
}

type Said = Pick<
  Situation,
  | 'lastSpoken'
  | 'lastAsked'
  | 'answeredWith'
  | 'writtenBefore'
  | 'shown'
  | 'offered'
  | 'offeredIncident'
  | 'offeredRequest'
  | 'goesOnIn'
>;

function whatWeSaid(turns: readonly Turn[]): Said {
  const decisions = turns.flatMap((turn) => (hasSpoken(turn) && turn.decision !== null ? [turn.decision] : []));
  const last = decisions.at(-1);
  return {
    lastSpoken: last?.kind ?? null,
    lastAsked: last?.kind === 'ask' && last.about !== 'stopped' ? last.about : null,
    goesOnIn: last?.kind === 'continue' ? last.request : null,
    ...whatWeOffered(decisions),
  };
}

function whatWeOffered(decisions: readonly Verdict[]): Omit<Said, 'lastSpoken' | 'lastAsked' | 'goesOnIn'> {
  const answers = decisions.filter((decision) => decision.kind === 'answer');
  const cited = decisions.filter((decision) => decision.kind === 'answer' || decision.kind === 'suggest');
  return {
    answeredWith: answers.flatMap((answer) => answer.citations.map((citation) => citation.chunkId)),
    writtenBefore: answers.flatMap(({ written }) => written?.sentences.map(({ text }) => text) ?? []),
    shown: cited.flatMap(({ citations }) => citations.map(documentKey)),
    offered: decisions.flatMap((decision) => (decision.kind === 'offer-private' ? [decision.document] : [])),
    offeredIncident: decisions.findLast((decision) => decision.kind === 'offer-follow')?.incident ?? null,
    offeredRequest: decisions.findLast((decision) => decision.kind === 'offer-continue')?.request ?? null,
  };
}

/** News about the ticket, and what only IT staff see, are no part of the talk. */
const unspoken: ReadonlySet<Verdict['kind']> = new Set(['silent', 'report', 'reopen', 'triage', 'lesson']);

function hasSpoken({ decision }: Turn): boolean {
  return decision !== null && !unspoken.has(decision.kind);
}

function isSpeech(turn: Turn): boolean {
  return isPersons(turn) && turn.action === null;
}

/** On our side: what the requester writes on the ticket has no ref, and waits for nothing. */
function isPersons({ author, personRef }: Turn): boolean {
  return (author === 'requester' || author === 'colleague') && personRef !== null;
}

function isRequesters({ author }: Turn): boolean {
  return author === 'requester';
}
