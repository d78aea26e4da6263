import { createGreeting } from '../../../adapters/teams/greeting.ts';
import type { Reply } from '#domain/reply.ts';
import { channel, group, member, outward, personal, tenantId, unavailable } from './outward-doubles.ts';

const hello: Reply = {
  parts: [
    { kind: 'text', text: 'Hello!' },
    { kind: 'prompts', prompts: ['My VPN drops'] },
  ],
  buttons: [],
};
const greeting = { reply: hello, again: false };
const arrivalIn = (chat: { id: string }, place: 'direct' | 'channel') =>
  ({ platform: 'teams', chat: `${tenantId}/${encodeURIComponent(chat.id)}`, place }) as const;

test.each([
  ['a chat of their own', personal, 'direct', ['send']],
  ['a group', group, 'channel', ['members', 'send']],
  ['a channel', channel, 'channel', ['members', 'openThread']],
] as const)('%s is greeted once', async (...[, chat, place, verbs]) => {
  const { deps, calls } = await outward({ members: async () => [member()] }, [chat]);
  const { greet } = createGreeting(deps);
  await greet(arrivalIn(chat, place), greeting);
  await greet(arrivalIn(chat, place), { ...greeting, again: true });
  expect(calls.map(({ verb }) => verb)).toEqual(verbs);
  expect(calls.at(-1)?.args[1]).toMatchObject({ attachments: [{ content: { actions: [{ title: 'My VPN drops' }] } }] });
});

test('a team of more than a hundred is left in peace', async () => {
  const { deps, calls } = await outward({ members: async () => null });
  const { greet } = createGreeting(deps);
  await greet(arrivalIn(channel, 'channel'), greeting);
  await greet(arrivalIn(channel, 'channel'), greeting);
  expect(calls).toEqual([{ verb: 'members', args: [channel, 100] }]);
});

test('a chat that we were taken out of is not greeted', async () => {
  const { deps, calls } = await outward({}, []);
  await createGreeting(deps).greet(arrivalIn(channel, 'channel'), greeting);
  expect(calls).toEqual([]);
});

test('a greeting that did not come through is said again', async () => {
  const { deps, calls, state } = await outward();
  state.fail = () => unavailable;
  const { greet } = createGreeting(deps);
  await expect(greet(arrivalIn(personal, 'direct'), greeting)).rejects.toBe(unavailable);
  state.fail = () => null;
  await greet(arrivalIn(personal, 'direct'), { ...greeting, again: true });
  expect(calls.map(({ verb }) => verb)).toEqual(['send', 'send']);
});

test('a team is greeted once, in whichever of its channels', async () => {
  const other = { ...channel, id: '19:other@thread.tacv2' };
  const { deps, calls } = await outward({}, [channel, other]);
  const { greet } = createGreeting(deps);
  await greet(arrivalIn(channel, 'channel'), greeting);
  await greet(arrivalIn(other, 'channel'), greeting);
  expect(calls.map(({ verb }) => verb)).toEqual(['members', 'openThread']);
});

test('a channel where we may not write is left in peace', async () => {
  const { deps, logged } = await outward({ openThread: async () => null }, [channel]);
  await createGreeting(deps).greet(arrivalIn(channel, 'channel'), greeting);
  expect(logged).toEqual(['teams: a chat could not be greeted, the app is not in it any more']);
});
