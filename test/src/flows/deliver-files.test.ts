import { createDeliver } from '../../../src/flows/deliver.ts';
import { at, silence } from './helpdesk.ts';
import { openTicketDesk, type Request, sharedFile, type TicketDesk } from './ticket-desk.ts';

let desk: TicketDesk;
beforeAll(async () => {
  desk = await openTicketDesk();
});
beforeEach(() => desk.calm());
afterAll(() => desk.database.close());

const file = sharedFile('a.png');
const deliver = (turnId: string) => {
  const { store, platforms, clock } = desk.deps;
  return createDeliver({ store, platforms, triage: null, clock, log: silence })([turnId], false);
};

async function said({ conversationId }: Request, personRef: string | null = null, files = [file]): Promise<string> {
  const usual = { authorName: 'Ben Ito', text: 'see', at, once: 'comment/1', commentId: 'c1' };
  const turn = await desk.store.conversations.recordAgentTurn({ ...usual, conversationId, personRef, files });
  return turn!.turnId;
}
const shownAs = (turnId: string) =>
  JSON.stringify([...desk.threads.posts.values()].find((post) => post.turnId === turnId)?.reply.parts ?? null);

test('what an agent wrote on the ticket comes with its files, with those of an edit, and they go with it', async () => {
  const request = await desk.request();
  const { conversationId } = request;
  const turnId = await said(request);
  await deliver(turnId);
  expect(await desk.jobs('share-files')).toEqual([{ conversationId, turnId }]);
  await desk.store.conversations.recordFile(turnId, { index: 0, mirrored: 'F0' });

  await desk.store.conversations.reviseTurn(turnId, { text: 'see', files: [sharedFile('b.png')] });
  await deliver(turnId);
  expect(await desk.jobs('share-files')).toEqual([{ conversationId, turnId }]);
  expect(shownAs(turnId)).toContain('With files: b.png"');

  await desk.store.conversations.reviseTurn(turnId, { text: null });
  await deliver(turnId);
  expect([await desk.jobs('share-files'), shownAs(turnId)]).toEqual([[{ conversationId, turnId }], 'null']);
});

test('an answer from the triage channel comes with its files, whether the ticket has them or not', async () => {
  const request = await desk.request();
  const { conversationId } = request;
  const turnId = await said(request, 'slack/T1/ben');
  await desk.store.conversations.recordFile(turnId, { index: 0, mirrored: '10001' });
  await deliver(turnId);
  expect(await desk.jobs('share-files')).toEqual([{ conversationId, turnId }]);
});

test('where its files are as they are to be, nothing is asked for', async () => {
  const request = await desk.request();
  const turnId = await said(request);
  await desk.store.conversations.recordFile(turnId, { index: 0, mirrored: 'F0' });
  await deliver(turnId);
  const other = await desk.request();
  await deliver(await said(other, null, []));
  const inTriage = await desk.request();
  const answered = await said(inTriage, 'slack/T1/ben');
  await desk.store.conversations.recordFile(answered, { index: 'thread/0', mirrored: 'F1' });
  await deliver(answered);
  expect(await desk.jobs('share-files')).toEqual([]);
});

test('files that go leave their names out of the post', async () => {
  const request = await desk.request();
  const turnId = await said(request);
  await deliver(turnId);
  await desk.store.conversations.reviseTurn(turnId, { text: 'see', files: [] });
  await deliver(turnId);
  expect([shownAs(turnId).includes('see'), shownAs(turnId).includes('files')]).toEqual([true, false]);
});
