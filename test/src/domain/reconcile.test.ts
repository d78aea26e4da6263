import { type Random, seeded } from '../../../bench/random.ts';
import type { Conversation, Turn } from '#domain/conversation.ts';
import { type Decision, NOTHING_SEARCHED } from '#domain/decision.ts';
import {
  type Changes,
  goneNews,
  isFromTicket,
  onceOfComment,
  reconcile,
  reopenedNews,
  type TicketNews,
  type Told,
} from '#domain/reconcile.ts';
import type { TicketComment, TicketState, TicketStatus } from '#domain/ticket.ts';
import { bareTurn, file } from './bare-turn.ts';

const at = new Date('2026-03-01T09:00:00Z');
const later = new Date('2026-03-01T10:00:00Z');
const ms = later.getTime();

const waiting: TicketStatus = { name: 'To Do', category: 'waiting' };
const inProgress: TicketStatus = { name: 'In Progress', category: 'in-progress' };
const forCustomer: TicketStatus = { name: 'Waiting for customer', category: 'in-progress' };
const done: TicketStatus = { name: 'Done', category: 'done' };

function stateOf(fields: Partial<TicketState> = {}): TicketState {
  return {
    id: '10001',
    key: 'IT-1',
    url: 'https://jira.example/browse/IT-1',
    updatedAt: later,
    summary: 'my vpn drops',
    status: waiting,
    assignee: null,
    resolution: null,
    isRestricted: false,
    comments: [],
    ours: new Map(),
    commands: [],
    ...fields,
  };
}

function comment(id: string, fields: Partial<TicketComment> = {}): TicketComment {
  return { id, author: 'Ben Ito', by: 'agent', markdown: `words of ${id}`, at, version: '1', files: [], ...fields };
}

/** A turn that shows a comment of the ticket. */
function shown(id: string, commentId: string, fields: Partial<Turn> = {}): Turn {
  return {
    ...bareTurn,
    id,
    author: 'agent',
    personRef: null,
    authorName: 'Ben Ito',
    text: `words of ${commentId}`,
    at,
    comment: { id: commentId, revision: 0 },
    ...fields,
  };
}

function conversationOf(turns: readonly Turn[] = []): Conversation {
  return {
    id: '1',
    name: 'c0ffee',
    address: { platform: 'slack', ref: 'T1/C1/1' },
    place: 'channel',
    requesterRef: 'slack/T1/U1',
    turns,
    handledThrough: '0',
    version: 1,
    ticket: null,
  };
}

const nothingTold: Told = { phase: 'open', phaseAt: at, seen: null };
const seen = { key: 'IT-1', status: 'To Do', assignee: null };
const told = (fields: Partial<Told> = {}): Told => ({ ...nothingTold, seen, ...fields });
const nothing: Changes = { said: [], reworded: [], takenBack: [], news: [], phase: null };

function changes(state: Partial<TicketState>, before: Told = told(), turns: readonly Turn[] = []): Changes {
  return reconcile(stateOf(state), { conversation: conversationOf(turns), told: before });
}

test('a ticket on which nothing has happened changes nothing', () => {
  expect(changes({})).toEqual(nothing);
  expect(changes({}, nothingTold)).toEqual(nothing);
});

describe('comments', () => {
  test('new ones are said, in their order, with their files', () => {
    const files = [file('shot.png')];
    expect(changes({ comments: [comment('7', { files }), comment('5', { author: 'Ana Reis' })] }).said).toEqual([
      { commentId: '7', author: 'agent', authorName: 'Ben Ito', text: 'words of 7', at, files },
      { commentId: '5', author: 'agent', authorName: 'Ana Reis', text: 'words of 5', at, files: [] },
    ]);
  });

  test("the requester's own is theirs", () => {
    const { said } = changes({ comments: [comment('7', { author: 'Rita', by: 'customer' })] });
    expect(said).toMatchObject([{ commentId: '7', author: 'requester', authorName: 'Rita' }]);
    expect(isFromTicket(shown('3', '7', { author: 'requester', authorName: 'Rita' }))).toBe(true);
  });

  test.each<[string, readonly TicketComment[], readonly Turn[], Partial<Changes>]>([
    ['is shown', [comment('7')], [shown('3', '7')], {}],
    [
      'says something else now',
      [comment('7', { markdown: 'else' })],
      [shown('3', '7')],
      { reworded: [{ turnId: '3', text: 'else', files: [] }] },
    ],
    [
      'has another file in the place of one',
      [comment('7', { files: [file('b.png')] })],
      [shown('3', '7', { files: [file('a.png')] })],
      { reworded: [{ turnId: '3', text: 'words of 7', files: [file('b.png')] }] },
    ],
    [
      'has lost its file',
      [comment('7')],
      [shown('3', '7', { files: [file('a.png')] })],
      { reworded: [{ turnId: '3', text: 'words of 7', files: [] }] },
    ],
    ['had lost its file', [comment('7')], [shown('3', '7', { files: [{ ...file('a.png'), gone: true }] })], {}],
    [
      'has its file again',
      [comment('7', { files: [file('a.png')] })],
      [shown('3', '7', { files: [{ ...file('a.png'), gone: true }] })],
      { reworded: [{ turnId: '3', text: 'words of 7', files: [file('a.png')] }] },
    ],
    [
      'has its files in another order',
      [comment('7', { files: [file('b.png'), file('a.png')] })],
      [shown('3', '7', { files: [file('a.png'), file('b.png')] })],
      {},
    ],
    ['is gone', [], [shown('3', '7')], { takenBack: ['3'] }],
    ['was gone already', [], [shown('3', '7', { withdrawn: true, text: '' })], {}],
    [
      'is for everybody again',
      [comment('7')],
      [shown('3', '7', { withdrawn: true })],
      { reworded: [{ turnId: '3', text: 'words of 7', files: [] }] },
    ],
    ['has another version and the same words', [comment('7', { version: '2' })], [shown('3', '7')], {}],
  ])('one that %s', (_, comments, turns, expected) => {
    expect(changes({ comments }, told(), turns)).toEqual({ ...nothing, ...expected });
  });

  test.each<[string, Partial<Turn>]>([
    ['an answer from the triage channel', { personRef: 'slack/T1/U9' }],
    ['a message of the requester', { author: 'requester', personRef: 'slack/T1/U1' }],
    ['a message of a colleague', { author: 'colleague', personRef: 'slack/T1/U2' }],
    ['what an agent said without a comment', { comment: null }],
    ['what we said', { author: 'bot' }],
  ])('%s is not the ticket’s to reword or to take back', (_, fields) => {
    const turn = shown('3', '7', fields);
    expect(isFromTicket(turn)).toBe(false);
    expect(changes({ comments: [] }, told(), [turn])).toEqual(nothing);
  });

  test('each comment is one turn, by its own id', () => {
    expect([onceOfComment('7'), onceOfComment('8')]).toEqual(['comment/7', 'comment/8']);
  });
});

const ben: TicketNews = { news: 'assigned', detail: 'Ben Ito', once: `assigned/Ben Ito/${ms}` };
const statusNews = (name: string, detail: string): TicketNews => ({
  news: 'status',
  detail,
  once: `status/${name}/${ms}`,
});
const working = statusNews('In Progress', 'IT is working on it.');
const asksBack = statusNews('Waiting for customer', 'IT needs something from you to go on. Please answer here.');
const reopened: TicketNews = { news: 'reopened', detail: '', once: `reopened/${at.getTime()}` };
const solved = (detail = ''): TicketNews => ({ news: 'resolved', detail, once: `resolved/${ms}` });

describe('news', () => {
  test.each<[string, Partial<TicketState>, Told, Partial<Changes>]>([
    ['somebody has taken it', { assignee: 'Ben Ito' }, told(), { news: [ben] }],
    [
      'somebody has taken it and works on it: who says that as well',
      { assignee: 'Ben Ito', status: inProgress },
      told(),
      { news: [ben] },
    ],
    [
      'somebody else has taken it',
      { assignee: 'Ben Ito' },
      told({ seen: { ...seen, assignee: 'Ana Reis' } }),
      { news: [ben] },
    ],
    ['they have it as before', { assignee: 'Ben Ito' }, told({ seen: { ...seen, assignee: 'Ben Ito' } }), {}],
    ['nobody has it any more', {}, told({ seen: { ...seen, assignee: 'Ben Ito' } }), {}],
    ['it is worked on', { status: inProgress }, told(), { news: [working] }],
    ['it is worked on since it was made', { status: inProgress }, nothingTold, { news: [working] }],
    [
      'it waits for an answer',
      { status: forCustomer },
      told({ seen: { ...seen, status: 'In Progress' } }),
      { news: [asksBack] },
    ],
    [
      'it is on hold before anybody works on it',
      { status: { name: 'On hold', category: 'waiting' } },
      told(),
      { news: [{ news: 'status', detail: 'IT has put it on hold for now.', once: `status/On hold/${ms}` }] },
    ],
    ['it waits as others do', { status: { name: 'Open', category: 'waiting' } }, told(), {}],
    ['its status is as before', { status: inProgress }, told({ seen: { ...seen, status: 'In Progress' } }), {}],
    ['it is solved', { status: done, resolution: 'Done' }, told(), { news: [solved()], phase: 'resolved' }],
    [
      'it is solved, in words that matter',
      { status: done, resolution: 'Duplicate' },
      told(),
      { news: [solved('it is dealt with in another request')], phase: 'resolved' },
    ],
    [
      'it is solved by somebody who was not told of',
      { status: done, assignee: 'Ben Ito' },
      told(),
      { news: [ben, solved()], phase: 'resolved' },
    ],
    ['it is solved still', { status: done }, told({ phase: 'resolved' }), {}],
    ['it is solved, and the requester agreed', { status: done, assignee: 'Ana Reis' }, told({ phase: 'closed' }), {}],
    ['IT opens it again', {}, told({ phase: 'resolved' }), { news: [reopened], phase: 'open' }],
    [
      'IT opens it again after it was closed, and somebody else takes it',
      { status: inProgress, assignee: 'Ben Ito' },
      told({ phase: 'closed' }),
      { news: [reopened, ben], phase: 'open' },
    ],
    [
      'it has another key',
      { key: 'OPS-9' },
      told(),
      { news: [{ news: 'moved', detail: 'OPS-9', once: `moved/OPS-9/${later.getTime()}` }] },
    ],
    ['its key was never told', { key: 'OPS-9' }, nothingTold, {}],
    [
      'it has another key and is solved',
      { key: 'OPS-9', status: done },
      told(),
      {
        news: [{ news: 'moved', detail: 'OPS-9', once: `moved/OPS-9/${later.getTime()}` }, solved()],
        phase: 'resolved',
      },
    ],
  ])('%s', (_, state, before, expected) => {
    expect(changes(state, before)).toEqual({ ...nothing, ...expected });
  });

  test('that it is gone, or open again, is one piece of news for each ticket and each solution', () => {
    expect(goneNews('10001')).toEqual({ news: 'gone', detail: '', once: 'gone/10001' });
    expect(reopenedNews(at)).toEqual(reopened);
    expect(reopenedNews(later).once).not.toBe(reopened.once);
  });
});

/** A conversation with what is told of its ticket, as the store would keep it. */
interface World {
  readonly turns: readonly Turn[];
  readonly told: Told;
  readonly once: readonly string[];
  readonly posted: readonly string[];
}

const untold: World = { turns: [], told: nothingTold, once: [], posted: [] };

function refreshed(world: World, state: TicketState, now: Date): World {
  const { turns, told: before, once } = world;
  const changed = reconcile(state, { conversation: conversationOf(turns), told: before });
  const said = changed.said.filter(({ commentId }) => !once.includes(onceOfComment(commentId)));
  const news = changed.news.filter((one) => !once.includes(one.once));
  const reworded = new Map(changed.reworded.map(({ turnId, text }) => [turnId, text]));
  const kept = turns.map((turn) => ({
    ...turn,
    text: reworded.get(turn.id) ?? turn.text,
    withdrawn: changed.takenBack.includes(turn.id) || (turn.withdrawn && !reworded.has(turn.id)),
  }));
  const decision = (one: (typeof news)[number]): Decision => {
    return { kind: 'report', news: one.news, reason: 'unsure', detail: one.detail, grounds: NOTHING_SEARCHED };
  };
  const added = [
    ...said.map(({ commentId, text, files }, index) => shown(`${turns.length + index}`, commentId, { text, files })),
    ...news.map((one, index) => ({
      ...bareTurn,
      id: `${turns.length + said.length + index}`,
      author: 'bot' as const,
      personRef: null,
      text: '',
      at: now,
      decision: decision(one),
    })),
  ];
  const { key, status, assignee } = state;
  return {
    turns: [...kept, ...added],
    told: {
      phase: changed.phase ?? before.phase,
      phaseAt: changed.phase === null ? before.phaseAt : now,
      seen: { key, status: status.name, assignee },
    },
    once: [...once, ...said.map(({ commentId }) => onceOfComment(commentId)), ...news.map((one) => one.once)],
    posted: news.map((one) => one.news),
  };
}

const oneOf = <T>(random: Random, values: readonly T[]): T => values[Math.floor(random() * values.length)]!;

/** What IT does next to the ticket, at some time after. */
function changedByIt(random: Random, state: TicketState, number: number): TicketState {
  const touched = { ...state, updatedAt: new Date(state.updatedAt.getTime() + 1000) };
  const index = Math.floor(random() * state.comments.length);
  switch (oneOf(random, ['comment', 'edit', 'remove', 'assign', 'status', 'status', 'move'] as const)) {
    case 'comment':
      return { ...touched, comments: [...state.comments, comment(`c${number}`)] };
    case 'edit': {
      const comments = state.comments.map((one, at) => (at === index ? { ...one, markdown: `edit ${number}` } : one));
      return { ...touched, comments };
    }
    case 'remove':
      return { ...touched, comments: state.comments.filter((_, at) => at !== index) };
    case 'assign':
      return { ...touched, assignee: oneOf(random, ['Ben Ito', 'Ana Reis', null]) };
    case 'status':
      return { ...touched, status: oneOf(random, [waiting, inProgress, forCustomer, done]) };
    case 'move':
      return { ...touched, key: oneOf(random, ['IT-1', 'OPS-9']) };
  }
}

/** The public conversation of the ticket as the thread shows it. */
const shownIn = ({ turns }: World) =>
  new Map(turns.flatMap((turn) => (isFromTicket(turn) && !turn.withdrawn ? [[turn.comment?.id, turn.text]] : [])));
const commentsIn = ({ comments }: TicketState) => new Map(comments.map(({ id, markdown }) => [id, markdown]));

test('in 1,000 random histories, what is read twice changes nothing the second time, and in the end all is shown', () => {
  const random = seeded(51);
  const told = new Set<string>();
  for (let run = 0; run < 1_000; run += 1) {
    const states = [stateOf()];
    const steps = 1 + Math.floor(random() * 12);
    for (let step = 0; step < steps; step += 1) states.push(changedByIt(random, states.at(-1)!, step));
    const last = states.at(-1)!;
    let world = untold;
    let now = later.getTime();
    // some states are never read, and some are read several times
    for (const state of [
      ...states.filter(() => random() < 0.7).flatMap((one) => [one, ...(random() < 0.3 ? [one] : [])]),
      last,
    ]) {
      now += 1000;
      const next = refreshed(world, state, new Date(now));
      expect(reconcile(state, { conversation: conversationOf(next.turns), told: next.told })).toEqual(nothing);
      for (const one of next.posted) told.add(one);
      world = next;
    }
    expect(shownIn(world)).toEqual(commentsIn(last));
    expect(world.told).toMatchObject({
      phase: last.status.category === 'done' ? 'resolved' : 'open',
      seen: { key: last.key, status: last.status.name, assignee: last.assignee },
    });
    expect(new Set(world.once).size).toBe(world.once.length);
  }
  expect([...told].toSorted()).toEqual(['assigned', 'moved', 'reopened', 'resolved', 'status']);
});

test('an older state read after a newer one, and the newer one again, ends in the newer one', () => {
  const random = seeded(52);
  for (let run = 0; run < 500; run += 1) {
    const states = [stateOf()];
    for (let step = 0; step < 6; step += 1) states.push(changedByIt(random, states.at(-1)!, step));
    const last = states.at(-1)!;
    const shuffled = [...states, ...states].toSorted(() => random() - 0.5);
    let now = later.getTime();
    const world = [...shuffled, last].reduce((before, state) => {
      now += 1000;
      return refreshed(before, state, new Date(now));
    }, untold);
    expect(shownIn(world)).toEqual(commentsIn(last));
    expect(world.told.phase).toBe(last.status.category === 'done' ? 'resolved' : 'open');
    const ids = world.turns.filter(isFromTicket).map((turn) => turn.comment?.id);
    expect(new Set(ids).size).toBe(ids.length);
  }
});
