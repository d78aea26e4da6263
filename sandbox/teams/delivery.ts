import { setTimeout as delay } from 'node:timers/promises';
import type { Reception } from './app-link.ts';
import type { Json, TeamsDelivery } from './contract.ts';

/** An activity that the app has not taken yet. */
export interface Outgoing {
  /** Of one chat, first attempts go out one after the other. */
  readonly chat: string;
  /** The message that it is about; null: none. */
  readonly about: string | null;
  readonly activity: Json;
}

export interface DeliveryOptions {
  readonly settings: TeamsDelivery;
  /** Waited before each further attempt, in milliseconds; as many attempts as entries. */
  readonly retrySchedule: readonly number[];
  readonly isConnected: () => boolean;
  readonly send: (activity: Json, attempt: number) => Promise<Reception>;
  /** Told whenever what is undelivered has changed. */
  readonly touch: () => void;
  readonly givenUp: (outgoing: Outgoing) => void;
}

export interface Delivery {
  enqueue(outgoing: Outgoing): void;
  /** The app can be reached again, or the pause is over: what waits goes out now. */
  wake(): void;
  undelivered(): readonly Outgoing[];
  close(): void;
}

/**
 * Delivers activities. One that is not answered in fifteen seconds, or with a fault of the server's, comes again, the
 * same to the letter. How often Teams does so is not documented.
 * https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
 */
export function createDelivery(options: DeliveryOptions): Delivery {
  const { settings } = options;
  const chains = new Map<string, Promise<void>>();
  const waiting = new Set<Outgoing>();
  const stopping = new AbortController();
  let resume = Promise.withResolvers<void>();

  async function whenOpen(): Promise<void> {
    while ((settings.paused || !options.isConnected()) && !stopping.signal.aborted) await resume.promise;
  }
  function settle(outgoing: Outgoing, wasTaken: boolean): void {
    if (!waiting.delete(outgoing)) return;
    if (!wasTaken) options.givenUp(outgoing);
    options.touch();
  }
  const retries = createRetries({ ...options, whenOpen, settle, isStopped: () => stopping.signal.aborted });

  async function first(outgoing: Outgoing): Promise<void> {
    if (settings.delayMs > 0) await delay(settings.delayMs, undefined, { signal: stopping.signal });
    await whenOpen();
    if (stopping.signal.aborted) return;
    const attempts = Array.from({ length: Math.max(1, settings.copies) }, () => options.send(outgoing.activity, 1));
    const [reception] = await Promise.all(attempts);
    if (reception !== undefined) retries.after(outgoing, 1, reception);
  }

  return {
    undelivered: () => Array.from(waiting),
    enqueue(outgoing) {
      waiting.add(outgoing);
      options.touch();
      const before = chains.get(outgoing.chat) ?? Promise.resolve();
      const after = before.then(() => first(outgoing)).catch(complain);
      chains.set(outgoing.chat, after);
      void after.then(() => {
        if (chains.get(outgoing.chat) === after) chains.delete(outgoing.chat);
      });
    },
    wake() {
      resume.resolve();
      resume = Promise.withResolvers<void>();
      retries.hurry();
    },
    close() {
      stopping.abort();
      resume.resolve();
      retries.close();
    },
  };
}

interface RetryOptions extends Pick<DeliveryOptions, 'retrySchedule' | 'send'> {
  readonly whenOpen: () => Promise<void>;
  readonly settle: (outgoing: Outgoing, wasTaken: boolean) => void;
  readonly isStopped: () => boolean;
}

function createRetries({ retrySchedule, send, whenOpen, settle, isStopped }: RetryOptions) {
  const timers = new Map<NodeJS.Timeout, () => void>();

  function after(outgoing: Outgoing, attempts: number, { status }: Reception): void {
    const waitMs = retrySchedule[attempts - 1];
    if (isTaken(status)) return settle(outgoing, true);
    // what was not taken when the server stops is delivered after its next start
    if (isStopped()) return;
    if (waitMs === undefined || !mayComeAgain(status)) return settle(outgoing, false);
    const again = (used: number) => {
      clearTimeout(timer);
      timers.delete(timer);
      attempt(outgoing, used).catch(complain);
    };
    const timer = setTimeout(() => again(attempts + 1), waitMs);
    // who is hurried has not used up an attempt: the app may be up and down many times
    timers.set(timer, () => again(attempts));
  }

  async function attempt(outgoing: Outgoing, number: number): Promise<void> {
    await whenOpen();
    if (!isStopped()) after(outgoing, number, await send(outgoing.activity, number));
  }

  return {
    after,
    hurry() {
      // a copy: an attempt that fails at once waits for its own time
      for (const again of Array.from(timers.values())) again();
    },
    close() {
      for (const timer of timers.keys()) clearTimeout(timer);
      timers.clear();
    },
  };
}

function isTaken(status: number | null): boolean {
  return status !== null && status >= 200 && status < 300;
}

/** A refusal (401, 403, 400) is one: it would be the same again. */
function mayComeAgain(status: number | null): boolean {
  return status === null || status >= 500 || status === 408 || status === 429;
}

function complain(error: unknown): void {
  if (error instanceof Error && error.name === 'AbortError') return;
  console.error('sandbox teams: delivery failed', error);
}
