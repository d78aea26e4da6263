import type { Person } from '#domain/conversation.ts';
import type { ChatPlatform } from '#chat-ports.ts';
import type { People } from '#ports.ts';
import { findPeople } from '../../../src/flows/people.ts';
import { at, colleague } from './helpdesk.ts';

/** People who are told one by one, as the test lets them; nobody is known before. */
function setUp() {
  const waiting: { ref: string; tell: (person: Person) => void; refuse: (error: Error) => void }[] = [];
  let asked = 0;
  const platform = {
    person(ref: string) {
      asked += 1;
      return new Promise<Person>((tell, refuse) => void waiting.push({ ref, tell, refuse }));
    },
  } as ChatPlatform;
  const people: People = { find: async () => null, save: async () => {} };
  const refs = Array.from({ length: 20 }, (_, index) => `slack/T1/p${index}`);
  const found = findPeople(refs, { platforms: new Map([['slack', platform]]), people, clock: () => at });
  return { waiting, refs, found, asked: () => asked };
}

/** Lets everything run that does not wait for a person. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('eight people are asked for at the same time, until all are found', async () => {
  const { waiting, refs, found, asked } = setUp();
  const rounds: number[] = [];
  for (await settled(); waiting.length > 0; await settled()) {
    rounds.push(waiting.length);
    for (const { ref, tell } of waiting.splice(0)) tell(colleague(ref.split('/')[2] ?? ''));
  }
  expect(rounds).toEqual([8, 8, 4]);
  expect((await found).map(({ ref }) => ref).toSorted()).toEqual(refs.toSorted());
  expect(asked()).toBe(20);
});

test('after a failure nobody else is asked for', async () => {
  const { waiting, found, asked } = setUp();
  await settled();
  const [first, ...others] = waiting;
  first?.refuse(new Error('rate limited'));
  await expect(found).rejects.toThrow('rate limited');
  for (const { ref, tell } of others) tell(colleague(ref));
  await settled();
  expect(asked()).toBe(8);
});
