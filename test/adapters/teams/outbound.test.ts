import { createOutbound } from '../../../adapters/teams/outbound.ts';
import type { Reply } from '#domain/reply.ts';
import { RemoteError } from '#errors.ts';
import { channel, inChannel, inPersonal, outward, personal, unavailable } from './outward-doubles.ts';

const text: Reply = { parts: [{ kind: 'text', text: 'Hello' }], buttons: [] };
const citation = { chunkId: 'c', documentId: 'd', title: 'VPN', url: 'https://kb.example.com/vpn' };
const answer: Reply = {
  parts: [
    { kind: 'quote', markdown: 'Update.' },
    { kind: 'sources', label: 'From', citations: [citation] },
  ],
  buttons: ['solved'],
};
const settled: Reply = { parts: [...answer.parts, { kind: 'note', text: 'Marked as solved by Ana' }], buttons: [] };
const post = { turnId: '42', reply: answer, again: false };
const isCard = (activity: unknown) => Array.isArray(Object(activity).attachments);

test('a post goes into the thread of a channel, and to a chat itself', async () => {
  const { deps, calls } = await outward();
  const outbound = createOutbound(deps);
  expect(await outbound.post(inChannel, { ...post, reply: text })).toBe(
    'teams/19%3Ahelp%40thread.tacv2/1700000001001/42',
  );
  expect(await outbound.post(inPersonal, { ...post, reply: text })).toBe('teams/a%3Aana/1700000001002/42');
  expect(calls).toMatchObject([
    { verb: 'send', args: [{ chat: channel, thread: '1700000000001' }, { text: 'Hello' }] },
    { verb: 'send', args: [{ chat: personal, thread: null }, { text: 'Hello' }] },
  ]);
});

test('an answer is two activities, and its ref names both', async () => {
  const { deps, calls, notes } = await outward();
  const before = new Map(notes.kept);
  expect(await createOutbound(deps).post(inChannel, post)).toBe(
    'teams/19%3Ahelp%40thread.tacv2/1700000001001+1700000001002/42',
  );
  expect(calls.map(({ args }) => isCard(args[1]))).toEqual([false, true]);
  expect(notes.kept).toEqual(before);
});

test('when the card does not come through, the next attempt sends the card alone', async () => {
  const { deps, calls, state, notes } = await outward();
  const outbound = createOutbound(deps);
  state.fail = ({ verb, args }) => (verb === 'send' && isCard(args[1]) ? unavailable : null);
  await expect(outbound.post(inChannel, post)).rejects.toBe(unavailable);
  expect(await outbound.findPost(inChannel, '42')).toBe('teams/19%3Ahelp%40thread.tacv2/1700000001001/42');

  state.fail = () => null;
  calls.length = 0;
  expect(await outbound.post(inChannel, { ...post, again: true })).toBe(
    'teams/19%3Ahelp%40thread.tacv2/1700000001001+1700000001002/42',
  );
  // what is out is brought up to what the turn says by now
  expect(calls.map(({ verb, args }) => [verb, isCard(args[1])])).toEqual([
    ['update', false],
    ['send', true],
  ]);
  expect([...notes.kept.keys()].filter((key) => key.startsWith('half/'))).toEqual([]);
  expect(await outbound.findPost(inChannel, '42')).toBeNull();
});

test('a half of another chat is none', async () => {
  const { deps, notes, calls } = await outward();
  await notes.save('half/42', { chatId: 'a:other', activityId: '1' });
  await createOutbound(deps).post(inChannel, { ...post, again: true });
  expect(calls.map(({ verb }) => verb)).toEqual(['send', 'send']);
});

test('an attempt whose text did not come through begins anew', async () => {
  const { deps, state, notes } = await outward();
  state.fail = () => unavailable;
  await expect(createOutbound(deps).post(inChannel, post)).rejects.toBe(unavailable);
  expect(notes.kept.has('half/42')).toBe(false);
});

test('a note that cannot be removed does not make a post fail', async () => {
  const { deps, logged } = await outward();
  const notes = { ...deps.notes, remove: () => Promise.reject(new Error('no database')) };
  expect(await createOutbound({ ...deps, notes }).post(inChannel, post)).toMatch(/\+1700000001002\/42$/);
  expect(logged).toEqual(['teams: a note of a post could not be removed']);
});

describe('a change', () => {
  const pair = 'teams/19%3Ahelp%40thread.tacv2/1+2/42';
  const one = 'teams/19%3Ahelp%40thread.tacv2/1/42';

  test.each<[string, string, Reply, [string, string, boolean][]]>([
    [
      'an answer that is settled',
      pair,
      settled,
      [
        ['update', '1', false],
        ['update', '2', true],
      ],
    ],
    [
      'an answer that is taken back',
      pair,
      text,
      [
        ['update', '1', false],
        ['remove', '2', false],
      ],
    ],
    ['one post that has become an answer', one, answer, [['update', '1', true]]],
    ['one post that has nothing to press any more', one, settled, [['update', '1', false]]],
  ])('of %s', async (_, postRef, reply, expected) => {
    const { deps, calls } = await outward();
    await createOutbound(deps).update(inChannel, postRef, reply);
    expect(calls.map(({ verb, args }) => [verb, Object(args[0]).activityId, isCard(args[1])])).toEqual(expected);
    expect(calls[0]?.args[0]).toEqual({ chat: channel, thread: '1700000000001', activityId: '1' });
  });

  test('of a post that Teams told no id of is refused', async () => {
    const { deps } = await outward();
    const ref = 'teams/19%3Ahelp%40thread.tacv2//42';
    await expect(createOutbound(deps).update(inChannel, ref, text)).rejects.toMatchObject({ kind: 'rejected' });
    await expect(createOutbound(deps).remove(inChannel, ref)).rejects.toMatchObject({ kind: 'rejected' });
  });

  test('that takes it away takes all of it, what can be pressed first', async () => {
    const { deps, calls } = await outward();
    await createOutbound(deps).remove(inChannel, pair);
    await createOutbound(deps).remove(inChannel, one);
    expect(calls.map(({ verb, args }) => [verb, Object(args[0]).activityId])).toEqual([
      ['remove', '2'],
      ['remove', '1'],
      ['remove', '1'],
    ]);
  });
});

test('where the app is not, everything waits', async () => {
  const { deps, calls } = await outward({}, []);
  const outbound = createOutbound(deps);
  const waits = { kind: 'unavailable' };
  await expect(outbound.post(inChannel, post)).rejects.toMatchObject(waits);
  await expect(outbound.update(inChannel, 'teams/x/1/42', text)).rejects.toMatchObject(waits);
  await expect(outbound.findPost(inChannel, '42')).rejects.toBeInstanceOf(RemoteError);
  await outbound.showWorking(inChannel, 'reading');
  expect(calls).toEqual([]);
});

test('that we are working is shown, or is not, and never fails', async () => {
  const { deps, calls, state, logged } = await outward();
  const outbound = createOutbound(deps);
  await outbound.showWorking(inChannel, 'reading');
  expect(calls).toEqual([{ verb: 'send', args: [{ chat: channel, thread: '1700000000001' }, { type: 'typing' }] }]);
  state.fail = () => unavailable;
  await outbound.showWorking(inChannel, 'reading');
  expect(logged).toEqual(['teams: that we are working could not be shown']);
});
