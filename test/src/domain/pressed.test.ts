import type { Action, Click, Conversation, Turn } from '#domain/conversation.ts';
import { NOTHING_SEARCHED, type TriageCard, type Verdict } from '#domain/decision.ts';
import { afterPress, isOffered, TOO_LATE } from '#domain/pressed.ts';
import { bareTurn } from './bare-turn.ts';

const at = new Date('2026-03-02T09:00:00Z');
const address = { platform: 'teams', ref: 't/19%3Ac/1' } as const;
const rita = 'teams/t/rita';

const answer: Turn = {
  ...bareTurn,
  id: '2',
  author: 'bot',
  personRef: null,
  text: 'Restart it.',
  at,
  decision: { kind: 'answer', quote: 'Restart it.', citations: [], grounds: NOTHING_SEARCHED },
};

function press(action: Click['action'], fields: Partial<Click> = {}): Click {
  return { eventId: 'e', address, turnId: '2', personRef: rita, action, at, values: null, by: 'Rita', ...fields };
}

function conversation(click: Click, turn: Turn = answer): Conversation {
  const author = click.personRef === rita ? 'requester' : 'colleague';
  const pressed: Turn = {
    ...bareTurn,
    id: '3',
    author,
    personRef: click.personRef,
    text: '',
    at,
    action: click.action,
    values: click.values,
    aboutTurnId: '2',
  };
  const question: Turn = { ...bareTurn, id: '1', author: 'requester', personRef: rita, text: 'my vpn drops', at };
  const turns = [question, turn, pressed];
  const own = { id: '5', name: 'n', address, place: 'channel', requesterRef: rita } as const;
  return { ...own, turns, handledThrough: '2', version: 2, ticket: null };
}

test('Solved shows who said so, in the place of the buttons', () => {
  const { reply, form, refusal } = afterPress(conversation(press('solved')), press('solved'));
  expect(reply?.buttons).toEqual([]);
  expect(reply?.parts.at(-1)).toEqual({ kind: 'note', text: 'Marked as solved by Rita' });
  expect([form, refusal]).toEqual([null, null]);
});

test('Get a human has its form, also for a platform that opens it later', () => {
  const { reply, form } = afterPress(conversation(press('get-human')), press('get-human'));
  expect(form?.action).toBe('details');
  expect(reply?.form).toBe('get-human');
});

test('what a colleague presses is refused, and the answer stays', () => {
  const click = press('solved', { personRef: 'teams/t/ben' });
  expect(afterPress(conversation(click), click)).toEqual({
    form: null,
    reply: null,
    refusal: expect.stringContaining('Only the person who asked'),
  });
});

test('thumbs are anybody’s, and change nothing that is seen', () => {
  const click = press('not-helpful', { personRef: 'teams/t/ben' });
  expect(afterPress(conversation(click), click)).toEqual({ form: null, reply: null, refusal: null });
});

test('a form that is sent opens no other', () => {
  const click = press('details', { values: { summary: 'x' } });
  expect(afterPress(conversation(click), click)).toEqual({ form: null, reply: null, refusal: null });
});

test('that a private answer is sent is not said before it is', () => {
  expect(afterPress(conversation(press('answer-privately')), press('answer-privately')).reply).toBeNull();
});

test.each([
  ['is not known', press('solved', { turnId: '77' }), answer],
  ['was taken back', press('solved'), { ...answer, withdrawn: true }],
])('a press on what %s says that it is too late', (_, click, turn) => {
  expect(afterPress(conversation(click, turn), click)).toEqual(TOO_LATE);
});

describe('what a post has to press', () => {
  const card: TriageCard = {
    summary: 'my vpn drops',
    requester: 'Rita',
    why: 'w',
    urgency: '',
    thread: 't',
    takenBy: 'Ben',
    mutedBy: 'Ben',
    solved: true,
  };
  const lesson = { lessonId: '1', question: 'q', answer: 'a', state: 'approved', by: 'Ben' } as const;
  const incident = { conversationId: '1', key: 'IT-1', url: 'u', people: 3 };
  const request = { conversationId: '1', key: 'IT-1', url: 'u', thread: '' };
  const news = (kind: Extract<Verdict, { kind: 'report' }>['news']): Verdict => {
    return { kind: 'report', news: kind, reason: 'unsure' };
  };
  const shows = (verdict: Verdict): Turn => ({
    ...answer,
    stage: verdict.kind === 'triage' || verdict.kind === 'lesson' ? 'triage' : 'thread',
    decision: { ...verdict, grounds: NOTHING_SEARCHED },
  });
  const all: readonly Action[] = [
    ...(['solved', 'get-human', 'answer-privately', 'not-yet', 'follow', 'continue', 'rate-1', 'rate-5'] as const),
    ...(['details', 'comment-rating', 'helpful', 'not-helpful'] as const),
    ...(['take', 'answer-here', 'mute', 'approve', 'edit', 'discard'] as const),
  ];
  const offered = (turn: Turn, values: Click['values']) =>
    all.filter((action) => isOffered(turn, press(action, { values })));
  const thumbs: readonly Action[] = ['helpful', 'not-helpful'];
  const ofAnswers = { pressed: ['solved', 'get-human', ...thumbs], sent: ['details', ...thumbs] } as const;

  test.each<[string, Verdict, { pressed: readonly Action[]; sent: readonly Action[] }]>([
    ['an answer', { kind: 'answer', quote: '', citations: [] }, ofAnswers],
    ['a suggestion', { kind: 'suggest', citations: [] }, ofAnswers],
    [
      'an offer to answer privately',
      { kind: 'offer-private', document: 'd' },
      { pressed: ['get-human', 'answer-privately'], sent: ['details'] },
    ],
    ['an offer to follow', { kind: 'offer-follow', incident }, { pressed: ['get-human', 'follow'], sent: ['details'] }],
    [
      'an offer to continue',
      { kind: 'offer-continue', request },
      { pressed: ['get-human', 'continue'], sent: ['details'] },
    ],
    ['what is followed', { kind: 'follow', incident }, { pressed: ['get-human'], sent: ['details'] }],
    ['what is continued', { kind: 'continue', request }, { pressed: [], sent: [] }],
    ['help', { kind: 'help' }, { pressed: [], sent: [] }],
    ['a question back', { kind: 'ask', about: 'nothing-asked' }, { pressed: ['get-human'], sent: ['details'] }],
    // settled without a rating, it has the form of what became of it
    [
      'the question for a rating',
      { kind: 'close' },
      { pressed: ['rate-1', 'rate-5'], sent: ['details', 'comment-rating'] },
    ],
    ['thanks for a rating', { kind: 'close', rated: true }, { pressed: [], sent: [] }],
    ['the question whether it is solved', news('resolved'), { pressed: ['solved', 'not-yet'], sent: ['not-yet'] }],
    ['news that a ticket is gone', news('gone'), { pressed: ['get-human'], sent: ['not-yet', 'details'] }],
    ['other news', news('assigned'), { pressed: [], sent: [] }],
    [
      'a card, however it looks now',
      { kind: 'triage', card },
      { pressed: ['take', 'answer-here', 'mute'], sent: ['answer-here'] },
    ],
    [
      'what is to be learnt, also once it is settled',
      { kind: 'lesson', lesson },
      { pressed: ['approve', 'edit', 'discard'], sent: ['edit'] },
    ],
  ])('%s', (_, verdict, { pressed, sent }) => {
    expect(offered(shows(verdict), null)).toEqual(pressed);
    expect(offered(shows(verdict), { text: 'x' })).toEqual(sent);
  });

  test('nothing of what people said', () => {
    expect(offered({ ...answer, author: 'agent', decision: null }, null)).toEqual([]);
  });
});
