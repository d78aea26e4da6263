import type { Trail, TrailTurn } from '../operator.ts';
import { tsOf } from './story-rounds.ts';
import type { EventStep, StoryDelivery } from './story-types.ts';

/** An event with the turn it brought or changed. */
export interface FoundEvent {
  readonly step: Omit<EventStep, 'afterMs'> & { readonly at: string };
  readonly turnId: string | null;
}

/**
 * What Slack or Teams told the bot of a conversation: each event that was stored, with the app's own record of it where
 * there is one, and each that was about the same messages and brought nothing new.
 */
export function eventsOf(trail: Trail, deliveries: readonly StoryDelivery[], channel: string): readonly FoundEvent[] {
  const here = deliveries.filter(({ about }) => about?.channel === channel);
  const stored = trail.events.map((event) => {
    const own = here.filter((delivery) => isOf(delivery, event.id));
    return { step: stepOf(event.id, own, event.receivedAt), turnId: event.turnId };
  });
  const further = here.filter((delivery) => !trail.events.some(({ id }) => isOf(delivery, id)));
  const known = [...Map.groupBy(further, ({ id }) => id)].flatMap(([id, own]) => {
    const turn = trail.turns.find((candidate) => isAbout(own[0], candidate));
    return turn === undefined ? [] : [{ step: stepOf(id, own, null), turnId: turn.id }];
  });
  return [...stored, ...known].toSorted((a, b) => Date.parse(a.step.at) - Date.parse(b.step.at));
}

/** What the app told the bot of one message. */
export function eventsAbout(deliveries: readonly StoryDelivery[], channel: string, ts: string): readonly EventStep[] {
  const own = deliveries.filter(({ about }) => about?.channel === channel && about.ts === ts);
  return [...Map.groupBy(own, ({ id }) => id)].map(([id, attempts]) => ({
    ...stepOf(id, attempts, null),
    afterMs: null,
  }));
}

function stepOf(id: string, deliveries: readonly StoryDelivery[], storedAt: string | null): FoundEvent['step'] {
  const inOrder = deliveries.toSorted((a, b) => a.attempt - b.attempt || a.at.getTime() - b.at.getTime());
  const first = inOrder[0];
  return {
    kind: 'event',
    id: id.replace(/^(?:slack|teams\/[^/]+\/[^/]+)\//, ''),
    type: first?.about?.type ?? null,
    ...(first?.title === undefined ? {} : { title: first.title }),
    at: earliestOf(deliveries) ?? storedAt ?? new Date(0).toISOString(),
    storedAt,
    attempts: inOrder.map(({ attempt, status, ms }) => ({ attempt, status, ms })),
  };
}

function earliestOf(deliveries: readonly StoryDelivery[]): string | null {
  const times = deliveries.map(({ at }) => at.getTime());
  return times.length === 0 ? null : new Date(Math.min(...times)).toISOString();
}

/** The bot keeps the app's id of an event with its own words before it, and names a click by when it was made. */
function isOf({ id, about }: StoryDelivery, eventId: string): boolean {
  const actionTs = about?.actionTs ?? null;
  return eventId.endsWith(`/${id}`) || (actionTs !== null && eventId.split('/').includes(actionTs));
}

/** Slack also tells the bot of the bot's own posts, in which IT's words stand as well: those are no news. */
function isAbout(delivery: StoryDelivery | undefined, turn: TrailTurn): boolean {
  return turn.messageId !== null && delivery?.about?.ts === tsOf(turn);
}
