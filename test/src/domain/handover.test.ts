import type { Conversation, Turn } from '#domain/conversation.ts';
import { type Decision, type Grounds, NOTHING_SEARCHED } from '#domain/decide.ts';
import { draftTicket, type Handover } from '#domain/handover.ts';

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
    id,
    author: 'requester',
    personRef: 'slack/T1/U1',
    text: '',
    at,
    action: null,
    aboutTurnId: null,
    addressed: true,
    withdrawn: false,
    files: [],
    decision: null,
    postRef: null,
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
    turn('1', { text: 'my  vpn\ndrops', files: ['shot.png'] }),
    bot('2', { kind: 'answer', quote: 'Restart it.', citations: [vpn], grounds }, 'Restart it.'),
    turn('3', { action: 'get-human', aboutTurnId: '2' }),
    bot('4', { kind: 'escalate', reason: 'asked-for-a-person', grounds: NOTHING_SEARCHED }, 'I am handing this over.'),
    turn('5', { text: 'written after the ticket' }),
  ],
};
const handover: Handover = {
  conversation,
  reason: 'asked-for-a-person',
  throughTurnId: '3',
  requester: { ref: 'slack/T1/U1', name: 'Inês', email: 'ines@x.example', outsider: false, bot: false },
  names: new Map([['slack/T1/U1', 'Inês']]),
  permalink: 'https://slack.example/p1',
  answerAt: 0.95,
  triedAt: null,
  mayCreate: true,
};

const sectionOf = (heading: string, changed: Partial<Handover> = {}) =>
  draftTicket({ ...handover, ...changed }).body.find((section) => section.heading === heading)?.lines;

test('the ticket tells everything that IT staff would ask', () => {
  expect(draftTicket(handover)).toEqual({
    conversation: 'c0ffee',
    summary: 'my vpn drops',
    reporterEmail: 'ines@x.example',
    labels: ['asked-for-a-person'],
    triedAt: null,
    mayCreate: true,
    body: [
      { heading: 'Question', lines: [{ kind: 'quote', text: 'my  vpn\ndrops' }] },
      {
        heading: 'Asked by',
        lines: [
          { kind: 'text', text: 'Inês (ines@x.example)' },
          { kind: 'link', text: 'Open the thread', url: 'https://slack.example/p1', note: '' },
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
          { kind: 'said', who: 'Inês', at, text: 'my  vpn\ndrops\n(files in the thread: shot.png)' },
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
    throughTurnId: '1',
  };
  expect(sectionOf('What was found', changed)).toHaveLength(2);
  expect(sectionOf('Why it was handed over', { ...changed, reason: 'unsure' })).toHaveLength(2);
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
  expect(draftTicket({ ...handover, throughTurnId: '1', conversation: { ...conversation, turns } }).summary).toBe(
    expected,
  );
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
