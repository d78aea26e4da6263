import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { adfProblem, adfText, textToAdf } from '../../../sandbox/jira/adf.ts';
import type { AdfNode } from '../../../sandbox/jira/index.ts';

const text = (value: string, ...marks: object[]) => ({
  type: 'text',
  text: value,
  ...(marks.length > 0 ? { marks } : {}),
});
const paragraph = (...content: object[]) => ({ type: 'paragraph', content });
const doc = (...content: object[]) => ({ type: 'doc', version: 1, content: content as AdfNode[] });
const link = { type: 'link', attrs: { href: 'https://example.com' } };
const item = { type: 'listItem', content: [paragraph(text('one'))] };
const cell = { type: 'tableCell', attrs: { colspan: 2 }, content: [paragraph()] };

const valid: [string, unknown][] = [
  ['an empty document', doc()],
  ['a paragraph without content', doc({ type: 'paragraph' })],
  ['text with marks', doc(paragraph(text('a', { type: 'strong' }, link), { type: 'hardBreak' }, text('b')))],
  ['a heading', doc({ type: 'heading', attrs: { level: 3 }, content: [text('h')] })],
  [
    'lists in lists',
    doc({
      type: 'bulletList',
      content: [
        { type: 'listItem', content: [paragraph(), { type: 'orderedList', attrs: { order: 1 }, content: [item] }] },
      ],
    }),
  ],
  ['a quote', doc({ type: 'blockquote', content: [paragraph(text('q'))] })],
  ['code', doc({ type: 'codeBlock', attrs: { language: 'sh' }, content: [text('ls')] })],
  ['a panel', doc({ type: 'panel', attrs: { panelType: 'info' }, content: [paragraph(text('p'))] })],
  ['a table', doc({ type: 'table', content: [{ type: 'tableRow', content: [cell] }] })],
  [
    'a mention, an emoji, a date, a status, a card',
    doc(
      paragraph(
        { type: 'mention', attrs: { id: '5b10', text: '@Mia' } },
        { type: 'emoji', attrs: { shortName: ':grin:' } },
        { type: 'date', attrs: { timestamp: '1582152559' } },
        { type: 'status', attrs: { text: 'In Progress', color: 'yellow' } },
        { type: 'inlineCard', attrs: { url: 'https://example.com' } },
      ),
    ),
  ],
  [
    'a rule and an expand',
    doc({ type: 'rule' }, { type: 'expand', attrs: { title: 't' }, content: [paragraph(text('e'))] }),
  ],
  [
    'a list of tasks',
    doc({
      type: 'taskList',
      attrs: { localId: 'l' },
      content: [{ type: 'taskItem', attrs: { localId: 't', state: 'TODO' }, content: [text('do')] }],
    }),
  ],
  [
    'media',
    doc({
      type: 'mediaSingle',
      attrs: { layout: 'center' },
      content: [{ type: 'media', attrs: { type: 'file', id: 'i', collection: '' } }],
    }),
  ],
];

const invalid: [string, unknown][] = [
  ['a string', 'text'],
  ['nothing', null],
  ['a document without a version', { type: 'doc', content: [] }],
  ['another version', { type: 'doc', version: 2, content: [] }],
  ['a document without content', { type: 'doc', version: 1 }],
  ['text at the top', doc(text('a'))],
  ['an empty text', doc(paragraph(text('')))],
  ['a text that is a number', doc(paragraph({ type: 'text', text: 4 }))],
  ['an unknown node', doc({ type: 'marquee', content: [] })],
  ['a node named like a property of all objects', doc({ type: 'constructor' })],
  ['an unknown mark', doc(paragraph(text('a', { type: 'blink' })))],
  ['a mark named like a property of all objects', doc(paragraph(text('a', { type: 'constructor' })))],
  ['a link without an address', doc(paragraph(text('a', { type: 'link' })))],
  ['code in bold', doc(paragraph(text('a', { type: 'code' }, { type: 'strong' })))],
  ['a heading without a level', doc({ type: 'heading', content: [text('h')] })],
  ['a heading of level 7', doc({ type: 'heading', attrs: { level: 7 }, content: [text('h')] })],
  ['an unknown attribute', doc({ type: 'paragraph', attrs: { align: 'center' }, content: [] })],
  ['an unknown property', doc({ type: 'paragraph', text: 'a' })],
  ['a paragraph in a paragraph', doc(paragraph(paragraph(text('a'))))],
  ['a list item outside of a list', doc(item)],
  ['an empty list', doc({ type: 'bulletList', content: [] })],
  [
    'a heading in a quote',
    doc({ type: 'blockquote', content: [{ type: 'heading', attrs: { level: 1 }, content: [] }] }),
  ],
  ['bold code block', doc({ type: 'codeBlock', content: [text('ls', { type: 'strong' })] })],
  ['an unknown panel', doc({ type: 'panel', attrs: { panelType: 'loud' }, content: [paragraph()] })],
];

test.each(valid)('%s is valid', (_, document) => {
  expect(adfProblem(document)).toBeNull();
});

test.each(invalid)('%s is not valid', (_, document) => {
  expect(adfProblem(document)).toEqual(expect.any(String));
});

const schemaPath = path.join(process.env.FIRSTLINE_SPECS ?? '../shared/specs', 'adf/full.json');
const describeWithSchema = existsSync(schemaPath) ? describe : describe.skip;

describeWithSchema("compared with Atlassian's own schema (skipped without FIRSTLINE_SPECS)", () => {
  const { $schema: _, ...schema } = JSON.parse(
    existsSync(schemaPath) ? readFileSync(schemaPath, 'utf8') : '{}',
  ) as object & { $schema?: string };
  const isValid = new Ajv({ strict: false }).compile(schema);

  test.each(valid)('%s is valid there too', (_, document) => {
    expect(isValid(document)).toBe(true);
  });

  test.each(invalid)('%s is not valid there either', (_, document) => {
    expect(isValid(document)).toBe(false);
  });
});

test('the text of a document has its blocks on lines of their own', () => {
  const document = doc(
    { type: 'heading', attrs: { level: 1 }, content: [text('Title')] },
    paragraph(text('one'), { type: 'hardBreak' }, text('two')),
    { type: 'bulletList', content: [item] },
  );
  expect(adfText(document)).toBe('Title\none\ntwo\none');
});

test('plain text becomes paragraphs, and its text is the same again', () => {
  const document = textToAdf('one\ntwo\n\n\nthree');
  expect(adfProblem(document)).toBeNull();
  expect(adfText(document)).toBe('one\ntwo\nthree');
});
