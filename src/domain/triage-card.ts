import type { TriageCard } from './decision.ts';
import { draftTicket, type Handover, reasonWords, urgencyIn } from './handover.ts';

/** The request as IT staff see it in the triage channel, before anybody has pressed anything. */
export function triageCard(handover: Handover): TriageCard {
  const urgency = urgencyIn(handover);
  return {
    summary: draftTicket(handover).summary,
    requester: handover.requester.name,
    why: reasonWords(handover.ticket.reason),
    urgency: urgency === null ? '' : `Urgency: ${urgency.level}. ${urgency.because}`,
    // direct messages are open to nobody else
    thread: handover.conversation.place === 'direct' ? '' : handover.permalink,
    takenBy: null,
    mutedBy: null,
  };
}
