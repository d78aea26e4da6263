import type { SharedFile } from '#domain/conversation.ts';
import { NOTHING_SEARCHED } from '#domain/decision.ts';
import { createDescribe } from '../../../src/flows/amend.ts';
import { createMirror } from '../../../src/flows/mirror.ts';
import { createInbox } from '../../../src/inbox.ts';
import { at } from './helpdesk.ts';
import {
  down,
  openTicketDesk,
  questionBack,
  refused,
  type Request,
  rita,
  sharedFile,
  type TicketDesk,
  tom,
} from './ticket-desk.ts';

let desk: TicketDesk;
beforeAll(async () => {
  desk = await openTicketDesk();
});
beforeEach(() => desk.calm());
afterAll(() => desk.database.close());

const limits = { largestBytes: 1_000_000, refusedTypes: ['exe'] };

function mirror(request: Request, again = false) {
  const { store, platforms, ticketing, clock } = desk.deps;
  const deps = { store, platforms, ticketing, limits, clock, describe: createDescribe(desk.deps) };
  return createMirror(deps)(request.conversationId, again);
}

let events = 0;
async function change(turnId: string, text: string | null, files?: readonly SharedFile[]): Promise<void> {
  events += 1;
  const row = await desk.database.knex('turn').where({ id: turnId }).first('message_id');
  const messageId: string = row.message_id;
  await createInbox(desk.store, () => at).change({
    eventId: `change/${events}`,
    messageId,
    text,
    order: 1,
    message: null,
    ...(files === undefined ? {} : { files }),
  });
}

const said = (request: Request) => desk.system.said(request.ticketId);
const calls = () => desk.system.faults.calls.filter((verb) => verb !== 'ensureTicket');
const textOf = (request: Request) => JSON.stringify(desk.system.find(request.ticketId).body);

test('what is said after the description becomes public comments in their authors’ names, in order', async () => {
  const request = await desk.request();
  await desk.add(request, { text: 'still *drops*' });
  const mark = await desk.add(request, { text: 'mine too', authorRef: tom.ref });
  await mirror(request);
  expect(said(request)).toEqual([
    ['Rita', 'still *drops*'],
    ['Tom', 'mine too'],
  ]);
  const { name } = await desk.store.conversations.load(request.conversationId);
  expect(desk.system.ours(request.ticketId)).toMatchObject([
    { internal: false },
    { internal: false, mark: `${name}/${mark}` },
  ]);
});

test('what is there stays untouched however often it runs', async () => {
  const request = await desk.request();
  await desk.add(request, { text: 'still drops', files: [sharedFile('shot.png')] });
  desk.threads.files.set('F-shot.png', 'PNG!');
  await mirror(request);
  const before = desk.system.find(request.ticketId);
  await mirror(request);
  await mirror(request, true);
  expect(desk.system.find(request.ticketId)).toBe(before);
});

test('an edit is made in the comment, and a deletion takes it away', async () => {
  const request = await desk.request();
  const first = await desk.add(request, { text: 'still drops' });
  const second = await desk.add(request, { text: 'my password is hunter2' });
  await mirror(request);
  await change(first, 'drops every hour');
  await change(second, null);
  await mirror(request);
  expect(said(request)).toEqual([['Rita', 'drops every hour']]);
  expect(JSON.stringify(desk.system.find(request.ticketId))).not.toContain('hunter2');
  await desk.calm();
  await mirror(request);
  expect(calls()).toEqual([]);
});

test('what was taken back before it was mirrored never gets there', async () => {
  const request = await desk.request();
  await change(await desk.add(request, { text: 'oops' }), null);
  await mirror(request);
  expect([said(request), calls()]).toEqual([[], []]);
});

test('a comment that IT has deleted stays deleted', async () => {
  const request = await desk.request();
  const turnId = await desk.add(request, { text: 'still drops' });
  await mirror(request);
  const [comment] = desk.system.find(request.ticketId).comments;
  desk.system.edit(request.ticketId, comment!.id, null);
  await change(turnId, 'drops every hour');
  await mirror(request);
  expect(said(request)).toEqual([]);
});

describe('where an attempt fails half way', () => {
  test.each(['before', 'after'] as const)(
    '%s the comment, the next one writes it once, as it is by then',
    async (when) => {
      const request = await desk.request();
      const turnId = await desk.add(request, { text: 'still drops' });
      await desk.add(request, { text: 'every hour' });
      desk.system.faults.fault = { verb: 'ensureComment', when, error: down };
      await expect(mirror(request)).rejects.toBe(down);
      await change(turnId, 'it drops');
      await mirror(request, true);
      expect(said(request)).toEqual([
        ['Rita', 'it drops'],
        ['Rita', 'every hour'],
      ]);
    },
  );

  test.each(['before', 'after'] as const)('%s the file, the next one attaches it once', async (when) => {
    const request = await desk.request();
    await desk.add(request, { text: 'see', files: [sharedFile('one.png'), sharedFile('two.png')] });
    for (const name of ['one', 'two']) desk.threads.files.set(`F-${name}.png`, `PNG ${name}`);
    desk.system.faults.fault = { verb: 'ensureFile', when, error: down };
    await expect(mirror(request)).rejects.toBe(down);
    await mirror(request, true);
    expect(desk.system.find(request.ticketId).files.map(({ name }) => name)).toEqual(['one.png', 'two.png']);
    expect(said(request)).toEqual([['Rita', 'see', '(files: one.png, two.png)']]);
  });
});

describe('files', () => {
  test('go onto the ticket by name, and twice of the same name and content as two', async () => {
    const request = await desk.request();
    desk.threads.files.set('F-shot.png', 'PNG!');
    await desk.add(request, { text: 'look', files: [sharedFile('shot.png'), sharedFile('shot.png')] });
    await mirror(request, true);
    const [one, two] = desk.system.find(request.ticketId).files;
    expect([one?.name, two?.name, one?.id === two?.id]).toEqual(['shot.png', 'shot.png', false]);
  });

  test('of what is in the description go onto the ticket as well', async () => {
    desk.threads.files.set('F-first.png', 'PNG!');
    const request = await desk.request({ text: 'see', files: [sharedFile('first.png')] });
    await mirror(request);
    expect(desk.system.find(request.ticketId).files).toMatchObject([{ name: 'first.png', content: 'PNG!' }]);
    expect(said(request)).toEqual([]);
  });

  test('of the description that are refused are named there with why', async () => {
    const request = await desk.request({ text: 'see', files: [sharedFile('fix.exe'), sharedFile('away.png')] });
    await change(request.throughTurnId, 'look');
    await mirror(request);
    expect(textOf(request)).toContain('(the file fix.exe is only in the thread: files of the type exe are not carried');
    expect(textOf(request)).toContain('(files: away.png)');
    expect(said(request)).toEqual([[null, 'The file away.png is not here: it is no longer in the thread.']]);
  });

  test('that are refused are named with why, and are not asked for', async () => {
    const request = await desk.request();
    const files = [
      sharedFile('fix.exe'),
      sharedFile('film.mov', { bytes: 200_000_000 }),
      sharedFile('list.txt', { ref: null }),
    ];
    await desk.add(request, { text: 'see', files });
    await mirror(request);
    expect(said(request)).toEqual([
      [
        'Rita',
        'see',
        '(the file fix.exe is only in the thread: files of the type exe are not carried over)',
        '(the file film.mov is only in the thread: 200 MB are more than the 1 MB that are carried over)',
        '(the file list.txt is only in the thread: it cannot be fetched)',
      ],
    ]);
    expect([desk.threads.faults.calls, desk.system.find(request.ticketId).files]).toEqual([[], []]);
    await desk.calm();
    await mirror(request);
    expect(calls()).toEqual([]);
  });

  test('that are gone, or that the ticket system does not take, keep nothing else from it', async () => {
    const request = await desk.request();
    desk.threads.files.set('F-bad.bin', 'bad').set('F-good.txt', 'good');
    await desk.add(request, {
      text: 'see',
      files: [sharedFile('gone.txt'), sharedFile('bad.bin'), sharedFile('good.txt')],
    });
    desk.system.faults.fault = { verb: 'ensureFile', when: 'before', error: refused };
    await mirror(request);
    expect(desk.system.find(request.ticketId).files).toMatchObject([{ name: 'good.txt' }]);
    expect(said(request).slice(1)).toEqual([
      [null, 'The file gone.txt is not here: it is no longer in the thread.'],
      [null, 'The file bad.bin is only in the thread: the ticket system does not take it.'],
    ]);
    await desk.calm();
    await mirror(request);
    expect([calls(), desk.threads.faults.calls]).toEqual([[], []]);
  });
});

describe('files that are taken away again', () => {
  const [one, two] = [sharedFile('one.png'), sharedFile('two.png')];
  const attached = (request: Request) => desk.system.find(request.ticketId).files.map(({ name }) => name);

  async function withBoth(): Promise<{ request: Request; turnId: string }> {
    for (const name of ['one', 'two', 'three']) desk.threads.files.set(`F-${name}.png`, `PNG ${name}`);
    const request = await desk.request();
    const turnId = await desk.add(request, { text: 'see', files: [one, two] });
    await mirror(request);
    return { request, turnId };
  }

  test('go from the ticket with the message, and once', async () => {
    const { request, turnId } = await withBoth();
    await change(turnId, null);
    await mirror(request);
    expect([attached(request), said(request)]).toEqual([[], []]);
    await desk.calm();
    await mirror(request);
    await mirror(request, true);
    expect(calls()).toEqual([]);
  });

  test('go alone, others stay and new ones come, and the comment names those that are there', async () => {
    const { request, turnId } = await withBoth();
    await change(turnId, 'see', [two, sharedFile('three.png')]);
    await mirror(request);
    expect(attached(request)).toEqual(['two.png', 'three.png']);
    expect(said(request)).toEqual([['Rita', 'see', '(files: two.png, three.png)']]);
  });

  test('take the comment with them when they were all there was', async () => {
    desk.threads.files.set('F-one.png', 'PNG');
    const request = await desk.request();
    const turnId = await desk.add(request, { text: '', files: [one] });
    await mirror(request);
    await change(turnId, '', []);
    await mirror(request);
    expect([attached(request), said(request)]).toEqual([[], []]);
    await change(turnId, 'it was this', []);
    await mirror(request);
    expect(said(request)).toEqual([['Rita', 'it was this']]);
  });

  test('go from what is in the description, which no longer names them', async () => {
    desk.threads.files.set('F-one.png', 'PNG');
    const request = await desk.request({ text: 'see', files: [one] });
    await mirror(request);
    expect(attached(request)).toEqual(['one.png']);
    await change(request.throughTurnId, 'see', []);
    await mirror(request);
    expect([attached(request), textOf(request).includes('one.png')]).toEqual([[], false]);
  });

  test.each(['before', 'after'] as const)(
    'where an attempt fails %s the deletion, the next one makes it good',
    async (when) => {
      const { request, turnId } = await withBoth();
      await change(turnId, null);
      desk.system.faults.fault = { verb: 'removeFile', when, error: down };
      await expect(mirror(request)).rejects.toBe(down);
      await mirror(request, true);
      expect([attached(request), said(request)]).toEqual([[], []]);
    },
  );

  test('go as well when nobody heard that they had got there', async () => {
    desk.threads.files.set('F-one.png', 'PNG!');
    const request = await desk.request();
    const turnId = await desk.add(request, { text: 'see', files: [one] });
    desk.system.faults.fault = { verb: 'ensureFile', when: 'after', error: down };
    await expect(mirror(request)).rejects.toBe(down);
    expect(attached(request)).toEqual(['one.png']);
    await change(turnId, null);
    await mirror(request, true);
    expect([attached(request), said(request)]).toEqual([[], []]);
  });

  test('never get there when they are gone before', async () => {
    const request = await desk.request();
    const turnId = await desk.add(request, { text: 'see', files: [one] });
    await change(turnId, 'see', []);
    await mirror(request);
    expect([desk.threads.faults.calls, said(request)]).toEqual([[], [['Rita', 'see']]]);
    expect(calls()).toEqual(['ensureComment']);
  });

  test('are left to IT staff where we may not delete them, who are told once, and nobody else', async () => {
    const { request, turnId } = await withBoth();
    await change(turnId, 'see', [two]);
    desk.system.faults.fault = { verb: 'removeFile', when: 'before', error: refused };
    await mirror(request);
    await mirror(request);
    expect(attached(request)).toEqual(['one.png', 'two.png']);
    expect(said(request)).toEqual([
      ['Rita', 'see', '(files: two.png)'],
      [null, 'Rita has taken back the file one.png, which I may not delete here. Please delete it.'],
    ]);
    expect(desk.system.ours(request.ticketId).map(({ internal }) => internal)).toEqual([false, true]);
  });
});

describe('what is in the description', () => {
  test('is written anew when its author changes it', async () => {
    const request = await desk.request();
    await change(request.throughTurnId, 'my wifi drops');
    await mirror(request);
    expect(textOf(request)).toContain('my wifi drops');
    expect([textOf(request).includes('vpn'), said(request)]).toEqual([false, []]);
    await desk.calm();
    await mirror(request);
    expect(calls()).toEqual([]);
  });

  test('is taken out when its author takes it back', async () => {
    const request = await desk.request({ text: 'my password is hunter2' });
    await change(request.throughTurnId, null);
    await mirror(request);
    expect(textOf(request)).not.toContain('hunter2');
  });

  test('is left as IT has rewritten it: then a comment tells the change, and one comment however often', async () => {
    const request = await desk.request();
    desk.system.change(request.ticketId, { isRewritten: true, body: [{ heading: 'IT’s own', lines: [] }] });
    await change(request.throughTurnId, 'my wifi drops');
    await mirror(request);
    await change(request.throughTurnId, 'my wifi drops daily');
    await mirror(request);
    expect(said(request)).toEqual([['Rita', 'changed an earlier message:', 'my wifi drops daily']]);
    await change(request.throughTurnId, null);
    await mirror(request);
    expect(said(request)).toEqual([['Rita', 'took back an earlier message.']]);
    expect(textOf(request)).toContain('IT’s own');
  });
});

describe('where we may not', () => {
  const at_ = { kind: 'said', who: 'Rita', at: expect.any(Date) };

  test('delete a comment, IT staff are asked to, once, and all that comes later goes on', async () => {
    const request = await desk.request();
    const turnId = await desk.add(request, { text: 'my password is hunter2' });
    await mirror(request);
    await change(turnId, null);
    await desk.add(request, { text: 'still drops' });
    desk.system.faults.fault = { verb: 'removeComment', when: 'before', error: refused };
    await mirror(request);
    const [, left, next] = desk.system.ours(request.ticketId);
    expect(left).toMatchObject({ internal: true, author: null });
    expect(left?.lines).toEqual([
      { kind: 'text', text: 'Rita has taken this message back, and I may not delete its comment. Please delete it:' },
      { ...at_, text: '' },
    ]);
    expect(next).toMatchObject({ internal: false, lines: [{ text: 'still drops' }] });
    await desk.calm();
    await mirror(request);
    expect(calls()).toEqual([]);
  });

  test('rewrite a comment, IT staff are told what it says now', async () => {
    const request = await desk.request();
    const turnId = await desk.add(request, { text: 'still drops' });
    await mirror(request);
    await change(turnId, 'drops every hour');
    desk.system.faults.fault = { verb: 'editComment', when: 'before', error: refused };
    await mirror(request);
    const [, left] = desk.system.ours(request.ticketId);
    expect(left?.internal).toBe(true);
    expect(left?.lines).toEqual([
      { kind: 'text', text: 'Rita has changed this message, and I may not rewrite its comment. It says now:' },
      { ...at_, text: 'drops every hour' },
    ]);
    await change(turnId, 'drops every day');
    await mirror(request);
    expect(said(request).at(0)).toEqual(['Rita', 'drops every day']);
  });

  test('rewrite the description, IT staff are asked to take out what was taken back', async () => {
    const request = await desk.request({ text: 'my password is hunter2' });
    await change(request.throughTurnId, null);
    await desk.add(request, { text: 'still drops' });
    desk.system.faults.fault = { verb: 'amend', when: 'before', error: refused };
    await mirror(request);
    const [left, next] = desk.system.ours(request.ticketId);
    expect(left).toMatchObject({ internal: true });
    expect(left?.lines).toEqual([
      {
        kind: 'text',
        text: 'Rita has taken this message back, and I may not rewrite the description. Please take it out there:',
      },
      { ...at_, text: '' },
    ]);
    expect(next?.lines).toMatchObject([{ text: 'still drops' }]);
    await desk.calm();
    await mirror(request);
    expect(calls()).toEqual([]);
  });

  test('rewrite the description, IT staff get what the form says, once', async () => {
    const request = await desk.request();
    await sendForm(request, { summary: 'VPN in Lisbon', tried: '', device: 'MacBook', urgency: 'high' });
    desk.system.faults.fault = { verb: 'amend', when: 'before', error: refused };
    await mirror(request);
    const [left] = desk.system.ours(request.ticketId);
    expect(left).toMatchObject({ internal: true });
    expect(left?.lines.map((line) => line.text)).toEqual([
      'Rita has told more about the request, and I may not write it into the ticket:',
      'Summary: VPN in Lisbon',
      'Device: MacBook',
      'Urgency: high',
    ]);
    await desk.calm();
    await mirror(request);
    expect(calls()).toEqual([]);
  });

  test('fails for a while, it is tried again', async () => {
    const request = await desk.request();
    const turnId = await desk.add(request, { text: 'still drops' });
    await mirror(request);
    await change(turnId, null);
    desk.system.faults.fault = { verb: 'removeComment', when: 'before', error: down };
    await expect(mirror(request)).rejects.toBe(down);
    await mirror(request, true);
    expect(said(request)).toEqual([]);
  });
});

test('what is new gets there though an older comment cannot be rewritten just now', async () => {
  const request = await desk.request();
  const turnId = await desk.add(request, { text: 'still drops' });
  await mirror(request);
  await change(turnId, 'drops every hour');
  await desk.add(request, { text: 'and the wifi' });
  desk.system.faults.fault = { verb: 'editComment', when: 'before', error: down };
  await expect(mirror(request)).rejects.toBe(down);
  expect(said(request)).toEqual([
    ['Rita', 'still drops'],
    ['Rita', 'and the wifi'],
  ]);
});

async function sendForm(request: Request, values: Readonly<Record<string, string>>): Promise<void> {
  const { address } = request;
  const turnId = await desk.news(request, questionBack);
  await desk.press({ action: 'details', turnId, personRef: rita.ref, address, values });
}

test('the form about the request is written into the description, once', async () => {
  const request = await desk.request();
  await sendForm(request, { summary: 'VPN in Lisbon', tried: 'Restarted it', device: '', urgency: '' });
  await mirror(request);
  expect(desk.system.find(request.ticketId).summary).toBe('VPN in Lisbon');
  expect(textOf(request)).toContain('Tried: Restarted it');
  await desk.calm();
  await mirror(request);
  expect(calls()).toEqual([]);
});

test('an answer from the triage channel is a comment in the name of who gave it', async () => {
  const request = await desk.request();
  await desk.store.conversations.recordAgentTurn({
    conversationId: request.conversationId,
    authorName: 'Ben Ito',
    personRef: 'slack/T1/ben',
    text: 'Try **this**.',
    at,
    files: [],
    commentId: null,
    once: 'answer/1',
  });
  await mirror(request);
  expect(said(request)).toEqual([['Ben Ito', 'Try **this**.']]);
});

test('what came from the ticket does not go back to it', async () => {
  const request = await desk.request();
  await desk.store.conversations.recordAgentTurn({
    conversationId: request.conversationId,
    authorName: 'Ben Ito',
    personRef: null,
    text: 'Which office?',
    at,
    files: [sharedFile('guide.pdf')],
    commentId: 'c1',
    once: 'comment/c1',
  });
  await mirror(request);
  expect([calls(), desk.threads.faults.calls]).toEqual([[], []]);
});

test('what is still wrong, from the form, is a comment; the press alone is none', async () => {
  const request = await desk.request();
  const resolved = { kind: 'report', news: 'resolved', reason: 'unsure', grounds: NOTHING_SEARCHED } as const;
  const turnId = await desk.news(request, resolved);
  const press = { action: 'not-yet', turnId, personRef: rita.ref, address: request.address } as const;
  await desk.press(press);
  await mirror(request);
  expect(said(request)).toEqual([]);
  await desk.press({ ...press, values: { text: 'it drops after an hour' } });
  await mirror(request);
  expect(said(request)).toEqual([['Rita', 'it drops after an hour']]);
});

test('while the ticket is not made it waits, and of one that is gone nothing is to be done', async () => {
  const request = await desk.request({ made: false });
  await desk.add(request, { text: 'still drops' });
  await expect(mirror(request)).rejects.toMatchObject({ kind: 'unavailable' });
  const gone = await desk.request();
  await desk.add(gone, { text: 'still drops' });
  await desk.store.tickets.recordPhase(gone.conversationId, 'gone', at);
  await mirror(gone);
  expect(calls()).toEqual([]);
});
