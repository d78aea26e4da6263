import { splitFences, splitSpans } from '../../../adapters/chat/markdown-segments.ts';
import { escapeMarkdown, linkMarkdown, toTeamsMarkdown } from '../../../adapters/teams/markdown.ts';
import { safeUrl } from '../../../adapters/teams/safe-url.ts';

const text = (markdown: string) => toTeamsMarkdown(markdown, 'text');
const card = (markdown: string) => toTeamsMarkdown(markdown, 'card');

const guide = [
  '# Connect again',
  'Choose *Settings > Network* and type `vpn <user>`.',
  '1. Open **AnyGate**.',
  '   - on a Mac: `sudo killall`',
  '',
  'Port',
  '====',
  '| Office | Port |',
  '| --- | --- |',
  '| Lisbon | 443 |',
  '| `a \\| b` | ~~80~~ |',
  '',
  '---',
  '```sh',
  'ssh <user>@host # a **b**',
  '```',
  'Read [the guide](https://kb.example.com/vpn?a=1&b=2).',
].join('\n');

test('a guide as the text of a message has neither headings nor tables', () => {
  expect(text(guide)).toBe(
    [
      '**Connect again**',
      '',
      'Choose *Settings > Network* and type `vpn <user>`.',
      '',
      '1. Open **AnyGate**.',
      '   - on a Mac: `sudo killall`',
      '',
      '**Port**',
      '',
      '**Office | Port**',
      '',
      '- Lisbon | 443',
      '- `a | b` | ~~80~~',
      '',
      '```sh',
      'ssh <user>@host # a **b**',
      '```',
      'Read [the guide](https://kb.example.com/vpn?a=1&b=2).',
    ].join('\n'),
  );
});

test('a guide in a card has no code either', () => {
  expect(card(guide)).toBe(
    [
      '**Connect again**',
      '',
      'Choose *Settings > Network* and type vpn &lt;user>.',
      '',
      '1. Open **AnyGate**.',
      '   - on a Mac: sudo killall',
      '',
      '**Port**',
      '',
      '**Office | Port**',
      '',
      '- Lisbon | 443',
      '- a | b | 80',
      '',
      String.raw`ssh &lt;user>@host # a \*\*b\*\*`,
      '',
      'Read [the guide](https://kb.example.com/vpn?a=1&b=2).',
    ].join('\n'),
  );
});

test.each([
  ['a mention', 'ask <at>Ana</at>', 'ask Ana'],
  ['a mention after a backslash', String.raw`\<at>Ana\</at>`, 'Ana'],
  ['a mention with an id', '<at id="0">Ana</at>', 'Ana'],
  ['a half mention', '<at >x <at', 'x &lt;at'],
  ['a mention in a code span', 'type `<at>Ana</at>`', 'type `< at>Ana< /at>`'],
  ['a mention in a code block', '```\n<at>Ana</at>\n```', '```\n< at>Ana< /at>\n```'],
  ['a quoted message', '<quoted messageId="1"/>x', 'x'],
  ['what the reader has to fill in', 'log in as <username>', 'log in as &lt;username>'],
  ['a comparison', 'if a < b & c > d', 'if a &lt; b & c > d'],
  ['HTML', '<b>Press</b> <img src=x onerror=alert(1)> <kbd class="k">Ctrl</kbd>', 'Press  Ctrl'],
  ['a script', 'a<script>alert(1)</script>b', 'ab'],
  ['a comment', 'a<!-- <at>x</at> -->b', 'ab'],
  ['line breaks', 'one<br>two', 'one\n\ntwo'],
  ['a picture', '![The dialog](https://kb.example.com/a.png)', '[The dialog](https://kb.example.com/a.png)'],
  ['a picture at a path', 'see ![The dialog](img/a.png)', 'see The dialog'],
  ['a picture that is a link', '[![Logo](a.png)](https://kb.example.com/)', '[Logo](https://kb.example.com/)'],
  ['a link that runs', '[click](javascript:alert(1))', 'click'],
  [
    'a link that runs, deep in brackets',
    '[[[click]]](javascript:alert(1))',
    String.raw`[[[click]]]\(javascript:alert(1))`,
  ],
  ['a link to a path', '[VPN](../vpn.md)', 'VPN'],
  ['a link whose host is a user name', '[intranet](https://intranet@evil.example/)', 'intranet'],
  ['a link in angle brackets', '[a](<https://x.example/a b>)', '[a](https://x.example/a%20b)'],
  ['an address in angle brackets', 'see <https://x.example/a>', 'see https://x.example/a'],
  [
    'a link that is named elsewhere',
    'see [the guide][g]\n\n[g]: https://x.example/g "Guide"',
    'see [the guide](https://x.example/g)',
  ],
  ['a bad link that is named elsewhere', 'see [x][]\n\n[x]: javascript:alert(1)', 'see x'],
  [
    'what would name a link over two lines',
    'see [x]\n\n[x]:\njavascript:alert(1)',
    'see [x]\n\n[x]\\:\njavascript:alert(1)',
  ],
  ['a footnote', 'as said [1]', String.raw`as said \[1\]`],
  ['a link whose words are a number', '[1](https://x.example/)', '[ 1 ](https://x.example/)'],
  ['a heading in bold type', '## **Steps** ##', '**Steps**'],
  ['an empty heading', 'a\n#\nb', 'a\n\nb'],
  ['a line across', 'a\n\n* * *\n\nb', 'a\n\nb'],
  ['a table without outer lines', 'Name | Age\n--- | ---\nAna | 30', '**Name | Age**\n\n- Ana | 30'],
  ['zero-width and turned text', 'v\u200Bp\u202En', 'vpn'],
  ['marks that are ours', 'a\uE0000\uE001b', 'a0b'],
  ['right-to-left text', '**أعد** تشغيل `vpn`', '**أعد** تشغيل `vpn`'],
])('%s', (_, markdown, expected) => {
  expect(text(markdown)).toBe(expected);
});

const withoutCode = (markdown: string) =>
  splitFences(markdown)
    .flatMap(({ code, text: words }) => (code ? [] : words.split(/\n[ \t]*\n/).flatMap(splitSpans)))
    .map(({ code, text: words }) => (code ? '' : words))
    .join('\n');

test.each(['text', 'card'] as const)('nothing in a hostile text is left in a %s that mentions or links', (surface) => {
  const pieces = [
    '<',
    'at>',
    '/at>',
    '`',
    '``',
    '\n',
    '\n\n',
    '```\n',
    '~~~\n',
    '\\',
    '[a](',
    ')',
    '[a]',
    ']:',
    '|',
    '---',
  ];
  const hostile = [...pieces, '<!--', '-->', 'javascript:x', '<a href="javascript:x">', '# ', '- '];
  let seed = 7;
  const next = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed;
  };
  for (let round = 0; round < 1500; round += 1) {
    const made = Array.from({ length: 14 }, () => hostile[next() % hostile.length]).join('');
    const shown = toTeamsMarkdown(made, surface);
    expect(shown).not.toMatch(/<\/?at>|<a /);
    expect(withoutCode(shown)).not.toMatch(/(?<!\\)\]\(javascript:/);
  }
});

test.each([
  ['brackets', '['],
  ['backticks', '` `` '],
  ['more backticks', '`'],
  ['angle brackets', '<a '],
  ['comments', '<!--'],
  ['links', '[a]('],
  ['spaces', ' '],
  ['hashes', '# #'],
  ['bars', '|'],
  ['dashes', '-'],
  ['bars and dashes', '|-'],
])('a text of nothing but %s does not hold up the program', (_, piece) => {
  const long = `${piece.repeat(32_000 / piece.length)}x`;
  expect(card(`a${long}`).length + text(long).length).toBeGreaterThan(0);
});

test.each([
  ['markup', '*a* _b_ `c` ~d~ [e](f)', '\\*a\\* \\_b\\_ \\`c\\` \\~d\\~ \\[e\\](f)'],
  ['a mention', '<at>Ana</at>', '&lt;at>Ana&lt;/at>'],
  ['an entity', 'AT&T &lt;b&gt;', 'AT&T &amp;lt;b&amp;gt;'],
  ['what would begin a block', '# a\n- b\n1. c\n> d\n---', '\\# a\n\n\\- b\n\n1\\. c\n\n\\> d\n\n\\---'],
  ['dates and versions', '5.2 - on 1.1.', '5.2 - on 1.1.'],
  ['lines', 'one\n\n\n  two', 'one\n\ntwo'],
])('plain text shows %s as it is', (_, plain, expected) => {
  expect(escapeMarkdown(plain)).toBe(expected);
});

test.each([
  ['a usual one', 'https://kb.example.com/vpn', 'VPN', '[VPN](https://kb.example.com/vpn)'],
  [
    'a title that ends the link',
    'https://kb.example.com/',
    'a](https://evil.example) <at>x</at>',
    String.raw`[a\](https://evil.example) &lt;at>x&lt;/at>](https://kb.example.com/)`,
  ],
  ['an address that ends the link', 'https://x.example/a)b', 'T', '[T](https://x.example/a%29b)'],
  ['an address that runs', 'javascript:alert(1)', 'T', 'T'],
  ['no title', 'https://x.example/', ' \u200B', '[https://x.example/](https://x.example/)'],
])('a link with %s', (...[, url, title, expected]) => {
  expect(linkMarkdown(url, title)).toBe(expected);
});

test.each([
  ['a link that never ends', `[a](${' '.repeat(31_000)}`, `[a]\\(${' '.repeat(31_000)}`.trimEnd()],
  ['a title that never ends', `[a](x${' '.repeat(31_000)}"b`, `[a]\\(x${' '.repeat(31_000)}"b`],
  ['escapes that never end', '[\\'.repeat(16_000), '[\\'.repeat(16_000)],
  ['a label without end', `[${'a'.repeat(1000)}](javascript:x)`, `[${'a'.repeat(1000)}]\\(javascript:x)`],
  ['comments that never end', '<!--'.repeat(8000), '&lt;!--'.repeat(8000)],
  ['a comment among them', `<!--a-->b${'<!--'.repeat(8000)}`, `b${'&lt;!--'.repeat(8000)}`],
  ['scripts that never end', `<script>a</script >${'<script>b '.repeat(4000)}`, 'b '.repeat(4000).trimEnd()],
  ['a link with much room', `[a](${' '.repeat(31_000)}https://x.example/ \n "t" )`, '[a](https://x.example/)'],
])('%s is read all the same', (_, markdown, expected) => {
  expect(toTeamsMarkdown(markdown, 'text')).toBe(expected);
});

test.each([
  ['mailto:it@x.example', 'mailto:it@x.example'],
  ['https://x.example/a_b', 'https://x.example/a_b'],
  ['https://user:secret@x.example/', null],
  [`https://x.example/${'a'.repeat(2000)}`, null],
  ['data:text/html,x', null],
])('the address %s becomes %s', (url, expected) => {
  expect(safeUrl(url)).toBe(expected);
});
