import { safeMarkdown } from '../../../adapters/slack/markdown.ts';

test('what a guide is made of stays as it is', () => {
  const guide = [
    '## Connect again',
    '',
    '1. Open **AnyGate**.',
    '2. Choose *Settings > Network* and type `vpn.example.com`.',
    '   - on a Mac: `sudo killall -HUP mDNSResponder`',
    '',
    '> Do not share your token.',
    '',
    '| Office | Port |',
    '| --- | --- |',
    '| Lisbon | 443 |',
    '',
    '```sh',
    'ssh <user>@host && echo "a < b"',
    '```',
    '',
    'Read [the guide](https://kb.example.com/vpn?a=1&b=2) or write to [IT](mailto:it@example.com).',
  ].join('\n');
  expect(safeMarkdown(guide)).toBe(guide);
});

test.each([
  ['a mention of everybody', 'hello <!channel> there', 'hello &lt;!channel> there'],
  ['a mention of a person', 'ask <@U0ANA0001>', 'ask &lt;@U0ANA0001>'],
  ['a mention of a channel', 'see <#C1|help>', 'see &lt;#C1|help>'],
  ['a group', '<!subteam^S01>', '&lt;!subteam^S01>'],
  ['a link in Slack’s markup', '<https://evil.example|Reset password>', '&lt;https://evil.example|Reset password>'],
  ['a mention after a backslash', String.raw`\<!here>`, '&lt;!here>'],
  ['a mention in a code span', 'type `<!channel>`', 'type `< !channel>`'],
  [
    'a mention in a code block',
    '```\n<@U0ANA0001> <https://evil.example|x>\n```',
    '```\n< @U0ANA0001> < https://evil.example|x>\n```',
  ],
  ['a mention in a block that is never closed', '~~~\n<!here>', '~~~\n< !here>'],
  ['what the reader has to fill in', 'log in as <username> at <host>', 'log in as &lt;username> at &lt;host>'],
  ['a placeholder in code', '`ssh <user>@<host>`', '`ssh <user>@<host>`'],
  ['a comparison', 'if a < b and c > d', 'if a &lt; b and c > d'],
  ['HTML', '<b>Press</b> <kbd class="k">Ctrl</kbd>', 'Press Ctrl'],
  ['a script', 'a<script>alert(1)</script>b', 'ab'],
  ['a comment', 'a<!-- <!channel> -->b', 'ab'],
  ['line breaks', 'one<br>two<br/>three', 'one\ntwo\nthree'],
  ['line breaks in a table', '| a<br>b |', '| a b |'],
  ['a picture', '![The dialog](https://kb.example.com/a.png)', '[The dialog](https://kb.example.com/a.png)'],
  ['a picture without words', '![](https://kb.example.com/a.png)', '[image](https://kb.example.com/a.png)'],
  ['a picture at a path', 'see ![The dialog](img/a.png)', 'see The dialog'],
  ['a picture that is a link', '[![Logo](a.png)](https://kb.example.com/)', '[Logo](https://kb.example.com/)'],
  ['a link that runs', '[click](javascript:alert(1))', 'click'],
  ['a link to a file', '[the form](file:///etc/passwd)', 'the form'],
  ['a link to a path', '[VPN](../network/vpn.md)', 'VPN'],
  ['a link whose host is a user name', '[intranet](https://intranet@evil.example/)', 'intranet'],
  ['a link with a title', '[a](https://x.example/ "b")', '[a](https://x.example/)'],
  ['a link with brackets', '[a](https://x.example/a_(b))', '[a](https://x.example/a_%28b%29)'],
  ['a link in angle brackets', '[a](<https://x.example/a b>)', '[a](https://x.example/a%20b)'],
  ['an address in angle brackets', 'see <https://x.example/a>', 'see https://x.example/a'],
  [
    'a link that is named elsewhere',
    'see [the guide][g]\n\n[g]: https://x.example/g "Guide"',
    'see [the guide](https://x.example/g)',
  ],
  ['a link that is named nowhere', 'see [the guide][g]', 'see [the guide][g]'],
  ['a bad link that is named elsewhere', 'see [x][]\n\n[x]: javascript:alert(1)', 'see x'],
  ['zero-width and turned text', 'v\u200Bp\u202En', 'vpn'],
  ['right-to-left text', '**أعد** تشغيل `vpn`', '**أعد** تشغيل `vpn`'],
  ['empty lines in code', '```\na\n\n\nb\n```', '```\na\n\n\nb\n```'],
  ['a code span of three backticks', '``` a ``` <b>b</b> [x](javascript:y)', '``` a ``` b x'],
  ['a list that begins indented', '\n  - a\n  - b\n', '  - a\n  - b'],
  ['a lone backtick', 'it`s <!here>', 'it`s &lt;!here>'],
])('%s', (_, markdown, expected) => {
  expect(safeMarkdown(markdown)).toBe(expected);
});

test('nothing in a hostile text is left that Slack would take for a mention or a link of its own', () => {
  const pieces = [
    '<',
    '!channel>',
    '@U1>',
    '`',
    '``',
    '\n',
    '\n\n',
    '```\n',
    '~~~\n',
    '\\',
    '[a](',
    ')',
    '<!--',
    '-->',
    'https://e|x>',
  ];
  let seed = 7;
  const next = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed;
  };
  for (let round = 0; round < 3000; round += 1) {
    const text = Array.from({ length: 14 }, () => pieces[next() % pieces.length]).join('');
    expect(safeMarkdown(text)).not.toMatch(/<[!@#]|<https:[^>\n]*\|/);
  }
});

test.each([
  ['brackets', '['],
  ['backticks', '` `` '],
  ['angle brackets', '<a '],
  ['comments', '<!--'],
  ['links', '[a]('],
])('a text of nothing but %s does not hold up the program', (_, piece) => {
  expect(safeMarkdown(piece.repeat(32_000 / piece.length)).length).toBeGreaterThan(0);
});

test.each([
  ['a link that never ends', `[a](${' '.repeat(31_000)}b c`, `[a](${' '.repeat(31_000)}b c`],
  ['comments that never end', '<!--'.repeat(8000), '&lt;!--'.repeat(8000)],
  ['a comment among them', `<!--a-->b${'<!--'.repeat(8000)}`, `b${'&lt;!--'.repeat(8000)}`],
  ['scripts that never end', `<script>a</script >${'<script>b '.repeat(4000)}`, 'b '.repeat(4000).trimEnd()],
  ['a link with much room', `[a](${' '.repeat(31_000)}https://x.example/ \n "t" )`, '[a](https://x.example/)'],
  ['a link with much room that may not be', `[a](${' '.repeat(31_000)}javascript:x)`, 'a'],
])('%s is read all the same', (_, markdown, expected) => {
  expect(safeMarkdown(markdown)).toBe(expected);
});
