import { createAmend, createDescribe } from '../../../src/flows/amend.ts';
import { at } from './helpdesk.ts';
import {
  down,
  openTicketDesk,
  questionBack,
  refused,
  type Request,
  rita,
  type TicketDesk,
  tom,
} from './ticket-desk.ts';

let desk: TicketDesk;
beforeAll(async () => {
  desk = await openTicketDesk();
});
beforeEach(() => desk.calm());
afterAll(() => desk.database.close());

const amend = ({ conversationId }: Request) => createAmend(desk.deps)(conversationId);
const describeAnew = ({ conversationId }: Request) => createDescribe(desk.deps)(conversationId);
const rate = ({ conversationId }: Request, rating: { rating?: number; comment?: string }) =>
  desk.store.tickets.recordRating(conversationId, rating);
const ours = (request: Request) => desk.system.ours(request.ticketId);
const written = ({ ticketId }: Request) => desk.system.find(ticketId);

/** The form about the request, sent by this person. */
async function details(request: Request, values: Readonly<Record<string, string>>, personRef = rita.ref) {
  const { address } = request;
  const turnId = await desk.news(request, questionBack);
  await desk.press({ action: 'details', turnId, personRef, address, values });
}
const filled = { summary: 'VPN drops every hour', tried: 'Restarted it', device: 'MacBook', urgency: 'high' };

describe('the form about the request', () => {
  test('is left to who alone writes the description, until that has told it', async () => {
    const request = await desk.request();
    await details(request, filled);
    await desk.calm();
    await amend(request);
    expect([desk.system.faults.calls, await desk.jobs('mirror')]).toEqual([
      [],
      [{ conversationId: request.conversationId }],
    ]);
    await describeAnew(request);
    await amend(request);
    expect(await desk.jobs('mirror')).toEqual([]);
  });

  test('rewrites the description, and sets the summary', async () => {
    const request = await desk.request();
    await details(request, filled);
    await describeAnew(request);
    expect(written(request).summary).toBe('VPN drops every hour');
    const [details_, urgency] = ['Details', 'Urgency'].map((heading) =>
      written(request).body.find((section) => section.heading === heading),
    );
    expect(details_?.lines).toMatchObject([{ text: 'Tried: Restarted it' }, { text: 'Device: MacBook' }]);
    expect(urgency?.lines).toHaveLength(1);
    expect((await desk.store.tickets.find(request.conversationId))?.described).toMatch(/^written/);
  });

  test('sets the priority where the company has set one for how urgent it is', async () => {
    const request = await desk.request();
    await details(request, filled);
    const routing = { topics: {}, rules: [], priorities: { high: 'High' } };
    await createDescribe({ ...desk.deps, routing })(request.conversationId);
    expect(written(request).priority).toBe('High');
  });

  test('leaves what IT has set as long as the requester sends none', async () => {
    const request = await desk.request();
    desk.system.change(request.ticketId, { summary: 'VPN in Lisbon', priority: 'Low' });
    await describeAnew(request);
    await details(request, filled, tom.ref);
    await describeAnew(request);
    expect(written(request)).toMatchObject({ summary: 'VPN in Lisbon', priority: 'Low' });
  });

  test('leaves a description that IT has rewritten, and says so to who asks', async () => {
    const request = await desk.request();
    await details(request, filled);
    desk.system.change(request.ticketId, { isRewritten: true, body: [] });
    expect(await createDescribe(desk.deps)(request.conversationId)).toBe(false);
    expect(written(request)).toMatchObject({ summary: 'VPN drops every hour', body: [] });
  });
});

describe('a rating', () => {
  test('is an internal comment, and its words are added when they come', async () => {
    const request = await desk.request();
    const name = (await desk.store.tickets.find(request.conversationId))!.name;
    await rate(request, { rating: 4 });
    await amend(request);
    const stars = { kind: 'text', text: 'The requester rates this 4 of 5.' };
    const fixed = { mark: `${name}/rating`, author: null, internal: true };
    expect(ours(request)).toEqual([{ ...fixed, lines: [stars] }]);
    await rate(request, { comment: 'Fast!' });
    await amend(request);
    expect(ours(request)).toEqual([{ ...fixed, lines: [stars, { kind: 'quote', text: 'Fast!' }] }]);
  });

  test.each(['before', 'after'] as const)('is told once though the run before failed %s it', async (when) => {
    const request = await desk.request();
    await rate(request, { rating: 4 });
    desk.system.faults.fault = { verb: 'ensureComment', when, error: down };
    await expect(amend(request)).rejects.toBe(down);
    await amend(request);
    expect(ours(request)).toHaveLength(1);
  });

  test('whose comment we may not rewrite has its words in another', async () => {
    const request = await desk.request();
    await rate(request, { rating: 4 });
    await amend(request);
    await rate(request, { comment: 'Fast!' });
    desk.system.faults.fault = { verb: 'editComment', when: 'before', error: refused };
    await amend(request);
    expect(desk.system.said(request.ticketId)).toEqual([
      [null, 'The requester rates this 4 of 5.'],
      [null, 'The requester rates this 4 of 5.', 'Fast!'],
    ]);
  });

  test('keeps no later word about the request from the ticket', async () => {
    const request = await desk.request();
    await rate(request, { rating: 2 });
    await details(request, filled);
    await desk.calm();
    await amend(request);
    expect(await desk.jobs('mirror')).toHaveLength(1);
    expect(ours(request)).toHaveLength(1);
  });
});

test('while the ticket is not made it waits, and of one that is gone nothing is to be done', async () => {
  await expect(amend(await desk.request({ made: false }))).rejects.toMatchObject({ kind: 'unavailable' });
  const gone = await desk.request();
  await desk.store.tickets.recordPhase(gone.conversationId, 'gone', at);
  await desk.calm();
  await amend(gone);
  expect(desk.system.faults.calls).toEqual([]);
});
