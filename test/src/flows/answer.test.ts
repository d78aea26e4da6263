import type { Person, Place } from '#domain/conversation.ts';
import { offerMark } from '#domain/decide.ts';
import { draftTicket } from '#domain/handover.ts';
import { type Audience, groupName, NOBODY } from '#domain/knowledge.ts';
import { NO_ROUTING } from '#domain/routing.ts';
import { RemoteError } from '#errors.ts';
import { createAnswer } from '../../../src/flows/answer.ts';
import {
  at,
  colleague,
  createChat,
  createFreshnessDouble,
  type Desk,
  openDesk,
  policy,
  putDocument,
  draftWeights,
  weights,
} from './helpdesk.ts';

const priya = colleague('priya');
const zoe = colleague('zoe');
const tom = colleague('tom');
const gus = colleague('gus', { outsider: true });
const app = colleague('app', { bot: true, email: null });
const finance: Audience = [['everyone'], [groupName('files', 'finance')]];
const kettle = { id: 'kettle', title: 'Kettles', text: 'Descale the kettle with vinegar.' };
const ledger = { id: 'ledger', title: 'Ledgers', text: 'Close the ledger with the brass stamp.', audience: finance };
const secrets = /Ledgers|brass|stamp|wiki\.example\/ledger/;
const aboutLedger = 'how do I close the ledger?';
const offer = {
  kind: 'offer-private',
  document: offerMark({ ...ledger, chunkId: '', source: 'files', documentId: 'ledger', url: '' }),
};

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
  await desk.store.knowledge.putGroups('files', [
    { name: 'finance', emails: ['priya@acme.example', 'zoe@acme.example'] },
  ]);
});
beforeEach(async () => {
  await putDocument(desk.store, kettle);
  await putDocument(desk.store, ledger);
});
afterAll(() => desk.database.close());

interface Setting {
  readonly place: Place;
  readonly asker: Person;
  /** Null: not told. */
  readonly members?: readonly Person[] | null;
}

function deskWith(people: readonly Person[] = [priya, zoe, tom, gus, app]) {
  const chat = createChat(people);
  const double = createFreshnessDouble();
  const { freshness } = double;
  const { store } = desk;
  const answer = createAnswer({
    store,
    platforms: chat.platforms,
    policy,
    weights,
    draftWeights,
    models: null,
    freshness,
    incidents: null,
    clock: () => at,
  });
  return { chat: chat.state, double, answer };
}

/** Asks, and has it decided on. */
async function decided(text: string, { place, asker, members = null }: Setting, set = deskWith()) {
  set.chat.members = members?.map(({ ref }) => ref) ?? null;
  const conversationId = await desk.say({ text, authorRef: asker.ref, place });
  await set.answer(conversationId);
  return { ...set, conversationId, decision: await desk.lastDecision(conversationId) };
}

/** What was decided, by its kind and the document that is shown. */
async function outcome(text: string, setting: Setting): Promise<readonly string[]> {
  const { decision } = await decided(text, setting);
  const shown = decision.kind === 'answer' ? decision.citations.map(({ title }) => title) : [];
  return [decision.kind, ...shown];
}

const channel = (asker: Person, members: readonly Person[] | null): Setting => ({ place: 'channel', asker, members });

describe('who reads along decides what is said', () => {
  test.each<[string, string, Setting, readonly string[]]>([
    ['the asker, in a direct message', aboutLedger, { place: 'direct', asker: priya }, ['answer', 'Ledgers']],
    ['an asker who may not', aboutLedger, { place: 'direct', asker: tom }, ['escalate']],
    ['a guest, in a direct message', 'descale the kettle', { place: 'direct', asker: gus }, ['escalate']],
    ['only members who may', aboutLedger, channel(priya, [priya, zoe]), ['answer', 'Ledgers']],
    ['an app besides', aboutLedger, channel(priya, [priya, zoe, app]), ['answer', 'Ledgers']],
    ['one who may not', aboutLedger, channel(priya, [priya, tom, zoe]), ['offer-private']],
    ['one who may not, and asks', aboutLedger, channel(tom, [priya, tom, zoe]), ['escalate']],
    ['one who may not, and is no member but asks', aboutLedger, channel(tom, [priya, zoe]), ['escalate']],
    ['nobody knows who', aboutLedger, channel(priya, null), ['offer-private']],
    ['nobody knows who, and all may', 'descale the kettle', channel(priya, null), ['answer', 'Kettles']],
    ['all employees, and all may', 'descale the kettle', channel(tom, [priya, tom]), ['answer', 'Kettles']],
    ['a guest', 'descale the kettle', channel(tom, [tom, gus]), ['offer-private']],
    ['a guest, and asks', 'descale the kettle', channel(gus, [tom, gus]), ['escalate']],
    ['people of other companies', 'descale the kettle', { place: 'shared', asker: tom }, ['offer-private']],
    [
      'people of other companies, one of whom asks',
      'descale the kettle',
      { place: 'shared', asker: gus },
      ['escalate'],
    ],
  ])('%s', async (_, text, setting, expected) => {
    expect(await outcome(text, setting)).toEqual(expected);
  });

  test('a failure of the platform leaves it undecided', async () => {
    const set = deskWith();
    set.chat.failure = new RemoteError('slack', 'unavailable', { message: 'conversations.members: no answer' });
    const conversationId = await desk.say({ text: aboutLedger, authorRef: priya.ref });
    await expect(set.answer(conversationId)).rejects.toBe(set.chat.failure);
    await expect(desk.lastDecision(conversationId)).rejects.toThrow('nothing was decided');
  });

  test('the platform is asked for each member once an hour', async () => {
    const crowd = Array.from({ length: 60 }, (_, index) => colleague(`crowd${index}`));
    const set = deskWith(crowd);
    await decided('descale the kettle', channel(crowd[0]!, crowd), set);
    await decided('descale the kettle', channel(crowd[0]!, crowd), set);
    expect(set.chat.asked).toBe(60);
  });
});

describe('the offer of a private answer', () => {
  test('names nothing, and is kept with what those who read along may find', async () => {
    const { decision, conversationId } = await decided(aboutLedger, channel(priya, [priya, tom]));
    expect(decision).toMatchObject({ ...offer, grounds: { question: aboutLedger, found: [], confidence: null } });
    expect(JSON.stringify(decision)).not.toMatch(secrets);
    expect(await desk.jobs('deliver')).toContainEqual({ conversationId, turnId: decision.turnId });
    const conversation = await desk.store.conversations.load(conversationId);
    const ticket = draftTicket({
      conversation,
      ticket: {
        name: conversation.name,
        reason: 'asked-for-a-person',
        throughTurnId: decision.turnId,
        continues: null,
        triedAt: null,
        mayCreate: true,
      },
      requester: priya,
      names: new Map([[priya.ref, 'Priya']]),
      permalink: 'https://slack.example/p1',
      channel: 'C1',
      groups: [],
      routing: NO_ROUTING,
      answerAt: 1,
      limits: { largestBytes: 1_000_000, refusedTypes: [] },
    });
    expect(JSON.stringify(ticket)).toContain('not everyone here may read it');
    expect(JSON.stringify(ticket)).not.toMatch(secrets);
  });

  test('is made once for a document: asked again, a person takes over', async () => {
    const { decision, conversationId, answer } = await decided(aboutLedger, channel(priya, [priya, tom]));
    expect(decision.kind).toBe('offer-private');
    const { address } = await desk.store.conversations.load(conversationId);
    await desk.say({ text: 'when do I close the ledger?', authorRef: priya.ref, address });
    await answer(conversationId);
    expect(await desk.lastDecision(conversationId)).toMatchObject({ kind: 'escalate', reason: 'nothing-found' });
  });

  test('is not made to a colleague, whose click would not count', async () => {
    const set = deskWith();
    const { conversationId } = await decided('descale the kettle', channel(tom, [priya, tom]), set);
    const { address } = await desk.store.conversations.load(conversationId);
    await desk.say({ text: aboutLedger, authorRef: priya.ref, address });
    await set.answer(conversationId);
    expect(await desk.lastDecision(conversationId)).toMatchObject({ kind: 'escalate' });
  });

  async function offered() {
    const set = await decided(aboutLedger, channel(priya, [priya, tom]));
    const { address } = await desk.store.conversations.load(set.conversationId);
    for (const name of ['deliver', 'settle', 'answer-privately'] as const) await desk.jobs(name);
    const press = (person: Person, action: 'answer-privately' | 'get-human' = 'answer-privately') =>
      desk.press({ action, address, turnId: set.decision.turnId, personRef: person.ref });
    const waiting = async () => [(await desk.jobs('answer-privately')).length, (await desk.jobs('settle')).length];
    return { ...set, press, waiting };
  }

  test('is taken up by the requester’s click, and once', async () => {
    const { conversationId, decision, press, answer } = await offered();
    const job = { conversationId, turnId: decision.turnId };
    await press(priya);
    await press(priya);
    await answer(conversationId);
    expect(await desk.lastDecision(conversationId)).toMatchObject({ kind: 'silent', reason: 'sent-privately' });
    // The buttons go when the answer is on its way, not before.
    expect([await desk.jobs('answer-privately'), await desk.jobs('settle')]).toEqual([[job], []]);
    await press(priya);
    await answer(conversationId);
    expect([await desk.jobs('answer-privately'), await desk.jobs('settle')]).toEqual([[], []]);
  });

  test('is not taken up by a colleague’s click', async () => {
    const { conversationId, press, answer, waiting } = await offered();
    await press(tom);
    await answer(conversationId);
    expect(await waiting()).toEqual([0, 0]);
    expect(await desk.lastDecision(conversationId)).toMatchObject({ kind: 'silent', reason: 'not-addressed' });
  });

  test('leaves the way to a person, who gets the ticket', async () => {
    const { conversationId, press, answer, waiting } = await offered();
    await press(priya, 'get-human');
    await answer(conversationId);
    expect(await waiting()).toEqual([0, 1]);
    expect(await desk.store.tickets.find(conversationId)).toMatchObject({ reason: 'asked-for-a-person' });
  });
});

describe('right before something is shown', () => {
  const direct: Setting = { place: 'direct', asker: priya };

  test.each(['current', 'unchecked'] as const)('the source is asked once, and it is noted: %s', async (state) => {
    const set = deskWith();
    set.double.say = async () => state;
    const { decision } = await decided(aboutLedger, direct, set);
    expect(decision).toMatchObject({ kind: 'answer', grounds: { checked: state } });
    expect(set.double.asked).toEqual([[{ source: 'files', documentId: 'ledger' }]]);
  });

  test('of an offer its document is asked about, which nobody else sees', async () => {
    const set = deskWith();
    const { decision } = await decided(aboutLedger, channel(priya, [priya, tom]), set);
    expect(decision).toMatchObject({ kind: 'offer-private', grounds: { checked: 'current' } });
    expect(set.double.asked).toEqual([[{ source: 'files', documentId: 'ledger' }]]);
  });

  test('nothing is asked when nothing is shown', async () => {
    const set = deskWith();
    const { decision } = await decided('zorblatt flumox', direct, set);
    expect([decision.kind, decision.grounds.checked, set.double.asked]).toEqual(['escalate', null, []]);
  });

  test('what has changed is answered as it is now', async () => {
    const set = deskWith();
    set.double.say = async () => {
      if (set.double.asked.length > 1) return 'current';
      await putDocument(desk.store, { ...ledger, text: 'Close the ledger with the silver bell.' });
      return 'updated';
    };
    const { decision } = await decided(aboutLedger, direct, set);
    expect(decision).toMatchObject({ kind: 'answer', quote: expect.stringContaining('silver bell') });
    expect([decision.grounds.checked, set.double.asked.length]).toEqual(['current', 2]);
  });

  test('what may no longer be read is not shown', async () => {
    const set = deskWith();
    set.double.say = async () => {
      await desk.store.knowledge.putAudiences('files', new Map([['ledger', NOBODY]]));
      return 'updated';
    };
    const { decision } = await decided(aboutLedger, direct, set);
    expect(decision).toMatchObject({ kind: 'escalate', grounds: { checked: null } });
    expect(JSON.stringify(decision)).not.toMatch(secrets);
  });

  test('what a sync closed between the search and the check is not shown, though source and store agree', async () => {
    const set = deskWith();
    set.double.say = async () => {
      await desk.store.knowledge.putAudiences('files', new Map([['ledger', NOBODY]]));
      return 'current';
    };
    const { decision } = await decided(aboutLedger, direct, set);
    expect(decision.kind).toBe('escalate');
    expect(JSON.stringify(decision)).not.toMatch(secrets);
  });

  test('what was restricted meanwhile is offered privately', async () => {
    const set = deskWith();
    set.double.say = async () => {
      if (set.double.asked.length > 1) return 'current';
      await putDocument(desk.store, { ...kettle, audience: finance });
      return 'updated';
    };
    const { decision } = await decided('descale the kettle', channel(priya, [priya, tom]), set);
    expect(decision.kind).toBe('offer-private');
  });

  test('where whatever is found turns out to have changed, a person takes over', async () => {
    const set = deskWith();
    set.double.say = async () => {
      await putDocument(desk.store, { ...ledger, text: `Close the ledger with bell ${set.double.asked.length}.` });
      return 'updated';
    };
    const { decision } = await decided(aboutLedger, direct, set);
    expect(decision).toMatchObject({ kind: 'escalate', reason: 'unsure' });
    expect([decision.grounds.checked, set.double.asked.length]).toEqual(['unchecked', 4]);
  });
});
