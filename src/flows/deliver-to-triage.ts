import type { Store } from '#ports.ts';

/**
 * Sends the job that shows a turn in the triage channel. Its key is its own: a channel that refuses us would else hold
 * up what the employee waits for in their thread.
 */
export function deliverToTriage(
  within: Store,
  { conversationId, turnId }: { conversationId: string; turnId: string },
): Promise<void> {
  return within.jobs.send('deliver', `triage ${conversationId}`, { conversationId, turnIds: turnId });
}
