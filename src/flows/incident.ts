import type { Incident } from '#domain/decision.ts';
import { incidentFor } from '#domain/incident.ts';
import type { Clock, People, Store } from '#ports.ts';

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
  deps: { store: Pick<Store, 'incidents' | 'people'>; incidents: IncidentSettings | null; clock: Clock },
): Promise<Incident | null> {
  const { store, incidents, clock } = deps;
  if (incidents === null) return null;
  const [now, windowMs] = [clock(), incidents.windowMinutes * 60_000];
  const recent = await store.incidents.recent(new Date(now.getTime() - windowMs - headMs));
  const names = await personNames([requesterRef, ...recent.map((asked) => asked.requesterRef)], store.people);
  const named = recent.map((asked) => ({
    ...asked,
    requesterRef: names.get(asked.requesterRef) ?? asked.requesterRef,
  }));
  const asker = names.get(requesterRef) ?? requesterRef;
  return incidentFor(question, named, { requesterRef: asker, now, windowMs, atLeast: incidents.atLeast });
}

/** Who has asked on two platforms is one person: known by the verified address, else by the ref. */
async function personNames(
  refs: readonly string[],
  people: Pick<People, 'find'>,
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const ref of new Set(refs)) {
    const person = (await people.find(ref))?.person;
    if (person !== undefined && !person.outsider && person.email !== null) names.set(ref, person.email.toLowerCase());
  }
  return names;
}
