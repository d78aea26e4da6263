import { readFileSync } from 'node:fs';
import { ALIKE, type AskedLately, incidentFor, sameProblem } from '#domain/incident.ts';

/** What people write when the same thing is broken for all of them. */
const faults: readonly (readonly string[])[] = [
  [
    'internet down in leeds',
    'no internet in the leeds office',
    'internet not working leeds',
    'is the internet down in Leeds?',
    'hi, internet is gone in leeds since 10 minutes',
    'leeds: no internet at all',
  ],
  [
    'vpn is down',
    'vpn not working',
    'cant connect to vpn',
    'VPN down for anyone else?',
    'my vpn wont connect since this morning',
    'unable to connect to the vpn',
  ],
  [
    'outlook crashes on start',
    'outlook keeps crashing',
    'Outlook crashing since the update',
    'my outlook crashes when i open it',
    'outlok crashes all the time',
  ],
  [
    'cannot log in to northledger',
    'northledger login fails',
    'northledger sign in not working',
    'cant login to Northledger, error',
    'unable to sign in to northleger',
  ],
  [
    'printer on floor 2 not working',
    'the 2nd floor printer is broken',
    'printer floor 2 offline',
    'cant print on floor 2',
    'floor 2 printer down',
  ],
  [
    'ERR-VPN-812',
    'vpn error ERR-VPN-812',
    'getting err vpn 812 when connecting',
    'vpn says ERR-VPN-812 since this morning',
  ],
  [
    'teams calls have no sound',
    'no sound in teams',
    'teams: no audio, no sound',
    'cant hear anything in teams, no sound',
  ],
  ['salesforce is very slow', 'salesforce slow today', 'Salesforce takes ages to load', 'sales force so slow'],
  [
    'S drive not available',
    'cant access the S drive',
    'S: drive gone',
    'shared drive S is not reachable',
    's drive missing',
  ],
  [
    'emails are not arriving',
    'no emails coming in',
    'not receiving any mails since 9',
    'mail not arriving',
    "my emails don't arrive",
  ],
  ['the phones are dead', '3cx not working', 'phone system down', 'softphone 3cx not registered'],
  [
    'website of the customs portal certificate expired',
    'customs portal says certificate expired',
    'certificate expired on customs portal',
  ],
];

interface Pair {
  readonly texts: string;
  readonly alike: boolean;
  readonly same: boolean;
}

function pairsOf(groups: readonly (readonly string[])[]): readonly Pair[] {
  const all = groups.flatMap((texts, group) => texts.map((text) => ({ text, group })));
  return all.flatMap((one, index) =>
    all.slice(0, index).map((other) => ({
      texts: `${one.text} | ${other.text}`,
      alike: sameProblem(one.text, other.text) >= ALIKE,
      same: one.group === other.group,
    })),
  );
}

test('what different people say of one fault is mostly found alike, and of two faults never', () => {
  const pairs = pairsOf(faults);
  const found = pairs.filter(({ alike, same }) => alike && same);
  expect(pairs.filter(({ alike, same }) => alike && !same).map(({ texts }) => texts)).toEqual([]);
  expect(found.length / pairs.filter(({ same }) => same).length).toBeGreaterThan(0.8);
});

test('different questions of a whole company are seldom found alike', () => {
  const lines = readFileSync(new URL('../../evals/questions.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const questions = lines.map((line): { question: string; expected: readonly string[] } => JSON.parse(line));
  const articles = Object.groupBy(
    questions.filter(({ expected }) => expected.length > 0),
    ({ expected }) => expected[0] ?? '',
  );
  const pairs = pairsOf(Object.values(articles).map((group = []) => group.map(({ question }) => question)));
  expect(pairs.filter(({ alike, same }) => alike && !same).length).toBeLessThanOrEqual(2);
});

test.each([
  ['', ''],
  ['hello please help', 'hello please help'],
  ['vpn', ''],
  ['internet down in leeds', 'internet down in lisbon'],
  ['printer is broken', 'screen is broken'],
  ['ERR-VPN-812', 'ERR-VPN-809'],
  ['vpn on linux', 'vpn on mac'],
  ['how do I book a meeting room', 'no sound in the meeting room'],
])('“%s” and “%s” are not the same problem', (one, other) => {
  expect(sameProblem(one, other)).toBeLessThan(ALIKE);
});

test('likeness goes both ways, and is 1 for the same', () => {
  for (const text of faults.flat()) {
    expect(sameProblem(text, text)).toBeCloseTo(1);
    expect(sameProblem(text, 'vpn drops since monday')).toBeCloseTo(sameProblem('vpn drops since monday', text));
  }
});

test('a pasted log of 100 kB is compared by its beginning', () => {
  expect(sameProblem(`vpn is down ${'x'.repeat(100_000)}`, 'vpn is down')).toBeGreaterThan(0.5);
});

const now = new Date('2026-03-02T10:00Z');
const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

function asked(person: number, minutes: number, changed: Partial<AskedLately> = {}): AskedLately {
  const id = `c${person}`;
  return {
    conversationId: id,
    requesterRef: `p${person}`,
    question: 'the vpn is down',
    at: before(minutes),
    ticket: { key: `IT-${person}`, url: `https://t.example/IT-${person}` },
    phase: 'open',
    follows: null,
    ...changed,
  };
}
const three = [asked(1, 30), asked(2, 20), asked(3, 10)];
const follower = (person: number, minutes: number, follows = 'c1') =>
  asked(person, minutes, { ticket: null, phase: null, follows });
const head = (person: number, people: number) => ({
  conversationId: `c${person}`,
  key: `IT-${person}`,
  url: `https://t.example/IT-${person}`,
  people,
});

test.each<[string, readonly AskedLately[], object | null]>([
  ['three others', three, head(1, 3)],
  ['two others', three.slice(1), null],
  ['three times the same person', [asked(1, 30), asked(1, 20), asked(2, 10)], null],
  ['the asker’s own do not count', [asked(9, 50), ...three.slice(1)], null],
  ['the asker’s own is never the head', [asked(9, 50), ...three], head(1, 3)],
  ['other questions do not count', [...three.slice(1), asked(4, 5, { question: 'printer jam' })], null],
  ['longer ago does not count', [asked(1, 61), ...three.slice(1)], null],
  ['at the very end of the window', [asked(1, 60), ...three.slice(1)], head(1, 3)],
  ['the oldest whose ticket is made', [asked(1, 30, { ticket: null }), ...three.slice(1)], head(2, 3)],
  ['the oldest whose ticket is open', [asked(1, 30, { phase: 'resolved' }), ...three.slice(1)], head(2, 3)],
  ['none has a ticket', three.map((one) => ({ ...one, ticket: null })), null],
  ['whatever the order', three.toReversed(), head(1, 3)],
  ['followers count', [asked(1, 30), follower(2, 20), follower(3, 10)], head(1, 3)],
  ['followers with other words count', [...three, { ...follower(4, 5), question: 'ticket please' }], head(1, 4)],
  ['a head from before the window, as it is followed', [asked(1, 90), follower(2, 50), follower(3, 10)], head(1, 3)],
  ['followers of one that is solved', [asked(1, 30, { phase: 'closed' }), follower(2, 20), follower(3, 9)], null],
  ['nobody', [], null],
])('an incident: %s', (_, recent, expected) => {
  const options = { requesterRef: 'p9', now, windowMs: 3_600_000 };
  expect(incidentFor('vpn not working', recent, options)).toEqual(expected);
});

test('how many people and how alike can be set', () => {
  const options = { requesterRef: 'p9', now, windowMs: 3_600_000 };
  expect(incidentFor('vpn not working', three.slice(1), { ...options, atLeast: 2 })).toEqual(head(2, 2));
  expect(incidentFor('vpn slow', three, options)).toBe(null);
  expect(incidentFor('vpn slow', three, { ...options, alike: 0.1 })).toEqual(head(1, 3));
});
