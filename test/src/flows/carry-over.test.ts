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
  const request = await desk.request();
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
  const request = await desk.request();
  const first = await continued(request, ['it drops again']);
  await carryOver(first);
  await carryOver(await continued(request, ['and the wifi too'], first.conversationId));
  expect((await saidThere(request)).map(({ text }) => text)).toEqual(['it drops again', 'and the wifi too']);
});

test('it is shown in the thread of the request, as said in another chat', async () => {
  const request = await desk.request();
  await carryOver(await continued(request, ['it drops again']));
  const [turn] = await saidThere(request);
  await createDeliver({ ...desk.deps, triage: null, log: silence })([turn!.id], false);
  const post = [...desk.threads.posts.values()].find(({ turnId }) => turnId === turn!.id);
  expect(post?.address).toEqual(request.address);
  expect(post?.reply.parts).toEqual([{ kind: 'said', who: 'Rita', markdown: 'it drops again', side: 'elsewhere' }]);
});

test('where there are no threads, what comes later says what it is about', async () => {
  const request = await desk.request();
  await carryOver(await continued(request, ['it drops again']));
  const [turn] = await saidThere(request);
  desk.threads.places.haveNoThreads = true;
  await createDeliver({ ...desk.deps, triage: null, log: silence })([turn!.id], false);
  desk.threads.places.haveNoThreads = false;
  const post = [...desk.threads.posts.values()].find(({ turnId }) => turnId === turn!.id);
  const { key } = (await desk.store.tickets.find(request.conversationId))!.created!;
  expect(post?.reply.parts[0]).toEqual({ kind: 'note', text: `${key}, about “my vpn drops”` });
});
