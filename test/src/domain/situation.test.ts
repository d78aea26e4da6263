import type { Action, Conversation, Turn } from '#domain/conversation.ts';
import type { Verdict } from '#domain/decision.ts';
import { NOTHING_SEARCHED } from '#domain/decision.ts';
import { bareTurn, openTicket } from './bare-turn.ts';
import { hasPending, situationOf } from '#domain/situation.ts';

const at = new Date('2026-01-01T09:00:00Z');

function turn(id: number, said: Pick<Turn, 'author' | 'text'>, other: Partial<Turn> = {}): Turn {
  const { author, text } = said;
  return {
    ...bareTurn,
    id: String(id),
    author,
    personRef: author === 'bot' ? null : `slack/T1/${author}`,
    text,
    at,
    ...other,
  };
}

const asks = (id: number, text: string, other: Partial<Turn> = {}) =>
  turn(id, { author: 'requester', text }, { addressed: true, ...other });
const follows = (id: number, text: string) => turn(id, { author: 'requester', text });
const colleague = (id: number, text: string, other: Partial<Turn> = {}) =>
  turn(id, { author: 'colleague', text }, other);
const clicks = (id: number, action: Action, author: Turn['author'] = 'requester') =>
  turn(id, { author, text: '' }, { action, aboutTurnId: '2' });
const bot = (id: number, verdict: Verdict) =>
  turn(id, { author: 'bot', text: 'words' }, { decision: { ...verdict, grounds: NOTHING_SEARCHED } });

const cited = [{ chunkId: 'c1', documentId: 'vpn', title: 'VPN', url: 'https://wiki/vpn' }];
const answers = (id: number) => bot(id, { kind: 'answer', quote: 'q', citations: cited });
const suggests = (id: number) =>
  bot(id, { kind: 'suggest', citations: cited.map((one) => ({ ...one, documentId: 'wifi' })) });
const isSilent = (id: number) => bot(id, { kind: 'silent', reason: 'colleagues-talking' });

function conversation(turns: readonly Turn[], handledThrough: number, other: Partial<Conversation> = {}): Conversation {
  return {
    id: '1',
    name: 'c0ffee',
    address: { platform: 'slack', ref: 'T1/C1/1' },
    place: 'channel',
    requesterRef: 'slack/T1/requester',
    turns,
    handledThrough: String(handledThrough),
    version: 1,
    ticket: null,
    ...other,
  };
}

test('a first question', () => {
  expect(situationOf(conversation([asks(1, 'my vpn drops')], 0))).toEqual({
    place: 'channel',
    ticket: null,
    click: null,
    said: ['my vpn drops'],
    pictures: [],
    isAskedInPicture: false,
    requesterSaid: ['my vpn drops'],
    isAskedWhetherSolved: false,
    isColleagueAsking: false,
    isRated: false,
    notForUs: null,
    askerRef: 'slack/T1/requester',
    earlier: [],
    lastSpoken: null,
    lastAsked: null,
    answeredWith: [],
    writtenBefore: [],
    shown: [],
    offered: [],
    offeredIncident: null,
    offeredRequest: null,
    goesOnIn: null,
  });
});

test('a follow-up knows what was said and shown before', () => {
  const turns = [asks(1, 'my vpn drops'), suggests(2), follows(3, 'on my mac'), answers(4), follows(5, 'still drops')];
  expect(situationOf(conversation(turns, 3))).toMatchObject({
    said: ['still drops'],
    earlier: ['my vpn drops', 'on my mac'],
    lastSpoken: 'answer',
    answeredWith: ['c1'],
    shown: ['wifi', 'vpn'],
  });
});

test('a private answer that was offered is known, and shows nothing', () => {
  const turns = [asks(1, 'q'), bot(2, { kind: 'offer-private', document: 'f00d' }), follows(3, 'hm')];
  expect(situationOf(conversation(turns, 1))).toMatchObject({
    lastSpoken: 'offer-private',
    offered: ['f00d'],
    answeredWith: [],
    shown: [],
  });
});

test('a document is known by its source as well', () => {
  const citations = [{ ...cited[0]!, source: 'notion' }];
  const turns = [asks(1, 'q'), bot(2, { kind: 'suggest', citations }), follows(3, 'hm')];
  expect(situationOf(conversation(turns, 1)).shown).toEqual(['notion/vpn']);
});

test('silence and news are not how we last spoke', () => {
  const turns = [
    asks(1, 'hi'),
    bot(2, { kind: 'ask', about: 'nothing-asked' }),
    isSilent(3),
    bot(4, { kind: 'report', news: 'taken', reason: 'unsure' }),
  ];
  expect(situationOf(conversation(turns, 1)).lastSpoken).toBe('ask');
});

type Heard = readonly [string, readonly Turn[], number, readonly string[], string | null];

test.each<Heard>([
  ['messages in a row', [asks(1, 'hi'), follows(2, 'my vpn drops')], 0, ['hi', 'my vpn drops'], null],
  [
    'a follow-up without a mention',
    [asks(1, 'q'), answers(2), follows(3, 'and on linux?')],
    1,
    ['and on linux?'],
    null,
  ],
  ['a colleague', [asks(1, 'q'), answers(2), colleague(3, 'try this')], 1, [], 'not-addressed'],
  [
    'the requester after a colleague',
    [asks(1, 'q'), answers(2), colleague(3, 'try this'), isSilent(4), follows(5, 'ok, will do')],
    3,
    [],
    'colleagues-talking',
  ],
  [
    'both at once',
    [asks(1, 'q'), answers(2), colleague(3, 'try this'), follows(4, 'ok, will do')],
    1,
    [],
    'colleagues-talking',
  ],
  [
    'the requester calls us back',
    [asks(1, 'q'), answers(2), colleague(3, 'try this'), asks(4, 'and on linux?')],
    3,
    ['and on linux?'],
    null,
  ],
  [
    'the requester after we came back',
    [asks(1, 'q'), answers(2), colleague(3, 'hm'), asks(4, 'again'), answers(5), follows(6, 'and on linux?')],
    4,
    ['and on linux?'],
    null,
  ],
  [
    'a colleague chimes in on a question',
    [asks(1, 'my vpn drops'), colleague(2, 'mine too')],
    0,
    ['my vpn drops'],
    null,
  ],
  [
    'a colleague calls us',
    [asks(1, 'q'), answers(2), colleague(3, 'and on linux?', { addressed: true })],
    1,
    ['and on linux?'],
    null,
  ],
  ['taken back', [asks(1, 'my vpn drops', { withdrawn: true })], 0, [], 'withdrawn'],
  [
    'taken back in part',
    [asks(1, 'my vpn drops', { withdrawn: true }), follows(2, 'my wifi drops')],
    0,
    ['my wifi drops'],
    null,
  ],
  ['a bare mention', [asks(1, '')], 0, [''], null],
  [
    'an agent speaks from the ticket',
    [asks(1, 'q'), turn(2, { author: 'agent', text: 'which office?' })],
    1,
    [],
    'not-addressed',
  ],
])('what is meant for us: %s', (...[, turns, handledThrough, said, notForUs]) => {
  expect(situationOf(conversation(turns, handledThrough))).toMatchObject({ said, notForUs });
});

test('whoever spoke to us last is the asker, whose rights count', () => {
  const turns = [asks(1, 'q'), answers(2), colleague(3, 'and for me?', { addressed: true })];
  expect(situationOf(conversation(turns, 1)).askerRef).toBe('slack/T1/colleague');
});

test.each([
  ['get a human', [clicks(3, 'get-human')], 'get-human', []],
  ['solved', [clicks(3, 'solved')], 'solved', []],
  ['solved, then get a human', [clicks(3, 'solved'), clicks(4, 'get-human')], 'get-human', []],
  ['words, then solved', [follows(3, 'works'), clicks(4, 'solved')], 'solved', []],
  ['solved, then words', [clicks(3, 'solved'), follows(4, 'how do I print')], 'solved', ['how do I print']],
  ['words, then get a human', [follows(3, 'still drops'), clicks(4, 'get-human')], 'get-human', ['still drops']],
  ["a colleague's click", [clicks(3, 'get-human', 'colleague')], null, []],
  ['a private answer', [clicks(3, 'answer-privately')], 'answer-privately', []],
  ['a private answer, then get a human', [clicks(3, 'answer-privately'), clicks(4, 'get-human')], 'get-human', []],
  ["a private answer to a colleague's click", [clicks(3, 'answer-privately', 'colleague')], null, []],
  [
    'words, then a private answer',
    [follows(3, 'and on linux?'), clicks(4, 'answer-privately')],
    'answer-privately',
    ['and on linux?'],
  ],
] as const)('clicks: %s', (...[, pending, click, said]) => {
  expect(situationOf(conversation([asks(1, 'q'), answers(2), ...pending], 1))).toMatchObject({ click, said });
});

test('with a ticket nothing that was said is lost to a click on solved', () => {
  const turns = [asks(1, 'q'), answers(2), follows(3, 'it was the cable'), clicks(4, 'solved')];
  const ticket = openTicket();
  expect(situationOf(conversation(turns, 1, { ticket }))).toMatchObject({
    ticket: 'open',
    said: ['it was the cable'],
  });
});

test.each(['open', 'resolved', 'closed'] as const)('of a ticket that is %s it is known', (phase) => {
  const turns = [asks(1, 'q'), bot(2, { kind: 'escalate', reason: 'unsure' }), follows(3, 'it drops again')];
  expect(situationOf(conversation(turns, 1, { ticket: openTicket({ phase }) }))).toMatchObject({
    ticket: phase,
    said: ['it drops again'],
    requesterSaid: ['it drops again'],
  });
});

test('a ticket that is gone is none: it goes on as if there had never been one', () => {
  const chat = [asks(1, 'q'), answers(2), colleague(3, 'try this'), follows(4, 'ok')];
  const ticket = openTicket({ phase: 'gone' });
  expect(situationOf(conversation(chat, 1, { ticket }))).toMatchObject({
    ticket: null,
    said: [],
    requesterSaid: [],
    notForUs: 'colleagues-talking',
  });
});

test('it is known what of what is said to the ticket is the requester’s', () => {
  const ticket = openTicket({ phase: 'resolved' });
  const said = (...turns: readonly Turn[]) =>
    situationOf(conversation([asks(1, 'q'), ...turns], 1, { ticket })).requesterSaid;
  expect([said(colleague(2, 'mine too')), said(colleague(2, 'mine too'), follows(3, 'no'))]).toEqual([[], ['no']]);
  expect(said(follows(2, 'no'), colleague(3, 'mine too'))).toEqual(['no']);
  expect(said(asks(2, 'no', { withdrawn: true }), colleague(3, 'mine too'))).toEqual([]);
});

const incident = { conversationId: '7', key: 'IT-42', url: 'https://jira/IT-42', people: 4 };

test('the ticket of others that was last offered is known, and news of tickets are not how we last spoke', () => {
  const before = { ...incident, conversationId: '6', key: 'IT-41' };
  const turns = [
    asks(1, 'my vpn drops'),
    bot(2, { kind: 'offer-follow', incident: before }),
    bot(3, { kind: 'offer-follow', incident }),
    bot(4, { kind: 'report', news: 'status', reason: 'unsure', detail: 'IT is working on it.' }),
    bot(5, { kind: 'reopen' }),
  ];
  expect(situationOf(conversation(turns, 1))).toMatchObject({ offeredIncident: incident, lastSpoken: 'offer-follow' });
});

const isSolved = (id: number) => bot(id, { kind: 'report', news: 'resolved', reason: 'unsure' });
const agentSays = (id: number, other: Partial<Turn> = {}) =>
  turn(id, { author: 'agent', text: 'does it work?' }, other);

test.each<[string, readonly Turn[], boolean]>([
  ['nothing else was said', [isSolved(2), follows(3, 'yes')], true],
  ['it was asked again', [isSolved(2), agentSays(3), isSolved(4), follows(5, 'yes')], true],
  [
    'IT said something in the triage channel',
    [isSolved(2), agentSays(3, { stage: 'triage' }), follows(4, 'yes')],
    true,
  ],
  ['somebody said something afterwards', [isSolved(2), follows(3, 'yes'), colleague(4, 'mine too')], true],
  ['IT has said something since', [isSolved(2), agentSays(3), follows(4, 'yes')], false],
  [
    'a colleague has said something since',
    [isSolved(2), colleague(3, 'did you restart it?'), follows(4, 'yes')],
    false,
  ],
  ['it was never asked', [follows(2, 'yes')], false],
])('the requester answers whether it is solved: %s', (_, turns, expected) => {
  const ticket = openTicket({ phase: 'resolved' });
  expect(situationOf(conversation([asks(1, 'q'), ...turns], 1, { ticket })).isAskedWhetherSolved).toBe(expected);
});

test.each<[string, readonly Turn[], Partial<ReturnType<typeof situationOf>>]>([
  [
    'a colleague addresses us',
    [colleague(2, 'mine too'), colleague(3, 'how do I print?', { addressed: true })],
    { isColleagueAsking: true, said: ['how do I print?'], askerRef: 'slack/T1/colleague', ticket: 'closed' },
  ],
  ['a colleague says something', [colleague(2, 'mine too')], { isColleagueAsking: false, said: ['mine too'] }],
  [
    'the requester says something as well',
    [colleague(2, 'how do I print?', { addressed: true }), follows(3, 'it drops again')],
    { isColleagueAsking: false, said: ['how do I print?', 'it drops again'] },
  ],
  [
    'it was taken back',
    [colleague(2, 'how do I print?', { addressed: true, withdrawn: true })],
    { isColleagueAsking: false, said: [] },
  ],
])('in the thread of a closed ticket: %s', (_, turns, expected) => {
  const ticket = openTicket({ phase: 'closed' });
  expect(situationOf(conversation([asks(1, 'q'), ...turns], 1, { ticket }))).toMatchObject(expected);
});

test('in the thread of a ticket that is not closed a colleague speaks to IT', () => {
  const turns = [asks(1, 'q'), colleague(2, 'how do I print?', { addressed: true })];
  for (const phase of ['open', 'resolved'] as const) {
    const ticket = openTicket({ phase });
    expect(situationOf(conversation(turns, 1, { ticket })).isColleagueAsking).toBe(false);
  }
});

test.each([
  ['rated', [asks(1, 'q'), answers(2), clicks(3, 'rate-4'), clicks(4, 'solved')], true],
  ['not rated', [asks(1, 'q'), answers(2), clicks(4, 'solved')], false],
  ['rated by a colleague', [asks(1, 'q'), answers(2), clicks(3, 'rate-4', 'colleague')], false],
] as const)('it is known whether the ticket is rated: %s', (_, turns, expected) => {
  const ticket = openTicket({ phase: 'resolved', throughTurnId: '1' });
  expect(situationOf(conversation(turns, 3, { ticket })).isRated).toBe(expected);
});

test('the rating of the ticket before is none of the one that continues it', () => {
  const turns = [asks(1, 'q'), clicks(2, 'rate-4'), follows(3, 'again'), clicks(4, 'solved')];
  const ticket = openTicket({ phase: 'resolved', throughTurnId: '3' });
  expect(situationOf(conversation(turns, 3, { ticket })).isRated).toBe(false);
});

test('a click to follow that was carried out is none any more, though what was said with it still waits', () => {
  const followed = bot(5, { kind: 'follow', incident });
  const turns = [asks(1, 'q'), bot(2, { kind: 'offer-follow', incident }), follows(3, 'q2'), clicks(4, 'follow')];
  expect(situationOf(conversation(turns, 2))).toMatchObject({ click: 'follow', said: ['q2'] });
  expect(situationOf(conversation([...turns, followed], 2))).toMatchObject({ click: null, said: ['q2'] });
});

test('what only IT staff see is not how we last spoke', () => {
  const lesson = { lessonId: '1', question: 'q', answer: 'a', state: 'proposed', by: null } as const;
  const turns = [asks(1, 'q'), answers(2), bot(3, { kind: 'lesson', lesson }), follows(4, 'and on linux?')];
  expect(situationOf(conversation(turns, 1)).lastSpoken).toBe('answer');
});

test.each([
  ['not yet outweighs solved', [clicks(3, 'not-yet'), clicks(4, 'solved')], 'not-yet'],
  ['a person outweighs not yet', [clicks(3, 'get-human'), clicks(4, 'not-yet')], 'get-human'],
  ['a person outweighs to follow', [clicks(3, 'follow'), clicks(4, 'get-human')], 'get-human'],
  ['to follow outweighs solved', [clicks(3, 'solved'), clicks(4, 'follow')], 'follow'],
  ['a rating', [clicks(3, 'rate-4')], 'rate-4'],
  ['the later rating', [clicks(3, 'rate-4'), clicks(4, 'rate-2')], 'rate-2'],
  ['solved outweighs a rating', [clicks(3, 'solved'), clicks(4, 'rate-2')], 'solved'],
  ['a person outweighs the form about it', [clicks(3, 'get-human'), clicks(4, 'details')], 'get-human'],
  ['a form alone', [clicks(3, 'details')], 'details'],
  ['a colleague’s are none', [clicks(3, 'not-yet', 'colleague'), clicks(4, 'rate-1', 'colleague')], null],
  ['what IT presses is none', [clicks(3, 'take', 'agent')], null],
] as const)('of several clicks what asks for something counts: %s', (...[, pending, click]) => {
  expect(situationOf(conversation([asks(1, 'q'), answers(2), ...pending], 1)).click).toBe(click);
});

test.each([
  ['an agent speaks', turn(3, { author: 'agent', text: 'which office?' })],
  ['an agent presses', clicks(3, 'take', 'agent')],
])('nothing waits for a decision when %s', (_, last) => {
  expect(hasPending(conversation([asks(1, 'q'), answers(2), last], 1))).toBe(false);
});

test('a click that was decided on is no longer pending', () => {
  expect(situationOf(conversation([asks(1, 'q'), answers(2), clicks(3, 'solved'), isSilent(4)], 3)).click).toBeNull();
});

test.each([
  ['nothing yet', [asks(1, 'q')], 0, true],
  ['all decided on', [asks(1, 'q'), answers(2)], 1, false],
  [
    'only our own news',
    [asks(1, 'q'), answers(2), bot(3, { kind: 'report', news: 'taken', reason: 'unsure' })],
    1,
    false,
  ],
  ['a click', [asks(1, 'q'), answers(2), clicks(3, 'solved')], 1, true],
  ['a message taken back', [asks(1, 'q', { withdrawn: true })], 0, true],
])('something waits for a decision: %s', (...[, turns, handledThrough, expected]) => {
  expect(hasPending(conversation(turns, handledThrough))).toBe(expected);
});

test('with a ticket everybody is heard, though colleagues talk and nobody mentions us', () => {
  const ticket = openTicket();
  const chat = [
    { ...asks(1, 'my vpn drops'), addressed: true },
    { ...asks(2, 'have you tried the cable?'), author: 'colleague' as const, addressed: false },
    { ...asks(3, 'yes, twice'), addressed: false },
  ];
  expect(situationOf(conversation(chat, 1, { ticket })).said).toEqual(['have you tried the cable?', 'yes, twice']);
  expect(situationOf(conversation(chat, 1)).said).toEqual([]);
});

test.each<[string, readonly Turn[], object]>([
  [
    'Stop while a question waits',
    [asks(3, 'my vpn drops'), clicks(4, 'stop')],
    { click: 'stop', said: ['my vpn drops'] },
  ],
  [
    'a question after Stop counts alone',
    [asks(3, 'my vpn drops'), clicks(4, 'stop'), follows(5, 'I mean my mail')],
    { click: null, said: ['I mean my mail'] },
  ],
  [
    'who asks for a person as well gets one',
    [asks(3, 'my vpn drops'), clicks(4, 'stop'), clicks(5, 'get-human')],
    { click: 'get-human', said: ['my vpn drops'] },
  ],
  ['a colleague cannot stop it', [asks(3, 'q'), clicks(4, 'stop', 'colleague')], { click: null, said: ['q'] }],
  ['Stop when all is answered', [clicks(3, 'stop')], { click: 'stop', said: [] }],
])('%s', (...[, pending, expected]) => {
  expect(situationOf(conversation([asks(1, 'first'), answers(2), ...pending], 2))).toMatchObject(expected);
});

test('pictures that wait are named, those that are gone are not', () => {
  const picture = { name: 'error.png', ref: 'F1', mimeType: 'image/png', bytes: 10 };
  const text = { ...picture, name: 'a.txt', mimeType: 'text/plain' };
  const turns = [asks(1, '', { files: [picture, text, { ...picture, name: 'b.png', gone: true }] })];
  expect(situationOf(conversation(turns, 0)).pictures).toEqual([picture]);
});
