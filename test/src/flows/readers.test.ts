import type { Conversation, Person } from '#domain/conversation.ts';
import type { ChatPlatform } from '#chat-ports.ts';
import type { People } from '#ports.ts';
import { readersAlong } from '../../../src/flows/readers.ts';

const persons: Readonly<Record<string, Person>> = Object.fromEntries(
  [
    { ref: 'ann', outsider: false },
    { ref: 'bob', outsider: false },
    { ref: 'guest', outsider: true },
    { ref: 'app', outsider: false, bot: true },
  ].map(({ bot = false, ...one }) => [one.ref, { ...one, bot, name: one.ref, email: `${one.ref}@firm.example` }]),
);

/** Who reads along when the platform tells these members. */
function along(place: Conversation['place'], askerRef: string, members: readonly string[] | null) {
  const platform = {
    name: 'slack',
    members: async () => members,
    person: async (ref: string) => persons[ref],
  } as unknown as ChatPlatform;
  const people: People = { find: async () => null, save: async () => {} };
  const conversation = { place, address: { platform: 'slack', ref: 'T1/C1/1' } } as unknown as Conversation;
  const deps = { people, platforms: new Map([['slack', platform]] as const), clock: () => new Date() };
  return readersAlong(conversation, askerRef, deps);
}

const [ann, bob] = ['ann@firm.example', 'bob@firm.example'];

test.each([
  ['the asker in a direct message', 'direct', 'ann', [], { kind: 'people', emails: [ann] }],
  ['every member of a channel', 'channel', 'ann', ['ann', 'bob'], { kind: 'people', emails: [ann, bob] }],
  ['an asker who has left the channel as well', 'channel', 'ann', ['bob'], { kind: 'people', emails: [ann, bob] }],
  ['no app', 'channel', 'ann', ['ann', 'app'], { kind: 'people', emails: [ann] }],
  ['nobody where a guest is a member', 'channel', 'ann', ['ann', 'guest'], { kind: 'nobody' }],
  ['nobody where other companies read along', 'shared', 'ann', ['ann'], { kind: 'nobody' }],
  ['every employee where the members are not told', 'channel', 'ann', null, { kind: 'everyone' }],
  ['nobody where they are not told and a guest asks', 'channel', 'guest', null, { kind: 'nobody' }],
] as const)('it is %s', async (_, place, asker, members, readers) => {
  const found = await along(place, asker, members);
  expect(found.kind === 'people' ? { ...found, emails: [...found.emails].toSorted(byLetters) } : found).toEqual(
    readers,
  );
});

function byLetters(one: string, other: string): number {
  return one < other ? -1 : 1;
}
