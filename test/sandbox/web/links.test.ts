interface Links {
  readonly articleTest: (boot: object) => (address: string) => boolean;
  readonly safeUrl: (address: unknown) => string | null;
  readonly issueKeyOf: (address: string, jiraUrl: string) => string | null;
  readonly messagePlaceOf: (
    address: string,
    teamsUrl?: string,
  ) => { platform: string; channel: string; thread: string } | null;
}

// the browser's files have no types; the path is a value, so that the compiler does not look for any
const file: string = '../../../sandbox/web/links.js';
const { articleTest, safeUrl, issueKeyOf, messagePlaceOf } = (await import(file)) as Links;

test.each([
  ['https://wiki.example/a', 'https://wiki.example/a'],
  ['http://127.0.0.1:3000/browse/IT-1', 'http://127.0.0.1:3000/browse/IT-1'],
  ['mailto:it@brindlow.example', 'mailto:it@brindlow.example'],
  ['javascript:alert(1)', null],
  [' JaVaScRiPt:alert(1)', null],
  ['data:text/html,<script>alert(1)</script>', null],
  ['vbscript:x', null],
  ['file:///etc/passwd', null],
  ['/relative', null],
  ['', null],
  [undefined, null],
])('%s may be followed as %s', (address, expected) => {
  expect(safeUrl(address)).toBe(expected);
});

test.each([
  ['http://127.0.0.1:9/browse/IT-12', 'IT-12'],
  ['http://127.0.0.1:9/browse/IT-12?focus=comment', 'IT-12'],
  ['http://127.0.0.1:9/browse/', null],
  ['http://elsewhere.example/browse/IT-12', null],
])('%s names the issue %s', (address, key) => {
  expect(issueKeyOf(address, 'http://127.0.0.1:9')).toBe(key);
});

test.each([
  [
    'https://x.slack.com/archives/C1/p1767225600000200',
    { platform: 'slack', channel: 'C1', thread: '1767225600.000200' },
  ],
  [
    'https://x.slack.com/archives/C1/p1767225601000200?thread_ts=1767225600.000200&cid=C1',
    { platform: 'slack', channel: 'C1', thread: '1767225600.000200' },
  ],
  ['https://x.slack.com/archives/C1', null],
  ['https://wiki.example/page', null],
])('%s leads to a place in the chat', (address, place) => {
  expect(messagePlaceOf(address)).toEqual(place);
});

const teamsUrl = 'http://127.0.0.1:4000';
const inTeams = (chat: string, thread: string) => ({ platform: 'teams', channel: chat, thread });

test.each([
  ['a%3A1x/1767225600123?tenantId=t', inTeams('a:1x', '1767225600.123000')],
  [
    '19%3Aa%40thread.tacv2/1767225601000?parentMessageId=1767225600123',
    inTeams('19:a@thread.tacv2', '1767225600.123000'),
  ],
  ['a%3A1x/', null],
  ['/1767225600123', null],
  ['a%3A1x/abc', null],
])('/l/message/%s of our own Teams leads to a place in the chat, and of another site nowhere', (path, place) => {
  expect(messagePlaceOf(`${teamsUrl}/l/message/${path}`, teamsUrl)).toEqual(place);
  expect(messagePlaceOf(`https://teams.example/l/message/${path}`, teamsUrl)).toBeNull();
  expect(messagePlaceOf(`${teamsUrl}/l/message/${path}`)).toBeNull();
});

test.each([
  ['https://wiki.example/vpn', true],
  ['https://wiki.example/vpn2', false],
  ['http://127.0.0.1:3103/VPN-007ce467', true],
  ['http://127.0.0.1:31030/VPN-007ce467', false],
])('%s is the address of an article: %s', (address, isArticle) => {
  const boot = { articles: ['https://wiki.example/vpn'], sites: ['http://127.0.0.1:3103/'] };
  expect(articleTest(boot)(address)).toBe(isArticle);
});
