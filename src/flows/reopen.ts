import { reopenedNews } from '#domain/reconcile.ts';
import { RemoteError } from '#errors.ts';
import type { Store } from '#ports.ts';
import type { StoredTicket } from '#ticket-ports.ts';
import type { EscalationDeps } from './escalate.ts';
import { openTicket } from './open-ticket.ts';
import { recordTicketNews } from './refresh-ticket.ts';

/** What becomes of a solved ticket whose requester needs more: it is opened again, or continued by another one. */
export type AfterClosing = 'reopen' | 'follow-up';

/** Opens a solved ticket again, or where that is not wanted or not possible, one that continues it. */
export function createReopen({ store, ticketing, clock }: EscalationDeps, afterClosing: AfterClosing) {
  return async function reopen(conversationId: string): Promise<void> {
    const ticket = await store.tickets.find(conversationId);
    if (ticket === null || ticket.phase === 'open' || ticket.phase === 'gone') return;
    if (ticket.created === null)
      throw new RemoteError('tickets', 'unavailable', { message: 'the ticket is not created' });

    const isOpen = afterClosing === 'reopen' && (await ticketing.reopen(ticket.created.id));

    await store.transaction((within) =>
      isOpen
        ? recordReopened(within, { conversationId, ticket, at: clock() })
        : followUp(within, { conversationId, at: clock() }),
    );
  };
}

async function recordReopened(
  within: Store,
  { conversationId, ticket, at }: { conversationId: string; ticket: StoredTicket; at: Date },
): Promise<void> {
  const now = await within.tickets.find(conversationId);
  // its reading can have been first to notice
  if (now === null || now.phaseAt.getTime() !== ticket.phaseAt.getTime()) return;
  await within.tickets.recordPhase(conversationId, 'open', at);
  const one = reopenedNews(ticket.phaseAt);
  const turn = await recordTicketNews(within, { conversationId, one, reason: ticket.reason, at });
  if (turn !== null) await within.jobs.send('deliver', conversationId, { conversationId, turnIds: turn.turnId });
  await within.jobs.sendUnlessWaiting('refresh-ticket', conversationId, { conversationId });
}

/** The whole conversation goes into it; so what is still to be mirrored need not. */
async function followUp(within: Store, { conversationId, at }: { conversationId: string; at: Date }): Promise<void> {
  const { handledThrough: throughTurnId } = await within.conversations.load(conversationId);
  await openTicket(within, { conversationId, reason: 'came-back', throughTurnId, at, continues: true });
}
