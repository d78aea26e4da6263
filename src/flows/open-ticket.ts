import type { EscalationReason } from '#domain/decision.ts';
import type { Store } from '#ports.ts';

/** Opens the ticket of a conversation unless it has one, together with the job that creates it. */
export async function openTicket(
  within: Store,
  ticket: { conversationId: string; reason: EscalationReason; throughTurnId: string; at: Date; continues?: boolean },
): Promise<void> {
  const { conversationId } = ticket;
  if (!(await within.tickets.open(ticket))) return;
  await within.jobs.send('escalate', conversationId, { conversationId });
}
