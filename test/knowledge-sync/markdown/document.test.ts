import { readDocument as readFrom } from '../../../knowledge-sync/markdown/document.ts';

const readDocument = (bytes: Uint8Array) => readFrom(bytes, 'wiki');

const bytes = (text: string) => new TextEncoder().encode(text);
const file = (frontMatter: string, body = 'Restart it.') => bytes(`---\n${frontMatter}\n---\n${body}`);
const whole = (changes: Readonly<Record<string, string>> = {}) =>
  Object.entries({ title: 'VPN', url: 'https://wiki.example/vpn', audience: 'everyone', ...changes })
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n');

test('front matter and text make a document', () => {
  const text = '\nRestart it.\n';
  expect(readDocument(file(whole({ updated: '2026-03-18', owner: 'it', audience: '[everyone, it]' }), text))).toEqual({
    title: 'VPN',
    url: 'https://wiki.example/vpn',
    audience: [['everyone', 'group:wiki/it']],
    gaps: [],
    isComplete: true,
    updatedAt: new Date('2026-03-18T00:00:00Z'),
    markdown: text,
  });
});

test.each([
  ['a byte order mark', '\ufeff---\ntitle: A\nurl: http://a.example\n---\ntext'],
  ['line ends of Windows', '---\r\ntitle: A\r\nurl: http://a.example\r\n---\r\ntext'],
  ['line ends of old Macs', '---\rtitle: A\rurl: http://a.example\r---\rtext'],
  ['blanks behind the dashes', '---  \ntitle: A\nurl: http://a.example\n---\t\ntext'],
  ['an end of three dots', '---\ntitle: A\nurl: http://a.example\n...\ntext'],
])('%s is no matter', (_, text) => {
  expect(readDocument(bytes(text))).toEqual({
    title: 'A',
    url: 'http://a.example/',
    audience: [],
    gaps: [],
    isComplete: true,
    updatedAt: null,
    markdown: 'text',
  });
});

test('front matter ends at the first line of dashes; a file may end there', () => {
  expect(readDocument(file(whole(), 'a\n---\nb')).markdown).toBe('a\n---\nb');
  expect(readDocument(bytes(`---\n${whole()}\n---`)).markdown).toBe('');
});

test.each([
  ['a text', 'VPN: how to', '"VPN: how to"'],
  ['a number', '2026', '2026'],
  ['several lines', 'VPN how to', '"VPN\\n\\t how to"'],
  ['control characters', 'V PN', '"V\\0\\x1b PN"'],
])('a title can be %s', (_, title, written) => {
  expect(readDocument(file(whole({ title: written }))).title).toBe(title);
});

test('without a title the first heading of the first level is the title', () => {
  const body = '```\n# no\n```\n\n## Nor this\n\n# Reset *the* VPN #\n\n# Another';
  expect(readDocument(file('url: https://wiki.example', body)).title).toBe('Reset the VPN');
  expect(readDocument(file('url: https://wiki.example', 'Reset\n===\ntext')).title).toBe('Reset');
});

test.each([
  ['a list', '[everyone, it]', [['everyone', 'group:wiki/it']]],
  ['a text with commas', 'it, finance ,', [['group:wiki/it', 'group:wiki/finance']]],
  ['one name', 'it', [['group:wiki/it']]],
  ['a name twice', '[it, it]', [['group:wiki/it']]],
  ['everyone, however written', '[EVERYONE]', [['everyone']]],
  ['a person', '["person: Ann@Firm.example"]', [['person:ann@firm.example']]],
  ['a number', '[2026]', [['group:wiki/2026']]],
  ['an empty list', '[]', []],
  ['nothing', '', []],
])('an audience can be %s', (_, written, audience) => {
  expect(readDocument(file(whole({ audience: written }))).audience).toEqual(audience);
});

test('a document that names no audience is for nobody', () => {
  expect(readDocument(file('title: A\nurl: https://a.example')).audience).toEqual([]);
});

test.each([
  ['2026-03-18', '2026-03-18T00:00:00.000Z'],
  ['"2026-03-18"', '2026-03-18T00:00:00.000Z'],
  ['2026-03-18T10:20:30Z', '2026-03-18T10:20:30.000Z'],
  ['2026-03-18T23:30+02:00', '2026-03-18T21:30:00.000Z'],
])('updated: %s', (written, updatedAt) => {
  expect(readDocument(file(whole({ updated: written }))).updatedAt).toEqual(new Date(updatedAt));
});

test.each<readonly [string, Uint8Array, string]>([
  ['not UTF-8', Uint8Array.of(0x2d, 0xe9, 0x0a), 'is not UTF-8: save it again with the encoding UTF-8.'],
  ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x23, 0x00), 'is not UTF-8: save it again with the encoding UTF-8.'],
  ['not text', bytes('a\0b'), 'is not a text file: save it as text with the encoding UTF-8.'],
  ['empty', bytes(''), 'has no title: add a line `title: …` to its front matter.'],
  ['without front matter', bytes('# A\ntext'), 'has no link to cite: add a line `url: https://…` to its front matter.'],
  [
    'without a title',
    file('url: https://a.example', '## Not the first level'),
    'has no title: add a line `title: …` to its front matter.',
  ],
  ['with an empty title', file(whole({ title: '" "' })), 'has no title: add a line `title: …` to its front matter.'],
  ['with a list as title', file(whole({ title: '[a]' })), 'has a `title` that is not a text: put it in quotes.'],
  ['with an endless title', file(whole({ title: 'x'.repeat(301) })), 'has a title of over 300 characters: shorten it.'],
  ['without a link', file('title: A'), 'has no link to cite: add a line `url: https://…` to its front matter.'],
  ...[
    'wiki.example/vpn',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'https://ann:secret@wiki.example',
    '[a]',
    'https://',
  ].map(
    (url) =>
      [
        `with the link ${url}`,
        file(whole({ url })),
        'has a `url` that is not a web address: it must begin with https:// or http://.',
      ] as const,
  ),
  [
    'with an address as audience',
    file(whole({ audience: 'ann@firm.example' })),
    'names ann@firm.example in its audience: write `person:ann@firm.example`.',
  ],
  [
    'with a person who is no address',
    file(whole({ audience: 'person:ann' })),
    'has something that is no e-mail address where one belongs: "ann".',
  ],
  [
    'with a map as audience',
    file(whole({ audience: '{it: yes}' })),
    'has an `audience` that is not a list of names: write `audience: [everyone]`.',
  ],
  ...['yesterday', '2026-02-30', '18.03.2026', '2026', '[2026-03-18]', '2026-03-18T25:00Z'].map(
    (updated) =>
      [
        `updated ${updated}`,
        file(whole({ updated })),
        'has an `updated` that is not a date: write it as 2026-01-31.',
      ] as const,
  ),
  [
    'with front matter that does not end',
    bytes('---\ntitle: A\n\ntext'),
    'begins with front matter that does not end: close it with a line of three dashes.',
  ],
  [
    'with endless front matter',
    file(`a: ${'x'.repeat(20_000)}`),
    'begins with front matter that does not end: close it with a line of three dashes.',
  ],
  ['with a list as front matter', file('- a\n- b'), 'has front matter that is not a list of `key: value` lines.'],
  [
    'with a key twice',
    file('title: A\ntitle: B'),
    'has front matter that is not valid YAML: Map keys must be unique at line 3, column 1.',
  ],
  [
    'with a colon in the title',
    file('url: https://a.example\ntitle: VPN: how to'),
    'has front matter that is not valid YAML: Nested mappings are not allowed in compact mappings at line 3, column 8.',
  ],
])('a file %s is a fault that says how to mend it', (_, content, message) => {
  expect(() => readDocument(content)).toThrow(expect.objectContaining({ name: 'DocumentFault', message }));
});

test.each([
  ['nested ten thousand deep', '['.repeat(10_000)],
  [
    'that unfolds to billions',
    [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...Array.from('bcdefghi', (key, index) => `${key}: &${key} [${`*${'abcdefgh'[index]},`.repeat(9)}]`),
    ].join('\n'),
  ],
])('front matter %s is a fault', (_, yaml) => {
  expect(() => readDocument(file(yaml))).toThrow(expect.objectContaining({ name: 'DocumentFault' }));
});

test('a key called __proto__ changes nothing', () => {
  const document = readDocument(file(`${whole()}\n__proto__: {audience: [everyone], title: no}\naudience2: x`));
  expect(document).toMatchObject({ title: 'VPN', audience: [['everyone']] });
  expect(() => readDocument(file('__proto__: {title: A, url: "https://a.example"}'))).toThrow('has no title');
});
