import { encodeTyped, mentions, richText } from '../../../sandbox/slack/text.ts';

const names = {
  people: [
    { id: 'U1', name: 'Ana' },
    { id: 'U2', name: 'Ana Maria' },
    { id: 'U3', name: "Siobhán O'Reilly (IT)" },
    { id: 'UB', name: 'Firstline' },
  ],
  channels: [{ id: 'C1', name: 'it-help' }],
};

test.each([
  ['a < b && c > d', 'a &lt; b &amp;&amp; c &gt; d'],
  ['@Firstline my vpn', '<@UB> my vpn'],
  ['hi @firstline!', 'hi <@UB>!'],
  ['@Ana Maria and @Ana', '<@U2> and <@U1>'],
  ["ask @Siobhán O'Reilly (IT).", 'ask <@U3>.'],
  ['@Anabel and me@Ana', '@Anabel and me@Ana'],
  ['see #it-help, not #it-helpers', 'see <#C1|it-help>, not #it-helpers'],
  ['@here look', '<!here> look'],
  ['https://a.example/x?y=1&z=2.', '<https://a.example/x?y=1&amp;z=2>.'],
  ['<!channel> <@U1>', '&lt;!channel&gt; &lt;@U1&gt;'],
  ['', ''],
])('typing %p sends %p', (typed, encoded) => {
  expect(encodeTyped(typed, names)).toBe(encoded);
});

test.each([
  ['<@UB> hi', true],
  ['<@UB|firstline> hi', true],
  ['&lt;@UB&gt; hi', false],
  ['<@UBX> hi', false],
])('%p mentions the app: %p', (text, expected) => {
  expect(mentions(text, 'UB')).toBe(expected);
});

test('a message as rich text has its mentions, links and decoded words apart', () => {
  expect(richText('<@U1> a &amp; b <https://x.example|x> <#C1|it-help> <!here>')).toEqual({
    type: 'rich_text',
    block_id: expect.any(String),
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'user', user_id: 'U1' },
          { type: 'text', text: ' a & b ' },
          { type: 'link', url: 'https://x.example', text: 'x' },
          { type: 'text', text: ' ' },
          { type: 'channel', channel_id: 'C1' },
          { type: 'text', text: ' ' },
          { type: 'broadcast', range: 'here' },
        ],
      },
    ],
  });
});
