import { z } from 'zod';
import type { Log } from '#ports.ts';
import type { Ids } from './hands.ts';

/** What is read; null when its shape is not known: delivered again, it would not become known. */
export function known<T>(read: () => T, ids: Ids, log: Log): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    log.error('teams: unknown shape', {
      ...ids,
      at: error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`),
    });
    return null;
  }
}
