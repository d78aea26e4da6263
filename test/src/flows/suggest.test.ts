import { type Citation, type Decision, NOTHING_SEARCHED } from '#domain/decision.ts';
import { NO_ROUTING } from '#domain/routing.ts';
import type { ChatPlatform } from '#chat-ports.ts';
import { createSuggest, recordCard } from '../../../src/flows/suggest.ts';
import { colleague, createChat } from './helpdesk.ts';
import { at, createTicketingDouble, openStaffDesk, type Request, type StaffDesk } from './staff-desk.ts';

const rita = colleague('rita');
const chat = createChat([rita]).platforms.get('slack') as ChatPlatform;
const platforms = new Map([['slack', { ...chat, channelOf: () => 'C1' }] as const]);

let desk: StaffDesk;
beforeAll(async () => {
  desk = await openStaffDesk();
});
afterAll(() => desk.database.close());
beforeEach(() => desk.database.knex('pgboss.job').del());

function setUp() {
  const double = createTicketingDouble();
  const ticketing = { ...double.ticketing, largestFileBytes: async () => 1_000_000 };
  const limits = { largestBytes: 1_000_000, refusedTypes: [] };
  const fixed = { routing: NO_ROUTING, answerAt: 0.8, limits, clock: () => at };
  return { double, suggest: createSuggest({ store: desk.store, platforms, ticketing, ...fixed }) };
}

const citation: Citation = {
  chunkId: '1',
  source: 'wiki',
  documentId: 'vpn',
  title: 'VPN at home',
  url: 'https://wiki.example/vpn',
};
/** A request that was handed over although this was found. */
async function unsure(found: Partial<Citation> | null, { made = true } = {}): Promise<Request> {
  const confidence = found && { value: 0.42, signals: {} };
  const grounds = {
    ...NOTHING_SEARCHED,
    question: 'my vpn drops',
    confidence,
    found: found === null ? [] : [{ ...citation, ...found, score: 1 }],
  };
  const decision = { kind: 'escalate', reason: 'unsure', grounds } as unknown as Decision;
  return desk.request({ authorRef: rita.ref, made, decision });
}

test('IT staff find on the ticket what would have been answered, how sure it was, and its link', async () => {
  const { double, suggest } = setUp();
  const request = await unsure({});
  await suggest(request.conversationId);
  await suggest(request.conversationId);
  expect(double.comments).toMatchObject([
    {
      ticketId: request.ticket.id,
      draft: {
        internal: true,
        author: null,
        lines: [
          { kind: 'text', text: expect.stringMatching(/42 %.*80 %/) },
          { kind: 'link', text: 'VPN at home', url: 'https://wiki.example/vpn' },
        ],
      },
    },
  ]);
});

test.each([
  ['nothing was found', null],
  ['not everybody may read what was found', { restricted: true } as const],
])('there is no comment when %s', async (_, found) => {
  const { double, suggest } = setUp();
  const request = await unsure(found);
  await suggest(request.conversationId);
  expect(double.comments).toEqual([]);
});

test('while the ticket is not made it waits', async () => {
  const { double, suggest } = setUp();
  const request = await unsure({}, { made: false });
  await expect(suggest(request.conversationId)).rejects.toMatchObject({ kind: 'unavailable' });
  expect(double.comments).toEqual([]);
});

test('a ticket that is gone gets none', async () => {
  const { double, suggest } = setUp();
  const request = await unsure({});
  await desk.store.tickets.recordPhase(request.conversationId, 'gone', at);
  await suggest(request.conversationId);
  expect(double.comments).toEqual([]);
});

describe('the card of a request', () => {
  const card = {
    summary: 'my vpn drops',
    requester: 'rita',
    why: 'The employee asked for a person.',
    urgency: '',
    thread: 'https://slack.example/thread',
    takenBy: null,
    mutedBy: null,
  };
  const record = ({ conversationId, ticketName }: Request) =>
    desk.store.transaction((within) => recordCard(within, { conversationId, ticketName, card, at }));
  const cardsOf = async (request: Request) =>
    (await desk.turns(request)).filter(({ decision }) => decision?.kind === 'triage');

  test('is a turn in the triage channel, written and posted once', async () => {
    const request = await desk.request();
    const recorded = await record(request);
    expect(await record(request)).toBeNull();
    expect(await cardsOf(request)).toMatchObject([
      { id: recorded?.turnId, author: 'bot', stage: 'triage', decision: { kind: 'triage', card } },
    ]);
    const { conversationId } = request;
    expect(await desk.jobs('deliver')).toEqual([{ conversationId, turnIds: recorded?.turnId }]);
  });

  test('holds up nothing in the employee’s thread when the channel refuses it', async () => {
    const request = await desk.request();
    await record(request);
    const keys = await desk.database.knex('pgboss.job').where({ name: 'deliver' }).pluck('singleton_key');
    expect(keys).toEqual([`triage ${request.conversationId}`]);
  });

  test('comes anew with the next ticket of the conversation', async () => {
    const request = await desk.request();
    await record(request);
    const { conversationId } = request;
    const throughTurnId = (await desk.turns(request)).at(-1)?.id ?? '';
    const next = { conversationId, reason: 'came-back', throughTurnId, at, continues: true } as const;
    expect(await desk.store.tickets.open(next)).toBe(true);
    const ticketName = (await desk.store.tickets.find(conversationId))?.name ?? '';
    await record({ ...request, ticketName });
    expect(await cardsOf(request)).toHaveLength(2);
  });
});
