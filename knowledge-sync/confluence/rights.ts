import { type Audience, NOBODY } from '#domain/knowledge.ts';
import { audienceOf } from './audience.ts';
import { chainNow } from './chain.ts';
import { type Directory, namedIn } from './directory.ts';
import type { Known } from './known.ts';
import type { NoteBook } from './notes.ts';
import type { Restriction } from './restriction.ts';
import type { Site } from './site.ts';
import type { ChosenSpace } from './spaces.ts';
import { above, isPage, type Node, type PageNode } from './tree.ts';

export interface Rights {
  /** Who may read the page, all of it asked for just now: its place in the tree, its restriction and those above it. */
  now(page: PageNode, space: ChosenSpace): Promise<Audience>;
  /** The same by what is known, if the page is where it was and as it was; else as `now`. */
  known(page: PageNode, space: ChosenSpace): Promise<Audience>;
}

/** Who may read a single page. */
export function createRights(deps: { site: Site; known: Known; directory: Directory; book: NoteBook }): Rights {
  const { site, known, directory, book } = deps;

  async function now(page: PageNode, space: ChosenSpace): Promise<Audience> {
    // most pages are still where they were: then everything can be asked for at once
    const expected = above(page, (id) => known.node(id)) ?? [];
    const asked = new Map([page.id, ...expected].map((id) => [id, site.restriction(id)]));
    const [chain] = await Promise.all([chainNow(page, { site, known }), ...asked.values()]);
    if (chain === null) {
      known.forgetPlace(page.id);
      return NOBODY;
    }
    const found = await Promise.all(
      [page.id, ...chain].map(
        async (id) => [id, (await (asked.get(id) ?? site.restriction(id))) ?? 'unknown'] as const,
      ),
    );
    await remember(page, new Map(found));
    return await audience(
      space,
      found.map(([, restriction]) => restriction),
    );
  }

  async function remember(page: PageNode, restrictions: ReadonlyMap<string, Restriction>): Promise<void> {
    known.learn({ nodes: [page], restrictions });
    for (const [id, restriction] of restrictions) {
      const node = id === page.id ? page : known.node(id);
      if (node !== undefined && isPage(node)) await book.put('pages', id, { version: node.version, restriction });
    }
  }

  async function audience(space: ChosenSpace, restrictions: readonly Restriction[]): Promise<Audience> {
    await directory.learn(namedIn(space.readers, restrictions));
    return audienceOf({ space: space.readers, restrictions }, directory);
  }

  return {
    now,
    async known(page, space) {
      const before = known.node(page.id);
      const chain = isSame(before, page) ? above(page, (id) => known.node(id)) : null;
      if (chain === null) return await now(page, space);
      return await audience(
        space,
        [page.id, ...chain].map((id) => known.restriction(id)),
      );
    },
  };
}

/** A new version may have come with a new restriction. */
function isSame(before: Node | undefined, page: PageNode): boolean {
  if (before === undefined || !isPage(before)) return false;
  return before.parentId === page.parentId && before.spaceId === page.spaceId && before.version === page.version;
}
