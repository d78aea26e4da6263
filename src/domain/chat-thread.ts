import { readCommand } from './command.ts';
import type { Author, Message } from './conversation.ts';
import type { Decision } from './decision.ts';
import { sharedWords, tellingWords } from './incident.ts';
import { agrees, isAcknowledgement, saysSolved } from './question.ts';
import type { TicketPhase } from './ticket.ts';

/** A conversation in a place without threads, as far as it matters to what is said there next. */
export interface Ongoing {
  readonly requesterRef: string;
  /** The message quotes something of it. */
  readonly isQuoted: boolean;
  readonly lastAt: Date;
  readonly lastBy: Author;
  readonly lastDecision: Decision | null;
  readonly phase: TicketPhase | null;
  /** What people have said in it of late. */
  readonly said: string;
}

const minute = 60_000;
const day = 24 * 60 * minute;

/** How long a pause may be in which one still speaks of the same. */
const PAUSE = 30 * minute;
/** A question of ours waits for its answer, and one of IT's, which comes when somebody has time for it. */
const OUR_QUESTION = day;
const THEIR_QUESTION = 3 * day;
const IS_IT_SOLVED = 7 * day;

/**
 * Whether a message in a place without threads goes on with a conversation that took place there, or opens one of its
 * own. What is quoted, and what answers a question, goes on; so does what comes without a long pause and is no other
 * matter. A group talks of other things as well: there a colleague has a matter of their own, and what the requester
 * says without calling us only counts as the answer to a question.
 */
export function goesOn(
  conversation: Ongoing,
  message: Pick<Message, 'text' | 'authorRef' | 'addressed' | 'sentAt' | 'place'>,
): boolean {
  const { isQuoted, requesterRef, lastAt } = conversation;
  if (readCommand(message.text) !== null) return false;
  if (isQuoted) return true;
  if (message.authorRef !== requesterRef) return false;
  const pause = message.sentAt.getTime() - lastAt.getTime();
  if (!message.addressed && !(isAsked(conversation) && pause <= PAUSE)) return false;
  return isAboutIt(message.text, conversation) && pause <= patienceFor(message.text, conversation);
}

function isAboutIt(text: string, conversation: Ongoing): boolean {
  return isSettled(conversation) ? isAboutTheSame(text) : !isAnotherMatter(text, conversation);
}

/** How long a pause may be before this is said of it. */
function patienceFor(text: string, conversation: Ongoing): number {
  const { lastBy, lastDecision, phase } = conversation;
  if (isSettled(conversation)) return PAUSE;
  if (phase === 'resolved') return hasToDoWith(text, conversation) ? IS_IT_SOLVED : PAUSE;
  if (phase === 'open' && lastBy === 'agent') return THEIR_QUESTION;
  return lastDecision !== null && asks(lastDecision) ? OUR_QUESTION : PAUSE;
}

/** Somebody waits for what the requester says. */
function isAsked({ lastBy, lastDecision, phase }: Ongoing): boolean {
  return lastBy === 'agent' || phase === 'resolved' || (lastDecision !== null && asks(lastDecision));
}

/** What a ticket was opened with may end in a question: which printer is it? */
function asks(decision: Decision): boolean {
  return WAITS.has(decision.kind) || (decision.kind === 'report' && decision.detail?.includes('?') === true);
}

const WAITS: ReadonlySet<Decision['kind']> = new Set(['ask', 'offer-private', 'offer-follow', 'offer-continue']);

function isSettled({ phase, lastDecision }: Ongoing): boolean {
  if (phase === 'closed' || phase === 'gone') return true;
  return (
    phase === null &&
    (lastDecision?.kind === 'close' || (lastDecision?.kind === 'silent' && lastDecision.reason === 'solved'))
  );
}

/**
 * A whole question or complaint that has nothing in common with what was said: people who have one thing going on ask
 * for another in the same chat. What waits for an answer gets the benefit of the doubt.
 */
function isAnotherMatter(text: string, { said, lastBy, lastDecision, phase }: Ongoing): boolean {
  if (said === '' || (lastDecision !== null && asks(lastDecision))) return false;
  // a ticket takes all that is said to it, and answers nothing of it at once
  const least = phase === null ? 2 : 1;
  return isWholeQuestion(text.trim(), { least, lastBy }) && sharedWords(text, said) === 0;
}

/** @param on.least telling words that make one. */
function isWholeQuestion(words: string, { least, lastBy }: { least: number; lastBy: Author }): boolean {
  if (GOES_ON.test(words) || tellingWords(words).length < least) return false;
  // nobody answers a question of IT with how something else is done
  return lastBy === 'agent' ? ASKS_HOW.test(words) : ASKS.test(words) || COMPLAINS.test(words);
}

function hasToDoWith(text: string, { said }: Ongoing): boolean {
  return isAboutTheSame(text) || sharedWords(text, said) > 0;
}

/** How people go on with what they have said. */
const GOES_ON =
  /^(?:(?:ok|okay|thanks|thank you|hm+|yes|no|nope|well|sorry|hi|hello)[,.! ]+)*(?:and|but|also|or|so|then|because|it|its|it's|that|that's|this|these|those|they|them|there|still|what about|how about|what if|same|again|on|in|with|without|since|after|before|when|only|just|where is (?:it|that)|how do i do (?:it|that)|the (?:first|second|third|last|next|same|one|other))\b/i;
const ASKS =
  /\?\s*$|^(?:(?:please|hi|hello|hey|good morning)[,.! ]+)*(?:how|where|what|which|who|why|can|could|may|should|do|does|is there|i need|i want|i would like|i'd like|please)\b/i;
const ASKS_HOW = /^(?:(?:please|hi|hello|hey)[,.! ]+)*(?:how (?:do|can|to|should)|where (?:do|can))\b/i;
const COMPLAINS =
  /\b(?:not|isn['’]?t|doesn['’]?t|don['’]?t|won['’]?t|can['’]?t|cannot|couldn['’]?t|broken|jammed|down|fails?|failed|failing|errors?|crash\w*|stuck|frozen|freez\w*|slow|lost|locked|forgot\w*|missing|expired|drops?|dropping|stopped|dead|dark|gone|no (?:sound|picture|signal|internet|access))\b/i;

/** After the end: thanks, or that it was no end. Anything else is something new. */
function isAboutTheSame(text: string): boolean {
  return isAcknowledgement(text) || saysSolved(text) || agrees(text) || STILL.test(text.trim());
}

const STILL = /^(?:(?:no|nope|hm+|sorry|but|actually|well)[, ]+)*(?:still|not yet|again|same|it|that|this)\b/i;
