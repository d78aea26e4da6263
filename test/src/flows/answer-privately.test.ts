import type { Person } from '#domain/conversation.ts';
import { createAnswer } from '../../../src/flows/answer.ts';
import { createAnswerPrivately, createHandOverUnsent } from '../../../src/flows/answer-privately.ts';
import {
  at,
  colleague,
  createChat,
  createFreshnessDouble,
  type Desk,
  openDesk,
  policy,
  putDocument,
  weights,
  draftWeights,
} from './helpdesk.ts';

const priya = colleague('priya');
const tom = colleague('tom');
const question = 'how do I close the ledger?';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  const audience = [['person:priya@acme.example']];
  await putDocument(desk.store, { id: 'ledger', title: 'Ledgers', text: 'Close it with the brass stamp.', audience });
});
afterAll(() => desk.database.close());

/** A channel in which a private answer was offered. */
async function offered(asker: Person = priya) {
  const { state, platforms } = createChat([priya, tom]);
  const { freshness } = createFreshnessDouble();
  const clock = () => at;
  const { store } = desk;
  const answer = createAnswer({
    store,
    platforms,
    policy,
    weights,
    draftWeights,
    models: null,
    freshness,
    incidents: null,
    clock,
  });
  state.members = [priya.ref, tom.ref];
  const conversationId = await desk.say({ text: question, authorRef: asker.ref });
  await answer(conversationId);
  const { turnId } = await desk.lastDecision(conversationId);
  for (const name of ['answer', 'settle'] as const) await desk.jobs(name);
  const deps = { store, platforms, clock };
  return {
    state,
    answer,
    conversationId,
    turnId,
    deps,
    answerPrivately: (again = false) => createAnswerPrivately(deps)(turnId, conversationId, again),
  };
}

test('the question goes on in the requester’s direct messages, where it is answered', async () => {
  const { state, answer, conversationId, turnId, answerPrivately } = await offered();
  const { address, name } = await desk.store.conversations.load(conversationId);
  await answerPrivately();
  const { reply, thread, ...opening } = state.begun[0]!;
  expect(opening).toEqual({ personRef: priya.ref, key: `private/${name}/${turnId}`, again: false });
  const link = { before: 'About ', text: 'your question', url: `https://slack.example/${address.ref}` };
  expect(reply).toEqual({ parts: [{ kind: 'link', ...link, after: `: “${question}”` }], buttons: [] });
  expect(await desk.jobs('settle')).toEqual([{ conversationId, turnId }]);
  const [job, ...others] = await desk.jobs('answer');
  expect(others).toEqual([]);

  const opened = await desk.store.conversations.load(job!['conversationId']!);
  expect(opened).toMatchObject({ address: thread.address, place: 'direct', requesterRef: priya.ref });
  expect(opened.turns).toMatchObject([
    { author: 'requester', personRef: priya.ref, text: question, addressed: true, at, action: null },
  ]);
  await answer(opened.id);
  expect(await desk.lastDecision(opened.id)).toMatchObject({
    kind: 'answer',
    quote: expect.stringContaining('brass stamp'),
    citations: [{ title: 'Ledgers', restricted: true }],
  });
  const { address: direct, messageId } = thread;
  expect(await desk.store.trails.ofMessage({ address: direct, messageId, postRefStart: 'none/' })).not.toBeNull();
});

test('a second run finds the first one’s thread, and opens no second conversation', async () => {
  const { state, answerPrivately } = await offered();
  await answerPrivately();
  const jobs = [await desk.jobs('answer'), await desk.jobs('settle')];
  await answerPrivately(true);
  expect(jobs.map(({ length }) => length)).toEqual([1, 1]);
  expect([state.begun.length, await desk.jobs('answer'), await desk.jobs('settle')]).toEqual([1, [], []]);
});

test('a run that ended before it could write is made good by the second', async () => {
  const { state, deps, turnId, conversationId, answerPrivately } = await offered();
  const failing = { ...deps.store, transaction: () => Promise.reject(new Error('the database is gone')) };
  const broken = createAnswerPrivately({ ...deps, store: failing })(turnId, conversationId, false);
  await expect(broken).rejects.toThrow('the database is gone');
  await answerPrivately(true);
  expect([state.begun.length, (await desk.jobs('answer')).length, (await desk.jobs('settle')).length]).toEqual([
    1, 1, 1,
  ]);
});

test('in a place without threads, what is said there next goes on with it', async () => {
  const { state, deps, turnId, conversationId } = await offered();
  const platform = deps.platforms.get('slack')!;
  const chat = `T1/D-${priya.ref}`;
  const startDirect: typeof platform.startDirect = async (...opening) => ({
    ...(await platform.startDirect(...opening)),
    chat,
  });
  const platforms = new Map([['slack', { ...platform, startDirect }] as const]);
  await createAnswerPrivately({ ...deps, platforms })(turnId, conversationId, false);
  const going = await desk.store.inbound.goingOn('slack', { id: chat, quotes: null });
  expect(going).toMatchObject({ address: state.begun[0]!.thread.address, requesterRef: priya.ref });
  for (const name of ['answer', 'settle'] as const) await desk.jobs(name);
});

test('what was not offered is not sent', async () => {
  const { state, turnId, answerPrivately } = await offered(tom);
  expect(await desk.store.conversations.outgoing(turnId)).toMatchObject({ turn: { decision: { kind: 'escalate' } } });
  await answerPrivately();
  expect([state.begun, await desk.jobs('answer')]).toEqual([[], []]);
});

test('when no direct message can be sent, a person takes over, once', async () => {
  const { deps, conversationId } = await offered();
  await createHandOverUnsent(deps)(conversationId);
  await createHandOverUnsent(deps)(conversationId);
  const { handledThrough } = await desk.store.conversations.load(conversationId);
  expect(await desk.store.tickets.find(conversationId)).toMatchObject({
    reason: 'unavailable',
    throughTurnId: handledThrough,
  });
  expect((await desk.jobs('escalate')).filter((job) => job['conversationId'] === conversationId)).toHaveLength(1);
});
