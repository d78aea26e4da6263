import type { RemoteError } from '#errors.ts';
import { createBreaker } from '../../../adapters/openai/breaker.ts';
import { failure, toRemoteError } from '../../../adapters/openai/remote-error.ts';

function setUp() {
  let now = Date.UTC(2026, 0, 1);
  const breaker = createBreaker(() => new Date(now));
  let made = 0;
  return {
    wait: (ms: number) => void (now += ms),
    made: () => made,
    /** What becomes of a call: null, or the kind of its failure and the wait it tells. */
    call: async (error: unknown = null) => {
      const work = async () => {
        made += 1;
        if (error !== null) throw error;
      };
      return breaker.run(work).then(
        () => null,
        ({ kind, retryAfterMs }: RemoteError) => [kind, retryAfterMs],
      );
    },
    run: breaker.run,
  };
}

/** What becomes of a call whose caller gives up, after a moment or after half of the time limit and more. */
const givenUp = (waitedLong: boolean, reason?: unknown) =>
  toRemoteError(new Error('aborted'), {
    path: '/chat',
    signal: AbortSignal.abort(reason),
    now: new Date(0),
    waitedLong,
  });
const timeout = new DOMException('', 'TimeoutError');
const down = failure('unavailable', 'down');
const rejected = failure('rejected', 'no');
const isDown = ['unavailable', null];

test('after three failures in a row calls fail at once for twenty seconds, then one is let through', async () => {
  const { call, wait, made } = setUp();
  for (let times = 0; times < 3; times += 1) expect(await call(down)).toEqual(isDown);
  expect(await call()).toEqual(['rate-limited', 20_000]);
  wait(19_999);
  expect(await call()).toEqual(['rate-limited', 1]);
  expect(made()).toBe(3);
  wait(1);
  expect(await call(down)).toEqual(isDown); // the one
  expect(await call()).toEqual(['rate-limited', 20_000]);
  wait(20_000);
  expect(await call()).toBeNull();
  for (let times = 0; times < 2; times += 1) expect(await call(down)).toEqual(isDown);
  expect(await call()).toBeNull();
});

test('while the one is under way others fail at once', async () => {
  const { call, wait, run } = setUp();
  for (let times = 0; times < 3; times += 1) await call(down);
  wait(20_000);
  let end = () => {};
  const trying = run(() => new Promise<void>((resolve) => (end = resolve)));
  expect(await call()).toEqual(['rate-limited', 1000]);
  end();
  await trying;
  expect(await call()).toBeNull();
});

test.each([
  ['an answer in between', async ({ call }: ReturnType<typeof setUp>) => call()],
  ['a refusal in between', async ({ call }: ReturnType<typeof setUp>) => call(rejected)],
  ['a minute in between', async ({ wait }: ReturnType<typeof setUp>) => wait(60_000)],
])('failures that are not in a row do not count together: %s', async (_, between) => {
  const server = setUp();
  await server.call(down);
  await server.call(down);
  await between(server);
  await server.call(down);
  expect(await server.call()).toBeNull();
});

test.each([
  ['who has changed their mind', undefined],
  ['whose time is up', timeout],
])('who stops waiting after a moment says nothing of the server: %s', async (_, reason) => {
  const { call } = setUp();
  const stopped = givenUp(false, reason);
  for (let times = 0; times < 5; times += 1) expect(await call(stopped)).toEqual(isDown);
  expect(await call()).toBeNull();
  await call(down);
  await call(down);
  await call(stopped);
  await call(down);
  expect(await call()).toEqual(['rate-limited', 20_000]);
});

test.each([undefined, timeout])('who has waited long says that it hangs', async (reason) => {
  const { call } = setUp();
  for (let times = 0; times < 3; times += 1) expect(await call(givenUp(true, reason))).toEqual(isDown);
  expect(await call()).toEqual(['rate-limited', 20_000]);
});

test('who stops waiting for the one that is let through leaves the next one to try', async () => {
  const { call, wait } = setUp();
  for (let times = 0; times < 3; times += 1) await call(down);
  wait(20_000);
  expect(await call(givenUp(false))).toEqual(isDown);
  expect(await call()).toBeNull();
});

test('a server that asks to wait is left alone for as long, but never longer than five minutes', async () => {
  const { call, wait, made } = setUp();
  const limited = (retryAfterMs: number | null) => failure('rate-limited', 'slow down', { retryAfterMs });
  expect(await call(limited(null))).toEqual(['rate-limited', null]);
  expect(await call(limited(2000))).toEqual(['rate-limited', 2000]);
  wait(500);
  expect(await call()).toEqual(['rate-limited', 1500]);
  expect(made()).toBe(2);
  wait(1500);
  expect(await call(limited(86_400_000))).toEqual(['rate-limited', 86_400_000]);
  wait(299_999);
  expect(await call()).toEqual(['rate-limited', 1]);
  wait(1);
  expect(await call()).toBeNull();
});
