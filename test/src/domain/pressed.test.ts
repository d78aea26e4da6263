import type { Click, Conversation, Turn } from '#domain/conversation.ts';
import { NOTHING_SEARCHED } from '#domain/decision.ts';
import { afterPress, TOO_LATE } from '#domain/pressed.ts';
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
