import type { Fault, Faults } from '../http.ts';
import type { PageWebhooks } from './jira-parts.ts';

/**
 * How a vendor misbehaves, in the words of the page.
 *
 * - `slow`: answers three seconds late; Slack and Jira also deliver their events that late;
 * - `rate-limited`: refuses every request with 429 and asks to come back in five seconds;
 * - `down`: refuses every request with 503; events of Slack and Jira wait until it is back;
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

/** A vendor that can be disturbed; `delivery` is how it sends its events. */
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

/**
 * How Jira sends its webhooks, in the words of the page.
 *
 * - `once`: each once, at once;
 * - `twice`: each twice, as the same delivery;
 * - `late`: each eight seconds after what it tells of;
 * - `shuffled`: late, twice, and in any order;
 * - `dropped`: none.
 */
export const webhookModes = ['once', 'twice', 'late', 'shuffled', 'dropped'] as const;
export type WebhookMode = (typeof webhookModes)[number];

const webhookLateMs = 8000;

/** To be called after `disturb`, which knows nothing of the webhooks' own delay: the longer one counts. */
export function sendWebhooks(delivery: PageWebhooks['delivery'], mode: WebhookMode, fault: FaultName): void {
  const isLate = mode === 'late' || mode === 'shuffled';
  delivery.drop = mode === 'dropped';
  delivery.twice = mode === 'twice' || mode === 'shuffled';
  delivery.shuffle = mode === 'shuffled';
  delivery.delayMs = Math.max(isLate ? webhookLateMs : 0, fault === 'slow' ? lateMs : 0);
}

/** What became of the last thousand tries to send a webhook. */
export function countWebhooks(tries: PageWebhooks['webhooks']): { sent: number; dropped: number; failed: number } {
  const dropped = tries.filter(({ outcome }) => outcome === 'dropped').length;
  const isTaken = (outcome: unknown) => typeof outcome === 'number' && outcome >= 200 && outcome < 300;
  const sent = tries.filter(({ outcome }) => isTaken(outcome)).length;
  return { sent, dropped, failed: tries.length - sent - dropped };
}
