import type { Answer } from '../http.ts';
import { pageAnswer } from './answers.ts';
import { type Api, bodyOf, type Request } from './api.ts';
import { dataSourceOfPath } from './database-routes.ts';
import { matcherOf } from './filters.ts';
import { isRecord, listOf, textOf } from './json.ts';
import { idsInQuery, listAnswer, wantedByBody } from './lists.ts';
import type { DataSource, Page } from './model.ts';
import { propertyId } from './properties.ts';
import { invalid, refusal } from './refusal.ts';
import { scalarOf } from './scalar.ts';
import { isShared } from './tree.ts';

const fields = ['sorts', 'filter', 'start_cursor', 'page_size', 'in_trash', 'archived', 'result_type'];

/** https://developers.notion.com/reference/query-a-data-source */
export function queryDataSource(request: Request, api: Api): Answer {
  const { version } = request;
  const source = dataSourceOfPath(request, api);
  const body = bodyOf(request, version === '2025-09-03' ? fields : fields.filter((name) => name !== 'archived'));
  const inTrash = body['in_trash'] === true || body['archived'] === true;
  const scope = JSON.stringify(['query', source.id, body['sorts'] ?? [], body['filter'] ?? null, inTrash]);
  const rows = api.store.cached(scope, () => {
    const matches = matcherOf(body['filter'], source);
    const found = api.store
      .rows(source.id)
      .filter((row) => row.inTrash === inTrash && isShared(row, api.store))
      .filter(matches);
    return sorted(found, body['sorts'], source);
  });
  const { items, nextCursor } = api.cursors.slice(rows, scope, wantedByBody(body));
  const only = idsInQuery(request, 'filter_properties');
  return listAnswer(
    'page_or_data_source',
    items.map((row) => pageAnswer(row, api, { version, only })),
    nextCursor,
  );
}

type Key = (row: Page) => string | number;

/** Without any sort Notion's order is its own; here what was made last comes first. */
function sorted(rows: readonly Page[], sorts: unknown, source: DataSource): Page[] {
  if (sorts !== undefined && !Array.isArray(sorts)) throw invalid('body.sorts', 'an array', sorts);
  const orders = listOf(sorts).map((sort, index) => orderOf(sort, index, source));
  if (orders.length === 0) return rows.toReversed();
  return rows.toSorted((one, other) => {
    for (const { key, sign } of orders) {
      const order = compare(key(one), key(other));
      if (order !== 0) return sign * order;
    }
    return 0;
  });
}

function orderOf(sort: unknown, index: number, source: DataSource): { key: Key; sign: 1 | -1 } {
  const where = `body.sorts[${index}]`;
  if (!isRecord(sort)) throw invalid(where, 'an object', sort);
  const { timestamp, property, direction } = sort;
  if (direction !== 'ascending' && direction !== 'descending')
    throw invalid(`${where}.direction`, '`"ascending"` or `"descending"`', direction);
  const sign = direction === 'ascending' ? 1 : -1;
  if (timestamp === 'created_time') return { key: (row) => row.created, sign };
  if (timestamp === 'last_edited_time') return { key: (row) => row.edited, sign };
  if (timestamp !== undefined)
    throw invalid(`${where}.timestamp`, '`"created_time"` or `"last_edited_time"`', timestamp);
  return { key: byProperty(textOf(property), source), sign };
}

function byProperty(wanted: string, { schema }: DataSource): Key {
  const name = Object.keys(schema).find((one) => [one, propertyId(one, schema[one]?.['type'])].includes(wanted));
  if (name === undefined) throw refusal(400, `Could not find sort property with name or id: ${wanted}`);
  return (row) => scalarOf(row, name);
}

function compare(one: string | number, other: string | number): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return String(one).localeCompare(String(other));
}
