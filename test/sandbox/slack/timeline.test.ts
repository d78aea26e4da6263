import type { Message } from '../../../sandbox/slack/messages.ts';
import { createTimeline, type StretchWish } from '../../../sandbox/slack/timeline.ts';

const ts = (number: number) => `${1_767_225_600 + number}.000100`;

function messageOf(number: number, more: Partial<Message> = {}): Message {
  return { type: 'message', ts: ts(number), text: String(number), user: 'U1', ...more };
}

/** 0 to 9 at top level, with two replies below 3, the second of which was also sent to the channel. */
function createSample() {
  const first = Array.from({ length: 10 }, (_, number) => messageOf(number));
  const replies = [
    messageOf(20, { thread_ts: ts(3), user: 'U2' }),
    messageOf(21, { thread_ts: ts(3), user: 'U3', subtype: 'thread_broadcast' }),
  ];
  return createTimeline([...first, ...replies]);
}

test.each<[string, StretchWish, string[], boolean, boolean]>([
  ['the newest', { limit: 3 }, ['8', '9', '21'], true, false],
  ['those before one', { limit: 3, before: ts(5) }, ['2', '3', '4'], true, true],
  ['those before one that is not there', { limit: 2, before: '1767225605.500000' }, ['4', '5'], true, true],
  ['the first of all', { limit: 5, before: ts(2) }, ['0', '1'], false, true],
  ['none before the first', { limit: 5, before: ts(0) }, [], false, true],
  ['all from one on', { from: ts(8) }, ['8', '9', '21'], true, false],
  ['the next two from one on', { limit: 2, from: ts(3) }, ['3', '4'], true, true],
  [
    'all from before the first on',
    { limit: 99, from: '0' },
    ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '21'],
    false,
    false,
  ],
])('a page of the top level: %s', (_, wish, texts, hasEarlier, hasLater) => {
  const page = createSample().top(wish);
  expect([page.messages.map(({ text }) => text), page.hasEarlier, page.hasLater]).toEqual([
    texts,
    hasEarlier,
    hasLater,
  ]);
});

test('a first message tells of its replies; a removed one is told of no more', () => {
  const timeline = createSample();
  expect(timeline.find(ts(3))).toMatchObject({
    reply_count: 2,
    reply_users: ['U2', 'U3'],
    latest_reply: ts(21),
    thread_ts: ts(3),
  });
  timeline.remove(ts(21));
  timeline.remove(ts(99));
  expect(timeline.find(ts(3))).toMatchObject({ reply_count: 1, reply_users: ['U2'] });
  expect(timeline.top({ limit: 2 }).messages.map(({ text }) => text)).toEqual(['8', '9']);
  expect([timeline.takesPart(ts(3), 'U1'), timeline.takesPart(ts(3), 'U2'), timeline.takesPart(ts(3), 'U3')]).toEqual([
    true,
    true,
    false,
  ]);
  timeline.remove(ts(20));
  expect(timeline.find(ts(3))).toEqual(messageOf(3));
});

test('a changed message stays in its place; what is later than one is found', () => {
  const timeline = createSample();
  timeline.replace(messageOf(8, { text: 'eight' }));
  expect([...timeline.since(ts(7))].map(({ text }) => text)).toEqual(['eight', '9', '20', '21']);
  expect([...timeline.since('0')].length).toBe(12);
  expect([[...timeline.since(ts(21))], timeline.last()?.text]).toEqual([[], '21']);
});

test('a file is found for as long as a message shows it', () => {
  const timeline = createTimeline([
    messageOf(1, { files: [{ id: 'F1' }, { id: 'F2' }] }),
    messageOf(2, { files: [{ id: 'F1' }] }),
  ]);
  const seen = () => ['F1', 'F2', 'F3'].map((id) => timeline.withFile(id).length > 0);
  expect(seen()).toEqual([true, true, false]);
  timeline.replace(messageOf(1, { subtype: 'tombstone' }));
  expect(seen()).toEqual([true, false, false]);
  timeline.remove(ts(2));
  expect(seen()).toEqual([false, false, false]);
});
