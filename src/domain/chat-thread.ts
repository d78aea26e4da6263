import { readCommand } from './command.ts';
import type { Author, Message } from './conversation.ts';
import type { Decision } from './decision.ts';
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
 * own. What is quoted, and what answers a question, goes on; so does what comes without a long pause. A group talks of
 * other things as well: there only what is addressed to us goes on, and what the requester adds.
 */
export function goesOn(
  conversation: Ongoing,
  message: Pick<Message, 'text' | 'authorRef' | 'addressed' | 'sentAt'>,
): boolean {
  const { isQuoted, requesterRef } = conversation;
  if (readCommand(message.text) !== null) return false;
  if (isQuoted) return true;
  if (!message.addressed && message.authorRef !== requesterRef) return false;
  const pause = message.sentAt.getTime() - conversation.lastAt.getTime();
  return isSettled(conversation) ? pause <= PAUSE && isAboutTheSame(message.text) : pause <= patienceOf(conversation);
}

function patienceOf({ lastBy, lastDecision, phase }: Ongoing): number {
  if (phase === 'resolved') return IS_IT_SOLVED;
  if (phase === 'open' && lastBy === 'agent') return THEIR_QUESTION;
  return lastDecision !== null && asks(lastDecision) ? OUR_QUESTION : PAUSE;
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

/** After the end: thanks, or that it was no end. Anything else is something new. */
function isAboutTheSame(text: string): boolean {
  return isAcknowledgement(text) || saysSolved(text) || agrees(text) || STILL.test(text.trim());
}

const STILL = /^(?:(?:no|nope|hm+|sorry|but|actually|well)[, ]+)*(?:still|not yet|again|same|it|that|this)\b/i;
