import { SIGNAL_NAMES } from '#domain/confidence.ts';
import { type Decision, NOTHING_SEARCHED, type Verdict } from '#domain/decision.ts';
import type { Author } from '#domain/conversation.ts';
import { type ToldTrail, trailWords } from '../../scripts/trail-words.ts';
import { signalWords, verdictWords } from '../../scripts/verdict-words.ts';
import { bareTurn, file } from '../src/domain/bare-turn.ts';

const vpn = { chunkId: '1', documentId: 'vpn.md', title: 'VPN', url: 'https://wiki.example/vpn', section: 'It drops' };
const wifi = { chunkId: '2', documentId: 'wifi.md', title: 'Wi-Fi', url: 'https://wiki.example/wifi' };
const searched = {
  question: 'my vpn droping',
  corrections: [{ from: 'droping', to: 'dropping' }],
  confidence: { value: 0.62, signals: { lead: 0.5, terms: 2, oddity: 1 } },
  found: [
    { ...vpn, score: 7.356 },
    { ...wifi, score: 2, restricted: true as const },
  ],
  thresholds: { answerAt: 0.6, suggestAt: 0.3 },
  checked: 'current' as const,
};
const answer: Decision = { kind: 'answer', quote: 'Restart it.', citations: [vpn], grounds: searched };

type ToldTurn = ToldTrail['turns'][number];

function turn(id: string, author: Author, changes: Partial<ToldTurn> = {}): ToldTurn {
  return {
    ...bareTurn,
    id,
    author,
    text: '',
    at: '2026-03-01T09:00:00.000Z',
    recordedAt: '2026-03-01T09:00:00.045Z',
    messageId: null,
    addressed: true,
    link: null,
    ...changes,
  };
}

function trail(changes: Partial<ToldTrail>): ToldTrail {
  const own = {
    id: '1',
    name: 'n',
    platform: 'slack',
    place: 'direct',
    requesterRef: 'slack/T1/U1',
    handledThrough: '9',
  };
  return { conversation: own as ToldTrail['conversation'], turns: [], events: [], jobs: [], ticket: null, ...changes };
}

test('a conversation that was answered and then handed over is told whole', () => {
  const told = trailWords(
    trail({
      conversation: { ...trail({}).conversation, handledThrough: '3' },
      turns: [
        turn('1', 'requester', { text: 'my vpn droping', files: [file('screen.png')] }),
        turn('2', 'bot', { decision: answer, link: 'https://chat.example/2', at: '2026-03-01T09:00:00.100Z' }),
        turn('3', 'requester', { action: 'get-human', at: '2026-03-01T09:01:00.000Z' }),
        turn('4', 'bot', {
          decision: { kind: 'escalate', reason: 'asked-for-a-person', grounds: NOTHING_SEARCHED },
          at: '2026-03-01T09:01:00.020Z',
        }),
        turn('5', 'colleague', { text: 'me too', at: '2026-03-01T09:02:00.000Z' }),
      ],
      events: [
        { id: 'slack/Ev1', receivedAt: '2026-03-01T09:00:00.045Z', turnId: '1' },
        { id: 'slack/Ev2', receivedAt: '2026-03-01T09:00:00.050Z', turnId: '1' },
      ],
      jobs: [
        {
          id: 'a',
          name: 'escalate',
          state: 'done',
          tries: 3,
          sentAt: '2026-03-01T09:01:00.020Z',
          startedAt: '2026-03-01T09:01:14.020Z',
          endedAt: '2026-03-01T09:01:14.220Z',
          error: 'desk: status 503',
          turnIds: [],
        },
        {
          id: 'b',
          name: 'deliver',
          state: 'waiting',
          tries: 0,
          sentAt: '2026-03-01T09:01:14.220Z',
          startedAt: null,
          endedAt: null,
          error: null,
          turnIds: ['5'],
        },
      ],
      ticket: {
        reason: 'asked-for-a-person',
        openedAt: '2026-03-01T09:01:00.020Z',
        triedAt: '2026-03-01T09:01:14.050Z',
        key: 'IT-7',
        url: 'https://desk.example/IT-7',
      },
    }),
  );
  expect(`\n${told}\n`).toBe(`
A conversation in direct messages on 2026-03-01, opened by slack/T1/U1 (times are UTC)

09:00:00.000  The requester wrote: “my vpn droping”, with screen.png
              stored 45 ms after it was said, from 2 events: slack/Ev1, slack/Ev2

09:00:00.100  Firstline answered from “VPN”
              searched: “my vpn droping”, “droping” read as “dropping”
              found, with its score:
                7.36  VPN › It drops  https://wiki.example/vpn
                2.00  Wi-Fi  https://wiki.example/wifi  (not everybody may read it)
              confidence 0.62 of 1: enough for an answer (answers from 0.60 on, links from 0.30 on)
                0.50  lead             ${signalWords.lead}
                2.00  terms            ${signalWords.terms}
                1.00  oddity           a signal of another version
              posted: https://chat.example/2

09:01:00.000  The requester pressed “Get a human”
              stored 0 ms after it was said

09:01:00.020  Firstline handed over to a person: the employee asked for a person

09:02:00.000  A colleague wrote: “me too” (not decided on yet)
              stored 0 ms after it was said

Jobs
  09:01:00.020  escalate: done, 3 tries, last begun 14 s after it was sent, ran 200 ms, last failure: desk: status 503
  09:01:14.220  deliver: waiting, 0 tries

Ticket
  asked for at 09:01:00.020: the employee asked for a person
  last attempt to create it at 09:01:14.050
  IT-7  https://desk.example/IT-7
`);
});

const escalate: Verdict = { kind: 'escalate', reason: 'unsure' };
const suggest: Verdict = { kind: 'suggest', citations: [vpn, wifi] };

test.each<[string, Verdict, number]>([
  ['too little for an answer or for links', escalate, 0.29],
  ['too little for an answer, enough for links', suggest, 0.3],
  ['enough, but what it would show was shown before', escalate, 0.3],
  ['enough, but what it would show was shown before', escalate, 0.9],
  ['enough for an answer, but there was no line to quote', suggest, 0.6],
  ['enough for an answer', answer, 0.6],
])('says of the confidence: %s', (words, verdict, value) => {
  const decision: Decision = { ...verdict, grounds: { ...searched, confidence: { value, signals: {} } } };
  const told = trailWords(trail({ turns: [turn('1', 'bot', { decision })] }));
  expect(told).toContain(`confidence ${value.toFixed(2)} of 1: ${words} (answers from 0.60 on, links from 0.30 on)\n`);
});

test('what earlier versions did not keep is said to be missing', () => {
  const decision: Decision = { ...answer, grounds: { ...searched, thresholds: null } };
  const told = trailWords(trail({ turns: [turn('1', 'bot', { decision })] }));
  expect(told).toContain('confidence 0.62 of 1: the thresholds of that time were not recorded\n');
  expect(told).toContain('\nJobs\n  None is kept: what is done is forgotten after a day.\n');
  expect(told).toMatch(/\nTicket\n {2}None\.$/);
});

test('a search that found nothing says so', () => {
  const grounds = { ...searched, found: [], confidence: null, corrections: [] };
  const told = trailWords(
    trail({ turns: [turn('1', 'bot', { decision: { kind: 'escalate', reason: 'nothing-found', grounds } })] }),
  );
  expect(told).toContain('searched: “my vpn droping”\n              found: nothing\n');
});

test('what people write is one line and does nothing to a terminal', () => {
  const text = 'my\u001b[31m vpn\r\nTicket\u0000\n  \u202eIT-1';
  expect(trailWords(trail({ turns: [turn('1', 'requester', { text, withdrawn: false })] }))).toContain(
    'The requester wrote: “my[31m vpn Ticket IT-1” (not decided on yet)\n',
  );
});

test('a message that was taken back is told without its words', () => {
  const told = trailWords(trail({ turns: [turn('1', 'requester', { withdrawn: true })] }));
  expect(told).toContain('The requester wrote something and took it back\n');
});

const card = {
  summary: 's',
  requester: 'Rita',
  why: 'w',
  urgency: '',
  thread: 't',
  takenBy: null,
  mutedBy: null,
};
const lesson = { lessonId: '1', question: 'Why does it drop?', answer: 'a', state: 'proposed', by: null } as const;

test.each<[Partial<ToldTurn>, string]>([
  [{ author: 'agent', authorName: 'Ben Ito', text: 'Which office?' }, 'Ben Ito of the IT staff wrote: “Which office?”'],
  [{ author: 'agent', stage: 'triage', action: 'take' }, 'The IT staff, in the triage channel, pressed “Take”'],
  [
    { action: 'details', values: { summary: 'VPN drops', tried: '', device: 'Mac\u001b[31m' } },
    'The requester sent a form: summary “VPN drops”, device “Mac[31m”',
  ],
  [{ action: 'not-yet', values: { text: '' } }, 'The requester sent a form'],
  [{ action: 'rate-4' }, 'The requester pressed “4”'],
])('a turn of the ticket is told in words: %j', (fields, words) => {
  const { author = 'requester' } = fields;
  expect(trailWords(trail({ turns: [turn('1', author, fields)] }))).toMatch(
    new RegExp(`  ${RegExp.escape(words)}(?: \\(not decided on yet\\))?\\n`),
  );
});

test.each<[Verdict, string]>([
  [suggest, 'Firstline offered what may help: “VPN”, “Wi-Fi”'],
  [{ kind: 'ask', about: 'nothing-asked' }, 'Firstline asked back what is needed, because nothing was asked'],
  [{ kind: 'forward' }, 'Firstline passed on to the ticket what was said'],
  [{ kind: 'silent', reason: 'solved' }, 'Firstline said nothing: the question is solved'],
  [
    { kind: 'report', news: 'taken', reason: 'unsure' },
    'The employee was told that the request is taken, and that the ticket comes later',
  ],
  [
    { kind: 'offer-follow', incident: { conversationId: '7', key: 'IT-42', url: 'u', people: 4 } },
    'Firstline offered to follow IT-42, which 4 people have asked about',
  ],
  [
    { kind: 'follow', incident: { conversationId: '7', key: 'IT-42', url: 'u', people: 4 } },
    'The requester follows IT-42 from now on',
  ],
  [{ kind: 'reopen' }, 'Firstline saw that it is not solved: the ticket is opened again'],
  [
    { kind: 'close' },
    'Firstline closed the ticket and asked for a rating, because the requester agrees that it is solved',
  ],
  [
    { kind: 'silent', reason: 'noted' },
    'Firstline said nothing: a form or a rating was kept and told to IT, and needs no answer',
  ],
  [
    { kind: 'report', news: 'resolved', reason: 'unsure', detail: '' },
    'The employee was told that IT says it is solved, and asked whether it is',
  ],
  [{ kind: 'triage', card }, 'Firstline showed the request in the triage channel'],
  [
    { kind: 'triage', card: { ...card, takenBy: 'Ben Ito', mutedBy: 'Ana\nReis' } },
    'Firstline showed the request in the triage channel, taken by Ben Ito, muted by Ana Reis',
  ],
  [{ kind: 'lesson', lesson }, 'Firstline proposed to learn the answer to “Why does it drop?”'],
  [
    { kind: 'lesson', lesson: { ...lesson, state: 'approved', by: 'Ben Ito' } },
    'Firstline proposed to learn the answer to “Why does it drop?”, approved by Ben Ito',
  ],
])('the verdict %j is told in words', (verdict, words) => {
  expect(verdictWords(verdict)).toBe(words);
});

test('each signal has a meaning of its own', () => {
  expect(new Set(SIGNAL_NAMES.map((name) => signalWords[name])).size).toBe(SIGNAL_NAMES.length);
});
