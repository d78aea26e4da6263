import type { Conversation, Turn } from '#domain/conversation.ts';
import { type Decision, type Grounds, NOTHING_SEARCHED } from '#domain/decision.ts';
import { draftTicket, type Handover, suggestionDraft, urgencyIn } from '#domain/handover.ts';
import { NO_ROUTE, NO_ROUTING, type Routing } from '#domain/routing.ts';
import { bareTurn, file } from './bare-turn.ts';

const at = new Date('2026-03-01T09:00:00Z');
const vpn = { chunkId: '1', documentId: 'vpn.md', title: 'VPN', url: 'https://wiki.example/vpn' };
const wifi = { chunkId: '2', documentId: 'wifi.md', title: 'Wi-Fi', url: 'https://wiki.example/wifi' };
const grounds: Grounds = {
  question: 'my vpn drops',
  corrections: [],
  confidence: { value: 0.42, signals: {} },
  thresholds: { answerAt: 0.5, suggestAt: 0.3 },
  checked: 'current',
  found: [
    { ...vpn, score: 3 },
    { ...wifi, score: 2 },
  ],
};

function turn(id: string, other: Partial<Turn>): Turn {
  return {
    ...bareTurn,
    id,
    author: 'requester',
    personRef: 'slack/T1/U1',
    text: '',
    at,
    addressed: true,
    ...other,
  };
}
const bot = (id: string, decision: Decision, text: string) =>
  turn(id, { author: 'bot', personRef: null, decision, text });

const conversation: Conversation = {
  id: '7',
  name: 'c0ffee',
  address: { platform: 'slack', ref: 'T1/D1/1' },
  place: 'direct',
  requesterRef: 'slack/T1/U1',
  handledThrough: '3',
  version: 0,
  ticket: null,
  turns: [
    turn('1', { text: 'my  vpn\ndrops', files: [file('shot.png')] }),
    bot('2', { kind: 'answer', quote: 'Restart it.', citations: [vpn], grounds }, 'Restart it.'),
    turn('3', { action: 'get-human', aboutTurnId: '2' }),
    bot('4', { kind: 'escalate', reason: 'asked-for-a-person', grounds: NOTHING_SEARCHED }, 'I am handing this over.'),
    turn('5', { text: 'written after the ticket' }),
  ],
};
const handover: Handover = {
  conversation,
  ticket: {
    name: 'c0ffee',
    reason: 'asked-for-a-person',
    throughTurnId: '3',
    continues: null,
    triedAt: null,
    mayCreate: true,
  },
  requester: { ref: 'slack/T1/U1', name: 'Inês', email: 'ines@x.example', outsider: false, bot: false },
  names: new Map([['slack/T1/U1', 'Inês']]),
  permalink: 'https://slack.example/p1',
  channel: 'D1',
  groups: [],
  routing: NO_ROUTING,
  answerAt: 0.95,
  limits: { largestBytes: 1_000_000, refusedTypes: ['exe'] },
};

const sectionOf = (heading: string, changed: Partial<Handover> = {}) =>
  draftTicket({ ...handover, ...changed }).body.find((section) => section.heading === heading)?.lines;

test('the ticket tells everything that IT staff would ask', () => {
  expect(draftTicket(handover)).toEqual({
    conversation: 'c0ffee',
    summary: 'my vpn drops',
    requester: { name: 'Inês', email: 'ines@x.example' },
    labels: ['asked-for-a-person'],
    triedAt: null,
    mayCreate: true,
    route: NO_ROUTE,
    urgency: null,
    continues: null,
    body: [
      { heading: 'Question', lines: [{ kind: 'quote', text: 'my  vpn\ndrops' }] },
      {
        heading: 'Asked by',
        lines: [
          { kind: 'text', text: 'Inês (ines@x.example)' },
          {
            kind: 'link',
            text: 'Open the thread',
            url: 'https://slack.example/p1',
            note: 'a direct message: it opens for the employee only',
          },
        ],
      },
      {
        heading: 'Why it was handed over',
        lines: [
          { kind: 'text', text: 'The employee asked for a person.' },
          { kind: 'text', text: 'Confidence of the best passage: 42 % (an answer needs 95 %).' },
        ],
      },
      {
        heading: 'What was found',
        lines: [
          { kind: 'link', text: 'VPN', url: vpn.url, note: 'shown to the employee' },
          { kind: 'link', text: 'Wi-Fi', url: wifi.url, note: '' },
        ],
      },
      {
        heading: 'Conversation',
        lines: [
          { kind: 'said', who: 'Inês', at, text: 'my  vpn\ndrops\n(files: shot.png)' },
          { kind: 'said', who: 'Firstline', at, text: 'Restart it.' },
          { kind: 'said', who: 'Inês', at, text: '(pressed Get a human)' },
        ],
      },
    ],
  });
});

test('what was found for the very question that is handed over is told as well', () => {
  const escalate = bot('2', { kind: 'escalate', reason: 'unsure', grounds }, 'I am handing this over.');
  const changed = {
    conversation: { ...conversation, turns: [turn('1', { text: 'vpn?' }), escalate] },
    ticket: { ...handover.ticket, throughTurnId: '1' },
  };
  expect(sectionOf('What was found', changed)).toHaveLength(2);
  const unsure = { ...changed, ticket: { ...changed.ticket, reason: 'unsure' } } as const;
  expect(sectionOf('Why it was handed over', unsure)).toHaveLength(2);
});

test('a message that was taken back is not told', () => {
  const turns = [turn('1', { text: 'secret', withdrawn: true }), turn('3', { text: 'question' })];
  const draft = draftTicket({ ...handover, conversation: { ...conversation, turns } });
  expect(JSON.stringify(draft)).not.toContain('secret');
  expect(draft.summary).toBe('question');
});

test.each([
  ['no words at all', '', 'Inês asks for help'],
  ['a long text is cut at a word', 'word '.repeat(60), `${'word '.repeat(23)}word…`],
  ['a long word is cut', 'x'.repeat(300), `${'x'.repeat(119)}…`],
])('the summary: %s', (_, text, expected) => {
  const turns = [turn('1', { text })];
  const ticket = { ...handover.ticket, throughTurnId: '1' };
  expect(draftTicket({ ...handover, ticket, conversation: { ...conversation, turns } }).summary).toBe(expected);
});

test('what not everybody may read is neither named nor quoted: others read the ticket', () => {
  const secret = {
    ...vpn,
    title: 'Kingfisher window',
    url: 'https://wiki.example/kingfisher',
    restricted: true,
  } as const;
  const secretGrounds = { ...grounds, found: [{ ...secret, score: 3 }] };
  const turns = [
    turn('1', { text: 'how do I close the month' }),
    bot('2', { kind: 'answer', quote: 'Call 4399.', citations: [secret], grounds: secretGrounds }, 'Call 4399.'),
    turn('3', { action: 'get-human', aboutTurnId: '2' }),
  ];
  const draft = draftTicket({ ...handover, conversation: { ...conversation, turns } });
  expect(JSON.stringify(draft)).not.toMatch(/kingfisher|4399/i);
  expect(draft.body.find(({ heading }) => heading === 'What was found')?.lines).toEqual([
    { kind: 'text', text: 'A document that only some may read (shown to the employee)' },
  ]);
});

/** The requester's last form. */
const details = (values: Readonly<Record<string, string>>) => turn('9', { action: 'details', values });
const after = (...turns: readonly Turn[]) => ({
  conversation: { ...conversation, turns: [...conversation.turns, ...turns] },
});

test('what the employee adds in the form is told, and the summary is theirs', () => {
  const values = { summary: ' VPN drops\nevery hour ', tried: 'Restarted it', device: 'MacBook', urgency: 'high' };
  const changed = after(details({ ...values, summary: 'before' }), details(values));
  expect(draftTicket({ ...handover, ...changed }).summary).toBe('VPN drops every hour');
  expect(sectionOf('Details', changed)).toEqual([
    { kind: 'text', text: 'Tried: Restarted it' },
    { kind: 'text', text: 'Device: MacBook' },
  ]);
  expect(sectionOf('Urgency', changed)).toEqual([{ kind: 'text', text: 'High. The employee chose “High”.' }]);
});

test('a form that was skipped, or left as it was, adds nothing', () => {
  const changed = after(details({ summary: '', tried: ' ', device: '', urgency: 'normal' }));
  expect(draftTicket({ ...handover, ...changed }).body).toEqual(draftTicket(handover).body);
});

test('an urgency is recognised and said with its reason; the rules that fit are named', () => {
  const turns = [turn('1', { text: 'Help, my laptop was stolen' })];
  const changed = {
    conversation: { ...conversation, turns },
    ticket: { ...handover.ticket, throughTurnId: '1' },
    routing: {
      topics: {},
      priorities: { critical: 'Highest' },
      rules: [{ name: 'theft', when: { urgency: ['critical'], channels: ['d1'] }, labels: ['security'] }],
    },
  } as const;
  const { urgency, route } = draftTicket({ ...handover, ...changed });
  expect(urgency).toMatchObject({ level: 'critical', kind: 'security' });
  expect(route).toEqual({ ...NO_ROUTE, priority: 'Highest', labels: ['security'], rules: ['theft'] });
  expect(sectionOf('Urgency', changed)).toEqual([
    { kind: 'text', text: 'Critical. A device is lost or stolen: “my laptop was stolen”.' },
  ]);
  expect(sectionOf('Routed', changed)).toEqual([{ kind: 'text', text: 'By the rules theft.' }]);
});

test('a ticket that continues another tells what is back, and nothing of the other one’s form', () => {
  const over: Decision = { kind: 'report', news: 'resolved', reason: 'unsure', grounds: NOTHING_SEARCHED };
  const changed = {
    ...after(
      details({ device: 'MacBook', urgency: 'high' }),
      bot('10', over, ''),
      turn('11', { text: 'it drops again' }),
    ),
    ticket: { ...handover.ticket, name: 'c0ffee-2', reason: 'came-back', throughTurnId: '11', continues: '10001' },
  } as const;
  const draft = draftTicket({ ...handover, ...changed });
  expect(draft).toMatchObject({
    conversation: 'c0ffee-2',
    summary: 'Again: my vpn drops',
    continues: '10001',
    urgency: null,
  });
  expect(sectionOf('Question', changed)).toEqual([
    { kind: 'quote', text: 'my  vpn\ndrops' },
    { kind: 'quote', text: 'it drops again' },
  ]);
  expect(sectionOf('Details', changed)).toBe(undefined);
});

/** Handed over unsure, on these grounds. */
function unsure(changed: Partial<Grounds>, decision: Partial<Decision> = {}): Handover {
  const escalate = { kind: 'escalate', reason: 'unsure', grounds: { ...grounds, ...changed }, ...decision } as Decision;
  const turns = [turn('1', { text: 'my vpn drops' }), bot('2', escalate, '')];
  return { ...handover, conversation: { ...conversation, turns }, ticket: { ...handover.ticket, throughTurnId: '1' } };
}

test('an answer below the threshold is suggested to IT staff alone', () => {
  expect(suggestionDraft(unsure({}))).toEqual({
    mark: 'c0ffee/suggestion',
    author: null,
    lines: [
      {
        kind: 'text',
        text: 'Perhaps this answers it (42 % sure; an answer is given from 95 %). The employee has not seen it.',
      },
      { kind: 'link', text: 'VPN', url: vpn.url, note: '' },
      { kind: 'link', text: 'Wi-Fi', url: wifi.url, note: '' },
    ],
    internal: true,
  });
});

test('what the employee was offered as a link is said to be', () => {
  const lines = suggestionDraft(unsure({}, { kind: 'suggest', citations: [vpn] }))?.lines[0];
  expect(lines).toMatchObject({ text: expect.stringContaining('has seen it as a link') });
});

test.each<[string, Handover]>([
  ['nothing was found', unsure({ found: [] })],
  ['nothing is known of its worth', unsure({ confidence: null })],
  ['it is sure enough', unsure({ confidence: { value: 0.95, signals: {} } })],
  ['the employee has got the answer', unsure({}, { kind: 'answer', quote: 'x', citations: [vpn] })],
  [
    'not everybody may read the best',
    unsure({
      found: [
        { ...vpn, score: 3, restricted: true },
        { ...wifi, score: 2 },
      ],
    }),
  ],
])('nothing is suggested where %s', (_, handed) => {
  expect(suggestionDraft(handed)).toBe(null);
});

test('of several suggestions those that not everybody may read are left out', () => {
  const found = [{ ...vpn, score: 3 }, { ...wifi, score: 2, restricted: true } as const];
  expect(JSON.stringify(suggestionDraft(unsure({ found })))).not.toContain('Wi-Fi');
});

const says = (id: string, text: string) => turn(id, { text });
const form = (id: string, values: Readonly<Record<string, string>>, other: Partial<Turn> = {}) =>
  turn(id, { action: 'details', aboutTurnId: '2', values, ...other });
const withTurns = (turns: readonly Turn[], throughTurnId = turns.at(-1)?.id ?? ''): Handover => ({
  ...handover,
  conversation: { ...conversation, turns },
  ticket: { ...handover.ticket, throughTurnId },
});
const linesOf = (of: Handover, heading: string) => draftTicket(of).body.find((one) => one.heading === heading)?.lines;
const texts = (...lines: readonly string[]) => lines.map((text) => ({ kind: 'text', text }));

describe('what the requester tells with the form', () => {
  const values = { summary: 'VPN drops every hour', tried: 'Restarted it', device: 'MacBook Air', urgency: 'normal' };

  test('counts though it came after the description, for that is written anew with it', () => {
    const told = withTurns([says('1', 'my vpn drops'), form('3', values)], '1');
    expect(draftTicket(told).summary).toBe('VPN drops every hour');
    expect(linesOf(told, 'Details')).toHaveLength(2);
  });

  test.each<[string, readonly Turn[], string]>([
    ['sent twice, the last', [form('3', values), form('4', { ...values, summary: 'Wi-Fi drops' })], 'Wi-Fi drops'],
    ['left empty', [form('3', { summary: '', tried: ' ', device: '', urgency: 'normal' })], 'my vpn drops'],
    ['a colleague’s', [form('3', values, { author: 'colleague' })], 'my vpn drops'],
    ['on two lines', [form('3', { ...values, summary: 'VPN\n drops' })], 'VPN drops'],
  ])('is this, when it is %s', (_, forms, summary) => {
    expect(draftTicket(withTurns([says('1', 'my vpn drops'), ...forms])).summary).toBe(summary);
  });

  test('is not there when nothing was filled in', () => {
    const empty = form('3', { summary: '', tried: ' ', device: '', urgency: 'normal' });
    expect(linesOf(withTurns([says('1', 'my vpn drops'), empty]), 'Details')).toBeUndefined();
    expect(sectionOf('Details')).toBeUndefined();
  });

  test('is not said twice, in the conversation as well', () => {
    const lines = linesOf(withTurns([says('1', 'my vpn drops'), form('3', values)]), 'Conversation');
    expect(lines).toEqual([{ kind: 'said', who: 'Inês', at, text: 'my vpn drops' }]);
  });
});

test('what is still wrong, from the form after “Not yet”, is said in the conversation', () => {
  const stillWrong = turn('4', { action: 'not-yet', aboutTurnId: '2', values: { text: 'it drops after an hour' } });
  const turns = [says('1', 'my vpn drops'), turn('3', { action: 'not-yet', aboutTurnId: '2' }), stillWrong];
  expect(linesOf(withTurns(turns), 'Conversation')).toEqual([
    { kind: 'said', who: 'Inês', at, text: 'my vpn drops' },
    { kind: 'said', who: 'Inês', at, text: '(pressed Not yet)' },
    { kind: 'said', who: 'Inês', at, text: 'it drops after an hour' },
  ]);
});

describe('the urgency', () => {
  const stolen = 'my laptop was stolen on the train';

  test.each<[string, Partial<Turn>]>([
    ['a colleague', { author: 'colleague', personRef: 'slack/T1/U2' }],
    ['who took it back', { withdrawn: true }],
    ['us', { author: 'bot', personRef: null }],
  ])('is not recognised in the words of %s', (_, fields) => {
    expect(urgencyIn(withTurns([says('1', 'my vpn drops'), turn('2', { text: stolen, ...fields })]))).toBeNull();
  });
});

describe('where it goes', () => {
  const routing: Routing = {
    topics: { network: ['vpn', 'wifi'] },
    priorities: { critical: 'Highest' },
    rules: [
      { name: 'network', when: { topics: ['network'] }, components: ['Network'], assignee: 'net@acme.example' },
      { name: 'finance', when: { groups: ['notion/finance'] }, labels: ['finance'] },
      { name: 'office', when: { channels: ['C-OFFICE'] }, project: 'OPS' },
      { name: 'by hand', when: { channels: ['direct'] }, labels: ['direct'] },
    ],
  };

  test('is told by the rules, which the ticket names', () => {
    const routed = { ...handover, routing, groups: ['notion/finance'] };
    expect(draftTicket(routed).route).toMatchObject({
      components: ['Network'],
      assignee: 'net@acme.example',
      labels: ['finance', 'direct'],
      project: null,
      rules: ['network', 'finance', 'by hand'],
    });
    expect(linesOf(routed, 'Routed')).toEqual(texts('By the rules network, finance, by hand.'));
  });

  test('depends on the channel by its id', () => {
    const place = { conversation: { ...conversation, place: 'channel' as const }, channel: 'C-OFFICE' };
    expect(draftTicket({ ...handover, ...place, routing }).route).toMatchObject({
      project: 'OPS',
      rules: ['network', 'office'],
    });
  });

  test('is not said when no rule says it', () => {
    expect([draftTicket(handover).route, sectionOf('Routed')]).toEqual([NO_ROUTE, undefined]);
  });
});

test('who speaks for IT is named, and what only IT staff see is not part of the conversation', () => {
  const agent = { author: 'agent', text: 'Try this.' } as const;
  const card: Decision = {
    kind: 'triage',
    card: { summary: 's', requester: 'Inês', why: 'w', urgency: '', thread: 't', takenBy: null, mutedBy: null },
    grounds: NOTHING_SEARCHED,
  };
  const turns = [
    says('1', 'my vpn drops'),
    turn('2', { ...agent, personRef: null, authorName: 'Ben Ito' }),
    turn('3', { ...agent, personRef: 'slack/T1/U9', stage: 'triage', text: 'is this the same as IT-3?' }),
    { ...bot('4', card, 'New request'), stage: 'triage' as const },
  ];
  expect(linesOf(withTurns(turns), 'Conversation')).toMatchObject([
    { who: 'Inês' },
    { who: 'Ben Ito', text: 'Try this.' },
  ]);
});
