import type { SourceMemory } from '#knowledge-ports.ts';
import { isSeen, type Known, type Nodes, readNotes, type Shown } from './tree.ts';

/** What is known of the tree: loaded once, and as the latest listing found it from then on. */
export interface Notes {
  /** As they are kept. */
  load(): Promise<Nodes>;
  keep(found: ReadonlyMap<string, Known>): Promise<void>;
  /** As they are known now; what is asked for anew is noted in them. */
  nodes(): Promise<Nodes>;
  /** After a listing. Adds to `after` what pages were found to show while it went on. */
  replace(before: Nodes, after: Nodes): Promise<void>;
  /** Keeps what of other pages a page's text depends on. */
  noteShown(pageId: string, shown: Shown): Promise<void>;
}

/** @param name the source's. */
export function createNotes(name: string, memory: SourceMemory): Notes {
  let current: Promise<Nodes> | null = null;
  /** Since the latest listing: one that is under way began without it. */
  const read = new Map<string, Shown>();

  async function nodes(): Promise<Nodes> {
    current ??= memory.load(name).then(readNotes);
    try {
      return await current;
    } catch (error) {
      current = null;
      throw error;
    }
  }

  return {
    load: async () => readNotes(await memory.load(name)),
    keep: (found) => memory.save(name, found),
    nodes,
    async replace(before, after) {
      addShown(after, read);
      await memory.save(name, changes(before, after));
      addShown(after, read);
      read.clear();
      current = Promise.resolve(after);
    },
    async noteShown(pageId, shown) {
      read.set(pageId, shown);
      const all = await nodes();
      const before = all.get(pageId);
      if (!isSeen(before) || isSame(before, shown)) return;
      const node = { ...before, ...shown };
      all.set(pageId, node);
      await memory.save(name, new Map([[pageId, node]]));
    },
  };
}

function isSame(one: Shown, other: Shown): boolean {
  return JSON.stringify([one.titles, one.texts]) === JSON.stringify([other.titles, other.texts]);
}

function addShown(nodes: Nodes, read: ReadonlyMap<string, Shown>): void {
  for (const [id, shown] of read) {
    const node = nodes.get(id);
    if (isSeen(node)) nodes.set(id, { ...node, ...shown });
  }
}

/** What is to be written of the notes: what is new or other, and null for what is gone or of no use any more. */
function changes(before: Nodes, after: Nodes): ReadonlyMap<string, Known | null> {
  const live = [...after].flatMap(([id, node]) => (node === 'gone' ? [] : [[id, node] as const]));
  const used = new Set(live.flatMap(([, node]) => [node.parent.id, ...node.children.map(({ id }) => id)]));
  // Blocks, and what is not shared with us, are worth remembering only where something stands below or above them.
  const wanted = new Map(live.filter(([id, { kind }]) => used.has(id) || !['outside', 'block'].includes(kind)));
  const changed = new Map<string, Known | null>();
  for (const [id, node] of wanted) {
    if (JSON.stringify(before.get(id)) !== JSON.stringify(node)) changed.set(id, node);
  }
  for (const id of before.keys()) if (!wanted.has(id)) changed.set(id, null);
  return changed;
}
