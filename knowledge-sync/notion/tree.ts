import { z } from 'zod';
import { ADMINS, type Audience } from '#domain/knowledge.ts';
import { bareId } from './ids.ts';
import type { Naming } from './part.ts';
import { IdSchema, noParent, type Parent } from './schema.ts';

/** What is remembered of a page, database, data source or block, between listings and for looking one up. */
const KnownSchema = z.object({
  v: z.literal(1),
  /** `outside`: not shared with us. */
  kind: z.enum(['page', 'database', 'data_source', 'block', 'outside']),
  parent: z.object({ kind: z.enum(['page', 'database', 'data_source', 'block', 'none']), id: z.string() }),
  title: z.string(),
  /** `last_edited_time` when the children were looked for; '' when they were not, or could not settle. */
  edited: z.string(),
  children: z.array(z.object({ kind: z.enum(['page', 'database']), id: IdSchema })),
  /** `last_edited_time` as it was last told; '' when it was not. */
  updated: z.string().default(''),
  /**
   * Of something outside: we could see it before. Of a page or database: it stood elsewhere before. Either way it is not
   * known whom it is for when what stands above it is not to be seen.
   */
  isDoubtful: z.boolean().default(false),
  /** Other pages of which the page's text, as it was last read, has the title, or would have it. */
  titles: z.array(z.string()).default([]),
  /** Other pages of which it has text (synced blocks), or would have it. */
  texts: z.array(z.string()).default([]),
});
export type Known = z.infer<typeof KnownSchema>;
/** What is known not to be there any more counts as well: nothing below it is. */
export type Nodes = Map<string, Known | 'gone'>;

export function known(kind: Known['kind'], fields: Partial<Omit<Known, 'v' | 'kind'>> = {}): Known {
  const nothing = { updated: '', isDoubtful: false, titles: [], texts: [] };
  return { v: 1, kind, parent: noParent, title: '', edited: '', children: [], ...nothing, ...fields };
}

/** Whether it is one of the workspace that we see, or saw. */
export function isSeen(node: Known | 'gone' | undefined): node is Known {
  return node !== undefined && node !== 'gone' && node.kind !== 'outside';
}

/** Notes of another shape were made by another version: they are forgotten. */
export function readNotes(notes: ReadonlyMap<string, unknown>): Nodes {
  const nodes: Nodes = new Map();
  for (const [id, note] of notes) {
    const parsed = KnownSchema.safeParse(note);
    if (parsed.success) nodes.set(id, parsed.data);
  }
  return nodes;
}

/** Who may read a page; or that it is gone with something above it; or what must be asked to tell. */
export type Standing =
  /** `outside`: what we may not see above it, where that counts: nothing is declared below that. */
  | { readonly kind: 'readable'; readonly audience: Audience; readonly outside: Parent | null }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unknown'; readonly missing: Parent };

/**
 * Walks up from a page. Who may read it is declared on the nearest page, database or data source of those, the page
 * included; else for all (`*`); else only those who run the helpdesk may. Only they may read as well what ends at
 * something that we saw before and do not see any more, or what was moved to where we do not see: it may have been
 * declared there whom it is for. A page that was always shared by itself is for all.
 *
 * @param audiences by bare id, or `*`.
 */
export function standingOf(id: string, nodes: ReadonlyMap<string, Known | 'gone'>, audiences: Declared): Standing {
  const way = wayUp(id, nodes);
  if (way.some(({ node }) => node === 'gone')) return { kind: 'gone' };
  // Above what is declared only matters whether it is gone, which is worth no request.
  const declared = way.map(({ at }) => audiences.get(bareId(at.id))).find((audience) => audience !== undefined);
  if (declared !== undefined) return { kind: 'readable', audience: declared, outside: null };
  const top = way.at(-1);
  if (top !== undefined && top.node === undefined) return { kind: 'unknown', missing: top.at };
  const open = audiences.get('*') ?? ADMINS;
  if (top === undefined || isSeen(top.node)) return { kind: 'readable', audience: open, outside: null };
  const isDoubtful = way.slice(-2).some(({ node }) => node !== undefined && node !== 'gone' && node.isDoubtful);
  return { kind: 'readable', audience: isDoubtful ? ADMINS : open, outside: top.at };
}

interface Step {
  readonly at: Parent;
  readonly node: Known | 'gone' | undefined;
}

/** From a page up to the workspace, or to what is gone, out of sight or not known. */
function wayUp(id: string, nodes: ReadonlyMap<string, Known | 'gone'>): readonly Step[] {
  const way = new Map<string, Step>();
  let at: Parent = { kind: 'page', id };
  while (at.kind !== 'none' && !way.has(at.id)) {
    const node = nodes.get(at.id);
    way.set(at.id, { at, node });
    // Where something stood when we last saw it says nothing of where it stands.
    at = isSeen(node) ? node.parent : noParent;
  }
  return [...way.values()];
}
export type Declared = ReadonlyMap<string, Audience>;

/**
 * Whether everybody who may read what `audience` says may also read what `other` says. Errs on the side of no: only the
 * names are compared, not who is in a group.
 */
export function isCovered(audience: Audience, other: Audience): boolean {
  if (audience.length === 0) return true;
  const enough = (names: readonly string[]) =>
    names.includes('everyone') || audience.some((own) => own.length > 0 && own.every((name) => names.includes(name)));
  return other.length > 0 && other.every(enough);
}

/** What a text for `audience` may say of other pages. */
export interface Showing extends Naming {
  readonly mayShow: (pageId: string) => boolean;
}

export function showingFor(
  audience: Audience,
  nodes: ReadonlyMap<string, Known | 'gone'>,
  audiences: Declared,
): Showing {
  function mayShow(id: string): boolean {
    if (!isSeen(nodes.get(id))) return false;
    const standing = standingOf(id, nodes, audiences);
    return standing.kind === 'readable' && isCovered(audience, standing.audience);
  }
  return {
    mayShow,
    nameOf(id, given) {
      if (id === null || !mayShow(id)) return null;
      const node = nodes.get(id);
      const title = node === undefined || node === 'gone' ? '' : node.title;
      return title === '' ? given : title;
    },
  };
}

/** What a text shows of other pages, or would show if it might. */
export type Shown = Pick<Known, 'titles' | 'texts'>;

/** Notes which pages a text is about to show something of. */
export function noting(showing: Showing): { readonly showing: Showing; readonly shown: () => Shown } {
  const titles = new Set<string>();
  const texts = new Set<string>();
  return {
    showing: {
      mayShow(id) {
        texts.add(id);
        return showing.mayShow(id);
      },
      nameOf(id, given) {
        if (id !== null) titles.add(id);
        return showing.nameOf(id, given);
      },
    },
    shown: () => ({ titles: [...titles].toSorted(), texts: [...texts].toSorted() }),
  };
}
