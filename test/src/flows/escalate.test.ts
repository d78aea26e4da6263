import { readOpeningHours } from '#domain/hours.ts';
import { untoldForm } from '#domain/to-mirror.ts';
import { createEscalate, createTellOtherwise } from '../../../src/flows/escalate.ts';
import { createInbox } from '../../../src/inbox.ts';
import { at } from './helpdesk.ts';
import { down, openTicketDesk, questionBack, refused, type Request, rita, type TicketDesk } from './ticket-desk.ts';

let desk: TicketDesk;
beforeAll(async () => {
  desk = await openTicketDesk();
});
beforeEach(async () => {
  desk.time.now = at;
  await desk.calm();
});
afterAll(() => desk.database.close());

const escalate = ({ conversationId }: Request, other: Partial<TicketDesk['deps']> = {}) =>
  createEscalate({ ...desk.deps, ...other })(conversationId);
const stored = async ({ conversationId }: Request) => (await desk.store.tickets.find(conversationId))!;
const reports = async ({ conversationId }: Request) => {
  const { turns } = await desk.store.conversations.load(conversationId);
  return turns.flatMap(({ decision }) => (decision?.kind === 'report' ? [decision] : []));
};
const made = (request: Request) =>
  [...desk.system.tickets.values()].filter(({ draft }) => draft.summary === `question ${request.conversationId}`);

test('a form that was sent before the ticket was made is in it, and is not told again', async () => {
  const asked = await request();
  const turnId = await desk.news(asked, questionBack);
  const values = { summary: 'VPN in Lisbon', tried: '', device: '', urgency: '' };
  await desk.press({ action: 'details', turnId, personRef: rita.ref, address: asked.address, values });
  await escalate(asked);
  expect([...desk.system.tickets.values()].at(-1)?.summary).toBe('VPN in Lisbon');
  expect(untoldForm(await desk.store.conversations.load(asked.conversationId))).toBeNull();
  await desk.store.tickets.recordPhase(asked.conversationId, 'gone', at);
  const next = {
    conversationId: asked.conversationId,
    reason: 'unsure',
    throughTurnId: asked.throughTurnId,
    at,
  } as const;
  expect(await desk.store.tickets.open(next)).toBe(true);
  expect(untoldForm(await desk.store.conversations.load(asked.conversationId))).toBeNull();
});

/** With a summary of its own. */
async function request(text?: string): Promise<Request> {
  const asked = await desk.request({ made: false });
  const words = text ?? `question ${asked.conversationId}`;
  const { message_id: messageId } = await desk.database
    .knex('turn')
    .where({ id: asked.throughTurnId })
    .first('message_id');
  await createInbox(desk.store, () => at).change({
    eventId: `change/${messageId}`,
    messageId,
    text: words,
    order: 1,
    message: null,
  });
  await desk.calm();
  return asked;
}

const night = (() => {
  const read = readOpeningHours({ week: 'Mon-Fri 09:00-17:30', zone: 'UTC', holidays: '' });
  if ('problem' in read) throw new Error(read.problem);
  return read;
})();

test('makes the ticket, tells its key, and sends for all that belongs to it', async () => {
  const asked = await request();
  await escalate(asked);
  const [ticket] = made(asked);
  const { id, key, url } = ticket!;
  expect(await stored(asked)).toMatchObject({ created: { id, key, url }, triedAt: at });
  expect(await reports(asked)).toMatchObject([{ news: 'ticket-open', reason: 'unsure', detail: '' }]);
  const { conversationId } = asked;
  for (const name of ['link', 'mirror', 'suggest', 'refresh-ticket'] as const) {
    expect([name, await desk.jobs(name)]).toEqual([name, [{ conversationId }]]);
  }
  expect(await desk.jobs('deliver')).toHaveLength(1);
});

test('again, it makes no other', async () => {
  const asked = await request();
  await escalate(asked);
  await escalate(asked);
  expect([made(asked).length, (await reports(asked)).length]).toEqual([1, 1]);
});

describe('what the employee is told with the key', () => {
  // a Sunday
  test('when a person will look, outside of IT’s hours', async () => {
    const asked = await request();
    await escalate(asked, { hours: night });
    const [{ detail = '' } = {}] = await reports(asked);
    expect(detail).toMatch(/look at it .*09:00/);
    expect(detail).not.toMatch(/\?/);
  });

  test('nothing about hours while IT is there', async () => {
    desk.time.now = new Date('2026-03-02T10:00:00Z');
    const asked = await request();
    await escalate(asked, { hours: night });
    expect(await reports(asked)).toMatchObject([{ detail: '' }]);
  });

  test('a question back, when what is essential is missing', async () => {
    const asked = await request('my computer is slow');
    await escalate(asked);
    expect((await reports(asked))[0]?.detail).toMatch(/^Which computer.*\?/);
  });

  test('both, as sentences one after the other', async () => {
    const asked = await request('my computer is slow');
    await escalate(asked, { hours: night });
    expect((await reports(asked))[0]?.detail).toMatch(/09:00.*\. Which computer.*\?/);
  });

  test('no question about what was taken back', async () => {
    const asked = await desk.request({ made: false, text: 'my vpn drops' });
    const id = await desk.add(asked, { text: 'my computer is slow' });
    const { message_id: messageId } = await desk.database.knex('turn').where({ id }).first('message_id');
    await createInbox(desk.store, () => at).change({
      eventId: `change/${messageId}`,
      messageId,
      text: null,
      order: 1,
      message: null,
    });
    await escalate(asked);
    expect((await reports(asked))[0]?.detail).not.toMatch(/computer/);
  });
});

test('what was changed before it was made is in the description as it is, and counts as written', async () => {
  const asked = await request();
  await escalate(asked);
  const [ticket] = made(asked);
  expect(JSON.stringify(ticket?.body)).toContain(`question ${asked.conversationId}`);
  const { turns } = await desk.store.conversations.load(asked.conversationId);
  expect(turns[0]).toMatchObject({ revision: 1, comment: { id: 'description', revision: 1 } });
});

describe('the triage channel', () => {
  test('shows the request, when there is one', async () => {
    const asked = await request();
    await escalate(asked, { showsCards: true });
    const { turns } = await desk.store.conversations.load(asked.conversationId);
    const card = turns.find(({ decision }) => decision?.kind === 'triage');
    expect(card).toMatchObject({
      stage: 'triage',
      decision: { card: { summary: `question ${asked.conversationId}`, requester: 'Rita', takenBy: null } },
    });
    expect((await desk.jobs('deliver')).map(({ turnId, turnIds }) => turnId ?? turnIds)).toContain(card?.id);
  });

  test('is told nothing when there is none', async () => {
    const asked = await request();
    await escalate(asked);
    const { turns } = await desk.store.conversations.load(asked.conversationId);
    expect(turns.filter(({ stage }) => stage === 'triage')).toEqual([]);
  });
});

describe('groups of the requester', () => {
  const rule = { name: 'finance', when: { groups: ['files/finance'] }, labels: ['finance'] };

  test('count where a rule asks for them', async () => {
    await desk.store.knowledge.putGroups('files', [{ name: 'finance', emails: [rita.email ?? ''] }]);
    const asked = await request();
    await escalate(asked, { routing: { topics: {}, priorities: {}, rules: [rule] } });
    expect(made(asked)[0]?.draft.route).toMatchObject({ labels: ['finance'], rules: ['finance'] });
  });
});

describe('while the ticket system is down', () => {
  test('the employee is told once that it is taken, and gets the key when it exists', async () => {
    const asked = await request();
    for (let time = 0; time < 2; time += 1) {
      desk.system.faults.fault = { verb: 'ensureTicket', when: 'before', error: down };
      await expect(escalate(asked)).rejects.toBe(down);
    }
    expect(await reports(asked)).toMatchObject([{ news: 'taken' }]);
    desk.time.now = new Date(at.getTime() + 120_000);
    await escalate(asked);
    expect((await reports(asked)).map(({ news }) => news)).toEqual(['taken', 'ticket-open']);
    expect(made(asked)).toHaveLength(1);
  });

  test('one that was made without our hearing of it is found', async () => {
    const asked = await request();
    desk.system.faults.fault = { verb: 'ensureTicket', when: 'after', error: down };
    await expect(escalate(asked)).rejects.toBe(down);
    await escalate(asked);
    expect([made(asked).length, (await stored(asked)).created?.id]).toEqual([1, made(asked)[0]?.id]);
  });

  test('an attempt that surely made nothing is not waited for', async () => {
    const asked = await request();
    desk.system.faults.fault = { verb: 'ensureTicket', when: 'before', error: refused };
    await expect(escalate(asked)).rejects.toBe(refused);
    expect((await stored(asked)).triedAt).toBeNull();
    await escalate(asked);
    expect(made(asked)).toHaveLength(1);
  });
});

test('when no ticket can be made at all, the employee is told so once; not when it was made after all', async () => {
  const tellOtherwise = createTellOtherwise(desk.deps);
  const [asked, after] = [await request(), await request()];
  await tellOtherwise(asked.conversationId);
  await tellOtherwise(asked.conversationId);
  await escalate(after);
  await tellOtherwise(after.conversationId);
  expect(await reports(asked)).toMatchObject([{ news: 'told-otherwise' }]);
  expect(await reports(after)).toMatchObject([{ news: 'ticket-open' }]);
  expect([(await stored(asked)).phase, (await stored(after)).phase]).toEqual(['gone', 'open']);
});

test('who was told that there is no ticket has none: the next one that is opened is made', async () => {
  const tellOtherwise = createTellOtherwise(desk.deps);
  const asked = await request();
  const { conversationId } = asked;
  const before = (await stored(asked)).name;
  await tellOtherwise(conversationId);
  await escalate(asked);
  expect(made(asked)).toEqual([]);
  const throughTurnId = await desk.add(asked, { text: 'get me a human' });
  const next = { conversationId, reason: 'asked-for-a-person', throughTurnId, at } as const;
  expect(await desk.store.tickets.open(next)).toBe(true);
  await escalate(asked);
  expect(made(asked)).toHaveLength(1);
  expect((await stored(asked)).name).not.toBe(before);
  expect((await reports(asked)).map(({ news }) => news)).toEqual(['told-otherwise', 'ticket-open']);
});
