import { type ArticleChange, type KnowledgeSystem, noSuchArticle, type Shelf, type StoredArticle } from './article.ts';
import { createFolderShelf, type FolderOptions } from './folder.ts';

export type { ArticleChange, KnowledgeSystem, StoredArticle } from './article.ts';
export { copyKnowledge } from './folder.ts';

/** The documents that the bot answers from, wherever they are kept. */
export interface Knowledge extends Omit<Shelf, 'system' | 'place' | 'list'> {
  /** Of the Markdown files; absolute. */
  readonly folder: string;
  /** They are the visitor's own, which the sandbox only reads. */
  readonly isOwn: boolean;
  /** What keeps them, in the order in which they are listed. */
  readonly systems: readonly { readonly system: KnowledgeSystem; readonly place: string }[];
  /** By system, then by id. A file whose front matter cannot be read has its name for a title. */
  list(): Promise<StoredArticle[]>;
}

export interface KnowledgeOptions extends FolderOptions {
  /** What keeps documents beside the folder. */
  readonly others?: readonly Shelf[];
}

/** The documents of all systems as one list. An id is in one of them only. */
export function createKnowledge({ others = [], ...options }: KnowledgeOptions): Knowledge {
  const folder = createFolderShelf(options);
  const shelves = [...others, folder];

  async function first(ask: (shelf: Shelf) => Promise<StoredArticle | null>): Promise<StoredArticle | null> {
    for (const shelf of shelves) {
      const found = await ask(shelf);
      if (found !== null) return found;
    }
    return null;
  }

  /** @throws Refusal 404 */
  async function keeperOf(id: string): Promise<Shelf> {
    const article = await first((shelf) => shelf.read(id));
    const shelf = shelves.find(({ system }) => system === article?.system);
    if (shelf === undefined) throw noSuchArticle();
    return shelf;
  }

  return {
    folder: folder.place,
    isOwn: options.shipped === null,
    systems: shelves.map(({ system, place }) => ({ system, place })),
    list: async () => (await Promise.all(shelves.map((shelf) => shelf.list()))).flat(),
    read: (id) => first((shelf) => shelf.read(id)),
    find: (url) => first((shelf) => shelf.find(url)),
    write: async (change: ArticleChange) => (await keeperOf(change.id)).write(change),
    restore: async (id) => (await keeperOf(id)).restore(id),
    setInTrash: async (id, inTrash) => (await keeperOf(id)).setInTrash(id, inTrash),
    setOnlyStaff: async (id, isOnlyStaff) => (await keeperOf(id)).setOnlyStaff(id, isOnlyStaff),
    on(listener) {
      const stops = shelves.map((shelf) => shelf.on(listener));
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
