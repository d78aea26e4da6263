import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import MarkdownIt from 'markdown-it';
import { adfToMarkdown } from '../../../adapters/jira/read-adf.ts';
import { mentionsIn } from '../../../knowledge-sync/jira/redact-adf.ts';
import { createNotes } from '../../../adapters/jira/adf-node.ts';

const everyNode = JSON.parse(readFileSync('test/fixtures/jira/every-adf-node.json', 'utf8')) as unknown;
const golden = readFileSync('test/knowledge-sync/jira/golden/every-adf-node.md', 'utf8');

function read(document: unknown) {
  const notes = createNotes();
  return { markdown: adfToMarkdown(document, notes), gaps: notes.gaps() };
}
function doc(...content: unknown[]) {
  return { type: 'doc', version: 1, content };
}
function p(...content: unknown[]) {
  return { type: 'paragraph', content };
}
function t(text: string, ...marks: unknown[]) {
  return { type: 'text', text, marks };
}

test('a document with every node and mark is read to the end', () => {
  const { markdown, gaps } = read(everyNode);
  expect(`${markdown}\n`).toBe(golden);
  expect(mentionsIn([everyNode])).toEqual(['Ada Poe']);
  expect(gaps).toEqual([
    { kind: 'attachment', what: 'trace.log', count: 1 },
    { kind: 'unsupported', what: 'inline-macro', count: 1 },
    { kind: 'attachment', what: 'screenshot.png', count: 1 },
    { kind: 'attachment', what: 'vpn.log', count: 1 },
    { kind: 'attachment', what: 'attachment', count: 1 },
    { kind: 'attachment', what: 'diagram', count: 1 },
    { kind: 'unsupported', what: 'chart', count: 1 },
    { kind: 'unsupported', what: 'details', count: 1 },
    { kind: 'unsupported', what: 'syncBlock', count: 1 },
  ]);
});

const specPath = path.join(process.env.FIRSTLINE_SPECS ?? '../shared/specs', 'adf/full.json');
const describeWithSpec = existsSync(specPath) ? describe : describe.skip;

describeWithSpec("compared with Atlassian's schema (skipped without FIRSTLINE_SPECS)", () => {
  const spec = JSON.parse(existsSync(specPath) ? readFileSync(specPath, 'utf8') : '{"definitions":{}}') as {
    definitions: Record<string, { properties?: { type?: { enum?: string[] } } }>;
  };

  test('the document with every node has every node and mark of the schema', () => {
    const described = Object.values(spec.definitions).flatMap(({ properties }) => properties?.type?.enum ?? []);
    expect([...new Set(described)].filter((type) => !typesIn(everyNode).has(type)).toSorted()).toEqual([]);
  });

  test('the document with every node is valid', () => {
    // the schema is of an older draft, which says its name otherwise
    const { $schema: _, ...schema } = spec as object & { $schema?: string };
    const isValid = new Ajv({ strict: false, logger: false }).compile(schema);
    isValid(everyNode);
    expect(isValid.errors).toBeNull();
  });
});

describe('what is odd', () => {
  test.each<[name: string, document: unknown, markdown: string]>([
    ['nothing', null, ''],
    ['no document', 42, ''],
    ['an empty document', doc(), ''],
    ['an empty paragraph', doc(p(), p(t('a'))), 'a'],
    ['a plain text, as old answers have it', 'h1. *VPN*\r\nsecond\n\n# third', 'h1. \\*VPN\\*  \nsecond\n\n\\# third'],
    ['nodes that are none', doc(null, 7, { text: 'x' }, p(t('a'), null)), 'a'],
    ['a node that nobody knows', doc({ type: 'novel', content: [p(t('kept'))] }), 'kept'],
    ['an inline node that nobody knows', doc(p(t('a '), { type: 'novel', attrs: { text: 'b' } })), 'a b'],
    ['an inline node among blocks', doc(t('a'), t('b'), p(t('c'))), 'ab\n\nc'],
    ['types that objects have by birth', doc({ type: 'constructor' }, { type: '__proto__' }, p(t('a'))), 'a'],
    ['wrong attributes', doc({ type: 'heading', attrs: { level: 'x' }, content: [t('a')] }), '### a'],
    ['a heading of two lines', doc({ type: 'heading', attrs: { level: 2 }, content: [t('a\n# b')] }), '#### a # b'],
    ['a wrong date', doc(p({ type: 'date', attrs: { timestamp: 'soon' } })), 'soon'],
    ['an empty list item', doc({ type: 'bulletList', content: [{ type: 'listItem' }] }), '-'],
    ['an empty table', doc({ type: 'table', content: [] }), ''],
    ['marks beside a blank', doc(p(t('a'), t(' b ', { type: 'strong' }), t('c'))), 'a **b** c'],
    ['marks that would not be seen', doc(p(t('a'), t('"b"', { type: 'strong' }), t('c'))), 'a"b"c'],
    ['neighbours that look alike', doc(p(t('a', { type: 'strong' }), t('b', { type: 'strong' }))), '**ab**'],
    [
      'a mail address behind a link',
      doc(p(t('Ada', { type: 'link', attrs: { href: 'mailto:ada@x.example' } }))),
      'Ada',
    ],
    ['control characters', doc(p(t('a\u0000b\u0007\u2028c\ud800'))), 'ab  \nc\ufffd'],
    [
      'a link behind an exclamation mark',
      doc(p(t('No!'), t('x', { type: 'link', attrs: { href: 'https://x.example' } }))),
      'No\\![x](https://x.example/)',
    ],
  ])('%s', (_, document, markdown) => {
    expect(read(document).markdown).toBe(markdown);
  });

  test('spans of a hostile table are bounded', () => {
    const cell = { type: 'tableCell', attrs: { colspan: 1e9, rowspan: 1e9 }, content: [p(t('x'))] };
    const { markdown } = read(doc({ type: 'table', content: [{ type: 'tableRow', content: [cell] }] }));
    expect(markdown.split('\n')[2]?.split('|').length).toBe(62);
  });

  test.each([100, 2_000])('lists in lists, %d deep, keep their text', (depth) => {
    let list: object = { type: 'paragraph', content: [t('bottom')] };
    for (let level = 0; level < depth; level += 1) {
      list = { type: 'bulletList', content: [{ type: 'listItem', content: [p(t(`level ${level}`)), list] }] };
    }
    const { markdown } = read(doc(list));
    expect(markdown).toContain('bottom');
    expect(markdown).toContain(`level ${depth - 1}`);
    expect(markdown).toContain('level 0');
  });

  test('a chain of any depth does not break the stack', () => {
    let node: object = t('bottom');
    for (let level = 0; level < 100_000; level += 1) node = { type: 'expand', content: [node] };
    expect(read(doc(node)).markdown).toBe('bottom');
  });

  test('whatever a text holds is shown as text', () => {
    const hostile = [
      '# <script>alert(1)</script>',
      '[x](javascript:alert(1))',
      '![x](https://evil.example/p.png)',
      '&lt;b&gt; <!-- <a href="x">',
      '*a* **b** _c_ ~~d~~ `e`',
      '[x]: https://evil.example',
      'a | b\n--- | ---',
      '===',
      '10) ten',
    ];
    for (const text of hostile) {
      const html = new MarkdownIt({ html: true }).render(read(doc(p(t(text)))).markdown);
      const shown = html.replaceAll(/<\/?p>|<br>/g, '').trim();
      expect(shown).not.toMatch(/<(?!br)/);
      expect(unescaped(shown).replaceAll(/\s+/g, ' ')).toBe(text.replaceAll(/\s+/g, ' '));
    }
  });
});

function unescaped(html: string): string {
  return html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

function typesIn(value: unknown): Set<string> {
  const found = new Set<string>();
  JSON.stringify(value, (key, inner: unknown) => {
    if (key === 'type' && typeof inner === 'string') found.add(inner);
    return inner;
  });
  return found;
}
