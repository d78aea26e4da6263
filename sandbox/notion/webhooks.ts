import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { WebhookEvent } from './events.ts';
import { newId } from './ids.ts';
import type { Store, Subscription } from './store.ts';

/** One attempt to deliver an event. `status` is null when nothing answered. */
export interface Delivery {
  readonly eventId: string;
  readonly type: string;
  readonly entityId: string;
  readonly attempt: number;
  readonly status: number | null;
}

/** How the next events are treated. */
export interface WebhookControls {
  /** The next events never arrive. */
  dropNext(count: number): void;
  /** The next events arrive twice. */
  duplicateNext(count: number): void;
  /** Events wait until they are released. */
  hold(): void;
  release(order?: 'in-order' | 'reversed'): void;
  /** Settled once nothing is under way, tries that are still to come included. */
  settled(): Promise<void>;
  /** The last thousand attempts, in order. */
  readonly deliveries: readonly Delivery[];
}

export interface Webhooks extends WebhookControls {
  /**
   * Sends the verification token to the address, events after that. The same address keeps its token.
   *
   * @param knownToken what the address verifies with already: nothing is sent then.
   * @throws Error when the address does not take the token.
   */
  subscribe(url: string, knownToken?: string): Promise<Subscription>;
  unsubscribe(url?: string): void;
  send(event: WebhookEvent): void;
  close(): void;
}

/** https://developers.notion.com/reference/webhooks-events-delivery: attempt_number is 1 to 8. */
const maxAttempts = 8;
const timeoutMs = 5_000;
const maxDeliveries = 1000;

interface Transport {
  /** @returns the status, null when nothing answered. */
  post(to: Subscription, body: string, signed: boolean): Promise<number | null>;
  wait(ms: number): Promise<boolean>;
  close(): void;
}

/** @param retryMs waited after the first failure; doubled after each. */
export function createWebhooks(store: Store, retryMs: number): Webhooks {
  const transport = createTransport();
  const { deliveries, dispatch, next, settled } = createDispatch({ store, retryMs, transport });
  let held: WebhookEvent[] | null = null;
  return {
    deliveries,
    dropNext: (count) => void (next.drop = count),
    duplicateNext: (count) => void (next.duplicate = count),
    hold: () => void (held ??= []),
    release(order = 'in-order') {
      const waiting = held ?? [];
      held = null;
      for (const event of order === 'reversed' ? waiting.toReversed() : waiting) dispatch(event);
    },
    settled,
    subscribe: (url, knownToken) => subscribe({ url, knownToken }, store, transport),
    unsubscribe: (url) =>
      store.setSubscriptions(url === undefined ? [] : store.subscriptions().filter((one) => one.url !== url)),
    send(event) {
      if (held === null) dispatch(event);
      else held.push(event);
    },
    close: () => transport.close(),
  };
}

interface DispatchOptions {
  readonly store: Store;
  readonly retryMs: number;
  readonly transport: Transport;
}

/** Sends events to whoever is subscribed, each until it is taken or all attempts are used up. */
function createDispatch({ store, retryMs, transport }: DispatchOptions) {
  const deliveries: Delivery[] = [];
  const underWay = new Set<Promise<void>>();
  const next = { drop: 0, duplicate: 0 };

  async function deliver(event: WebhookEvent, to: Subscription): Promise<void> {
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
      const body = JSON.stringify({ ...event, subscription_id: to.id, attempt_number: attempt });
      const status = await transport.post(to, body, true);
      const entityId = (event['entity'] as { id: string }).id;
      deliveries.push({ eventId: event.id, type: event.type, entityId, attempt, status });
      if (deliveries.length > maxDeliveries) deliveries.shift();
      const isDone = status !== null && status >= 200 && status < 300;
      if (isDone || !(await transport.wait(retryMs * 2 ** (attempt - 1)))) return;
      if (!store.subscriptions().some(({ id }) => id === to.id)) return;
    }
  }
  function dispatch(event: WebhookEvent): void {
    if (next.drop > 0) {
      next.drop -= 1;
      return;
    }
    const times = next.duplicate > 0 ? 2 : 1;
    next.duplicate = Math.max(0, next.duplicate - 1);
    for (const to of store.subscriptions())
      for (let time = 0; time < times; time += 1) {
        const delivery = deliver(event, to).finally(() => underWay.delete(delivery));
        underWay.add(delivery);
      }
  }

  async function settled(): Promise<void> {
    while (underWay.size > 0) await Promise.all(underWay);
  }
  return { deliveries, dispatch, next, settled };
}

async function subscribe(
  { url, knownToken }: { url: string; knownToken: string | undefined },
  store: Store,
  transport: Transport,
): Promise<Subscription> {
  const before = store.subscriptions().find((one) => one.url === url);
  const fresh = () => `secret_${randomBytes(24).toString('base64url')}`;
  const verificationToken = knownToken ?? before?.verificationToken ?? fresh();
  const subscription = { id: before?.id ?? newId(), url, verificationToken };
  if (knownToken === undefined) {
    const status = await transport.post(subscription, JSON.stringify({ verification_token: verificationToken }), false);
    if (status === null || status >= 300) throw new Error(`${url} did not take the verification token (${status})`);
  }
  store.setSubscriptions([...store.subscriptions().filter((one) => one.url !== url), subscription]);
  return subscription;
}

function createTransport(): Transport {
  const closing = new AbortController();
  return {
    async post(to, body, signed) {
      const headers = { 'content-type': 'application/json', ...(signed ? signatureOf(to, body) : {}) };
      const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(timeoutMs)]);
      try {
        const response = await fetch(to.url, { method: 'POST', headers, body, signal, redirect: 'error' });
        await response.arrayBuffer();
        return response.status;
      } catch {
        return null; // nobody there, or too slow
      }
    },
    wait: (ms) => delay(ms, true, { signal: closing.signal, ref: false }).catch(() => false),
    close: () => closing.abort(),
  };
}

/** https://developers.notion.com/reference/webhooks#step-3-validating-event-payloads-recommended */
function signatureOf({ verificationToken }: Subscription, body: string): Record<string, string> {
  const mac = createHmac('sha256', verificationToken).update(body).digest('hex');
  return { 'x-notion-signature': `sha256=${mac}` };
}
