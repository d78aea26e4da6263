import { RemoteError } from '#errors.ts';
import type { Clock, Log } from '#ports.ts';
import { dataSourceNode, isTrashed, pageNode, placed } from './above.ts';
import { recordOf } from './block-parts.ts';
import type { NotionClient } from './client.ts';
import { type DataSource, DataSourceSchema, type Page, PageSchema } from './schema.ts';
import { type Declared, isSeen, type Known, known, type Nodes } from './tree.ts';

export interface SurveyOptions {
  readonly client: NotionClient;
  readonly audiences: Declared;
  readonly log: Log;
  readonly clock: Clock;
  /** As the last survey left it. */
  readonly before: Nodes;
  /** Keeps what was found below pages, so that a survey that breaks off goes on where it was. */
  keep(found: ReadonlyMap<string, Known>): Promise<void>;
}

/** Everything that is shared with us: pages as they are now, and what stands above them. */
export interface Surveyed {
  readonly nodes: Nodes;
  readonly pages: ReadonlyMap<string, Page>;
  /** What could not be asked for. Whether it is still out of sight, if it was, is not known. */
  readonly unsure: ReadonlySet<string>;
}

/** A survey under way. */
export interface Survey extends SurveyOptions {
  readonly nodes: Nodes;
  readonly pages: Map<string, Page>;
  readonly toQuery: Set<string>;
  readonly toOpen: Set<string>;
  readonly toRetrieve: Set<string>;
  /** Looked for below them in this survey. */
  readonly explored: Set<string>;
  /** Once asked for, nothing is asked for again. */
  readonly asked: Set<string>;
  failures: number;
  /** Could not be asked for, so it is not known how they are now. */
  readonly unsure: Set<string>;
}

/** That many pages that cannot be asked for mean that Notion is out of order. */
const maxFailures = 5;

/** A page or data source as a listing shows it. Others are passed over: what they are is asked for where it matters. */
export function add(state: Survey, result: unknown): void {
  const { object } = recordOf(result);
  const page = object === 'page' ? PageSchema.safeParse(result) : null;
  if (page?.success === true) addPage(state, page.data);
  const dataSource = object === 'data_source' ? DataSourceSchema.safeParse(result) : null;
  if (dataSource?.success === true) addDataSource(state, dataSource.data);
}

export function addPage(state: Survey, page: Page): void {
  const { nodes, pages, before, toQuery } = state;
  if (isTrashed(page)) {
    nodes.set(page.id, 'gone');
    pages.delete(page.id);
    return;
  }
  // A partial one says nothing of itself.
  if (typeof page.last_edited_time !== 'string') return;
  pages.set(page.id, page);
  nodes.set(page.id, pageNode(page, nodes.get(page.id) ?? before.get(page.id)));
  const { kind, id, databaseId } = page.parent;
  if (kind !== 'data_source' || nodes.has(id)) return;
  if (databaseId !== null) nodes.set(id, known('data_source', { parent: { kind: 'database', id: databaseId } }));
  toQuery.add(id);
}

export function addDataSource(state: Survey, dataSource: DataSource): void {
  const { nodes, before, toQuery, toOpen } = state;
  if (isTrashed(dataSource)) {
    nodes.set(dataSource.id, 'gone');
    return;
  }
  nodes.set(dataSource.id, dataSourceNode(dataSource));
  toQuery.add(dataSource.id);
  const { parent, database_parent: above } = dataSource;
  if (parent.kind !== 'database') return;
  // A database that is new may have data sources that search does not tell.
  if (!before.has(parent.id) || (above.kind === 'none' && above.id === '')) toOpen.add(parent.id);
  const remembered = before.get(parent.id);
  const title = isSeen(remembered) ? remembered.title : '';
  nodes.set(parent.id, known('database', { ...placed(above, remembered), title }));
}

/** What is about to be asked for stands as it is remembered until it answers. Nothing is made of no answer. */
export function remember({ nodes, before }: Survey, id: string): void {
  const remembered = nodes.get(id) ?? before.get(id);
  if (remembered !== undefined) nodes.set(id, remembered);
}

/** What waits and was not asked for yet, marked as asked for. */
export function take({ asked }: Survey, waiting: Set<string>): readonly string[] {
  const ids = [...waiting].filter((id) => !asked.has(id));
  for (const id of ids) asked.add(id);
  waiting.clear();
  return ids;
}

/**
 * Notes that one page failed, which is tried again by the next survey.
 *
 * @throws the error when it is none of one page, or too many failed.
 */
export function tolerate(state: Survey, error: unknown, pageId: string): void {
  if (!(error instanceof RemoteError) || error.kind === 'unauthorized' || error.kind === 'rate-limited') throw error;
  state.unsure.add(pageId);
  state.failures += 1;
  if (state.failures > maxFailures) throw error;
  state.log.warn('a Notion page could not be asked for', { id: pageId, kind: error.kind });
}
