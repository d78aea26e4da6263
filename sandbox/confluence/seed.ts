import type { Accounts } from './accounts.ts';
import { type Control, stableId } from './control.ts';
import type { Store } from './store.ts';

/** An article of the company that is a page from the beginning. */
export interface SeedPage {
  readonly key: string;
  readonly space: { readonly key: string; readonly name: string };
  /** Titles of the folders it is in, outermost first. */
  readonly parents: readonly string[];
  readonly title: string;
  readonly markdown: string;
  /** A date with or without time. */
  readonly updated: string;
  /** Names of groups; none: not restricted. */
  readonly restrictedTo: readonly string[];
  readonly labels?: readonly string[];
}

/** All employees; readers of the spaces unless others are named. */
export const employeesGroup = 'confluence-users';

export interface SeedOptions {
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly pages: readonly SeedPage[];
  readonly spaceReaders: readonly string[];
}

/** The id of the page that is made of the article with this key. */
export function articleId(key: string): string {
  return stableId(`article/${key}`);
}

/** Makes what was not made by an earlier start. */
export function seed(options: SeedOptions, on: { store: Store; accounts: Accounts; control: Control }): void {
  const { store, accounts, control } = on;
  const groups = { [employeesGroup]: accounts.employees, ...options.groups };
  for (const [name, emails] of Object.entries(groups)) {
    if (store.group(name) === null) control.setGroup(name, emails);
  }
  for (const page of options.pages) {
    if (store.isSeeded(page.key)) continue;
    const { key, name } = page.space;
    if (store.space(key) === null) control.createSpace({ key, name, readers: { groups: options.spaceReaders } });
    addPage(page, on);
    store.setSeeded(page.key);
  }
}

function addPage(page: SeedPage, { store, control }: { store: Store; control: Control }): void {
  let parentId: string | null = null;
  const path = [page.space.key];
  for (const title of page.parents) {
    path.push(title);
    const id = stableId(`folder/${path.join('/')}`);
    if (store.content(id) === null) control.createFolder({ id, space: page.space.key, title, parentId });
    parentId = id;
  }
  control.createPage({
    id: articleId(page.key),
    space: page.space.key,
    title: page.title,
    parentId,
    markdown: page.markdown,
    labels: page.labels ?? [],
    restrictedTo: page.restrictedTo.length === 0 ? null : { groups: page.restrictedTo },
    at: new Date(page.updated),
  });
}
