import type { PageAnswer } from './schema.ts';

/** A page, or what else stands in the tree of a space (folder, whiteboard, …). */
export interface Node {
  readonly id: string;
  /** `page`, `folder`, … */
  readonly type: string;
  readonly parentId: string | null;
  /** Null with the parent. */
  readonly parentType: string | null;
}

export interface PageNode extends Node {
  readonly type: 'page';
  readonly spaceId: string;
  readonly title: string;
  readonly version: number;
}

/** Not so when all that is known of an archived page is where it stands. */
export function isPage(node: Node): node is PageNode {
  return 'version' in node;
}

export function pageNode(page: PageAnswer): PageNode {
  const parentId = page.parentId ?? null;
  return {
    id: page.id,
    type: 'page',
    spaceId: page.spaceId,
    title: page.title,
    version: page.version.number,
    parentId,
    parentType: parentId === null ? null : (page.parentType ?? 'page'),
  };
}

/**
 * Ids of what stands above, nearest first. Null when something of it is not known, or when it leads in a circle: then
 * nobody can say what restricts it.
 */
export function above({ id, parentId }: Node, nodeOf: (id: string) => Node | undefined): readonly string[] | null {
  const ids = new Set([id]);
  for (let next = parentId; next !== null; ) {
    const node = nodeOf(next);
    if (node === undefined || ids.has(next)) return null;
    ids.add(next);
    next = node.parentId;
  }
  ids.delete(id);
  return [...ids];
}
