import { documentOf } from '../../../knowledge-sync/jira/ticket.ts';
import { mentionsIn, redactDocuments } from '../../../knowledge-sync/jira/redact-adf.ts';
import { EVERYONE } from '../../../src/domain/knowledge.ts';
import { createRunRedaction } from '../../../src/domain/redact.ts';

const text = (words: string, ...marks: string[]) => ({
  type: 'text',
  text: words,
  marks: marks.map((type) => ({ type })),
});
const paragraph = (...content: object[]) => ({ type: 'paragraph', content });
const cell = (type: string, words: string) => ({ type, content: [paragraph(text(words))] });
const row = (...content: object[]) => ({ type: 'tableRow', content });
const doc = (...content: object[]) => ({ type: 'doc', version: 1, content });

const names = ['Ana Sousa', 'Jean_Luc Picard'];

/** What is kept of a ticket with this description. */
function question(description: unknown, comments: readonly unknown[] = []): string {
  const fields = {
    updated: '2026-01-01T00:00:00.000+0000',
    resolution: { name: 'Done' },
    status: { statusCategory: { key: 'done' } },
    security: null,
    summary: 'VPN',
    description,
    assignee: { accountId: 'it' },
  };
  const said = comments.map((body, index) => ({
    id: String(index),
    author: { accountId: 'it' },
    jsdPublic: true,
    body,
  }));
  const { markdown } = documentOf(
    {
      ticket: { id: '1', key: 'IT-1', fields } as never,
      comments: said as never,
      isWhole: true,
      isAll: true,
      redactEverybody: createRunRedaction(names),
    },
    { baseUrl: 'https://x.example', resolutions: new Set(['done']), audience: EVERYONE },
  );
  return markdown.replace('## Question\n\n', '').replace(/\n\n## (?:Outcome|Resolution)\n\nDone\.\n/, '');
}

describe.each(Array.from('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'))('a password with %s in it', (sign) => {
  const value = `Win${sign}Ter${sign}2026x`;

  test.each([
    ['in a line', doc(paragraph(text(`My login is ana, password: ${value}`)))],
    ['said in a sentence', doc(paragraph(text(`I have reset it, the new password is ${value}`)))],
    ['in bold', doc(paragraph(text('password: '), text(value, 'strong')))],
    ['as code', doc(paragraph(text('password: '), text(value, 'code')))],
    ['in a block of code', doc({ type: 'codeBlock', content: [text(`password=${value}`)] })],
    ['half in bold', doc(paragraph(text(`password: ${value.slice(0, 5)}`), text(value.slice(5), 'strong')))],
    ['over three runs', doc(paragraph(text('password: Win', 'em'), text(`${sign}Ter${sign}`, 'code'), text('2026x')))],
    ['on the next line', doc(paragraph(text('Password:'), { type: 'hardBreak' }, text(value)))],
    ['in the next block', doc(paragraph(text('Your new password:')), paragraph(text(value)))],
    [
      'in an item',
      doc({ type: 'bulletList', content: [{ type: 'listItem', content: [paragraph(text(`pw: ${value}`))] }] }),
    ],
    ['in the title of what opens', doc({ type: 'expand', attrs: { title: `pw: ${value}` }, content: [] })],
    ['in a plain text', `pw: ${value}`],
  ])('goes %s', (_, description) => {
    const left = question(description);
    expect(left).toContain('[secret]');
    expect(left).not.toMatch(/Win|Ter|2026/);
  });

  test('goes from a comment', () => {
    expect(question(doc(), [doc(paragraph(text(`the password is ${value}`)))])).not.toMatch(/Win|Ter|2026/);
  });
});

describe('a table', () => {
  test('loses the cells below a heading that says what they are', () => {
    const table = {
      type: 'table',
      content: [
        row(cell('tableHeader', 'User'), cell('tableHeader', 'Password')),
        row(cell('tableCell', 'svc'), cell('tableCell', 'Winter*2026_x')),
        row(cell('tableCell', 'two'), cell('tableCell', 'rain | snow')),
      ],
    };
    expect(question(doc(table))).toBe('| User | Password |\n| --- | --- |\n| svc | [secret] |\n| two | [secret] |');
  });

  test('loses the cells beside one', () => {
    const table = { type: 'table', content: [row(cell('tableHeader', 'Senha'), cell('tableCell', 'W*_x'))] };
    expect(question(doc(table))).toBe('|  |  |\n| --- | --- |\n| **Senha** | [secret] |');
  });
});

test.each([
  ['a name over two runs', doc(paragraph(text('Call Ana '), text('Sousa', 'strong'), text(' now'))), 'Call [name] now'],
  ['a name of which the first half is bold', doc(paragraph(text('Ana', 'strong'), text(' Sousa'))), '**[name]**'],
  ['a name with a sign', doc(paragraph(text('Jean_Luc Picard said'))), '[name] said'],
  [
    'an address',
    doc(paragraph(text('to a_b_@corp.example or '), text('x'), text('y@corp.example', 'em'))),
    'to [e-mail] or [e-mail]',
  ],
  ['a number', doc(paragraph(text('+49 (0)170 '), text('1234567', 'strong'))), '[phone]'],
  [
    'a link',
    doc(
      paragraph({
        ...text('here'),
        marks: [{ type: 'link', attrs: { href: 'https://x.example/?token=abcdefgh_1*2&mail=a_b%40c.example' } }],
      }),
    ),
    '[here](https://x.example/?token=[secret]&mail=a_b%40c.example)',
  ],
  [
    'a person who is mentioned',
    doc(paragraph({ type: 'mention', attrs: { text: '@Ada Poe' } }, text(' is Ada'))),
    '@someone is [name]',
  ],
])('%s goes', (_, description, expected) => {
  expect(question(description)).toBe(expected);
});

test('what is redacted is a copy, and what is not a document is left', () => {
  const document = doc(paragraph(text('Ana Sousa')), null as never, 7 as never);
  const before = structuredClone(document);
  const redacted = redactDocuments([document, null, 7, undefined, 'Ana Sousa'], createRunRedaction(names));
  expect(document).toEqual(before);
  expect(redacted).toEqual([expect.objectContaining({ type: 'doc' }), null, 7, undefined, '[name]']);
});

test('depths that nobody writes come to an end', () => {
  let node: object = paragraph(text('Ana Sousa'));
  for (let level = 0; level < 50_000; level += 1) node = { type: 'panel', content: [node] };
  expect(mentionsIn([node])).toEqual([]);
  expect(redactDocuments([node], createRunRedaction(names))).toHaveLength(1);
});
