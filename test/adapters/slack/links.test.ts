import { linkOf, readLink } from '../../../adapters/slack/links.ts';

const own = '1767225600.000200';
const thread = '1767225500.000100';
const root = {
  address: { platform: 'slack', ref: `T1/C1/${own}` },
  messageId: `T1/C1/${own}`,
  postRefStart: `C1/${own}/`,
};
const reply = { ...root, address: { platform: 'slack', ref: `T1/C1/${thread}` } };

test.each([
  ['a message that opens its thread', 'https://acme.slack.com/archives/C1/p1767225600000200', root],
  ['a reply', `https://acme.slack.com/archives/C1/p1767225600000200?thread_ts=${thread}&cid=C1`, reply],
  [
    'a reply, parameters in another order',
    `https://acme.slack.com/archives/C1/p1767225600000200?cid=C1&thread_ts=${thread}`,
    reply,
  ],
  [
    'a first message with its own thread',
    `https://acme.slack.com/archives/C1/p1767225600000200?thread_ts=${own}`,
    root,
  ],
  ['an Enterprise site', 'https://acme.enterprise.slack.com/archives/C1/p1767225600000200', root],
  ['another site that speaks the protocol', 'http://127.0.0.1:3101/archives/C1/p1767225600000200', root],
  ['an address with a slash and a fragment', 'https://acme.slack.com/archives/C1/p1767225600000200/#x', root],
])('the link of %s is read', (_, link, expected) => {
  expect(readLink(link, 'T1')).toEqual(expected);
});

test.each([
  '',
  'hello',
  'C1/1767225600.000200',
  'https://acme.slack.com/',
  'https://acme.slack.com/archives/C1',
  'https://acme.slack.com/archives/C1/p17672256000002',
  'https://acme.slack.com/archives/C1/p17672256000002001',
  'https://acme.slack.com/archives/C1/1767225600000200',
  'https://acme.slack.com/archives/c1/p1767225600000200',
  'https://acme.slack.com/archives/C1%2FC2/p1767225600000200',
  'https://acme.slack.com/x/archives/C1/p1767225600000200',
  'https://acme.slack.com/archives/C1/p1767225600000200?thread_ts=1',
  `https://acme.slack.com/archives/C1/p1767225600000200?thread_ts=${thread}/x`,
  'ftp://acme.slack.com/archives/C1/p1767225600000200',
  'javascript:/archives/C1/p1767225600000200',
])('%j is not the link of a message', (link) => {
  expect(readLink(link, 'T1')).toBeNull();
});

const like = 'https://acme.slack.com/archives/C9/p1700000000000000?thread_ts=1700000000.000000&cid=C9';
const inThread = { platform: 'slack', ref: `T1/C1/${thread}` } as const;

test.each([
  [
    'a message',
    { address: inThread, messageId: `T1/C1/${own}`, postRef: null },
    `p1767225600000200?thread_ts=${thread}&cid=C1`,
  ],
  ['the first message', { address: inThread, messageId: `T1/C1/${thread}`, postRef: null }, 'p1767225500000100'],
  [
    'a post of ours',
    { address: inThread, messageId: null, postRef: `C1/${own}/7` },
    `p1767225600000200?thread_ts=${thread}&cid=C1`,
  ],
])('%s is linked at the same site', (_, message, expected) => {
  expect(linkOf(message, like)).toBe(`https://acme.slack.com/archives/C1/${expected}`);
});

test('what is not a message, a click for instance, has no link', () => {
  expect(linkOf({ address: inThread, messageId: null, postRef: null }, like)).toBeNull();
});

test('a link that is made is read as the message it was made of', () => {
  const link = linkOf({ address: inThread, messageId: `T1/C1/${own}`, postRef: null }, like);
  expect(readLink(link ?? '', 'T1')).toEqual(reply);
});
