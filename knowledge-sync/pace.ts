import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import { RemoteError } from '#errors.ts';
import type { Log } from '#ports.ts';

export interface PaceOptions {
  /** Requests under way at the same time. */
  readonly concurrency: number;
  /** Requests begun in any second; null: as many as come. */
  readonly perSecond: number | null;
  readonly log: Log;
  /** Tries of one request, the first included: 6 when not given. */
  readonly tries?: number;
  /** `setTimeout` when not given. */
  readonly wait?: (ms: number) => Promise<void>;
}

/** How requests to one source are made: not too many, and again when the source asks for patience. */
export interface Pace {
  /**
   * Makes the request when its turn has come, and again while the source is busy or out of reach. What it is then
   * thrown last is thrown on.
   *
   * @param onRetry told before each further try, so that the next can ask for less.
   */
  run<T>(request: () => Promise<T>, onRetry?: (error: RemoteError) => void): Promise<T>;
}

const urgency = new AsyncLocalStorage<boolean>();

/**
 * All requests that the work makes go before those of a sync. Somebody waits for an answer, and a sync of some hours has
 * always more requests ready. It is a context rather than an argument, so that no source has to hand it through.
 */
export function urgently<T>(work: () => Promise<T>): Promise<T> {
  return urgency.run(true, work);
}

/** Doubled with each try: half a minute in all, as long as a short hiccup takes. The queue tries again after that. */
const firstWaitMs = 1_000;
/** A source that asks for more is not waited for: the sync is broken off, and goes on where it was. */
const longestWaitMs = 90_000;

/**
 * The one place where requests to sources wait and are repeated. Retry-After holds back every request of the source,
 * not only the one that was refused: the others would be refused as well.
 */
export function createPace(options: PaceOptions): Pace {
  const { concurrency, perSecond, log, tries = 6, wait = (ms) => sleep(ms) } = options;
  const queue = new PQueue({
    concurrency,
    ...(perSecond === null ? {} : { interval: 1_000, intervalCap: perSecond, carryoverIntervalCount: true }),
  });
  let heldBack: Promise<void> | null = null;

  function holdBack(ms: number): Promise<void> {
    heldBack ??= wait(ms).finally(() => {
      heldBack = null;
    });
    return heldBack;
  }

  async function attempt<T>(request: () => Promise<T>): Promise<T> {
    while (heldBack !== null) await heldBack;
    return request();
  }

  return {
    async run(request, onRetry) {
      for (let tried = 1; ; tried += 1) {
        try {
          return await queue.add(() => attempt(request), { priority: urgency.getStore() === true ? 1 : 0 });
        } catch (error) {
          const waitMs = waitAfter(error, tried);
          if (!(error instanceof RemoteError) || waitMs === null || tried >= tries) throw error;
          log.debug('request to a source is repeated', { system: error.system, kind: error.kind, waitMs, tried });
          onRetry?.(error);
          await (error.retryAfterMs === null ? wait(waitMs) : holdBack(waitMs));
        }
      }
    },
  };
}

/** Null: waiting would not help. */
function waitAfter(error: unknown, tried: number): number | null {
  if (!(error instanceof RemoteError)) return null;
  if (error.kind !== 'rate-limited' && error.kind !== 'unavailable') return null;
  const waitMs = error.retryAfterMs ?? firstWaitMs * 2 ** (tried - 1);
  return waitMs > longestWaitMs ? null : waitMs;
}
