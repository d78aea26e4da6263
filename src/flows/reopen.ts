import { lookSentence } from '#domain/hours.ts';
import type { Conversation } from '#domain/conversation.ts';
import { isFromTicket, reopenedNews } from '#domain/reconcile.ts';
import { RemoteError } from '#errors.ts';
import type { Store } from '#ports.ts';
import type { StoredTicket } from '#ticket-ports.ts';
import type { EscalationDeps } from './escalate.ts';
import { openTicket } from './open-ticket.ts';
import { recordTicketNews } from './refresh-ticket.ts';

/** What becomes of a solved ticket whose requester needs more: it is opened again, or continued by another one. */
export type AfterClosing = 'reopen' | 'follow-up';

/** Opens a solved ticket again, or where that is not wanted or not possible, one that continues it. */
export function createReopen({ store, ticketing, hours, clock }: EscalationDeps, afterClosing: AfterClosing) {
  return async function reopen(conversationId: string): Promise<void> {
    const ticket = await store.tickets.find(conversationId);
    if (ticket === null || ticket.phase === 'open' || ticket.phase === 'gone') return;
    if (ticket.created === null)
      throw new RemoteError('tickets', 'unavailable', { message: 'the ticket is not created' });

    const isOpen = afterClosing === 'reopen' && (await ticketing.reopen(ticket.created.id));

    const at = clock();
    const look = (hours === null ? null : lookSentence(hours, at)) ?? '';
    await store.transaction((within) =>
      isOpen ? recordReopened(within, { conversationId, ticket, look, at }) : followUp(within, { conversationId, at }),
    );
  };
}

async function recordReopened(
  within: Store,
  { conversationId, ticket, look, at }: { conversationId: string; ticket: StoredTicket; look: string; at: Date },
): Promise<void> {
  const now = await within.tickets.find(conversationId);
  // its reading can have been first to notice
  if (now === null || now.phaseAt.getTime() !== ticket.phaseAt.getTime()) return;
  await within.tickets.recordPhase(conversationId, 'open', at);
  const one = reopenedNews(ticket.phaseAt, look);
  const turn = await recordTicketNews(within, { conversationId, one, reason: ticket.reason, at });
  if (turn !== null) await within.jobs.send('deliver', conversationId, { conversationId, turnIds: turn.turnId });
  await within.jobs.sendUnlessWaiting('refresh-ticket', conversationId, { conversationId });
}

/** What is decided on, and what was written on the ticket before, which nobody decides on. */
function throughOf({ turns, handledThrough }: Conversation): string {
  const handled = turns.findIndex(({ id }) => id === handledThrough);
  return turns[Math.max(handled, turns.findLastIndex(isFromTicket))]?.id ?? handledThrough;
}

/** The whole conversation goes into it; so what is still to be mirrored need not. */
async function followUp(within: Store, { conversationId, at }: { conversationId: string; at: Date }): Promise<void> {
  const throughTurnId = throughOf(await within.conversations.load(conversationId));
  await openTicket(within, { conversationId, reason: 'came-back', throughTurnId, at, continues: true });
}
