import { RemoteError } from '#errors.ts';
import type { Message } from '#domain/conversation.ts';
import { NOTHING_SEARCHED } from '#domain/decision.ts';
import type { Trail } from '#domain/trail.ts';
import type { JobName, Store } from '#ports.ts';
import { type Database, openDatabase, type DatabaseLocation } from '../../adapters/postgres/database.ts';
import { carryOverJobs } from '../../adapters/postgres/former-jobs.ts';
import { startWorkers, type Work, type Workers } from '../../adapters/postgres/jobs.ts';
import { createStore } from '../../adapters/postgres/store.ts';
import { at, createIntake, createTalk, decision, file, later, until } from './talk.ts';

const silence = { debug() {}, info() {}, warn() {}, error() {} };

/** What every database must do. Run on the embedded one and on a server. */
export function storeContract(location: () => DatabaseLocation): void {
  let database: Database;
  let store: Store;
  let workers: Workers | null = null;
  const { message, opened, answered, click } = createTalk(() => store);
  const inbox = createIntake(() => store);

  beforeAll(async () => {
    database = await openDatabase(location());
    store = createStore(database, { language: 'english' });
    // Once, so that all kinds of jobs can be sent; the tests that need workers start their own.
    await work('sync', { run: async () => {} });
    await workers?.stop();
    await database.boss.start();
  });
  afterEach(async () => {
    await workers?.stop();
    workers = null;
  });
  afterAll(() => database.close());

  const names: readonly JobName[] = [
    'answer',
    'deliver',
    'settle',
    'escalate',
    'link',
    'mirror',
    'refresh-ticket',
    'share-files',
    'amend',
    'reopen',
    'close',
    'suggest',
    'count-followers',
    'staff-act',
    'carry-over',
    'greet',
    'propose-lesson',
    'watch-tickets',
    'sync',
    'refresh',
    'answer-privately',
    'tell-admin',
  ];

  /** Starts workers that run `run` for jobs named `name`, and nothing for the others. */
  async function work(name: JobName, own: Partial<Work> & Pick<Work, 'run'>, log = silence): Promise<void> {
    const nothing: Work = { run: async () => {}, maxTries: 5, giveUp: null };
    const table = Object.fromEntries(names.map((other) => [other, other === name ? { ...nothing, ...own } : nothing]));
    workers = await startWorkers(database, table as Record<JobName, Work>, { log, clock: () => new Date() });
  }

  const countOf = async (table: string): Promise<number> => Number((await database.knex(table).count())[0]?.['count']);

  describe('what comes in', () => {
    test('a message opens a conversation with one turn', async () => {
      const { conversationId, first } = await opened({ files: [file('screen.png')] });
      const conversation = await store.conversations.load(conversationId);
      expect(conversation).toMatchObject({
        address: first.address,
        place: 'direct',
        requesterRef: 'slack/T1/U1',
        handledThrough: '0',
        ticket: null,
      });
      expect(conversation.turns).toMatchObject([
        { author: 'requester', text: 'my vpn drops', at, addressed: true, files: [file('screen.png')], decision: null },
      ]);
    });

    test('the same delivery five times is one turn and one job', async () => {
      const first = message();
      const before = await countOf('pgboss.job');
      await Promise.all(Array.from({ length: 5 }, () => inbox.message(first)));
      expect(await countOf('pgboss.job')).toBe(before + 1);
      expect(await database.knex('turn').where({ message_id: first.id }).select('text')).toEqual([
        { text: 'my vpn drops' },
      ]);
    });

    test('one message that comes as two events is one turn, and is addressed to us if either says so', async () => {
      const { conversationId, first } = await opened();
      const second = { ...message(), address: first.address, id: 'T1/C1/both' };
      await store.inbound.message({ ...second, eventId: 'slack/EvA', addressed: false });
      expect(await store.inbound.message({ ...second, eventId: 'slack/EvB' })).toMatchObject({
        conversationId,
        as: 'pending',
      });
      expect(await store.inbound.message({ ...second, eventId: 'slack/EvC' })).toBeNull();
      const { turns } = await store.conversations.load(conversationId);
      expect(turns.map(({ addressed }) => addressed)).toEqual([true, true]);
    });

    test('a message that is neither addressed to us nor in a thread of ours leaves no trace', async () => {
      const before = [await countOf('inbound_event'), await countOf('conversation')];
      expect(await store.inbound.message(message({ addressed: false }))).toBeNull();
      expect([await countOf('inbound_event'), await countOf('conversation')]).toEqual(before);
    });

    test('another person in the thread is a colleague', async () => {
      const { conversationId, first } = await opened();
      await store.inbound.message(message({ address: first.address, authorRef: 'slack/T1/U2', addressed: false }));
      const { turns } = await store.conversations.load(conversationId);
      expect(turns.map(({ author }) => author)).toEqual(['requester', 'colleague']);
    });

    test('a channel that is shared with another company meanwhile is shared from then on', async () => {
      const { conversationId, first } = await opened({ place: 'channel' });
      await store.inbound.message(message({ address: first.address, place: 'shared' }));
      await store.inbound.message(message({ address: first.address, place: 'channel' }));
      expect((await store.conversations.load(conversationId)).place).toBe('shared');
    });

    test('an edit counts once, and for no decision when there is one', async () => {
      const { conversationId, turnId, first } = await opened();
      const edit = { eventId: `edit-${first.id}`, messageId: first.id, text: 'my wifi drops', order: 1, message: null };
      expect(await store.inbound.change(edit)).toEqual({ conversationId, turnId, as: 'pending' });
      expect(await store.inbound.change(edit)).toBeNull();
      await answered(conversationId);
      const later = { ...edit, eventId: 'later', text: 'my wifi is gone' };
      expect(await store.inbound.change(later)).toEqual({ conversationId, turnId, as: 'changed' });
      expect((await store.conversations.load(conversationId)).turns[0]).toMatchObject({ text: 'my wifi is gone' });
    });

    test('a deletion withdraws the message', async () => {
      const { conversationId, first } = await opened();
      await store.inbound.change({
        eventId: `gone-${first.id}`,
        messageId: first.id,
        text: null,
        order: 1,
        message: null,
      });
      expect((await store.conversations.load(conversationId)).turns[0]).toMatchObject({ withdrawn: true, text: '' });
    });

    test('a click is a turn about the post that was clicked', async () => {
      const { conversationId, first } = await opened();
      const turnId = await answered(conversationId);
      const elsewhere = { platform: 'slack', ref: 'T1/C1/elsewhere' } as const;
      const pressed = click(turnId, { address: first.address });
      expect(await store.inbound.click({ ...pressed, eventId: 'forged', address: elsewhere })).toBeNull();
      const received = await store.inbound.click(pressed);
      expect(received).toMatchObject({ conversationId, as: 'pending' });
      expect(await store.inbound.click(pressed)).toBeNull();
      expect((await store.conversations.load(conversationId)).turns.at(-1)).toMatchObject({
        id: received?.turnId,
        values: null,
        author: 'requester',
        action: 'solved',
        aboutTurnId: turnId,
      });
    });

    test.each(['', 'abc', '-1', '99999999999999999999', '1; drop table turn', '0'])(
      'a click with the value "%s" changes nothing',
      async (turnId) => {
        const { address } = message();
        expect(await store.inbound.click(click(turnId, { address }))).toBeNull();
      },
    );

    test('a stop is a press of the requester about no post, stored once', async () => {
      const { conversationId, first } = await opened();
      const { version } = await store.conversations.load(conversationId);
      const { address, authorRef } = first;
      const stop = { eventId: `stop/${first.id}`, address, personRef: authorRef, at: later(5) };
      expect(await store.inbound.stop({ ...stop, personRef: 'slack/T1/U2' })).toBeNull();
      expect(await store.inbound.stop({ ...stop, address: { platform: 'slack', ref: 'T1/C1/elsewhere' } })).toBeNull();
      expect(await store.inbound.stop({ ...stop, address: { platform: 'teams', ref: address.ref } })).toBeNull();
      const received = await store.inbound.stop(stop);
      expect(received).toMatchObject({ conversationId, as: 'pending' });
      expect(await store.inbound.stop(stop)).toBeNull();
      const after = await store.conversations.load(conversationId);
      expect(after.turns.slice(1)).toMatchObject([
        {
          id: received?.turnId,
          author: 'requester',
          personRef: authorRef,
          action: 'stop',
          aboutTurnId: null,
          values: null,
          addressed: true,
          text: '',
          at: later(5),
          stage: 'thread',
        },
      ]);
      expect(after.version).toBe(version + 1);
    });

    test('the version is told without the conversation', async () => {
      const { conversationId, first } = await opened();
      const { version } = await store.conversations.load(conversationId);
      expect(await store.conversations.versionOf(conversationId)).toBe(version);
      await store.inbound.message(message({ address: first.address }));
      expect(await store.conversations.versionOf(conversationId)).toBe(version + 1);
      await expect(store.conversations.versionOf('999999999')).rejects.toThrow('999999999');
    });

    test('NUL, lone surrogates and quotes in a text are stored, never refused', async () => {
      const { conversationId } = await opened({ text: `a\0b\ud800 '";--`, files: [file('x\0.png')] });
      const [turn] = (await store.conversations.load(conversationId)).turns;
      expect(turn?.text.replace('\ufffd', '')).toBe(`ab '";--`);
      expect(turn?.files).toEqual([file('x.png', { ref: 'F/x\ufffd.png' })]);
    });
  });

  describe('decisions', () => {
    test('a decision is not recorded when something came in since it was made', async () => {
      const { conversationId, first } = await opened();
      const { version, turns } = await store.conversations.load(conversationId);
      await store.inbound.message(message({ address: first.address }));
      const record = { conversationId, version, handledThrough: turns[0]!.id, decision, text: '', at };
      expect(await store.conversations.recordDecision(record)).toBeNull();
      expect((await store.conversations.load(conversationId)).turns).toHaveLength(2);
    });

    test('the same turn is decided on once', async () => {
      const { conversationId } = await opened();
      const { version, turns } = await store.conversations.load(conversationId);
      const record = { conversationId, version, handledThrough: turns[0]!.id, decision, text: '', at };
      const outcomes = await Promise.all([1, 2, 3].map(() => store.conversations.recordDecision(record)));
      expect(outcomes.filter((turn) => turn !== null)).toHaveLength(1);
    });

    test('news is told once a conversation', async () => {
      const { conversationId } = await opened();
      const news = { conversationId, decision, text: 'open', at, once: 'ticket-open' };
      expect(await store.conversations.recordNews(news)).not.toBeNull();
      expect(await store.conversations.recordNews(news)).toBeNull();
    });

    test('a turn of ours tells what is to be posted where, and whether it is out', async () => {
      const { conversationId, first } = await opened();
      const turnId = await answered(conversationId);
      const turn = (await store.conversations.load(conversationId)).turns.at(-1);
      expect(turn).toMatchObject({ id: turnId, decision, postRef: null, postRevision: null });
      const expected = { conversationId, at, address: first.address, ticket: null };
      expect(await store.conversations.outgoing(turnId)).toEqual({ ...expected, turn });
      await store.conversations.recordPost(turnId, { postRef: 'C1/99', revision: 0 });
      const posted = { ...turn, postRef: 'C1/99', postRevision: 0 };
      expect(await store.conversations.outgoing(turnId)).toEqual({ ...expected, turn: posted });
    });

    test('a decision that was never posted can be taken back, and what it was about waits again', async () => {
      const { conversationId } = await opened();
      const turnId = await answered(conversationId);
      const decided = await store.conversations.load(conversationId);
      expect(await store.conversations.takeBack(turnId)).toBe(true);
      const again = await store.conversations.load(conversationId);
      expect([again.turns.map(({ author }) => author), again.handledThrough]).toEqual([['requester'], '0']);
      expect(again.version).toBe(decided.version + 1);
      expect(await store.conversations.takeBack(turnId)).toBe(false);
      const next = await answered(conversationId);
      await store.conversations.recordPost(next, { postRef: 'C1/98', revision: 0 });
      expect(await store.conversations.takeBack(next)).toBe(false);
    });
  });

  describe('people', () => {
    test('people are kept with the time they were asked for', async () => {
      const person = { ref: 'slack/T1/U9', name: 'Inês', email: 'ines@x.example', outsider: false, bot: false };
      expect(await store.people.find(person.ref)).toBeNull();
      await store.people.save(person, at);
      await store.people.save({ ...person, email: null, bot: true }, at);
      const saved = { person: { ...person, email: null, bot: true }, fetchedAt: at };
      expect(await store.people.find(person.ref)).toEqual(saved);
      const elsewhere = createStore(database, { language: 'english' }); // remembers nobody
      expect(await elsewhere.people.find(person.ref)).toEqual(saved);
    });
  });

  describe('trails', () => {
    /** The message as a link of the platform's names it; the post likewise, if `post` begins its ref. */
    const linked = ({ address, id }: Message, post = 'none/') => ({ address, messageId: id, postRefStart: post });

    async function trailOf(first: Message): Promise<Trail> {
      const found = await store.trails.ofMessage(linked(first));
      if (found === null) throw new Error('nothing is stored of it');
      return found.trail;
    }

    test('a trail holds the conversation with its turns, and when each was stored', async () => {
      const before = Date.now();
      const { conversationId, first } = await opened({ files: [file('screen.png')] });
      const turnId = await answered(conversationId);
      await store.conversations.recordPost(turnId, { postRef: 'C1/99.1/1', revision: 0 });
      const { handledThrough, name, turns } = await store.conversations.load(conversationId);
      const trail = await trailOf(first);
      expect(trail).toMatchObject({
        conversation: {
          id: conversationId,
          name,
          platform: 'slack',
          place: 'direct',
          requesterRef: 'slack/T1/U1',
          handledThrough,
        },
        jobs: [],
        ticket: null,
      });
      const own = turns.map((turn) => ({ ...turn, personRef: undefined }));
      expect(trail.turns).toEqual([
        { ...own[0], messageId: first.id, recordedAt: expect.any(Date) },
        { ...own[1], messageId: null, recordedAt: expect.any(Date) },
      ]);
      for (const { recordedAt } of trail.turns) expect(recordedAt.getTime()).toBeGreaterThan(before - 60_000);
    });

    test('it is found by each of its messages and posts, and by nothing else', async () => {
      const { conversationId, first } = await opened();
      const reply = message({ address: first.address });
      await store.inbound.message(reply);
      await store.conversations.recordPost(await answered(conversationId), { postRef: 'C1/99.2/1', revision: 0 });
      const idOf = async (of: Parameters<typeof store.trails.ofMessage>[0]) =>
        (await store.trails.ofMessage(of))?.trail.conversation.id ?? null;
      const unknown = message({ address: first.address });
      const elsewhere = message();
      expect([
        await idOf(linked(first)),
        await idOf(linked(reply)),
        await idOf({ ...linked(reply), address: elsewhere.address }), // a link to a reply need not name its thread
        await idOf(linked(unknown, 'C1/99.2/')),
        await idOf(linked(unknown)),
        await idOf(linked(elsewhere, 'C1/99.2/')),
        await idOf({ ...linked(first), address: { ...first.address, platform: 'teams' } }),
      ]).toEqual([...Array(4).fill(conversationId), null, null, null]);
      expect(await store.trails.ofMessage(linked(first))).toMatchObject({ address: first.address });
    });

    test('each event is told once, with the turn that it brought or changed', async () => {
      const first = message();
      const second = message({ address: first.address });
      const edit = {
        eventId: `edited-${first.id}`,
        messageId: second.id,
        text: 'my wifi drops',
        order: 1,
        message: null,
      };
      await inbox.message(first);
      await inbox.message(first);
      await inbox.message({ ...first, eventId: `mention-${first.id}` });
      await inbox.message(second);
      await inbox.change(edit);
      await inbox.change(edit);
      const { conversation } = await trailOf(first);
      const turnId = await answered(conversation.id);
      const pressed = click(turnId, { address: first.address });
      for (const eventId of ['click-1', 'click-2', 'click-1']) {
        await inbox.click({ ...pressed, eventId: `${eventId}-${first.id}` });
      }
      await opened(); // another conversation's events are none of its own
      const { turns, events } = await trailOf(first);
      const ids = turns.map(({ id }) => id);
      expect(turns.slice(3)).toMatchObject([{ action: 'solved' }, { action: 'solved' }]);
      expect(events.map(({ id, turnId: about }) => [id, about])).toEqual([
        [first.eventId, ids[0]],
        [`mention-${first.id}`, ids[0]],
        [second.eventId, ids[1]],
        [edit.eventId, ids[1]],
        [`click-1-${first.id}`, ids[3]],
        [`click-2-${first.id}`, ids[4]],
      ]);
      expect(events.map(({ receivedAt }) => receivedAt)).toEqual(
        events.map(({ receivedAt }) => receivedAt).toSorted((a, b) => a.getTime() - b.getTime()),
      );
    });

    test('a decision of a version that kept no thresholds and checked nothing has neither', async () => {
      const { conversationId, first } = await opened();
      const turnId = await answered(conversationId);
      await database.knex.raw(
        "update turn set decision = decision #- '{grounds,thresholds}' #- '{grounds,checked}', recorded_at = null where id = ?",
        [turnId],
      );
      const grounds = { ...NOTHING_SEARCHED, thresholds: null, checked: null };
      expect((await trailOf(first)).turns[1]).toMatchObject({ decision: { grounds }, at, recordedAt: at });
      expect((await store.conversations.load(conversationId)).turns[1]?.decision?.grounds).toEqual(grounds);
      expect((await store.conversations.outgoing(turnId)).turn.decision?.grounds).toEqual(grounds);
    });

    test('the ticket is told from when it is asked for until it is there', async () => {
      const { conversationId, first } = await opened();
      await store.tickets.open({ conversationId, reason: 'unsure', throughTurnId: '1', at });
      const asked = { reason: 'unsure', openedAt: at, triedAt: null, key: null, url: null };
      expect((await trailOf(first)).ticket).toEqual(asked);
      const later = new Date(at.getTime() + 1000);
      await store.tickets.recordAttempt(conversationId, later);
      await store.tickets.recordCreated(conversationId, {
        id: '10008',
        key: 'IT-8',
        url: 'https://jira.example/browse/IT-8',
      });
      const created = { triedAt: later, key: 'IT-8', url: 'https://jira.example/browse/IT-8' };
      expect((await trailOf(first)).ticket).toEqual({ ...asked, ...created });
    });

    test('a job is told while it waits, and it is of the conversation that is its key', async () => {
      const { conversationId, first } = await opened();
      await store.jobs.send('mirror', conversationId, { conversationId, turnIds: '7 8' });
      await store.jobs.send('sync', conversationId, { source: 'x' });
      await store.jobs.send('mirror', 'another', { conversationId: 'another', turnIds: '9' });
      await store.jobs.send('answer-privately', conversationId, { conversationId, turnId: '6' });
      const { jobs } = await trailOf(first);
      const waiting = {
        id: expect.stringMatching(/^[\da-f-]{36}$/),
        state: 'waiting',
        tries: 0,
        sentAt: expect.any(Date),
        startedAt: null,
        endedAt: null,
        error: null,
      };
      expect(jobs).toEqual([
        { ...waiting, name: 'mirror', turnIds: ['7', '8'] },
        { ...waiting, name: 'answer-privately', turnIds: ['6'] },
      ]);
      await database
        .knex('pgboss.job')
        .where({ singleton_key: conversationId })
        .orWhere({ singleton_key: 'another' })
        .del();
    });

    test('a job is told with its tries and why the last failed: while it runs, when it is done, and when it is given up', async () => {
      const { conversationId, first } = await opened();
      const [running, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      let ran = 0;
      await work('deliver', {
        maxTries: 2,
        run: async ({ turnId = '' }) => {
          ran += 1;
          if (turnId === '2' || ran === 1) throw new Error(`broken ${turnId}`);
          running.resolve();
          await end.promise;
        },
      });
      await store.jobs.send('deliver', conversationId, { turnId: '1' });
      await running.promise;
      const begun = { name: 'deliver', sentAt: expect.any(Date), startedAt: expect.any(Date) };
      const one = { ...begun, tries: 2, error: 'broken 1', turnIds: ['1'] };
      expect((await trailOf(first)).jobs).toMatchObject([{ ...one, state: 'running', endedAt: null }]);
      end.resolve();
      await store.jobs.send('deliver', conversationId, { turnId: '2' });
      const ended = { ...begun, endedAt: expect.any(Date) };
      const both = [
        { ...one, ...ended, state: 'done' },
        { ...ended, state: 'given-up', tries: 2, error: 'broken 2', turnIds: ['2'] },
      ];
      await until('it is given up', async () => (await trailOf(first)).jobs[1]?.state === 'given-up');
      expect((await trailOf(first)).jobs).toMatchObject(both);
      await workers?.stop();
      await database.boss.start();
      await database.knex('pgboss.job').where({ singleton_key: conversationId }).del(); // as pg-boss does after a day
      expect((await trailOf(first)).jobs).toMatchObject(both.slice(1));
      await database.knex('dead_job').where({ key: conversationId }).del();
    });
  });

  describe('syncs', () => {
    const after = (seconds: number) => new Date(at.getTime() + seconds * 1000);
    const nothing = { added: 0, changed: 0, removed: 0, rights: 0, kept: 0, chunks: 0, failed: [], warnings: [] };
    const begun = {
      ...nothing,
      state: 'running',
      dry: false,
      endedAt: null,
      listed: 0,
      toRead: 0,
      done: 0,
      error: null,
    };
    const latestOf = async (source: string) => (await store.syncRuns.latest()).filter((run) => run.source === source);

    test('a run is told from its beginning to its end', async () => {
      const { runId } = await store.syncRuns.begin('one', at);
      expect(await latestOf('one')).toEqual([{ ...begun, source: 'one', startedAt: at }]);
      await store.syncRuns.recordProgress(runId, { listed: 20, toRead: 9, done: 4, chunks: 30 });
      expect(await latestOf('one')).toMatchObject([{ state: 'running', listed: 20, toRead: 9, done: 4, chunks: 30 }]);
      const counts = { added: 1, changed: 2, removed: 3, rights: 5, kept: 4, chunks: 60 };
      const remarks = {
        failed: [{ id: 'a.md', reason: "has no 'title'" }],
        warnings: [
          { id: 'b.md', reason: 'is “empty”' },
          { id: 'c\0\ud83d', reason: 'is half' },
        ],
      };
      await store.syncRuns.end(runId, { ...counts, ...remarks, error: null, at: after(5) });
      const done = {
        ...begun,
        source: 'one',
        state: 'done',
        startedAt: at,
        endedAt: after(5),
        listed: 20,
        toRead: 9,
        done: 4,
      };
      const stored = { ...remarks, warnings: [remarks.warnings[0], { id: 'c\ufffd\ufffd', reason: 'is half' }] };
      expect(await latestOf('one')).toEqual([{ ...done, ...counts, ...stored }]);
    });

    test('a run that was broken off says why, and one that a crash left is closed by the next of its source', async () => {
      const { runId } = await store.syncRuns.begin('two', at);
      await store.syncRuns.end(runId, { ...nothing, error: 'the source is down', at: after(1) });
      const left = await store.syncRuns.begin('two', after(2));
      await store.syncRuns.begin('three', after(3));
      await store.syncRuns.begin('two', after(4));
      // too late: whoever comes back from the dead changes nothing
      await store.syncRuns.recordProgress(left.runId, { listed: 1, toRead: 1, done: 1, chunks: 1 });
      await store.syncRuns.end(left.runId, { ...nothing, error: null, at: after(9) });
      expect(await latestOf('two')).toMatchObject([
        { state: 'running', startedAt: after(4), endedAt: null },
        { state: 'broken-off', endedAt: after(4), done: 0, error: 'The process ended in the middle of it.' },
        { state: 'broken-off', endedAt: after(1), error: 'the source is down' },
      ]);
      expect(await latestOf('three')).toMatchObject([{ state: 'running' }]);
    });

    test('a dry run is told as one, and leaves the run that is under way alone', async () => {
      await store.syncRuns.begin('dry', at);
      await store.syncRuns.begin('dry', after(1), true);
      await store.syncRuns.begin('dry', after(2), true);
      expect((await latestOf('dry')).map(({ dry, state }) => [dry, state])).toEqual([
        [true, 'running'],
        [true, 'broken-off'],
        [false, 'running'],
      ]);
    });

    test('what keeps a source from being read is news once, until it is another thing or is over', async () => {
      const note = async (fault: string | null) => store.syncRuns.noteFault('torn', fault, at);
      const news = [];
      for (const fault of [null, 'no key', 'no key', 'no right', null, null, 'no right']) news.push(await note(fault));
      expect(news).toEqual([false, true, false, true, true, false, true]);
      expect(await store.syncRuns.fault('torn')).toBe('no right');
      expect(await store.syncRuns.fault('whole')).toBeNull();
    });

    test('the latest twenty of a source are kept', async () => {
      for (let run = 0; run < 23; run += 1) await store.syncRuns.begin('four', after(run));
      const starts = (await latestOf('four')).map(({ startedAt }) => startedAt);
      expect(starts).toEqual(Array.from({ length: 20 }, (_, index) => after(22 - index)));
      expect(await database.knex('sync_run').where({ source: 'four' })).toHaveLength(20);
      expect((await database.knex('sync_run').where({ source: 'two' })).length).toBeGreaterThan(0);
    });

    test('a source that takes long, or is to be waited for, holds up no other', async () => {
      const [slow, busy, quick] = ['slow', 'busy', 'quick'].map(() => Promise.withResolvers<void>());
      await work('sync', {
        run: async ({ source = '' }) => {
          if (source === 'quick') return quick?.resolve();
          if (source === 'slow') return slow?.promise;
          busy?.resolve();
          throw new RemoteError('wiki', 'rate-limited', { message: 'wait', retryAfterMs: 60_000 });
        },
      });
      for (const source of ['slow', 'busy']) await store.jobs.sendUnlessWaiting('sync', source, { source });
      await busy?.promise;
      await store.jobs.sendUnlessWaiting('sync', 'quick', { source: 'quick' });
      await quick?.promise; // while the slow one runs, and within the minute that the busy one asked for
      slow?.resolve();
      await database.knex('pgboss.job').where({ name: 'sync', singleton_key: 'busy' }).del();
    });

    test('what is asked for while it runs runs once more, however often it was asked for', async () => {
      const [running, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      let ran = 0;
      await work('sync', {
        run: async () => {
          ran += 1;
          running.resolve();
          await end.promise;
        },
      });
      await store.jobs.sendUnlessWaiting('sync', 'five', { source: 'five' });
      await running.promise;
      await store.jobs.sendUnlessWaiting('sync', 'five', { source: 'five' });
      await store.jobs.sendUnlessWaiting('sync', 'five', { source: 'five' });
      await store.transaction(async (within) => {
        for (const key of ['five', 'six', 'six']) await within.jobs.sendUnlessWaiting('sync', key, { source: key });
      });
      const open = () =>
        database.knex('pgboss.job').whereIn('singleton_key', ['five', 'six']).whereNot({ state: 'completed' });
      expect(await open()).toHaveLength(3);
      end.resolve();
      await until('all have run', async () => (await open()).length === 0);
      expect(ran).toBe(3);
    });
  });

  describe('transactions and jobs', () => {
    test('what is written and what is sent in a transaction that fails is gone', async () => {
      const first = message();
      const before = await countOf('pgboss.job');
      const failing = store.transaction(async (within) => {
        const received = await within.inbound.message(first);
        await within.jobs.send('answer', received!.conversationId, { ...received! });
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await countOf('pgboss.job')).toBe(before);
      expect(await database.knex('inbound_event').where({ id: first.eventId })).toEqual([]);
    });

    test('one of several works that are committed together may fail without the others', async () => {
      const messages = [message(), message(), message()];
      const failing = store.transaction(async (within) => {
        await within.inbound.message(message({ id: messages[0]!.id }));
        throw new Error('no');
      });
      const all = [inbox.message(messages[0]!), failing, ...messages.slice(1).map((one) => inbox.message(one))];
      const outcomes = (await Promise.allSettled(all)).map(({ status }) => status);
      expect(outcomes).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
      const ids = messages.map(({ id }) => id);
      expect(await database.knex('turn').whereIn('message_id', ids)).toHaveLength(3);
    });

    test('jobs of one key run one after the other in order, those of different keys beside each other', async () => {
      const order: string[] = [];
      const done = Promise.withResolvers<void>();
      const gate = Promise.withResolvers<void>();
      await work('link', {
        run: async ({ id = '' }) => {
          order.push(id);
          if (id === 'a1') await gate.promise;
          if (id === 'b1') gate.resolve(); // only when b1 runs while a1 does
          if (order.length === 4) done.resolve();
        },
      });
      await store.jobs.send('link', 'a', { id: 'a1' });
      await store.jobs.send('link', 'a', { id: 'a2' });
      await store.jobs.send('link', 'a', { id: 'a3' });
      await store.jobs.send('link', 'b', { id: 'b1' });
      await done.promise;
      expect(order.filter((id) => id.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
    });

    test('what a version before left to add to a ticket is brought to it, once', async () => {
      await database.boss.start(); // whoever worked before has stopped it
      await database.boss.createQueue('comment', { policy: 'key_strict_fifo' });
      for (const [singletonKey, turnIds] of [
        ['71', '1 2'],
        ['71', '3'],
        ['72', '4'],
      ])
        await database.boss.send('comment', { conversationId: singletonKey, turnIds }, { singletonKey: singletonKey! });
      await carryOverJobs(database, store.jobs);
      await carryOverJobs(database, store.jobs);
      const left = database.knex('pgboss.job').whereIn('singleton_key', ['71', '72']);
      expect(await left.clone().orderBy('singleton_key').select('name', 'singleton_key', 'data')).toEqual([
        { name: 'mirror', singleton_key: '71', data: { conversationId: '71' } },
        { name: 'mirror', singleton_key: '72', data: { conversationId: '72' } },
      ]);
      await left.del();
    });

    test('a job that fails is tried again, then given up, kept as dead, and makes way for the next of its key', async () => {
      const ran: string[] = [];
      const next = Promise.withResolvers<void>();
      await work('settle', {
        maxTries: 2,
        run: async ({ id = '' }) => {
          ran.push(id);
          if (id === 'bad') throw new Error('broken');
          next.resolve();
        },
        giveUp: async ({ id = '' }) => void ran.push(`gave up ${id}`),
      });
      await store.jobs.send('settle', 'k', { id: 'bad' });
      await store.jobs.send('settle', 'k', { id: 'good' });
      await next.promise;
      expect(ran).toEqual(['bad', 'bad', 'gave up bad', 'good']);
      expect(await database.knex('dead_job').select('name', 'key', 'data', 'tries', 'error')).toEqual([
        { name: 'settle', key: 'k', data: { id: 'bad' }, tries: 2, error: 'broken' },
      ]);
    });
  });
}
