import { goesOn, type Ongoing } from '#domain/chat-thread.ts';
import { type Decision, NOTHING_SEARCHED } from '#domain/decision.ts';

const start = new Date('2026-03-02T09:00:00Z');
const [minutes, hours, days] = [60_000, 3_600_000, 86_400_000];

const answered: Decision = { kind: 'answer', quote: 'Restart it.', citations: [], grounds: NOTHING_SEARCHED };
const askedBack: Decision = { kind: 'ask', about: 'nothing-asked', grounds: NOTHING_SEARCHED };
const opened = { kind: 'report', news: 'ticket-open', reason: 'unsure', grounds: NOTHING_SEARCHED } as const;
const solved: Decision = { kind: 'silent', reason: 'solved', grounds: NOTHING_SEARCHED };

function going(fields: Partial<Ongoing> = {}): Ongoing {
  return {
    requesterRef: 'teams/t/rita',
    isQuoted: false,
    lastAt: start,
    lastBy: 'bot',
    lastDecision: answered,
    phase: null,
    said: 'my vpn drops when I work from home',
    ...fields,
  };
}

function said(text: string, afterMs: number, fields: { authorRef?: string; addressed?: boolean } = {}) {
  return {
    text,
    place: 'direct' as const,
    authorRef: 'teams/t/rita',
    addressed: true,
    sentAt: new Date(start.getTime() + afterMs),
    ...fields,
  };
}

test.each([
  ['a follow-up after the answer', going(), said('and on Linux?', 5 * minutes), true],
  ['the same after a long pause', going(), said('and on Linux?', 2 * hours), false],
  ['the answer to a question of ours', going({ lastDecision: askedBack }), said('my vpn drops', 5 * hours), true],
  [
    'the answer to what was asked with the ticket',
    going({ phase: 'open', lastDecision: { ...opened, detail: 'Which printer is it?' } }),
    said('the one on the second floor', 5 * hours),
    true,
  ],
  ['but not two days later', going({ lastDecision: askedBack }), said('my vpn drops', 2 * days), false],
  ['the answer to a question of IT', going({ phase: 'open', lastBy: 'agent' }), said('It is this one', 2 * days), true],
  ['something new while a ticket waits', going({ phase: 'open' }), said('how do I print?', 2 * hours), false],
  ['whether it is solved', going({ phase: 'resolved' }), said('no, it still flickers', 3 * days), true],
  ['what comes after it was solved', going({ lastDecision: solved }), said('my printer is jammed', minutes), false],
  ['thanks after it was solved', going({ lastDecision: solved }), said('thanks!', minutes), true],
  ['that it was not', going({ phase: 'closed' }), said('Sorry, it drops again', minutes), true],
  ['a late “still”, which is of something else', going({ phase: 'closed' }), said('still no parking', 2 * days), false],
  ['what quotes it, whenever', going({ phase: 'closed', isQuoted: true }), said('my printer', 9 * days), true],
  ['another matter right after the answer', going(), said('how do I reset my password?', minutes), false],
  [
    'another trouble right after the answer',
    going(),
    said('The printer on the second floor is jammed', minutes),
    false,
  ],
  ['the same trouble in other words', going(), said('why does the VPN disconnect at home?', minutes), true],
  ['a question about the answer', going(), said('where is that menu?', minutes), true],
  ['“it does not”', going(), said('it does not help', minutes), true],
  ['a detail', going(), said('My laptop is a ThinkPad X1', minutes), true],
  ['a detail for the ticket', going({ phase: 'open' }), said('Since the update of yesterday', minutes), true],
  [
    'another matter while a ticket is open',
    going({ phase: 'open' }),
    said('How do I get a new badge?', minutes),
    false,
  ],
  [
    'what may be meant for IT, which has asked',
    going({ phase: 'open', lastBy: 'agent' }),
    said('Do you mean the label below the keyboard?', minutes),
    true,
  ],
  ['a command', going(), said('status', minutes), false],
  ['what is said to be new', going(), said('new: my printer', minutes), false],
  ['a command that quotes', going({ isQuoted: true }), said('help', minutes), false],
  [
    'colleagues talking in a group',
    going(),
    said('lunch?', minutes, { authorRef: 'teams/t/ben', addressed: false }),
    false,
  ],
  ['a colleague who calls us', going(), said('how do I print?', minutes, { authorRef: 'teams/t/ben' }), false],
  ['a colleague who quotes', going({ isQuoted: true }), said('me too', minutes, { authorRef: 'teams/t/ben' }), true],
  ['what the requester says to the group', going(), said('lunch at one then', minutes, { addressed: false }), false],
  [
    'their answer to IT, in a group',
    going({ phase: 'open', lastBy: 'agent' }),
    said('the left one', minutes, { addressed: false }),
    true,
  ],
  [
    'how something else is done, after IT has written',
    going({ phase: 'open', lastBy: 'agent' }),
    said('How do I reset my password?', minutes),
    false,
  ],
  ['another matter when it is solved', going({ phase: 'resolved' }), said('My mouse is broken', minutes), false],
  ['the same again, days later', going({ phase: 'resolved' }), said('the VPN drops like before', 2 * days), true],
  ['something else, days later', going({ phase: 'resolved' }), said('My badge', 2 * days), false],
] as const)('%s: %#', (_, conversation, message, expected) => {
  expect(goesOn(conversation, message)).toBe(expected);
});
