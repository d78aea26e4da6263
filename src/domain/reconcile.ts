import type { Conversation, SharedFile, Turn } from './conversation.ts';
import type { News } from './decision.ts';
import { hasFiles } from './mirrored-file.ts';
import { resolutionWords, statusNews } from './status-words.ts';
import type { TicketComment, TicketPhase, TicketState } from './ticket.ts';

/** What is to change in a conversation so that it shows what its ticket says. */
export interface Changes {
  /** Comments that are not in the thread yet, in order. */
  readonly said: readonly SaidOnTicket[];
  /** Turns whose comment says something else now, or has other files. */
  readonly reworded: readonly Reworded[];
  /** Turns whose comment is gone, or is no longer for everybody. */
  readonly takenBack: readonly string[];
  readonly news: readonly TicketNews[];
  /** Null: as it is. */
  readonly phase: TicketPhase | null;
}
export interface Reworded {
  readonly turnId: string;
  readonly text: string;
  /** As they are now. */
  readonly files: readonly SharedFile[];
}
export interface SaidOnTicket {
  readonly commentId: string;
  readonly author: 'agent' | 'requester';
  readonly authorName: string;
  readonly text: string;
  readonly at: Date;
  readonly files: readonly SharedFile[];
}
/** `once` tells the same news from another of its kind. */
export interface TicketNews {
  readonly news: News;
  readonly detail: string;
  readonly once: string;
}

/** What of a ticket was told already; null: nothing. */
export interface Told {
  readonly phase: TicketPhase;
  readonly phaseAt: Date;
  readonly seen: {
    readonly key: string;
    readonly status: string;
    readonly assignee: string | null;
  } | null;
}

/**
 * Compares a ticket with the conversation. From states only, so it does not matter which changes were noticed, how
 * often, and in which order: twice on the same state, the second time there is nothing to do.
 */
export function reconcile(
  state: TicketState,
  { conversation, told }: { conversation: Conversation; told: Told },
): Changes {
  return { ...commentChanges(state.comments, ofTicket(conversation)), ...newsToOwner(state, told) };
}

/** The news that the ticket is no longer there. */
export function goneNews(ticketId: string): TicketNews {
  return { news: 'gone', detail: '', once: `gone/${ticketId}` };
}

/** One comment is one turn, however often it was read: by this it is known. */
export function onceOfComment(commentId: string): string {
  return `comment/${commentId}`;
}

/** The news that it is open again, after this phase; from whichever side it was opened. `detail`: when IT will look. */
export function reopenedNews(phaseAt: Date, detail = ''): TicketNews {
  return { news: 'reopened', detail, once: `reopened/${phaseAt.getTime()}` };
}

/** What was said since the ticket was opened. What an agent said before was on another one: followed, or continued. */
export function ofTicket({ turns, ticket }: Conversation): readonly Turn[] {
  return turns.slice(turns.findIndex(({ id }) => id === ticket?.throughTurnId) + 1);
}

/** What is to change in these turns so that they show these comments. */
export function commentChanges(
  comments: readonly TicketComment[],
  turns: readonly Turn[],
): Pick<Changes, 'said' | 'reworded' | 'takenBack'> {
  const shown = new Map(turns.filter(isFromTicket).map((turn) => [turn.comment?.id ?? '', turn]));
  const there = new Map(comments.map((comment) => [comment.id, comment]));
  return {
    said: comments.filter(({ id }) => !shown.has(id)).map(saidBy),
    reworded: [...shown].flatMap(([id, turn]) => {
      const comment = there.get(id);
      // a comment that was hidden and is shown again says the same as before
      const isSame = comment === undefined || (!turn.withdrawn && saysSame(turn, comment));
      return isSame ? [] : [{ turnId: turn.id, text: comment.markdown, files: comment.files }];
    }),
    takenBack: [...shown].flatMap(([id, turn]) => (there.has(id) || turn.withdrawn ? [] : [turn.id])),
  };
}

function saidBy({ id, author, by, markdown, at, files }: TicketComment): SaidOnTicket {
  return {
    commentId: id,
    author: by === 'agent' ? 'agent' : 'requester',
    authorName: author,
    text: markdown,
    at,
    files,
  };
}

function saysSame(turn: Turn, { markdown, files }: TicketComment): boolean {
  return markdown === turn.text && hasFiles(turn, files);
}

/** What an agent or the requester wrote on the ticket; on our side people have a ref. */
export function isFromTicket({ author, personRef, comment }: Turn): boolean {
  return author !== 'bot' && personRef === null && comment !== null;
}

function newsToOwner(state: TicketState, told: Told): Pick<Changes, 'news' | 'phase'> {
  const moved = told.seen !== null && told.seen.key !== state.key;
  const movedNews: TicketNews[] = moved
    ? [{ news: 'moved', detail: state.key, once: `moved/${state.key}/${state.updatedAt.getTime()}` }]
    : [];
  const { news, phase } = progress(state, told);
  return { news: [...movedNews, ...news], phase };
}

function progress(state: TicketState, told: Told): Pick<Changes, 'news' | 'phase'> {
  const isDone = state.status.category === 'done';
  if (isDone && told.phase === 'open') {
    return { news: [...assignment(state, told), resolved(state)], phase: 'resolved' };
  }
  if (!isDone && told.phase !== 'open')
    return { news: [reopenedNews(told.phaseAt), ...assignment(state, told)], phase: 'open' };
  return { news: isDone ? [] : underWay(state, told), phase: null };
}

/** Who has taken it says that it is under way; otherwise the status does. */
function underWay(state: TicketState, told: Told): readonly TicketNews[] {
  const taken = assignment(state, told);
  if (taken.length > 0) return taken;
  const { name } = state.status;
  const sentence = told.seen?.status === name ? null : statusNews(state.status);
  const once = `status/${name}/${state.updatedAt.getTime()}`;
  return sentence === null ? [] : [{ news: 'status', detail: sentence, once }];
}

function assignment({ assignee, updatedAt }: TicketState, { seen }: Told): readonly TicketNews[] {
  if (assignee === null || assignee === seen?.assignee) return [];
  return [{ news: 'assigned', detail: assignee, once: `assigned/${assignee}/${updatedAt.getTime()}` }];
}

function resolved({ resolution, updatedAt }: TicketState): TicketNews {
  return { news: 'resolved', detail: resolutionWords(resolution), once: `resolved/${updatedAt.getTime()}` };
}
