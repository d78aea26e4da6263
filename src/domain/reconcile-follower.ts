import type { Conversation } from './conversation.ts';
import type { Decision, News } from './decision.ts';
import { type Changes, commentChanges, isFromTicket, ofTicket, type TicketNews } from './reconcile.ts';
import { FOR_REQUESTER, resolutionWords, statusNews, UNDER_WAY } from './status-words.ts';
import type { TicketState } from './ticket.ts';

/**
 * What is to change in a conversation so that it shows what the ticket says that it follows, which is the `head`'s. What
 * IT wrote since it follows is shown, what the head's requester wrote is not. Who has a ticket of their own hears nothing
 * new, but what was shown and is internal or says something else now is taken back or reworded all the same.
 */
export function reconcileFollower(
  state: TicketState,
  { follower, head }: { follower: Conversation; head: Conversation },
): Changes {
  const comments = state.comments.filter(({ by }) => by === 'agent');
  // the follower may have turns of other tickets: of an own one, or of one that this one continues
  const ofThisTicket = new Set([
    ...state.comments.map(({ id }) => id),
    ...ofTicket(head).flatMap((turn) => (isFromTicket(turn) ? (turn.comment?.id ?? []) : [])),
  ]);
  const turns = follower.turns.filter(({ comment }) => comment !== null && ofThisTicket.has(comment.id));
  const changes = { ...commentChanges(comments, turns), phase: null };
  const since = followedSince(follower)?.at;
  if (follower.ticket !== null || since === undefined) return { ...changes, said: [], news: [] };
  return { ...changes, said: changes.said.filter(({ at }) => at >= since), news: newsOf(state, follower) };
}

/** The news that the ticket is no longer there; null when that was told, or is no matter of theirs any more. */
export function goneNewsToFollower(follower: Conversation): TicketNews | null {
  if (follower.ticket !== null || followedSince(follower) === undefined) return null;
  const told = toldTo(follower);
  return told.phase === 'followed-gone' ? null : newsAfter(told, 'followed-gone', '');
}

function followedSince({ turns }: Conversation) {
  return turns.findLast(({ decision }) => decision?.kind === 'follow');
}

/** What the follower was told of the ticket since they follow; null: nothing. */
interface ToldToFollower {
  readonly phase: News | null;
  readonly assignee: string | null;
  /** The last sentence about the status; that it is under way, when only was told who has taken it. */
  readonly status: string | null;
  /** The turn that told last: news come after it once. */
  readonly lastTurnId: string;
}

const phases: readonly News[] = ['followed-resolved', 'followed-reopened', 'followed-gone'];

function toldTo(follower: Conversation): ToldToFollower {
  const follow = followedSince(follower);
  let told: ToldToFollower = { phase: null, assignee: null, status: null, lastTurnId: follow?.id ?? '' };
  for (const { id, decision } of follower.turns.slice(follow === undefined ? 0 : follower.turns.indexOf(follow))) {
    if (decision?.kind === 'report') told = { ...told, ...toldBy(decision, told), lastTurnId: id };
  }
  return told;
}

function toldBy(
  { news, detail = '' }: Extract<Decision, { kind: 'report' }>,
  { status: before }: ToldToFollower,
): Partial<ToldToFollower> {
  if (phases.includes(news)) return { phase: news };
  if (news === 'assigned') return { assignee: detail, status: before ?? UNDER_WAY };
  return news === 'status' ? { status: detail } : {};
}

/** From what this follower was told, not from what the head was: they may follow what is solved already. */
function newsOf(state: TicketState, follower: Conversation): readonly TicketNews[] {
  const told = toldTo(follower);
  const isSolved = told.phase === 'followed-resolved';
  if (state.status.category === 'done') {
    if (isSolved) return [];
    return [...assignment(state, told), newsAfter(told, 'followed-resolved', resolutionWords(state.resolution))];
  }
  if (isSolved || told.phase === 'followed-gone') {
    return [newsAfter(told, 'followed-reopened', ''), ...assignment(state, told)];
  }
  const taken = assignment(state, told);
  return taken.length > 0 ? taken : status(state, told);
}

function assignment({ assignee }: TicketState, told: ToldToFollower): readonly TicketNews[] {
  return assignee === null || assignee === told.assignee ? [] : [newsAfter(told, 'assigned', assignee)];
}

function status(state: TicketState, told: ToldToFollower): readonly TicketNews[] {
  const sentence = statusNews(state.status);
  if (sentence === null || sentence === told.status || FOR_REQUESTER.includes(sentence)) return [];
  return [newsAfter(told, 'status', sentence)];
}

function newsAfter({ lastTurnId }: ToldToFollower, news: News, detail: string): TicketNews {
  return { news, detail, once: `${news}/${detail}/after/${lastTurnId}` };
}
