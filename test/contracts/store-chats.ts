import type { ChatPlace, Message, Person } from '#domain/conversation.ts';
import { type Decision, NOTHING_SEARCHED, type Verdict } from '#domain/decision.ts';
import type { GoingOn, Received, Store } from '#ports.ts';
import { type Database, type DatabaseLocation, openDatabase } from '../../adapters/postgres/database.ts';
import { createStore } from '../../adapters/postgres/store.ts';
import { at, createTalk, later } from './talk.ts';

/** What every database must do for platforms without threads, and for people who are on several platforms. */
export function chatsContract(location: () => DatabaseLocation): void {
  let database: Database;
  let store: Store;
  const { message, opened, answered, click } = createTalk(() => store);

  beforeAll(async () => {
    database = await openDatabase(location());
    store = createStore(database, { language: 'english' });
  });
  afterAll(() => database.close());

  let places = 0;
  /** A chat that nobody has written in. */
  function newChat(): string {
    places += 1;
    return `tenant/19%3Achat${places}`;
  }
  let ids = 0;
  function inChat(chat: string, changes: Partial<Message> & { quotes?: ChatPlace['quotes'] } = {}): Message {
    ids += 1;
    const { quotes = null, ...others } = changes;
    const address = { platform: 'teams', ref: `${chat}/${ids}` } as const;
    const own = { id: `teams/${chat}/${ids}`, eventId: `teams/${chat}/${ids}`, address, authorRef: 'teams/tenant/ann' };
    return message({ ...own, chat: { id: chat, quotes }, ...others });
  }
  const decided = (verdict: Verdict): Decision => ({ ...verdict, grounds: NOTHING_SEARCHED });

  async function decide(conversationId: string, verdict: Verdict): Promise<string> {
    const { version, turns } = await store.conversations.load(conversationId);
    const handledThrough = turns.at(-1)?.id ?? '';
    const record = { conversationId, version, handledThrough, decision: decided(verdict), text: '', at: later(60) };
    const turn = await store.conversations.recordDecision(record);
    if (turn === null) throw new Error('not recorded');
    return turn.turnId;
  }
  const goingOn = (chat: string, quotes: ChatPlace['quotes'] = null): Promise<GoingOn | null> =>
    store.transaction((within) => within.inbound.goingOn('teams', { id: chat, quotes }));
  const byMessage = (messageId: string) => ({ messageId, postRefStart: 'teams/none' });
  const byPost = (postRefStart: string) => ({ messageId: 'teams/none', postRefStart });

  describe('places without threads', () => {
    test('where nothing was said nothing goes on', async () => {
      expect(await goingOn(newChat())).toBeNull();
    });

    test('what goes on is told with who asked, who spoke last and when, what we decided, and how the ticket stands', async () => {
      const chat = newChat();
      const { conversationId, first, turnId } = await opened(inChat(chat));
      const { address } = first;
      const asked = { address, requesterRef: 'teams/tenant/ann', isQuoted: false } as const;
      const alone = {
        ...asked,
        lastAt: at,
        lastBy: 'requester',
        lastDecision: null,
        phase: null,
        said: 'my vpn drops',
      };
      expect(await goingOn(chat)).toEqual(alone);
      await decide(conversationId, { kind: 'escalate', reason: 'unsure' });
      const ticket = { conversationId, reason: 'unsure', throughTurnId: turnId, at, continues: false } as const;
      await store.tickets.open(ticket);
      const escalated = decided({ kind: 'escalate', reason: 'unsure' });
      const ours = { ...alone, lastAt: later(60), lastBy: 'bot', lastDecision: escalated, phase: 'open' };
      expect(await goingOn(chat)).toEqual(ours);
      const said = inChat(chat, { address, authorRef: 'teams/tenant/ben', sentAt: later(90) });
      await store.inbound.message(said);
      expect(await goingOn(chat)).toEqual({
        ...ours,
        lastAt: later(90),
        lastBy: 'colleague',
        said: 'my vpn drops my vpn drops',
      });
      await decide(conversationId, { kind: 'silent', reason: 'handed-over' });
      const silent = decided({ kind: 'silent', reason: 'handed-over' });
      expect(await goingOn(chat)).toMatchObject({ lastAt: later(90), lastBy: 'colleague', lastDecision: silent });
    });

    test('it is the conversation in which something was said last, not the newest', async () => {
      const chat = newChat();
      const older = await opened(inChat(chat));
      const newer = await opened(inChat(chat));
      expect(await goingOn(chat)).toMatchObject({ address: newer.first.address });
      const news = { conversationId: older.conversationId, decision: decided({ kind: 'forward' }), at, text: 'Solved' };
      await store.conversations.recordNews({ ...news, once: 'solved' });
      expect(await goingOn(chat)).toMatchObject({ address: older.first.address });
      await decide(newer.conversationId, { kind: 'forward' });
      expect(await goingOn(chat)).toMatchObject({ address: newer.first.address });
      const said = {
        authorName: 'Ida',
        personRef: null,
        text: 'Try now',
        files: [],
        commentId: '7',
        once: 'comment/7',
      };
      await store.conversations.recordAgentTurn({ ...said, conversationId: older.conversationId, at: later(200) });
      expect(await goingOn(chat)).toMatchObject({ address: older.first.address, lastBy: 'agent', lastAt: later(200) });
      const card = { ...news, conversationId: newer.conversationId, once: 'card', stage: 'triage' } as const;
      await store.conversations.recordNews(card);
      expect(await goingOn(chat)).toMatchObject({ address: older.first.address });
      expect(await goingOn(newChat())).toBeNull();
      expect(await store.inbound.goingOn('slack', { id: chat, quotes: null })).toBeNull();
    });

    test.each([
      ['help', { kind: 'help' }],
      ['how requests stand', { kind: 'status', requests: null }],
    ] satisfies [string, Verdict][])('what we told last was %s: nothing goes on with that', async (_, verdict) => {
      const chat = newChat();
      const asked = await opened(inChat(chat));
      const told = await opened(inChat(chat));
      await decide(told.conversationId, verdict);
      expect(await goingOn(chat)).toMatchObject({ address: asked.first.address });
      expect(await goingOn(chat, byMessage(told.first.id))).toMatchObject({ address: told.first.address });
      await decide(asked.conversationId, verdict);
      expect(await goingOn(chat)).toBeNull();
    });

    test('a quoted message is that of its conversation, however long ago, in its own chat alone', async () => {
      const chat = newChat();
      const older = await opened(inChat(chat));
      const newer = await opened(inChat(chat));
      const expected = { address: older.first.address, isQuoted: true };
      expect(await goingOn(chat, byMessage(older.first.id))).toMatchObject(expected);
      const latest = { address: newer.first.address, isQuoted: false };
      expect(await goingOn(chat, byMessage('teams/unknown'))).toMatchObject(latest);
      expect(await goingOn(newChat(), byMessage(older.first.id))).toBeNull();
    });

    test('a quoted post is known by its beginning, of which each part is whole', async () => {
      const chat = newChat();
      const older = await opened(inChat(chat));
      const post = await answered(older.conversationId);
      const newer = await opened(inChat(chat));
      const quoted = { address: older.first.address, isQuoted: true };
      const start = `teams/${chat}/17`;
      for (const postRef of [`${start}/${post}`, `${start}+18/${post}`, start]) {
        await store.conversations.recordPost(post, { postRef, revision: 0 });
        expect(await goingOn(chat, byPost(start))).toMatchObject(quoted);
        expect(await store.conversations.ofPost({ platform: 'teams', postRefStart: start })).toEqual({
          turnId: post,
          address: older.first.address,
        });
        expect(await store.conversations.ofPost({ platform: 'slack', postRefStart: start })).toBeNull();
      }
      const none = { address: newer.first.address, isQuoted: false };
      for (const other of [`teams/${chat}/1`, `teams/${chat}/_7`, `teams/${chat}/%`, '', 'a\0']) {
        expect(await goingOn(chat, byPost(other))).toMatchObject(none);
        expect(await store.conversations.ofPost({ platform: 'teams', postRefStart: other })).toBeNull();
      }
      await store.conversations.recordPost(post, { postRef: `${start}-18/${post}`, revision: 0 });
      expect(await goingOn(chat, byPost(start))).toMatchObject(none);
    });

    test('what an address is of ours: a conversation, or a triage card, on its own platform', async () => {
      const { conversationId, first, turnId } = await opened(inChat(newChat()));
      const card = { platform: 'slack', ref: `T1/TRIAGE/${conversationId}` } as const;
      const isOurs = (address: Message['address']) => store.inbound.isOurs(address);
      expect(await Promise.all([first.address, card].map(isOurs))).toEqual([true, false]);
      await store.tickets.open({ conversationId, reason: 'unsure', throughTurnId: turnId, at, continues: false });
      await store.tickets.recordTriage(conversationId, card);
      const others = [
        { platform: 'slack', ref: first.address.ref },
        { platform: 'teams', ref: card.ref },
        { platform: 'teams', ref: 'a\0' },
      ] as const;
      expect(await Promise.all([first.address, card, ...others].map(isOurs))).toEqual([
        true,
        true,
        false,
        false,
        false,
      ]);
    });

    test('a turn is found by its id with where it is shown; what is no id of one finds none', async () => {
      const { conversationId, turnId, first } = await opened(inChat(newChat()));
      expect(await store.conversations.shown(turnId)).toMatchObject({ conversationId, address: first.address });
      for (const none of ['', 'abc', '-1', '0', '999999999999', '99999999999999999999'])
        expect(await store.conversations.shown(none)).toBeNull();
    });

    test('a press goes on as a message does, and a redelivered message changes nothing', async () => {
      const chat = newChat();
      const older = await opened(inChat(chat));
      const post = await answered(older.conversationId);
      const newer = await opened(inChat(chat));
      const { address } = older.first;
      const pressed = { ...click(post, { address, personRef: 'teams/tenant/ann' }), at: later(100) };
      expect(await store.inbound.click(pressed)).toMatchObject({ conversationId: older.conversationId });
      expect(await goingOn(chat)).toMatchObject({ address, lastAt: later(100), lastBy: 'requester' });
      expect(await store.inbound.message(newer.first)).toBeNull();
      expect(await store.inbound.message({ ...newer.first, address })).toBeNull();
      expect(await goingOn(chat)).toMatchObject({ address });
      expect((await store.conversations.load(newer.conversationId)).turns).toHaveLength(1);
    });

    test('two messages of a chat at the same time, on two connections, open one conversation', async () => {
      const where = location();
      // the embedded database has one connection: there one waits for the other
      const other = 'url' in where ? await openDatabase(where) : null;
      try {
        const stores = [store, other === null ? store : createStore(other, { language: 'english' })];
        for (let round = 0; round < 20; round += 1) {
          const chat = newChat();
          const messages = [inChat(chat), inChat(chat)];
          const taken = await Promise.all(stores.map((each, index) => takeIn(each, messages[index]!)));
          expect(new Set(taken.map((received) => received?.conversationId)).size).toBe(1);
          expect(await database.knex('conversation').where({ chat })).toHaveLength(1);
          expect(await Promise.all(stores.map((each, index) => takeIn(each, messages[index]!)))).toEqual([null, null]);
          const { turns } = await store.conversations.load(taken[0]!.conversationId);
          expect(turns).toHaveLength(2);
        }
      } finally {
        await other?.close();
      }
    });

    test('chats that come in another order in two processes are all taken in', async () => {
      const where = location();
      const other = 'url' in where ? await openDatabase(where) : null;
      try {
        const stores = [store, other === null ? store : createStore(other, { language: 'english' })];
        const chats = Array.from({ length: 12 }, newChat);
        const taken = await Promise.all(
          stores.flatMap((each, index) =>
            (index === 0 ? chats : chats.toReversed()).map((chat) => takeIn(each, inChat(chat))),
          ),
        );
        expect(taken.filter((received) => received === null)).toEqual([]);
        expect(await database.knex('conversation').whereIn('chat', chats)).toHaveLength(chats.length);
      } finally {
        await other?.close();
      }
    });

    test('a message of a platform with threads has no place but its thread', async () => {
      const { conversationId } = await opened();
      expect(await database.knex('conversation').where({ id: conversationId }).select('chat')).toEqual([
        { chat: null },
      ]);
    });
  });

  /** As the inbox does: what goes on is looked for and taken in within one transaction. */
  function takeIn(within: Store, said: Message): Promise<Received | null> {
    return within.transaction(async ({ inbound }) => {
      const found = said.chat === undefined ? null : await inbound.goingOn('teams', said.chat);
      return inbound.message({ ...said, address: found?.address ?? said.address });
    });
  }

  function person(ref: string, changes: Partial<Person> = {}): Person {
    return { ref, name: 'Ann Lee', email: null, outsider: false, bot: false, ...changes };
  }

  describe('people on several platforms', () => {
    async function requested(authorRef: string, changes: Partial<Message> & { openedAt?: Date } = {}): Promise<string> {
      const { openedAt = at, ...said } = changes;
      const { conversationId, turnId } = await opened({ authorRef, ...said });
      const ticket = { conversationId, reason: 'unsure', throughTurnId: turnId, continues: false } as const;
      await store.tickets.open({ ...ticket, at: openedAt });
      return conversationId;
    }
    const of = async (ref: string, limit = 50) =>
      (await store.requests.of(ref, limit)).map(({ conversationId }) => conversationId);

    test('a request is told as it stands, made or not', async () => {
      const ref = 'slack/T1/asker';
      const { first, conversationId, turnId } = await opened({ authorRef: ref, place: 'channel', text: '' });
      await store.inbound.message(message({ address: first.address, authorRef: ref, text: 'my vpn drops' }));
      await store.inbound.message(message({ address: first.address, authorRef: ref, text: 'still' }));
      await store.tickets.open({ conversationId, reason: 'unsure', throughTurnId: turnId, at, continues: false });
      const request = {
        conversationId,
        address: first.address,
        place: 'channel',
        question: 'my vpn drops',
        key: null,
        url: null,
        phase: 'open',
        assignee: null,
        openedAt: at,
      };
      expect(await store.requests.of(ref, 5)).toEqual([request]);
      const created = { key: 'IT-1', url: 'https://jira.example/browse/IT-1' };
      await store.tickets.recordCreated(conversationId, { id: '10001', ...created });
      const seen = { ...created, status: 'In Progress', assignee: 'Ida', resolution: null, readAt: at };
      await store.tickets.recordSeen(conversationId, seen);
      expect(await store.requests.of(ref, 5)).toEqual([{ ...request, ...created, assignee: 'Ida' }]);
    });

    test('open and resolved ones come first, then the newest; what is gone is left out, and no more than asked for come', async () => {
      const ref = 'slack/T1/many';
      const closed = await requested(ref, { openedAt: later(50) });
      const resolved = await requested(ref, { openedAt: later(10) });
      const open = await requested(ref, { openedAt: later(20) });
      const gone = await requested(ref, { openedAt: later(60) });
      const former = await requested(ref, { openedAt: later(5) });
      for (const id of [closed, former]) await store.tickets.recordPhase(id, 'closed', at);
      await store.tickets.recordPhase(resolved, 'resolved', at);
      await store.tickets.recordPhase(gone, 'gone', at);
      expect(await of(ref)).toEqual([open, resolved, closed, former]);
      expect(await of(ref, 2)).toEqual([open, resolved]);
      expect(await of('slack/T1/nobody')).toEqual([]);
    });

    test('those of the same verified address on another platform are one’s own, but no outsider’s and no app’s', async () => {
      const email = 'both@x.example';
      const people = [
        person('slack/T1/both', { email }),
        person('teams/tenant/both', { email: 'Both@X.example' }),
        person('teams/guests/both', { email, outsider: true }),
        person('slack/T1/app', { email, bot: true }),
        person('slack/T1/none'),
        person('teams/tenant/none'),
        person('slack/T1/blank', { email: '' }),
        person('teams/tenant/blank', { email: '' }),
      ];
      const own = new Map<string, string>();
      for (const [index, each] of people.entries()) {
        await store.people.save(each, at);
        own.set(each.ref, await requested(each.ref, { openedAt: later(100 - index) }));
      }
      const stranger = 'teams/tenant/never-seen';
      own.set(stranger, await requested(stranger));
      const both = [own.get('slack/T1/both'), own.get('teams/tenant/both')];
      expect(await of('slack/T1/both')).toEqual(both);
      expect(await of('teams/tenant/both')).toEqual(both);
      const others = [...own.keys()].filter((ref) => !['slack/T1/both', 'teams/tenant/both'].includes(ref));
      for (const ref of others) expect(await of(ref)).toEqual([own.get(ref)]);
    });
  });

  describe('what a platform notes', () => {
    test('a note is found under its key, by its platform alone, until it is removed', async () => {
      const teams = store.notes('teams');
      expect(await teams.find('chat/a')).toBeNull();
      await teams.save('chat/a', { serviceUrl: 'https://smba.example/', seen: ['a\0', 1, null] });
      await teams.save('chat/b', 'plain');
      expect(await teams.find('chat/a')).toEqual({ serviceUrl: 'https://smba.example/', seen: ['a\ufffd', 1, null] });
      expect(await store.notes('slack').find('chat/a')).toBeNull();
      await store.transaction((within) => within.notes('teams').save('chat/a', 7));
      expect(await teams.find('chat/a')).toBe(7);
      await teams.remove('chat/a');
      await teams.remove('chat/a');
      expect(await teams.find('chat/a')).toBeNull();
      expect(await teams.find('chat/b')).toBe('plain');
    });
  });
}
