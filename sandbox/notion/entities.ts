import type { Block, Database, DataSource, Entity, Page } from './model.ts';

/** Pages, blocks, databases and data sources, by id. */
export interface Entities {
  find(id: string): Entity | null;
  page(id: string): Page | null;
  block(id: string): Block | null;
  database(id: string): Database | null;
  dataSource(id: string): DataSource | null;
  pages(): readonly Page[];
  dataSources(): readonly DataSource[];
  /** Pages that are rows of the data source, in the order of creation, those in the trash too. */
  rows(dataSourceId: string): readonly Page[];
  /** Adds the entity or replaces the one with its id. */
  put(entity: Entity): void;
  /** Forgets a block. Pages stay, in the trash. */
  remove(id: string): void;
  /** In the order of creation. */
  all(): readonly Entity[];
  /** Computed once between changes. */
  cached<T>(key: string, compute: () => T): T;
}

/** @param changed called after each change. */
export function createEntities(start: readonly Entity[], changed: () => void): Entities {
  const entities = new Map(start.map((entity) => [entity.id, entity]));
  let cache = new Map<string, unknown>();

  function cached<T>(key: string, compute: () => T): T {
    if (!cache.has(key)) cache.set(key, compute());
    return cache.get(key) as T;
  }
  function forget(): void {
    if (cache.size > 0) cache = new Map();
    changed();
  }
  function ofKind<Kind extends Entity['kind']>(kind: Kind, id: string): Extract<Entity, { kind: Kind }> | null {
    const found = entities.get(id);
    return found?.kind === kind ? (found as Extract<Entity, { kind: Kind }>) : null;
  }
  const pages = () => cached('pages', () => [...entities.values()].filter((one) => one.kind === 'page'));

  return {
    find: (id) => entities.get(id) ?? null,
    page: (id) => ofKind('page', id),
    block: (id) => ofKind('block', id),
    database: (id) => ofKind('database', id),
    dataSource: (id) => ofKind('dataSource', id),
    pages,
    dataSources: () => cached('data sources', () => [...entities.values()].filter((one) => one.kind === 'dataSource')),
    rows: (id) => cached('rows', () => rowsOf(pages())).get(id) ?? [],
    put(entity) {
      entities.set(entity.id, entity);
      forget();
    },
    remove(id) {
      entities.delete(id);
      forget();
    },
    all: () => [...entities.values()],
    cached,
  };
}

function rowsOf(pages: readonly Page[]): Map<string, Page[]> {
  const rows = new Map<string, Page[]>();
  for (const page of pages) {
    if (page.parent.kind !== 'dataSource') continue;
    const siblings = rows.get(page.parent.id);
    if (siblings === undefined) rows.set(page.parent.id, [page]);
    else siblings.push(page);
  }
  return rows;
}
