import { RemoteError } from '#errors.ts';
import { type BlockNode, recordOf } from './block-parts.ts';
import type { NotionClient } from './client.ts';
import { readId } from './ids.ts';
import { type Block, BlockSchema } from './schema.ts';

/** As many as Notion's Markdown gives of a page, twice; against synced blocks that multiply. */
const maxBlocks = 40_000;
/** A page is at most some tens deep; the stack has room for much more. */
const maxDepth = 300;

export interface WalkOptions {
  readonly client: Pick<NotionClient, 'children' | 'block'>;
  /** The page that is read: synced blocks of its own need no right. */
  readonly pageId: string;
  /** Whether everybody who may read the page that is read may read the other one. */
  readonly mayShow: (pageId: string) => boolean;
}

interface Walk extends WalkOptions {
  readonly left: { blocks: number };
  /** What is below a block, by its id: an original that is shown ten times is read once. */
  readonly read: Map<string, Promise<readonly unknown[] | null>>;
  readonly homes: Map<string, Promise<string | null>>;
}
/** Originals on the way to here: one of them again is a circle. */
interface Way {
  readonly originals: readonly string[];
  readonly depth: number;
}

/**
 * Reads all blocks below a page. Synced blocks are resolved, each within itself at most once, and only when their
 * original stands on a page that the readers of this one may read. What cannot be read is a fault of its block.
 *
 * @returns null when the page itself is not there.
 * @throws RemoteError when not even the first level can be read.
 */
export async function walkBlocks(options: WalkOptions): Promise<readonly BlockNode[] | null> {
  const walk = begin(options);
  const blocks = await childrenOf(walk, options.pageId);
  return blocks === null ? null : await nodesOf(walk, blocks, { originals: [], depth: 0 });
}

/** The same for one block of the page; null when it is not there. */
export async function walkBlock(options: WalkOptions, blockId: string): Promise<readonly BlockNode[] | null> {
  const block = await options.client.block(blockId);
  return block === null ? null : await nodesOf(begin(options), [block], { originals: [], depth: 0 });
}

function begin(options: WalkOptions): Walk {
  return { ...options, left: { blocks: maxBlocks }, read: new Map(), homes: new Map() };
}

async function childrenOf(walk: Walk, id: string): Promise<readonly unknown[] | null> {
  const known = walk.read.get(id);
  if (known !== undefined) return await known;
  const reading = walk.client.children(id);
  walk.read.set(id, reading);
  return await reading;
}

async function nodesOf(walk: Walk, raw: readonly unknown[], way: Way): Promise<readonly BlockNode[]> {
  const taken = raw.slice(0, walk.left.blocks);
  walk.left.blocks -= taken.length;
  const nodes = await Promise.all(taken.map((one) => nodeOf(walk, one, way)));
  const cut = taken.length < raw.length;
  return cut ? [...nodes, broken({ gap: 'truncated', what: 'blocks', again: false })] : nodes;
}

/** Stands where a block should be. */
function broken(fault: BlockNode['fault']): BlockNode {
  const parent = { kind: 'none', id: '', databaseId: null } as const;
  return { block: { id: '', type: 'column', parent }, children: [], fault };
}

async function nodeOf(walk: Walk, raw: unknown, way: Way): Promise<BlockNode> {
  const parsed = BlockSchema.safeParse(raw);
  if (!parsed.success) return broken({ gap: 'unreadable', what: 'block', again: false });
  const block = parsed.data;
  const leaf: BlockNode = { block, children: [], fault: null };
  if (block.in_trash === true || block.archived === true) return { ...leaf, block: { ...block, type: 'breadcrumb' } };
  if (block.type === 'synced_block') return await synced(walk, block, way);
  // What is below them are documents of their own.
  if (block.has_children !== true || block.type === 'child_page' || block.type === 'child_database') return leaf;
  return await under(walk, { block, from: block.id }, { ...way, depth: way.depth + 1 });
}

/** The block with what is below `from`, which is the block itself but for synced ones. */
async function under(walk: Walk, { block, from }: { block: Block; from: string }, way: Way): Promise<BlockNode> {
  const failed = (fault: NonNullable<BlockNode['fault']>): BlockNode => ({ block, children: [], fault });
  if (way.depth > maxDepth) return failed({ gap: 'truncated', what: 'blocks nested too deep', again: false });
  try {
    const children = await childrenOf(walk, from);
    // Gone since its parent was read: the next reading will see the page as it is then.
    if (children === null) return failed({ gap: 'unreadable', what: block.type, again: true });
    return { block, children: await nodesOf(walk, children, way), fault: null };
  } catch (error) {
    if (!passes(error)) throw error;
    return failed({ gap: 'unreadable', what: block.type, again: true });
  }
}

/** One block's failure, and not one of all: that of a token or of a source that asks for patience ends the reading. */
function passes(error: unknown): boolean {
  return error instanceof RemoteError && (error.kind === 'unavailable' || error.kind === 'rejected');
}

async function synced(walk: Walk, block: Block, way: Way): Promise<BlockNode> {
  const from = recordOf(recordOf(block.synced_block).synced_from).block_id;
  const original = readId(from) ?? block.id;
  const failed = (fault: NonNullable<BlockNode['fault']>): BlockNode => ({ block, children: [], fault });
  const what = 'synced block';
  if (way.originals.includes(original))
    return failed({ gap: 'unresolved', what: `${what} within itself`, again: false });
  const inside: Way = { originals: [...way.originals, original], depth: way.depth + 1 };
  if (original === block.id)
    return block.has_children === true
      ? await under(walk, { block, from: original }, inside)
      : { block, children: [], fault: null };
  try {
    const home = await homeOf(walk, original);
    if (home === null || (home !== walk.pageId && !walk.mayShow(home)))
      return failed({ gap: 'no-right', what, again: false });
    return await under(walk, { block, from: original }, inside);
  } catch (error) {
    if (!passes(error)) throw error;
    return failed({ gap: 'unreadable', what, again: true });
  }
}

/** The page that a block stands on; null when that is not to be learned. */
async function homeOf(walk: Walk, blockId: string): Promise<string | null> {
  const known = walk.homes.get(blockId);
  if (known !== undefined) return await known;
  const asking = (async () => {
    const seen = new Set<string>();
    for (let id = blockId; !seen.has(id) && seen.size < 50; ) {
      seen.add(id);
      const block = await walk.client.block(id);
      if (block === null) return null;
      if (block.parent.kind === 'page') return block.parent.id;
      if (block.parent.kind !== 'block') return null;
      ({ id } = block.parent);
    }
    return null;
  })();
  walk.homes.set(blockId, asking);
  return await asking;
}
