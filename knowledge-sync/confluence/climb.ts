import { askNode } from './chain.ts';
import { isDue, type Sweep } from './sweep.ts';
import type { Node } from './tree.ts';

/**
 * Adds what stands above the pages and is in no listing of them: folders and the like, archived pages. Where each stands
 * is asked for at every listing, since moving it makes no new version of the pages below; its restriction with each
 * sweep, as those of pages are. What cannot be seen stays missing, which closes all that is below it.
 */
export async function climb(sweep: Sweep, nodes: Map<string, Node>): Promise<void> {
  const used = new Set<string>();
  let asked = missingParents(nodes, used);
  while (asked.size > 0) {
    const found = await Promise.all(Array.from(asked, ([id, type]) => askAbove(sweep, id, type)));
    for (const node of found) if (node !== null) nodes.set(node.id, node);
    asked = missingParents(nodes, used);
  }
}

async function askAbove({ site, notes, clock, sweepMs }: Sweep, id: string, type: string): Promise<Node | null> {
  const now = clock().getTime();
  const note = notes.above.get(id);
  const isKnown = note !== undefined && !isDue(note.at, now, sweepMs);
  const [node, restriction] = await Promise.all([
    askNode(site, id, type),
    isKnown ? note.restriction : site.restriction(id),
  ]);
  if (node === null) {
    notes.above.delete(id);
    return null;
  }
  const { parentId, parentType } = node;
  const at = isKnown ? note.at : now;
  notes.above.set(id, { type, parentId, parentType, restriction: restriction ?? 'unknown', at });
  return node;
}

/** With their types; each is told once. */
function missingParents(nodes: ReadonlyMap<string, Node>, told: Set<string>): ReadonlyMap<string, string> {
  const missing = new Map<string, string>();
  for (const { parentId, parentType } of nodes.values()) {
    if (parentId === null || nodes.has(parentId) || told.has(parentId)) continue;
    told.add(parentId);
    missing.set(parentId, parentType ?? 'page');
  }
  return missing;
}
