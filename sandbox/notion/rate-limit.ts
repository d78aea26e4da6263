import type { Answer } from '../http.ts';
import type { Settings } from './api.ts';
import { errorBody } from './refusal.ts';

/** Counts requests while a limit is set. @returns null for one that is within it, else what it is answered with. */
export function createRateLimit(settings: Settings): () => Answer | null {
  let windowStart = Number.NEGATIVE_INFINITY;
  let count = 0;
  return () => {
    const limit = settings.rateLimit;
    if (limit === null) return null;
    const now = performance.now();
    if (now - windowStart >= limit.windowMs) {
      windowStart = now;
      count = 0;
    }
    count += 1;
    if (count <= limit.requests) return null;
    const status = limit.status ?? 429;
    // whole seconds, as Notion says it: https://developers.notion.com/reference/request-limits
    const seconds = Math.max(1, Math.ceil((windowStart + limit.windowMs - now) / 1000));
    const data = status === 429 ? { data: { rate_limit_reason: 'connection' } } : {};
    return { status, headers: { 'retry-after': String(seconds) }, body: errorBody(status, data) };
  };
}
