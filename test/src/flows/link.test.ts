import { createLink } from '../../../src/flows/link.ts';
import { openTicketDesk, type TicketDesk } from './ticket-desk.ts';

let desk: TicketDesk;
beforeAll(async () => {
  desk = await openTicketDesk();
});
afterAll(() => desk.database.close());

test('the ticket links to the thread, once; one that is not made yet does not', async () => {
  const request = await desk.request();
  const link = createLink(desk.deps);
  await link(request.conversationId);
  await link(request.conversationId);
  const url = `https://slack.example/${request.address.ref}`;
  expect(desk.system.find(request.ticketId).links).toEqual([{ url, title: 'Conversation in Slack' }]);
  await link((await desk.request({ made: false })).conversationId);
  expect(desk.system.faults.calls.filter((verb) => verb === 'ensureLink')).toHaveLength(2);
});
