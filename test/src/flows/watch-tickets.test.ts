import { type Decision, NOTHING_SEARCHED } from '#domain/decision.ts';
import { NO_ROUTE } from '#domain/routing.ts';
import { createClose, createWatchTickets } from '../../../src/flows/watch-tickets.ts';
import { at } from './helpdesk.ts';
import { down, openTicketDesk, type Request, rita, type TicketDesk } from './ticket-desk.ts';

const dayMs = 24 * 3600_000;
const silence = { debug() {}, info() {}, warn() {}, error() {} };

let desk: TicketDesk;
beforeAll(async () => {
  desk = await openTicketDesk();
});
/** All tickets are watched: each test has its own alone, and nothing was found before it. */
beforeEach(async () => {
  desk.time.now = at;
  desk.system.tickets.clear();
  await desk.database.knex('ticket').del();
  await desk.store.memory.save('changed-tickets', new Map([['until', null]]));
  await desk.calm();
});
afterAll(() => desk.database.close());

function watch(asked: Date[] = []) {
  const { store, ticketing, clock } = desk.deps;
  const changedSince: typeof ticketing.changedSince = (since) => {
    asked.push(since);
    return ticketing.changedSince(since);
  };
  return createWatchTickets({ store, ticketing: { changedSince }, closeAfterDays: 5, clock, log: silence })();
}

const idsOf = (jobs: readonly Readonly<Record<string, string>>[]) => jobs.map(({ conversationId }) => conversationId);
const refreshed = async () => idsOf(await desk.jobs('refresh-ticket'));
const closing = async () => idsOf(await desk.jobs('close'));
const phase = ({ conversationId }: Request, to: 'resolved' | 'closed', since: Date) =>
  desk.store.tickets.recordPhase(conversationId, to, since);
const readAt = ({ conversationId }: Request, when: Date) =>
  desk.store.tickets.recordSeen(conversationId, {
    key: 'IT-1',
    url: 'u',
    status: 'To Do',
    assignee: null,
    resolution: null,
    readAt: when,
  });

describe('tickets that have changed', () => {
  test('are read, each once, and the search goes on where it has stopped', async () => {
    const request = await desk.request();
    await desk.request();
    const asked: Date[] = [];
    await watch(asked);
    expect(new Set(await refreshed()).size).toBe(2);
    desk.system.comment(request.ticketId);
    const { updatedAt } = desk.system.find(request.ticketId);
    await watch(asked);
    await watch(asked);
    expect(await refreshed()).toContain(request.conversationId);
    expect(asked[0]).toEqual(new Date(at.getTime() - dayMs));
    expect(asked.slice(1)).toEqual([at, updatedAt]);
  });

  test('are asked for again from the same time when the search fails', async () => {
    const asked: Date[] = [];
    await watch(asked);
    desk.system.faults.fault = { verb: 'changedSince', when: 'before', error: down };
    await expect(watch(asked)).rejects.toBe(down);
    await watch(asked);
    expect(asked[2]).toEqual(asked[1]);
  });

  test('that are none of ours are passed over', async () => {
    const other = await desk.request({ made: false });
    await desk.system.ticketing.ensureTicket({ ...aDraft, conversation: 'somebody else’s' });
    await watch();
    expect([await refreshed(), (await desk.store.tickets.find(other.conversationId))?.created]).toEqual([[], null]);
  });
});

const aDraft = {
  conversation: '',
  summary: '',
  body: [],
  requester: { name: 'Rita', email: null },
  labels: [],
  route: NO_ROUTE,
  urgency: null,
  continues: null,
  triedAt: null,
  mayCreate: true,
};

test('a ticket that was not read for a day is read, the longest ago first', async () => {
  const [first, second, third] = [await desk.request(), await desk.request(), await desk.request()];
  desk.time.now = new Date(at.getTime() + 3 * dayMs);
  const ago = (ms: number) => new Date(desk.time.now.getTime() - ms);
  await readAt(first, ago(dayMs + 1000));
  await readAt(second, ago(2 * dayMs));
  await readAt(third, ago(dayMs - 1000));
  desk.system.tickets.clear();
  await watch();
  expect(await refreshed()).toEqual([second.conversationId, first.conversationId]);
});

describe('what IT says is solved and nobody has contradicted', () => {
  test.each<[string, number, boolean]>([
    ['for five days', 5 * dayMs + 1000, true],
    ['for less', 5 * dayMs - 1000, false],
  ])('%s', async (_, ms, isOver) => {
    const request = await desk.request();
    desk.time.now = new Date(at.getTime() + 10 * dayMs);
    await phase(request, 'resolved', new Date(desk.time.now.getTime() - ms));
    await watch();
    expect(await closing()).toEqual(isOver ? [request.conversationId] : []);
  });

  test('is not closed over what was said and is not decided on yet', async () => {
    const request = await desk.request();
    await phase(request, 'resolved', at);
    desk.time.now = new Date(at.getTime() + 10 * dayMs);
    await desk.add(request, { text: 'it still drops' });
    await watch();
    expect(await closing()).toEqual([]);
  });

  const close = ({ conversationId }: Request) => createClose(desk.deps)(conversationId);
  const resolved: Decision = { kind: 'report', news: 'resolved', reason: 'unsure', grounds: NOTHING_SEARCHED };

  test('is closed without a word: the question about it is changed, and it is learnt from', async () => {
    const request = await desk.request();
    await phase(request, 'resolved', at);
    const turnId = await desk.news(request, resolved);
    await close(request);
    await close(request);
    const { conversationId } = request;
    expect((await desk.store.tickets.find(conversationId))?.phase).toBe('closed');
    expect(await desk.jobs('settle')).toEqual([{ conversationId, turnId }]);
    expect(await desk.jobs('propose-lesson')).toEqual([{ conversationId }]);
    expect(await desk.jobs('deliver')).toEqual([]);
  });

  test('is left when it was opened again meanwhile, or the requester has agreed', async () => {
    const [open, closed] = [await desk.request(), await desk.request()];
    await phase(closed, 'closed', at);
    const none = { ...open, conversationId: await desk.say({ text: 'hi', authorRef: rita.ref }) };
    for (const request of [open, closed, none]) await close(request);
    expect([await desk.jobs('settle'), await desk.jobs('propose-lesson')]).toEqual([[], []]);
  });
});
