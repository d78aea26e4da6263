/** Posts that one channel takes. Slack takes one a second, with short bursts. https://docs.slack.dev/apis/web-api/rate-limits */
export interface RateLimit {
  readonly perSecond: number;
  /** Posts that may come at once after a pause. */
  readonly burst: number;
}

/**
 * Counts posts for each channel.
 *
 * @returns a function that takes one post when it may be made and returns 0, or else returns the whole seconds to
 * wait, as Retry-After says them.
 */
export function createPacing(limit: RateLimit | null, now: () => number): (channelId: string) => number {
  const channels = new Map<string, { tokens: number; atMs: number }>();
  return (channelId) => {
    if (limit === null) return 0;
    const before = channels.get(channelId) ?? { tokens: limit.burst, atMs: now() };
    const gained = ((now() - before.atMs) / 1000) * limit.perSecond;
    const tokens = Math.min(limit.burst, before.tokens + gained);
    const wait = tokens >= 1 ? 0 : Math.max(1, Math.ceil((1 - tokens) / limit.perSecond));
    channels.set(channelId, { tokens: wait === 0 ? tokens - 1 : tokens, atMs: now() });
    return wait;
  };
}
