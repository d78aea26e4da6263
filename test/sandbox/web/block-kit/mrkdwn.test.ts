interface Mrkdwn {
  readonly parseMrkdwn: (text: string, how?: { isVerbatim: boolean }) => unknown;
}

// the browser's files have no types; the path is a value, so that the compiler does not look for any
const file: string = '../../../../sandbox/web/block-kit/mrkdwn.js';
const { parseMrkdwn } = (await import(file)) as Mrkdwn;

const text = (value: string) => ({ type: 'text', text: value });

test.each([
  ['plain words', 'hello', [text('hello')]],
  ['bold', 'a *b* c', [text('a '), { type: 'bold', children: [text('b')] }, text(' c')]],
  ['italic', '_b_', [{ type: 'italic', children: [text('b')] }]],
  ['strike', '~b~', [{ type: 'strike', children: [text('b')] }]],
  [
    'styles in styles',
    '*a _b_*',
    [{ type: 'bold', children: [text('a '), { type: 'italic', children: [text('b')] }] }],
  ],
  ['a style before a full stop', '*b*.', [{ type: 'bold', children: [text('b')] }, text('.')]],
  ['stars inside a word', '2*3*4', [text('2*3*4')]],
  ['a name with underscores', 'snake_case_name', [text('snake_case_name')]],
  ['a star before a space', '* not bold *', [text('* not bold *')]],
  ['a style over two lines', '*a\nb*', [text('*a\nb*')]],
  ['code, with nothing read inside it', '`*a* &lt;b&gt;`', [{ type: 'code', text: '*a* <b>' }]],
  [
    'a link',
    '<https://a.example/x_y_z>',
    [{ type: 'link', url: 'https://a.example/x_y_z', text: 'https://a.example/x_y_z' }],
  ],
  [
    'a link with words',
    '<https://a.example?a=1&amp;b=2|A &amp; B>',
    [{ type: 'link', url: 'https://a.example?a=1&b=2', text: 'A & B' }],
  ],
  [
    'an address',
    '<mailto:a@b.example|a@b.example>',
    [{ type: 'link', url: 'mailto:a@b.example', text: 'a@b.example' }],
  ],
  [
    'a style around a link',
    '*<https://a.example|a*b>*',
    [{ type: 'bold', children: [{ type: 'link', url: 'https://a.example', text: 'a*b' }] }],
  ],
  ['a person', '<@U1>', [{ type: 'user', id: 'U1', label: null }]],
  ['a channel', '<#C1|general>', [{ type: 'channel', id: 'C1', label: 'general' }]],
  [
    'a call to all',
    '<!here> and <!subteam^S1|@it>',
    [{ type: 'broadcast', text: '@here' }, text(' and '), { type: 'group', text: '@it' }],
  ],
  ['an emoji that is kept', ':tada:', [text('🎉')]],
  ['an emoji that is not kept', ':constructor: :nope:', [text(':constructor: :nope:')]],
  ['times of the day', 'from 10:30:15 on', [text('from 10:30:15 on')]],
  ['entities, once', '&lt;script&gt; &amp;lt;', [text('<script> &lt;')]],
  ['an open bracket', 'a < b', [text('a < b')]],
])('%s', (_, written, children) => {
  expect(parseMrkdwn(written)).toEqual([{ type: 'text', children }]);
});

test.each([
  [
    'a block of code',
    'see\n```a\n  *b*```\nend',
    [
      { type: 'text', children: [text('see\n')] },
      { type: 'pre', text: 'a\n  *b*' },
      { type: 'text', children: [text('end')] },
    ],
  ],
  [
    'a quote between lines',
    'a\n&gt; b\n> c\nd',
    [
      { type: 'text', children: [text('a')] },
      { type: 'quote', children: [text('b\nc')] },
      { type: 'text', children: [text('d')] },
    ],
  ],
  ['a quote to the end', '&gt;&gt;&gt; a\nb', [{ type: 'quote', children: [text('a\nb')] }]],
  ['nothing', '', []],
])('%s stands apart', (_, written, blocks) => {
  expect(parseMrkdwn(written)).toEqual(blocks);
});

test('forty thousand marks that open nothing stay as they are', () => {
  expect(parseMrkdwn('*a '.repeat(13_000))).toEqual([{ type: 'text', children: [text('*a '.repeat(13_000))] }]);
});

test.each([
  [
    'a moment',
    '<!date^1392734382^{date} at {time}|Feb 18>',
    { type: 'date', seconds: 1_392_734_382, format: '{date} at {time}', url: null, fallback: 'Feb 18' },
  ],
  [
    'a moment with a link',
    '<!date^1392734382^{date}^https://a.example/|Feb 18>',
    { type: 'date', seconds: 1_392_734_382, format: '{date}', url: 'https://a.example/', fallback: 'Feb 18' },
  ],
  ['a group', '<!subteam^S1|@it>', { type: 'group', text: '@it' }],
  ['a group without its name', '<!subteam^S1>', { type: 'group', text: '@S1' }],
])('%s is read', (_, written, node) => {
  expect(parseMrkdwn(written)).toEqual([{ type: 'text', children: [node] }]);
});

test('addresses become links unless the text is verbatim; a full stop behind one does not', () => {
  const link = { type: 'link', url: 'https://a.example/b?c=1', text: 'https://a.example/b?c=1' };
  const written = 'See https://a.example/b?c=1. *https://a.example/b?c=1* `https://c.example`';
  expect(parseMrkdwn(written, { isVerbatim: false })).toEqual([
    {
      type: 'text',
      children: [
        text('See '),
        link,
        text('. '),
        { type: 'bold', children: [link] },
        text(' '),
        { type: 'code', text: 'https://c.example' },
      ],
    },
  ]);
  expect(parseMrkdwn('https://a.example', { isVerbatim: true })).toEqual([
    { type: 'text', children: [text('https://a.example')] },
  ]);
});
