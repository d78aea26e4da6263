import { mentionsAny, plainText } from '../../../adapters/slack/text.ts';

const own = ['U0BOT0001'];

test.each([
  ['our mention at the start', '<@U0BOT0001> my VPN', 'my VPN'],
  ['our mention with a comma', '<@U0BOT0001>, my VPN', 'my VPN'],
  ['our mention in the middle', 'hello <@U0BOT0001> my VPN', 'hello my VPN'],
  ['our mention with a label', '<@U0BOT0001|firstline> my VPN', 'my VPN'],
  ['only our mention', '<@U0BOT0001>', ''],
  ['our mention and nothing to see', '<@U0BOT0001> \u200B\u2060', ''],
  ['another person', 'ask <@U0BEN0001> please', 'ask @someone please'],
  ['another person with a label', 'ask <@U0BEN0001|ben> please', 'ask @ben please'],
  ['a channel', 'see <#C0HELP001|help-it> and <#C1>', 'see #help-it and #channel'],
  ['everybody', '<!here> <!channel> <!everyone|everyone>', '@here @channel @everyone'],
  ['a group', '<!subteam^S01|@it-team> or <!subteam^S02>', '@it-team or @group'],
  ['a date', 'on <!date^1767225600^{date}|1 January>', 'on 1 January'],
  [
    'a link with a label',
    'see <https://x.example/a?b=1&amp;c=2|the guide>',
    'see the guide (https://x.example/a?b=1&c=2)',
  ],
  ['a link without a label', 'see <https://x.example/>', 'see https://x.example/'],
  ['a link that Slack made of a host', 'see <http://x.example|x.example>', 'see x.example'],
  ['a link labelled with itself', '<https://x.example/|https://x.example/>', 'https://x.example/'],
  ['a mail address', '<mailto:ana@x.example|ana@x.example> or <mailto:b@x.example>', 'ana@x.example or b@x.example'],
  ['a label with a bar', '<https://x.example/|a|b>', 'a|b (https://x.example/)'],
  ['entities', 'a &lt;b&gt; &amp;amp; c', 'a <b> &amp; c'],
  ['a typed mention of everybody', '&lt;!channel&gt;', '<!channel>'],
  ['only an emoji', ':wave:', ':wave:'],
  ['lines', ' one\r\ntwo ', 'one\ntwo'],
  ['right-to-left text', 'الـVPN لا يعمل', 'الـVPN لا يعمل'],
  ['nothing', '', ''],
])('plain text of %s', (_, encoded, expected) => {
  expect(plainText(encoded, own)).toBe(expected);
});

test('cuts a text at 40,000 characters, not through a character', () => {
  expect(plainText('x'.repeat(50_000), own)).toHaveLength(40_000);
  const cut = plainText(`${'x'.repeat(39_999)}😀`, own);
  expect(cut).toBe('x'.repeat(39_999));
});

test('a text of nothing but brackets is read in no time', () => {
  expect(plainText('<'.repeat(100_000), own)).toHaveLength(40_000);
});

test.each([
  ['<@U0BOT0001> hi', true],
  ['hi <@U0BOT0001|firstline>', true],
  ['hi <@U0BOT00012>', false],
  ['hi &lt;@U0BOT0001&gt;', false],
])('whether %s mentions us: %s', (encoded, expected) => {
  expect(mentionsAny(encoded, own)).toBe(expected);
});
