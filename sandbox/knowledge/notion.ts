import { articleId, type NotionSandbox, type PageView, type Seed } from '../notion/index.ts';
import { Refusal } from '../page/requests.ts';
import type { Shelf, StoredArticle } from './article.ts';
import { createPageShelf } from './page-shelf.ts';
import { folderOf, folderTitle, type PlacedArticles, type ShippedArticle } from './shipped.ts';

/** A page at the top whose readers are not every employee. Notion tells nobody who may read a page. */
export interface ClosedRoot {
  readonly title: string;
  /** Names of groups. */
  readonly readers: readonly string[];
}

/** The articles as pages, each below a page at the top: its folder's, or that of its readers. */
export function notionSeed({ notion }: PlacedArticles): readonly Seed[] {
  return notion.map((article) => ({
    key: article.id,
    path: [rootOf(article)],
    title: article.title,
    markdown: article.markdown,
    updated: article.updated,
  }));
}

export function closedRoots({ notion }: PlacedArticles): readonly ClosedRoot[] {
  const restricted = notion.filter(({ restrictedTo }) => restrictedTo.length > 0);
  const readers = new Map(restricted.map((article) => [rootOf(article), article.restrictedTo]));
  return [...readers].map(([title, names]) => ({ title, readers: names }));
}

function rootOf(article: ShippedArticle): string {
  const { restrictedTo } = article;
  return restrictedTo.length === 0
    ? folderTitle(folderOf(article))
    : `${restrictedTo.map(folderTitle).join(', ')} only`;
}

type Workspace = Pick<NotionSandbox, 'page' | 'updatePage' | 'trash' | 'restore' | 'on'>;

/** The articles that are pages of Notion. */
export function createNotionShelf(workspace: Workspace, placed: PlacedArticles): Shelf {
  const closed = new Map(closedRoots(placed).map(({ title, readers }) => [title, readers]));
  return createPageShelf({
    system: 'notion',
    place: 'Company wiki',
    shipped: placed.notion,
    stored(article) {
      const page = workspace.page(articleId(article.id));
      if (page === null) return null;
      const audience = page.shared ? (closed.get(page.path[0] ?? '') ?? ['everyone']) : [];
      return toArticle(page, { shipped: article, audience });
    },
    isAt({ id }, url) {
      const address = url.split(/[?#]/)[0]?.replaceAll('-', '') ?? '';
      return /([0-9a-f]{32})\/?$/.exec(address)?.[1] === articleId(id).replaceAll('-', '');
    },
    update: (id, change) => workspace.updatePage(articleId(id), change),
    setInTrash: (id, inTrash) => (inTrash ? workspace.trash : workspace.restore)(articleId(id)),
    setOnlyStaff() {
      throw new Refusal(400, 'Notion tells nobody who may read a page: the setting NOTION_AUDIENCES says it.');
    },
    on: (listener) => workspace.on(listener),
  });
}

function toArticle(
  page: PageView & { readonly markdown: string },
  { shipped, audience }: { shipped: ShippedArticle; audience: readonly string[] },
): StoredArticle {
  const { title, url, lastEdited, inTrash, markdown } = page;
  return {
    id: shipped.id,
    system: 'notion',
    title,
    url,
    earlierUrl: shipped.url,
    updated: lastEdited.slice(0, 10),
    audience,
    markdown,
    isChanged: title !== shipped.title || markdown !== shipped.markdown,
    isInTrash: inTrash,
  };
}
