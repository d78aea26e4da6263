import { createFaults, type Fault } from '../../../sandbox/http.ts';
import {
  countWebhooks,
  disturb,
  type FaultName,
  faultNames,
  sendWebhooks,
  type WebhookMode,
} from '../../../sandbox/page/faults.ts';

const always = { match: '', times: Number.POSITIVE_INFINITY };

test.each<[FaultName, Fault | null, { paused: boolean; delayMs: number }]>([
  ['none', null, { paused: false, delayMs: 0 }],
  ['slow', { ...always, kind: 'slow', delayMs: 3000 }, { paused: false, delayMs: 3000 }],
  ['rate-limited', { ...always, kind: 'rate-limit', retryAfterSeconds: 5 }, { paused: false, delayMs: 0 }],
  ['down', { ...always, kind: 'status', status: 503 }, { paused: true, delayMs: 0 }],
  ['deaf', { ...always, kind: 'drop-after' }, { paused: false, delayMs: 0 }],
])('%s holds for every request and for the events', (name, fault, delivery) => {
  const vendor = { faults: createFaults(), delivery: { paused: false, delayMs: 0 } };
  disturb(vendor, name);
  expect([vendor.faults.next('/api/chat.postMessage'), vendor.faults.next('/'), vendor.delivery]).toEqual([
    fault,
    fault,
    delivery,
  ]);
});

test.each(faultNames)('after %s everything can be put back to normal', (name) => {
  const vendor = { faults: createFaults(), delivery: { paused: false, delayMs: 0 } };
  disturb(vendor, name);
  disturb(vendor, 'none');
  expect([vendor.faults.next('/'), vendor.delivery]).toEqual([null, { paused: false, delayMs: 0 }]);
});

const calm = { paused: false, delayMs: 0, drop: false, twice: false, shuffle: false };

test.each<[WebhookMode, FaultName, object]>([
  ['once', 'none', {}],
  ['twice', 'none', { twice: true }],
  ['late', 'none', { delayMs: 8000 }],
  ['shuffled', 'none', { delayMs: 8000, twice: true, shuffle: true }],
  ['dropped', 'none', { drop: true }],
  ['once', 'slow', { delayMs: 3000 }],
  ['late', 'slow', { delayMs: 8000 }],
  ['twice', 'down', { twice: true, paused: true }],
])('webhooks are sent %s while Jira is %s', (mode, fault, expected) => {
  const vendor = { faults: createFaults(), delivery: { ...calm } };
  disturb(vendor, fault);
  sendWebhooks(vendor.delivery, mode, fault);
  expect(vendor.delivery).toEqual({ ...calm, ...expected });
  disturb(vendor, 'none');
  sendWebhooks(vendor.delivery, 'once', 'none');
  expect(vendor.delivery).toEqual(calm);
});

test('each try to send a webhook is taken, dropped or failed', () => {
  const outcomes = [200, 204, 503, 401, 302, 'no answer', 'dropped', 'dropped'] as const;
  expect(countWebhooks(outcomes.map((outcome) => ({ outcome })))).toEqual({ sent: 2, dropped: 2, failed: 4 });
  expect(countWebhooks([])).toEqual({ sent: 0, dropped: 0, failed: 0 });
});
