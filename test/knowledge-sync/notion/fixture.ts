import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { RemoteError } from '#errors.ts';
import type { NotionClient } from '../../../knowledge-sync/notion/client.ts';
import type { Showing } from '../../../knowledge-sync/notion/tree.ts';

const fixtures = new URL('../../fixtures/notion/', import.meta.url);

const BlockSchema: z.ZodType<FixtureBlock> = z.looseObject({
  id: z.string(),
  type: z.string(),
  children_of_fixture: z.lazy(() => z.array(BlockSchema)),
});
export interface FixtureBlock {
  readonly [field: string]: unknown;
  readonly id: string;
  readonly type: string;
  readonly children_of_fixture: readonly FixtureBlock[];
}
const PageSchema = z.object({
  pageId: z.string(),
  known: z.record(z.string(), z.string()),
  userId: z.string(),
  userName: z.string(),
  foreignBlock: z.string(),
  secretPage: z.string(),
  blocks: z.array(BlockSchema),
});

/** A page with a block of every type, as the API gives it block by block, and as Markdown. */
export const allBlocks = PageSchema.parse(JSON.parse(readFileSync(new URL('all-blocks.json', fixtures), 'utf8')));
export const allBlocksMarkdown = readFileSync(new URL('all-blocks.md', fixtures), 'utf8');

/** Shows and names what is in `titles`. */
export function showingOf(titles: Readonly<Record<string, string>>): Showing {
  return {
    mayShow: (id) => Object.hasOwn(titles, id),
    nameOf: (id, given) => (id !== null && Object.hasOwn(titles, id) ? (titles[id] ?? given) : null),
  };
}

/** A client of blocks that are given. `asked` names each request. */
export function clientOf(
  blocks: readonly FixtureBlock[],
  options: {
    pageId: string;
    markdown?: NotionClient['markdown'];
    broken?: readonly string[];
    gone?: readonly string[];
  },
): NotionClient & { readonly asked: string[] } {
  const asked: string[] = [];
  const byId = new Map<string, FixtureBlock>();
  const add = (block: FixtureBlock) => {
    byId.set(block.id, block);
    for (const child of block.children_of_fixture) add(child);
  };
  // Some tests give what is no block at all.
  for (const block of blocks) if (Array.isArray(block?.children_of_fixture)) add(block);
  const refuse = (id: string) => {
    if (options.broken?.includes(id)) throw new RemoteError('Notion', 'unavailable', { message: 'answered 500' });
  };
  const never = () => {
    throw new Error('not asked for in this test');
  };
  return {
    asked,
    search: never,
    rows: never,
    page: never,
    database: never,
    dataSource: never,
    propertyItems: never,
    async userName(id) {
      return id === allBlocks.userId ? allBlocks.userName : null;
    },
    async block(id) {
      asked.push(`block ${id}`);
      refuse(id);
      const block = byId.get(id);
      const parent = id === allBlocks.foreignBlock ? allBlocks.secretPage : options.pageId;
      const parented = { kind: 'page', id: parent, databaseId: null } as const;
      if (block === undefined && id !== allBlocks.foreignBlock) return null;
      return { id, type: 'synced_block', ...block, parent: parented };
    },
    async children(id) {
      asked.push(`children ${id}`);
      refuse(id);
      if (options.gone?.includes(id)) return null;
      return id === options.pageId ? blocks : (byId.get(id)?.children_of_fixture ?? null);
    },
    async markdown(id) {
      asked.push(`markdown ${id}`);
      return (await options.markdown?.(id)) ?? null;
    },
  };
}
