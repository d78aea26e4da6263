import {
  type ArticleChange,
  checkedText,
  checkedTitle,
  checkNotInTrash,
  type KnowledgeSystem,
  noSuchArticle,
  type Shelf,
  type StoredArticle,
} from './article.ts';
import type { ShippedArticle } from './shipped.ts';

/** A system in which each article is a page. */
export interface Pages {
  readonly system: KnowledgeSystem;
  readonly place: string;
  readonly shipped: readonly ShippedArticle[];
  /** The article as its page is now; null when the page is gone for good. */
  stored(article: ShippedArticle): StoredArticle | null;
  /** Whether the address, whatever its words, is that of the article's page. */
  isAt(article: ShippedArticle, url: string): boolean;
  update(id: string, change: Omit<ArticleChange, 'id'>): void;
  setInTrash(id: string, inTrash: boolean): void;
  /** What is beside title and text becomes as it was. */
  resetReaders?(article: ShippedArticle): void;
  /** @throws Refusal 400 where that cannot be said. */
  setOnlyStaff(id: string, isOnlyStaff: boolean): void;
  on(listener: () => void): () => void;
}

/** The shelf of such a system. */
export function createPageShelf(pages: Pages): Shelf {
  const { system, place } = pages;
  const shipped = new Map(pages.shipped.map((article) => [article.id, article]));

  async function read(id: string): Promise<StoredArticle | null> {
    const article = shipped.get(id);
    return article === undefined ? null : pages.stored(article);
  }

  /** @throws Refusal 404, and 400 when it lies in the trash. */
  async function editable(id: string): Promise<{ article: StoredArticle; original: ShippedArticle }> {
    const [article, original] = [await read(id), shipped.get(id)];
    if (article === null || original === undefined) throw noSuchArticle();
    checkNotInTrash(article);
    return { article, original };
  }

  return {
    system,
    place,
    read,
    list: async () => pages.shipped.map((article) => pages.stored(article)).filter((article) => article !== null),
    async find(url) {
      const article = pages.shipped.find((one) => one.url === url || pages.isAt(one, url));
      return article === undefined ? null : pages.stored(article);
    },
    async write({ id, title, markdown }) {
      await editable(id);
      pages.update(id, { title: checkedTitle(title), markdown: checkedText(markdown).trim() });
    },
    async restore(id) {
      const { article, original } = await editable(id);
      const { title, markdown } = original;
      if (article.title !== title || article.markdown !== markdown) pages.update(id, { title, markdown });
      pages.resetReaders?.(original);
    },
    async setInTrash(id, inTrash) {
      const article = await read(id);
      if (article === null) throw noSuchArticle();
      if (article.isInTrash !== inTrash) pages.setInTrash(id, inTrash);
    },
    async setOnlyStaff(id, isOnlyStaff) {
      await editable(id);
      pages.setOnlyStaff(id, isOnlyStaff);
    },
    on: (listener) => pages.on(listener),
  };
}
