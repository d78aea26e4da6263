import { askNode } from './chain.ts';
import { isDue, type Sweep } from './sweep.ts';
import type { Node } from './tree.ts';

/**
 * Adds what stands above the pages and is in no listing of them: folders and the like, archived pages. It is asked for
 * again with each sweep, as restrictions are. What cannot be seen stays missing, which closes all that is below it.
 */
export async function climb({ site, notes, clock, sweepMs }: Sweep, nodes: Map<string, Node>): Promise<void> {
  const now = clock().getTime();
  const used = new Set<string>();
  let asked = missingParents(nodes, used);
  while (asked.size > 0) {
    await Promise.all(
      Array.from(asked, async ([id, type]) => {
        const note = notes.above.get(id);
        if (note === undefined || isDue(note.at, now, sweepMs)) {
          const [node, restriction] = await Promise.all([askNode(site, id, type), site.restriction(id)]);
          if (node === null) return void notes.above.delete(id);
          nodes.set(id, node);
          const { parentId, parentType } = node;
          notes.above.set(id, { type, parentId, parentType, restriction: restriction ?? 'unknown', at: now });
        } else nodes.set(id, { id, type: note.type, parentId: note.parentId, parentType: note.parentType });
      }),
    );
    asked = missingParents(nodes, used);
  }
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
