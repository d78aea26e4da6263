import type { Click, Message } from '#domain/conversation.ts';
import { type Decision, NOTHING_SEARCHED, type TriageCard } from '#domain/decision.ts';
import type { JobName } from '#ports.ts';
import { createInbox } from '../../src/inbox.ts';
import { at } from './flows/helpdesk.ts';
import { openTicketDesk, type Request, rita, type TicketDesk, tom } from './flows/ticket-desk.ts';

let desk: TicketDesk;
beforeAll(async () => {
  desk = await openTicketDesk();
});
beforeEach(() => desk.calm());
afterAll(() => desk.database.close());

const names: readonly JobName[] = ['answer', 'mirror', 'staff-act', 'refresh-ticket', 'deliver', 'amend', 'escalate'];

/** All jobs that wait, by name; they are taken away. */
async function waiting() {
  const jobs: [JobName, Readonly<Record<string, string>>][] = [];
  for (const name of names) for (const data of await desk.jobs(name)) jobs.push([name, data]);
  return jobs;
}

const inbox = () => createInbox(desk.store, () => at);
let events = 0;
const eventId = () => `event/${(events += 1)}`;

/** The id that the platform knows the turn by. */
async function messageIdOf(turnId: string): Promise<string> {
  return (await desk.database.knex('turn').where({ id: turnId }).first('message_id')).message_id;
}
const change = async (turnId: string, text: string | null) =>
  inbox().change({ eventId: eventId(), messageId: await messageIdOf(turnId), text, order: 1, message: null });

test('what somebody says waits to be answered', async () => {
  const conversationId = await desk.say({ text: 'my vpn drops', authorRef: rita.ref });
  expect(await waiting()).toEqual([['answer', { conversationId }]]);
});

test('what comes twice brings one job', async () => {
  const message = {
    id: 'T1/C1/twice',
    eventId: 'slack/twice',
    address: { platform: 'slack', ref: 'T1/C1/twice' },
  } as const;
  await desk.say({ ...message, text: 'my vpn drops', authorRef: rita.ref });
  await desk.say({ ...message, text: 'my vpn drops', authorRef: rita.ref });
  expect((await waiting()).map(([name]) => name)).toEqual(['answer']);
});

describe('a message that is changed', () => {
  test('while it waits is answered as it is now', async () => {
    const conversationId = await desk.say({ text: 'my vpn drops', authorRef: rita.ref });
    await desk.calm();
    const { turns } = await desk.store.conversations.load(conversationId);
    await change(turns[0]!.id, 'my wifi drops');
    expect(await waiting()).toEqual([['answer', { conversationId }]]);
  });

  test('after it was handed over is brought to the ticket', async () => {
    const request = await desk.request();
    await desk.calm();
    await change(request.throughTurnId, 'my wifi drops');
    await change(request.throughTurnId, null);
    const mirror = ['mirror', { conversationId: request.conversationId }];
    expect(await waiting()).toEqual([mirror, mirror]);
  });

  test('after it was answered, without a ticket, is kept for one that may still be opened', async () => {
    const conversationId = await desk.say({ text: 'my vpn drops', authorRef: rita.ref });
    const { version, turns } = await desk.store.conversations.load(conversationId);
    const decision: Decision = { kind: 'silent', reason: 'solved', grounds: NOTHING_SEARCHED };
    const record = { conversationId, version, handledThrough: turns[0]!.id, decision, text: '', at };
    await desk.store.conversations.recordDecision(record);
    await desk.calm();
    await change(turns[0]!.id, 'my wifi drops');
    // with nothing to be brought to, the job ends at once
    expect(await waiting()).toEqual([['mirror', { conversationId }]]);
    const after = await desk.store.conversations.load(conversationId);
    expect(after.turns[0]).toMatchObject({ text: 'my wifi drops', revision: 1 });
    expect(after.version).toBe(version);
  });
});

describe('a stop', () => {
  test('of who asked waits to be decided on, once', async () => {
    const conversationId = await desk.say({ text: 'my vpn drops', authorRef: rita.ref });
    await desk.calm();
    const { address, version } = await desk.store.conversations.load(conversationId);
    const stop = { eventId: eventId(), address, personRef: rita.ref, at };
    await inbox().stopped(stop);
    await inbox().stopped(stop);
    expect(await waiting()).toEqual([['answer', { conversationId }]]);
    const after = await desk.store.conversations.load(conversationId);
    expect(after.turns.at(-1)).toMatchObject({ author: 'requester', action: 'stop', personRef: rita.ref });
    expect(after.version).toBe(version + 1);
  });

  test('of somebody else, or elsewhere, is nothing', async () => {
    const conversationId = await desk.say({ text: 'my vpn drops', authorRef: rita.ref });
    await desk.calm();
    const { address } = await desk.store.conversations.load(conversationId);
    await inbox().stopped({ eventId: eventId(), address, personRef: tom.ref, at });
    await inbox().stopped({ eventId: eventId(), address: { ...address, ref: 'T1/C1/none' }, personRef: rita.ref, at });
    expect(await waiting()).toEqual([]);
    expect((await desk.store.conversations.load(conversationId)).turns).toHaveLength(1);
  });
});

const resolved: Decision = { kind: 'report', news: 'resolved', reason: 'unsure', grounds: NOTHING_SEARCHED };

describe('a press', () => {
  async function asked(): Promise<{ request: Request; click: Omit<Click, 'eventId' | 'action'> }> {
    const request = await desk.request();
    const turnId = await desk.news(request, resolved);
    await desk.calm();
    return { request, click: { turnId, address: request.address, personRef: rita.ref, at, values: null } };
  }

  test('waits to be decided on, and returns the form that opens', async () => {
    const { request, click } = await asked();
    const { form } = await inbox().click({ ...click, eventId: eventId(), action: 'not-yet' });
    expect(form).toMatchObject({ action: 'not-yet', fields: [{ name: 'text' }] });
    expect(await waiting()).toEqual([['answer', { conversationId: request.conversationId }]]);
  });

  test('without a form returns none', async () => {
    const { click } = await asked();
    const pressed = await inbox().click({ ...click, eventId: eventId(), action: 'solved', by: 'Rita' });
    expect(pressed).toMatchObject({ form: null, refusal: null });
    expect(pressed.reply?.parts.at(-1)).toEqual({ kind: 'note', text: 'Marked as solved by Rita' });
    expect((await waiting()).map(([name]) => name)).toEqual(['answer']);
  });

  test('that comes twice counts once, and opens no second form', async () => {
    const { click } = await asked();
    const press = { ...click, eventId: eventId(), action: 'not-yet' } as const;
    const first = await inbox().click(press);
    expect(first.form).not.toBeNull();
    expect(await inbox().click(press)).toEqual({ ...first, form: null });
    expect(await waiting()).toHaveLength(1);
  });

  test('whose form is sent is a click of its own, which opens none', async () => {
    const { request, click } = await asked();
    const sent = { ...click, eventId: eventId(), action: 'not-yet', values: { text: 'no better' } } as const;
    expect(await inbox().click(sent)).toEqual({ form: null, reply: null, refusal: null });
    expect(await waiting()).toHaveLength(1);
    const { turns } = await desk.store.conversations.load(request.conversationId);
    expect(turns.at(-1)).toMatchObject({ action: 'not-yet', values: { text: 'no better' } });
  });

  test('of a colleague is kept, and opens no form', async () => {
    const { click } = await asked();
    const { form, reply, refusal } = await inbox().click({
      ...click,
      eventId: eventId(),
      action: 'not-yet',
      personRef: tom.ref,
    });
    expect([form, reply, refusal]).toEqual([null, null, expect.stringContaining('Only the person who asked')]);
    expect(await waiting()).toHaveLength(1);
  });

  test('on what is none of ours is nothing', async () => {
    const { click } = await asked();
    const elsewhere = { platform: 'slack', ref: 'T1/C9/9' } as const;
    for (const altered of [{ turnId: '999999' }, { turnId: 'hello' }, { address: elsewhere }]) {
      expect(await inbox().click({ ...click, ...altered, eventId: eventId(), action: 'solved' })).toEqual({
        form: null,
        reply: null,
        refusal: expect.stringContaining('not open any more'),
      });
    }
    expect(await waiting()).toEqual([]);
  });
});

describe('a press on a button that the post never had', () => {
  const tooLate = { form: null, reply: null, refusal: expect.stringContaining('not open any more') };

  test.each(['take', 'answer-here', 'mute', 'approve', 'edit', 'discard', 'rate-5', 'follow', 'continue'] as const)(
    'leaves no trace: %s in the thread',
    async (action) => {
      const request = await desk.request();
      const turnId = await desk.news(request, resolved);
      await desk.calm();
      const before = await desk.store.conversations.load(request.conversationId);
      const click = { turnId, address: request.address, personRef: rita.ref, at, action };
      for (const values of [null, { text: 'x' }]) {
        const pressed = { ...click, values, eventId: eventId() };
        expect(await inbox().click(pressed)).toEqual(tooLate);
        expect(await desk.database.knex('inbound_event').where({ id: pressed.eventId })).toEqual([]);
      }
      expect(await desk.store.conversations.load(request.conversationId)).toEqual(before);
      expect(await waiting()).toEqual([]);
    },
  );

  test('is not taken for one while the store cannot be asked: it is delivered again', async () => {
    const request = await desk.request();
    const turnId = await desk.news(request, resolved);
    const { store } = desk;
    const gone = () => Promise.reject(new Error('the database is gone'));
    const broken = { ...store, conversations: { ...store.conversations, shown: gone, outgoing: gone } };
    const click = {
      turnId,
      address: request.address,
      personRef: rita.ref,
      at,
      values: null,
      action: 'solved',
    } as const;
    const pressed = createInbox(broken, () => at).click({ ...click, eventId: eventId() });
    await expect(pressed).rejects.toThrow('the database is gone');
  });
});

describe('in the triage channel', () => {
  const card: TriageCard = {
    summary: 'my vpn drops',
    requester: 'Rita',
    why: 'w',
    urgency: '',
    thread: 't',
    takenBy: null,
    mutedBy: null,
  };
  async function shown() {
    const request = await desk.request();
    const turnId = await desk.news(request, { kind: 'triage', card, grounds: NOTHING_SEARCHED }, 'triage');
    const address = { platform: 'slack', ref: `T1/TRIAGE/${request.conversationId}` } as const;
    await desk.store.tickets.recordTriage(request.conversationId, address);
    await desk.calm();
    return { request, address, turnId };
  }
  const ben = 'slack/T1/ben';

  test('a press is IT staff’s to carry out, and “Answer from here” opens a form', async () => {
    const { request, address, turnId } = await shown();
    const { conversationId } = request;
    const click = { address, turnId, personRef: ben, at, values: null };
    expect((await inbox().click({ ...click, eventId: eventId(), action: 'take' })).form).toBeNull();
    const { form } = await inbox().click({ ...click, eventId: eventId(), action: 'answer-here' });
    expect(form).toMatchObject({ action: 'answer-here' });
    const turns = (await desk.store.conversations.load(conversationId)).turns.slice(-2);
    expect(turns).toMatchObject([
      { author: 'agent', stage: 'triage' },
      { author: 'agent', stage: 'triage' },
    ]);
    expect(await waiting()).toEqual(turns.map(({ id }) => ['staff-act', { conversationId, turnId: id }]));
  });

  test('what employees press elsewhere is no press there', async () => {
    const { request, address, turnId } = await shown();
    const before = await desk.store.conversations.load(request.conversationId);
    for (const action of ['solved', 'get-human', 'rate-5', 'approve', 'details', 'helpful'] as const) {
      const click = { address, turnId, personRef: rita.ref, at, values: null, action, eventId: eventId() };
      expect((await inbox().click(click)).refusal).toContain('not open any more');
    }
    expect(await desk.store.conversations.load(request.conversationId)).toEqual(before);
    expect(await waiting()).toEqual([]);
  });

  test('a press on the card as it was counts, and one that comes twice counts once', async () => {
    const { request, address, turnId } = await shown();
    const decision = { kind: 'triage', card: { ...card, takenBy: 'Ben' }, grounds: NOTHING_SEARCHED } as const;
    await desk.store.conversations.reviseTurn(turnId, { text: 'taken', decision });
    const click = { address, turnId, personRef: ben, at, values: null, action: 'take', eventId: eventId() } as const;
    for (let count = 0; count < 2; count += 1)
      expect(await inbox().click(click)).toEqual({ form: null, reply: null, refusal: null });
    const { turns } = await desk.store.conversations.load(request.conversationId);
    expect(turns.filter(({ action }) => action === 'take')).toHaveLength(1);
    expect(await waiting()).toHaveLength(1);
  });

  test('what is said to us there is IT staff’s as well, and what they say to each other is not kept', async () => {
    const { request, address } = await shown();
    const said = { id: '', eventId: '', address, place: 'channel', authorRef: ben, sentAt: at, files: [] } as const;
    for (const [text, addressed] of [
      ['is this IT-3 again?', false],
      ['which office?', true],
    ] as const) {
      const id = eventId();
      await inbox().message({ ...said, id, eventId: id, text, addressed });
    }
    const turn = (await desk.store.conversations.load(request.conversationId)).turns.at(-1)!;
    expect(turn).toMatchObject({ author: 'agent', stage: 'triage', text: 'which office?' });
    expect(await waiting()).toEqual([['staff-act', { conversationId: request.conversationId, turnId: turn.id }]]);
  });
});

describe('that something has happened to a ticket', () => {
  test('has it read, once for however many of them come at a time', async () => {
    const request = await desk.request();
    await desk.calm();
    for (let count = 0; count < 3; count += 1)
      await inbox().ticketHint({ eventId: eventId(), ticketId: request.ticketId });
    expect(await waiting()).toEqual([['refresh-ticket', { conversationId: request.conversationId }]]);
  });

  test('is known when it comes again', async () => {
    const request = await desk.request();
    const hint = { eventId: eventId(), ticketId: request.ticketId };
    await inbox().ticketHint(hint);
    await desk.calm();
    await inbox().ticketHint(hint);
    expect(await waiting()).toEqual([]);
  });

  test('is nothing to us when the ticket is none of ours', async () => {
    await inbox().ticketHint({ eventId: eventId(), ticketId: '424242' });
    expect(await waiting()).toEqual([]);
  });
});

test('what cannot be stored with its job is refused, and comes in as a whole when it is delivered again', async () => {
  const { store } = desk;
  const broken: typeof store = {
    ...store,
    transaction: (work) =>
      store.transaction((within) =>
        work({ ...within, jobs: { ...within.jobs, send: () => Promise.reject(new Error('the queue is gone')) } }),
      ),
  };
  const id = 'T1/C1/broken';
  const message = {
    id,
    eventId: 'slack/broken',
    address: { platform: 'slack', ref: id },
    place: 'channel',
    authorRef: rita.ref,
    text: 'my vpn drops',
    sentAt: at,
    addressed: true,
    files: [],
  } as const;
  await expect(createInbox(broken, () => at).message(message)).rejects.toThrow('the queue is gone');
  expect(await desk.database.knex('conversation').where({ address: id })).toEqual([]);
  await inbox().message(message);
  expect((await waiting()).map(([name]) => name)).toEqual(['answer']);
});

describe('in a chat without threads', () => {
  const chat = { id: 't/a%3Arita', quotes: null };
  const minute = 60_000;
  let number = 0;
  interface Fields {
    readonly minutes?: number;
    readonly quotes?: { messageId: string; postRefStart: string };
    readonly opens?: true;
    readonly in?: string;
    readonly by?: string;
    readonly addressed?: boolean;
  }
  function message(text: string, fields: Fields = {}): Message {
    number += 1;
    const { quotes = null, opens, in: place = chat.id } = fields;
    const id = `teams/${place}/${number}`;
    return {
      id,
      eventId: id,
      address: { platform: 'teams', ref: `${place}/${number}` },
      place: 'direct',
      authorRef: fields.by ?? 'teams/t/rita',
      text,
      sentAt: new Date(at.getTime() + (fields.minutes ?? 0) * minute),
      addressed: fields.addressed ?? true,
      files: [],
      chat: { id: place, quotes, ...(opens && { opens }) },
    };
  }
  async function said(text: string, fields: Fields = {}) {
    const sent = message(text, fields);
    const { id } = sent;
    await inbox().message(sent);
    const row = await desk.database.knex('turn').where({ message_id: id }).first('conversation_id', 'text');
    return { id, conversationId: String(row.conversation_id), text: row.text as string };
  }

  test('what follows soon goes on, what comes late or is called new opens a conversation, and a quote finds its own', async () => {
    const first = await said('my vpn drops');
    const soon = await said('on my Mac', { minutes: 2 });
    expect(soon.conversationId).toBe(first.conversationId);
    const late = await said('my printer is jammed', { minutes: 300 });
    expect(late.conversationId).not.toBe(first.conversationId);
    const fresh = await said('new: the projector is dark', { minutes: 301 });
    expect(fresh.conversationId).not.toBe(late.conversationId);
    expect(fresh.text).toBe('the projector is dark');
    const quoting = await said('it is back', { minutes: 900, quotes: { messageId: first.id, postRefStart: '-' } });
    expect(quoting.conversationId).toBe(first.conversationId);
  });

  test('what opens a conversation of its own does so whatever goes on, and what follows goes on with that', async () => {
    const place = { in: 't/a%3Aopens' };
    const first = await said('my vpn drops', place);
    const own = await said('my badge is lost', { ...place, minutes: 1, opens: true });
    expect(own.conversationId).not.toBe(first.conversationId);
    const next = await said('at the gym', { ...place, minutes: 2 });
    expect(next.conversationId).toBe(own.conversationId);
  });
});

describe('what is not addressed to us', () => {
  const message = (ref: string, fields: Partial<Message> = {}): Message => {
    const id = eventId();
    const address = { platform: 'slack', ref } as const;
    const fixed = { place: 'channel', sentAt: at, addressed: false, files: [], text: 'and my wifi' } as const;
    return { id, eventId: id, address, authorRef: tom.ref, ...fixed, ...fields };
  };

  test('is ours in a thread of ours, and below a triage card', async () => {
    const request = await desk.request();
    const card = `T1/TRIAGE/${request.conversationId}`;
    const isOurs = (ref: string) => inbox().isOurs(message(ref));
    expect(await isOurs(card)).toBe(false);
    await desk.store.tickets.recordTriage(request.conversationId, { platform: 'slack', ref: card });
    expect(await Promise.all([request.address.ref, card, 'T1/C1/none'].map(isOurs))).toEqual([true, true, false]);
    const teams = message(request.address.ref, { address: { platform: 'teams', ref: request.address.ref } });
    expect(await inbox().isOurs(teams)).toBe(false);
  });

  test('is ours in a chat without threads when it goes on with a conversation there; asking stores nothing', async () => {
    const chat = { id: 't/19%3Agroup', quotes: null };
    const inChat = (fields: Partial<Message> = {}): Message => {
      const address = { platform: 'teams', ref: `${chat.id}/${eventId()}` } as const;
      return message('', { address, chat, authorRef: 'teams/t/rita', ...fields });
    };
    expect(await inbox().isOurs(inChat())).toBe(false);
    const first = inChat({ addressed: true, text: 'my vpn drops' });
    await inbox().message(first);
    const { id } = await desk.database.knex('conversation').where({ chat: chat.id }).first('id');
    const { version, turns } = await desk.store.conversations.load(String(id));
    const asking: Decision = { kind: 'ask', about: 'nothing-asked', grounds: NOTHING_SEARCHED };
    const record = {
      conversationId: String(id),
      version,
      handledThrough: turns[0]!.id,
      decision: asking,
      text: '',
      at,
    };
    await desk.store.conversations.recordDecision(record);
    const counts = () =>
      Promise.all(['conversation', 'turn', 'inbound_event'].map((table) => desk.database.knex(table).count()));
    const before = await counts();
    const quotes = { messageId: first.id, postRefStart: '-' };
    const late = new Date(at.getTime() + 3000 * 60_000);
    const other = 'teams/t/tom';
    const cases: [Message, boolean][] = [
      [inChat(), true],
      [inChat({ authorRef: other }), false],
      [inChat({ sentAt: late }), false],
      [inChat({ authorRef: other, sentAt: late, chat: { ...chat, quotes } }), true],
      [inChat({ chat: { ...chat, opens: true } }), false],
      [inChat({ chat: { ...chat, id: 't/19%3Aother' } }), false],
    ];
    for (const [asked, expected] of cases) expect(await inbox().isOurs(asked)).toBe(expected);
    expect(await counts()).toEqual(before);
  });
});

describe('a command', () => {
  const person = { ref: 'slack/T1/zoe', name: 'Zoe', email: 'zoe@acme.example', outsider: false, bot: false };

  test('status lists the requests made on any platform with the same address', async () => {
    const twin = { ...person, ref: 'teams/t/zoe', email: 'Zoe@acme.example' };
    await desk.store.people.save(twin, at);
    const request = await desk.request({ authorRef: twin.ref, text: 'the coffee machine app crashes' });
    const ticket = await desk.store.tickets.find(request.conversationId);
    const { parts } = await inbox().command({ person, text: 'status' });
    expect(parts.at(-1)).toMatchObject({
      kind: 'requests',
      requests: [{ key: ticket?.created?.key, summary: 'the coffee machine app crashes', standing: 'waiting for IT' }],
    });
    expect(
      (await inbox().command({ person: { ...person, ref: 'slack/T1/x', email: null }, text: 'status' })).parts,
    ).toEqual([{ kind: 'text', text: 'You have no requests with IT.' }]);
  });

  test('help says what there is, and so does what is no command', async () => {
    const help = await inbox().command({ person, text: '' });
    expect(JSON.stringify(help.parts)).toContain('“status”');
    const unknown = await inbox().command({ person, text: 'make coffee' });
    expect(unknown.parts[0]).toMatchObject({ text: expect.stringContaining('“make coffee” is no command') });
    expect(unknown.parts.slice(1)).toEqual(help.parts);
  });
});

test('where we are brought in we say hello once', async () => {
  const arrival = { platform: 'teams', chat: 't/a%3Anew', place: 'direct' } as const;
  await inbox().arrived(arrival);
  await inbox().arrived(arrival);
  expect(await desk.jobs('greet')).toEqual([arrival]);
});
