import { type Decision, NOTHING_SEARCHED, type TriageCard } from '#domain/decision.ts';
import { suggestionDraft } from '#domain/handover.ts';
import { turnText } from '#domain/speak.ts';
import { RemoteError } from '#errors.ts';
import type { Store } from '#ports.ts';
import type { Ticketing } from '#ticket-ports.ts';
import { deliverToTriage } from './deliver-to-triage.ts';
import { type HandoverDeps, handoverOf } from './handover-of.ts';

export interface SuggestDeps extends HandoverDeps {
  readonly ticketing: Pick<Ticketing, 'ensureComment' | 'largestFileBytes'>;
}

/**
 * Tells IT staff on the ticket, in an internal comment, what would have been answered had it been surer; once a ticket.
 * Nothing when there was no such answer.
 */
export function createSuggest(deps: SuggestDeps) {
  const { store, ticketing } = deps;

  return async function suggest(conversationId: string): Promise<void> {
    const ticket = await store.tickets.find(conversationId);
    if (ticket === null || ticket.phase === 'gone') return;
    if (ticket.created === null) {
      throw new RemoteError('tickets', 'unavailable', { message: 'the ticket is not created yet' });
    }
    const conversation = await store.conversations.load(conversationId);
    const draft = suggestionDraft(await handoverOf(conversation, { ...ticket, mayCreate: false }, deps));

    if (draft !== null) await ticketing.ensureComment(ticket.created.id, draft);
  };
}

/**
 * Shows the request in the triage channel, once a ticket: a conversation that goes on with another ticket is a request
 * anew. Null when it is there already.
 */
export async function recordCard(
  within: Store,
  { conversationId, ticketName, card, at }: { conversationId: string; ticketName: string; card: TriageCard; at: Date },
): Promise<{ turnId: string } | null> {
  const decision: Decision = { kind: 'triage', card, grounds: NOTHING_SEARCHED };
  const text = turnText(decision, null);
  const news = { conversationId, decision, text, at, once: `card/${ticketName}`, stage: 'triage' } as const;
  const turn = await within.conversations.recordNews(news);
  if (turn !== null) await deliverToTriage(within, { conversationId, turnId: turn.turnId });
  return turn;
}
