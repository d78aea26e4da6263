import { type Decision, type Grounds, NOTHING_SEARCHED } from '#domain/decide.ts';
import { replyOf, settledReplyOf, turnText } from '#domain/speak.ts';

const vpn = { chunkId: '1', documentId: 'vpn.md', title: 'VPN', url: 'https://wiki.example/vpn' };
const corrected: Grounds = { ...NOTHING_SEARCHED, corrections: [{ from: 'droping', to: 'dropping' }] };
const answer: Decision = { kind: 'answer', quote: '1. Restart it.', citations: [vpn], grounds: corrected };
const report = (news: 'taken' | 'ticket-open' | 'told-otherwise'): Decision => ({
  kind: 'report',
  news,
  reason: 'unsure',
  grounds: NOTHING_SEARCHED,
});
const ticket = { key: 'IT-7', url: 'https://jira.example/browse/IT-7' };

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
