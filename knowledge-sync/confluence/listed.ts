import type { Audience } from '#domain/knowledge.ts';
import type { ListedDocument } from '#knowledge-ports.ts';
import { audienceOf, type Naming } from './audience.ts';
import type { Refs } from './notes.ts';
import type { Restriction } from './restriction.ts';
import { type Inclusion, inclusionOf, revisionOf } from './revision.ts';
import { type ChosenSpace, spaceWithKey } from './spaces.ts';
import { type PageRef, refKey } from './storage/index.ts';
import { above, type Node, type PageNode } from './tree.ts';

/** What a listing has seen of the chosen spaces. */
export interface Scene {
  /** Pages, and all that stands above them. */
  readonly nodes: ReadonlyMap<string, Node>;
  readonly restrictions: ReadonlyMap<string, Restriction>;
  readonly spaces: ReadonlyMap<string, ChosenSpace>;
  /** Every current page of the spaces. */
  readonly pages: readonly PageNode[];
  /** Ids of those that are documents. */
  readonly wanted: ReadonlySet<string>;
  /** By id of the including page. */
  readonly includes: ReadonlyMap<string, Refs>;
}

/** The documents as they are listed. */
export function listedDocuments(scene: Scene, naming: Naming): readonly ListedDocument[] {
  const { pages, spaces, wanted, includes } = scene;
  const audienceFor = (page: PageNode) => audienceIn(scene, page, naming);
  const inclusion = createInclusions(scene, audienceFor);
  return pages
    .filter(({ id, spaceId }) => wanted.has(id) && spaces.has(spaceId))
    .map((page) => {
      const audience = audienceFor(page);
      const key = spaces.get(page.spaceId)?.key ?? '';
      const states = (includes.get(page.id) ?? []).map((ref) => inclusion(ref, audience));
      return { id: page.id, revision: revisionOf(page, key, states), audience };
    });
}

function audienceIn({ nodes, restrictions, spaces }: Scene, page: PageNode, naming: Naming): Audience {
  const chain = above(page, (id) => nodes.get(id));
  const own =
    chain === null ? (['unknown'] as const) : [page.id, ...chain].map((id) => restrictions.get(id) ?? 'unknown');
  return audienceOf({ space: spaces.get(page.spaceId)?.readers ?? [], restrictions: own }, naming);
}

/** What becomes of an include, by what the listing has seen. */
function createInclusions({ pages, spaces }: Scene, audienceFor: (page: PageNode) => Audience) {
  const byTitle = new Map<string, PageNode>();
  for (const page of pages) {
    const space = spaces.get(page.spaceId);
    if (space !== undefined) byTitle.set(refKey({ spaceKey: space.key, title: page.title }), page);
  }
  return (ref: PageRef, including: Audience): Inclusion => {
    if (spaceWithKey(spaces, ref.spaceKey) === null) return { ref, kind: 'outside' };
    const page = byTitle.get(refKey(ref));
    if (page === undefined) return { ref, kind: 'missing' };
    return inclusionOf(ref, page, { including, included: audienceFor(page) });
  };
}
