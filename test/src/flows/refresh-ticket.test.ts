import { type Decision, NOTHING_SEARCHED, type TriageCard } from '#domain/decision.ts';
import { hasPending } from '#domain/situation.ts';
import { replyOfTurn } from '#domain/speak.ts';
import { createDescribe } from '../../../src/flows/amend.ts';
import { createEscalate } from '../../../src/flows/escalate.ts';
import { createMirror } from '../../../src/flows/mirror.ts';
import { openTicket } from '../../../src/flows/open-ticket.ts';
import { createRefreshTicket } from '../../../src/flows/refresh-ticket.ts';
import { createInbox } from '../../../src/inbox.ts';
import { at } from './helpdesk.ts';
import { openTicketDesk, type Request, rita, sharedFile, type TicketDesk, tom } from './ticket-desk.ts';

let desk: TicketDesk;
beforeAll(async () => {
  desk = await openTicketDesk();
});
beforeEach(async () => {
  desk.time.now = at;
  warned.length = 0;
  await desk.calm();
});
afterAll(() => desk.database.close());

const warned: unknown[] = [];
const log = { debug() {}, info() {}, error() {}, warn: (message: string) => void warned.push(message) };

/** Each time a minute later. */
async function refresh({ conversationId }: Pick<Request, 'conversationId'>, { store } = desk): Promise<void> {
  desk.time.now = new Date(desk.time.now.getTime() + 60_000);
  const { ticketing, clock } = desk.deps;
  await createRefreshTicket({ store, ticketing, admins: [], clock, log })(conversationId);
}

/** What the thread is told of the ticket, in order; what was taken back is left out. */
async function told({ conversationId }: Pick<Request, 'conversationId'>): Promise<readonly string[]> {
  const { turns } = await desk.store.conversations.load(conversationId);
  return turns.flatMap(({ author, authorName, text, withdrawn, decision }) => {
    if (withdrawn) return [];
    if (author === 'agent' || (author === 'requester' && authorName !== null)) return [`${authorName}: ${text}`];
    return decision?.kind === 'report' ? [`${decision.news} ${decision.detail ?? ''}`.trim()] : [];
  });
}

/** How many turns each of the waiting deliveries brings up; the jobs are taken away. */
async function deliveries(): Promise<readonly number[]> {
  return (await desk.jobs('deliver')).map(({ turnIds = '' }) => turnIds.split(' ').length);
}

const turnsOf = async ({ conversationId }: Request) => (await desk.store.conversations.load(conversationId)).turns;
const stored = async ({ conversationId }: Request) => (await desk.store.tickets.find(conversationId))!;

test('what IT writes for everybody is told in its order, and posted by one job', async () => {
  const request = await desk.request();
  desk.system.comment(request.ticketId, { markdown: 'Which office?' });
  desk.system.comment(request.ticketId, {
    markdown: 'And which router?',
    author: 'Ana Reis',
    files: [sharedFile('a.png')],
  });
  await refresh(request);
  expect(await told(request)).toEqual(['Ben Ito: Which office?', 'Ana Reis: And which router?']);
  expect(await deliveries()).toEqual([2]);
  expect((await turnsOf(request)).at(-1)).toMatchObject({
    author: 'agent',
    personRef: null,
    files: [{ name: 'a.png' }],
  });
});

test('a comment whose files change is brought up to them, once', async () => {
  const request = await desk.request();
  const [a, b] = [sharedFile('a.png'), sharedFile('b.png')];
  const commentId = desk.system.comment(request.ticketId, { markdown: 'See', files: [a] });
  await refresh(request);
  await desk.calm();
  desk.system.edit(request.ticketId, commentId, 'See', [b]);
  await refresh(request);
  expect((await turnsOf(request)).at(-1)).toMatchObject({ text: 'See', files: [{ ...a, gone: true }, b], revision: 1 });
  expect(await deliveries()).toEqual([1]);
  await refresh(request);
  expect(await deliveries()).toEqual([]);
});

test('a file that was taken back is to go from the ticket, though the job for it was lost', async () => {
  const request = await desk.request();
  const turnId = await desk.add(request, { text: 'see', files: [sharedFile('a.png')] });
  await desk.store.conversations.recordComment(turnId, { id: 'c1', revision: 1 });
  await desk.store.conversations.recordFile(turnId, { index: 0, mirrored: 'a1' });
  await desk.calm();
  await refresh(request);
  expect(await desk.jobs('mirror')).toEqual([]);
  await desk.database.knex('turn').where({ id: turnId }).update({ withdrawn: true });
  await refresh(request);
  expect(await desk.jobs('mirror')).toHaveLength(1);
});

test("the requester's own words there are shown as theirs, and are not brought back", async () => {
  const request = await desk.request();
  const id = desk.system.comment(request.ticketId, { author: 'Rita', by: 'customer', markdown: 'Building B.' });
  await refresh(request);
  expect((await turnsOf(request)).at(-1)).toMatchObject({ author: 'requester', personRef: null, authorName: 'Rita' });
  const { turn, ticket } = await desk.store.conversations.outgoing((await turnsOf(request)).at(-1)!.id);
  expect(replyOfTurn(turn, ticket)?.parts).toEqual([
    { kind: 'said', who: 'Rita', markdown: 'Building B.', side: 'requester' },
  ]);
  desk.system.edit(request.ticketId, id, 'Building C.');
  await refresh(request);
  expect(await told(request)).toEqual(['Rita: Building C.']);
  expect(hasPending(await desk.store.conversations.load(request.conversationId))).toBe(false);
  expect(await desk.jobs('mirror')).toEqual([]);
});

test.each([
  ['customer', 'It drops again.', 1],
  ['customer', 'Thanks, works now!', 0],
  ['customer', 'ok', 0],
  ['agent', 'It drops again, says Rita.', 0],
] as const)('what the %s writes on a solved ticket, “%s”, opens it again so often: %d', async (by, markdown, times) => {
  const request = await desk.request();
  desk.system.resolve(request.ticketId);
  await refresh(request);
  await desk.calm();
  desk.system.comment(request.ticketId, { by, markdown });
  await refresh(request);
  await refresh(request);
  expect(await desk.jobs('reopen')).toHaveLength(times);
});

test('what the requester wrote before it was solved does not open it again', async () => {
  const request = await desk.request();
  desk.system.comment(request.ticketId, { by: 'customer', markdown: 'It drops again.' });
  desk.system.resolve(request.ticketId);
  await refresh(request);
  expect(await desk.jobs('reopen')).toEqual([]);
});

test('read again, it tells nothing again', async () => {
  const request = await desk.request();
  desk.system.comment(request.ticketId);
  desk.system.change(request.ticketId, { assignee: 'Ben Ito' });
  await refresh(request);
  const before = await turnsOf(request);
  await desk.calm();
  await refresh(request);
  expect([await turnsOf(request), await deliveries()]).toEqual([before, []]);
});

test('read twice at the same time, it tells once', async () => {
  const request = await desk.request();
  desk.system.comment(request.ticketId, { markdown: 'Which office?' });
  desk.system.resolve(request.ticketId);
  await Promise.all([refresh(request), refresh(request)]);
  expect(await told(request)).toEqual(['Ben Ito: Which office?', 'resolved']);
});

test('an edit and a deletion follow, and a comment that is shown again comes back', async () => {
  const request = await desk.request();
  const one = desk.system.comment(request.ticketId, { markdown: 'Restart it.' });
  const two = desk.system.comment(request.ticketId, { markdown: 'Key: 4399.' });
  await refresh(request);
  desk.system.edit(request.ticketId, one, 'Restart it twice.');
  desk.system.edit(request.ticketId, two, null);
  await desk.calm();
  await refresh(request);
  expect([await told(request), await deliveries()]).toEqual([['Ben Ito: Restart it twice.'], [2]]);
  desk.system.comment(request.ticketId, { id: two, markdown: 'Key: 4399.' });
  await refresh(request);
  expect(await told(request)).toEqual(['Ben Ito: Restart it twice.', 'Ben Ito: Key: 4399.']);
  expect(await deliveries()).toEqual([1]);
});

test('what we wrote on the ticket is not read back', async () => {
  const request = await desk.request();
  await desk.add(request, { text: 'still drops' });
  const { store, platforms, ticketing, clock } = desk.deps;
  const limits = { largestBytes: 0, refusedTypes: [] };
  const describe = createDescribe(desk.deps);
  await createMirror({ store, platforms, ticketing, limits, clock, describe })(request.conversationId, false);
  await refresh(request);
  expect(await told(request)).toEqual([]);
  expect([await deliveries(), await desk.jobs('mirror')]).toEqual([[], []]);
});

test('who has taken it, how far it is, and that it is solved, last of all', async () => {
  const request = await desk.request();
  desk.system.change(request.ticketId, {
    assignee: 'Ben Ito',
    status: { name: 'In Progress', category: 'in-progress' },
  });
  await refresh(request);
  desk.system.change(request.ticketId, { status: { name: 'Waiting for customer', category: 'in-progress' } });
  await refresh(request);
  desk.system.resolve(request.ticketId);
  desk.system.comment(request.ticketId, { markdown: 'It was the router.' });
  await refresh(request);
  expect(await told(request)).toEqual([
    'assigned Ben Ito',
    'status IT needs something from you to go on. Please answer here.',
    'Ben Ito: It was the router.',
    'resolved',
  ]);
  expect(await stored(request)).toMatchObject({
    phase: 'resolved',
    phaseAt: desk.time.now,
    seen: { status: 'Done', assignee: 'Ben Ito', resolution: 'Done', readAt: desk.time.now },
  });
});

test('opened again in IT and solved again, each is told', async () => {
  const request = await desk.request();
  for (let time = 0; time < 2; time += 1) {
    desk.system.resolve(request.ticketId);
    await refresh(request);
    desk.system.change(request.ticketId, { status: { name: 'To Do', category: 'waiting' }, resolution: null });
    await refresh(request);
  }
  expect(await told(request)).toEqual(['resolved', 'reopened', 'resolved', 'reopened']);
  expect((await stored(request)).phase).toBe('open');
});

test('a moved ticket is told by its new key, and found by its id as before', async () => {
  const request = await desk.request();
  await refresh(request);
  desk.system.change(request.ticketId, { key: 'OPS-9', url: 'https://desk.example/browse/OPS-9' });
  await refresh(request);
  expect(await told(request)).toEqual(['moved OPS-9']);
  expect((await stored(request)).created).toEqual({
    id: request.ticketId,
    key: 'OPS-9',
    url: 'https://desk.example/browse/OPS-9',
  });
});

test('a ticket that is gone is told once and reported, and then left alone', async () => {
  const request = await desk.request();
  desk.system.remove(request.ticketId);
  await refresh(request);
  await refresh(request);
  expect([await told(request), await deliveries()]).toEqual([['gone'], [1]]);
  expect(warned).toEqual(['a ticket is no longer there, or no longer ours to read']);
  expect((await stored(request)).phase).toBe('gone');
});

test('a ticket of before ids were kept is read by its key, and known by its id from then on', async () => {
  const request = await desk.request();
  const { key } = desk.system.find(request.ticketId);
  const ticket = desk.system.find(request.ticketId);
  await desk.database.knex('ticket').where({ conversation_id: request.conversationId }).update({ ticket_id: null });
  // the ticket system knows a ticket by either
  desk.system.tickets.set(key, ticket);
  await refresh(request);
  desk.system.tickets.delete(key);
  expect([await told(request), (await stored(request)).created?.id]).toEqual([[], request.ticketId]);
});

test('what changed on our side while it was read is not undone: it is read anew', async () => {
  const request = await desk.request();
  desk.system.resolve(request.ticketId);
  await refresh(request);
  await desk.calm();
  const { store } = desk;
  // between the reading and the writing the requester's words open it again
  const transaction: typeof store.transaction = async (work) => {
    await store.tickets.recordPhase(request.conversationId, 'open', new Date(at.getTime() + 3600_000));
    return store.transaction(work);
  };
  await refresh(request, { ...desk, store: { ...store, transaction } });
  expect(await stored(request)).toMatchObject({ phase: 'open' });
  expect(await desk.jobs('refresh-ticket')).toEqual([{ conversationId: request.conversationId }]);
});

test('what is not made yet, or has no ticket, is nothing to read', async () => {
  const request = await desk.request({ made: false });
  await refresh(request);
  await refresh({ conversationId: await desk.say({ text: 'hi', authorRef: rita.ref }) });
  expect(desk.system.faults.calls).not.toContain('read');
});

test('a comment of ours that an attempt left behind, of what was taken back since, is taken away', async () => {
  const request = await desk.request();
  const turnId = await desk.add(request, { text: 'my password is hunter2' });
  const { name } = await desk.store.conversations.load(request.conversationId);
  // the process died before it could note the comment
  const draft = { mark: `${name}/${turnId}`, author: 'Rita', lines: [], internal: false };
  const { commentId } = await desk.system.ticketing.ensureComment(request.ticketId, draft);
  const { message_id: messageId } = await desk.database.knex('turn').where({ id: turnId }).first('message_id');
  await createInbox(desk.store, () => at).change({
    eventId: `change/${turnId}`,
    messageId,
    text: null,
    order: 1,
    message: null,
  });
  await desk.calm();
  await refresh(request);
  expect(await desk.jobs('mirror')).toEqual([{ conversationId: request.conversationId }]);
  expect((await turnsOf(request)).find(({ id }) => id === turnId)?.comment).toEqual({ id: commentId, revision: 0 });
});

const card: TriageCard = {
  summary: 'my vpn drops',
  requester: 'Rita',
  why: 'w',
  urgency: '',
  thread: 't',
  takenBy: null,
  mutedBy: null,
};
const triage = (fields: Partial<TriageCard> = {}): Decision => ({
  kind: 'triage',
  card: { ...card, ...fields },
  grounds: NOTHING_SEARCHED,
});
const takenBy = async (request: Request, turnId: string) => {
  const turn = (await turnsOf(request)).find(({ id }) => id === turnId);
  return turn?.decision?.kind === 'triage' ? turn.decision.card.takenBy : undefined;
};

describe('the card in the triage channel', () => {
  test('says who has taken it on the ticket', async () => {
    const request = await desk.request();
    const turnId = await desk.news(request, triage(), 'triage');
    desk.system.change(request.ticketId, { assignee: 'Ben Ito' });
    await refresh(request);
    expect(await takenBy(request, turnId)).toBe('Ben Ito');
    expect((await desk.jobs('deliver')).map(({ turnIds }) => turnIds)).toContain(turnId);
  });

  test('keeps who has taken it there', async () => {
    const request = await desk.request();
    const turnId = await desk.news(request, triage({ takenBy: 'Ana Reis' }), 'triage');
    desk.system.change(request.ticketId, { assignee: 'Ben Ito' });
    await refresh(request);
    expect(await takenBy(request, turnId)).toBe('Ana Reis');
  });

  test('is the one of this ticket, not of one before it', async () => {
    const request = await desk.request();
    const before = await desk.news(request, triage(), 'triage');
    const now = await desk.news(request, triage(), 'triage');
    desk.system.change(request.ticketId, { assignee: 'Ben Ito' });
    await refresh(request);
    expect([await takenBy(request, before), await takenBy(request, now)]).toEqual([null, 'Ben Ito']);
  });
});

describe('who follows the ticket of others', () => {
  /** Tom follows Rita's ticket; the comments of before are from an hour earlier. */
  async function followed(known: Request | null = null, named: { key: string; url: string } | null = null) {
    const request = known ?? (await desk.request());
    const { conversationId: first } = request;
    const follower = await desk.say({ text: 'vpn down?', authorRef: tom.ref });
    const { key, url } = named ?? desk.system.find(request.ticketId);
    const { version, turns } = await desk.store.conversations.load(follower);
    await desk.store.conversations.recordDecision({
      conversationId: follower,
      version,
      handledThrough: turns.at(-1)!.id,
      decision: { kind: 'follow', incident: { conversationId: first, key, url, people: 3 }, grounds: NOTHING_SEARCHED },
      text: '',
      at,
    });
    await desk.store.incidents.follow({ conversationId: follower, followed: first, at });
    return { request, follower: { conversationId: follower } };
  }

  test('is told what is written from then on, and that it is solved, and is asked nothing', async () => {
    const { request, follower } = await followed();
    desk.system.comment(request.ticketId, { markdown: 'Rita, which office?', at: new Date(at.getTime() - 1) });
    desk.system.comment(request.ticketId, { markdown: 'The router is replaced.' });
    desk.system.change(request.ticketId, { assignee: 'Ben Ito' });
    await refresh(request);
    desk.system.resolve(request.ticketId);
    await refresh(request);
    await refresh(request);
    const router = 'Ben Ito: The router is replaced.';
    expect(await told(follower)).toEqual(['assigned Ben Ito', router, 'followed-resolved']);
  });

  test('is told that it is open again, and that it is gone, with a way to a person', async () => {
    const { request, follower } = await followed();
    for (let time = 0; time < 2; time += 1) {
      desk.system.resolve(request.ticketId);
      await refresh(request);
      await refresh(request);
      desk.system.change(request.ticketId, { status: { name: 'Reopened', category: 'waiting' }, resolution: null });
      await refresh(request);
      await refresh(request);
    }
    desk.system.remove(request.ticketId);
    for (let time = 0; time < 2; time += 1) await refresh(request);
    const round = ['followed-resolved', 'followed-reopened'];
    expect(await told(follower)).toEqual([...round, ...round, 'followed-gone']);
  });

  test('is told how far it is, but not what the requester is to do', async () => {
    const { request, follower } = await followed();
    const names = ['Waiting for customer', 'On hold', 'On hold', 'In Progress'];
    for (const name of names) {
      desk.system.change(request.ticketId, { status: { name, category: 'in-progress' } });
      await refresh(request);
    }
    const [hold, working] = ['status IT has put it on hold for now.', 'status IT is working on it.'];
    expect(await told(follower)).toEqual([hold, working]);
  });

  test.each(['solved', 'gone'])('that is %s already is told so at once', async (how) => {
    const request = await desk.request();
    if (how === 'solved') desk.system.resolve(request.ticketId);
    else desk.system.remove(request.ticketId);
    await refresh(request);
    const { follower } = await followed(request, { key: 'IT-1', url: 'https://desk.example/browse/IT-1' });
    await refresh(request);
    await refresh(request);
    expect(await told(follower)).toEqual([how === 'solved' ? 'followed-resolved' : 'followed-gone']);
  });

  test("never reads what the ticket's requester writes", async () => {
    const { request, follower } = await followed();
    desk.system.comment(request.ticketId, { by: 'customer', markdown: 'My number is 4399.' });
    await refresh(request);
    expect(await told(follower)).toEqual([]);
  });

  test('and has a ticket of their own sees what was shown taken back and reworded, and nothing new', async () => {
    const { request, follower } = await followed();
    const one = desk.system.comment(request.ticketId, { markdown: 'Key: 4399.' });
    const two = desk.system.comment(request.ticketId, { markdown: 'At 5.' });
    await refresh(request);
    const { conversationId } = follower;
    const throughTurnId = (await desk.store.conversations.load(conversationId)).turns.at(-1)!.id;
    await openTicket(desk.store, { conversationId, reason: 'asked-for-a-person', throughTurnId, at });
    await createEscalate(desk.deps)(conversationId);
    const own = (await desk.store.tickets.find(conversationId))!.created!.id;
    desk.system.comment(own, { markdown: 'Yours is the cable.' });
    await refresh(follower);
    desk.system.edit(request.ticketId, one, null);
    desk.system.edit(request.ticketId, two, 'At 6.');
    desk.system.comment(request.ticketId, { markdown: 'New.' });
    desk.system.resolve(request.ticketId);
    await refresh(request);
    const said = (await told(follower)).filter((line) => !line.startsWith('ticket-open'));
    expect(said).toEqual(['Ben Ito: At 6.', 'Ben Ito: Yours is the cable.']);
  });

  test('sees edits and deletions as well', async () => {
    const { request, follower } = await followed();
    const one = desk.system.comment(request.ticketId, { markdown: 'At 5.' });
    const two = desk.system.comment(request.ticketId, { markdown: 'Key: 4399.' });
    await refresh(request);
    desk.system.edit(request.ticketId, one, 'At 6.');
    desk.system.edit(request.ticketId, two, null);
    await refresh(request);
    expect(await told(follower)).toEqual(['Ben Ito: At 6.']);
  });

  test('and then gets a ticket of their own keeps what was said there, and is told of their own', async () => {
    const { request, follower } = await followed();
    desk.system.comment(request.ticketId, { markdown: 'The router is replaced.' });
    await refresh(request);
    const { conversationId } = follower;
    const throughTurnId = (await desk.store.conversations.load(conversationId)).turns.at(-1)!.id;
    await openTicket(desk.store, { conversationId, reason: 'asked-for-a-person', throughTurnId, at });
    await createEscalate(desk.deps)(conversationId);
    const own = (await desk.store.tickets.find(conversationId))!.created!.id;
    desk.system.comment(own, { markdown: 'Yours is the cable.' });
    for (let time = 0; time < 2; time += 1) {
      await refresh(follower);
      await refresh(request);
    }
    const said = (await told(follower)).filter((line) => line.startsWith('Ben'));
    expect(said).toEqual(['Ben Ito: The router is replaced.', 'Ben Ito: Yours is the cable.']);
  });
});
