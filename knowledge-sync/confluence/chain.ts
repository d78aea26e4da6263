import type { Known } from './known.ts';
import type { Ancestor, Site } from './site.ts';
import { type Node, type PageNode, pageNode } from './tree.ts';

/**
 * Ids of what stands above the page now, nearest first. Confluence tells them at once; that none is missing shows in
 * that each is the parent of the one before. Null: that cannot be seen.
 */
export async function chainNow(page: PageNode, deps: { site: Site; known: Known }): Promise<readonly string[] | null> {
  const told = page.parentId === null ? [] : await deps.site.ancestors(page.id);
  if (told === null) return null;
  const chain = told.toReversed();
  let below: Node = page;
  for (const [index, ancestor] of chain.entries()) {
    const expected = chain[index + 1]?.id ?? null;
    const node = below.parentId === ancestor.id ? await nodeWithParent(ancestor, expected, deps) : null;
    if (node === null) return null;
    below = node;
  }
  return below.parentId === null ? chain.map(({ id }) => id) : null;
}

/** As it is known, if what Confluence tells fits that; else as it is now. */
async function nodeWithParent(
  { id, type }: Ancestor,
  parentId: string | null,
  { site, known }: { site: Site; known: Known },
): Promise<Node | null> {
  const before = known.node(id);
  if (before !== undefined && before.parentId === parentId) return before;
  const node = await askNode(site, id, type);
  if (node !== null) known.learn({ nodes: [node] });
  return node;
}

/** A page of any status, a folder or the like; null when our account cannot see it. */
export async function askNode(site: Site, id: string, type: string): Promise<Node | null> {
  if (type === 'page') {
    const page = await site.page(id, false);
    return page === null ? null : pageNode(page);
  }
  const container = await site.container(id, type);
  if (container === null) return null;
  const parentId = container.parentId ?? null;
  return { id, type, parentId, parentType: parentId === null ? null : (container.parentType ?? 'page') };
}
