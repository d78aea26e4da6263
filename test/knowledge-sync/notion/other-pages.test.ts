import { ADMINS, type Document, EVERYONE, groupName } from '#domain/knowledge.ts';
import type { KnowledgeSource } from '#knowledge-ports.ts';
import { listed, startWorkspace, type Workspace } from './workspace.ts';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await startWorkspace();
});
afterEach(() => workspace.notion.close());

const key = (id: string) => id.replaceAll('-', '');
const staff = [[groupName('directory', 'hr')]];

/** `guide` has a synced block of `source`, and mentions `named`; all for everyone, but what is below `closed`. */
function furnish() {
  const { notion } = workspace;
  const page = (title: string, pageId: string | null, blocks: readonly object[] = []) =>
    notion.createPage({ parent: pageId === null ? { workspace: true } : { pageId }, title, blocks: blocks as never });
  const open = page('Open', null);
  const closed = page('Closed', null);
  const area = page('Area', open);
  const original = {
    synced_block: { synced_from: null, children: [{ paragraph: { rich_text: 'Pay table, first' } }] },
  };
  const source = page('Source', area, [original]);
  const named = page('Named', area);
  const [block = ''] = notion.children(source);
  const copy = { synced_block: { synced_from: { type: 'block_id', block_id: block } } };
  const mention = { type: 'mention', mention: { type: 'page', page: { id: named } }, plain_text: 'Named' };
  const guide = page('Guide', open, [copy, { paragraph: { rich_text: [mention] } }]);
  workspace.pass(10);
  const audiences = new Map([
    ['*', EVERYONE],
    [key(closed), staff],
  ]);
  return { open, closed, area, source, named, guide, audiences, page };
}

type Furnished = ReturnType<typeof furnish>;
const changes: readonly [string, (furnished: Furnished) => void, { text: boolean; name: string | null }][] = [
  [
    'the page of a synced block is closed',
    ({ source, closed }) => workspace.notion.move(source, { pageId: closed }),
    { text: false, name: 'Named' },
  ],
  [
    'what is above both is closed',
    ({ area, closed }) => workspace.notion.move(area, { pageId: closed }),
    { text: false, name: null },
  ],
  [
    'the page of a synced block is deleted',
    ({ source }) => workspace.notion.trash(source),
    { text: false, name: 'Named' },
  ],
  [
    'the page of a synced block is not shared any more',
    ({ source }) => workspace.notion.share(source, false),
    { text: false, name: 'Named' },
  ],
  [
    'a page that is mentioned is closed',
    ({ named, closed }) => workspace.notion.move(named, { pageId: closed }),
    { text: true, name: null },
  ],
  ['a page that is mentioned is deleted', ({ named }) => workspace.notion.trash(named), { text: true, name: null }],
  [
    'a page that is mentioned has another title',
    ({ named }) => workspace.notion.updatePage(named, { title: 'Renamed' }),
    { text: true, name: 'Renamed' },
  ],
];

function shownIn(document: Document | null) {
  if (document === null) return null;
  const { markdown } = document;
  return { text: markdown.includes('Pay table'), name: /\[(\w+)\]/.exec(markdown)?.[1] ?? null };
}

/** The revision as a listing tells it. */
async function revisionIn(source: KnowledgeSource, id: string) {
  return (await listed(source)).get(id)?.revision ?? 'not listed';
}

test.each(changes)('when %s, the page that shows it is read again', async (_, change, expected) => {
  const furnished = furnish();
  const { guide, audiences } = furnished;
  let source = workspace.source({ audiences });
  await listed(source);
  const read = await source.read(guide);
  expect(shownIn(read)).toEqual({ text: true, name: 'Named' });
  // As it is told from then on, by this process and the next.
  expect(await revisionIn(source, guide)).toBe(read?.revision);
  source = workspace.source({ audiences });
  expect((await source.lookUp(guide))?.revision).toBe(read?.revision);

  change(furnished);
  workspace.pass(10);
  const now = await revisionIn(source, guide);
  expect(now).not.toBe(read?.revision);
  expect((await source.lookUp(guide))?.revision).toBe(now);
  const again = await source.read(guide);
  expect(shownIn(again)).toEqual(expected);
  expect(again?.revision).toBe(now);
  expect(await revisionIn(source, guide)).toBe(now);
});

test('a page with text of another is read again when that is edited, and once more when it has settled', async () => {
  const { guide, source: home, audiences } = furnish();
  const source = workspace.source({ audiences });
  await listed(source);
  const read = await source.read(guide);
  const [block = ''] = workspace.notion.children(home);
  workspace.notion.updatePage(home, { title: 'Source 2' });
  expect(block).not.toBe('');
  const edited = (await listed(source)).get(guide);
  expect(edited?.revision).not.toBe(read?.revision);
  expect((await source.read(guide))?.revision).toBe(edited?.revision);
  workspace.pass(10);
  const settled = (await listed(source)).get(guide);
  expect(settled?.revision).not.toBe(edited?.revision);
  expect((await source.read(guide))?.revision).toBe(settled?.revision);
});

test('text of a page that was closed since the last listing is noticed when the page is looked up', async () => {
  const { guide, area, closed, audiences } = furnish();
  const source = workspace.source({ audiences });
  await listed(source);
  const read = await source.read(guide);
  workspace.notion.move(area, { pageId: closed });
  expect((await source.lookUp(guide))?.revision).not.toBe(read?.revision);
  expect((await source.read(guide))?.markdown).not.toContain('Pay table');
});

test('what an incomplete reading did not come to still counts, for the copy that stays', async () => {
  const { guide, source: home, closed, audiences } = furnish();
  const source = workspace.source({ audiences });
  await listed(source);
  expect(await source.read(guide)).toMatchObject({ isComplete: true, gaps: [] });
  // Block by block, and the synced one cannot be placed.
  const [block = ''] = workspace.notion.children(home);
  const always = { kind: 'status', status: 500, times: Number.POSITIVE_INFINITY } as const;
  workspace.notion.faults.set({ ...always, match: `${guide}/markdown` });
  workspace.notion.faults.set({ ...always, match: `/v1/blocks/${block}` });
  expect(await source.read(guide)).toMatchObject({ isComplete: false });
  workspace.notion.faults.clear();
  const before = await revisionIn(source, guide);
  workspace.notion.move(home, { pageId: closed });
  workspace.pass(10);
  expect(await revisionIn(source, guide)).not.toBe(before);
});

test('a page is as it is now when it is looked up: what is above it may have moved or be gone', async () => {
  const { source: page, area, open, closed, audiences } = furnish();
  const source = workspace.source({ audiences });
  await listed(source);
  expect((await source.lookUp(page))?.audience).toEqual(EVERYONE);
  workspace.notion.move(area, { pageId: closed });
  expect((await source.lookUp(page))?.audience).toEqual(staff);
  workspace.notion.trash(area);
  expect(await source.lookUp(page)).toBeNull();
  workspace.notion.restore(area);
  workspace.notion.move(area, { pageId: open });
  expect((await source.lookUp(page))?.audience).toEqual(EVERYONE);
});

const failing = { kind: 'status', status: 500, times: Number.POSITIVE_INFINITY } as const;

test('what is above a page and cannot be asked for leaves it unknown, never for all', async () => {
  const { closed, page, audiences } = furnish();
  const { notion } = workspace;
  const hidden = page('Hidden', closed);
  const below = page('Below', hidden);
  notion.hideFromSearch(hidden, true);
  workspace.pass(10);
  notion.faults.set({ ...failing, match: `/v1/pages/${hidden}` });
  const source = workspace.source({ audiences });
  // The page at the top is looked through and leads there as well.
  expect((await listed(source)).has(below)).toBe(false);
  await expect(source.lookUp(below)).rejects.toMatchObject({ kind: 'unavailable' });
  notion.faults.clear();
  const found = await listed(source);
  expect([hidden, below].map((id) => found.get(id)?.audience)).toEqual([staff, staff]);
});

test('a failure later leaves what is remembered', async () => {
  const { closed, page, audiences } = furnish();
  const { notion } = workspace;
  const hidden = page('Hidden', closed);
  const below = page('Below', hidden);
  notion.hideFromSearch(hidden, true);
  workspace.pass(10);
  const source = workspace.source({ audiences });
  await listed(source);
  notion.faults.set({ ...failing, match: `/v1/pages/${hidden}` });
  for (let times = 0; times < 2; times += 1) expect((await listed(source)).get(below)?.audience).toEqual(staff);
  await expect(source.lookUp(below)).rejects.toMatchObject({ kind: 'unavailable' });
});

test('a database above a page that cannot be asked for leaves its rows unknown', async () => {
  const { closed, audiences } = furnish();
  const { notion } = workspace;
  const { id, dataSourceIds } = notion.createDatabase({
    parentPageId: closed,
    title: 'Pay',
    dataSources: [{ name: 'Pay', properties: { Name: { title: {} } } }],
  });
  const row = notion.createPage({ parent: { dataSourceId: dataSourceIds[0] ?? '' }, title: 'Ana' });
  workspace.pass(10);
  const source = workspace.source({ audiences });
  notion.faults.set({ ...failing, match: `/v1/databases/${id}` });
  const told = (await listed(source)).get(row);
  expect(told === undefined || told.audience === staff).toBe(true);
  notion.faults.clear();
  expect((await listed(source)).get(row)?.audience).toEqual(staff);
});

describe('a page that is shared by itself, below one that is not', () => {
  test('is for all, as what is below it', async () => {
    const { page, audiences } = furnish();
    const { notion } = workspace;
    const top = page('Nobody sees', null);
    notion.share(top, false);
    const middle = page('Shared', top);
    notion.share(middle, true);
    const below = page('Below', middle);
    workspace.pass(10);
    const source = workspace.source({ audiences });
    for (let times = 0; times < 2; times += 1) {
      const found = await listed(source);
      expect([middle, below].map((id) => found.get(id)?.audience)).toEqual([EVERYONE, EVERYONE]);
      expect(await source.lookUp(below)).toEqual(found.get(below));
      workspace.requests();
    }
    // The one above that is out of sight is asked for each time.
    await listed(source);
    expect(workspace.requests().filter((request) => request === 'GET /v1/pages/:id')).toHaveLength(1);

    const declared = workspace.source({ audiences: new Map([...audiences, [key(top), staff]]) });
    expect((await listed(declared)).get(below)?.audience).toEqual(staff);
    notion.share(top, true);
    expect((await source.lookUp(below))?.audience).toEqual(EVERYONE);
  });

  test('is for admins only when we saw what is above it before', async () => {
    const { closed, page, audiences } = furnish();
    const { notion } = workspace;
    const between = page('Between', closed);
    const below = page('Below', between);
    workspace.pass(10);
    const source = workspace.source({ audiences });
    expect((await listed(source)).get(below)?.audience).toEqual(staff);
    notion.share(below, true);
    notion.share(between, false);
    expect((await source.lookUp(below))?.audience).toEqual(ADMINS);
    for (let times = 0; times < 3; times += 1) {
      expect((await listed(workspace.source({ audiences }))).get(below)?.audience).toEqual(ADMINS);
    }
    const declared = workspace.source({ audiences: new Map([...audiences, [key(below), staff]]) });
    expect((await listed(declared)).get(below)?.audience).toEqual(staff);
    // Not being able to ask does not make us forget it.
    notion.faults.set({ ...failing, match: `/v1/pages/${between}` });
    const restarted = workspace.source({ audiences });
    expect((await listed(restarted)).has(below)).toBe(false);
    notion.faults.clear();
    expect((await restarted.lookUp(below))?.audience).toEqual(ADMINS);
    expect((await listed(workspace.source({ audiences }))).get(below)?.audience).toEqual(ADMINS);
    notion.share(between, true);
    expect((await listed(source)).get(below)?.audience).toEqual(staff);
  });

  test.each([false, true])(
    'is for admins only when it stood elsewhere before (away for a while: %p)',
    async (isAway) => {
      const { closed, page, audiences } = furnish();
      const { notion } = workspace;
      const below = page('Below', closed);
      const top = page('Nobody sees', null);
      notion.share(top, false);
      workspace.pass(10);
      const source = workspace.source({ audiences });
      await listed(source);
      notion.share(below, !isAway);
      if (isAway) await listed(source);
      notion.share(below, true);
      notion.move(below, { pageId: top });
      workspace.pass(10);
      for (let times = 0; times < 2; times += 1) {
        const found = await listed(workspace.source({ audiences }));
        expect([found.get(below)?.audience, (await source.lookUp(below))?.audience]).toEqual([ADMINS, ADMINS]);
      }
    },
  );
});
