import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { RecordedWebhook, WebhookControls, WebhookDelivery } from './contract.ts';
import type { WebhookEvent } from './webhook-events.ts';

export interface Webhooks extends WebhookControls {
  /** `events` is asked only when there is somebody to tell. */
  send(events: () => readonly WebhookEvent[]): void;
  close(): void;
}

interface WebhookOptions {
  /** Milliseconds before each further try. */
  readonly retrySchedule?: readonly number[] | undefined;
  readonly timeoutMs?: number | undefined;
  readonly random?: (() => number) | undefined;
}

/** https://developer.atlassian.com/cloud/jira/platform/webhooks/#retry-policy, with less waiting for people. */
const defaultSchedule: readonly number[] = [1_000, 5_000, 15_000, 60_000, 300_000];
const maxRetries = 5;
const retriedStatuses: readonly number[] = [408, 409, 425, 429];
const maxRecorded = 1000;

/** One delivery that is still to be made. */
interface Waiting {
  readonly identifier: string;
  readonly event: WebhookEvent;
  readonly body: string;
  readonly retry: number;
  /** Not sent before this time. */
  readonly dueMs: number;
}

interface Receiver {
  readonly url: string;
  readonly secret: string | null;
}

/** Sends webhooks one after the other: each when the one before it has been answered. */
export function createWebhooks(options: WebhookOptions): Webhooks {
  const schedule = (options.retrySchedule ?? defaultSchedule).slice(0, maxRetries);
  const { recorded, record } = createRecord();
  const closing = new AbortController();
  let receiver: Receiver | null = null;

  const delivery = deliveryOf(() => queue.start());
  const queue = createQueue({ delivery, random: options.random ?? Math.random, closing: closing.signal, attempt });

  /** What is to be tried once more, or null. */
  async function attempt(one: Waiting): Promise<Waiting | null> {
    const to = receiver;
    if (to === null) return null;
    const timeout = AbortSignal.timeout(options.timeoutMs ?? 20_000);
    const status = await post(one, to, AbortSignal.any([closing.signal, timeout]));
    record(one, status ?? 'no answer');
    const waitMs = schedule[one.retry];
    const isRetried = status === null || status >= 500 || retriedStatuses.includes(status);
    if (!isRetried || waitMs === undefined || receiver !== to) return null;
    return { ...one, retry: one.retry + 1, dueMs: Date.now() + waitMs };
  }

  return {
    delivery,
    webhooks: recorded,
    connectWebhook(url, secret) {
      receiver = url === null ? null : { url, secret };
      queue.forget();
    },
    send(events) {
      if (receiver === null) return;
      for (const event of events()) {
        const body = JSON.stringify(event.payload);
        const one = { identifier: randomUUID(), event, body, retry: 0, dueMs: Date.now() + delivery.delayMs };
        if (delivery.drop) record(one, 'dropped');
        else queue.add(delivery.twice ? [one, { ...one }] : [one]);
      }
    },
    webhooksSettled: () => queue.settled(),
    close: () => closing.abort(),
  };
}

interface QueueOptions {
  readonly delivery: Readonly<WebhookDelivery>;
  readonly random: () => number;
  readonly closing: AbortSignal;
  /** @returns what is to wait for another try, or null. */
  readonly attempt: (one: Waiting) => Promise<Waiting | null>;
}

/** Those that wait, tried one after the other as soon as they are due. */
function createQueue({ delivery, random, closing, attempt }: QueueOptions) {
  let waiting: Waiting[] = [];
  let running: Promise<void> | null = null;

  const isWorkLeft = () => waiting.length > 0 && !delivery.paused && !closing.aborted;

  function start(): void {
    running ??= run().finally(() => {
      running = null;
      // what came in between the last look and now
      if (isWorkLeft()) start();
    });
  }

  async function run(): Promise<void> {
    while (isWorkLeft()) {
      const due = waiting.filter(({ dueMs }) => dueMs <= Date.now());
      const next = due[delivery.shuffle ? Math.floor(random() * due.length) : 0];
      if (next === undefined) {
        // looks again soon: what waits may be forgotten, or others may come in that are due before
        await delay(10, undefined, { signal: closing, ref: false }).catch(() => undefined);
        continue;
      }
      waiting = waiting.filter((one) => one !== next);
      const again = await attempt(next);
      if (again !== null) waiting.push(again);
    }
  }

  return {
    start,
    add(some: readonly Waiting[]) {
      waiting.push(...some);
      start();
    },
    forget: () => void (waiting = []),
    async settled() {
      while (running !== null) await running;
    },
  };
}

function createRecord() {
  const recorded: RecordedWebhook[] = [];
  return {
    recorded,
    record: ({ event, identifier, retry }: Waiting, outcome: RecordedWebhook['outcome']): void => {
      const at = new Date().toISOString();
      recorded.push({ event: event.event, issueKey: event.issueKey, identifier, retry, outcome, at });
      if (recorded.length > maxRecorded) recorded.shift();
    },
  };
}

/** What is waiting goes out once it is no longer paused. */
function deliveryOf(unpaused: () => void): WebhookDelivery {
  let isPaused = false;
  return {
    get paused() {
      return isPaused;
    },
    set paused(paused) {
      isPaused = paused;
      if (!paused) unpaused();
    },
    delayMs: 0,
    drop: false,
    twice: false,
    shuffle: false,
  };
}

/** @returns the status, null when nothing answered in time. */
async function post(one: Waiting, { url, secret }: Receiver, signal: AbortSignal): Promise<number | null> {
  const headers = {
    'content-type': 'application/json; charset=UTF-8',
    'user-agent': 'Atlassian Webhook HTTP Client',
    'x-atlassian-webhook-identifier': one.identifier,
    'x-atlassian-webhook-flow': one.event.event.startsWith('attachment') ? 'Secondary' : 'Primary',
    ...(one.retry === 0 ? {} : { 'x-atlassian-webhook-retry': String(one.retry) }),
    ...(secret === null ? {} : { 'x-hub-signature': signatureOf(one.body, secret) }),
  };
  try {
    const response = await fetch(url, { method: 'POST', headers, body: one.body, signal, redirect: 'manual' });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null; // nobody there, or too slow
  }
}

/** https://developer.atlassian.com/cloud/jira/platform/webhooks/#secure-admin-webhooks */
function signatureOf(body: string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}
