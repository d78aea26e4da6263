import { blocksOf } from '../../../sandbox/notion/from-markdown.ts';
import { type NotionSandbox, startNotion } from '../../../sandbox/notion/index.ts';
import { toRichText } from '../../../sandbox/notion/rich-text.ts';
import { callerOf, everyBlock } from './workspace.ts';

let notion: NotionSandbox;
beforeAll(async () => {
  notion = await startNotion({ people: [{ name: 'Ada Poe', email: 'ada@acme.example' }] });
});
afterAll(() => notion.close());

async function markdownOf(id: string): Promise<unknown> {
  return (await callerOf(notion)(`pages/${id}/markdown`)).body['markdown'];
}

/** The item's marks, its link and its words. */
function wordsOf(item: Readonly<Record<string, unknown>>): string {
  const annotations = item['annotations'] as Record<string, unknown>;
  const marks = Object.keys(annotations).filter((name) => annotations[name] === true);
  const link = typeof item['href'] === 'string' ? [`<${item['href']}>`] : [];
  return [...marks, ...link, item['plain_text']].join(' ');
}

/** A block with its words only, and what is below it. */
function outline(block: Readonly<Record<string, unknown>>): unknown {
  const { type } = block;
  const content = block[String(type)] as Record<string, unknown>;
  const words = (items: unknown) => toRichText(items).map(wordsOf).join('|');
  const children = (content['children'] ?? []) as Readonly<Record<string, unknown>>[];
  const text = content['rich_text'] === undefined ? '' : words(content['rich_text']);
  const cells = content['cells'] === undefined ? '' : (content['cells'] as unknown[]).map(words).join(' ; ');
  const said = [type, content['checked'], content['language'], text, cells]
    .filter((word) => (word ?? '') !== '')
    .join(' ');
  return children.length === 0 ? said : [said, ...children.map(outline)];
}

test.each<[what: string, markdown: string, expected: unknown[]]>([
  ['headings', '# A\n\n## B\n\n#### C\n\n###### D', ['heading_1 A', 'heading_2 B', 'heading_4 C', 'heading_4 D']],
  ['lines of a paragraph', 'one\ntwo  \nthree', ['paragraph one two\nthree']],
  ['styles', '**b** *i* ~~s~~ `c` ***x***', ['paragraph bold b| |italic i| |strikethrough s| |code c| |bold italic x']],
  [
    'links',
    '[a](https://x.example) [b](/here) <https://y.example>',
    ['paragraph <https://x.example> a| b |<https://y.example> https://y.example'],
  ],
  [
    'nested lists',
    '- a\n  1. b\n     - c\n- d',
    [['bulleted_list_item a', ['numbered_list_item b', 'bulleted_list_item c']], 'bulleted_list_item d'],
  ],
  [
    'an item with more than text',
    '- a\n\n  more\n\n      code',
    [['bulleted_list_item a', 'paragraph more', 'code plain text code']],
  ],
  ['to-dos', '- [ ] a\n- [x] **b**\n- [y] c', ['to_do false a', 'to_do true bold b', 'bulleted_list_item [y] c']],
  ['quotations', '> said\n>\n> again', [['quote said', 'paragraph again']]],
  ['callouts', '> **Note** a\n\n> [!TIP] b\n\n> [!NOTE]\n> c', ['callout bold Note| a', 'callout b', 'callout c']],
  ['code', '```sh\nls\n\ncd\n```\n\n```nonsense\nx\n```', ['code shell ls\n\ncd', 'code plain text x']],
  ['tables', '| a | b |\n|---|---|\n| **1** | x\\|y |', [['table', 'table_row a ; b', 'table_row bold 1 ; x|y']]],
  ['rules', 'a\n\n---\n\nb', ['paragraph a', 'divider', 'paragraph b']],
  ['HTML, which is text', '<b>x</b>', ['paragraph <b>x</b>']],
  ['nothing', '', []],
])('Markdown becomes blocks: %s', (_what, markdown, expected) => {
  expect(blocksOf(markdown).map(outline)).toEqual(expected);
});

test('a picture alone is a block', () => {
  expect(blocksOf('![A plan](https://x.example/p.png)')).toEqual([
    { type: 'image', image: { external: { url: 'https://x.example/p.png' }, caption: 'A plan' } },
  ]);
});

test.each<[what: string, markdown: string, served: string]>([
  ['blocks are lines', '# A\n\none\n\ntwo', '# A\none\ntwo'],
  ['what is nested is a tab further in', '- a\n  - b\n    - [x] c', '- a\n\t- b\n\t\t- [x] c'],
  ['characters that mean something are escaped', 'a \\* b [x] {y} $1 \\<z>', 'a \\* b \\[x\\] \\{y\\} \\$1 \\<z\\>'],
  ['styles and links', '**b** *i* `c*` [l](https://x.example)', '**b** *i* `c*` [l](https://x.example)'],
  ['lines within a block', 'a  \nb', 'a<br>b'],
  ['code is not escaped', '```js\na[0] = `*`\n```', '```javascript\na[0] = `*`\n```'],
  [
    'a table',
    '|a|b|\n|-|-|\n|1|2|',
    '<table header-row="true">\n<tr>\n<td>a</td>\n<td>b</td>\n</tr>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</table>',
  ],
  ['a callout', '> **Note** a\n>\n> b', '<callout icon="💡">\n\t**Note** a\n\tb\n</callout>'],
])("a page is served in Notion's Markdown: %s", async (_what, markdown, served) => {
  const page = notion.createPage({ parent: { workspace: true }, title: 'P', markdown });
  expect(await markdownOf(page)).toBe(served);
  expect(notion.page(page)?.markdown).toBe(markdown);
});

test('every type of block has its Markdown, or is named as unknown', async () => {
  const root = notion.createPage({ parent: { workspace: true }, title: 'Wiki' });
  const target = notion.createPage({ parent: { pageId: root }, title: 'Target' });
  const { id: database } = notion.createDatabase({
    parentPageId: root,
    title: 'Data',
    dataSources: [{ name: 'Data' }],
  });
  const users = await callerOf(notion)('users');
  const person = (users.body['results'] as { id: string }[])[0]?.id ?? '';
  const original = '22222222-2222-4222-8222-222222222222';
  const page = notion.createPage({
    parent: { workspace: true },
    title: 'All',
    blocks: everyBlock({ page: target, database, person, original }),
  });
  const bare = (id: string) => id.replaceAll('-', '');
  const names = [target, database, person, original, page, ...notion.children(page)];
  const readable = names.reduce(
    (text, id) => text.replaceAll(bare(id), 'ID').replaceAll(id, 'ID'),
    String(await markdownOf(page)).replaceAll(notion.url, ''),
  );
  expect(readable.replace(/collection:\/\/[0-9a-f-]+/, 'collection://ID').split('\n')).toEqual([
    'Plain, <span color="red">**bold**</span>[ link](https://example.com/a)$`a^2`$<mention-user url="user://ID">Ada Poe</mention-user><mention-page url="/ID">Target</mention-page><mention-database url="/ID">Data</mention-database><mention-date start="2026-03-01"/>[https://example.com/p](https://example.com/p)[Mentioned](https://example.com/m)@today',
    '\tnested',
    '# One',
    '## Two {toggle="true"}',
    '\tfolded',
    '### Three',
    '#### Four',
    '- dot',
    '\t1. below',
    '1. first',
    '- [x] done',
    '- [ ] open',
    '> said',
    '<details>',
    '<summary>more</summary>',
    '\t```shell',
    '\tls -l',
    '\t```',
    '</details>',
    '<callout icon="⚠️" color="red_bg">',
    '\tmind',
    '</callout>',
    '<unknown url="/ID#ID" alt="template"/>',
    '````bash',
    'a ``` b',
    '````',
    '$$',
    'e=mc^2',
    '$$',
    '---',
    '<unknown url="/ID#ID" alt="breadcrumb"/>',
    '<table_of_contents/>',
    '<table header-row="true">',
    '<tr>',
    '<td>a</td>',
    '<td>b</td>',
    '</tr>',
    '<tr>',
    '<td>1</td>',
    '<td>x\\|y</td>',
    '</tr>',
    '</table>',
    '<columns>',
    '\t<column>',
    '\t\tleft',
    '\t</column>',
    '\t<column>',
    '\t\tright',
    '\t</column>',
    '</columns>',
    '<unknown url="/ID#ID" alt="tab"/>',
    '<synced_block>',
    '\tsynced',
    '</synced_block>',
    '<synced_block_reference url="/ID#ID">',
    '\tsynced',
    '</synced_block_reference>',
    '<mention-page url="/ID">Target</mention-page>',
    '<mention-database url="/ID">Data</mention-database>',
    '<unknown url="/ID#ID" alt="bookmark"/>',
    '<unknown url="/ID#ID" alt="embed"/>',
    '<unknown url="/ID#ID" alt="link_preview"/>',
    '![A caption](https://example.com/file)',
    '<video src="https://example.com/file">A caption</video>',
    '<audio src="https://example.com/file">A caption</audio>',
    '<pdf src="https://example.com/file">A caption</pdf>',
    '<file src="https://example.com/file">A caption</file>',
    '![](https://files.example/own)',
    '<meeting-notes>',
    '\tWeekly',
    '\ta summary',
    '</meeting-notes>',
    '<unknown url="/ID#ID" alt="form"/>',
    '<empty-block/>',
    '<page url="/A-page-below-ID">A page below</page>',
    '<database url="/A-database-below-ID" inline="false" data-source-url="collection://ID">A database below</database>',
  ]);
  expect((await callerOf(notion)(`pages/${page}/markdown`)).body).toMatchObject({
    truncated: false,
    unknown_block_ids: [],
  });
});

test('synced blocks in a circle end', async () => {
  const [one, two] = ['33333333-3333-4333-8333-333333333333', '44444444-4444-4444-8444-444444444444'];
  const copyOf = (id: string) => ({ synced_block: { synced_from: { type: 'block_id', block_id: id } } });
  const original = (id: string, inside: object) => ({ id, synced_block: { synced_from: null, children: [inside] } });
  const page = notion.createPage({
    parent: { workspace: true },
    title: 'Circle',
    blocks: [original(one, copyOf(two)), original(two, copyOf(one))],
  });
  const lines = String(await markdownOf(page)).split('\n');
  expect(lines.map((line) => line.replace(/ url="[^"]*"/, '').trim())).toEqual([
    '<synced_block>',
    '<synced_block_reference>',
    '<unknown alt="synced_block"/>',
    '</synced_block_reference>',
    '</synced_block>',
    '<synced_block>',
    '<synced_block_reference>',
    '<unknown alt="synced_block"/>',
    '</synced_block_reference>',
    '</synced_block>',
  ]);
});

test('a copy of a synced block has the children of its original only', async () => {
  const original = '55555555-5555-4555-8555-555555555555';
  const page = notion.createPage({
    parent: { workspace: true },
    title: 'Copies',
    blocks: [
      { id: original, synced_block: { synced_from: null, children: [{ paragraph: { rich_text: 'x' } }] } },
      { synced_block: { synced_from: { type: 'block_id', block_id: original } } },
    ],
  });
  const copy = notion.children(page)[1] ?? '';
  const call = callerOf(notion);
  expect((await call(`blocks/${copy}`)).body).toMatchObject({ type: 'synced_block', has_children: true });
  expect((await call(`blocks/${copy}/children`)).status).toBe(404);
  expect((await call(`blocks/${original}/children`)).body['results']).toHaveLength(1);
});

test('a page below that is not shared is unknown in the Markdown and no child', async () => {
  const page = notion.createPage({ parent: { workspace: true }, title: 'Open' });
  const hidden = notion.createPage({ parent: { pageId: page }, title: 'Hidden', shared: false });
  const call = callerOf(notion);
  expect((await call(`pages/${page}/markdown`)).body).toMatchObject({ truncated: true, unknown_block_ids: [hidden] });
  expect((await call(`pages/${hidden}/markdown`)).status).toBe(404);
  expect((await call(`blocks/${page}/children`)).body['results']).toEqual([]);
});

test('long texts come in several items', async () => {
  const page = notion.createPage({ parent: { workspace: true }, title: 'Long', markdown: 'x'.repeat(4500) });
  const { body } = await callerOf(notion)(`blocks/${page}/children`);
  const [block] = body['results'] as { paragraph: { rich_text: { plain_text: string }[] } }[];
  expect(block?.paragraph.rich_text.map(({ plain_text: text }) => text.length)).toEqual([2000, 2000, 500]);
});

test('the older version calls meeting notes a transcription', async () => {
  const page = notion.createPage({
    parent: { workspace: true },
    title: 'M',
    blocks: [{ meeting_notes: { title: 'W' } }],
  });
  const types = async (version: string) => {
    const { body } = await callerOf(notion, { 'notion-version': version })(`blocks/${page}/children`);
    return (body['results'] as { type: string }[]).map(({ type }) => type);
  };
  expect([await types('2025-09-03'), await types('2026-03-11')]).toEqual([['transcription'], ['meeting_notes']]);
});
