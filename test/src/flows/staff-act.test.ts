import type { Click } from '#domain/conversation.ts';
import { RemoteError } from '#errors.ts';
import type { StoredLesson } from '#ticket-ports.ts';
import { createStaffAct } from '../../../src/flows/staff-act.ts';
import { lessonDecision } from '../../../src/flows/settle-lesson.ts';
import { colleague, createChat } from './helpdesk.ts';
import { at, createTicketingDouble, openStaffDesk, type Request, type StaffDesk } from './staff-desk.ts';

const ann = colleague('ann');
const bo = colleague('bo', { email: null });
const guest = colleague('guest', { outsider: true });
const app = colleague('app', { bot: true });
const rita = colleague('rita');
const { platforms } = createChat([ann, bo, rita, guest, app]);

let desk: StaffDesk;
beforeAll(async () => {
  desk = await openStaffDesk();
});
afterAll(() => desk.database.close());
beforeEach(() => desk.database.knex('pgboss.job').del());

function setUp(accounts = ['ann@acme.example']) {
  const double = createTicketingDouble();
  double.accounts = accounts;
  const act = createStaffAct({ store: desk.store, platforms, ticketing: double.ticketing, clock: () => at });
  return { double, act };
}
const cardOf = async (request: Request, cardId: string) => {
  const decision = (await desk.turns(request)).find(({ id }) => id === cardId)?.decision;
  return decision?.kind === 'triage' ? decision.card : null;
};

async function proposedIn(request: Request): Promise<{ lesson: StoredLesson; turnId: string }> {
  const { conversationId } = request;
  const words = { question: 'Why does my vpn drop?', answer: 'Restart the client.' };
  const of = { conversationId, ticketId: request.ticket.id, url: request.ticket.url };
  const lesson = await desk.store.lessons.propose({ ...of, ...words, at });
  if (lesson === null) throw new Error('there is a lesson already');
  const decision = lessonDecision(lesson);
  const news = { conversationId, decision, text: '', at, once: 'lesson', stage: 'triage' } as const;
  const turn = await desk.store.conversations.recordNews(news);
  return { lesson, turnId: turn?.turnId ?? '' };
}

describe('Take', () => {
  test('gives the ticket to who pressed it, says so on the card, and has the employee told', async () => {
    const { double, act } = setUp();
    const request = await desk.request();
    const cardId = await desk.card(request);
    await desk.jobs('deliver');
    const turnId = await desk.press(request, { action: 'take', turnId: cardId, personRef: ann.ref });

    await act(turnId, request.conversationId);

    expect(double.assigned).toEqual([{ ticketId: request.ticket.id, email: 'ann@acme.example' }]);
    expect(await cardOf(request, cardId)).toMatchObject({ takenBy: 'ann', mutedBy: null });
    expect(await desk.jobs('deliver')).toEqual([{ conversationId: request.conversationId, turnIds: cardId }]);
    expect(await desk.jobs('refresh-ticket')).toEqual([{ conversationId: request.conversationId }]);
  });

  test('a second time it changes nothing', async () => {
    const { act } = setUp();
    const request = await desk.request();
    const cardId = await desk.card(request);
    const turnId = await desk.press(request, { action: 'take', turnId: cardId, personRef: ann.ref });
    await act(turnId, request.conversationId);
    const before = await desk.turns(request);
    await desk.jobs('deliver');

    await act(turnId, request.conversationId);

    expect(await desk.turns(request)).toEqual(before);
    expect(await desk.jobs('deliver')).toEqual([]);
    expect(await desk.jobs('refresh-ticket')).toHaveLength(1);
  });

  test.each([
    ['has no account there', ann, [], 'ann (who has no account that the ticket could be assigned to)'],
    ['has no address', bo, [''], 'bo (who has no account that the ticket could be assigned to)'],
  ])('by somebody who %s, it says that the ticket is not assigned', async (_, person, accounts, takenBy) => {
    const { act } = setUp(accounts);
    const request = await desk.request();
    const cardId = await desk.card(request);
    await act(
      await desk.press(request, { action: 'take', turnId: cardId, personRef: person.ref }),
      request.conversationId,
    );
    expect(await cardOf(request, cardId)).toMatchObject({ takenBy });
  });

  test('while the ticket is not made it waits', async () => {
    const { double, act } = setUp();
    const request = await desk.request({ made: false });
    const cardId = await desk.card(request);
    const turnId = await desk.press(request, { action: 'take', turnId: cardId, personRef: ann.ref });
    const failure: unknown = await act(turnId, request.conversationId).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RemoteError);
    expect(failure).toMatchObject({ kind: 'unavailable' });
    expect(await cardOf(request, cardId)).toMatchObject({ takenBy: null });

    await desk.store.tickets.recordCreated(request.conversationId, request.ticket);
    await act(turnId, request.conversationId);
    expect(double.assigned).toHaveLength(1);
    expect(await cardOf(request, cardId)).toMatchObject({ takenBy: 'ann' });
  });

  test('of one that somebody has taken changes nothing', async () => {
    const { double, act } = setUp(['ann@acme.example', 'bo@acme.example']);
    const request = await desk.request();
    const cardId = await desk.card(request);
    const first = await desk.press(request, { action: 'take', turnId: cardId, personRef: ann.ref });
    const second = await desk.press(request, { action: 'take', turnId: cardId, personRef: bo.ref });
    for (const turnId of [first, second, first]) await act(turnId, request.conversationId);
    expect(double.assigned).toEqual([{ ticketId: request.ticket.id, email: 'ann@acme.example' }]);
    expect(await cardOf(request, cardId)).toMatchObject({ takenBy: 'ann' });
    expect(await desk.jobs('refresh-ticket')).toHaveLength(1);
  });

  test('on the card of a ticket before this one does nothing', async () => {
    const { double, act } = setUp();
    const request = await desk.request();
    const { conversationId } = request;
    const cardId = await desk.card(request);
    const next = { conversationId, reason: 'came-back', throughTurnId: cardId, at, continues: true } as const;
    await desk.store.tickets.open(next);
    await desk.store.tickets.recordCreated(conversationId, { ...request.ticket, id: '1' });
    const ticketName = (await desk.store.tickets.find(conversationId))?.name ?? '';
    await desk.card({ ...request, ref: `${request.ref}/next`, ticketName });
    await act(await desk.press(request, { action: 'take', turnId: cardId, personRef: ann.ref }), conversationId);
    expect([double.assigned, (await cardOf(request, cardId))?.takenBy]).toEqual([[], null]);
  });

  test('of a ticket that is gone does nothing', async () => {
    const { double, act } = setUp();
    const request = await desk.request();
    const cardId = await desk.card(request);
    await desk.store.tickets.recordPhase(request.conversationId, 'gone', at);
    await act(
      await desk.press(request, { action: 'take', turnId: cardId, personRef: ann.ref }),
      request.conversationId,
    );
    expect(double.assigned).toEqual([]);
  });
});

test('Mute is said on the card, beside who has taken it, and needs no ticket', async () => {
  const { act } = setUp();
  const request = await desk.request({ made: false });
  const cardId = await desk.card(request, { takenBy: 'ann' });
  await desk.jobs('deliver');
  const turnId = await desk.press(request, { action: 'mute', turnId: cardId, personRef: bo.ref });
  await act(turnId, request.conversationId);
  await act(turnId, request.conversationId);
  expect(await cardOf(request, cardId)).toMatchObject({ takenBy: 'ann', mutedBy: 'bo' });
  expect(await desk.jobs('deliver')).toHaveLength(1);
});

describe('an answer from the triage channel', () => {
  const answersOf = async (request: Request) =>
    (await desk.turns(request))
      .filter(({ author, stage }) => author === 'agent' && stage === 'thread')
      .map(({ id, authorName, personRef, text, withdrawn, files, comment }) => ({
        id,
        said: { authorName, personRef, text, withdrawn, files, comment },
      }));
  const plain = { authorName: 'ann', personRef: ann.ref, withdrawn: false, files: [], comment: null };

  async function pressed(request: Request, values: Click['values']): Promise<string> {
    const cardId = await desk.card(request);
    await desk.jobs('deliver');
    return desk.press(request, { action: 'answer-here', turnId: cardId, personRef: ann.ref, values });
  }

  test('by the form goes to the thread and to the ticket, once', async () => {
    const { act } = setUp();
    const request = await desk.request();
    const turnId = await pressed(request, { text: ' Please restart it. ' });
    await act(turnId, request.conversationId);
    await act(turnId, request.conversationId);

    const answers = await answersOf(request);
    expect(answers.map(({ said }) => said)).toEqual([{ ...plain, text: 'Please restart it.' }]);
    const card = (await desk.turns(request)).find(({ decision }) => decision?.kind === 'triage');
    const { conversationId } = request;
    const deliveries = await desk.jobs('deliver');
    expect(new Set(deliveries.map(({ turnIds }) => turnIds))).toEqual(new Set([answers[0]?.id, card?.id]));
    expect(deliveries).toHaveLength(2);
    expect(await desk.jobs('mirror')).toEqual([{ conversationId }]);
    expect(card?.decision).toMatchObject({ card: { answeredBy: 'ann', takenBy: null } });
  });

  test('by a message goes there with its files', async () => {
    const { act } = setUp();
    const request = await desk.request({ made: false });
    await desk.card(request);
    await desk.jobs('deliver');
    const file = { name: 'steps.pdf', ref: 'slack/F1', mimeType: 'application/pdf', bytes: 12 };
    const turnId = await desk.write(request, { text: 'As in the file.', authorRef: ann.ref, files: [file] });
    await act(turnId, request.conversationId);
    const [answer, ...others] = await answersOf(request);
    expect([answer?.said, others]).toEqual([{ ...plain, text: 'As in the file.', files: [file] }, []]);
    expect((await desk.jobs('deliver')).map(({ turnIds }) => turnIds)).toContain(answer?.id);
  });

  test('whose files change changes with them', async () => {
    const { act } = setUp();
    const request = await desk.request();
    await desk.card(request);
    const id = `T1/M/files-${request.conversationId}`;
    const [one, two] = ['1.pdf', '2.pdf'].map((name) => ({ name, ref: `F/${name}`, mimeType: null, bytes: 12 }));
    const text = 'As in the file.';
    const turnId = await desk.write(request, { text, authorRef: ann.ref, id, files: [one!] });
    await act(turnId, request.conversationId);
    const change = { eventId: `${id}/files`, messageId: id, text, files: [two!], order: 1, message: null };
    await desk.store.inbound.change(change);
    await act(turnId, request.conversationId);
    const [answer] = await answersOf(request);
    expect(answer?.said.files).toEqual([{ ...one, gone: true }, two]);
  });

  test.each([
    ['the press that opens the form', null],
    ['an empty form', { text: '  ' }],
    ['a form without its field', {}],
  ])('%s says nothing', async (_, values) => {
    const { act } = setUp();
    const request = await desk.request();
    await act(await pressed(request, values), request.conversationId);
    expect(await answersOf(request)).toEqual([]);
    expect([await desk.jobs('deliver'), await desk.jobs('mirror')]).toEqual([[], []]);
  });

  test('that is changed, and then taken back, is so in the thread and on the ticket', async () => {
    const { act } = setUp();
    const request = await desk.request();
    await desk.card(request);
    const id = `T1/M/changed-${request.conversationId}`;
    const turnId = await desk.write(request, { text: 'Restart it.', authorRef: ann.ref, id });
    await act(turnId, request.conversationId);
    await desk.jobs('deliver');
    await desk.jobs('mirror');

    const change = (text: string | null) =>
      desk.store.inbound.change({ eventId: `${id}/${text ?? 'gone'}`, messageId: id, text, order: 1, message: null });
    await change('Restart it twice.');
    await act(turnId, request.conversationId);
    expect((await answersOf(request)).map(({ said }) => said)).toEqual([{ ...plain, text: 'Restart it twice.' }]);
    expect([await desk.jobs('deliver'), await desk.jobs('mirror')].map(({ length }) => length)).toEqual([1, 1]);

    await change(null);
    await act(turnId, request.conversationId);
    expect((await answersOf(request)).map(({ said }) => said.withdrawn)).toEqual([true]);
    expect([await desk.jobs('deliver'), await desk.jobs('mirror')].map(({ length }) => length)).toEqual([1, 1]);
    await act(turnId, request.conversationId);
    expect([await desk.jobs('deliver'), await desk.jobs('mirror')]).toEqual([[], []]);
  });

  test('that is taken back before it was passed on is never passed on', async () => {
    const { act } = setUp();
    const request = await desk.request();
    await desk.card(request);
    const id = `T1/M/gone-${request.conversationId}`;
    const turnId = await desk.write(request, { text: 'Restart it.', authorRef: ann.ref, id });
    await desk.store.inbound.change({ eventId: `${id}/gone`, messageId: id, text: null, order: 1, message: null });
    await act(turnId, request.conversationId);
    expect(await answersOf(request)).toEqual([]);
  });
});

describe('what is to be learnt', () => {
  async function lessonIn(request: Request): Promise<{ lesson: StoredLesson; turnId: string }> {
    await desk.card(request);
    return proposedIn(request);
  }

  test.each([
    ['approve', null, { state: 'approved', by: 'ann' }],
    ['discard', null, { state: 'discarded', by: 'ann' }],
    [
      'edit',
      { question: 'Why does it drop?', answer: 'Restart it.' },
      { state: 'proposed', question: 'Why does it drop?', answer: 'Restart it.' },
    ],
    ['edit', null, { state: 'proposed', answer: 'Restart the client.', revision: 0 }],
  ] as const)('is settled by %s with %j', async (action, values, expected) => {
    const { act } = setUp();
    const request = await desk.request();
    const { lesson, turnId } = await lessonIn(request);
    await act(await desk.press(request, { action, turnId, personRef: ann.ref, values }), request.conversationId);
    expect(await desk.store.lessons.find(lesson.id)).toMatchObject(expected);
  });

  test('is settled also when the conversation has another ticket by now', async () => {
    const { act } = setUp();
    const request = await desk.request();
    const { conversationId } = request;
    const { lesson, turnId } = await lessonIn(request);
    const next = { conversationId, reason: 'came-back', throughTurnId: turnId, at, continues: true } as const;
    expect(await desk.store.tickets.open(next)).toBe(true);
    await act(await desk.press(request, { action: 'approve', turnId, personRef: ann.ref }), conversationId);
    expect(await desk.store.lessons.find(lesson.id)).toMatchObject({ state: 'approved', by: 'ann' });
    expect(await desk.jobs('refresh')).toHaveLength(1);
  });

  test('the last word counts, in whatever order they are carried out', async () => {
    const { act } = setUp();
    const request = await desk.request();
    const { lesson, turnId } = await lessonIn(request);
    const approve = await desk.press(request, { action: 'approve', turnId, personRef: ann.ref });
    const discard = await desk.press(request, { action: 'discard', turnId, personRef: bo.ref });
    await act(discard, request.conversationId);
    await act(approve, request.conversationId);
    expect(await desk.store.lessons.find(lesson.id)).toMatchObject({ state: 'discarded', by: 'bo' });
  });
});

describe('who is none of the staff', () => {
  test.each([
    ['a guest', guest.ref],
    ['an app', app.ref],
    ['the requester', rita.ref],
  ])('%s takes, answers and settles nothing', async (_, personRef) => {
    const { double, act } = setUp(['guest@acme.example', 'app@acme.example', 'rita@acme.example']);
    const request = await desk.request({ authorRef: rita.ref });
    const { conversationId } = request;
    const cardId = await desk.card(request);
    const lesson = await proposedIn(request);
    await desk.jobs('deliver');
    const presses = [
      { action: 'take', turnId: cardId },
      { action: 'answer-here', turnId: cardId, values: { text: 'Done' } },
      { action: 'edit', turnId: lesson.turnId, values: { question: 'Why?', answer: 'So.' } },
      { action: 'approve', turnId: lesson.turnId },
      { action: 'discard', turnId: lesson.turnId },
    ] as const;
    for (const press of presses) await act(await desk.press(request, { personRef, ...press }), conversationId);
    await act(await desk.write(request, { text: 'Done', authorRef: personRef }), conversationId);
    expect(double.assigned).toEqual([]);
    expect(await cardOf(request, cardId)).toMatchObject({ takenBy: null });
    expect(await desk.store.lessons.find(lesson.lesson.id)).toEqual(lesson.lesson);
    expect([await desk.jobs('deliver'), await desk.jobs('mirror'), await desk.jobs('refresh')]).toEqual([[], [], []]);
  });

  test.each([
    ['a guest', null, guest.ref],
    ['the requester', 'rita', rita.ref],
  ])('%s who mutes a card: it says %s', async (_, mutedBy, personRef) => {
    const { act } = setUp();
    const request = await desk.request({ authorRef: rita.ref });
    const cardId = await desk.card(request);
    await act(await desk.press(request, { action: 'mute', turnId: cardId, personRef }), request.conversationId);
    expect(await cardOf(request, cardId)).toMatchObject({ mutedBy });
  });

  test.each([
    ['a guest', guest.ref],
    ['the requester', rita.ref],
  ])('%s does not outdo the staff', async (_, personRef) => {
    const { act } = setUp();
    const request = await desk.request({ authorRef: rita.ref });
    await desk.card(request);
    const { lesson, turnId } = await proposedIn(request);
    const approve = await desk.press(request, { action: 'approve', turnId, personRef: ann.ref });
    const discard = await desk.press(request, { action: 'discard', turnId, personRef });
    for (const act1 of [approve, discard]) await act(act1, request.conversationId);
    expect(await desk.store.lessons.find(lesson.id)).toMatchObject({ state: 'approved', by: 'ann' });
  });
});

test('what is no act of staff is left alone', async () => {
  const { act } = setUp();
  const request = await desk.request();
  const before = await desk.turns(request);
  await act(before[0]?.id ?? '', request.conversationId);
  await act('999999', request.conversationId);
  expect(await desk.turns(request)).toEqual(before);
});
