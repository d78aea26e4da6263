import type { BlockInput } from './block-content.ts';
import { eraseBlocks, writeBlocks } from './contents.ts';
import { blocksOf } from './from-markdown.ts';
import type { Json, Page, Place } from './model.ts';
import { propertyId, titleProperty, toValues } from './properties.ts';
import { toRichText } from './rich-text.ts';
import { titleOf } from './tree.ts';
import { attach, blankPage, detach, type Happening, touched, type Workspace } from './workspace.ts';

/** What a page is made of. Text comes as Markdown or as blocks. */
export interface PageText {
  readonly markdown?: string;
  readonly blocks?: readonly BlockInput[];
}

export interface NewPage extends PageText {
  readonly id?: string;
  readonly key?: string;
  readonly parent: Place;
  readonly title: string;
  readonly properties?: Json;
  readonly icon?: Json;
  readonly shared?: boolean;
}

/** @returns its id. @throws Error when the id is taken. */
export function createPage(wanted: NewPage, workspace: Workspace): string {
  const { parent, title, shared } = wanted;
  if (wanted.id !== undefined && workspace.store.find(wanted.id) !== null) throw new Error(`${wanted.id} is taken`);
  const blank = blankPage(title, parent, workspace);
  const page: Page = {
    ...blank,
    id: wanted.id ?? blank.id,
    key: wanted.key ?? null,
    icon: wanted.icon ?? null,
    shared: shared ?? blank.shared,
    properties: propertiesOf(wanted, workspace),
    markdown: writtenText(wanted),
  };
  workspace.store.put(page);
  const children = writeBlocks(inputsOf(wanted), { kind: 'page', id: page.id }, workspace);
  workspace.store.put({ ...page, children });
  attach(page.id, parent, workspace);
  tell({ type: 'page.created', id: page.id }, workspace);
  tellParent(page.id, parent, workspace);
  return page.id;
}

/** Blocks have no text as it was written. */
function writtenText({ blocks, markdown }: PageText): string | null {
  return blocks === undefined ? (markdown ?? '') : null;
}

/** The page or data source above a new, moved or deleted page is edited by that. */
function tellParent(childId: string, place: Place, { happened }: Workspace): void {
  if (place.kind === 'page') happened({ type: 'page.content_updated', id: place.id, parts: [childId] });
  if (place.kind === 'dataSource') happened({ type: 'data_source.content_updated', id: place.id, parts: [childId] });
}

function inputsOf({ blocks, markdown }: PageText): readonly BlockInput[] {
  return blocks ?? blocksOf(markdown ?? '');
}

function propertiesOf({ parent, title, properties }: NewPage, { store, users }: Workspace): Record<string, Json> {
  const source = parent.kind === 'dataSource' ? store.dataSource(parent.id) : null;
  if (source === null) return titleProperty(title);
  const values = toValues(source.schema, properties ?? {}, users);
  return title === '' ? values : withTitle(values, title);
}

function withTitle(values: Readonly<Record<string, Json>>, title: string): Record<string, Json> {
  const entries = Object.entries(values).map(([name, value]): [string, Json] => {
    return [name, value['type'] === 'title' ? { type: 'title', title: title === '' ? [] : toRichText(title) } : value];
  });
  return Object.fromEntries(entries);
}

/** @throws Error when there is no such page. */
export function existing(id: string, { store }: Workspace): Page {
  const page = store.page(id);
  if (page === null) throw new Error(`there is no page ${id} in the workspace`);
  return page;
}

/** What is not given stays. Pages below it stay too, behind the new text. */
export function updatePage(
  id: string,
  change: PageText & { title?: string; properties?: Json; icon?: Json | null },
  workspace: Workspace,
): void {
  const page = existing(id, workspace);
  const isNewText = change.markdown !== undefined || change.blocks !== undefined;
  const children = isNewText ? rewritten(page, change, workspace) : page.children;
  const properties = changedProperties(page, change, workspace);
  workspace.store.put({
    ...touched(page, workspace),
    children,
    properties,
    icon: change.icon === undefined ? page.icon : change.icon,
    markdown: isNewText ? writtenText(change) : page.markdown,
    version: page.version + 1,
  });
  if (isNewText) tell({ type: 'page.content_updated', id, parts: children.slice(0, 100) }, workspace);
  const changed = Object.keys(properties).filter((name) => properties[name] !== page.properties[name]);
  const ids = changed.map((name) => propertyId(name, properties[name]?.['type']));
  if (ids.length > 0) tell({ type: 'page.properties_updated', id, parts: ids }, workspace);
}

function rewritten(page: Page, change: PageText, workspace: Workspace): string[] {
  const kept = eraseBlocks(page.children, workspace.store);
  const written = writeBlocks(inputsOf(change), { kind: 'page', id: page.id }, workspace);
  for (const childId of kept) {
    const child = workspace.store.find(childId);
    // what stood in a block that is gone stands in the page itself now
    if (child !== null) workspace.store.put({ ...child, parent: { kind: 'page', id: page.id } });
  }
  return [...written, ...kept];
}

function changedProperties(
  page: Page,
  { title, properties }: { title?: string; properties?: Json },
  { store, users }: Workspace,
): Readonly<Record<string, Json>> {
  const source = page.parent.kind === 'dataSource' ? store.dataSource(page.parent.id) : null;
  const named = Object.keys(properties ?? {});
  const given = source === null ? {} : toValues(source.schema, properties ?? {}, users);
  const merged = {
    ...page.properties,
    ...Object.fromEntries(Object.entries(given).filter(([n]) => named.includes(n))),
  };
  return title === undefined ? merged : { ...merged, ...onlyTitle(withTitle(merged, title)) };
}

function onlyTitle(values: Readonly<Record<string, Json>>): Record<string, Json> {
  return Object.fromEntries(Object.entries(values).filter(([, { type }]) => type === 'title'));
}

/** Into the trash or out of it, with all that is below it. */
export function setTrashed(id: string, inTrash: boolean, workspace: Workspace): void {
  const page = existing(id, workspace);
  if (page.inTrash === inTrash) return;
  const trashed = inTrash ? workspace.now().toISOString() : null;
  workspace.store.put({ ...touched(page, workspace), inTrash, trashed, version: page.version + 1 });
  attach(id, page.parent, workspace);
  tell({ type: inTrash ? 'page.deleted' : 'page.undeleted', id }, workspace);
  tellParent(id, page.parent, workspace);
}

/** Both parents are edited by it; the page's own date stays. @throws Error when it would stand in itself. */
export function movePage(id: string, parent: Place, workspace: Workspace): void {
  const page = existing(id, workspace);
  if (isWithin(parent, id, workspace)) throw new Error('a page cannot stand in itself');
  detach(id, page.parent, workspace);
  // at the top of the workspace nobody is above it who could share it
  const shared = parent.kind === 'workspace' ? (page.shared ?? false) : page.shared;
  const moved = { ...page, parent, shared, version: page.version + 1 };
  workspace.store.put({ ...moved, properties: propertiesAt(moved, workspace) });
  attach(id, parent, workspace);
  tell({ type: 'page.moved', id }, workspace);
  tellParent(id, page.parent, workspace);
  tellParent(id, parent, workspace);
}

function isWithin(place: Place, id: string, { store }: Workspace): boolean {
  for (let next: Place = place; next.kind !== 'workspace'; ) {
    if (next.id === id) return true;
    const above = store.find(next.id);
    if (above === null) return false;
    next = above.parent;
  }
  return false;
}

/** A page has the properties of the place it comes to; what has the same name stays. */
function propertiesAt(page: Page, { store, users }: Workspace): Readonly<Record<string, Json>> {
  const source = page.parent.kind === 'dataSource' ? store.dataSource(page.parent.id) : null;
  if (source === null) return titleProperty(titleOf(page));
  return withTitle(toValues(source.schema, page.properties, users), titleOf(page));
}

function tell(happening: Happening, workspace: Workspace): void {
  workspace.happened(happening);
  workspace.store.announce({ type: 'page', id: happening.id });
}
