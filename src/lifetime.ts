import { setTimeout as wait } from 'node:timers/promises';
import { RemoteError } from './errors.ts';
import type { Log } from './ports.ts';

export interface Lifetime {
  /** What is to be done before the process ends. Until this is called a signal ends it at once: nothing is in hand yet. */
  onStop(stop: () => Promise<void>): void;
  /** Tells the process that started this one over IPC, if one did. */
  tell(message: { listening: string }): void;
}

/**
 * Ends the program in order on SIGTERM, SIGINT, or when the process that started it over IPC is gone; call it first,
 * because that process may be gone before this one is up. A second signal ends it at once; what was in hand is then
 * taken up at the next start.
 */
export function watchLifetime(log: Log): Lifetime {
  let stop: (() => Promise<void>) | null = null;
  let stopping = false;
  const end = (signal: string) => {
    if (stopping || stop === null) process.exit(1);
    stopping = true;
    log.info('stopping', { signal });
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error('stop failed', { error });
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.on(signal, () => end(signal));
  return {
    onStop(work) {
      stop = work;
    },
    tell: (message) => void process.send?.(message),
  };
}

/** Seconds between two attempts: short, because nobody gets an answer meanwhile. */
const retryMs = 5000;

/** Repeats an attempt while the other side is out of reach. @throws whatever is not a passing failure. */
export async function keepTrying(task: { what: string; attempt: () => Promise<void>; log: Log }): Promise<void> {
  for (;;) {
    try {
      return await task.attempt();
    } catch (error) {
      const passing = error instanceof RemoteError && (error.kind === 'unavailable' || error.kind === 'rate-limited');
      if (!passing) throw error;
      task.log.warn('not reachable yet', { system: task.what, error: error.message });
      await wait(error.retryAfterMs ?? retryMs);
    }
  }
}

/** Runs at once and then again and again, whether the last run failed or not. */
export function repeat(task: { everyMs: number; run: () => Promise<void>; log: Log }): { stop(): void } {
  const run = () => void task.run().catch((error: unknown) => task.log.error('repeated task failed', { error }));
  run();
  const timer = setInterval(run, task.everyMs);
  return { stop: () => clearInterval(timer) };
}

/** Something that becomes true once. */
export function createFlag(): { value(): boolean; raise(): void } {
  let raised = false;
  return {
    value: () => raised,
    raise: () => {
      raised = true;
    },
  };
}
