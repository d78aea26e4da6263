import type { CommentDraft } from '#domain/ticket.ts';
import { createCountFollowers } from '../../../src/flows/count-followers.ts';
import { colleague, createChat } from './helpdesk.ts';
import { at, createTicketingDouble, openStaffDesk, type Request, type StaffDesk } from './staff-desk.ts';

const people = ['rita', 'sam', 'tim'].map((name) => colleague(name));
const [rita = '', sam = '', tim = ''] = people.map(({ ref }) => ref);
const { platforms } = createChat([...people, ...Array.from({ length: 60 }, (_, index) => colleague(`p${index}`))]);

let desk: StaffDesk;
beforeAll(async () => {
  desk = await openStaffDesk();
});
afterAll(() => desk.database.close());

function setUp() {
  const double = createTicketingDouble();
  const count = createCountFollowers({ store: desk.store, platforms, ticketing: double.ticketing, clock: () => at });
  return { double, count };
}
async function follow(followed: Request, authorRef: string): Promise<Request> {
  const follower = await desk.request({ authorRef, made: false });
  const { conversationId } = follower;
  await desk.store.incidents.follow({ conversationId, followed: followed.conversationId, at });
  return follower;
}
const says = (draft: CommentDraft | undefined) =>
  draft?.lines.map((line) => (line.kind === 'link' ? `${line.text} ${line.url}` : line.text));

test('IT staff see on the ticket how many have the problem, and who follows it', async () => {
  const { double, count } = setUp();
  const request = await desk.request({ authorRef: rita });
  const follower = await follow(request, sam);
  await count(request.conversationId);
  expect(double.comments).toMatchObject([
    { ticketId: request.ticket.id, draft: { mark: `${request.ticketName}/followers`, author: null, internal: true } },
  ]);
  expect(says(double.comments[0]?.draft)).toEqual([
    '2 people have this problem. These follow this ticket:',
    `sam https://slack.example/${follower.ref}`,
  ]);
});

test('it is one comment, which says what is so now', async () => {
  const { double, count } = setUp();
  const request = await desk.request({ authorRef: rita });
  await follow(request, sam);
  await count(request.conversationId);
  await follow(request, tim);
  await count(request.conversationId);
  await count(request.conversationId);
  expect(double.comments).toHaveLength(1);
  expect(says(double.comments[0]?.draft)).toEqual([
    '3 people have this problem. These follow this ticket:',
    expect.stringMatching(/^sam /),
    expect.stringMatching(/^tim /),
  ]);
});

test('somebody who asked twice is one person with two threads', async () => {
  const { double, count } = setUp();
  const request = await desk.request({ authorRef: rita });
  await follow(request, sam);
  await follow(request, sam);
  await follow(request, rita);
  await count(request.conversationId);
  expect(says(double.comments[0]?.draft)).toEqual([
    '2 people have this problem. These follow this ticket:',
    expect.stringMatching(/^sam /),
    expect.stringMatching(/^sam /),
    expect.stringMatching(/^rita /),
  ]);
});

test('of very many the first are named', async () => {
  const { double, count } = setUp();
  const request = await desk.request({ authorRef: rita });
  for (let index = 0; index < 52; index += 1) await follow(request, `slack/T1/p${index}`);
  await count(request.conversationId);
  const lines = says(double.comments[0]?.draft) ?? [];
  expect([lines[0], lines.length, lines.at(-1)]).toEqual([
    '53 people have this problem. These follow this ticket:',
    52,
    'and 2 more.',
  ]);
});

test('while nobody follows there is no comment', async () => {
  const { double, count } = setUp();
  await count((await desk.request()).conversationId);
  expect(double.comments).toEqual([]);
});

test('while the ticket is not made it waits', async () => {
  const { double, count } = setUp();
  const request = await desk.request({ made: false });
  await follow(request, sam);
  await expect(count(request.conversationId)).rejects.toMatchObject({ kind: 'unavailable' });
  expect(double.comments).toEqual([]);
});

test('a ticket that is gone gets none', async () => {
  const { double, count } = setUp();
  const request = await desk.request();
  await follow(request, sam);
  await desk.store.tickets.recordPhase(request.conversationId, 'gone', at);
  await count(request.conversationId);
  expect(double.comments).toEqual([]);
});
