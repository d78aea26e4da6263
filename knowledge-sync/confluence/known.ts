import type { Restriction } from './restriction.ts';
import type { Node } from './tree.ts';

/** The tree of the chosen spaces and its restrictions, as last seen: by a listing as a whole, by a look-up in part. */
export interface Known {
  node(id: string): Node | undefined;
  /** `unknown` until it is. */
  restriction(id: string): Restriction;
  /** Something that was asked for just now. */
  learn(seen: { nodes?: readonly Node[]; restrictions?: ReadonlyMap<string, Restriction> }): void;
  /** It cannot be said where this stands now: nothing is to be concluded from where it stood. */
  forgetPlace(id: string): void;
  /**
   * A listing begins, which takes a while. What is learned meanwhile is newer than what the listing has seen, and
   * comes with what it is finished with.
   */
  beginListing(): {
    readonly learned: Seen;
    /** Null: it failed, and what was known stays. */
    finish(seen: Seen | null): void;
  };
}

/** What a listing has seen. */
export interface Seen {
  readonly nodes: Map<string, Node>;
  readonly restrictions: Map<string, Restriction>;
}

export function createKnown(): Known {
  let seen: Seen = { nodes: new Map(), restrictions: new Map() };
  const listings = new Set<Seen>();

  return {
    node: (id) => seen.nodes.get(id),
    restriction: (id) => seen.restrictions.get(id) ?? 'unknown',
    learn({ nodes = [], restrictions = new Map<string, Restriction>() }) {
      for (const place of [seen, ...listings]) {
        for (const node of nodes) place.nodes.set(node.id, node);
        for (const [id, restriction] of restrictions) place.restrictions.set(id, restriction);
      }
    },
    forgetPlace(id) {
      seen.nodes.delete(id);
    },
    beginListing() {
      const meanwhile: Seen = { nodes: new Map(), restrictions: new Map() };
      listings.add(meanwhile);
      return {
        learned: meanwhile,
        finish(now) {
          listings.delete(meanwhile);
          if (now === null) return;
          seen = now;
          for (const [id, node] of meanwhile.nodes) seen.nodes.set(id, node);
          for (const [id, restriction] of meanwhile.restrictions) seen.restrictions.set(id, restriction);
        },
      };
    },
  };
}
