import { type Decision, NOTHING_SEARCHED } from '#domain/decide.ts';
import type { ChatPlatform } from '#ports.ts';
import { createDeliver } from '../../../src/flows/deliver.ts';
import { at, type Desk, openDesk } from './helpdesk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.database.close());

const citation = { chunkId: '1', documentId: 'vpn', title: 'VPN', url: 'https://wiki.example/vpn', source: 'wiki' };
const answer: Decision = { kind: 'answer', quote: 'Restart it.', citations: [citation], grounds: NOTHING_SEARCHED };
const news: Decision = { kind: 'report', news: 'taken', reason: 'unsure', grounds: NOTHING_SEARCHED };

/** Delivers a decision of `at` so much later, to a platform that holds this post of it. */
async function delivered(decision: Decision, { minutes, found }: { minutes: number; found: string | null }) {
  const conversationId = await desk.say({ text: 'my vpn drops', authorRef: 'slack/T1/U1' });
  const { version, turns } = await desk.store.conversations.load(conversationId);
  const handledThrough = turns.at(-1)?.id ?? '';
  const record = { conversationId, version, handledThrough, decision, text: '', at };
  const turnId = (await desk.store.conversations.recordDecision(record))?.turnId ?? '';
  await desk.jobs('answer');
  const posted: unknown[] = [];
  const platform = {
    name: 'slack',
    findPost: async () => found,
    async post(_: unknown, post: unknown) {
      posted.push(post);
      return 'C1/1';
    },
  } as unknown as ChatPlatform;
  const clock = () => new Date(at.getTime() + minutes * 60_000);
  const platforms = new Map([['slack', platform]] as const);
  await createDeliver({ store: desk.store, platforms, clock })(turnId, true);
  const after = await desk.store.conversations.load(conversationId);
  const ours = after.turns.find(({ id }) => id === turnId);
  return { posted: posted.length, postRef: ours?.postRef, asked: await desk.jobs('answer'), conversationId };
}

test('an answer is posted, and its post is kept', async () => {
  expect(await delivered(answer, { minutes: 1, found: null })).toMatchObject({ posted: 1, postRef: 'C1/1', asked: [] });
});

test('an answer that could not be posted for minutes is taken back and decided anew', async () => {
  const { posted, postRef, asked, conversationId } = await delivered(answer, { minutes: 3, found: null });
  expect({ posted, postRef, asked }).toEqual({ posted: 0, postRef: undefined, asked: [{ conversationId }] });
});

test('one that had come through without our hearing of it stands', async () => {
  expect(await delivered(answer, { minutes: 3, found: 'C1/7' })).toMatchObject({
    posted: 0,
    postRef: 'C1/7',
    asked: [],
  });
});

test('news of a ticket is posted however late', async () => {
  expect(await delivered(news, { minutes: 600, found: null })).toMatchObject({ posted: 1, asked: [] });
});
