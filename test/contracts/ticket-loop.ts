import type { Address, Conversation, SharedFile, Turn } from '#domain/conversation.ts';
import { type Decision, NOTHING_SEARCHED } from '#domain/decision.ts';
import type { Store } from '#ports.ts';
import type { SeenTicket } from '#ticket-ports.ts';
import { type Database, type DatabaseLocation, openDatabase } from '../../adapters/postgres/database.ts';
import { createStore } from '../../adapters/postgres/store.ts';
import { at, createTalk, decision, file, later, until } from './talk.ts';

const agent = 'slack/T1/U7';
const report = {
  kind: 'report',
  news: 'taken',
  reason: 'unsure',
  grounds: NOTHING_SEARCHED,
} as const satisfies Decision;

/** What every database must do for conversations with a ticket. Run on the embedded one and on a server. */
export function ticketLoopContract(location: () => DatabaseLocation): void {
  let database: Database;
  let store: Store;
  const { message, opened, answered, click } = createTalk(() => store);
  let tickets = 10_000;

  beforeAll(async () => {
    database = await openDatabase(location());
    store = createStore(database, { language: 'english' });
    await database.boss.start(); // a trail reads the queue
  });
  afterAll(() => database.close());

  const load = (conversationId: string): Promise<Conversation> => store.conversations.load(conversationId);
  const turnOf = async (conversationId: string, turnId: string): Promise<Turn | undefined> =>
    (await load(conversationId)).turns.find(({ id }) => id === turnId);
  const countOf = async (table: string): Promise<number> => Number((await database.knex(table).count())[0]?.['count']);

  /** A conversation that is decided on, with its ticket made. */
  async function withTicket(changes: Parameters<typeof opened>[0] = {}) {
    const { conversationId, turnId, first } = await opened(changes);
    await answered(conversationId);
    await store.tickets.open({ conversationId, reason: 'unsure', throughTurnId: turnId, at });
    const ticket = await made(conversationId);
    return { conversationId, turnId, first, ticket };
  }

  async function made(conversationId: string) {
    tickets += 1;
    const ticket = { id: `${tickets}`, key: `IT-${tickets}`, url: `https://jira.example/browse/IT-${tickets}` };
    await store.tickets.recordCreated(conversationId, ticket);
    return ticket;
  }

  /** A conversation with a card in the triage channel. */
  async function withCard() {
    const { conversationId, ...rest } = await withTicket();
    const card = await news(conversationId, 'card', 'triage');
    const triage: Address = { platform: 'slack', ref: `T1/C9/${conversationId}` };
    await store.tickets.recordTriage(conversationId, triage);
    return { conversationId, ...rest, card, triage };
  }

  async function news(conversationId: string, once: string, stage: Turn['stage'] = 'thread'): Promise<string> {
    const turn = await store.conversations.recordNews({
      conversationId,
      decision: report,
      text: 'News',
      at,
      once,
      stage,
    });
    if (turn === null) throw new Error('told before');
    return turn.turnId;
  }

  async function agentSays(
    conversationId: string,
    once: string,
    changes: Partial<Parameters<Store['conversations']['recordAgentTurn']>[0]> = {},
  ): Promise<string> {
    const said = { authorName: 'Ida', personRef: null, text: 'On it', at, files: [], commentId: once, ...changes };
    const turn = await store.conversations.recordAgentTurn({ conversationId, once, ...said });
    if (turn === null) throw new Error('said before');
    return turn.turnId;
  }

  const somebodyWaits = async () => {
    const waiting = database
      .knex('pg_stat_activity')
      .whereRaw("datname = current_database() and wait_event_type = 'Lock'");
    return (await waiting.select('pid')).length > 0;
  };

  const seenAt = (readAt: Date, key = 'IT-1'): SeenTicket => ({
    key,
    url: `https://jira.example/browse/${key}`,
    status: 'In Progress',
    assignee: 'Ida',
    resolution: null,
    readAt,
  });

  describe('in the triage channel', () => {
    test('what is addressed to us below a card is an agent’s turn of its conversation, and waits for no decision', async () => {
      const { conversationId, card, triage } = await withCard();
      const before = await load(conversationId);
      const said = message({
        address: triage,
        place: 'channel',
        authorRef: agent,
        text: 'Restart it',
        files: [file('a.png')],
      });
      const received = await store.inbound.message(said);
      expect(received).toEqual({ conversationId, turnId: expect.any(String), as: 'staff' });
      expect(await store.inbound.message(said)).toBeNull();
      const after = await load(conversationId);
      expect(after).toMatchObject({ version: before.version, handledThrough: before.handledThrough, place: 'direct' });
      expect(after.turns.slice(before.turns.length)).toMatchObject([
        {
          id: received?.turnId,
          author: 'agent',
          stage: 'triage',
          personRef: agent,
          authorName: null,
          text: 'Restart it',
          files: [file('a.png')],
        },
      ]);
      expect(after.turns.find(({ id }) => id === card)).toMatchObject({ author: 'bot', stage: 'triage' });
    });

    test('what the staff say to each other there leaves no trace, until one of its events says that it is addressed to us', async () => {
      const { conversationId, triage } = await withCard();
      const said = message({ address: triage, authorRef: agent, addressed: false });
      const before = [await countOf('inbound_event'), await countOf('conversation'), await countOf('turn')];
      expect(await store.inbound.message(said)).toBeNull();
      expect([await countOf('inbound_event'), await countOf('conversation'), await countOf('turn')]).toEqual(before);
      const mention = { ...said, addressed: true, eventId: `${said.eventId}-mention` };
      expect(await store.inbound.message(mention)).toMatchObject({ conversationId, as: 'staff' });
      expect(await store.inbound.message({ ...said, eventId: `${said.eventId}-again` })).toBeNull();
    });

    test('the requester who writes there is staff as well', async () => {
      const { conversationId, triage, first } = await withCard();
      await store.inbound.message(message({ address: triage, authorRef: first.authorRef }));
      expect((await load(conversationId)).turns.at(-1)).toMatchObject({ author: 'agent', stage: 'triage' });
    });

    test('an edit and a deletion there are the agent’s, and make nothing wait', async () => {
      const { conversationId, triage } = await withCard();
      const said = message({ address: triage, authorRef: agent, text: 'Restart it' });
      const received = await store.inbound.message(said);
      const { version } = await load(conversationId);
      const edit = {
        eventId: `edit-${said.id}`,
        messageId: said.id,
        text: 'Restart it twice',
        order: 1,
        message: null,
      };
      expect(await store.inbound.change(edit)).toEqual(received);
      expect(await store.inbound.change({ ...edit, eventId: `gone-${said.id}`, text: null })).toEqual(received);
      const conversation = await load(conversationId);
      expect(conversation.version).toBe(version);
      expect(conversation.turns.at(-1)).toMatchObject({ text: '', withdrawn: true, revision: 2 });
    });

    test('a press on the card is an agent’s, with what was entered, and only counts there', async () => {
      const { conversationId, card, triage, first } = await withCard();
      const { version } = await load(conversationId);
      const values = { answer: 'Restart "it"', note: 'a\0b' };
      const pressed = click(card, { address: triage, personRef: agent, action: 'answer-here', values });
      expect(await store.inbound.click({ ...pressed, address: first.address })).toBeNull();
      const received = await store.inbound.click(pressed);
      expect(received).toEqual({ conversationId, turnId: expect.any(String), as: 'staff' });
      expect(await store.inbound.click(pressed)).toBeNull();
      const conversation = await load(conversationId);
      expect(conversation.version).toBe(version);
      expect(conversation.turns.at(-1)).toMatchObject({
        id: received?.turnId,
        author: 'agent',
        stage: 'triage',
        personRef: agent,
        action: 'answer-here',
        aboutTurnId: card,
        values: { answer: 'Restart "it"', note: 'a\ufffdb' },
      });
    });

    test('a press on a card counts before it is noted where the card is, but in no thread of another', async () => {
      const { conversationId, first } = await withTicket();
      const other = await withCard();
      const card = await news(conversationId, 'card', 'triage');
      const pressed = (ref: string) => store.inbound.click(click(card, { address: { platform: 'slack', ref } }));
      for (const { ref } of [first.address, other.first.address, other.triage]) expect(await pressed(ref)).toBeNull();
      const ref = `T1/C9/${conversationId}`;
      expect(await pressed(ref)).toMatchObject({ conversationId, as: 'staff' });
      await store.conversations.recordPost(card, { postRef: 'C9/1', revision: 0 });
      expect(await pressed(ref)).toBeNull();
      await store.tickets.recordTriage(conversationId, { platform: 'slack', ref });
      expect(await pressed(ref)).toMatchObject({ conversationId, as: 'staff' });
    });

    test.each([
      ['slack', 'teams', 'counts'],
      ['slack', 'slack', 'counts'],
      ['teams', 'teams', 'is none'],
      ['teams', 'slack', 'is none'],
    ] as const)(
      'before it is noted where the card is, a press in %s on that of a conversation in %s %s: only Slack’s come unaltered',
      async (pressed, asked, outcome) => {
        const { conversationId } = await withTicket({
          address: { platform: asked, ref: `T1/C1/own-card-${pressed}-${asked}` },
        });
        const card = await news(conversationId, 'card', 'triage');
        const address: Address = { platform: pressed, ref: `T1/C9/${pressed}/${conversationId}` };
        const press = () => store.inbound.click(click(card, { address, action: 'answer-here' }));
        const counts = { conversationId, as: 'staff' };
        const received = await press();
        if (outcome === 'counts') expect(received).toMatchObject(counts);
        else expect(received).toBeNull();
        await store.conversations.recordPost(card, { postRef: 'C9/1', revision: 0 });
        await store.tickets.recordTriage(conversationId, address);
        expect(await press()).toMatchObject(counts);
      },
    );

    test('a press on a post in the thread only counts in the thread, and keeps what was entered', async () => {
      const { conversationId, triage, first } = await withCard();
      const { version, turns } = await load(conversationId);
      const post = turns.find(({ author, stage }) => author === 'bot' && stage === 'thread');
      const sent = click(post!.id, { address: first.address, action: 'details', values: { device: 'ThinkPad' } });
      expect(await store.inbound.click({ ...sent, address: triage })).toBeNull();
      expect(await store.inbound.click(sent)).toMatchObject({ conversationId, as: 'pending' });
      const conversation = await load(conversationId);
      expect(conversation.version).toBe(version + 1);
      expect(conversation.turns.at(-1)).toMatchObject({
        author: 'requester',
        stage: 'thread',
        values: { device: 'ThinkPad' },
      });
    });

    test('nobody can press what an agent or an employee said', async () => {
      const { conversationId, turnId, triage, first } = await withCard();
      const said = await agentSays(conversationId, 'comment/1');
      for (const address of [first.address, triage]) {
        for (const about of [turnId, said]) expect(await store.inbound.click(click(about, { address }))).toBeNull();
      }
    });
  });

  describe('changes of what was said', () => {
    test('what is decided on changes for its ticket, counts its revision, and waits for no other decision', async () => {
      const { conversationId, turnId, first } = await withTicket();
      const { version } = await load(conversationId);
      const edit = { eventId: `edit-${first.id}`, messageId: first.id, text: 'my wifi drops', order: 1, message: null };
      const changed = { conversationId, turnId, as: 'changed' };
      expect(await store.inbound.change(edit)).toEqual(changed);
      expect(await store.inbound.change(edit)).toBeNull();
      expect(await store.inbound.change({ ...edit, eventId: `same-${first.id}` })).toBeNull();
      expect(await turnOf(conversationId, turnId)).toMatchObject({ text: 'my wifi drops', revision: 1 });
      expect(await store.inbound.change({ ...edit, eventId: `back-${first.id}`, text: first.text })).toEqual(changed);
      expect(await turnOf(conversationId, turnId)).toMatchObject({ text: first.text, revision: 2 });
      expect(await load(conversationId)).toMatchObject({ version });
    });

    test('what its author changed first changes nothing when it comes last', async () => {
      const { conversationId, turnId, first } = await withTicket();
      const edit = (order: number, text: string) =>
        store.inbound.change({ eventId: `${order}-${first.id}`, messageId: first.id, text, order, message: null });
      const changed = { conversationId, turnId, as: 'changed' };
      expect(await edit(3, 'third')).toEqual(changed);
      expect(await edit(2, 'second')).toBeNull();
      // the text as it was: no news, but older ones are older than this
      expect(await edit(5, 'third')).toBeNull();
      expect(await edit(4, 'fourth')).toBeNull();
      expect(await turnOf(conversationId, turnId)).toMatchObject({ text: 'third', revision: 1 });
      expect(await edit(6, 'sixth')).toEqual(changed);
    });

    test.each([
      ['an edit', 'my wifi drops', { text: 'my wifi drops', withdrawn: false }],
      ['a deletion', null, { text: '', withdrawn: true }],
    ])(
      '%s that overtakes its message comes in as that message, which then changes nothing',
      async (_, text, becomes) => {
        const { conversationId, first } = await opened();
        const said = message({ address: first.address, text: 'my wfi drops', addressed: false });
        const change = {
          eventId: `over-${said.id}`,
          messageId: said.id,
          text,
          order: 1,
          message: { ...said, text: text ?? 'x' },
        };
        const received = await store.inbound.change(change);
        expect(received).toMatchObject({ conversationId, as: 'pending' });
        expect(await store.inbound.change(change)).toBeNull();
        expect(await store.inbound.message(said)).toBeNull();
        expect(await turnOf(conversationId, received?.turnId ?? '')).toMatchObject(becomes);
      },
    );

    test.each([
      ['while it waits', false, 'pending'],
      ['when it is decided on', true, 'changed'],
    ] as const)('a deletion is final %s, whatever edit comes behind it', async (_, isHandled, as) => {
      const { conversationId, turnId, first } = isHandled ? await withTicket() : await opened();
      const gone = { eventId: `gone-${first.id}`, messageId: first.id, text: null, order: 1, message: null };
      expect(await store.inbound.change(gone)).toEqual({ conversationId, turnId, as });
      const { version } = await load(conversationId);
      expect(await store.inbound.change({ ...gone, eventId: `late-${first.id}`, text: 'older' })).toBeNull();
      expect(await store.inbound.change({ ...gone, eventId: `twice-${first.id}` })).toBeNull();
      expect(await turnOf(conversationId, turnId)).toMatchObject({ text: '', withdrawn: true, revision: 1 });
      expect((await load(conversationId)).version).toBe(version);
    });

    test('a file that is gone stays marked in its place, a new one comes last, and either is a change', async () => {
      const [a, b, c] = [file('a.png'), file('b.png'), file('c\0.png', { ref: 'F/c' })];
      const { conversationId, turnId, first } = await withTicket({ files: [a, b] });
      await store.conversations.recordFile(turnId, { index: 1, mirrored: '900' });
      let edits = 0;
      const edit = async (text: string | null, files?: readonly SharedFile[]) => {
        edits += 1;
        const change = { eventId: `files-${first.id}-${edits}`, messageId: first.id, text, order: 1, message: null };
        const received = await store.inbound.change(files === undefined ? change : { ...change, files });
        const turn = await turnOf(conversationId, turnId);
        return [received?.as ?? null, turn?.files, turn?.revision];
      };
      const gone = { ...a, gone: true };
      const clean = { ...c, name: 'c.png' };
      expect(await edit(first.text, [b, a])).toEqual([null, [a, b], 0]);
      expect(await edit(first.text, [c, b])).toEqual(['changed', [gone, b, clean], 1]);
      expect(await edit(first.text, [b, c])).toEqual([null, [gone, b, clean], 1]);
      expect(await edit('my wifi drops')).toEqual(['changed', [gone, b, clean], 2]);
      expect(await edit('my wifi drops', [a, b, c])).toEqual(['changed', [gone, b, clean, a], 3]);
      expect(await edit('my wifi drops', [])).toEqual([
        'changed',
        [gone, { ...b, gone: true }, { ...clean, gone: true }, gone],
        4,
      ]);
      expect((await turnOf(conversationId, turnId))?.mirroredFiles).toEqual({ 1: '900' });
      expect(await edit(null, [])).toMatchObject(['changed', { length: 4 }, 5]);
    });

    test('a file that can no longer be fetched is the same by its name', async () => {
      const { conversationId, turnId, first } = await withTicket({ files: [file('a.png'), file('b.png')] });
      const hidden = file('a.png', { ref: null, mimeType: null, bytes: null });
      const edit = { eventId: `hidden-${first.id}`, messageId: first.id, text: first.text, order: 1, message: null };
      expect(await store.inbound.change({ ...edit, files: [hidden, file('b.png')] })).toBeNull();
      expect((await turnOf(conversationId, turnId))?.files).toEqual([file('a.png'), file('b.png')]);
    });

    test('while it waits, a change of its files is decided on', async () => {
      const { conversationId, turnId, first } = await opened({ files: [file('a.png')] });
      const { version } = await load(conversationId);
      const edit = {
        eventId: `wait-${first.id}`,
        messageId: first.id,
        text: first.text,
        files: [],
        order: 1,
        message: null,
      };
      expect(await store.inbound.change(edit)).toEqual({ conversationId, turnId, as: 'pending' });
      expect(await store.inbound.change(edit)).toBeNull();
      expect((await load(conversationId)).version).toBe(version + 1);
    });

    test('an edit is not lost when its decision is recorded at the same time', async () => {
      for (let round = 0; round < 12; round += 1) {
        const { conversationId, turnId, first } = await opened();
        const { version } = await load(conversationId);
        const edit = {
          eventId: `race-${first.id}`,
          messageId: first.id,
          text: 'my wifi drops',
          order: 1,
          message: null,
        };
        const handOver = async () =>
          store.transaction(async (within) => {
            const record = { conversationId, version, handledThrough: turnId, decision, text: '', at };
            if ((await within.conversations.recordDecision(record)) === null) return false;
            return within.tickets.open({ conversationId, reason: 'unsure', throughTurnId: turnId, at });
          });
        const [isDecided, received] = await Promise.all([handOver(), store.inbound.change(edit)]);
        expect([isDecided, received?.as]).toEqual(isDecided ? [true, 'changed'] : [false, 'pending']);
      }
    });
  });

  describe('hints of the ticket system', () => {
    test('a hint is taken in once, and names the conversation of the ticket', async () => {
      const { conversationId, ticket } = await withTicket();
      const hint = { eventId: `jira/${ticket.id}`, ticketId: ticket.id };
      expect(await store.inbound.ticketHint(hint)).toEqual({ conversationId });
      expect(await store.inbound.ticketHint(hint)).toBeNull();
    });

    test.each(['', '999999999', 'IT-10001'])(
      'a hint about the ticket “%s”, which is none of ours, leaves no trace',
      async (ticketId) => {
        const before = await countOf('inbound_event');
        expect(await store.inbound.ticketHint({ eventId: `jira/none/${ticketId}`, ticketId })).toBeNull();
        expect(await countOf('inbound_event')).toBe(before);
      },
    );
  });

  describe('what agents say', () => {
    test('it is a turn with everything that is known of it, once', async () => {
      const { conversationId } = await withTicket();
      const files = [file('shot.png'), file('b.txt', { ref: null, mimeType: null, bytes: null })];
      const said = { text: 'Is it **on**?\0', at: later(60), files, commentId: '501', authorName: 'Ida \0K.' };
      const turnId = await agentSays(conversationId, 'comment/501', said);
      expect(await turnOf(conversationId, turnId)).toEqual({
        id: turnId,
        author: 'agent',
        personRef: null,
        authorName: 'Ida \ufffdK.',
        stage: 'thread',
        text: 'Is it **on**?\ufffd',
        at: later(60),
        revision: 0,
        action: null,
        values: null,
        aboutTurnId: null,
        addressed: false,
        withdrawn: false,
        files,
        decision: null,
        postRef: null,
        postRevision: null,
        comment: { id: '501', revision: 0 },
        mirroredFiles: {},
      });
      const again = { conversationId, ...said, personRef: null, once: 'comment/501' };
      expect(await store.conversations.recordAgentTurn(again)).toBeNull();
    });

    test('what an agent says between a message and its decision changes neither', async () => {
      const { conversationId, turnId } = await opened();
      const { version } = await load(conversationId);
      const said = await agentSays(conversationId, 'comment/1');
      const record = { conversationId, version, handledThrough: turnId, decision, text: '', at };
      expect(await store.conversations.recordDecision(record)).not.toBeNull();
      expect(await load(conversationId)).toMatchObject({ handledThrough: turnId, version });
      expect((await load(conversationId)).turns.map(({ id, author }) => [id === said, author])).toEqual([
        [false, 'requester'],
        [true, 'agent'],
        [false, 'bot'],
      ]);
    });

    test('a decision that is taken back lets wait what it was about, whatever agents and news said in between', async () => {
      const { conversationId, first } = await opened();
      const before = await answered(conversationId);
      await store.conversations.recordPost(before, { postRef: 'C1/1', revision: 0 });
      const second = await store.inbound.message(message({ address: first.address }));
      await agentSays(conversationId, 'comment/1');
      const told = await news(conversationId, 'told');
      const card = await news(conversationId, 'card', 'triage');
      const unsent = await answered(conversationId);
      await agentSays(conversationId, 'comment/2');
      for (const turn of [told, card]) expect(await store.conversations.takeBack(turn)).toBe(false);
      expect(await store.conversations.takeBack(unsent)).toBe(true);
      const { handledThrough, turns } = await load(conversationId);
      expect(handledThrough).toBe(before);
      const waiting = turns.slice(turns.findIndex(({ id }) => id === before) + 1);
      expect(waiting.map(({ id, author }) => [author, id === second?.turnId])).toEqual([
        ['requester', true],
        ['agent', false],
        ['bot', false],
        ['bot', false],
        ['agent', false],
      ]);
    });

    test('a post that was taken away was posted: its decision is not taken back', async () => {
      const { conversationId } = await opened();
      const turnId = await answered(conversationId);
      await store.conversations.recordPost(turnId, { postRef: null, revision: 1 });
      expect(await store.conversations.takeBack(turnId)).toBe(false);
    });

    test.each(['a message', 'a press'])(
      '%s that comes while a decision is recorded waits for the next one',
      async (what) => {
        const { conversationId, first } = await withTicket();
        const { address } = first;
        const post = await news(conversationId, 'offer');
        await store.inbound.message(message({ address }));
        const come = () =>
          what === 'a message'
            ? store.inbound.message(message({ address }))
            : store.inbound.click(click(post, { address }));

        const coming = await database.knex.transaction(async (trx) => {
          const within = createStore({ ...database, knex: trx }, { language: 'english' });
          await trx.raw('select from conversation where id = ? for no key update', [conversationId]);
          const received = come();
          if (!database.embedded) await until('it waits for its turn', somebodyWaits); // embedded, all wait for the connection
          const said = { authorName: 'Ida', personRef: null, text: 'On it', at, files: [] };
          const comment = { commentId: '1', once: 'comment/1' };
          const turn = await within.conversations.recordAgentTurn({ conversationId, ...said, ...comment });
          const { version } = await within.conversations.load(conversationId);
          const record = { conversationId, version, handledThrough: turn!.turnId, decision, text: '', at };
          expect(await within.conversations.recordDecision(record)).not.toBeNull();
          return { received };
        });

        const received = await coming.received;
        const { turns, handledThrough } = await load(conversationId);
        const handled = turns.findIndex(({ id }) => id === handledThrough);
        expect(turns.findIndex(({ id }) => id === received?.turnId)).toBeGreaterThan(handled);
      },
    );

    test('whatever is said at the same time, by whomever: every message is decided on', async () => {
      const { conversationId, triage, first } = await withCard();
      const decidedOn = new Set<string>();
      const decideOnce = async () => {
        const { turns, version, handledThrough } = await load(conversationId);
        const from = turns.findIndex(({ id }) => id === handledThrough) + 1;
        const pending = turns.slice(from).filter(({ author }) => author === 'requester' || author === 'colleague');
        const last = turns.at(-1)?.id ?? '';
        if (pending.length === 0) return true;
        const record = { conversationId, version, handledThrough: last, decision, text: '', at };
        if ((await store.conversations.recordDecision(record)) === null) return false;
        for (const { id } of pending) decidedOn.add(id);
        return true;
      };
      const said: string[] = [];
      const say = async () => {
        const received = await store.inbound.message(message({ address: first.address, addressed: false }));
        said.push(received!.turnId);
      };
      const rounds = Array.from({ length: 30 }, async (_, round) => {
        await Promise.all([
          say(),
          agentSays(conversationId, `comment/${round}`),
          store.inbound.message(message({ address: triage, authorRef: agent })),
          news(conversationId, `news/${round}`),
          decideOnce(),
          decideOnce(),
        ]);
      });
      await Promise.all(rounds);
      while (!(await decideOnce()));
      expect(said.filter((id) => !decidedOn.has(id))).toEqual([]);
    });
  });

  describe('revisions', () => {
    test('only a real change counts, and what is taken back can be said again', async () => {
      const { conversationId } = await withTicket();
      const turnId = await agentSays(conversationId, 'comment/1');
      const revise = (text: string | null) => store.conversations.reviseTurn(turnId, { text });
      const steps = [];
      for (const text of ['On it', 'On it!', 'On it!', null, null, 'On it!']) {
        const revised = await revise(text);
        const turn = await turnOf(conversationId, turnId);
        steps.push([revised === null ? null : revised.turnId === turnId, turn?.text, turn?.withdrawn, turn?.revision]);
      }
      expect(steps).toEqual([
        [null, 'On it', false, 0],
        [true, 'On it!', false, 1],
        [null, 'On it!', false, 1],
        [true, '', true, 2],
        [null, '', true, 2],
        [true, 'On it!', false, 3],
      ]);
    });

    test('its files change with it, each in its place, and are there anew when it is shown again', async () => {
      const { conversationId } = await withTicket();
      const [a, b] = [file('a.png'), file('b.png')];
      const turnId = await agentSays(conversationId, 'comment/1', { files: [a] });
      const revise = async (text: string | null, files?: readonly SharedFile[]) => {
        const revised = await store.conversations.reviseTurn(turnId, files === undefined ? { text } : { text, files });
        const turn = await turnOf(conversationId, turnId);
        return [revised !== null, turn?.files, turn?.comment?.revision];
      };
      const gone = [
        { ...a, gone: true },
        { ...b, gone: true },
      ];
      expect(await revise('On it', [a])).toEqual([false, [a], 0]);
      expect(await revise('On it', [a, b])).toEqual([true, [a, b], 1]);
      expect(await revise('On it', [b])).toEqual([true, [gone[0], b], 2]);
      expect(await revise('On it!')).toEqual([true, [gone[0], b], 3]);
      expect(await revise(null, [])).toEqual([true, [gone[0], b], 4]);
      expect(await revise('On it!', [b])).toEqual([true, [...gone, b], 5]);
      expect(await revise('On it!', [b])).toEqual([false, [...gone, b], 5]);
    });

    test('a turn that came from a comment is what the comment says; one that is to get a comment is not yet', async () => {
      const { conversationId } = await withTicket();
      const fromTicket = await agentSays(conversationId, 'comment/1', { commentId: '1' });
      const fromTriage = await agentSays(conversationId, 'answer/1', { commentId: null, personRef: agent });
      await store.conversations.recordComment(fromTriage, { id: '2', revision: 0 });
      for (const turnId of [fromTicket, fromTriage]) await store.conversations.reviseTurn(turnId, { text: 'Done' });
      expect((await turnOf(conversationId, fromTicket))?.comment).toEqual({ id: '1', revision: 1 });
      expect((await turnOf(conversationId, fromTriage))?.comment).toEqual({ id: '2', revision: 0 });
    });

    test('a turn of ours changes with its decision', async () => {
      const { conversationId } = await withTicket();
      const turnId = await news(conversationId, 'taken');
      const assigned: Decision = { ...report, news: 'assigned', detail: 'Ida' };
      const revise = (change: Parameters<Store['conversations']['reviseTurn']>[1]) =>
        store.conversations.reviseTurn(turnId, change);
      expect(await revise({ text: 'News', decision: report })).toBeNull();
      expect(await revise({ text: 'News', decision: assigned })).toEqual({ turnId });
      expect(await revise({ text: 'News' })).toBeNull();
      expect(await turnOf(conversationId, turnId)).toMatchObject({ text: 'News', decision: assigned, revision: 1 });
      expect(await revise({ text: null })).toEqual({ turnId });
      expect(await turnOf(conversationId, turnId)).toMatchObject({ decision: assigned, withdrawn: true, revision: 2 });
    });

    test('nobody but an employee changes what the employee said', async () => {
      const { turnId } = await withTicket();
      expect(await store.conversations.reviseTurn(turnId, { text: 'No' })).toBeNull();
      expect(await store.conversations.reviseTurn('99999999999', { text: 'No' })).toBeNull();
    });
  });

  describe('what shows a turn on either side', () => {
    test('the post and the comment are kept with the revision they show, until they are taken away', async () => {
      const { conversationId, turnId } = await withTicket();
      const ledger = async () => {
        const { postRef, postRevision, comment } = (await turnOf(conversationId, turnId))!;
        return { postRef, postRevision, comment };
      };
      expect(await ledger()).toEqual({ postRef: null, postRevision: null, comment: null });
      await store.conversations.recordPost(turnId, { postRef: 'C1/7', revision: 2 });
      await store.conversations.recordComment(turnId, { id: '77', revision: 1 });
      expect(await ledger()).toEqual({ postRef: 'C1/7', postRevision: 2, comment: { id: '77', revision: 1 } });
      await store.conversations.recordPost(turnId, { postRef: null, revision: 3 });
      await store.conversations.recordComment(turnId, { id: null, revision: 3 });
      expect(await ledger()).toEqual({ postRef: null, postRevision: 3, comment: null });
    });

    test('files are noted one by one', async () => {
      const { conversationId, turnId } = await withTicket({ files: [file('a.png'), file('b.png')] });
      await store.conversations.recordFile(turnId, { index: 1, mirrored: '900' });
      expect((await turnOf(conversationId, turnId))?.mirroredFiles).toEqual({ 1: '900' });
      await store.conversations.recordFile(turnId, { index: 0, mirrored: '' });
      await store.conversations.recordFile(turnId, { index: 1, mirrored: '901' });
      expect((await turnOf(conversationId, turnId))?.mirroredFiles).toEqual({ 0: '', 1: '901' });
      await store.conversations.recordFile(turnId, { index: 'thread/1', mirrored: 'F1' });
      const both = { 0: '', 1: '901', 'thread/1': 'F1' };
      expect((await turnOf(conversationId, turnId))?.mirroredFiles).toEqual(both);
    });

    test('a turn goes to the thread, or below its card as soon as there is one', async () => {
      const { conversationId, turnId, first, ticket } = await withTicket();
      const card = await news(conversationId, 'card', 'triage');
      const said = await agentSays(conversationId, 'comment/1');
      const placeOf = async (id: string) => (await store.conversations.outgoing(id)).address;
      expect([await placeOf(card), await placeOf(said)]).toEqual([null, first.address]);
      const triage: Address = { platform: 'slack', ref: 'T1/C9/another' };
      await store.tickets.recordTriage(conversationId, triage);
      expect([await placeOf(card), await placeOf(said)]).toEqual([triage, first.address]);
      expect(await store.conversations.outgoing(said)).toEqual({
        conversationId,
        at,
        address: first.address,
        turn: await turnOf(conversationId, said),
        ticket: { ...ticket, phase: 'open', throughTurnId: turnId, assignee: null },
      });
    });
  });

  describe('tickets', () => {
    test('a conversation has one ticket, and everything that is recorded of it', async () => {
      const { conversationId } = await opened();
      const { name } = await load(conversationId);
      const ticket = { conversationId, reason: 'unsure', throughTurnId: '1', at } as const;
      expect(await store.tickets.find(conversationId)).toBeNull();
      expect(await store.tickets.open(ticket)).toBe(true);
      expect(await store.tickets.open({ ...ticket, reason: 'nothing-found' })).toBe(false);
      const stored = {
        name,
        reason: 'unsure',
        throughTurnId: '1',
        openedAt: at,
        triedAt: null,
        created: null,
        phase: 'open',
        phaseAt: at,
        seen: null,
        described: null,
        continues: null,
        triage: null,
        rating: null,
      };
      expect(await store.tickets.find(conversationId)).toEqual(stored);
      const shown = { id: null, key: null, url: null, phase: 'open', throughTurnId: '1', assignee: null };
      expect((await load(conversationId)).ticket).toEqual(shown);

      await store.tickets.recordAttempt(conversationId, later(1));
      const created = await made(conversationId);
      await store.tickets.recordDescribed(conversationId, 'v1');
      expect(await store.tickets.find(conversationId)).toEqual({
        ...stored,
        triedAt: later(1),
        created,
        described: 'v1',
      });
      expect((await load(conversationId)).ticket).toEqual({ ...shown, ...created });
      expect(await store.tickets.conversationOf(created.id)).toBe(conversationId);
      expect(await store.tickets.conversationOf('')).toBeNull();

      const seen = { ...seenAt(later(2), `HR-${created.id}`), resolution: 'Done' };
      await store.tickets.recordSeen(conversationId, seen);
      await store.tickets.recordPhase(conversationId, 'resolved', later(3));
      const moved = { id: created.id, key: seen.key, url: seen.url };
      const now = { created: moved, seen, phase: 'resolved', phaseAt: later(3) };
      expect(await store.tickets.find(conversationId)).toMatchObject(now);
      expect((await load(conversationId)).ticket).toEqual({ ...shown, ...moved, phase: 'resolved', assignee: 'Ida' });
    });

    test('one that is gone is succeeded, with nothing of what was true of it', async () => {
      const { conversationId, turnId, ticket } = await withTicket({ files: [file('a.png')] });
      const { name } = await load(conversationId);
      const said = await agentSays(conversationId, 'comment/9', { files: [file('b.png')] });
      await store.conversations.recordComment(turnId, { id: 'description', revision: 0 });
      for (const id of [turnId, said]) await store.conversations.recordFile(id, { index: 0, mirrored: 'there' });
      await store.conversations.recordFile(turnId, { index: 'thread/0', mirrored: 'F1' });
      await store.tickets.recordSeen(conversationId, seenAt(later(1)));
      await store.tickets.recordDescribed(conversationId, 'v1');
      await store.tickets.recordTriage(conversationId, { platform: 'slack', ref: `T1/C9/gone${conversationId}` });
      await store.tickets.recordRating(conversationId, { rating: 2 });
      const next = { conversationId, reason: 'came-back', throughTurnId: said, at: later(9) } as const;
      expect(await store.tickets.open(next)).toBe(false);
      await store.tickets.recordPhase(conversationId, 'gone', later(2));
      expect(await store.tickets.open(next)).toBe(true);
      expect(await store.tickets.find(conversationId)).toEqual({
        name: `${name}-2`,
        reason: 'came-back',
        throughTurnId: said,
        openedAt: later(9),
        triedAt: null,
        created: null,
        phase: 'open',
        phaseAt: later(9),
        seen: null,
        described: null,
        continues: ticket.id,
        triage: null,
        rating: null,
      });
      expect((await load(conversationId)).name).toBe(name);
      expect(await store.tickets.conversationOf(ticket.id)).toBeNull();
      // The next ticket has none of its comments and attachments; the thread still has the files that came from there.
      const left = await turnOf(conversationId, turnId);
      expect([left?.comment, left?.mirroredFiles]).toEqual([null, { 'thread/0': 'F1' }]);
      expect(await turnOf(conversationId, said)).toMatchObject({ comment: null, mirroredFiles: { 0: 'there' } });
    });

    test('any that is made can be continued, as often as it takes; one that is not made yet is not', async () => {
      const { conversationId, ticket } = await withTicket();
      const { name } = await load(conversationId);
      const next = { conversationId, reason: 'came-back', throughTurnId: '9', at, continues: true } as const;
      expect(await store.tickets.open(next)).toBe(true);
      expect(await store.tickets.open(next)).toBe(false);
      expect(await store.tickets.find(conversationId)).toMatchObject({ name: `${name}-2`, continues: ticket.id });
      const second = await made(conversationId);
      await store.tickets.recordPhase(conversationId, 'closed', later(1));
      expect(await store.tickets.open({ ...next, continues: false })).toBe(false);
      expect(await store.tickets.open(next)).toBe(true);
      expect(await store.tickets.find(conversationId)).toMatchObject({
        name: `${name}-3`,
        continues: second.id,
        phase: 'open',
      });
    });

    test('what was read of the ticket before does not become the next one’s', async () => {
      const { conversationId } = await withTicket();
      await store.tickets.open({ conversationId, reason: 'came-back', throughTurnId: '9', at, continues: true });
      await store.tickets.recordSeen(conversationId, seenAt(later(5)));
      expect(await store.tickets.find(conversationId)).toMatchObject({ created: null, seen: null });
    });

    test('the thread of the card before stays the conversation’s, and the next card begins one of its own', async () => {
      const { conversationId, card, triage } = await withCard();
      await store.conversations.recordPost(card, { postRef: 'C9/old', revision: 0 });
      await store.tickets.open({ conversationId, reason: 'came-back', throughTurnId: '9', at, continues: true });
      const next = await news(conversationId, 'next card', 'triage');
      const placeOf = async (turnId: string) => (await store.conversations.outgoing(turnId)).address;
      expect([await placeOf(card), await placeOf(next)]).toEqual([triage, null]);
      const place: Address = { platform: 'slack', ref: `T1/C9/${conversationId}/next` };
      await store.tickets.recordTriage(conversationId, place);
      await store.tickets.recordTriage(conversationId, place);
      expect(await placeOf(next)).toEqual(place);
      for (const [turnId, address] of [
        [card, triage],
        [next, place],
      ] as const) {
        const received = { conversationId, as: 'staff' };
        expect(await store.inbound.click(click(turnId, { address, action: 'approve' }))).toMatchObject(received);
        expect(await store.inbound.message(message({ address, authorRef: agent }))).toMatchObject(received);
        expect(await store.inbound.message(message({ address, addressed: false }))).toBeNull();
      }
    });

    test('it is rated once, and commented on once, after that', async () => {
      const { conversationId } = await withTicket();
      const rate = (rating: { rating?: number; comment?: string }) =>
        store.tickets.recordRating(conversationId, rating);
      const ratingOf = async () => (await store.tickets.find(conversationId))?.rating;
      expect(await rate({ comment: 'before' })).toBe(false);
      expect(await rate({ rating: 4 })).toBe(true);
      expect(await ratingOf()).toEqual({ rating: 4, comment: '' });
      expect(await rate({ rating: 1 })).toBe(false);
      expect(await rate({ comment: 'Quick\0!' })).toBe(true);
      expect(await rate({ comment: 'Slow!' })).toBe(false);
      expect(await ratingOf()).toEqual({ rating: 4, comment: 'Quick\ufffd!' });
    });

    test('those are silent that are resolved for long, and of which nobody has said anything since', async () => {
      const silent = await withTicket();
      const spoken = await withTicket();
      const lately = await withTicket();
      const open = await withTicket();
      await store.tickets.recordPhase(silent.conversationId, 'resolved', later(-5));
      await store.tickets.recordPhase(spoken.conversationId, 'resolved', later(-6));
      await store.tickets.recordPhase(lately.conversationId, 'resolved', later(1));
      await agentSays(silent.conversationId, 'comment/1');
      const own = await agentSays(silent.conversationId, 'comment/2', { author: 'requester' });
      expect(await store.conversations.reviseTurn(own, { text: 'thanks' })).not.toBeNull();
      const turn = (await load(silent.conversationId)).turns.find(({ id }) => id === own);
      expect(turn).toMatchObject({ author: 'requester', personRef: null, authorName: 'Ida', text: 'thanks' });
      expect(turn?.comment).toEqual({ id: 'comment/2', revision: 1 });
      await store.inbound.message(message({ address: spoken.first.address, text: 'No!' }));
      const ids = [silent, spoken, lately, open].map(({ conversationId }) => conversationId);
      const found = async () => (await store.tickets.silentSince(at)).filter((id) => ids.includes(id));
      expect(await found()).toEqual([silent.conversationId]);
      await answered(spoken.conversationId);
      expect(await found()).toEqual([spoken.conversationId, silent.conversationId]);
      for (const id of ids) await store.tickets.recordPhase(id, 'closed', later(-9));
      expect(await found()).toEqual([]);
    });

    test('open ones are read again, the longest unread first', async () => {
      const long = new Date('2020-01-01T00:00:00Z');
      const after = (days: number) => new Date(long.getTime() + days * 86_400_000);
      const [first, second, third, done] = [
        await withTicket(),
        await withTicket(),
        await withTicket(),
        await withTicket(),
      ];
      await store.tickets.recordSeen(second.conversationId, seenAt(after(1)));
      await store.tickets.recordSeen(first.conversationId, seenAt(after(2)));
      await store.tickets.recordSeen(third.conversationId, seenAt(after(3)));
      await store.tickets.recordSeen(done.conversationId, seenAt(after(0)));
      await store.tickets.recordPhase(done.conversationId, 'closed', at);
      expect(await store.tickets.unreadSince(after(3), 10)).toEqual([second.conversationId, first.conversationId]);
      expect(await store.tickets.unreadSince(after(9), 2)).toEqual([second.conversationId, first.conversationId]);
      // One that was never read was as good as read when it was opened; one that is not made cannot be read.
      const never = await withTicket();
      const unmade = await opened();
      await store.tickets.open({ conversationId: unmade.conversationId, reason: 'unsure', throughTurnId: '1', at });
      const all = await store.tickets.unreadSince(later(1), 1000);
      expect(all).toContain(never.conversationId);
      expect(all).not.toContain(unmade.conversationId);
      expect(await store.tickets.unreadSince(at, 1000)).not.toContain(never.conversationId);
    });

    test('one from before ids were kept is known by its key', async () => {
      const { conversationId, ticket } = await withTicket();
      await database.knex('ticket').where({ conversation_id: conversationId }).update({ ticket_id: null });
      expect(await store.tickets.find(conversationId)).toMatchObject({ created: { ...ticket, id: ticket.key } });
      expect((await load(conversationId)).ticket).toMatchObject({ ...ticket, id: null });
      await store.tickets.recordCreated(conversationId, ticket);
      expect(await store.tickets.conversationOf(ticket.id)).toBe(conversationId);
    });
  });

  describe('incidents', () => {
    test('what was asked lately is told with its ticket, in the order in which it was handed over', async () => {
      const since = new Date('2031-05-01T00:00:00Z');
      const after = (minutes: number) => new Date(since.getTime() + minutes * 60_000);
      const handedOver = async (text: string, opening: Date) => {
        const { conversationId, first } = await opened({ text });
        await store.tickets.open({ conversationId, reason: 'unsure', throughTurnId: '1', at: opening });
        return { conversationId, first };
      };
      const second = await handedOver('printer jams', after(2));
      const first = await handedOver('printer is broken', after(1));
      await handedOver('too early', after(-1));
      const follower = await opened({ text: 'the printer!', authorRef: 'slack/T1/U5' });
      await opened({ text: 'no ticket' });
      const ticket = await made(first.conversationId);
      await store.tickets.recordPhase(first.conversationId, 'resolved', after(9));
      // Not what a colleague says, what is a click, what has no words, or what comes later.
      await store.inbound.message(message({ address: first.first.address, text: 'and more' }));
      const { conversationId } = follower;
      const followed = first.conversationId;
      expect(await store.incidents.follow({ conversationId, followed, at: after(3) })).toBe(true);
      const asked = { requesterRef: 'slack/T1/U1', ticket: null, phase: null, follows: null };
      expect(await store.incidents.recent(since)).toEqual([
        { ...asked, conversationId: followed, question: 'printer is broken', at: after(1), ticket, phase: 'resolved' },
        { ...asked, conversationId: second.conversationId, question: 'printer jams', at: after(2), phase: 'open' },
        {
          ...asked,
          conversationId,
          requesterRef: 'slack/T1/U5',
          question: 'the printer!',
          at: after(3),
          follows: followed,
        },
      ]);
      expect(await store.incidents.recent(after(3))).toMatchObject([{ conversationId }]);
    });

    test('a question is what the requester said first in words', async () => {
      const since = new Date('2032-05-01T00:00:00Z');
      const { conversationId, first } = await opened({ text: '', files: [file('a.png')] });
      const { address } = first;
      await store.inbound.message(message({ address, authorRef: 'slack/T1/U2', text: 'he means the printer' }));
      await store.inbound.click(click(await answered(conversationId), { address, action: 'get-human' }));
      const gone = message({ address, text: 'never mind' });
      await store.inbound.message(gone);
      await store.inbound.change({
        eventId: `gone-${gone.id}`,
        messageId: gone.id,
        text: null,
        order: 1,
        message: null,
      });
      await store.inbound.message(message({ address, text: 'the printer jams' }));
      await store.tickets.open({ conversationId, reason: 'unsure', throughTurnId: '1', at: since });
      expect(await store.incidents.recent(since)).toMatchObject([{ conversationId, question: 'the printer jams' }]);
    });

    test('one follows one other at a time, and never itself', async () => {
      const [a, b, c, d] = [await opened(), await opened(), await opened(), await opened()].map(
        ({ conversationId }) => conversationId,
      ) as [string, string, string, string];
      const follow = (conversationId: string, followed: string, seconds: number) =>
        store.incidents.follow({ conversationId, followed, at: later(seconds) });
      expect(await store.incidents.followed(b)).toBeNull();
      expect(await follow(c, a, 1)).toBe(true);
      expect(await follow(b, a, 2)).toBe(true);
      expect(await follow(b, a, 3)).toBe(false);
      expect(await follow(a, a, 4)).toBe(false);
      expect(await store.incidents.followers(a)).toEqual([c, b]);
      expect(await store.incidents.followed(b)).toBe(a);
      expect(await follow(c, d, 5)).toBe(true);
      expect([await store.incidents.followers(a), await store.incidents.followers(d)]).toEqual([[b], [c]]);
    });
  });

  describe('lessons', () => {
    const words = { question: 'Printer jams?', answer: 'Open **tray 2**.', url: 'https://jira.example/browse/IT-1' };

    test('a ticket has one; it is proposed, reworded, approved and discarded, each once', async () => {
      const { conversationId, ticket } = await withTicket();
      const proposal = { conversationId, ticketId: ticket.id, ...words, at };
      const lesson = await store.lessons.propose(proposal);
      const proposed = { ...words, id: lesson!.id, conversationId, ticketId: ticket.id };
      const before = { ...proposed, state: 'proposed', by: null, changedAt: at, revision: 0 };
      expect(lesson).toEqual(before);
      expect(await store.lessons.propose({ ...proposal, answer: 'Other' })).toBeNull();
      expect(await store.lessons.find(lesson!.id)).toEqual(before);
      expect(await store.lessons.ofConversation(conversationId)).toEqual(before);

      const settle = (change: Omit<Parameters<Store['lessons']['settle']>[1], 'by' | 'at'>, seconds: number) =>
        store.lessons.settle(lesson!.id, { ...change, by: 'Ida', at: later(seconds) });
      const reworded = { ...before, answer: 'Open tray 3.', by: 'Ida', changedAt: later(1), revision: 1 };
      expect(await settle({ answer: 'Open tray 3.' }, 1)).toEqual(reworded);
      expect(await settle({ answer: 'Open tray 3.', question: words.question }, 2)).toBeNull();
      expect((await store.lessons.approved()).filter(({ id }) => id === lesson!.id)).toEqual([]);
      const approved = { ...reworded, state: 'approved', changedAt: later(3), revision: 2 };
      expect(await settle({ state: 'approved' }, 3)).toEqual(approved);
      expect(await settle({ state: 'approved' }, 4)).toBeNull();
      expect((await store.lessons.approved()).filter(({ id }) => id === lesson!.id)).toEqual([approved]);
      expect(await settle({ state: 'discarded' }, 5)).toMatchObject({ state: 'discarded', revision: 3 });
      expect((await store.lessons.approved()).filter(({ id }) => id === lesson!.id)).toEqual([]);
    });

    test('the next ticket of a conversation has one of its own, which is the conversation’s then', async () => {
      const { conversationId, ticket } = await withTicket();
      await store.lessons.propose({ conversationId, ticketId: ticket.id, ...words, at });
      const next = await store.lessons.propose({
        conversationId,
        ticketId: `${ticket.id}0`,
        ...words,
        answer: 'a\0',
        at,
      });
      expect(await store.lessons.ofConversation(conversationId)).toEqual({ ...next, answer: 'a\ufffd' });
    });

    test.each(['', 'abc', '-1', '99999999999999999999', '999999999'])('there is none with the id “%s”', async (id) => {
      expect(await store.lessons.find(id)).toBeNull();
      expect(await store.lessons.settle(id, { state: 'approved', by: 'Ida', at })).toBeNull();
    });
  });

  describe('trails of conversations with a ticket', () => {
    const linked = (address: Address, messageId: string, postRefStart = 'none/') => ({
      address,
      messageId,
      postRefStart,
    });

    test('the card, and what is said below it, lead to the conversation', async () => {
      const { conversationId, card, triage, first } = await withCard();
      await store.conversations.recordPost(card, { postRef: `C9/${conversationId}/1`, revision: 0 });
      const said = message({ address: triage, authorRef: agent });
      await store.inbound.message(said);
      for (const link of [linked(triage, 'none', `C9/${conversationId}/`), linked(triage, said.id)]) {
        const found = await store.trails.ofMessage(link);
        expect([found?.trail.conversation.id, found?.address]).toEqual([conversationId, first.address]);
      }
      expect(await store.trails.ofMessage(linked(triage, 'none'))).toBeNull();
    });

    test('a trail tells of deliveries to the triage channel as well', async () => {
      const { conversationId, first } = await withCard();
      for (const key of [`triage ${conversationId}`, `triage ${conversationId}0`]) {
        await database.knex.raw(
          "insert into dead_job (id, name, key, data, tries, error) values (gen_random_uuid(), 'deliver', ?, '{}', 1, 'no')",
          [key],
        );
      }
      const { trail } = (await store.trails.ofMessage(linked(first.address, first.id)))!;
      expect(trail.jobs.map(({ name }) => name)).toEqual(['deliver']);
    });

    test('a trail tells whose words a turn is, where it is shown and in which revision, but not who a person is', async () => {
      const { conversationId, first } = await withCard();
      const turnId = await agentSays(conversationId, 'comment/1', { files: [file('a.png')] });
      await store.conversations.reviseTurn(turnId, { text: 'Done' });
      await store.conversations.recordPost(turnId, { postRef: 'C1/3', revision: 1 });
      await store.conversations.recordFile(turnId, { index: 0, mirrored: 'F1' });
      const { trail } = (await store.trails.ofMessage(linked(first.address, first.id)))!;
      const own = (await load(conversationId)).turns.map(({ personRef: _personRef, ...turn }) => turn);
      expect(trail.turns).toEqual(own.map((turn) => expect.objectContaining(turn)));
      expect(trail.turns.some((turn) => 'personRef' in turn)).toBe(false);
    });

    test('jobs of any name are told that have the conversation for their key; those of sources and of all tickets are not', async () => {
      const { conversationId, first } = await withTicket();
      const dead = ['comment', 'mirror', 'of-another-version', 'sync', 'watch-tickets', 'tell-admin', 'refresh'];
      for (const name of dead) {
        await database.knex.raw(
          "insert into dead_job (id, name, key, data, tries, error) values (gen_random_uuid(), ?, ?, '{}', 1, 'no')",
          [name, conversationId],
        );
      }
      const { trail } = (await store.trails.ofMessage(linked(first.address, first.id)))!;
      expect(trail.jobs.map(({ name }) => name).toSorted()).toEqual(['comment', 'mirror', 'of-another-version']);
    });
  });
}
