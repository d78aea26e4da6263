import type { Address, SharedFile } from '#domain/conversation.ts';
import { type Decision, NOTHING_SEARCHED, type TriageCard } from '#domain/decision.ts';
import { RemoteError } from '#errors.ts';
import type { ChatPlatform } from '#chat-ports.ts';
import { createDeliver, createSettle, type TriageChannel } from '../../../src/flows/deliver.ts';
import { at, type Desk, openDesk, silence } from './helpdesk.ts';
import { down, openTicketDesk, refused, type Request, sharedFile, type TicketDesk } from './ticket-desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.database.close());

const citation = { chunkId: '1', documentId: 'vpn', title: 'VPN', url: 'https://wiki.example/vpn', source: 'wiki' };
const answer: Decision = { kind: 'answer', quote: 'Restart it.', citations: [citation], grounds: NOTHING_SEARCHED };
const news: Decision = { kind: 'report', news: 'taken', reason: 'unsure', grounds: NOTHING_SEARCHED };

/** Delivers a decision of `at` so much later, to a platform that holds this post of it. */
async function delivered(
  decision: Decision,
  { minutes, found, again = true }: { minutes: number; found: string | null; again?: boolean },
) {
  const conversationId = await desk.say({ text: 'my vpn drops', authorRef: 'slack/T1/U1' });
  const { version, turns } = await desk.store.conversations.load(conversationId);
  const handledThrough = turns.at(-1)?.id ?? '';
  const record = { conversationId, version, handledThrough, decision, text: '', at };
  const turnId = (await desk.store.conversations.recordDecision(record))?.turnId ?? '';
  await desk.jobs('answer');
  const posted: { again: boolean }[] = [];
  const platform = {
    name: 'slack',
    hasNoThreads: () => false,
    findPost: async () => found,
    async post(_: unknown, post: { again: boolean }) {
      posted.push(post);
      // what had come through is found, and what is missing of it added
      return post.again && found !== null ? `${found}+card` : 'C1/1';
    },
  } as unknown as ChatPlatform;
  const clock = () => new Date(at.getTime() + minutes * 60_000);
  const platforms = new Map([['slack', platform]] as const);
  await createDeliver({ store: desk.store, platforms, triage: null, clock, log: silence })([turnId], again);
  const after = await desk.store.conversations.load(conversationId);
  const ours = after.turns.find(({ id }) => id === turnId);
  return { posted, postRef: ours?.postRef, asked: await desk.jobs('answer'), conversationId };
}

test('an answer is posted, and its post is kept', async () => {
  expect(await delivered(answer, { minutes: 1, found: null })).toMatchObject({
    posted: [{ again: true }],
    postRef: 'C1/1',
    asked: [],
  });
});

test('an answer that could not be posted for minutes is taken back and decided anew', async () => {
  const { posted, postRef, asked, conversationId } = await delivered(answer, { minutes: 3, found: null });
  expect({ posted, postRef, asked }).toEqual({ posted: [], postRef: undefined, asked: [{ conversationId }] });
});

test.each([true, false])(
  'one that had come through without our hearing of it stands, and what is missing of it is added; again: %s',
  async (again) => {
    expect(await delivered(answer, { minutes: 3, found: 'C1/7', again })).toMatchObject({
      posted: [{ again: true }],
      postRef: 'C1/7+card',
      asked: [],
    });
  },
);

test('news of a ticket is posted however late', async () => {
  expect(await delivered(news, { minutes: 600, found: null })).toMatchObject({
    posted: [{ again: true }],
    asked: [],
  });
});

describe('a turn that has changed', () => {
  let tickets: TicketDesk;
  beforeAll(async () => {
    tickets = await openTicketDesk();
  });
  beforeEach(async () => {
    warned.length = 0;
    await tickets.calm();
  });
  afterAll(() => tickets.database.close());

  const warned: unknown[] = [];
  const note = (...said: unknown[]) => void warned.push(said);
  const log = { ...silence, warn: note, error: note };
  const triage: TriageChannel = { platform: 'slack', channel: 'C-TRIAGE', admins: ['ann@acme.example'] };
  function deliver(turnIds: readonly string[], again = false, channel: TriageChannel | null = triage) {
    const { store, platforms, clock } = tickets.deps;
    return createDeliver({ store, platforms, triage: channel, clock, log })(turnIds, again);
  }
  let comments = 0;
  async function agentTurn(
    { conversationId }: Request,
    text: string,
    files: readonly SharedFile[] = [],
  ): Promise<string> {
    comments += 1;
    const commentId = `c${comments}`;
    const said = { authorName: 'Ben Ito', personRef: null, at, files, commentId, once: `comment/${commentId}` };
    return (await tickets.store.conversations.recordAgentTurn({ conversationId, text, ...said }))!.turnId;
  }
  const revise = (turnId: string, text: string | null) => tickets.store.conversations.reviseTurn(turnId, { text });
  /** What stands in the thread, in order. */
  const shown = ({ ref }: Pick<Address, 'ref'>) =>
    [...tickets.threads.posts.values()]
      .filter(({ address }) => address.ref === ref)
      .map(({ reply }) =>
        reply.parts.map((part) => (part.kind === 'said' ? `${part.who}: ${part.markdown}` : part.kind)),
      );

  test('several are posted by one job, in order, and once', async () => {
    const request = await tickets.request();
    const turnIds = [await agentTurn(request, 'one'), await agentTurn(request, 'two')];
    await deliver(turnIds);
    await deliver(turnIds, true);
    expect(shown(request.address)).toEqual([['Ben Ito: one'], ['Ben Ito: two']]);
  });

  test('is changed in its place', async () => {
    const request = await tickets.request();
    const turnIds = [await agentTurn(request, 'one'), await agentTurn(request, 'two')];
    await deliver(turnIds);
    await revise(turnIds[0]!, 'one and a half');
    await deliver(turnIds);
    expect(shown(request.address)).toEqual([['Ben Ito: one and a half'], ['Ben Ito: two']]);
  });

  test('is taken away when it was taken back, and comes again when it is shown again', async () => {
    const request = await tickets.request();
    const turnId = await agentTurn(request, 'key: 4399');
    await deliver([turnId]);
    await revise(turnId, null);
    await deliver([turnId]);
    await deliver([turnId]);
    expect(shown(request.address)).toEqual([]);
    await revise(turnId, 'key: at the desk');
    await deliver([turnId]);
    expect(shown(request.address)).toEqual([['Ben Ito: key: at the desk']]);
  });

  test('is never posted when it was taken back before', async () => {
    const request = await tickets.request();
    const turnId = await agentTurn(request, 'key: 4399');
    await revise(turnId, null);
    await deliver([turnId]);
    expect([shown(request.address), tickets.threads.faults.calls]).toEqual([[], []]);
  });

  test('and was posted without our hearing of it, and is taken back, is looked for and taken away', async () => {
    const request = await tickets.request();
    const turnId = await agentTurn(request, 'key: 4399');
    tickets.threads.faults.fault = { verb: 'post', when: 'after', error: down };
    await expect(deliver([turnId])).rejects.toBe(down);
    await revise(turnId, null);
    await deliver([turnId], true);
    expect(shown(request.address)).toEqual([]);
  });

  test.each(['before', 'after'] as const)('is posted once though a run before failed %s its post', async (when) => {
    const request = await tickets.request();
    const turnIds = [await agentTurn(request, 'one'), await agentTurn(request, 'two')];
    tickets.threads.faults.fault = { verb: 'post', when, error: down };
    await expect(deliver(turnIds)).rejects.toBe(down);
    await deliver(turnIds, true);
    expect(shown(request.address)).toEqual([['Ben Ito: one'], ['Ben Ito: two']]);
  });

  test('has its files shown by a job of their own', async () => {
    const request = await tickets.request();
    const plain = await agentTurn(request, 'one');
    const turnId = await agentTurn(request, 'see', [sharedFile('a.png')]);
    await deliver([plain, turnId]);
    expect(await tickets.jobs('share-files')).toEqual([{ conversationId: request.conversationId, turnId }]);
  });

  describe('that the platform refuses', () => {
    /** Every call of these verbs, as long as `work` runs. */
    async function refusing(verbs: readonly ('update' | 'remove' | 'post')[], work: () => Promise<unknown>) {
      const { chat } = tickets.threads;
      const before = { ...chat };
      for (const verb of verbs) Object.assign(chat, { [verb]: () => Promise.reject(refused) });
      await work().finally(() => Object.assign(chat, before));
    }
    const postRefOf = async (turnId: string) => (await tickets.store.conversations.outgoing(turnId)).turn.postRef;
    const takenBack = [['text']];
    const wordsOf = ({ ref }: Pick<Address, 'ref'>) =>
      JSON.stringify([...tickets.threads.posts.values()].filter(({ address }) => address.ref === ref));

    test('to delete loses its words, once, and keeps no neighbour', async () => {
      const request = await tickets.request();
      const turnId = await agentTurn(request, 'key: 4399');
      await deliver([turnId]);
      await revise(turnId, null);
      const next = await agentTurn(request, 'two');
      await refusing(['remove'], () => deliver([turnId, next]));
      expect(shown(request.address)).toEqual([...takenBack, ['Ben Ito: two']]);
      expect(wordsOf(request.address)).toContain('(taken back by IT)');
      await tickets.calm();
      await deliver([turnId, next], true);
      expect([tickets.threads.faults.calls, warned]).toEqual([[], []]);
      await revise(turnId, 'key: at the desk');
      await deliver([turnId]);
      expect(shown(request.address)).toEqual([['Ben Ito: key: at the desk'], ['Ben Ito: two']]);
    });

    test('to delete and to change is told to the admin, and keeps no neighbour', async () => {
      const request = await tickets.request();
      const turnId = await agentTurn(request, 'key: 4399');
      await deliver([turnId]);
      const postRef = await postRefOf(turnId);
      await revise(turnId, null);
      const next = await agentTurn(request, 'two');
      await refusing(['remove', 'update'], () => deliver([turnId, next]));
      expect(shown(request.address)).toEqual([['Ben Ito: key: 4399'], ['Ben Ito: two']]);
      expect(warned).toEqual([['a post could not be taken back: delete it by hand', { turnId, postRef }]]);
    });

    test('to change is said anew, and the words before go', async () => {
      const request = await tickets.request();
      const turnIds = [await agentTurn(request, 'key: 4399'), await agentTurn(request, 'two')];
      await deliver(turnIds);
      await revise(turnIds[0]!, 'key: at the desk');
      await refusing(['update'], () => deliver(turnIds));
      expect(shown(request.address)).toEqual([['Ben Ito: two'], ['Ben Ito: key: at the desk']]);
      await revise(turnIds[0]!, null);
      await deliver(turnIds);
      expect([shown(request.address), warned]).toEqual([[['Ben Ito: two']], []]);
    });

    test('to change, and to delete, is said anew: that the words before stand is told to the admin', async () => {
      const request = await tickets.request();
      const turnId = await agentTurn(request, 'key: 4399');
      await deliver([turnId]);
      const postRef = await postRefOf(turnId);
      await revise(turnId, 'key: at the desk');
      await refusing(['update', 'remove'], () => deliver([turnId]));
      expect(shown(request.address)).toEqual([['Ben Ito: key: 4399'], ['Ben Ito: key: at the desk']]);
      expect(warned).toEqual([['a post could not be taken back: delete it by hand', { turnId, postRef }]]);
    });

    test.each(['post', 'remove'])(
      'to change is said anew once though a run before failed after its %s',
      async (verb) => {
        const request = await tickets.request();
        const turnId = await agentTurn(request, 'one');
        await deliver([turnId]);
        await revise(turnId, 'one and a half');
        tickets.threads.faults.fault = { verb, when: 'after', error: down };
        await refusing(['update'], () => expect(deliver([turnId])).rejects.toBe(down));
        await deliver([turnId], true);
        expect(shown(request.address)).toEqual([['Ben Ito: one and a half']]);
        await revise(turnId, 'two');
        await deliver([turnId]);
        expect(shown(request.address)).toEqual([['Ben Ito: two']]);
      },
    );

    test('at all keeps no neighbour, and is tried again', async () => {
      const request = await tickets.request();
      const turnIds = [await agentTurn(request, 'one'), await agentTurn(request, 'two'), await agentTurn(request, '3')];
      tickets.threads.faults.fault = { verb: 'post', when: 'before', error: refused };
      await expect(deliver(turnIds)).rejects.toBe(refused);
      expect(shown(request.address)).toEqual([['Ben Ito: two'], ['Ben Ito: 3']]);
      await deliver(turnIds, true);
      expect(shown(request.address)).toEqual([['Ben Ito: two'], ['Ben Ito: 3'], ['Ben Ito: one']]);
    });

    test('while it is down waits, and so do those behind it: what passes by itself keeps the order', async () => {
      const request = await tickets.request();
      const turnIds = [await agentTurn(request, 'one'), await agentTurn(request, 'two')];
      tickets.threads.faults.fault = { verb: 'post', when: 'before', error: down };
      await expect(deliver(turnIds)).rejects.toBe(down);
      expect(shown(request.address)).toEqual([]);
    });

    test('to settle keeps its buttons, and that is no failure', async () => {
      const request = await tickets.request();
      const decision = { kind: 'report', news: 'resolved', reason: 'unsure', grounds: NOTHING_SEARCHED } as const;
      const turnId = await tickets.news(request, decision);
      await deliver([turnId]);
      const settle = createSettle({ ...tickets.deps, log });
      await refusing(['update'], () => settle(turnId, request.conversationId));
      expect(warned).toEqual([['a post may not be changed: its buttons stay', { turnId }]]);
    });
  });

  const card: TriageCard = {
    summary: 'my vpn drops',
    requester: 'Rita',
    why: 'w',
    urgency: '',
    thread: 't',
    takenBy: null,
    mutedBy: null,
  };
  const cardOf = (fields: Partial<TriageCard> = {}): Decision => {
    return { kind: 'triage', card: { ...card, ...fields }, grounds: NOTHING_SEARCHED };
  };

  describe('in the triage channel', () => {
    const place = async ({ conversationId }: Request) => (await tickets.store.tickets.find(conversationId))?.triage;

    test.each([null, 'before', 'after'] as const)(
      'a card begins a thread there, once; a run before failed: %s',
      async (when) => {
        const request = await tickets.request();
        const turnId = await tickets.news(request, cardOf(), 'triage');
        if (when !== null) {
          tickets.threads.faults.fault = { verb: 'startIn', when, error: down };
          await expect(deliver([turnId])).rejects.toBe(down);
        }
        await deliver([turnId], when !== null);
        const address = { platform: 'slack', ref: `T1/C-TRIAGE/${turnId}` };
        expect(await place(request)).toEqual(address);
        expect(shown(address)).toHaveLength(1);
        expect(shown(request.address)).toEqual([]);
      },
    );

    test('what becomes of it is shown on the card, and what else is said stands below', async () => {
      const request = await tickets.request();
      const turnId = await tickets.news(request, cardOf(), 'triage');
      await deliver([turnId]);
      const decision = cardOf({ takenBy: 'Ben Ito' });
      await tickets.store.conversations.reviseTurn(turnId, { text: 'taken', decision });
      const lesson = { lessonId: '1', question: 'q', answer: 'a', state: 'proposed', by: null } as const;
      const below = await tickets.news(request, { kind: 'lesson', lesson, grounds: NOTHING_SEARCHED }, 'triage');
      await deliver([turnId, below]);
      const [first, second] = [...tickets.threads.posts.values()]
        .filter(({ address }) => address.ref.startsWith('T1/C-TRIAGE'))
        .filter(({ turnId: own }) => own === turnId || own === below);
      expect(first?.reply.parts.at(-1)).toEqual({ kind: 'note', text: 'Taken by Ben Ito.' });
      expect([first?.turnId, second?.turnId]).toEqual([turnId, below]);
      expect(second?.address).toEqual(first?.address);
    });

    test.each(['unauthorized', 'rejected'] as const)(
      'when the channel refuses the card as %s, each admin is told once, until it is taken',
      async (kind) => {
        const request = await tickets.request();
        const turnId = await tickets.news(request, cardOf(), 'triage');
        const error = new RemoteError('slack', kind, { message: 'chat.postMessage: no' });
        const refused = async () => {
          tickets.threads.faults.fault = { verb: 'startIn', when: 'before', error };
          await expect(deliver([turnId])).rejects.toBe(error);
          return (await tickets.jobs('tell-admin')).map(({ email }) => email);
        };
        expect([await refused(), await refused()]).toEqual([['ann@acme.example'], []]);
        expect(await tickets.store.syncRuns.fault('ticket-system/triage')).toMatch(/C-TRIAGE.*TRIAGE_CHANNEL/);
        await deliver([turnId]);
        expect(await tickets.store.syncRuns.fault('ticket-system/triage')).toBeNull();
      },
    );

    test('when the platform is down, no admin is told', async () => {
      const turnId = await tickets.news(await tickets.request(), cardOf(), 'triage');
      tickets.threads.faults.fault = { verb: 'startIn', when: 'before', error: down };
      await expect(deliver([turnId])).rejects.toBe(down);
      expect(await tickets.jobs('tell-admin')).toEqual([]);
    });

    test('nothing is posted when the setting is gone', async () => {
      const request = await tickets.request();
      const turnId = await tickets.news(request, cardOf(), 'triage');
      await deliver([turnId], false, null);
      expect([tickets.threads.faults.calls, await place(request)]).toEqual([[], null]);
    });
  });

  test('a question whether it is solved becomes what was said about it, when nobody did', async () => {
    const request = await tickets.request();
    const { conversationId } = request;
    const turnId = await tickets.news(request, {
      kind: 'report',
      news: 'resolved',
      reason: 'unsure',
      grounds: NOTHING_SEARCHED,
    });
    await deliver([turnId]);
    await tickets.store.tickets.recordPhase(conversationId, 'closed', at);
    await createSettle({ ...tickets.deps, log })(turnId, conversationId);
    const post = [...tickets.threads.posts.values()].find((one) => one.turnId === turnId);
    expect(post?.reply.buttons).toEqual([]);
    expect(post?.reply.parts.at(-1)).toMatchObject({ text: expect.stringMatching(/^Closed, because nobody said/) });
  });
});
