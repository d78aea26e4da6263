import type { SharedFile } from '#domain/conversation.ts';
import { createMirror } from '../../../src/flows/mirror.ts';
import { createShareFiles } from '../../../src/flows/share-files.ts';
import { at } from './helpdesk.ts';
import { down, openTicketDesk, type Request, sharedFile, type TicketDesk } from './ticket-desk.ts';

let desk: TicketDesk;
beforeAll(async () => {
  desk = await openTicketDesk();
});
beforeEach(async () => {
  desk.threads.shared.length = 0;
  desk.threads.removed.length = 0;
  await desk.calm();
});
afterAll(() => desk.database.close());

const limits = { largestBytes: 1_000_000, refusedTypes: ['exe'] };
const share = (turnId: string, again = false) => {
  const { store, platforms, ticketing } = desk.deps;
  return createShareFiles({ store, platforms, ticketing, limits })(turnId, again);
};

async function saidWith(
  request: Request,
  files: readonly SharedFile[],
  { personRef = null }: { personRef?: string | null } = {},
): Promise<string> {
  const { conversationId } = request;
  const commentId = desk.system.comment(request.ticketId, { files });
  const said = { authorName: 'Ben Ito', text: 'see', at, files, once: `comment/${commentId}` };
  const turn = await desk.store.conversations.recordAgentTurn({ conversationId, commentId, personRef, ...said });
  return turn!.turnId;
}

const names = () => desk.threads.shared.map(({ name, content }) => [name, content]);

test('files of a comment are shown in the thread by name, in order, and once', async () => {
  const request = await desk.request();
  const files = [
    desk.system.attach(request.ticketId, 'a.png', 'PNG'),
    desk.system.attach(request.ticketId, 'b.txt', 'b'),
  ];
  const turnId = await saidWith(request, files);
  await share(turnId);
  await share(turnId, true);
  expect(names()).toEqual([
    ['a.png', 'PNG'],
    ['b.txt', 'b'],
  ]);
  expect(desk.threads.shared[0]?.address).toEqual(request.address);
});

test.each(['before', 'after'] as const)(
  'a run that fails %s a file is shown is made good by the next',
  async (when) => {
    const request = await desk.request();
    const turnId = await saidWith(request, [desk.system.attach(request.ticketId, 'a.png', 'PNG')]);
    desk.threads.faults.fault = { verb: 'shareFile', when, error: down };
    await expect(share(turnId)).rejects.toBe(down);
    await share(turnId, true);
    expect(names()).toEqual([['a.png', 'PNG']]);
  },
);

test('what is refused is not fetched, and what is gone keeps nothing else', async () => {
  const request = await desk.request();
  const good = desk.system.attach(request.ticketId, 'b.txt', 'b');
  const files = [
    { ...desk.system.attach(request.ticketId, 'a.png', 'PNG'), bytes: 2_000_000 },
    desk.system.attach(request.ticketId, 'fix.exe', 'MZ'),
    sharedFile('gone.txt'),
    good,
  ];
  const turnId = await saidWith(request, files);
  await share(turnId);
  expect(names()).toEqual([['b.txt', 'b']]);
  const fetched = desk.system.faults.calls.filter((verb) => verb === 'openFile').length;
  await share(turnId);
  expect([fetched, desk.system.faults.calls.filter((verb) => verb === 'openFile').length]).toEqual([2, 2]);
});

test('files of what was taken back are not shown', async () => {
  const request = await desk.request();
  const takenBack = await saidWith(request, [desk.system.attach(request.ticketId, 'a.png', 'PNG')]);
  await desk.store.conversations.reviseTurn(takenBack, { text: null });
  await share(takenBack);
  expect([names(), desk.system.faults.calls.filter((verb) => verb === 'openFile')]).toEqual([[], []]);
});

describe('files of an answer from the triage channel', () => {
  const howto = sharedFile('howto.png');
  async function answeredWith(files: readonly SharedFile[]) {
    const request = await desk.request();
    desk.threads.files.set('F-howto.png', 'HOW');
    return { request, turnId: await saidWith(request, files, { personRef: 'slack/T1/ben' }) };
  }
  const mirror = ({ conversationId }: Request) =>
    createMirror({ ...desk.deps, limits, describe: async () => true })(conversationId, false);
  const onTicket = ({ ticketId }: Request) => desk.system.find(ticketId).files.map(({ name }) => name);

  test.each(['the thread', 'the ticket'])('come to the employee and to the ticket, once, %s first', async (first) => {
    const { request, turnId } = await answeredWith([howto]);
    if (first === 'the ticket') await mirror(request);
    await share(turnId);
    await share(turnId, true);
    await mirror(request);
    await mirror(request);
    expect([names(), onTicket(request)]).toEqual([[['howto.png', 'HOW']], ['howto.png']]);
    expect(desk.threads.shared[0]?.address).toEqual(request.address);
    expect(desk.system.faults.calls).not.toContain('openFile');
  });

  test.each(['before', 'after'] as const)('come once though a run failed %s one was shown', async (when) => {
    const { turnId } = await answeredWith([howto]);
    desk.threads.faults.fault = { verb: 'shareFile', when, error: down };
    await expect(share(turnId)).rejects.toBe(down);
    await share(turnId, true);
    expect(names()).toEqual([['howto.png', 'HOW']]);
  });

  test('go from both sides when it is taken back', async () => {
    const { request, turnId } = await answeredWith([howto]);
    await share(turnId);
    await mirror(request);
    await desk.store.conversations.reviseTurn(turnId, { text: null });
    await share(turnId);
    await mirror(request);
    expect([desk.threads.removed, onTicket(request)]).toEqual([['F0'], []]);
  });

  test('that are refused or gone are not asked for again', async () => {
    const { turnId } = await answeredWith([sharedFile('fix.exe'), sharedFile('gone.png')]);
    await share(turnId);
    await share(turnId);
    expect([names(), desk.threads.faults.calls]).toEqual([[], ['openFile']]);
  });
});

describe('files that are taken away again', () => {
  async function shown(...contents: readonly string[]) {
    const request = await desk.request();
    const files = contents.map((name) => desk.system.attach(request.ticketId, name, name));
    const turnId = await saidWith(request, files);
    await share(turnId);
    return { request, turnId, files };
  }
  const removals = () => desk.threads.faults.calls.filter((verb) => verb === 'removeFile').length;

  test('go from the thread with the comment, and once', async () => {
    const { turnId } = await shown('a.png', 'b.png');
    await desk.store.conversations.reviseTurn(turnId, { text: null });
    await share(turnId);
    await share(turnId, true);
    expect([desk.threads.removed, removals()]).toEqual([['F0', 'F1'], 2]);
  });

  test('go alone, and new ones come', async () => {
    const { request, turnId, files } = await shown('a.png', 'b.png');
    const added = desk.system.attach(request.ticketId, 'c.png', 'c.png');
    await desk.store.conversations.reviseTurn(turnId, { text: 'see', files: [files[1]!, added] });
    await share(turnId);
    expect([desk.threads.removed, names().map(([name]) => name)]).toEqual([['F0'], ['a.png', 'b.png', 'c.png']]);
  });

  test('are shown anew when the comment is for everybody again', async () => {
    const { turnId, files } = await shown('a.png');
    await desk.store.conversations.reviseTurn(turnId, { text: null });
    await share(turnId);
    await desk.store.conversations.reviseTurn(turnId, { text: 'see', files });
    await share(turnId);
    expect([desk.threads.removed, names().length]).toEqual([['F0'], 2]);
  });

  test.each(['before', 'after'] as const)('a run that fails %s a deletion is made good by the next', async (when) => {
    const { turnId } = await shown('a.png');
    await desk.store.conversations.reviseTurn(turnId, { text: null });
    desk.threads.faults.fault = { verb: 'removeFile', when, error: down };
    await expect(share(turnId)).rejects.toBe(down);
    await share(turnId, true);
    expect(new Set(desk.threads.removed)).toEqual(new Set(['F0']));
  });

  test('go as well when nobody heard that they were shown, but not another’s of that name', async () => {
    const other = await shown('a.png');
    const turnId = await saidWith(other.request, other.files);
    desk.threads.faults.fault = { verb: 'shareFile', when: 'after', error: down };
    await expect(share(turnId)).rejects.toBe(down);
    await desk.store.conversations.reviseTurn(turnId, { text: null });
    await share(turnId, true);
    expect(desk.threads.removed).toEqual(['F1']);
  });
});
