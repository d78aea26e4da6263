import type { Answer } from '../http.ts';
import { dataSourceAnswer, pageAnswer } from './answers.ts';
import { type Api, bodyOf, type Request } from './api.ts';
import { isRecord } from './json.ts';
import { listAnswer, wantedByBody } from './lists.ts';
import type { DataSource, Page } from './model.ts';
import { invalid } from './refusal.ts';
import { isGone, isShared, titleOf } from './tree.ts';

type Found = Page | DataSource;

const fields = ['query', 'sort', 'filter', 'start_cursor', 'page_size'];

/**
 * https://developers.notion.com/reference/post-search: by title, what was edited last first. It is no listing: it knows
 * of changes late, and of some pages never.
 */
export function search(request: Request, api: Api): Answer {
  const body = bodyOf(request, fields);
  const { query = '' } = body;
  if (typeof query !== 'string') throw invalid('body.query', 'a string', query);
  const wanted = {
    words: query.toLowerCase().trim(),
    kind: kindOf(body['filter']),
    direction: directionOf(body['sort']),
  };
  const lag = api.settings.searchLagMs;
  // what search knows depends on the time while it lags
  const found =
    lag > 0 ? find(wanted, api) : api.store.cached(`search ${JSON.stringify(wanted)}`, () => find(wanted, api));
  const { items, nextCursor } = api.cursors.slice(found, `search ${JSON.stringify(wanted)}`, wantedByBody(body));
  const results = items.map((one) =>
    one.kind === 'page'
      ? pageAnswer(one, api, { version: request.version })
      : dataSourceAnswer(one, api, request.version),
  );
  return listAnswer('page_or_data_source', results, nextCursor);
}

interface Wanted {
  readonly words: string;
  readonly kind: Found['kind'] | null;
  readonly direction: 'ascending' | 'descending';
}

function find({ words, kind, direction }: Wanted, api: Api): Found[] {
  const { store } = api;
  const sorted = store.cached('search', () =>
    [...store.pages(), ...store.dataSources()]
      .filter((one) => one.kind !== 'page' || !one.hiddenFromSearch)
      .filter((one) => isShared(one, store))
      .toSorted((one, other) => other.edited.localeCompare(one.edited)),
  );
  const indexedBefore = new Date(api.now().getTime() - api.settings.searchLagMs).toISOString();
  const found = sorted
    .filter((one) => kind === null || one.kind === kind)
    .filter((one) => isIndexed(one, indexedBefore, api))
    .filter((one) => titleOf(one).toLowerCase().includes(words));
  return direction === 'descending' ? found : found.toReversed();
}

/** New pages come and trashed ones go after a while. */
function isIndexed(one: Found, before: string, { store, settings }: Api): boolean {
  if (settings.searchLagMs > 0 && one.created > before) return false;
  if (!isGone(one, store)) return true;
  return one.kind === 'page' && one.trashed !== null && one.trashed > before && settings.searchLagMs > 0;
}

function kindOf(filter: unknown): Found['kind'] | null {
  if (filter === undefined) return null;
  if (!isRecord(filter)) throw invalid('body.filter', 'an object', filter);
  if (filter['property'] !== 'object') throw invalid('body.filter.property', '`"object"`', filter['property']);
  if (filter['value'] === 'page') return 'page';
  if (filter['value'] === 'data_source') return 'dataSource';
  throw invalid('body.filter.value', '`"page"` or `"data_source"`', filter['value']);
}

function directionOf(sort: unknown): 'ascending' | 'descending' {
  if (sort === undefined) return 'descending';
  if (!isRecord(sort)) throw invalid('body.sort', 'an object', sort);
  const { timestamp, direction } = sort;
  if (timestamp !== 'last_edited_time') throw invalid('body.sort.timestamp', '`"last_edited_time"`', timestamp);
  if (direction !== 'ascending' && direction !== 'descending')
    throw invalid('body.sort.direction', '`"ascending"` or `"descending"`', direction);
  return direction;
}
