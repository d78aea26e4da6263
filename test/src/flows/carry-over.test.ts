import { type Decision, NOTHING_SEARCHED } from '#domain/decision.ts';
import { createCarryOver } from '../../../src/flows/carry-over.ts';
import { createDeliver } from '../../../src/flows/deliver.ts';
import { at, silence } from './helpdesk.ts';
import { openTicketDesk, type Request, rita, type TicketDesk } from './ticket-desk.ts';

let desk: TicketDesk;
beforeAll(async () => {
  desk = await openTicketDesk();
});
beforeEach(() => desk.calm());
afterAll(() => desk.database.close());

/** Rita says these in another thread, and goes on with the request. Returns the turn of our decision. */
async function continued(request: Request, texts: readonly string[], earlier?: string) {
  const { key, url } = (await desk.store.tickets.find(request.conversationId))!.created!;
  const decision: Decision = {
    kind: 'continue',
    request: { conversationId: request.conversationId, key, url, thread: '' },
    grounds: NOTHING_SEARCHED,
  };
  const [first = '', ...more] = texts;
  const conversationId = earlier ?? (await desk.say({ text: first, authorRef: rita.ref }));
  const { address } = await desk.store.conversations.load(conversationId);
  for (const text of earlier === undefined ? more : texts) await desk.say({ text, authorRef: rita.ref, address });
  const { version, turns } = await desk.store.conversations.load(conversationId);
  const handledThrough = turns.at(-1)!.id;
  const turn = await desk.store.conversations.recordDecision({
    conversationId,
    version,
    handledThrough,
    decision,
    text: '',
    at,
  });
  await desk.calm();
  return { conversationId, turnId: turn!.turnId };
}

const carryOver = (turn: { turnId: string; conversationId: string }) =>
  createCarryOver(desk.deps)(turn.turnId, turn.conversationId);

async function saidThere({ conversationId }: Request) {
  const { turns } = await desk.store.conversations.load(conversationId);
  return turns.filter(({ authorName }) => authorName !== null);
}

test('what was said elsewhere is the requester’s in the conversation of the ticket, once', async () => {
  const request = await desk.request({ place: 'direct' });
  const turn = await continued(request, ['it drops again', 'on my Mac']);
  await carryOver(turn);
  await carryOver(turn);
  expect(await saidThere(request)).toMatchObject([
    {
      author: 'requester',
      personRef: rita.ref,
      authorName: 'Rita',
      text: 'it drops again\n\non my Mac',
      comment: null,
    },
  ]);
  const { conversationId } = request;
  expect(await desk.jobs('answer')).toEqual([{ conversationId }]);
  expect(await desk.jobs('deliver')).toHaveLength(1);
});

test('what follows there comes after it, and nothing twice', async () => {
  const request = await desk.request({ place: 'direct' });
  const first = await continued(request, ['it drops again']);
  await carryOver(first);
  await carryOver(await continued(request, ['and the wifi too'], first.conversationId));
  expect((await saidThere(request)).map(({ text }) => text)).toEqual(['it drops again', 'and the wifi too']);
});

test('it is shown in the thread of the request, as said in another chat', async () => {
  const request = await desk.request({ place: 'direct' });
  await carryOver(await continued(request, ['it drops again']));
  const [turn] = await saidThere(request);
  await createDeliver({ ...desk.deps, triage: null, log: silence })([turn!.id], false);
  const post = [...desk.threads.posts.values()].find(({ turnId }) => turnId === turn!.id);
  expect(post?.address).toEqual(request.address);
  expect(post?.reply.parts).toEqual([{ kind: 'said', who: 'Rita', markdown: 'it drops again', side: 'elsewhere' }]);
});

test('where there are no threads, what comes later says what it is about', async () => {
  const request = await desk.request({ place: 'direct' });
  await carryOver(await continued(request, ['it drops again']));
  const [turn] = await saidThere(request);
  desk.threads.places.haveNoThreads = true;
  await createDeliver({ ...desk.deps, triage: null, log: silence })([turn!.id], false);
  desk.threads.places.haveNoThreads = false;
  const post = [...desk.threads.posts.values()].find(({ turnId }) => turnId === turn!.id);
  const { key } = (await desk.store.tickets.find(request.conversationId))!.created!;
  expect(post?.reply.parts[0]).toEqual({ kind: 'note', text: `${key}, about “my vpn drops”` });
});

test('into a channel it is not posted: others read along there; the ticket has it', async () => {
  const request = await desk.request({ place: 'channel' });
  await carryOver(await continued(request, ['it drops again']));
  expect(await saidThere(request)).toHaveLength(1);
  expect(await desk.jobs('deliver')).toEqual([]);
  expect(await desk.jobs('answer')).toHaveLength(1);
});

test('what is changed or taken back in the other chat is so there as well', async () => {
  const request = await desk.request({ place: 'direct' });
  const turn = await continued(request, ['my password is hunter2']);
  await carryOver(turn);
  const { turns } = await desk.store.conversations.load(turn.conversationId);
  const change = async (text: string | null, order: number) => {
    const { message_id: messageId } = await desk.database.knex('turn').where({ id: turns[0]!.id }).first('message_id');
    await desk.store.inbound.change({ eventId: `e${order}`, messageId, text, order, message: null });
    await carryOver(turn);
  };
  await change('it drops', 1);
  expect(await saidThere(request)).toMatchObject([{ text: 'it drops', revision: 1 }]);
  await change(null, 2);
  expect(await saidThere(request)).toMatchObject([{ text: '', withdrawn: true }]);
  expect(await desk.jobs('mirror')).toHaveLength(2);
});

test('what was asked before the offer was something else, and stays where it is', async () => {
  const request = await desk.request({ place: 'direct' });
  const conversationId = await desk.say({ text: 'how do I reset my password', authorRef: rita.ref });
  const { address } = await desk.store.conversations.load(conversationId);
  const decide = async (decision: Decision) => {
    const { version, turns } = await desk.store.conversations.load(conversationId);
    const record = { conversationId, version, handledThrough: turns.at(-1)!.id, decision, text: '', at };
    await desk.store.conversations.recordDecision(record);
  };
  await decide({ kind: 'answer', quote: 'So.', citations: [], grounds: NOTHING_SEARCHED });
  await desk.say({ text: 'my vpn drops again', authorRef: rita.ref, address });
  const { key, url } = (await desk.store.tickets.find(request.conversationId))!.created!;
  const own = { conversationId: request.conversationId, key, url, thread: '' };
  await decide({ kind: 'offer-continue', request: own, grounds: NOTHING_SEARCHED });
  await carryOver(await continued(request, ['since noon'], conversationId));
  expect((await saidThere(request)).map(({ text }) => text)).toEqual(['my vpn drops again\n\nsince noon']);
});
