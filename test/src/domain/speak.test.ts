import type { Action, Conversation, Turn } from '#domain/conversation.ts';
import {
  type Decision,
  type Grounds,
  type Lesson,
  type News,
  NOTHING_SEARCHED,
  type TriageCard,
} from '#domain/decision.ts';
import type { ReplyPart } from '#domain/reply.ts';
import { type Outcome, outcomeOf, replyOf, replyOfTurn, settledReplyOf, turnText } from '#domain/speak.ts';
import type { Ticket } from '#domain/ticket.ts';
import { bareTurn, file, openTicket } from './bare-turn.ts';

const vpn = { chunkId: '1', documentId: 'vpn.md', title: 'VPN', url: 'https://wiki.example/vpn' };
const corrected: Grounds = { ...NOTHING_SEARCHED, corrections: [{ from: 'droping', to: 'dropping' }] };
const answer: Decision = { kind: 'answer', quote: '1. Restart it.', citations: [vpn], grounds: corrected };
const report = (news: 'taken' | 'ticket-open' | 'told-otherwise'): Decision => ({
  kind: 'report',
  news,
  reason: 'unsure',
  grounds: NOTHING_SEARCHED,
});
const ticket = openTicket({ key: 'IT-7', url: 'https://jira.example/browse/IT-7' });

test('an answer is the quote, its source, what was searched instead, and both buttons', () => {
  expect(replyOf(answer, null)).toEqual({
    parts: [
      { kind: 'quote', markdown: '1. Restart it.' },
      { kind: 'sources', label: 'From', citations: [vpn] },
      { kind: 'note', text: 'Searched “dropping” for “droping”.' },
    ],
    buttons: ['solved', 'get-human'],
  });
});

test('the offer of a private answer is our own words with its own button', () => {
  const offer: Decision = { kind: 'offer-private', document: 'f00d', grounds: NOTHING_SEARCHED };
  const words =
    'I found something that fits, but not everyone here may read it. I can send it to you in a direct message.';
  expect(replyOf(offer, null)).toEqual({
    parts: [{ kind: 'text', text: words }],
    buttons: ['answer-privately', 'get-human'],
  });
  expect(turnText(offer, null)).toBe(words);
});

test.each([
  ['solved', 'Marked as solved by Inês'],
  ['get-human', 'Handed over to the IT team for Inês'],
  ['answer-privately', 'Sent privately to Inês'],
] as const)('after the click "%s" a line takes the place of the buttons', (action, text) => {
  const settled = settledReplyOf(answer, { action, byName: 'Inês' });
  expect(settled?.buttons).toEqual([]);
  expect(settled?.parts.at(-1)).toEqual({ kind: 'note', text });
});

test('the ticket is named with its key and link', () => {
  expect(replyOf(report('ticket-open'), ticket)).toMatchObject({
    parts: [{ kind: 'ticket', before: expect.stringContaining('no sure answer'), key: 'IT-7', url: ticket.url }],
    buttons: [],
  });
});

test.each([
  [{ kind: 'silent', reason: 'solved', grounds: NOTHING_SEARCHED }],
  [{ kind: 'forward', grounds: NOTHING_SEARCHED }],
  [{ kind: 'escalate', reason: 'unsure', grounds: NOTHING_SEARCHED }],
] as const)('nothing is posted for %j', (decision) => {
  expect(replyOf(decision, null)).toBeNull();
});

test.each(['taken', 'told-otherwise'] as const)(
  'the news "%s" is plain words without buttons or error text',
  (news) => {
    expect(replyOf(report(news), null)).toEqual({ parts: [{ kind: 'text', text: expect.any(String) }], buttons: [] });
  },
);

test.each([
  [answer, null, '1. Restart it.\nVPN: https://wiki.example/vpn'],
  [report('taken'), null, expect.stringMatching(/^Your request is taken/)],
  [report('ticket-open'), ticket, expect.stringContaining('IT-7')],
  [{ kind: 'escalate', reason: 'unsure', grounds: NOTHING_SEARCHED } as const, null, ''],
])('the transcript has the words that were shown: %j', (decision, open, expected) => {
  expect(turnText(decision, open)).toEqual(expected);
});

const searched = NOTHING_SEARCHED;
const told = (news: News, detail?: string): Decision => ({
  kind: 'report',
  news,
  reason: 'unsure',
  ...(detail === undefined ? {} : { detail }),
  grounds: searched,
});
const text = (words: string): ReplyPart => ({ kind: 'text', text: words });

describe('news of the ticket', () => {
  test.each<[News, string | undefined, string, readonly Action[]]>([
    ['assigned', 'Ben Ito', 'Ben Ito from IT has taken this.', []],
    ['status', 'IT is working on it.', 'IT is working on it.', []],
    ['resolved', '', 'IT says that this is solved. Is it solved for you?', ['solved', 'not-yet']],
    ['resolved', undefined, 'IT says that this is solved. Is it solved for you?', ['solved', 'not-yet']],
    [
      'resolved',
      'it is dealt with in another request',
      'IT says that this is solved: it is dealt with in another request. Is it solved for you?',
      ['solved', 'not-yet'],
    ],
    [
      'followed-resolved',
      '',
      'IT says that the problem you follow is solved. If yours is not, get a human.',
      ['get-human'],
    ],
    ['followed-reopened', '', 'The problem you follow is open again, and IT knows.', []],
    [
      'followed-gone',
      '',
      'The ticket you follow is no longer there. If you still need help, get a human.',
      ['get-human'],
    ],
    ['reopened', '', 'This is open again, and IT knows.', []],
    ['reopened', 'They are back on Monday.', 'This is open again, and IT knows. They are back on Monday.', []],
    ['moved', 'OPS-9', 'Your ticket has moved: it is OPS-9 now. Everything goes on here as before.', []],
    [
      'gone',
      '',
      'The ticket of this conversation is no longer there. If you still need help, get a human.',
      ['get-human'],
    ],
  ])('%s %j is a plain sentence, with what can be done about it', (news, detail, words, buttons) => {
    expect(replyOf(told(news, detail), ticket)).toEqual({ parts: [text(words)], buttons });
    expect(turnText(told(news, detail), ticket)).toBe(words);
  });

  test('what is to be said with a new ticket stands below its key', () => {
    const detail = 'A person will look at it on Monday from 09:00. Which printer is it?';
    const { parts = [], buttons } = replyOf(told('ticket-open', detail), ticket) ?? {};
    expect(parts.map(({ kind }) => kind)).toEqual(['ticket', 'text']);
    expect([parts[1], buttons]).toEqual([text(detail), []]);
  });

  test('a ticket that has no key yet is not named', () => {
    const unmade = openTicket({ id: null, key: null, url: null });
    expect(replyOf(told('ticket-open'), unmade)?.parts).toEqual([text('Your ticket is open.')]);
  });

  test('another ticket for what is not solved says why', () => {
    const report: Decision = { kind: 'report', news: 'ticket-open', reason: 'came-back', grounds: searched };
    expect(turnText(report, ticket)).toMatch(/^As it is not solved, I have opened another ticket: IT-7\./);
  });
});

describe('a problem that many have', () => {
  const incident = { conversationId: '7', key: 'IT-42', url: 'https://jira.example/browse/IT-42', people: 4 };

  test('is offered by the key of its ticket, with how many have asked, and no word of theirs', () => {
    expect(replyOf({ kind: 'offer-follow', incident, grounds: searched }, null)).toEqual({
      parts: [
        {
          kind: 'ticket',
          before: '4 people have asked about something like this lately, and IT knows. Is yours the same as ',
          key: 'IT-42',
          url: incident.url,
          after: '? Follow it to get its news here. If yours is something else, get a human.',
        },
      ],
      buttons: ['follow', 'get-human'],
    });
  });

  test('is followed, and there is still a way to a person', () => {
    const follows: Decision = { kind: 'follow', incident, grounds: searched };
    expect(replyOf(follows, null)?.buttons).toEqual(['get-human']);
    expect(turnText(follows, null)).toBe('You follow IT-42 now. What is new there I will tell you here.');
  });
});

test('whoever agrees that it is solved is asked for a rating', () => {
  const words = 'Good to hear that it is solved. How did this go?';
  expect(replyOf({ kind: 'close', grounds: searched }, ticket)).toEqual({
    parts: [text(words)],
    buttons: ['rate-1', 'rate-2', 'rate-3', 'rate-4', 'rate-5'],
  });
});

test('whoever has rated it before is only thanked', () => {
  const words = 'Good to hear that it is solved. Thank you!';
  expect(replyOf({ kind: 'close', rated: true, grounds: searched }, ticket)).toEqual({
    parts: [text(words)],
    buttons: [],
  });
});

test('that it is opened again is said when it is, not before', () => {
  expect(replyOf({ kind: 'reopen', grounds: searched }, ticket)).toBeNull();
});

describe('in the triage channel', () => {
  const card: TriageCard = {
    summary: 'my vpn drops',
    requester: 'Inês',
    why: 'The employee asked for a person.',
    urgency: '',
    thread: 'https://slack.example/p1',
    takenBy: null,
    mutedBy: null,
  };
  const shownCard = (fields: Partial<TriageCard> = {}, open: Ticket | null = ticket) =>
    replyOf({ kind: 'triage', card: { ...card, ...fields }, grounds: searched }, open);
  const link = {
    kind: 'link',
    before: 'From Inês. The employee asked for a person. ',
    text: 'Open the thread',
    url: card.thread,
    after: '',
  };
  const title = { kind: 'ticket', before: '', key: 'IT-7', url: ticket.url, after: ': my vpn drops' };
  const note = (words: string) => ({ kind: 'note', text: words });

  test('a request is its ticket, whose it is and why, with three buttons', () => {
    expect(shownCard()).toEqual({ parts: [title, link], buttons: ['take', 'answer-here', 'mute'] });
  });

  test('the urgency is said first', () => {
    const urgency = 'Urgency: critical. The requester says “my laptop was stolen”.';
    expect(shownCard({ urgency })?.parts).toEqual([title, text(urgency), link]);
  });

  test('without a ticket it is a new request', () => {
    const unmade = openTicket({ id: null, key: null, url: null });
    for (const open of [null, unmade]) expect(shownCard({}, open)?.parts[0]).toEqual(text('New request: my vpn drops'));
  });

  test.each<[Partial<TriageCard>, string, readonly Action[]]>([
    [{ takenBy: 'Ben Ito' }, 'Taken by Ben Ito.', ['answer-here', 'mute']],
    [{ mutedBy: 'Ana Reis' }, 'Muted by Ana Reis: nothing more about it is posted here.', ['answer-here']],
    [
      { takenBy: 'Ben Ito', mutedBy: 'Ana Reis' },
      'Taken by Ben Ito. Muted by Ana Reis: nothing more about it is posted here.',
      ['answer-here'],
    ],
  ])('%j is said, and leaves what can still be done', (fields, words, buttons) => {
    expect(shownCard(fields)).toEqual({ parts: [title, link, note(words)], buttons });
  });

  const lesson: Lesson = {
    lessonId: '3',
    question: 'Why does my vpn drop?',
    answer: '1. Restart it.',
    state: 'proposed',
    by: null,
  };
  test.each<[Partial<Lesson>, string | null, readonly Action[]]>([
    [{}, null, ['approve', 'edit', 'discard']],
    [{ state: 'approved', by: 'Ben Ito' }, 'Approved by Ben Ito: this is what I answer from now on.', []],
    [{ state: 'approved' }, 'Approved by IT: this is what I answer from now on.', []],
    [{ state: 'discarded', by: 'Ben Ito' }, 'Discarded by Ben Ito.', []],
  ])('what is to be learnt, %j', (fields, outcome, buttons) => {
    expect(replyOf({ kind: 'lesson', lesson: { ...lesson, ...fields }, grounds: searched }, ticket)).toEqual({
      parts: [
        text('IT-7 is solved. Shall I answer this from now on?'),
        text('Question: Why does my vpn drop?'),
        text('Answer:'),
        { kind: 'quote', markdown: '1. Restart it.' },
        ...(outcome === null ? [] : [note(outcome)]),
      ],
      buttons,
    });
  });
});

const at = new Date('2026-03-01T09:00:00Z');
const turn = (id: string, fields: Partial<Turn>): Turn => ({
  ...bareTurn,
  id,
  author: 'requester',
  personRef: 'slack/T1/U1',
  text: '',
  at,
  ...fields,
});
const posted = (id: string, decision: Decision) => turn(id, { author: 'bot', personRef: null, decision });

describe('a turn as it is posted', () => {
  const fromIt = { author: 'agent', personRef: null, authorName: 'Ben Ito', text: 'Try *this*.' } as const;

  test('an agent’s words are said in their name, and files are named', () => {
    const said = { kind: 'said', who: 'Ben Ito', markdown: 'Try *this*.' };
    expect(replyOfTurn(turn('2', fromIt), ticket)).toEqual({ parts: [said], buttons: [] });
    expect(replyOfTurn(turn('2', { ...fromIt, files: [file('a.png'), file('b.txt')] }), ticket)).toEqual({
      parts: [said, { kind: 'note', text: 'With files: a.png, b.txt' }],
      buttons: [],
    });
  });

  test('a file that is named among the words is not named again', () => {
    const words = { ...fromIt, text: String.raw`Like this: \[a.png\]` };
    const said = { kind: 'said', who: 'Ben Ito', markdown: words.text };
    expect(replyOfTurn(turn('2', { ...words, files: [file('a.png'), file('b.txt')] }), ticket)?.parts).toEqual([
      said,
      { kind: 'note', text: 'With files: b.txt' },
    ]);
    expect(replyOfTurn(turn('2', { ...words, files: [file('a.png')] }), ticket)?.parts).toEqual([said]);
  });

  test('a file that is not carried over is named with where it is and why', () => {
    const limits = { largestBytes: 1_000, refusedTypes: ['iso'] };
    const files = [file('a.png'), file('keys.iso')];
    const why = 'files of the type iso are not carried over';
    const notesOf = (fields: Partial<Turn>) =>
      replyOfTurn(turn('2', { ...fromIt, files, ...fields }), ticket, limits)?.parts.slice(1);
    const shown = { kind: 'note', text: 'With files: a.png' };
    expect(notesOf({})).toEqual([shown, { kind: 'note', text: `keys.iso is only on the ticket: ${why}` }]);
    expect(notesOf({ personRef: 'slack/T1/ben' })).toEqual([
      shown,
      { kind: 'note', text: `keys.iso stays with IT: ${why}` },
    ]);
  });

  test('an agent without a name is somebody', () => {
    expect(replyOfTurn(turn('2', { ...fromIt, authorName: null }), ticket)?.parts).toMatchObject([{ who: 'Someone' }]);
  });

  test('our own decisions are what they say', () => {
    expect(replyOfTurn(posted('2', answer), null)).toEqual(replyOf(answer, null));
  });

  test.each<[string, Partial<Turn>]>([
    ['what people write themselves', { text: 'my vpn drops' }],
    ['what IT staff write in the triage channel', { ...fromIt, personRef: 'slack/T1/U9', stage: 'triage' }],
    ['a press', { action: 'solved' }],
  ])('%s is not posted', (_, fields) => {
    expect(replyOfTurn(turn('2', fields), ticket)).toBeNull();
  });
});

describe('what has become of a post with buttons', () => {
  const conversationOf = (turns: readonly Turn[], open: Ticket | null): Conversation => ({
    id: '1',
    name: 'c0ffee',
    address: { platform: 'slack', ref: 'T1/C1/1' },
    place: 'channel',
    requesterRef: 'slack/T1/U1',
    turns,
    handledThrough: '0',
    version: 1,
    ticket: open,
  });
  const resolved = posted('2', told('resolved', ''));
  const closing = posted('4', { kind: 'close', grounds: searched });
  const click = (action: Action, fields: Partial<Turn> = {}) => turn('3', { action, aboutTurnId: '2', ...fields });
  const phase = (of: Ticket['phase']) => openTicket({ phase: of });

  test.each<[string, readonly Turn[], Ticket | null, string]>([
    ['the click on it', [resolved, click('solved')], phase('closed'), 'solved'],
    ['another click on it', [resolved, click('not-yet')], phase('open'), 'not-yet'],
    [
      'the form after it is no click',
      [resolved, click('not-yet', { values: { text: 'no' } })],
      phase('closed'),
      'silent',
    ],
    ['a click on another post is none', [resolved, click('solved', { aboutTurnId: '1' })], phase('open'), 'not-yet'],
    ['a colleague’s click is none', [resolved, click('solved', { author: 'colleague' })], phase('open'), 'not-yet'],
    ['the requester said that it is solved', [resolved, closing], phase('closed'), 'solved'],
    ['nobody said anything', [resolved], phase('closed'), 'silent'],
    ['what was said opened it again', [resolved], phase('open'), 'not-yet'],
    ['an answer, and thanks for it', [posted('2', answer)], null, 'solved'],
    ['an answer, and a ticket all the same', [posted('2', answer)], phase('open'), 'get-human'],
    ['a rating', [posted('2', { kind: 'close', grounds: searched }), click('rate-4')], phase('closed'), 'rate-4'],
  ])('%s', (_, turns, open, action) => {
    expect(outcomeOf(conversationOf(turns, open), turns[0]!)).toEqual({ action, personRef: 'slack/T1/U1' });
  });

  test.each<[Outcome['action'], string]>([
    ['not-yet', 'Not solved yet, says Inês'],
    ['follow', 'Followed by Inês'],
    ['rate-4', 'Rated 4 of 5 by Inês. Thank you!'],
    ['silent', 'Closed, because nobody said that it is not solved. Write here if it is not.'],
  ])('%s is told in the place of the buttons', (action, words) => {
    const settled = settledReplyOf(told('resolved', ''), { action, byName: 'Inês' });
    expect(settled?.parts.at(-1)).toEqual({ kind: 'note', text: words });
    expect(settled?.buttons).toEqual([]);
  });
});
