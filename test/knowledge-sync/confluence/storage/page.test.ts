import { readFileSync } from 'node:fs';
import { chunk } from '../../../../knowledge-sync/chunk.ts';
import { parseStorage, type Surroundings, toMarkdown } from '../../../../knowledge-sync/confluence/storage/index.ts';
import { pagesByTitle, surroundings } from './surroundings.ts';

const fixtures = new URL('../../../fixtures/confluence/', import.meta.url);
const fixture = (name: string) => readFileSync(new URL(name, fixtures), 'utf8');

const read = (storage: string, around: Partial<Surroundings> = {}) =>
  toMarkdown(parseStorage(storage), surroundings(around));
const text = (storage: string, around: Partial<Surroundings> = {}) => read(storage, around).markdown;
const macro = (name: string, body = '', parameters: Readonly<Record<string, string>> = {}) =>
  `<ac:structured-macro ac:name="${name}">${Object.entries(parameters)
    .map(([key, value]) => `<ac:parameter ac:name="${key}">${value}</ac:parameter>`)
    .join('')}${body}</ac:structured-macro>`;
const rich = (body: string) => `<ac:rich-text-body>${body}</ac:rich-text-body>`;
const include = (title: string, space?: string, name = 'include') => {
  const key = space === undefined ? '' : ` ri:space-key="${space}"`;
  return macro(name, '', { '': `<ac:link><ri:page ri:content-title="${title}"${key}/></ac:link>` });
};

describe('a page with everything', () => {
  const included = pagesByTitle({
    'IT/Contact': fixture('included-contact.xml'),
    'HR/Hours': fixture('included-hours.xml'),
    'HR/Salaries': '!included page “Salaries”',
  });
  const names = new Map([['acc-ann', 'Ann Lee']]);
  const { markdown, gaps } = read(fixture('every-macro.xml'), { names, included });

  test('becomes the Markdown that a person would write', () => {
    expect(`${markdown}\n`).toBe(fixture('every-macro.md'));
  });

  test('tells what of it was not read', () => {
    expect(gaps.map(({ kind, what, count }) => `${kind}: ${what} × ${count}`)).toEqual([
      'attachment: guide.pdf × 1',
      'attachment: login.png × 1',
      'unsupported: jira × 1',
      'no-right: included page “Salaries” × 1',
      'unsupported: detailssummary × 1',
      'attachment: files shown by “attachments” × 1',
      'attachment: plan.xlsx × 1',
      'unsupported: acme-box × 1',
      'unsupported: acme-script × 1',
      'unsupported: drawio × 1',
      'unsupported: widget × 1',
    ]);
  });

  test('is cut along its headings', () => {
    const headings = chunk(markdown, 'VPN').map((one) => one.headings.join(' > '));
    expect([...new Set(headings)]).toEqual([
      'VPN for everyone',
      'VPN for everyone > Install it',
      'VPN for everyone > Who may use it',
      'VPN for everyone > To do',
      'VPN for everyone > To do > Left',
      'VPN for everyone > To do > Right',
      'VPN for everyone > Links',
      'VPN for everyone > From elsewhere > Desk',
    ]);
  });
});

test.each([
  ['a heading', '<p># no</p>', '\\# no'],
  ['a list', '<p>- no</p><p>+ no</p><p>1. no</p><p>2) no</p>', '\\- no\n\n\\+ no\n\n1\\. no\n\n2\\) no'],
  ['a quotation', '<p>&gt; no</p>', '\\> no'],
  ['a rule', '<p>---</p><p>***</p><p>___</p>', '\\---\n\n\\*\\*\\*\n\n\\_\\_\\_'],
  ['an underlined heading', '<p>a<br/>===<br/>b<br/>---</p>', 'a  \n\\===  \nb  \n\\---'],
  ['a table', '<p>a | b<br/>--- | ---</p>', 'a | b  \n\\--- | ---'],
  ['a fence', '<p>```js</p><p>~~~</p>', '\\`\\`\\`js\n\n\\~\\~\\~'],
  ['emphasis', '<p>*a* _b_ __c__ ~~d~~ a_b_c</p>', '\\*a\\* \\_b\\_ \\_\\_c\\_\\_ \\~\\~d\\~\\~ a_b_c'],
  ['a link', '<p>[x](javascript:alert(1)) ![y](z)</p>', '\\[x\\](javascript:alert(1)) !\\[y\\](z)'],
  ['HTML', '<p>&lt;script&gt; &lt;!-- a &lt; b</p>', '\\<script> \\<!-- a < b'],
  ['HTML in pieces', '<p>&lt;<span>script</span>&gt;</p>', '\\<script>'],
  ['an entity', '<p>&amp;lt; &amp;#60; a &amp; b</p>', '\\&lt; \\&#60; a & b'],
  ['an entity in pieces', '<p>&amp;<span>lt;</span></p>', '\\&lt;'],
  ['an escape', '<p>\\* C:\\dir\\</p>', '\\\\\\* C:\\dir\\\\'],
  ['an image', '<p>Look!<a href="https://a.example">here</a></p>', 'Look\\![here](https://a.example/)'],
])('text that looks like %s stays text', (_, storage, markdown) => {
  expect(text(storage)).toBe(markdown);
});

test.each([
  ['blanks inside go outside', '<p>a<strong> b </strong>c</p>', 'a **b** c'],
  ['neighbours become one', '<p><strong>a</strong><strong>b</strong></p>', '**ab**'],
  ['it is not doubled', '<p><strong>a <b>b</b></strong></p>', '**a b**'],
  ['both kinds', '<p><strong>a <em>b</em></strong></p>', '**a *b***'],
  ['a colon before a letter', '<p><strong>Note:</strong>read</p>', '**Note:** read'],
  ['a bracket after a letter', '<p>see<strong>(1)</strong></p>', 'see **(1)**'],
  ['nothing in it', '<p>a<strong> </strong>b<em></em></p>', 'a b'],
  ['a line break in it', '<p><strong>a<br/>b</strong></p>', '**a  \nb**'],
])('emphasis: %s', (_, storage, markdown) => {
  expect(text(storage)).toBe(markdown);
});

test.each([
  ['entities of HTML', '<p>&nbsp;&eacute;&hellip;&#233;&#xE9;</p>', 'é…éé'],
  [
    'entities in CDATA stay',
    macro('code', '<ac:plain-text-body><![CDATA[&eacute; <p>]]></ac:plain-text-body>'),
    '```\n&eacute; <p>\n```',
  ],
  [
    'a CDATA section in two pieces',
    macro('code', '<ac:plain-text-body><![CDATA[a]]]]><![CDATA[>b]]></ac:plain-text-body>'),
    '```\na]]>b\n```',
  ],
  ['an unknown entity', '<p>&nosuch; &amp;</p>', '\\&nosuch; \\&'],
  ['tags without an end', '<p>a<p>b<strong>c', 'a\n\nb**c**'],
  ['ends without a start', '</div><p>a</p></ac:layout>', 'a'],
  ['ends in the wrong order', '<p><strong>a<em>b</strong></em> c</p>', '**a*b*** c'],
  [
    'HTML that is no XML',
    '<p>a<br>b<hr>c<img src="x" alt="y"></p>',
    'a  \nb\n\n---\n\nc[Image: y](https://acme.example/wiki/x)',
  ],
  ['an attribute without quotes', '<p><a href=https://a.example>a</a></p>', '[a](https://a.example/)'],
  ['a lone sharp bracket', '<p>a < b > c</p>', 'a < b > c'],
  ['nothing', '', ''],
  ['white space only', ' \n\t<p>&nbsp;</p><p><br/></p> ', ''],
  ['text without any tag', 'just text', 'just text'],
  ['a declaration with entities', '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><p>&b;</p>', '\\]>\n\n\\&b;'],
  ['a byte that no database takes', '<p>a\0b&#0;</p>', 'ab\ufffd'],
])('what is not clean: %s', (_, storage, markdown) => {
  expect(text(storage)).toBe(markdown);
});

test.each([
  ['javascript:alert(1)', 'x'],
  ['JaVaScRiPt:alert(1)', 'x'],
  ['data:text/html,x', 'x'],
  ['file:///etc/passwd', 'x'],
  ['#part', 'x'],
  ['', 'x'],
  ['http://', 'x'],
  ['https://a.example/a b(c)', '[x](https://a.example/a%20b%28c%29)'],
  ['mailto:it@a.example', '[x](mailto:it@a.example)'],
  ['//b.example/c', '[x](https://b.example/c)'],
])('a link to %j is %j', (href, markdown) => {
  expect(text(`<p><a href="${href}">x</a></p>`)).toBe(markdown);
});

test('a link in a link is one link', () => {
  const inner = '<ac:link><ri:page ri:content-title="B"/></ac:link>';
  expect(text(`<p><a href="https://a.example">see ${inner}</a></p>`)).toBe('[see B](https://a.example/)');
});

test.each([
  [
    'cells over rows and columns',
    '<tr><th>A</th><th>B</th></tr><tr><td rowspan="3">1</td><td>2</td></tr><tr><td>3</td></tr><tr><td>4</td></tr>',
    '| A | B |\n| --- | --- |\n| 1 | 2 |\n| 1 | 3 |\n| 1 | 4 |',
  ],
  [
    'a span beyond all reason',
    '<tr><td colspan="999999999" rowspan="999999999">1</td></tr>',
    `|${'  |'.repeat(100)}\n|${' --- |'.repeat(100)}\n| 1 |${'  |'.repeat(99)}`,
  ],
  ['no header', '<tr><td>1</td><td>2</td></tr>', '|  |  |\n| --- | --- |\n| 1 | 2 |'],
  [
    'a head of its own',
    '<thead><tr><td>A</td></tr></thead><tbody><tr><td>1</td></tr></tbody>',
    '| A |\n| --- |\n| 1 |',
  ],
  ['several paragraphs', '<tr><td><p>a</p><p>b<br/>c</p></td></tr>', '|  |\n| --- |\n| a / b / c |'],
  [
    'a list',
    '<tr><td><ol><li>a</li><li>b<ul><li>c</li></ul></li></ol></td></tr>',
    '|  |\n| --- |\n| 1. a / 2. b / c |',
  ],
  [
    'code',
    `<tr><td>${macro('code', '<ac:plain-text-body><![CDATA[a | b\nc]]></ac:plain-text-body>')}</td></tr>`,
    '|  |\n| --- |\n| `a \\| b` / `c` |',
  ],
  [
    'a table',
    '<tr><td>x <table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table></td></tr>',
    '|  |\n| --- |\n| x / a, b / c |',
  ],
  [
    'a heading and a panel',
    `<tr><td><h2>H</h2>${macro('info', rich('<p>i</p>'))}</td></tr>`,
    '|  |\n| --- |\n| **H** / **Info:** i |',
  ],
  [
    'rows of different lengths',
    '<tr><th>A</th></tr><tr><td>1</td><td>2</td></tr>',
    '| A |  |\n| --- | --- |\n| 1 | 2 |',
  ],
  ['nothing in it', '<tr><td></td></tr>', ''],
  ['no rows', '', ''],
])('a table with %s', (_, rows, markdown) => {
  expect(text(`<table><tbody>${rows}</tbody></table>`)).toBe(markdown);
});

test.each([
  ['lists after each other stay apart', '<ul><li>a</li></ul><ul><li>b</li></ul>', '- a\n\n* b'],
  ['a list right in a list', '<ul><li>a</li><ul><li>b</li></ul></ul>', '- a\n  - b'],
  ['a start of its own', '<ol start="9"><li>a</li><li>b<p>c</p></li></ol>', '9. a\n10. b\n\n    c'],
  ['a heading in an item', '<ul><li><h3>H</h3><p>t</p></li></ul>', '- **H**\n\n  t'],
  ['a quotation with a list', '<blockquote><p>a</p><ul><li>b</li></ul></blockquote>', '> a\n>\n> - b'],
])('%s', (_, storage, markdown) => {
  expect(text(storage)).toBe(markdown);
});

describe('includes', () => {
  const included = pagesByTitle({
    'IT/Same': '<p>of IT</p>',
    'HR/Same': '<p>of HR</p>',
    'HR/Outer': `<p>outer</p>${include('Same')}`,
    'IT/A': `<p>a</p>${include('B')}`,
    'IT/B': `<p>b</p>${include('A')}`,
    'IT/Excerpts': `${macro('excerpt', rich('<p>one</p>'), { name: 'first' })}${macro('excerpt', rich('<p>two</p>'), { name: 'second' })}<p>three</p>`,
  });

  test.each([
    ['the page of the same space, when none is told', include('Same'), 'of IT'],
    ['the page of the space that is told', include('Same', 'HR'), 'of HR'],
    ['within an included page, its own space counts', include('Outer', 'HR'), 'outer\n\nof HR'],
    [
      'the excerpt of that name',
      include('Excerpts', undefined, 'excerpt-include').replace(
        '</ac:structured-macro>',
        '<ac:parameter ac:name="name">second</ac:parameter></ac:structured-macro>',
      ),
      'two',
    ],
    ['the first excerpt, when none is named', include('Excerpts', undefined, 'excerpt-include'), 'one'],
  ])('%s', (_, storage, markdown) => {
    expect(read(storage, { included })).toEqual({ markdown, gaps: [] });
  });

  test('pages that include each other are shown once', () => {
    expect(read(include('A'), { included })).toEqual({
      markdown: 'a\n\nb',
      gaps: [{ kind: 'unresolved', what: '“A” includes itself', count: 1 }],
    });
  });

  test('the page itself is not included again', () => {
    expect(read(`<p>v</p>${include('VPN')}`, { included }).gaps).toEqual([
      { kind: 'unresolved', what: '“VPN” includes itself', count: 1 },
    ]);
  });

  test('pages within pages end at some depth, and so does their number', () => {
    const chain = (ref: { title: string }) => ({
      kind: 'page' as const,
      ref: { spaceKey: 'IT', ...ref },
      root: parseStorage(Array.from({ length: 20 }, (_, n) => include(`${ref.title}${n}x`)).join('')).root,
    });
    const { gaps } = read(include('P'), { included: chain });
    expect(gaps.every(({ kind }) => kind === 'truncated')).toBe(true);
    expect(gaps.length).toBeGreaterThan(0);
  });
});

describe('what is too much', () => {
  test('a hundred levels of lists keep all their text', () => {
    const deep = `${'<ul><li>x'.repeat(100)}the end${'</li></ul>'.repeat(100)}`;
    const { markdown, gaps } = read(deep);
    expect(markdown.match(/x/g)).toHaveLength(100);
    expect(markdown).toContain('the end');
    expect(gaps).toEqual([]);
  });

  test.each([
    ['levels', '<ul><li>'.repeat(200_000)],
    ['ends that fit nothing', `${'<b>'.repeat(400)}${'</i>'.repeat(400_000)}`],
    ['starts and other ends', '<a></b>'.repeat(300_000)],
    ['entities', '<p>&eacute;&nosuch;</p>'.repeat(80_000)],
    ['text', `<p>${'word '.repeat(1_000_000)}</p>`],
    ['marks', '<p><b>*</b>_</p>'.repeat(100_000)],
    ['stars', `<p>${'*'.repeat(5_000_000)}</p>`],
    ['backslashes and brackets', `<p>${'\\[&<_'.repeat(1_000_000)}</p>`],
    ['blanks', `<p>${' \n'.repeat(2_500_000)}</p>`],
    ['rows', `<table>${'<tr><td>a</td><td/></tr>'.repeat(80_000)}</table>`],
    ['spans', `<table>${'<tr><td rowspan="1000" colspan="100">a</td></tr>'.repeat(40_000)}</table>`],
    ['columns', `<table><tr>${'<td>a</td>'.repeat(40_000)}</tr>${'<tr><td>b</td></tr>'.repeat(40_000)}</table>`],
    ['breaks deep inside', `${'<ul><li>'.repeat(45)}${'a<br/>'.repeat(200_000)}`],
    ['macros', '<ac:structured-macro ac:name="x"/>'.repeat(50_000)],
    ['backticks', macro('code', `<ac:plain-text-body><![CDATA[${'`'.repeat(5_000_000)}]]></ac:plain-text-body>`)],
  ])('megabytes of %s are dealt with', (_, storage) => {
    const { markdown, gaps } = read(storage);
    expect(markdown.length).toBeLessThanOrEqual(2_000_000);
    expect(gaps.length).toBeLessThan(10);
  });

  test('what is left out is told', () => {
    expect(read(`<p>${'word '.repeat(1_000)}</p>`.repeat(1_000)).gaps).toEqual([
      { kind: 'truncated', what: 'text beyond 2,000,000 characters', count: 1 },
    ]);
    expect(read('<p>'.repeat(600)).gaps.map(({ kind }) => kind)).toEqual(['truncated']);
  });
});
