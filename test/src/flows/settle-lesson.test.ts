import type { TicketCommand } from '#domain/ticket.ts';
import type { StoredLesson } from '#ticket-ports.ts';
import { lessonDecision, type LessonChange, settleByCommand, settleLesson } from '../../../src/flows/settle-lesson.ts';
import { at, openStaffDesk, type Request, type StaffDesk } from './staff-desk.ts';

let desk: StaffDesk;
beforeAll(async () => {
  desk = await openStaffDesk();
});
afterAll(() => desk.database.close());
beforeEach(() => desk.database.knex('pgboss.job').del());

/** A lesson that is proposed, shown in the triage channel unless there is none. */
async function proposed({ shown = true } = {}): Promise<{ request: Request; lesson: StoredLesson; turnId: string }> {
  const request = await desk.request();
  const { conversationId } = request;
  const lesson = await desk.store.lessons.propose({
    conversationId,
    ticketId: request.ticket.id,
    question: 'Why does my vpn drop?',
    answer: 'Restart the client.',
    url: request.ticket.url,
    at,
  });
  if (lesson === null) throw new Error('there is a lesson already');
  const decision = lessonDecision(lesson);
  const news = { conversationId, decision, text: 'as proposed', at, once: 'lesson', stage: 'triage' } as const;
  const turn = shown ? await desk.store.conversations.recordNews(news) : null;
  return { request, lesson, turnId: turn?.turnId ?? '' };
}
const settle = (lessonId: string, change: LessonChange, by = 'Ann') =>
  desk.store.transaction((within) => settleLesson(within, { lessonId, change, by, at }));
const shownIn = async (request: Request, turnId: string) => {
  const turn = (await desk.turns(request)).find(({ id }) => id === turnId);
  return turn?.decision?.kind === 'lesson' ? { ...turn.decision.lesson, revision: turn.revision } : null;
};
const newWords: LessonChange = { kind: 'edit', question: null, answer: 'Restart it twice.' };

test('an approved lesson is knowledge at once, and its post says who approved it', async () => {
  const { request, lesson, turnId } = await proposed();
  await settle(lesson.id, { kind: 'approve' });
  expect(await desk.store.lessons.find(lesson.id)).toMatchObject({ state: 'approved', by: 'Ann' });
  expect(await shownIn(request, turnId)).toMatchObject({ state: 'approved', by: 'Ann', revision: 1 });
  expect(await desk.jobs('deliver')).toEqual([{ conversationId: request.conversationId, turnIds: turnId }]);
  expect(await desk.jobs('refresh')).toEqual([{ source: 'lessons', documentId: lesson.id }]);
});

test.each<LessonChange>([{ kind: 'approve' }, { kind: 'discard' }, newWords])('%j twice is once', async (change) => {
  const { request, lesson } = await proposed();
  await settle(lesson.id, change);
  const before = [await desk.store.lessons.find(lesson.id), await desk.turns(request)];
  await desk.database.knex('pgboss.job').del();
  await settle(lesson.id, change);
  expect([await desk.store.lessons.find(lesson.id), await desk.turns(request)]).toEqual(before);
  expect([await desk.jobs('deliver'), await desk.jobs('refresh')]).toEqual([[], []]);
});

test('other words for a proposal leave it a proposal, which is no matter of the knowledge', async () => {
  const { request, lesson, turnId } = await proposed();
  await settle(lesson.id, { kind: 'edit', question: ' How do I stop the drops? ', answer: null });
  const words = { question: 'How do I stop the drops?', answer: 'Restart the client.', state: 'proposed' };
  expect(await desk.store.lessons.find(lesson.id)).toMatchObject(words);
  expect(await shownIn(request, turnId)).toMatchObject({ ...words, by: null });
  expect(await desk.jobs('refresh')).toEqual([]);
});

test('other words for what is approved stay approved, and are knowledge at once', async () => {
  const { request, lesson, turnId } = await proposed();
  await settle(lesson.id, { kind: 'approve' });
  await desk.jobs('refresh');
  await settle(lesson.id, newWords, 'Bo');
  expect(await shownIn(request, turnId)).toMatchObject({ state: 'approved', answer: 'Restart it twice.' });
  expect(await desk.jobs('refresh')).toHaveLength(1);
});

test('what is discarded is taken from the knowledge, also when it had been approved', async () => {
  const { request, lesson, turnId } = await proposed();
  await settle(lesson.id, { kind: 'approve' });
  await settle(lesson.id, { kind: 'discard' }, 'Bo');
  expect(await shownIn(request, turnId)).toMatchObject({ state: 'discarded', by: 'Bo' });
  expect(await desk.jobs('refresh')).toHaveLength(2);
});

test('blank words change nothing', async () => {
  const { lesson } = await proposed();
  await settle(lesson.id, { kind: 'edit', question: ' ', answer: '' });
  expect(await desk.store.lessons.find(lesson.id)).toEqual(lesson);
});

test('without a triage channel it is settled all the same', async () => {
  const { lesson } = await proposed({ shown: false });
  await settle(lesson.id, { kind: 'approve' });
  expect(await desk.jobs('refresh')).toHaveLength(1);
  expect(await desk.jobs('deliver')).toEqual([]);
});

test('an unknown lesson is left alone', async () => {
  await settle('999999', { kind: 'approve' });
  expect(await desk.jobs('refresh')).toEqual([]);
});

describe('a command in a comment on the ticket', () => {
  const command = (fields: Partial<TicketCommand>): TicketCommand => ({
    commentId: '77',
    author: 'Ann',
    name: 'approve',
    text: '',
    ...fields,
  });
  const read = ({ ticket }: Request, ...commands: readonly TicketCommand[]) =>
    desk.store.transaction(async (within) => {
      for (const one of commands) await settleByCommand(within, { ticketId: ticket.id, command: one, at });
    });

  test.each([
    [command({}), { state: 'approved', by: 'Ann' }],
    [command({ name: 'discard' }), { state: 'discarded', by: 'Ann' }],
    [command({ name: 'edit', text: 'Restart it twice.' }), { state: 'proposed', answer: 'Restart it twice.' }],
    [command({ name: 'edit' }), { state: 'proposed', answer: 'Restart the client.', revision: 0 }],
  ])('%j is carried out', async (said, expected) => {
    const { request, lesson } = await proposed();
    await read(request, said);
    expect(await desk.store.lessons.find(lesson.id)).toMatchObject(expected);
  });

  test('is carried out once, however often the ticket is read', async () => {
    const { request, lesson } = await proposed();
    await read(request, command({}));
    await settle(lesson.id, { kind: 'discard' }, 'Bo');
    await read(request, command({}), command({}));
    expect(await desk.store.lessons.find(lesson.id)).toMatchObject({ state: 'discarded', by: 'Bo' });
    await read(request, command({}), command({ commentId: '78' }));
    expect(await desk.store.lessons.find(lesson.id)).toMatchObject({ state: 'approved', by: 'Ann' });
  });

  test('is no command for a lesson that is proposed later', async () => {
    const request = await desk.request();
    await read(request, command({}));
    const { conversationId, ticket } = request;
    const words = { question: 'Why?', answer: 'So.', url: ticket.url };
    const lesson = await desk.store.lessons.propose({ conversationId, ticketId: ticket.id, ...words, at });
    await read(request, command({}));
    expect(await desk.store.lessons.find(lesson?.id ?? '')).toMatchObject({ state: 'proposed' });
  });

  test('on a ticket that is not ours is left alone', async () => {
    const { request, lesson } = await proposed();
    await read({ ...request, ticket: { ...request.ticket, id: '1' } }, command({}));
    expect(await desk.store.lessons.find(lesson.id)).toMatchObject({ state: 'proposed' });
  });

  test('that could not be stored is carried out the next time', async () => {
    const { request, lesson } = await proposed();
    const fails = desk.store.transaction(async (within) => {
      await settleByCommand(within, { ticketId: request.ticket.id, command: command({}), at });
      throw new Error('the process ended');
    });
    await expect(fails).rejects.toThrow('the process ended');
    await read(request, command({}));
    expect(await desk.store.lessons.find(lesson.id)).toMatchObject({ state: 'approved' });
  });
});
