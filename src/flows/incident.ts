import type { Incident } from '#domain/decision.ts';
import { incidentFor } from '#domain/incident.ts';
import type { Clock, Store } from '#ports.ts';

/** When like questions of several people are one problem. */
export interface IncidentSettings {
  /** People who have asked, from which on there is one. */
  readonly atLeast: number;
  readonly windowMinutes: number;
}

/** How long before the window the first of them may have asked: an outage can last longer than the window. */
const headMs = 24 * 60 * 60_000;

/** The problem that several others have had lately and this question is about; null when there is none, or none is looked for. */
export async function findIncident(
  { question, requesterRef }: { question: string; requesterRef: string },
  deps: { store: Pick<Store, 'incidents'>; incidents: IncidentSettings | null; clock: Clock },
): Promise<Incident | null> {
  const { store, incidents, clock } = deps;
  if (incidents === null) return null;
  const [now, windowMs] = [clock(), incidents.windowMinutes * 60_000];
  const recent = await store.incidents.recent(new Date(now.getTime() - windowMs - headMs));
  return incidentFor(question, recent, { requesterRef, now, windowMs, atLeast: incidents.atLeast });
}
