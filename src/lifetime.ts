import { setTimeout as wait } from 'node:timers/promises';
import { RemoteError } from './errors.ts';
import type { Log } from './ports.ts';

/**
 * Stops the program once, on SIGTERM, SIGINT, or when the process that started it over IPC is gone.
 * A second signal ends it at once; what was in hand is then taken up at the next start.
 */
export function stopOnSignal(log: Log, stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (signal: string) => {
    if (stopping) process.exit(1);
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
  process.on('SIGTERM', () => onSignal('SIGTERM'));
  process.on('SIGINT', () => onSignal('SIGINT'));
  process.on('disconnect', () => onSignal('disconnect'));
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
