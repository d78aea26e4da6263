import { RemoteError, type RemoteErrorKind } from '#errors.ts';
import { createPace, urgently } from '../../knowledge-sync/pace.ts';
import { pagesOf } from '../../knowledge-sync/pages.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };

function failure(kind: RemoteErrorKind, retryAfterMs: number | null = null): RemoteError {
  return new RemoteError('wiki', kind, { message: 'no', retryAfterMs });
}

/** A pace whose waits are noted and take no time. */
function setUp(options: { concurrency?: number; tries?: number } = {}) {
  const waits: number[] = [];
  const wait = async (ms: number) => void waits.push(ms);
  return { waits, pace: createPace({ concurrency: 1, perSecond: null, log, wait, ...options }) };
}

/** Fails with each of the failures in turn, then answers. */
function flaky(...failures: readonly Error[]) {
  const left = [...failures];
  const asked = { times: 0 };
  const request = async () => {
    asked.times += 1;
    const next = left.shift();
    if (next !== undefined) throw next;
    return 'answer';
  };
  return { asked, request };
}

test.each([
  ['a source that is busy and says for how long', [failure('rate-limited', 7_000)], [7_000]],
  [
    'a source that is out of reach, with doubled waits',
    [failure('unavailable'), failure('unavailable')],
    [1_000, 2_000],
  ],
  ['a source that wants no wait', [failure('rate-limited', 0)], [0]],
])('%s is asked again', async (_, failures, expected) => {
  const { pace, waits } = setUp();
  const { request, asked } = flaky(...failures);
  expect(await pace.run(request)).toBe('answer');
  expect({ waits, times: asked.times }).toEqual({ waits: expected, times: failures.length + 1 });
});

test.each([
  ['refuses us', failure('unauthorized')],
  ['refuses the request', failure('rejected')],
  ['wants us to wait for an hour', failure('rate-limited', 3_600_000)],
])('a source that %s is not asked again', async (_, error) => {
  const { pace, waits } = setUp();
  const { request, asked } = flaky(error);
  await expect(pace.run(request)).rejects.toBe(error);
  expect({ waits, times: asked.times }).toEqual({ waits: [], times: 1 });
});

test('the tries are counted, and the last failure is thrown', async () => {
  const { pace } = setUp({ tries: 3 });
  const last = failure('unavailable');
  const { request, asked } = flaky(failure('unavailable'), failure('unavailable'), last, failure('rejected'));
  await expect(pace.run(request)).rejects.toBe(last);
  expect(asked.times).toBe(3);
});

test('a wait that the source asks for holds back every request, also one that has not begun', async () => {
  const { promise: waited, resolve: goOn } = Promise.withResolvers<void>();
  const { promise: waiting, resolve: nowWaiting } = Promise.withResolvers<void>();
  const wait = () => {
    nowWaiting();
    return waited;
  };
  const pace = createPace({ concurrency: 2, perSecond: null, log, wait });
  const refused = flaky(failure('rate-limited', 5_000));
  const other = flaky();
  const first = pace.run(refused.request);
  await waiting;
  const second = pace.run(other.request);
  await new Promise(setImmediate);
  expect(other.asked.times).toBe(0);
  goOn();
  expect(await Promise.all([first, second])).toEqual(['answer', 'answer']);
});

test('never more requests are under way than allowed', async () => {
  const { pace } = setUp({ concurrency: 3 });
  let underWay = 0;
  let most = 0;
  const request = async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise(setImmediate);
    underWay -= 1;
  };
  await Promise.all(Array.from({ length: 20 }, () => pace.run(request)));
  expect(most).toBe(3);
});

async function allOf<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

test('a request for somebody who waits goes before those of a sync', async () => {
  const { pace } = setUp();
  const begun: string[] = [];
  const request = (name: string) => async () => void begun.push(name);
  const all = ['sync 1', 'sync 2', 'sync 3'].map((name) => pace.run(request(name)));
  all.push(urgently(() => pace.run(request('check'))));
  await Promise.all(all);
  expect(begun).toEqual(['sync 1', 'check', 'sync 2', 'sync 3']);
});

describe('a listing in pages', () => {
  const all = Array.from({ length: 10 }, (_, index) => index);

  /** Pages of all numbers; fails whenever more than `most` are asked for. */
  function source(most = Number.POSITIVE_INFINITY) {
    const asked: (readonly [string | null, number])[] = [];
    const fetchPage = async (cursor: string | null, size: number) => {
      asked.push([cursor, size]);
      if (size > most) throw failure('unavailable');
      const from = Number(cursor ?? 0);
      const next = from + size < all.length ? String(from + size) : null;
      return { items: all.slice(from, from + size), next };
    };
    return { asked, fetchPage };
  }

  test('comes whole and in order', async () => {
    const { asked, fetchPage } = source();
    expect(await allOf(pagesOf(fetchPage, { ...setUp(), size: 4 }))).toEqual(all);
    expect(asked).toEqual([
      [null, 4],
      ['4', 4],
      ['8', 4],
    ]);
  });

  test('asks for less where the source fails over much', async () => {
    const { asked, fetchPage } = source(3);
    expect(await allOf(pagesOf(fetchPage, { ...setUp(), size: 10 }))).toEqual(all);
    expect(asked.map(([, size]) => size)).toEqual([10, 5, 2, 2, 2, 2, 2]);
  });

  test('does not end at an empty page that names a next one', async () => {
    const pages = new Map([
      [null, { items: [1], next: 'a' }],
      ['a', { items: [], next: 'b' }],
      ['b', { items: [2], next: null }],
    ]);
    const fetchPage = async (cursor: string | null) => pages.get(cursor) ?? { items: [], next: null };
    expect(await allOf(pagesOf(fetchPage, { ...setUp(), size: 1 }))).toEqual([1, 2]);
  });

  test('that leads in a circle is an error, not an endless sync', async () => {
    const fetchPage = async (cursor: string | null) => ({ items: [cursor], next: cursor === 'a' ? 'b' : 'a' });
    await expect(allOf(pagesOf(fetchPage, { ...setUp(), size: 1 }))).rejects.toMatchObject({
      kind: 'rejected',
    });
  });
});
