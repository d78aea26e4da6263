import type { Conversation, Turn } from '#domain/conversation.ts';
import { type Decision, type EscalationReason, NOTHING_SEARCHED } from '#domain/decision.ts';
import { isAcknowledgement, saysSolved } from '#domain/question.ts';
import { type Changes, goneNews, onceOfComment, reconcile, type TicketNews } from '#domain/reconcile.ts';
import { goneNewsToFollower, reconcileFollower } from '#domain/reconcile-follower.ts';
import { turnText } from '#domain/speak.ts';
import type { TicketState } from '#domain/ticket.ts';
import { markOf, toMirror } from '#domain/to-mirror.ts';
import type { Clock, Log, Store } from '#ports.ts';
import type { StoredTicket, Ticketing } from '#ticket-ports.ts';
import { deliverToTriage } from './deliver-to-triage.ts';
import { settleByCommand } from './settle-lesson.ts';
import { noteTicketFault } from './tell-admin.ts';

export interface RefreshDeps {
  readonly store: Store;
  readonly ticketing: Ticketing;
  /** E-mail addresses of those who are told of a ticket that is gone. */
  readonly admins: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Brings a conversation, and those that follow its ticket, up to what the ticket says: reads it as a whole and writes
 * what is new as turns, which jobs of their own then post. Posts nothing itself.
 */
export function createRefreshTicket(deps: RefreshDeps) {
  const { store, ticketing, clock } = deps;

  return async function refreshTicket(conversationId: string): Promise<void> {
    const before = await store.tickets.find(conversationId);
    if (before === null || before.created === null) return;
    if (before.phase === 'gone') {
      await store.transaction((within) => tellFollowersGone(within, { conversationId, ticket: before }, clock()));
      return;
    }
    const state = await ticketing.read(before.created.id, await requesterEmail(store, conversationId));
    await store.transaction(async (within) => {
      const ticket = await within.tickets.find(conversationId);
      // Opened or closed on our side while it was read: what was read may be from before.
      if (ticket === null || ticket.phaseAt.getTime() !== before.phaseAt.getTime()) {
        await within.jobs.send('refresh-ticket', conversationId, { conversationId });
        return;
      }
      if (state === null) return recordGone(within, { conversationId, ticket }, deps);
      await recordState(within, { conversationId, ticket, state }, deps);
    });
  };
}

/** Null while nobody has told. */
async function requesterEmail({ conversations, people }: Store, conversationId: string): Promise<string | null> {
  const { requesterRef } = await conversations.load(conversationId);
  return (await people.find(requesterRef))?.person.email ?? null;
}

interface Reading {
  readonly conversationId: string;
  readonly ticket: StoredTicket;
  readonly state: TicketState;
}

async function recordState(within: Store, reading: Reading, { clock }: RefreshDeps): Promise<void> {
  const { conversationId, ticket, state } = reading;
  const conversation = await within.conversations.load(conversationId);
  const changes = reconcile(state, { conversation, told: ticket });
  await mirrorWhatIsBehind(within, reading);
  await writeChanges(within, { conversation, changes, reason: ticket.reason }, clock());
  if (isContradicted(reading, changes)) await within.jobs.send('reopen', conversationId, { conversationId });
  for (const follower of await within.incidents.followers(conversationId)) {
    await tellFollower(within, { follower, head: conversation, reading }, clock());
  }
  // one from before ids were kept has its key in their place
  if (state.id !== ticket.created?.id) await within.tickets.recordCreated(conversationId, state);
  await within.tickets.recordSeen(conversationId, { ...seenOf(state), readAt: clock() });
  if (changes.phase !== null) await within.tickets.recordPhase(conversationId, changes.phase, clock());
  for (const command of state.commands) {
    await settleByCommand(within, { ticketId: state.id, command, at: clock() });
  }
  await reviseCard(within, conversation, state);
}

/** Who writes there that there is more to do means what the same words mean in the thread. */
function isContradicted({ ticket, state }: Reading, { said }: Changes): boolean {
  const isSolved = ticket.phase !== 'open' && state.status.category === 'done';
  const isThanks = (text: string) => saysSolved(text) || isAcknowledgement(text);
  return isSolved && said.some(({ author, text }) => author === 'requester' && !isThanks(text));
}

/** Whoever takes it on the ticket has taken it in the triage channel, and there it is solved when the ticket is. */
async function reviseCard(
  within: Store,
  { id, turns }: Conversation,
  { assignee, status }: TicketState,
): Promise<void> {
  const turn = turns.findLast(({ decision }) => decision?.kind === 'triage');
  if (turn?.decision?.kind !== 'triage') return;
  const { card } = turn.decision;
  const solved = status.category === 'done';
  const takenBy = card.takenBy ?? assignee;
  if (takenBy === card.takenBy && solved === (card.solved ?? false)) return;
  const decision = { ...turn.decision, card: { ...card, takenBy, solved } };
  const revised = await within.conversations.reviseTurn(turn.id, { text: turnText(decision, null), decision });
  if (revised !== null) await deliverToTriage(within, { conversationId: id, turnId: turn.id });
}

function seenOf({ key, url, status, assignee, resolution }: TicketState) {
  return { key, url, status: status.name, assignee, resolution };
}

async function tellFollower(
  within: Store,
  { follower, head, reading: { state, ticket } }: { follower: string; head: Conversation; reading: Reading },
  at: Date,
): Promise<void> {
  const conversation = await within.conversations.load(follower);
  const changes = reconcileFollower(state, { follower: conversation, head });
  await writeChanges(within, { conversation, changes, reason: ticket.reason }, at);
}

async function tellFollowersGone(
  within: Store,
  { conversationId, ticket }: { conversationId: string; ticket: StoredTicket },
  at: Date,
): Promise<void> {
  for (const follower of await within.incidents.followers(conversationId)) {
    const one = goneNewsToFollower(await within.conversations.load(follower));
    if (one !== null) await tellNews(within, { conversationId: follower, one, reason: ticket.reason, at });
  }
}

interface Writing {
  readonly conversation: Conversation;
  readonly changes: Changes;
  readonly reason: EscalationReason;
}

/** One job for all: jobs that are sent in one transaction have no order among them. */
async function writeChanges(within: Store, { conversation, changes, reason }: Writing, at: Date): Promise<void> {
  const { id: conversationId } = conversation;
  const turns: ({ turnId: string } | null)[] = [];
  const news = (one: TicketNews) => recordTicketNews(within, { conversationId, one, reason, at });
  const isLast = ({ news: what }: TicketNews) => what === 'resolved' || what === 'followed-resolved';
  for (const one of changes.news.filter((each) => !isLast(each))) turns.push(await news(one));
  for (const { commentId, ...said } of changes.said) {
    const once = onceOfComment(commentId);
    turns.push(
      await within.conversations.recordAgentTurn({ ...said, conversationId, commentId, personRef: null, once }),
    );
  }
  for (const { turnId, ...said } of changes.reworded) turns.push(await within.conversations.reviseTurn(turnId, said));
  for (const turnId of changes.takenBack) turns.push(await within.conversations.reviseTurn(turnId, { text: null }));
  for (const one of changes.news.filter(isLast)) turns.push(await news(one));
  const turnIds = turns.flatMap((turn) => turn?.turnId ?? []);
  if (turnIds.length > 0) {
    await within.jobs.send('deliver', conversationId, { conversationId, turnIds: turnIds.join(' ') });
  }
}

async function tellNews(within: Store, told: Parameters<typeof recordTicketNews>[1]): Promise<void> {
  const { conversationId } = told;
  const turn = await recordTicketNews(within, told);
  if (turn !== null) await within.jobs.send('deliver', conversationId, { conversationId, turnIds: turn.turnId });
}

/** News of a ticket as a turn of ours; null when it was told before. To be delivered by whoever writes it. */
export async function recordTicketNews(
  within: Store,
  { conversationId, one, reason, at }: { conversationId: string; one: TicketNews; reason: EscalationReason; at: Date },
): Promise<{ turnId: string } | null> {
  const { news, detail, once } = one;
  const decision: Decision = { kind: 'report', news, reason, detail, grounds: NOTHING_SEARCHED };
  return within.conversations.recordNews({ conversationId, decision, text: turnText(decision, null), at, once });
}

/**
 * Comments of ours that an attempt left there whose process died before it could note them are noted as showing nothing
 * yet, so that they are brought up to date, or taken away. Whatever else the ticket lacks is brought to it as well: no
 * single lost job can leave it behind.
 */
async function mirrorWhatIsBehind(within: Store, { conversationId, ticket, state }: Reading): Promise<void> {
  const before = await within.conversations.load(conversationId);
  for (const turn of before.turns) {
    const id = state.ours.get(markOf(before, turn));
    if (id === undefined || turn.comment !== null || !turn.withdrawn) continue;
    await within.conversations.recordComment(turn.id, { id, revision: 0 });
  }
  const conversation = await within.conversations.load(conversationId);
  const behind = Object.values(toMirror(conversation, ticket.throughTurnId));
  if (behind.every((turns: readonly Turn[]) => turns.length === 0)) return;
  await within.jobs.sendUnlessWaiting('mirror', conversationId, { conversationId });
}

async function recordGone(
  within: Store,
  { conversationId, ticket }: { conversationId: string; ticket: StoredTicket },
  { admins, clock, log }: RefreshDeps,
): Promise<void> {
  const ticketId = ticket.created?.id ?? '';
  log.warn('a ticket is no longer there, or no longer ours to read', {
    conversation: conversationId,
    ticket: ticketId,
  });
  await within.tickets.recordPhase(conversationId, 'gone', clock());
  const one = goneNews(ticketId);
  await tellNews(within, { conversationId, one, reason: ticket.reason, at: clock() });
  await tellFollowersGone(within, { conversationId, ticket }, clock());
  await tellAdmins(within, { admins, key: ticket.created?.key ?? ticketId, at: clock() });
}

/** Somebody may have deleted it by mistake, or have closed the project to us. */
async function tellAdmins(
  within: Store,
  { admins, key, at }: { admins: readonly string[]; key: string; at: Date },
): Promise<void> {
  const fault = `The ticket ${key} is no longer there: it was deleted, or our account may no longer read it. Its requester was told, and can ask for a person again.`;
  await noteTicketFault(within, { about: key, fault, admins, at });
}
