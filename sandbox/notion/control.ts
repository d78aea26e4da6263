import { urlOf, minute } from './answers.ts';
import type { Api } from './api.ts';
import type { BlockInput } from './block-content.ts';
import { writeDatabase } from './contents.ts';
import { createPage, existing, movePage, type PageText, setTrashed, updatePage } from './edits.ts';
import { parseId } from './ids.ts';
import { markdownOf } from './markdown.ts';
import type { Json, Page, Place } from './model.ts';
import type { Change } from './store.ts';
import { ancestors, isShared, pageOf, titleOf } from './tree.ts';
import { attach, touched, type Workspace } from './workspace.ts';

/** Where a page is to stand, or stands. */
export type Parent = { readonly workspace: true } | { readonly pageId: string } | { readonly dataSourceId: string };

export interface PageWish {
  readonly parent: Parent;
  readonly title: string;
  readonly markdown?: string;
  readonly blocks?: readonly BlockInput[];
  /** Of a row: values as in the API; a bare text, number or truth value will do. */
  readonly properties?: Json;
  /** What is said of this page itself. Pages at the top are shared unless told otherwise, others as the one above. */
  readonly shared?: boolean;
  /** For tests that need to know it beforehand. */
  readonly id?: string;
}

export interface DatabaseWish {
  readonly parentPageId: string;
  readonly title: string;
  readonly dataSources: readonly { readonly name: string; readonly properties?: Json }[];
}

/** A page as its editors see it. */
export interface PageView {
  readonly id: string;
  /** Of a seeded article, else null. */
  readonly key: string | null;
  readonly title: string;
  readonly url: string;
  readonly parent: Parent;
  /** Titles of the pages above it, outermost first. */
  readonly path: readonly string[];
  /** As the API shows it: by the minute. */
  readonly lastEdited: string;
  /** It or something above it. */
  readonly inTrash: boolean;
  /** Whether the integration may see it. */
  readonly shared: boolean;
  /** Counts its changes, from 1. */
  readonly version: number;
}

/** What people do in the workspace. Ids are taken with and without dashes; wrong ones throw. */
export interface Control {
  createPage(wish: PageWish): string;
  updatePage(id: string, change: PageText & { readonly title?: string; readonly properties?: Json }): void;
  trash(id: string): void;
  restore(id: string): void;
  move(id: string, parent: Parent): void;
  /** Says of the page, and with it of all below of which nothing is said, whether the integration may see it. */
  share(id: string, isShared: boolean): void;
  hideFromSearch(id: string, isHidden: boolean): void;
  createDatabase(wish: DatabaseWish): { id: string; dataSourceIds: readonly string[] };
  /** A data source, or a whole database, goes to the trash or comes back. */
  trashDatabase(id: string, inTrash: boolean): void;
  /** The children of the block or page cannot be read: 500. */
  setUnreadable(id: string, isUnreadable: boolean): void;
  /** The page's Markdown ends in its middle. */
  setTruncated(id: string, isTruncated: boolean): void;
  /** All pages, those in the trash too. */
  pages(): PageView[];
  /** With its text: as it was written, or as Notion's Markdown of its blocks. Null when there is no such page. */
  page(id: string): (PageView & { readonly markdown: string }) | null;
  /** Ids of the blocks, pages and databases directly below the page or block. */
  children(id: string): readonly string[];
  on(listener: (change: Change) => void): () => void;
}

/** The settings, too, may be changed on it. */
export function createControl(api: Api, workspace: Workspace): Control {
  const { store } = workspace;
  const change = (id: string, make: (page: Page) => Page) => {
    store.put(make(existing(known(id), workspace)));
    store.announce({ type: 'page', id: known(id) });
  };
  return {
    createPage: ({ parent, id, ...wish }) =>
      createPage(
        { ...wish, ...(id === undefined ? {} : { id: known(id) }), parent: placeOf(parent, workspace) },
        workspace,
      ),
    updatePage: (id, wish) => updatePage(known(id), wish, workspace),
    trash: (id) => setTrashed(known(id), true, workspace),
    restore: (id) => setTrashed(known(id), false, workspace),
    move: (id, parent) => movePage(known(id), placeOf(parent, workspace), workspace),
    share: (id, shared) => change(id, (page) => ({ ...page, shared })),
    hideFromSearch: (id, hiddenFromSearch) => change(id, (page) => ({ ...page, hiddenFromSearch })),
    createDatabase: (wish) => createDatabase(wish, workspace),
    trashDatabase: (id, inTrash) => trashDatabase(known(id), inTrash, workspace),
    setUnreadable(id, unreadable) {
      const entity = store.find(known(id));
      if (entity?.kind !== 'page' && entity?.kind !== 'block') throw new Error(`there is no block ${id}`);
      store.put({ ...entity, unreadable });
    },
    setTruncated: (id, truncated) => change(id, (page) => ({ ...page, truncated })),
    pages: () => store.pages().map((page) => viewOf(page, api)),
    page(id) {
      const page = store.page(known(id));
      if (page === null) return null;
      return {
        ...viewOf(page, api),
        markdown: page.markdown ?? markdownOf({ ...page, truncated: false }, api).markdown,
      };
    },
    children(id) {
      const entity = store.find(known(id));
      return entity?.kind === 'page' || entity?.kind === 'block' ? entity.children : [];
    },
    on: (listener) => store.on(listener),
  };
}

function known(id: string): string {
  const parsed = parseId(id);
  if (parsed === null) throw new Error(`${id} is no id`);
  return parsed;
}

function placeOf(parent: Parent, { store }: Workspace): Place {
  if ('workspace' in parent) return { kind: 'workspace' };
  const id = known('pageId' in parent ? parent.pageId : parent.dataSourceId);
  const found = 'pageId' in parent ? store.page(id) : store.dataSource(id);
  if (found === null) throw new Error(`there is nothing with the id ${id} to stand in`);
  return 'pageId' in parent ? { kind: 'page', id } : { kind: 'dataSource', id };
}

function createDatabase({ parentPageId, title, dataSources }: DatabaseWish, workspace: Workspace) {
  const parent = placeOf({ pageId: parentPageId }, workspace);
  const made = writeDatabase({ parent, title, dataSources }, workspace);
  attach(made.id, parent, workspace);
  workspace.happened({ type: 'database.created', id: made.id });
  for (const id of made.dataSourceIds) workspace.happened({ type: 'data_source.created', id });
  workspace.store.announce({ type: 'database', id: made.id });
  return made;
}

function trashDatabase(id: string, inTrash: boolean, workspace: Workspace): void {
  const { store } = workspace;
  const entity = store.database(id) ?? store.dataSource(id);
  if (entity === null) throw new Error(`there is no database ${id}`);
  store.put(touched({ ...entity, inTrash }, workspace));
  const type = entity.kind === 'database' ? 'database' : 'data_source';
  workspace.happened({ type: `${type}.${inTrash ? 'deleted' : 'undeleted'}`, id });
  store.announce({ type: entity.kind, id });
}

function viewOf(page: Page, api: Api): PageView {
  const above = ancestors(page, api.store);
  return {
    id: page.id,
    key: page.key,
    title: titleOf(page),
    url: urlOf(page, api),
    parent: parentView(page, api),
    path: above
      .filter((one) => one.kind === 'page')
      .map(titleOf)
      .toReversed(),
    lastEdited: minute(page.edited),
    inTrash: [page, ...above].some((one) => one.inTrash),
    shared: isShared(page, api.store),
    version: page.version,
  };
}

/** A page within a block stands in the page that has the block. */
function parentView({ parent }: Page, { store }: Api): Parent {
  if (parent.kind === 'dataSource') return { dataSourceId: parent.id };
  const holder = parent.kind === 'workspace' ? null : store.find(parent.id);
  const page = holder === null ? null : pageOf(holder, store);
  return page === null ? { workspace: true } : { pageId: page.id };
}
