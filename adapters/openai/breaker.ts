import { RemoteError } from '#errors.ts';
import type { Clock } from '#ports.ts';
import { failure, isOutage } from './remote-error.ts';

/** So many in a row, within this time, and nobody is made to wait for the next. */
const FAILURES = 3;
const WITHIN_MS = 60_000;
/** Then one call is let through, to see. */
const OPEN_MS = 20_000;
/** A server that asks for more is tried again all the same: a wrong header must not end the answers for a day. */
const LONGEST_PAUSE_MS = 5 * 60_000;

/** Makes calls while there is hope; else they fail at once, so that nobody waits for a server that is known to be down. */
export interface Breaker {
  /** @throws RemoteError `rate-limited`, with the time that is left, when the call was not made: it has cost nothing. */
  readonly run: <T>(call: () => Promise<T>) => Promise<T>;
}

export function createBreaker(clock: Clock): Breaker {
  let failedAt: readonly number[] = [];
  /** As the server has asked for. */
  let pausedUntil = 0;
  /** As its failures tell. */
  let openUntil = 0;
  /** After an outage one call at a time, until one comes through. */
  let isDoubtful = false;
  let isTrying = false;

  function enter(): void {
    const leftMs = Math.max(pausedUntil, openUntil) - clock().getTime();
    if (leftMs > 0) throw failure('rate-limited', 'not asked: it is left alone for a while', { retryAfterMs: leftMs });
    if (isDoubtful && isTrying)
      throw failure('rate-limited', 'not asked: another call tries it', { retryAfterMs: 1000 });
    isTrying = isDoubtful;
  }

  function noteFailure(error: unknown): void {
    const now = clock().getTime();
    if (error instanceof RemoteError && error.kind === 'rate-limited' && error.retryAfterMs !== null) {
      pausedUntil = Math.max(pausedUntil, now + Math.min(error.retryAfterMs, LONGEST_PAUSE_MS));
    }
    if (!isOutage(error)) return noteAnswer(error);
    failedAt = [...failedAt.filter((at) => now - at < WITHIN_MS), now].slice(-FAILURES);
    if (!isDoubtful && failedAt.length < FAILURES) return;
    isDoubtful = true;
    openUntil = now + OPEN_MS;
  }

  /** A refusal is an answer as well. That somebody has stopped waiting is none. */
  function noteAnswer(error: unknown = null): void {
    if (error instanceof RemoteError && error.kind === 'unavailable') return;
    failedAt = [];
    openUntil = 0;
    isDoubtful = false;
  }

  return {
    async run(call) {
      enter();
      const tries = isTrying;
      try {
        const result = await call();
        noteAnswer();
        return result;
      } catch (error) {
        noteFailure(error);
        throw error;
      } finally {
        if (tries) isTrying = false;
      }
    },
  };
}
