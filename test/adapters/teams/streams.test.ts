import { createOutbound } from '../../../adapters/teams/outbound.ts';
import type { StreamAnswer } from '../../../adapters/teams/connector.ts';
import type { Reply } from '#domain/reply.ts';
import { RemoteError } from '#errors.ts';
import { ana, inChannel, inPersonal, outward, type Outward, unavailable } from './outward-doubles.ts';

const citation = { chunkId: 'c', documentId: 'd', title: 'VPN', url: 'https://kb.example.com/vpn' };
const answer: Reply = {
  parts: [
    { kind: 'written', written: { sentences: [{ text: 'Update it.', cites: [0] }] }, citations: [citation] },
    { kind: 'sources', label: 'From', citations: [citation] },
  ],
  buttons: ['solved'],
};
const news: Reply = { parts: [{ kind: 'text', text: 'IT-42 is taken.' }], buttons: [] };
const post = { turnId: '42', reply: answer, again: false };
const streamId = 'S1';

/** A connector whose answers to parts of a stream are these, in order; later it takes all. */
async function streaming(...answers: (StreamAnswer | RemoteError)[]): Promise<Outward> {
  return outward({
    stream: async (_to, activity) => {
      const next = answers.shift();
      if (next instanceof RemoteError) throw next;
      const isFirst = Object(activity['channelData']).streamSequence === 1;
      return next ?? { kind: 'taken', id: isFirst ? streamId : '' };
    },
  });
}
const over = (why: Extract<StreamAnswer, { kind: 'over' }>['why']): StreamAnswer => ({ kind: 'over', why });
const begun: StreamAnswer = { kind: 'taken', id: streamId };

/** What was asked of Teams: the verb, with what a part of a stream says of itself. */
function asked({ calls }: Outward): unknown[] {
  return calls.map(({ verb, args }) => {
    const { type, channelData } = Object(args[1]) as { type?: string; channelData?: Record<string, unknown> };
    const info = channelData?.['streamType'];
    if (info !== undefined) return [verb, info, channelData?.['streamSequence'] ?? channelData?.['streamId']];
    return type === 'typing' ? [verb, type] : [verb];
  });
}

test('a search is shown by typing, and what takes longer by one message, a second between its parts', async () => {
  const outside = await streaming();
  const { deps, calls, now } = outside;
  const outbound = createOutbound(deps);
  const started = now.ms;
  for (const stage of ['searching', 'reading', 'reading', 'checking'] as const) {
    await outbound.showWorking(inPersonal, stage);
  }
  expect(asked(outside)).toEqual([
    ['send', 'typing'],
    ['stream', 'informative', 1],
    ['stream', 'informative', 2],
  ]);
  expect(now.ms - started).toBe(1000);
  expect(calls.slice(1).map(({ args }) => Object(args[1]).text)).toEqual([
    'Reading what I found…',
    'Checking the answer…',
  ]);
  const info = { streamType: 'informative', streamId, streamSequence: 2 };
  expect(calls[2]?.args[1]).toMatchObject({
    type: 'typing',
    entities: [{ type: 'streaminfo', ...info }],
    channelData: info,
  });
});

test('in a channel nothing is streamed', async () => {
  const outside = await streaming();
  const outbound = createOutbound(outside.deps);
  await outbound.showWorking(inChannel, 'checking');
  await outbound.post(inChannel, post);
  expect(asked(outside)).toEqual([['send', 'typing'], ['send'], ['send']]);
});

test('the answer ends it, with its label and its citations; the card comes by itself', async () => {
  const outside = await streaming();
  const outbound = createOutbound(outside.deps);
  await outbound.showWorking(inPersonal, 'reading');
  outside.calls.length = 0;
  expect(await outbound.post(inPersonal, post)).toBe(`teams/a%3Aana/${streamId}+1700000001001/42`);
  expect(asked(outside)).toEqual([['stream', 'final', streamId], ['send']]);
  expect(outside.calls[0]?.args[1]).toMatchObject({
    type: 'message',
    text: 'Update it. [1]',
    entities: [
      { additionalType: ['AIGeneratedContent'], citation: [{ position: 1 }] },
      { type: 'streaminfo', streamType: 'final', streamId },
    ],
    channelData: { feedbackLoop: { type: 'default' }, streamType: 'final', streamId },
  });
  expect(Object(outside.calls[0]?.args[1]).attachments).toBeUndefined();
  // the next one is a message of its own
  await outbound.post(inPersonal, { ...post, turnId: '43', reply: news });
  expect(asked(outside).at(-1)).toEqual(['send']);
});

describe('when Teams takes the end for none', () => {
  test.each<[string, StreamAnswer | RemoteError, unknown[]]>([
    ['its two minutes are over: the message is changed', over('late'), [['update'], ['send']]],
    ['another post has ended it: a message of its own', over('completed'), [['send'], ['send']]],
    ['there are no streams: a message of its own', over('refused'), [['send'], ['send']]],
    [
      'it finds fault with it: a message of its own',
      new RemoteError('teams', 'rejected', { message: 'stream: HTTP status 400' }),
      [['send'], ['send']],
    ],
  ])('%s', async (_, refusal, expected) => {
    const outside = await streaming(begun, refusal);
    const outbound = createOutbound(outside.deps);
    await outbound.showWorking(inPersonal, 'reading');
    outside.calls.length = 0;
    await outbound.post(inPersonal, post);
    expect(asked(outside)).toEqual([['stream', 'final', streamId], ...expected]);
    expect(outside.stops).toEqual([]);
  });

  test('an outage is thrown, and the next attempt asks for the same again', async () => {
    const outside = await streaming(begun, unavailable, over('completed'));
    const outbound = createOutbound(outside.deps);
    await outbound.showWorking(inPersonal, 'reading');
    await expect(outbound.post(inPersonal, post)).rejects.toBe(unavailable);
    expect(await outbound.findPost(inPersonal, '42')).toBe(`teams/a%3Aana/${streamId}/42`);
    outside.calls.length = 0;
    const postRef = await outbound.post(inPersonal, { ...post, again: true });
    expect(postRef).toBe(`teams/a%3Aana/${streamId}+1700000001001/42`);
    expect(asked(outside)).toEqual([['stream', 'final', streamId], ['send']]);
  });

  test('after two minutes the next attempt changes the message; where it is gone, it is said anew', async () => {
    const outside = await streaming(begun, unavailable);
    const outbound = createOutbound(outside.deps);
    await outbound.showWorking(inPersonal, 'reading');
    await expect(outbound.post(inPersonal, post)).rejects.toBe(unavailable);
    outside.now.ms += 300_000;
    outside.calls.length = 0;
    await outbound.post(inPersonal, { ...post, again: true });
    expect(asked(outside)).toEqual([['update'], ['send']]);

    const gone = await outward({
      stream: async () => (gone.calls.length === 1 ? begun : over('late')),
      update: async () => false,
    });
    const second = createOutbound(gone.deps);
    await second.showWorking(inPersonal, 'reading');
    await second.post(inPersonal, { ...post, reply: news });
    expect(asked(gone).slice(1)).toEqual([['stream', 'final', streamId], ['update'], ['send']]);
    expect(await second.findPost(inPersonal, '42')).toBeNull();
  });

  test('another turn does not end what is somebody’s to end', async () => {
    const outside = await streaming(begun, unavailable);
    const outbound = createOutbound(outside.deps);
    await outbound.showWorking(inPersonal, 'reading');
    await expect(outbound.post(inPersonal, post)).rejects.toBe(unavailable);
    outside.calls.length = 0;
    await outbound.post(inPersonal, { ...post, turnId: '43', reply: news });
    expect(asked(outside)).toEqual([['send']]);
  });
});

test('a stream that has hung for two minutes is forgotten', async () => {
  const outside = await streaming();
  const outbound = createOutbound(outside.deps);
  await outbound.showWorking(inPersonal, 'reading');
  outside.now.ms += 111_000;
  outside.calls.length = 0;
  await outbound.post(inPersonal, { ...post, reply: news });
  await outbound.showWorking(inPersonal, 'reading');
  expect(asked(outside)).toEqual([['send'], ['stream', 'informative', 1]]);
});

test('where Teams takes no stream, it shows that we are typing', async () => {
  const outside = await streaming(over('refused'));
  await createOutbound(outside.deps).showWorking(inPersonal, 'reading');
  expect(asked(outside)).toEqual([
    ['stream', 'informative', 1],
    ['send', 'typing'],
  ]);
});

describe('a Stop', () => {
  const stop = { eventId: `teams/stop/tenant-1/a%3Aana/${streamId}`, address: inPersonal, personRef: ana };

  test('that a stage meets is handed over, and nothing more is sent there', async () => {
    const outside = await streaming(begun, over('stopped'));
    const outbound = createOutbound(outside.deps);
    await outbound.showWorking(inPersonal, 'reading');
    await outbound.showWorking(inPersonal, 'checking');
    expect(outside.stops).toMatchObject([stop]);
    expect(asked(outside)).toHaveLength(2);
    await outbound.post(inPersonal, { ...post, reply: news });
    expect(asked(outside).at(-1)).toEqual(['send']);
  });

  test('that the answer meets is handed over, and the answer is not sent', async () => {
    const outside = await streaming(begun, over('stopped'));
    const outbound = createOutbound(outside.deps);
    await outbound.showWorking(inPersonal, 'reading');
    outside.calls.length = 0;
    expect(await outbound.post(inPersonal, post)).toBe(`teams/a%3Aana/${streamId}/42`);
    expect(outside.stops).toMatchObject([stop]);
    expect(asked(outside)).toEqual([['stream', 'final', streamId]]);
  });

  test.each([
    ['what is no answer', inPersonal, news],
    ['an answer of another conversation', { ...inPersonal, ref: `${inPersonal.ref}9` }, answer],
  ])('that %s meets: that is sent by itself', async (_, address, reply) => {
    const outside = await streaming(begun, over('stopped'));
    const outbound = createOutbound(outside.deps);
    await outbound.showWorking(inPersonal, 'reading');
    outside.calls.length = 0;
    await outbound.post(address, { ...post, reply });
    expect(outside.stops).toMatchObject([stop]);
    expect(asked(outside).slice(0, 2)).toEqual([['stream', 'final', streamId], ['send']]);
  });
});
