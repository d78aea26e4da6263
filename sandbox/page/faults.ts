import type { Fault, Faults } from '../http.ts';

/**
 * How a vendor misbehaves, in the words of the page.
 *
 * - `slow`: answers three seconds late; Slack also delivers its events that late;
 * - `rate-limited`: refuses every request with 429 and asks to come back in five seconds;
 * - `down`: refuses every request with 503; Slack's events wait until it is back;
 * - `deaf`: does what it is asked, then drops the connection, so that the caller cannot know.
 */
export const faultNames = ['none', 'slow', 'rate-limited', 'down', 'deaf'] as const;
export type FaultName = (typeof faultNames)[number];

const lateMs = 3000;
const retryAfterSeconds = 5;

const always = { match: '', times: Number.POSITIVE_INFINITY };

const faults: Readonly<Record<FaultName, Fault | null>> = {
  none: null,
  slow: { ...always, kind: 'slow', delayMs: lateMs },
  'rate-limited': { ...always, kind: 'rate-limit', retryAfterSeconds },
  down: { ...always, kind: 'status', status: 503 },
  deaf: { ...always, kind: 'drop-after' },
};

/** A vendor that can be disturbed; `delivery` is how Slack sends its events. */
export interface Disturbed {
  readonly faults: Pick<Faults, 'set' | 'clear'>;
  readonly delivery?: { paused: boolean; delayMs: number };
}

/** Puts this fault in the place of whatever was in force; it stays until another one is put in its place. */
export function disturb({ faults: inForce, delivery }: Disturbed, name: FaultName): void {
  const fault = faults[name];
  inForce.clear();
  if (fault !== null) inForce.set(fault);
  if (delivery === undefined) return;
  delivery.delayMs = name === 'slow' ? lateMs : 0;
  // what has waited goes out at once when the pause ends
  delivery.paused = name === 'down';
}
