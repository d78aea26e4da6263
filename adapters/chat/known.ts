import { z } from 'zod';
import type { Ids, Source } from './hands.ts';

/** What is read; null when its shape is not known: delivered again, it would not become known. */
export function known<T>(read: () => T, ids: Ids, { platform, log }: Source): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    log.error(`${platform.toLowerCase()}: unknown shape`, {
      ...ids,
      at: error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`),
    });
    return null;
  }
}
