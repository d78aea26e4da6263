import type { Verdict } from './decision.ts';
import { agrees, isAcknowledgement, saysSolved } from './question.ts';
import type { Situation } from './situation.ts';

/**
 * What the requester says about a solution, with a ticket that is resolved or closed: that it is solved, or anything
 * else but thanks, which means that there is more to do.
 */
export function afterSolution(situation: Situation): Verdict {
  const { requesterSaid, click, ticket, isAskedWhetherSolved } = situation;
  const text = requesterSaid.join('\n');
  const isMild = requesterSaid.length === 0 || saysSolved(text) || agrees(text) || isAcknowledgement(text);
  if (!isMild) return { kind: 'reopen' };
  const isSolved = click === 'solved' || saysSolved(text) || (isAskedWhetherSolved && agrees(text));
  return ticket === 'resolved' && isSolved ? close(situation) : { kind: 'forward' };
}

/** The requester agrees that it is solved; rated once, it is not to be rated again. */
export function close({ isRated }: Situation): Verdict {
  return isRated ? { kind: 'close', rated: true } : { kind: 'close' };
}
