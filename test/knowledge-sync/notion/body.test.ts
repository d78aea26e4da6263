import { type BodyOptions, fromMarkdown, readBody } from '../../../knowledge-sync/notion/body.ts';
import type { NotionClient } from '../../../knowledge-sync/notion/client.ts';
import { render } from '../../../knowledge-sync/notion/render.ts';
import { RemoteError } from '#errors.ts';
import { clientOf, type FixtureBlock, showingOf } from './fixture.ts';

const pageId = 'aaaa0001-0000-4000-8000-0000aaaa0001';
const id = (number: number) => `0000${number.toString(16).padStart(4, '0')}-0000-4000-8000-000000000000`;
const link = (number: number) =>
  `https://www.notion.so/${pageId.replaceAll('-', '')}#${id(number).replaceAll('-', '')}`;

function block(number: number, type: string, payload: unknown, children: readonly FixtureBlock[] = []): FixtureBlock {
  return { id: id(number), type, [type]: payload, has_children: children.length > 0, children_of_fixture: children };
}
function said(number: number, text: string, children: readonly FixtureBlock[] = []): FixtureBlock {
  return block(number, 'paragraph', { rich_text: [{ type: 'text', plain_text: text }] }, children);
}
function item(number: number, text: string, children: readonly FixtureBlock[] = []): FixtureBlock {
  return block(number, 'bulleted_list_item', { rich_text: [{ type: 'text', plain_text: text }] }, children);
}
const copyOf = (number: number, original: number) =>
  block(number, 'synced_block', { synced_from: { block_id: id(original) } });

type ClientOptions = Omit<Parameters<typeof clientOf>[1], 'pageId'>;
function options(
  blocks: readonly FixtureBlock[],
  more: ClientOptions = {},
): BodyOptions & { client: ReturnType<typeof clientOf> } {
  const client = clientOf(blocks, { pageId, ...more });
  return { client, pageId, showing: showingOf({ [pageId]: 'Page' }), onlyChildren: false, nameOf: async () => null };
}
/** By blocks: the Markdown is not there. */
async function read(blocks: readonly FixtureBlock[], more: ClientOptions = {}) {
  return render((await readBody(options(blocks, more))) ?? []);
}
const markdownOf =
  (
    texts: Readonly<Record<string, { markdown: string; truncated?: boolean; unknown?: readonly string[] }>>,
  ): NotionClient['markdown'] =>
  async (asked) => {
    const text = texts[asked];
    if (text === undefined) return null;
    return {
      markdown: text.markdown,
      truncated: text.truncated ?? false,
      unknown_block_ids: [...(text.unknown ?? [])],
    };
  };

test('a block whose children fail is a gap, and the page is to be read again', async () => {
  const page = [said(1, 'Before'), block(2, 'toggle', { rich_text: [] }, [said(3, 'inside')]), said(4, 'After')];
  expect(await read(page, { broken: [id(2)] })).toEqual({
    markdown: 'Before\n\nAfter\n',
    gaps: [{ kind: 'unreadable', what: 'toggle', count: 1 }],
    isComplete: false,
    children: [],
  });
});

test('a block that vanishes in the middle is a gap, and the page is to be read again', async () => {
  const { gaps, isComplete } = await read([item(1, 'a', [item(2, 'b')])], { gone: [id(1)] });
  expect({ gaps, isComplete }).toEqual({
    gaps: [{ kind: 'unreadable', what: 'bulleted_list_item', count: 1 }],
    isComplete: false,
  });
});

test('a page whose first level fails is not read at all', async () => {
  await expect(read([said(1, 'a')], { broken: [pageId] })).rejects.toThrow(RemoteError);
});

test('a synced block within itself ends', async () => {
  const inner = copyOf(2, 1);
  const original = block(1, 'synced_block', { synced_from: null }, [said(3, 'Hours: 9 to 17'), inner]);
  expect(await read([original])).toEqual({
    markdown: 'Hours: 9 to 17\n',
    gaps: [{ kind: 'unresolved', what: 'synced block within itself', count: 1 }],
    isComplete: true,
    children: [],
  });
});

test('synced blocks that multiply are cut off', async () => {
  // Each original holds two copies of the next: two to the power of thirty texts.
  const originals = Array.from({ length: 30 }, (_, level) =>
    block(level + 1, 'synced_block', { synced_from: null }, [
      said(100 + level, `Level ${level}`),
      ...(level < 29 ? [copyOf(200 + level, level + 2), copyOf(300 + level, level + 2)] : []),
    ]),
  );
  const { gaps, isComplete } = await read(originals);
  expect({ gaps: gaps.map(({ kind }) => kind), isComplete }).toEqual({ gaps: ['truncated'], isComplete: true });
});

test('a hundred levels keep their text', async () => {
  let nested = item(1, 'level 1');
  for (let level = 2; level <= 100; level += 1) nested = item(level, `level ${level}`, [nested]);
  const { markdown, gaps, isComplete } = await read([nested]);
  const lines = markdown.trimEnd().split('\n');
  expect(lines.map((line) => line.trim().replace(/^- /, ''))).toEqual(
    Array.from({ length: 100 }, (_, at) => `level ${100 - at}`),
  );
  expect(Math.max(...lines.map((line) => line.search(/\S/)))).toBe(100);
  expect({ gaps, isComplete }).toEqual({ gaps: [], isComplete: true });
});

test('five megabytes of text are cut off at two million characters', async () => {
  const long = Array.from({ length: 100 }, (_, at) => said(at + 1, 'word '.repeat(10_000)));
  const { markdown, gaps, isComplete } = await read(long);
  expect(markdown.length).toBeLessThanOrEqual(2_000_001);
  expect(markdown.length).toBeGreaterThan(1_900_000);
  expect({ gaps, isComplete }).toEqual({ gaps: [{ kind: 'truncated', what: 'text', count: 1 }], isComplete: true });
});

test('five megabytes of Markdown are cut off as well', async () => {
  const markdown = `- **item** with \`code\` and [link](https://example.com)\n`.repeat(100_000);
  const parts = await fromMarkdown(options([], { markdown: markdownOf({ [pageId]: { markdown } }) }));
  expect(render(parts ?? []).gaps).toContainEqual({ kind: 'truncated', what: 'text', count: 1 });
});

test('blocks of no shape at all and with null everywhere are no harm', async () => {
  const types = [
    'paragraph',
    'heading_1',
    'code',
    'table',
    'image',
    'callout',
    'child_page',
    'synced_block',
    'meeting_notes',
    'file',
  ];
  const odd = types.flatMap((type, at) => [
    block(at * 2, type, null),
    block(at * 2 + 1, type, { rich_text: null, caption: null, cells: 3 }),
  ]);
  const page = [...odd, { id: 7, type: null } as never, null as never, said(99, 'The end')];
  const { markdown, isComplete } = await read(page);
  expect(markdown).toContain('The end');
  expect(isComplete).toBe(true);
});

test('what the Markdown leaves out for its length is fetched and put in its place', async () => {
  const markdown = markdownOf({
    [pageId]: { markdown: `One\n<unknown url="${link(2)}" alt="block"/>\nFour`, truncated: true, unknown: [id(2)] },
    [id(2)]: { markdown: `Two\n<unknown url="${link(3)}" alt="block"/>`, truncated: true, unknown: [id(3)] },
    [id(3)]: { markdown: 'Three' },
  });
  const reading = options([], { markdown });
  expect(render((await fromMarkdown(reading)) ?? [])).toEqual({
    markdown: 'One\n\nTwo\n\nThree\n\nFour\n',
    gaps: [],
    isComplete: true,
    children: [],
  });
  expect(reading.client.asked).toEqual([`markdown ${pageId}`, `markdown ${id(2)}`, `markdown ${id(3)}`]);
});

test('what is left out and not shared is a gap for good', async () => {
  const text = { markdown: `One\n<unknown url="${link(2)}" alt="child_page"/>`, truncated: true, unknown: [id(2)] };
  const parts = await fromMarkdown(options([], { markdown: markdownOf({ [pageId]: text }) }));
  expect(render(parts ?? [])).toEqual({
    markdown: 'One\n',
    gaps: [{ kind: 'no-right', what: 'child_page', count: 1 }],
    isComplete: true,
    children: [],
  });
});

test('what is left out and cannot be fetched is a gap, and the page is to be read again', async () => {
  const markdown: NotionClient['markdown'] = async (asked) => {
    if (asked !== pageId) throw new RemoteError('Notion', 'unavailable', { message: 'answered 500' });
    return { markdown: `One\n<unknown url="${link(2)}" alt="block"/>`, truncated: true, unknown_block_ids: [id(2)] };
  };
  const { gaps, isComplete } = render((await fromMarkdown(options([], { markdown }))) ?? []);
  expect({ gaps, isComplete }).toEqual({ gaps: [{ kind: 'unreadable', what: 'block', count: 1 }], isComplete: false });
});

test('Markdown that is cut off without saying where is read by blocks', async () => {
  const markdown = markdownOf({ [pageId]: { markdown: 'Half', truncated: true } });
  expect((await read([said(1, 'The whole')], { markdown })).markdown).toBe('The whole\n');
});

test('a page of many bookmarks is read by blocks at once', async () => {
  const bookmarks = Array.from({ length: 40 }, (_, at) =>
    block(at + 1, 'bookmark', { url: `https://example.com/${at}` }),
  );
  const text = bookmarks.map((_, at) => `<unknown url="${link(at + 1)}" alt="bookmark"/>`).join('\n');
  const reading = options(bookmarks, { markdown: markdownOf({ [pageId]: { markdown: text } }) });
  expect(render((await readBody(reading)) ?? []).markdown.split('\n\n')).toHaveLength(40);
  expect(reading.client.asked).toEqual([`markdown ${pageId}`, `children ${pageId}`]);
});

test('people whom the Markdown mentions by id only get their name', async () => {
  const user = 'bbbb0001-0000-4000-8000-0000bbbb0001';
  const markdown = markdownOf({
    [pageId]: {
      markdown: `Ask <mention-user url="user://${user}"></mention-user> or <mention-user url="user://${id(1)}"/>.`,
    },
  });
  const nameOf = async (asked: string) => (asked === user ? 'Ana Sousa' : null);
  const parts = await fromMarkdown({ ...options([], { markdown }), nameOf });
  expect(render(parts ?? []).markdown).toBe('Ask @Ana Sousa or @someone.\n');
});

test.each([
  ['a tag that nothing opened', 'One\n</callout>\nTwo', 'One\n\nTwo\n'],
  ['a tag that nothing closes', '<callout icon="💡">\n\tOne\n\tTwo', '> 💡 One\n>\n> Two\n'],
  ['code that nothing closes', '```bash\nls', '```bash\nls\n```\n'],
  ['a callout of the older kind', '::: callout {icon="💡" color="blue"}\nOne\n:::\nTwo', '> 💡 One\n\nTwo\n'],
  ['a table of the common kind', '| a | b |\n| --- | --- |\n| 1 | 2 |', '| a | b |\n| --- | --- |\n| 1 | 2 |\n'],
  ['a tag of nobody', 'a <script>alert(1)</script> b', 'a \\<script>alert(1)\\</script> b\n'],
  ['braces of the text', 'Use \\{color="red"\\}', 'Use {color="red"}\n'],
])('Markdown with %s is read', async (_, source, expected) => {
  const parts = await fromMarkdown(options([], { markdown: markdownOf({ [pageId]: { markdown: source } }) }));
  expect(render(parts ?? []).markdown).toBe(expected);
});
