import { type Decision, NOTHING_SEARCHED } from '#domain/decision.ts';
import { createAnswer } from '../../../src/flows/answer.ts';
import { at, createFreshnessDouble, policy, draftWeights, weights } from './helpdesk.ts';
import { openTicketDesk, rita, type TicketDesk, tom } from './ticket-desk.ts';

let desk: TicketDesk;
beforeAll(async () => {
  desk = await openTicketDesk();
});
beforeEach(() => desk.calm());
afterAll(() => desk.database.close());

function answer(conversationId: string) {
  const { freshness } = createFreshnessDouble();
  const { store, platforms, clock } = desk.deps;
  return createAnswer({
    store,
    platforms,
    policy,
    weights,
    draftWeights,
    models: null,
    freshness,
    incidents: null,
    clock,
  })(conversationId);
}

describe('what the requester presses about a solution', () => {
  /** IT says that it is solved. */
  async function solved() {
    const request = await desk.request();
    const { conversationId, address } = request;
    desk.system.resolve(request.ticketId);
    await desk.store.tickets.recordPhase(conversationId, 'resolved', at);
    const turnId = await desk.news(request, {
      kind: 'report',
      news: 'resolved',
      reason: 'unsure',
      grounds: NOTHING_SEARCHED,
    });
    await desk.store.conversations.recordPost(turnId, { postRef: 'C1/1', revision: 0 });
    await desk.calm();
    const press = (
      action: 'solved' | 'not-yet' | 'rate-4' | 'rate-1' | 'comment-rating',
      about = turnId,
      values = null as Record<string, string> | null,
    ) => desk.press({ action, turnId: about, personRef: rita.ref, address, values }).then(({ form }) => form);
    const names = ['deliver', 'settle', 'mirror', 'reopen', 'amend', 'propose-lesson', 'escalate'] as const;
    /** What is to be done, by name. */
    const decided = async () => {
      await answer(conversationId);
      const waiting: string[] = [];
      for (const name of names) for (const _ of await desk.jobs(name)) waiting.push(name);
      return waiting;
    };
    const last = async () => (await desk.lastDecision(conversationId)).turnId;
    return { request, conversationId, turnId, press, decided, last };
  }
  const ticketOf = (conversationId: string) => desk.store.tickets.find(conversationId);

  test('“Solved” closes it, asks for a rating, and lets it be learnt from', async () => {
    const { conversationId, press, decided } = await solved();
    expect(await press('solved')).toBeNull();
    expect(await decided()).toEqual(['deliver', 'settle', 'mirror', 'propose-lesson']);
    expect(await ticketOf(conversationId)).toMatchObject({ phase: 'closed' });
    expect(await desk.lastDecision(conversationId)).toMatchObject({ kind: 'close' });
  });

  test('“Not yet” has it opened again at once, and opens a form for what is still wrong', async () => {
    const { press, decided } = await solved();
    expect(await press('not-yet')).toMatchObject({ action: 'not-yet', fields: [{ name: 'text' }] });
    expect(await decided()).toEqual(['settle', 'mirror', 'reopen']);
  });

  test('what is still wrong reaches the ticket, though it is open again by then', async () => {
    const { request, conversationId, turnId, press, decided } = await solved();
    await press('not-yet');
    await decided();
    await desk.system.ticketing.reopen(request.ticketId);
    await desk.store.tickets.recordPhase(conversationId, 'open', at);
    expect(await press('not-yet', turnId, { text: 'it drops after an hour' })).toBeNull();
    expect(await decided()).toContain('mirror');
  });

  test('a rating counts once, its words may follow, and both are told on the ticket', async () => {
    const { conversationId, press, decided, last } = await solved();
    await press('solved');
    await decided();
    const asked = await last();
    expect(await press('rate-4', asked)).toMatchObject({ action: 'comment-rating' });
    await desk.store.conversations.recordPost(asked, { postRef: 'C1/2', revision: 0 });
    expect(await decided()).toEqual(['settle', 'amend']);
    await press('comment-rating', asked, { comment: 'Fast!' });
    expect(await decided()).toEqual(['amend']);
    await press('rate-1', asked);
    await press('comment-rating', asked, { comment: 'Slow!' });
    await decided();
    expect((await ticketOf(conversationId))?.rating).toEqual({ rating: 4, comment: 'Fast!' });
    expect(await desk.lastDecision(conversationId)).toMatchObject({ kind: 'silent', reason: 'noted' });
  });

  test('thanks in words close it as well', async () => {
    const { request, conversationId, decided } = await solved();
    await desk.add(request, { text: 'thanks, that worked' });
    expect(await decided()).toEqual(['deliver', 'settle', 'mirror', 'propose-lesson']);
    expect(await ticketOf(conversationId)).toMatchObject({ phase: 'closed' });
  });

  test('“Yes it is” closes it as well', async () => {
    const { request, conversationId, decided } = await solved();
    await desk.add(request, { text: 'Yes it is' });
    expect(await decided()).toEqual(['deliver', 'settle', 'mirror', 'propose-lesson']);
    expect(await ticketOf(conversationId)).toMatchObject({ phase: 'closed' });
  });

  test('“Solved” closes it whatever a colleague says, and the words reach the ticket', async () => {
    const { request, press, decided } = await solved();
    await desk.add(request, { text: 'mine drops too', authorRef: tom.ref });
    await press('solved');
    expect(await decided()).toEqual(['deliver', 'settle', 'mirror', 'propose-lesson']);
  });

  test('solved a second time, whoever has rated it is not asked again', async () => {
    const { request, conversationId, turnId, press, decided, last } = await solved();
    await press('solved');
    await decided();
    await press('rate-4', await last());
    await decided();
    await desk.store.tickets.recordPhase(conversationId, 'resolved', at);
    await press('solved', turnId);
    await decided();
    expect(await desk.lastDecision(conversationId)).toMatchObject({ kind: 'close', rated: true });
    expect((await ticketOf(request.conversationId))?.rating).toMatchObject({ rating: 4 });
  });

  test('a colleague’s question in the thread of a closed ticket is not left without an outcome', async () => {
    const { request, conversationId, press, decided } = await solved();
    await press('solved');
    await decided();
    await desk.add(request, { text: 'how do I descale the kettle?', authorRef: tom.ref, addressed: true });
    expect(await decided()).toEqual(['settle', 'mirror', 'reopen']);
    expect(await desk.lastDecision(conversationId)).toMatchObject({ kind: 'reopen' });
  });

  test('words that it is not opens it again', async () => {
    const { request, decided } = await solved();
    await desk.add(request, { text: 'it still drops' });
    expect(await decided()).toEqual(['settle', 'mirror', 'reopen']);
  });
});

describe('a problem that others have', () => {
  /** Tom is offered to follow Rita's ticket. */
  async function offered() {
    const { conversationId: followed, ticketId } = await desk.request();
    const { key, url } = desk.system.find(ticketId);
    const conversationId = await desk.say({ text: 'vpn down?', authorRef: tom.ref });
    const { version, turns, address } = await desk.store.conversations.load(conversationId);
    const incident = { conversationId: followed, key, url, people: 3 };
    const decision: Decision = { kind: 'offer-follow', incident, grounds: NOTHING_SEARCHED };
    const record = { conversationId, version, handledThrough: turns[0]!.id, decision, text: '', at };
    const turnId = (await desk.store.conversations.recordDecision(record))!.turnId;
    await desk.calm();
    const press = (action: 'follow' | 'get-human', person = tom) =>
      desk.press({ action, turnId, personRef: person.ref, address });
    const say = (text: string) => desk.say({ text, authorRef: tom.ref, address, addressed: false });
    return { conversationId, followed, incident, turnId, press, say };
  }

  test('is followed by a click, once, and IT is told how many have it', async () => {
    const { conversationId, followed, incident, turnId, press } = await offered();
    await press('follow');
    await answer(conversationId);
    expect(await desk.lastDecision(conversationId)).toMatchObject({ kind: 'follow', incident });
    expect(await desk.store.incidents.followers(followed)).toEqual([conversationId]);
    expect(await desk.jobs('count-followers')).toEqual([{ conversationId: followed }]);
    expect(await desk.jobs('refresh-ticket')).toEqual([{ conversationId: followed }]);
    expect(await desk.jobs('settle')).toEqual([{ conversationId, turnId }]);
    expect(await desk.store.tickets.find(conversationId)).toBeNull();
    await press('follow');
    await answer(conversationId);
    expect([await desk.jobs('count-followers'), await desk.jobs('escalate')]).toEqual([[], []]);
  });

  test.each([
    ['before', ['how do I print?', null]],
    ['after', [null, 'how do I print?']],
    ['before and after', ['how do I print?', null, 'in the office']],
  ] as const)('is followed, and what was said %s the click is decided on', async (_, said) => {
    const { conversationId, followed, press, say } = await offered();
    for (const text of said) await (text === null ? press('follow') : say(text));
    await desk.jobs('answer');
    await answer(conversationId);
    expect(await desk.lastDecision(conversationId)).toMatchObject({ kind: 'follow' });
    expect(await desk.store.incidents.followers(followed)).toEqual([conversationId]);
    expect(await desk.jobs('answer')).toEqual([{ conversationId }]);
    await answer(conversationId);
    const { kind, grounds } = await desk.lastDecision(conversationId);
    expect([kind, grounds.question]).toEqual(['escalate', expect.stringContaining('how do I print?')]);
    expect(await desk.jobs('answer')).toEqual([]);
    await answer(conversationId);
    expect(await desk.jobs('count-followers')).toEqual([{ conversationId: followed }]);
  });

  test('is not followed by a colleague’s click', async () => {
    const { conversationId, followed, press } = await offered();
    await press('follow', rita);
    await answer(conversationId);
    expect(await desk.store.incidents.followers(followed)).toEqual([]);
  });

  test('is not the only way: a person gets a ticket of their own', async () => {
    const { conversationId, press } = await offered();
    await press('get-human');
    await answer(conversationId);
    expect(await desk.store.tickets.find(conversationId)).toMatchObject({ reason: 'asked-for-a-person' });
    expect(await desk.jobs('escalate')).toEqual([{ conversationId }]);
  });
});
