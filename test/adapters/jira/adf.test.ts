import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import type { TicketLine, TicketSection } from '#domain/ticket.ts';
import { type AdfDocument, commentOf, descriptionOf, textLimit } from '../../../adapters/jira/adf.ts';
import { adfProblem, adfText } from '../../../sandbox/jira/adf.ts';

const at = new Date('2026-03-02T09:15:30Z');
const said = (text: string, who = 'Ada Poe'): TicketLine => ({ kind: 'said', who, at, text });
const plain = (text: string): TicketLine => ({ kind: 'text', text });
const quote = (text: string): TicketLine => ({ kind: 'quote', text });
const section = (...lines: TicketLine[]): TicketSection => ({ heading: 'Conversation', lines });
const heading = { type: 'heading', attrs: { level: 3 }, content: [{ type: 'text', text: 'Conversation' }] };

/** What stands under the heading of one section with these lines. */
function blocks(...lines: TicketLine[]): unknown[] {
  return descriptionOf([section(...lines)]).content.slice(1);
}

const link = (url: string, text = 'VPN', note = ''): TicketLine => ({ kind: 'link', text, url, note });
const text = (value: string, ...marks: object[]) => ({
  type: 'text',
  text: value,
  ...(marks.length > 0 ? { marks } : {}),
});
const br = { type: 'hardBreak' };
const paragraph = (...content: object[]) => ({ type: 'paragraph', content });
const strong = { type: 'strong' };

test.each([
  ['text', plain('It broke'), [paragraph(text('It broke'))]],
  [
    'text of several lines',
    plain(' a\r\nb\rc\u2028d\n'),
    [paragraph(text('a'), br, text('b'), br, text('c'), br, text('d'))],
  ],
  ['text with gaps', plain('a\n\n \n\t\nb'), [paragraph(text('a'), br, br, text('b'))]],
  ['quoted speech', quote('a\nb'), [{ type: 'blockquote', content: [paragraph(text('a'), br, text('b'))] }]],
  [
    'a message',
    said('Help\nme'),
    [paragraph(text('Ada Poe', strong), text(' · 2026-03-02 09:15 UTC'), br, text('Help'), br, text('me'))],
  ],
  ['a message without text', said(''), [paragraph(text('Ada Poe', strong), text(' · 2026-03-02 09:15 UTC'))]],
  ['a message of nobody', said('Hi', ' '), [paragraph(text('2026-03-02 09:15 UTC'), br, text('Hi'))]],
  ['a link', link('https://wiki/vpn'), [paragraph(text('VPN', { type: 'link', attrs: { href: 'https://wiki/vpn' } }))]],
  [
    'a link with a note',
    link('http://wiki/', 'VPN', '83 %'),
    [paragraph(text('VPN', { type: 'link', attrs: { href: 'http://wiki/' } }), text(' (83 %)'))],
  ],
  [
    'a link without a title',
    link('https://wiki/vpn', ' '),
    [paragraph(text('https://wiki/vpn', { type: 'link', attrs: { href: 'https://wiki/vpn' } }))],
  ],
  ['a link that would run something', link('javascript:alert(1)'), [paragraph(text('VPN'))]],
  ['a link with a hidden line end', link('java\nscript:alert(1)'), [paragraph(text('VPN'))]],
  ['an address that is none', link('not an address'), [paragraph(text('VPN'))]],
  [
    'wiki markup',
    plain('{color:red}*b* [a|http://x] @[~accountid:1] <b>&'),
    [paragraph(text('{color:red}*b* [a|http://x] @[~accountid:1] <b>&'))],
  ],
  ['control characters', plain('a\u0000b\u001B[31mc\u007F\u0085d\uFFFEe\tf'), [paragraph(text('ab[31mcde\tf'))]],
  ['half characters', plain('a\uD83Db\uDE00c😀'), [paragraph(text('abc😀'))]],
] as [string, TicketLine, unknown[]][])('%s', (_, line, expected) => {
  expect(blocks(line)).toEqual(expected);
});

test.each([plain(''), plain(' \n\t '), plain('\u0000'), quote('\r\n'), link('', '', '')])(
  'a line without visible text is left out: %j',
  (line) => {
    expect(descriptionOf([section(line)])).toEqual({ type: 'doc', version: 1, content: [] });
  },
);

test('sections stand one after the other, with their headings', () => {
  const document = descriptionOf([
    section(plain('a')),
    { heading: 'Found\n', lines: [plain('b')] },
    { heading: '', lines: [plain('c')] },
  ]);
  expect(document.content).toEqual([
    heading,
    paragraph(text('a')),
    { ...heading, content: [text('Found')] },
    paragraph(text('b')),
    paragraph(text('c')),
  ]);
});

test('a comment has its author in bold, then the text', () => {
  expect(commentOf({ author: 'Ada\nPoe', lines: [plain('one\ntwo')] }).content).toEqual([
    paragraph(text('Ada Poe', strong)),
    paragraph(text('one'), br, text('two')),
  ]);
});

const transcript = Array.from({ length: 100 }, (_, index) => said(`message ${index + 1} ${'x'.repeat(590)}`));
const hostile = '"\\\n😀\u0000<b>\uD83D'.repeat(10_000);
const bodies: [string, TicketSection[]][] = [
  ['a transcript of 60,000 characters', [section(plain('the question')), section(...transcript)]],
  ['one message of 60,000 characters', [section(said('first'), said('x'.repeat(60_000)), said('last'))]],
  ['sixty messages of quotation marks', [section(...Array.from({ length: 60 }, () => said('"'.repeat(1_000))))]],
  [
    'a hostile text everywhere',
    [section(plain(hostile), quote(hostile), said(hostile, hostile), link(`https://x/${hostile}`, hostile, hostile))],
  ],
  ['two thousand lines of text', [section(...Array.from({ length: 2_000 }, (_, index) => plain(`line ${index}`)))]],
  ['ten thousand empty lines', [section(plain('a\n'.repeat(10_000)), said('\n'.repeat(60_000)))]],
  ['two thousand links', [section(...Array.from({ length: 2_000 }, (_, index) => link(`https://wiki/${index}`)))]],
];

test.each(bodies)('%s keeps to the limit and is valid', (_, body) => {
  const document = descriptionOf(body);
  expect(JSON.stringify(document).length).toBeLessThanOrEqual(textLimit);
  expect(adfProblem(document)).toBeNull();
});

const lines = (document: AdfDocument) => adfText(document).split('\n');

test('a long transcript loses its oldest messages, as few as needed, and says how many', () => {
  const [, body] = bodies[0]!;
  const shown = lines(descriptionOf(body));
  const left = Number(
    /^… (\d+) earlier messages left out$/.exec(shown.find((line) => line.startsWith('…')) ?? '')?.[1],
  );
  expect(shown.filter((line) => line.startsWith('message')).map((line) => line.split(' ')[1])).toEqual(
    Array.from({ length: 100 - left }, (_, index) => String(left + 1 + index)),
  );
  expect(shown).toContain('the question');
  // one message more, with what is around it, would not fit
  expect(JSON.stringify(descriptionOf(body)).length).toBeGreaterThan(textLimit - 800);
});

test('one very long message is shortened, and its neighbours stay', () => {
  const shown = lines(descriptionOf(bodies[1]![1]));
  expect(shown).toEqual(expect.arrayContaining(['first', '… (40000 characters left out)', 'last']));
});

test('when nothing else helps the end is cut and told', () => {
  const shown = lines(descriptionOf(bodies[4]![1]));
  expect(shown.slice(0, 2)).toEqual(['Conversation', 'line 0']);
  expect(shown.at(-1)).toBe('… the rest is left out');
});

test.each(bodies)('%s keeps its reference', (_, body) => {
  const document = descriptionOf(body, 'Reference: firstline-1');
  expect(JSON.stringify(document).length).toBeLessThanOrEqual(textLimit);
  expect(lines(document).slice(-2)).toEqual(['For Firstline', 'Reference: firstline-1']);
});

test('a long comment is shortened', () => {
  const document = commentOf({ author: 'Ada', lines: [plain(hostile)] });
  expect(JSON.stringify(document).length).toBeLessThanOrEqual(textLimit);
  expect(adfProblem(document)).toBeNull();
  expect(lines(document).at(-1)).toMatch(/^… \(\d+ characters left out\)$/);
});

const schemaPath = path.join(process.env.FIRSTLINE_SPECS ?? '../shared/specs', 'adf/full.json');
const describeWithSchema = existsSync(schemaPath) ? describe : describe.skip;

describeWithSchema("against Atlassian's own schema (skipped without FIRSTLINE_SPECS)", () => {
  const { $schema: _, ...schema } = JSON.parse(
    existsSync(schemaPath) ? readFileSync(schemaPath, 'utf8') : '{}',
  ) as object & { $schema?: string };
  const isValid = new Ajv({ strict: false }).compile(schema);

  test.each(bodies)('%s is valid', (_, body) => {
    isValid(descriptionOf(body));
    expect(isValid.errors).toBeNull();
  });

  test.each([
    [
      'every kind of line',
      descriptionOf([
        section(plain('a\nb'), quote('c'), link('https://x', 'd', 'e'), link('x:y'), said('f'), said('')),
      ]),
    ],
    ['nothing', descriptionOf([])],
    ['a description with its reference', descriptionOf([section(plain('a'))], 'Reference: firstline-1')],
    ['a comment', commentOf({ author: 'Ada', lines: [plain('a\n\nb')] })],
    ['an empty comment', commentOf({ author: null, lines: [plain('')] })],
  ])('%s is valid', (_, document) => {
    isValid(document);
    expect(isValid.errors).toBeNull();
  });
});
