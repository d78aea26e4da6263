import { articleId, type ConfluenceSandbox, type PageState, type SeedPage } from '../confluence/index.ts';
import { Refusal } from '../page/requests.ts';
import type { Shelf, StoredArticle } from './article.ts';
import { createPageShelf } from './page-shelf.ts';
import { folderOf, folderTitle, type PlacedArticles, type ShippedArticle } from './shipped.ts';

/** The group of the IT staff, as `groups.yml` calls it. */
export const staffGroup = 'it-staff';

/** The articles as pages of one space, each below the title of its folder. */
export function confluenceSeed({ places, confluence }: PlacedArticles): readonly SeedPage[] {
  return confluence.map((article) => ({
    key: article.id,
    space: places.confluence.space,
    parents: [folderTitle(folderOf(article))],
    title: article.title,
    markdown: article.markdown,
    updated: article.updated,
    restrictedTo: article.restrictedTo,
  }));
}

type Wiki = Pick<ConfluenceSandbox, 'page' | 'updatePage' | 'trash' | 'restore' | 'restrict' | 'on'>;

/** The articles that are pages of Confluence. */
export function createConfluenceShelf(wiki: Wiki, { places, confluence }: PlacedArticles): Shelf {
  return createPageShelf({
    system: 'confluence',
    place: places.confluence.space.name,
    shipped: confluence,
    stored(article) {
      const page = wiki.page(articleId(article.id));
      return page === null ? null : toArticle(page, article);
    },
    isAt: ({ id }, url) => /\/wiki\/spaces\/[^/]+\/pages\/(\d+)/.exec(url)?.[1] === articleId(id),
    update: (id, change) => tried(() => wiki.updatePage(articleId(id), change)),
    setInTrash: (id, inTrash) => tried(() => (inTrash ? wiki.trash : wiki.restore)(articleId(id))),
    resetReaders: ({ id, restrictedTo }) =>
      wiki.restrict(articleId(id), restrictedTo.length === 0 ? null : { groups: restrictedTo }),
    setOnlyStaff: (id, isOnlyStaff) => wiki.restrict(articleId(id), isOnlyStaff ? { groups: [staffGroup] } : null),
    on: (listener) => wiki.on(listener),
  });
}

function toArticle(page: PageState, shipped: ShippedArticle): StoredArticle {
  const { title, url, updated, restrictedTo, status } = page;
  const markdown = page.markdown ?? page.storage;
  const groups = restrictedTo?.groups ?? [];
  const audience =
    restrictedTo === null ? ['everyone'] : [...groups, ...restrictedTo.users.map((email) => `person:${email}`)];
  return {
    id: shipped.id,
    system: 'confluence',
    title,
    url,
    earlierUrl: shipped.url,
    updated: updated.slice(0, 10),
    audience,
    markdown,
    isChanged:
      title !== shipped.title || markdown !== shipped.markdown || groups.join() !== shipped.restrictedTo.join(),
    isInTrash: status !== 'current',
  };
}

/** What Confluence would not let people do becomes a sentence for who tried. */
function tried(act: () => void): void {
  try {
    act();
  } catch (error) {
    throw new Refusal(400, `Confluence refuses this: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
