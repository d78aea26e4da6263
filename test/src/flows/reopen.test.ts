import { type Decision, NOTHING_SEARCHED } from '#domain/decision.ts';
import { readOpeningHours } from '#domain/hours.ts';
import { createEscalate } from '../../../src/flows/escalate.ts';
import { createRefreshTicket } from '../../../src/flows/refresh-ticket.ts';
import { type AfterClosing, createReopen } from '../../../src/flows/reopen.ts';
import { at } from './helpdesk.ts';
import { down, openTicketDesk, type Request, rita, type TicketDesk } from './ticket-desk.ts';

let desk: TicketDesk;
beforeAll(async () => {
  desk = await openTicketDesk();
});
beforeEach(async () => {
  desk.system.state.canReopen = true;
  await desk.calm();
});
afterAll(() => desk.database.close());

const log = { debug() {}, info() {}, error() {}, warn() {} };
const reopen = ({ conversationId }: Request, afterClosing: AfterClosing = 'reopen') =>
  createReopen(desk.deps, afterClosing)(conversationId);
const refresh = ({ conversationId }: Request) => {
  const { store, ticketing, clock } = desk.deps;
  return createRefreshTicket({ store, ticketing, admins: [], clock, log })(conversationId);
};
const stored = async ({ conversationId }: Request) => (await desk.store.tickets.find(conversationId))!;
const newsOf = async ({ conversationId }: Request) => {
  const { turns } = await desk.store.conversations.load(conversationId);
  return turns.flatMap(({ decision }) => (decision?.kind === 'report' ? [decision.news] : []));
};

/** One that IT has solved, and the thread knows. */
async function solved(): Promise<Request> {
  const request = await desk.request();
  desk.system.resolve(request.ticketId);
  desk.time.now = new Date(desk.time.now.getTime() + 60_000);
  await refresh(request);
  desk.time.now = new Date(desk.time.now.getTime() + 60_000);
  await desk.calm();
  return request;
}

/** Which is decided on. */
async function saysAgain(request: Request): Promise<void> {
  await desk.add(request, { text: 'it drops again' });
  const { version, turns } = await desk.store.conversations.load(request.conversationId);
  const decision: Decision = { kind: 'reopen', grounds: NOTHING_SEARCHED };
  const handledThrough = turns.at(-1)!.id;
  const record = { conversationId: request.conversationId, version, handledThrough, decision, text: '', at };
  await desk.store.conversations.recordDecision(record);
}

test('a solved ticket is opened again, and the requester is told', async () => {
  const request = await solved();
  await reopen(request);
  expect(desk.system.find(request.ticketId)).toMatchObject({ status: { category: 'waiting' }, resolution: null });
  expect(await stored(request)).toMatchObject({ phase: 'open', phaseAt: desk.time.now });
  expect(await newsOf(request)).toEqual(['resolved', 'reopened']);
  expect([(await desk.jobs('deliver')).length, (await desk.jobs('refresh-ticket')).length]).toEqual([1, 1]);
});

test('a second run changes nothing, nor does the reading that follows', async () => {
  const request = await solved();
  await reopen(request);
  const before = await stored(request);
  await reopen(request);
  await refresh(request);
  expect((await newsOf(request)).filter((news) => news !== 'status')).toEqual(['resolved', 'reopened']);
  expect(await stored(request)).toMatchObject({ phase: 'open', phaseAt: before.phaseAt });
});

describe('outside of business hours', () => {
  const hours = readOpeningHours({ week: 'Mon-Fri 09:00-17:30', zone: 'UTC', holidays: '' });
  if ('problem' in hours) throw new Error(hours.problem);
  const detailOf = async ({ conversationId }: Request) => {
    const { turns } = await desk.store.conversations.load(conversationId);
    const news = turns.flatMap(({ decision }) => (decision?.kind === 'report' ? [decision] : []));
    return news.find((one) => one.news === 'reopened')?.detail;
  };

  test.each([
    ['on a Sunday', '2026-03-08T12:00:00Z', expect.stringContaining('tomorrow from 09:00')],
    ['on a Tuesday', '2026-03-10T12:00:00Z', ''],
  ])('the requester is told when somebody will look: %s', async (_, now, detail) => {
    const request = await solved();
    const before = desk.time.now;
    desk.time.now = new Date(now);
    await createReopen({ ...desk.deps, hours }, 'reopen')(request.conversationId);
    desk.time.now = before;
    expect(await detailOf(request)).toEqual(detail);
  });
});

test('that it is in line again is no news beside that it is open again', async () => {
  const request = await solved();
  await reopen(request);
  await refresh(request);
  expect(await newsOf(request)).toEqual(['resolved', 'reopened']);
});

test.each(['before', 'after'] as const)(
  'a run that fails %s the ticket is opened is made good by the next',
  async (when) => {
    const request = await solved();
    desk.system.faults.fault = { verb: 'reopen', when, error: down };
    await expect(reopen(request)).rejects.toBe(down);
    // the reading may be first to notice
    if (when === 'after') await refresh(request);
    await reopen(request);
    expect(await newsOf(request)).toEqual(['resolved', 'reopened']);
    expect((await stored(request)).phase).toBe('open');
  },
);

test('one that is open, gone, or none stays as it is', async () => {
  const open = await desk.request();
  const gone = await desk.request();
  await desk.store.tickets.recordPhase(gone.conversationId, 'gone', at);
  const none = { ...open, conversationId: await desk.say({ text: 'hi', authorRef: rita.ref }) };
  for (const request of [open, gone, none]) await reopen(request);
  expect(desk.system.faults.calls).not.toContain('reopen');
});

describe('where a ticket has no way back, or the company wants another one', () => {
  const ways: readonly [string, AfterClosing, boolean][] = [
    ['no way back', 'reopen', false],
    ['another one is wanted', 'follow-up', true],
  ];

  test.each(ways)('%s: one that continues it is opened, once', async (_, afterClosing, canReopen) => {
    desk.system.state.canReopen = canReopen;
    const request = await solved();
    const before = await stored(request);
    await reopen(request, afterClosing);
    await reopen(request, afterClosing);
    const after = await stored(request);
    expect(after).toMatchObject({
      reason: 'came-back',
      continues: request.ticketId,
      created: null,
      phase: 'open',
      rating: null,
    });
    expect(after.name).not.toBe(before.name);
    expect(await desk.jobs('escalate')).toEqual([{ conversationId: request.conversationId }]);
    expect(desk.system.find(request.ticketId).status.category).toBe('done');
  });

  test('it tells what the requester wrote on the ticket before, which stays in the thread', async () => {
    const request = await solved();
    const comment = { by: 'customer', author: 'Rita', markdown: 'It drops again.' } as const;
    desk.system.comment(request.ticketId, comment);
    await refresh(request);
    expect(await desk.jobs('reopen')).toHaveLength(1);
    await reopen(request, 'follow-up');
    await createEscalate(desk.deps)(request.conversationId);
    const { created } = await stored(request);
    expect(JSON.stringify(desk.system.find(created!.id).body)).toContain('It drops again.');
    await refresh(request);
    const { turns } = await desk.store.conversations.load(request.conversationId);
    expect(turns.find(({ text }) => text === 'It drops again.')).toMatchObject({ withdrawn: false });
  });

  test('it tells the whole conversation, names the old ticket, and mirrors nothing again', async () => {
    const request = await solved();
    await saysAgain(request);
    await reopen(request, 'follow-up');
    await createEscalate(desk.deps)(request.conversationId);
    const { created } = await stored(request);
    const { draft } = desk.system.find(created!.id);
    expect(draft).toMatchObject({ continues: request.ticketId, labels: ['came-back'], summary: 'Again: my vpn drops' });
    expect(JSON.stringify(draft.body)).toContain('it drops again');
    expect(await newsOf(request)).toEqual(['resolved', 'ticket-open']);
  });

  test('what IT had said on the old ticket stays in the thread, even where it was edited', async () => {
    const request = await desk.request();
    const commentId = desk.system.comment(request.ticketId, { markdown: 'Restart it.' });
    await refresh(request);
    desk.system.edit(request.ticketId, commentId, 'Restart it twice.');
    await refresh(request);
    desk.system.resolve(request.ticketId);
    await refresh(request);
    await saysAgain(request);
    await reopen(request, 'follow-up');
    await createEscalate(desk.deps)(request.conversationId);
    await refresh(request);
    const { turns } = await desk.store.conversations.load(request.conversationId);
    const said = turns.filter(({ author }) => author === 'agent');
    expect(said).toMatchObject([{ text: 'Restart it twice.', withdrawn: false }]);
  });
});
