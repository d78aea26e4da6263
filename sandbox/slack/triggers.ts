import { ApiError } from './api-error.ts';
import { newSecret } from './signing.ts';

/** A trigger can open a view for this long, once. https://docs.slack.dev/interactivity/handling-user-interaction */
const lifetimeMs = 3000;
/** Kept on for this long, so that a late one is told from a false one. */
const keptMs = 60_000;

export interface Triggers {
  /** A trigger for what this person just did. */
  create(userId: string): string;
  /** Whose it is. @throws ApiError `invalid_trigger_id`, `exchanged_trigger_id`, `expired_trigger_id`. */
  exchange(triggerId: string): string;
}

/** @param now epoch milliseconds. */
export function createTriggers(now: () => number): Triggers {
  const given = new Map<string, { userId: string; atMs: number; used: boolean }>();
  return {
    create(userId) {
      for (const [old, { atMs }] of given) if (now() - atMs > keptMs) given.delete(old);
      const triggerId = `${now()}.${given.size}.${newSecret(16)}`;
      given.set(triggerId, { userId, atMs: now(), used: false });
      return triggerId;
    },
    exchange(triggerId) {
      const trigger = given.get(triggerId);
      if (trigger === undefined) throw new ApiError('invalid_trigger_id');
      if (trigger.used) throw new ApiError('exchanged_trigger_id');
      if (now() - trigger.atMs > lifetimeMs) throw new ApiError('expired_trigger_id');
      trigger.used = true;
      return trigger.userId;
    },
  };
}
