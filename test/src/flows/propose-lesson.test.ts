import type { TicketState } from '#domain/ticket.ts';
import { createProposeLesson } from '../../../src/flows/propose-lesson.ts';
import { settleLesson } from '../../../src/flows/settle-lesson.ts';
import { colleague } from './helpdesk.ts';
import { at, createTicketingDouble, openStaffDesk, type Request, type StaffDesk } from './staff-desk.ts';

let desk: StaffDesk;
beforeAll(async () => {
  desk = await openStaffDesk();
});
afterAll(() => desk.database.close());
beforeEach(() => desk.database.knex('pgboss.job').del());

const question = 'Why does the badge printer in the lobby print blank cards?';
const answer = 'The ribbon of the badge printer is in upside down: open the lid and turn the ribbon round.';

/** A request that IT has answered on the ticket, and that is closed. */
async function solved({ said = answer }: { said?: string | null } = {}): Promise<Request> {
  const request = await desk.request({ text: question });
  if (said !== null) await answered(request, said);
  await desk.store.tickets.recordPhase(request.conversationId, 'closed', at);
  return request;
}
function answered({ conversationId, ticket }: Request, text: string) {
  const commentId = `${ticket.id}/${text}`;
  const fixed = { conversationId, authorName: 'Ann', personRef: null, at, files: [] };
  return desk.store.conversations.recordAgentTurn({ ...fixed, text, commentId, once: `comment/${commentId}` });
}

function setUp({ ticket }: Request, options: { state?: Partial<TicketState>; triageChannel?: string | null } = {}) {
  const { id, key, url } = ticket;
  const double = createTicketingDouble({ id, key, url, ...options.state });
  const { triageChannel = 'C-TRIAGE' } = options;
  const propose = createProposeLesson({
    store: desk.store,
    ticketing: double.ticketing,
    triageChannel,
    clock: () => at,
  });
  return { double, propose };
}
const lessonOf = ({ conversationId }: Request) => desk.store.lessons.ofConversation(conversationId);
const shownIn = async (request: Request) =>
  (await desk.turns(request)).flatMap(({ id, stage, decision }) =>
    decision?.kind === 'lesson' ? [{ id, stage, lesson: decision.lesson }] : [],
  );

test('what solved a ticket is proposed on it, and in the triage channel', async () => {
  const request = await solved();
  const { double, propose } = setUp(request);
  await propose(request.conversationId);

  const lesson = await lessonOf(request);
  const { conversationId, ticket, ticketName } = request;
  expect(lesson).toMatchObject({ conversationId, ticketId: ticket.id, url: ticket.url, state: 'proposed', by: null });
  const shown = await shownIn(request);
  const words = { question: lesson?.question, answer: lesson?.answer };
  expect(shown).toEqual([
    {
      id: expect.any(String),
      stage: 'triage',
      lesson: { lessonId: lesson?.id, ...words, state: 'proposed', by: null },
    },
  ]);
  expect(await desk.jobs('deliver')).toEqual([{ conversationId, turnIds: shown[0]?.id }]);
  expect(double.comments).toMatchObject([
    {
      ticketId: ticket.id,
      draft: {
        mark: `${ticketName}/lesson`,
        author: null,
        internal: true,
        lines: [
          { kind: 'text' },
          { kind: 'quote', text: lesson?.question },
          { kind: 'text' },
          { kind: 'quote', text: lesson?.answer },
          {
            kind: 'text',
            text: 'Write a comment with /firstline approve, /firstline discard, or /firstline edit followed by the new answer.',
          },
        ],
      },
    },
  ]);
});

test('a second run changes nothing', async () => {
  const request = await solved();
  const { double, propose } = setUp(request);
  await propose(request.conversationId);
  const before = [await lessonOf(request), await desk.turns(request)];
  await desk.jobs('deliver');
  await propose(request.conversationId);
  expect([await lessonOf(request), await desk.turns(request)]).toEqual(before);
  expect(await desk.jobs('deliver')).toEqual([]);
  expect(double.comments).toHaveLength(1);
});

test('a run that broke off before the comment is made up for', async () => {
  const request = await solved();
  const { double, propose } = setUp(request);
  double.failure = new Error('the process ended');
  await expect(propose(request.conversationId)).rejects.toThrow('the process ended');
  expect(double.comments).toEqual([]);
  await propose(request.conversationId);
  expect(double.comments).toHaveLength(1);
  expect([await shownIn(request), await desk.jobs('deliver')].map(({ length }) => length)).toEqual([1, 1]);
});

test('what was settled meanwhile stays settled', async () => {
  const request = await solved();
  const { propose } = setUp(request);
  await propose(request.conversationId);
  const lesson = await lessonOf(request);
  const change = { kind: 'discard' } as const;
  await settleLesson(desk.store, { lessonId: lesson?.id ?? '', change, by: 'Ann', at });
  await answered(request, 'Better: order new ribbons for the badge printer and throw the old ones away.');
  await propose(request.conversationId);
  expect(await lessonOf(request)).toMatchObject({ state: 'discarded', answer: lesson?.answer });
});

test('the names of those who took part are not learnt', async () => {
  const rita = colleague('rita', { name: 'Rita Carvalho' });
  await desk.store.people.save(rita, at);
  const request = await solved({
    said: 'For Rita Carvalho the ribbon of the printer was in upside down: open the lid and turn the ribbon round.',
  });
  const { propose } = setUp(request);
  await propose(request.conversationId);
  expect(await lessonOf(request)).toMatchObject({
    answer: 'For [name] the ribbon of the printer was in upside down: open the lid and turn the ribbon round.',
  });
});

test('without a triage channel it is proposed on the ticket only', async () => {
  const request = await solved();
  const { double, propose } = setUp(request, { triageChannel: null });
  await propose(request.conversationId);
  expect(double.comments).toHaveLength(1);
  expect([await shownIn(request), await desk.jobs('deliver')]).toEqual([[], []]);
});

test('of a request that is muted in the triage channel nothing more is posted there', async () => {
  const request = await solved();
  await desk.card(request, { mutedBy: 'Bo' });
  const { double, propose } = setUp(request);
  await propose(request.conversationId);
  expect(double.comments).toHaveLength(1);
  expect(await shownIn(request)).toEqual([]);
});

test.each<[string, { said?: string | null; state?: Partial<TicketState> }]>([
  ['not everybody may read', { state: { isRestricted: true } }],
  ['is gone', { state: { id: 'another' } }],
  ['nobody in IT has answered', { said: null }],
])('a ticket that %s teaches nothing', async (_, { said, state }) => {
  const request = await solved(said === undefined ? {} : { said });
  const { double, propose } = setUp(request, state === undefined ? {} : { state });
  await propose(request.conversationId);
  expect([await lessonOf(request), double.comments, await shownIn(request)]).toEqual([null, [], []]);
});

test('a ticket that was opened again meanwhile teaches nothing yet', async () => {
  const request = await solved();
  const { double, propose } = setUp(request);
  await desk.store.tickets.recordPhase(request.conversationId, 'open', at);
  await propose(request.conversationId);
  expect([await lessonOf(request), double.comments]).toEqual([null, []]);
});
