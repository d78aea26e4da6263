import { createFaults, type Fault } from '../../../sandbox/http.ts';
import { disturb, type FaultName, faultNames } from '../../../sandbox/page/faults.ts';

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
