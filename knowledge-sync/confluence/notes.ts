import { z } from 'zod';
import type { SourceMemory } from '#knowledge-ports.ts';
import { sourceName } from './audience.ts';
import { Restriction } from './restriction.ts';

/** What is known of a page's restriction, and of which version it was asked: a new version is asked for again. */
const PageNote = z.object({ version: z.number(), restriction: Restriction });
export type PageNote = z.infer<typeof PageNote>;

/** What pages stand below and the listing of pages does not have: folders and the like, and archived pages. */
const AboveNote = z.object({
  type: z.string(),
  parentId: z.string().nullable(),
  parentType: z.string().nullable(),
  restriction: Restriction,
  /** When it was asked for. */
  at: z.number(),
});
export type AboveNote = z.infer<typeof AboveNote>;

const Refs = z.array(z.object({ spaceKey: z.string(), title: z.string() }));
export type Refs = z.infer<typeof Refs>;

const schemas = {
  pages: PageNote,
  above: AboveNote,
  /** By id of the including page: the pages whose text it shows, or would. */
  includes: Refs,
  /** By id of the space: when the restrictions of all its pages were asked for. */
  sweeps: z.number(),
  /** Under `begun`: when the latest listing began. */
  listing: z.number(),
} as const;
type Kind = keyof typeof schemas;
const kinds = Object.keys(schemas) as readonly Kind[];

/** All that is kept between two listings. Times are milliseconds since 1970. */
export type Notes = { readonly [K in Kind]: Map<string, z.infer<(typeof schemas)[K]>> };

/** {@link Notes} in the source's memory. Each is a key of its own, so that what did not change is not written. */
export interface NoteBook {
  /** All of them. Its map of includes stays the book's own: what is written later is in it. */
  load(): Promise<Notes>;
  /** The pages that the page includes, as noted when it was last read. */
  includesOf(pageId: string): Promise<Refs>;
  /**
   * Writes what differs from what was last loaded or written, and forgets what is not among the notes any more.
   * Includes are left alone: they are written when a page is read, which may be at the same time.
   */
  save(notes: Omit<Notes, 'includes'>): Promise<void>;
  /** Writes one; null forgets it. */
  put<K extends Kind>(kind: K, id: string, value: z.infer<(typeof schemas)[K]> | null): Promise<void>;
}

export function createNoteBook(memory: SourceMemory): NoteBook {
  /** By key, as JSON in a fixed order of keys: a database gives them in its own. */
  const written = new Map<string, string>();
  let includes: Map<string, Refs> | null = null;

  async function write(changes: ReadonlyMap<string, unknown>): Promise<void> {
    if (changes.size === 0) return;
    await memory.save(sourceName, changes);
    for (const [key, value] of changes) {
      if (value === null) written.delete(key);
      else written.set(key, JSON.stringify(value));
    }
  }

  async function load(): Promise<Notes> {
    const notes = notesOf(await memory.load(sourceName));
    written.clear();
    for (const [key, value] of entriesOf(notes)) written.set(key, JSON.stringify(value));
    includes = notes.includes;
    return notes;
  }

  return {
    load,
    async includesOf(pageId) {
      return (includes ?? (await load()).includes).get(pageId) ?? [];
    },
    async save(notes) {
      const wanted = new Map(entriesOf({ ...notes, includes: new Map() }));
      const changes = new Map<string, unknown>();
      for (const [key, value] of wanted) if (written.get(key) !== JSON.stringify(value)) changes.set(key, value);
      for (const key of written.keys()) {
        if (!wanted.has(key) && !key.startsWith('includes/')) changes.set(key, null);
      }
      await write(changes);
    },
    async put(kind, id, value) {
      const key = `${kind}/${id}`;
      const note: unknown = value === null ? null : schemas[kind].parse(value);
      if ((written.get(key) ?? 'null') === JSON.stringify(note)) return;
      await write(new Map([[key, note]]));
      if (kind === 'includes' && note === null) includes?.delete(id);
      else if (kind === 'includes') includes?.set(id, note as Refs);
    },
  };
}

function* entriesOf(notes: Notes): Generator<[string, unknown]> {
  for (const kind of kinds) {
    for (const [id, value] of notes[kind]) yield [`${kind}/${id}`, schemas[kind].parse(value)];
  }
}

/** A note of an older shape is none. */
function notesOf(entries: ReadonlyMap<string, unknown>): Notes {
  return {
    pages: notesOfKind('pages', entries),
    above: notesOfKind('above', entries),
    includes: notesOfKind('includes', entries),
    sweeps: notesOfKind('sweeps', entries),
    listing: notesOfKind('listing', entries),
  };
}

function notesOfKind<K extends Kind>(kind: K, entries: ReadonlyMap<string, unknown>) {
  const notes = new Map<string, z.infer<(typeof schemas)[K]>>();
  for (const [key, value] of entries) {
    if (!key.startsWith(`${kind}/`)) continue;
    const read = schemas[kind].safeParse(value);
    if (read.success) notes.set(key.slice(kind.length + 1), read.data as z.infer<(typeof schemas)[K]>);
  }
  return notes;
}
