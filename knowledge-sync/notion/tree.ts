import { z } from 'zod';
import { ADMINS, type Audience } from '#domain/knowledge.ts';
import { bareId } from './ids.ts';
import type { Naming } from './part.ts';
import { IdSchema, noParent, type Parent } from './schema.ts';

/** What is remembered of a page, database, data source or block, between listings and for looking one up. */
const KnownSchema = z.object({
  v: z.literal(1),
  /** `outside`: above what is shared with us. */
  kind: z.enum(['page', 'database', 'data_source', 'block', 'outside']),
  parent: z.object({ kind: z.enum(['page', 'database', 'data_source', 'block', 'none']), id: z.string() }),
  title: z.string(),
  /** `last_edited_time` when the children were looked for; '' when they were not, or could not settle. */
  edited: z.string(),
  children: z.array(z.object({ kind: z.enum(['page', 'database']), id: IdSchema })),
});
export type Known = z.infer<typeof KnownSchema>;
/** What is known not to be there any more counts as well: nothing below it is. */
export type Nodes = Map<string, Known | 'gone'>;

export function known(kind: Known['kind'], fields: Partial<Omit<Known, 'v' | 'kind'>> = {}): Known {
  return { v: 1, kind, parent: noParent, title: '', edited: '', children: [], ...fields };
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
  | { readonly kind: 'readable'; readonly audience: Audience }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unknown'; readonly missing: Parent };

/**
 * Walks up from a page. Who may read it is declared on the nearest page, database or data source of those, the page
 * included; else for all (`*`); else only those who run the helpdesk may.
 *
 * @param audiences by bare id, or `*`.
 */
export function standingOf(id: string, nodes: ReadonlyMap<string, Known | 'gone'>, audiences: Declared): Standing {
  const seen = new Set<string>();
  let declared: Audience | null = null;
  let at: Parent = { kind: 'page', id };
  while (at.kind !== 'none' && !seen.has(at.id)) {
    seen.add(at.id);
    const node = nodes.get(at.id);
    if (node === 'gone') return { kind: 'gone' };
    declared ??= audiences.get(bareId(at.id)) ?? null;
    if (node === undefined) {
      // Above what is declared only matters whether it is gone, which is worth no request.
      if (declared !== null) break;
      return { kind: 'unknown', missing: at };
    }
    at = node.parent;
  }
  return { kind: 'readable', audience: declared ?? audiences.get('*') ?? ADMINS };
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
    const node = nodes.get(id);
    if (node === undefined || node === 'gone' || node.kind === 'outside') return false;
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

/** Titles that a text shows of the pages below it and of those its properties name, in a fixed order. */
export function titlesShown(ids: readonly string[], showing: Showing): readonly string[] {
  return ids.toSorted().flatMap((id) => showing.nameOf(id, '') ?? []);
}
