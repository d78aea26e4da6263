import type { Clock, Log, Store } from '#ports.ts';
import type { Ticketing } from '#ticket-ports.ts';

export interface WatchDeps {
  readonly store: Store;
  readonly ticketing: Pick<Ticketing, 'changedSince'>;
  /** Without an answer for so many days, what IT says is solved is closed. */
  readonly closeAfterDays: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** In the place of a source: how far the search for changed tickets has come. */
const NOTES = 'changed-tickets';
const dayMs = 24 * 3600_000;
/** A change that no search tells, such as a deleted comment, shows after this at the latest. */
const readAgainAfterMs = dayMs;
/** At each turn, so that a long list is worked off beside everything else. */
const mostReadAgain = 50;

/**
 * Finds what no webhook has told: tickets that have changed, those not read for a day, and those whose requester has not
 * said whether the solution helps. Bounded each time, and goes on where it has stopped.
 */
export function createWatchTickets({ store, ticketing, closeAfterDays, clock, log }: WatchDeps) {
  return async function watchTickets(): Promise<void> {
    const now = clock();
    const { ticketIds, until } = await ticketing.changedSince(await cursor(store, now));
    let found = 0;
    for (const ticketId of ticketIds) {
      const conversationId = await store.tickets.conversationOf(ticketId);
      if (conversationId === null) continue;
      found += 1;
      await store.jobs.sendUnlessWaiting('refresh-ticket', conversationId, { conversationId });
    }
    await store.memory.save(NOTES, new Map([['until', until.toISOString()]]));
    const before = new Date(now.getTime() - readAgainAfterMs);
    for (const conversationId of await store.tickets.unreadSince(before, mostReadAgain)) {
      await store.jobs.sendUnlessWaiting('refresh-ticket', conversationId, { conversationId });
    }
    for (const conversationId of await store.tickets.silentSince(new Date(now.getTime() - closeAfterDays * dayMs))) {
      await store.jobs.sendUnlessWaiting('close', conversationId, { conversationId });
    }
    if (found > 0) log.debug('tickets have changed', { found });
  };
}

/** At the first time, a day back: what was before is read when it is not read for a day. */
async function cursor({ memory }: Store, now: Date): Promise<Date> {
  const until = (await memory.load(NOTES)).get('until');
  return typeof until === 'string' ? new Date(until) : new Date(now.getTime() - dayMs);
}

/** Closes what IT says is solved and nobody has contradicted. Quietly: the question about it is changed, nothing is posted. */
export function createClose({ store, clock }: Pick<WatchDeps, 'store' | 'clock'>) {
  return async function close(conversationId: string): Promise<void> {
    await store.transaction(async (within) => {
      const ticket = await within.tickets.find(conversationId);
      if (ticket?.phase !== 'resolved') return;
      await within.tickets.recordPhase(conversationId, 'closed', clock());
      await within.jobs.send('propose-lesson', conversationId, { conversationId });
      const { turns } = await within.conversations.load(conversationId);
      const asked = turns.findLast(({ decision }) => decision?.kind === 'report' && decision.news === 'resolved');
      if (asked !== undefined) await within.jobs.send('settle', conversationId, { conversationId, turnId: asked.id });
    });
  };
}
