import { setTimeout as wait } from 'node:timers/promises';
import { RemoteError } from '#errors.ts';
import type { Clock } from '#ports.ts';

/** Waits that vendors asked for. `whom`: whatever calls the same vendor, a kind of job or a source. */
export interface Pauses {
  /** Returns when no wait that the vendor asked for is left. */
  waitOut(whom: string): Promise<void>;
  note(whom: string, error: unknown): void;
}

/** A vendor that asks for more is tried again all the same: a wrong header must not stop the helpdesk for a day. */
const longestPauseMs = 5 * 60_000;

/**
 * A vendor's Retry-After holds for all jobs that call it, not only for the one that was refused. pg-boss's
 * back-off knows nothing of it: without this, every waiting job would knock in the meantime, and use up its tries.
 */
export function createPauses(clock: Clock): Pauses {
  const until = new Map<string, number>();
  return {
    async waitOut(whom) {
      const leftMs = (until.get(whom) ?? 0) - clock().getTime();
      if (leftMs > 0) await wait(leftMs);
    },
    note(whom, error) {
      if (!(error instanceof RemoteError) || error.kind !== 'rate-limited' || error.retryAfterMs === null) return;
      until.set(whom, clock().getTime() + Math.min(error.retryAfterMs, longestPauseMs));
    },
  };
}
