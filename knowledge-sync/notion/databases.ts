import { RemoteError } from '#errors.ts';
import { askAbove } from './above.ts';
import { recordOf, stringOf } from './block-parts.ts';
import { add, remember, type Survey, take, tolerate } from './survey-state.ts';
import { known } from './tree.ts';

/** Lists the rows of data sources that wait for it. */
export async function queryDataSources(state: Survey): Promise<boolean> {
  const ids = take(state, state.toQuery);
  await Promise.all(ids.map((id) => queryDataSource(state, id)));
  return ids.length > 0;
}

/**
 * A query ends after 10,000 rows; the next one begins where it ended.
 * https://developers.notion.com/guides/data-apis/query-large-data-sources
 */
async function queryDataSource(state: Survey, dataSourceId: string): Promise<void> {
  try {
    let from: string | null = null;
    for (let next = await queryFrom(state, dataSourceId, from); next !== null; ) {
      if (next === from) {
        state.log.warn('a Notion database has more rows of one minute than can be listed', { dataSourceId });
        return;
      }
      from = next;
      next = await queryFrom(state, dataSourceId, from);
    }
  } catch (error) {
    if (!(error instanceof RemoteError) || error.kind !== 'rejected') throw error;
    // Not shared, or of a kind that has no rows to list. Rows that we know are asked for one by one.
    state.log.debug('a Notion data source cannot be listed', { dataSourceId });
    const node = state.nodes.get(dataSourceId);
    if (node !== undefined && node !== 'gone') state.toOpen.add(node.parent.id);
  }
}

/** @returns when the last row was created, when there are more than one query lists; else null. */
async function queryFrom(state: Survey, dataSourceId: string, createdFrom: string | null): Promise<string | null> {
  let isCutOff = false;
  let last = createdFrom;
  const rows = state.client.rows({ dataSourceId, createdFrom }, () => {
    isCutOff = true;
  });
  for await (const row of rows) {
    last = stringOf(recordOf(row).created_time) || last;
    add(state, row);
  }
  return isCutOff ? (last ?? '') : null;
}

/** Asks which data sources databases have. */
export async function openDatabases(state: Survey): Promise<boolean> {
  const ids = take(state, state.toOpen);
  await Promise.all(ids.map((id) => openDatabase(state, id)));
  return ids.length > 0;
}

async function openDatabase(state: Survey, id: string): Promise<void> {
  const { client, nodes, toQuery } = state;
  remember(state, id);
  try {
    const above = await askAbove({ kind: 'database', id }, client, state);
    if (above.kind !== 'database') return;
    for (const { id: dataSourceId } of above.thing.data_sources) {
      const parent = { kind: 'database', id } as const;
      if (!nodes.has(dataSourceId)) nodes.set(dataSourceId, known('data_source', { parent }));
      toQuery.add(dataSourceId);
    }
  } catch (error) {
    tolerate(state, error, id);
  }
}
