import { setTimeout as delay } from 'node:timers/promises';
import { type About, aboutOf } from './about.ts';
import type { OutgoingEvent } from './events.ts';
import type { Reception } from './transport.ts';

/** How events reach the app; may be changed while the server runs. */
export interface DeliverySettings {
  /** Each event is sent this many times, with the same event_id, all at once. */
  copies: number;
  /** Waited before an event's first attempt. */
  delayMs: number;
  /** First attempts wait while this is true. */
  paused: boolean;
}

/** One request to the app and what came of it. `attempt` counts from 1; `status` is null when no answer came. */
export interface RecordedDelivery {
  readonly kind: 'event' | 'interaction' | 'command' | 'shortcut';
  readonly id: string;
  readonly attempt: number;
  readonly status: number | null;
  readonly at: Date;
  /** How long the app took to answer. */
  readonly ms: number;
  /** Null when it was not about a message. */
  readonly about: About | null;
}

/** One attempt to hand over an event. `number` is 0 for the first, then what x-slack-retry-num says. */
export interface Attempt {
  readonly event: OutgoingEvent;
  readonly number: number;
  readonly reason: string | null;
}

export interface DeliveryOptions {
  readonly settings: DeliverySettings;
  /** Waited before each further attempt, in milliseconds; as many attempts as entries. */
  readonly retrySchedule: readonly number[];
  readonly send: (attempt: Attempt) => Promise<Reception>;
  readonly record: (delivery: RecordedDelivery) => void;
  /** Told of each event once the app took it, or once it is not sent any more. */
  readonly settled: (event: OutgoingEvent, wasTaken: boolean) => void;
}

export interface Delivery {
  /** Queues an event; events of one channel go out one after the other. */
  enqueue(event: OutgoingEvent): void;
  /** Makes the waiting attempts now: the app can be reached again, or the pause is over. */
  wake(): void;
  close(): void;
}

/**
 * Delivers events as Slack does: an event that is not answered with 2xx in time is sent again by the schedule and then
 * lost. Slack's own schedule is at once, after a minute, after five. https://docs.slack.dev/apis/events-api#retries
 */
export function createDelivery({ settings, retrySchedule, send, record, settled }: DeliveryOptions): Delivery {
  const chains = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  const retries = createRetries({ schedule: retrySchedule, attempt, settled });
  let resume = Promise.withResolvers<void>();

  async function attempt(event: OutgoingEvent, number: number, reason: string | null): Promise<Reception> {
    const at = new Date();
    const reception = await send({ event, number, reason });
    record({
      kind: 'event',
      id: event.eventId,
      attempt: number + 1,
      status: reception.status,
      at,
      ms: Date.now() - at.getTime(),
      about: aboutOf(event.body),
    });
    return reception;
  }

  async function first(event: OutgoingEvent): Promise<void> {
    if (settings.delayMs > 0) await delay(settings.delayMs, undefined, { signal: stopping.signal });
    while (settings.paused && !stopping.signal.aborted) await resume.promise;
    if (stopping.signal.aborted) return;
    const copies = Array.from({ length: settings.copies - 1 }, (_, copy) => attempt(event, copy + 1, 'http_timeout'));
    const [reception] = await Promise.all([attempt(event, 0, null), ...copies]);
    if (reception !== undefined) retries.after(event, 1, reception);
  }

  function wake(): void {
    resume.resolve();
    resume = Promise.withResolvers<void>();
    retries.hurry();
  }

  return {
    wake,
    enqueue(event) {
      const before = chains.get(event.channel) ?? Promise.resolve();
      const after = before.then(() => first(event)).catch(complain);
      chains.set(event.channel, after);
      void after.then(() => {
        if (chains.get(event.channel) === after) chains.delete(event.channel);
      });
    },
    close() {
      stopping.abort();
      retries.close();
      resume.resolve();
    },
  };
}

/** Events that failed and wait for their next attempt. */
interface Retries {
  /** Plans attempt `number` after the one that was received so; does nothing when it was taken, or tries are used up. */
  after(event: OutgoingEvent, number: number, reception: Reception): void;
  hurry(): void;
  close(): void;
}

interface RetryOptions {
  readonly schedule: readonly number[];
  readonly attempt: (event: OutgoingEvent, number: number, reason: string | null) => Promise<Reception>;
  readonly settled: (event: OutgoingEvent, wasTaken: boolean) => void;
}

function createRetries({ schedule, attempt, settled }: RetryOptions): Retries {
  const waiting = new Map<NodeJS.Timeout, () => void>();
  let closed = false;

  function after(event: OutgoingEvent, number: number, reception: Reception): void {
    const waitMs = schedule[number - 1];
    if (reception.failure === null) return settled(event, true);
    if (closed) return;
    if (reception.noRetry || waitMs === undefined) return settled(event, false);
    const again = () => {
      clearTimeout(timer);
      waiting.delete(timer);
      attempt(event, number, reception.failure)
        .then((next) => after(event, number + 1, next))
        .catch(complain);
    };
    const timer = setTimeout(again, waitMs);
    waiting.set(timer, again);
  }

  return {
    after,
    hurry() {
      // a copy: an attempt that fails at once waits for its own time
      const due = Array.from(waiting.values());
      for (const again of due) again();
    },
    close() {
      closed = true;
      for (const timer of waiting.keys()) clearTimeout(timer);
      waiting.clear();
    },
  };
}

function complain(error: unknown): void {
  if (error instanceof Error && error.name === 'AbortError') return;
  console.error('sandbox slack: delivery failed', error);
}
