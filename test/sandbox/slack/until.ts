import { setTimeout as delay } from 'node:timers/promises';

/** Waits until the check gives something other than null, undefined or false, and returns it; fails after ten seconds. */
export async function until<T>(check: () => T | null | undefined | false): Promise<T> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const found = check();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`not within ten seconds: ${check.toString()}`);
    await delay(5);
  }
}
