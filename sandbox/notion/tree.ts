import type { Database, DataSource, Entity, Page } from './model.ts';
import { plainText } from './rich-text.ts';
import type { Store } from './store.ts';

/** No tree of a real workspace is as deep; one that is a circle ends here. */
const maxDepth = 1000;

/** What stands above the entity, nearest first. A row stands in its data source, that in its database. */
export function ancestors(entity: Entity, store: Store): Entity[] {
  const above: Entity[] = [];
  for (let next = parentOf(entity, store); next !== null && above.length < maxDepth; next = parentOf(next, store))
    above.push(next);
  return above;
}

export function parentOf({ parent }: Entity, store: Store): Entity | null {
  return parent.kind === 'workspace' ? null : store.find(parent.id);
}

/** Whether the integration may see it: the nearest page, itself first, of which it is said decides. */
export function isShared(entity: Entity, store: Store): boolean {
  const said = [entity, ...ancestors(entity, store)].find((one) => one.kind === 'page' && one.shared !== null);
  return said?.kind === 'page' && said.shared === true;
}

/** Whether it, or anything above it, is in the trash. */
export function isGone(entity: Entity, store: Store): boolean {
  return [entity, ...ancestors(entity, store)].some(({ inTrash }) => inTrash);
}

/** The page that the entity is part of: itself, or the nearest above. */
export function pageOf(entity: Entity, store: Store): Page | null {
  return [entity, ...ancestors(entity, store)].find((one) => one.kind === 'page') ?? null;
}

/** What the API lists below a page or block: nothing from the trash, nothing that is not shared. */
export function visibleChildren(ids: readonly string[], store: Store): Entity[] {
  return ids
    .map((id) => store.find(id))
    .filter((child) => child !== null)
    .filter((child) => !child.inTrash && (child.kind === 'block' || isShared(child, store)));
}

/** Plain text, '' when it has none. */
export function titleOf(entity: Page | Database | DataSource): string {
  if (entity.kind === 'database') return entity.title;
  if (entity.kind === 'dataSource') return entity.name;
  const title = Object.values(entity.properties).find(({ type }) => type === 'title');
  return plainText(title?.['title']);
}
