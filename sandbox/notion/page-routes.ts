import type { Answer } from '../http.ts';
import { minute, pageAnswer, propertyValue } from './answers.ts';
import { type Api, holderOfPath, pageOfPath, type Request } from './api.ts';
import { listOf, recordOf, textOf } from './json.ts';
import { idsInQuery, listAnswer, wantedByQuery } from './lists.ts';
import { markdownOf } from './markdown.ts';
import type { Json, Page } from './model.ts';
import { propertyId } from './properties.ts';
import { refusal } from './refusal.ts';

/** https://developers.notion.com/reference/retrieve-a-page */
export function getPage(request: Request, api: Api): Answer {
  const page = pageOfPath(request, api);
  const only = idsInQuery(request, 'filter_properties');
  return { status: 200, body: pageAnswer(page, api, { version: request.version, only }) };
}

/** https://developers.notion.com/reference/retrieve-page-markdown: of a page, or of a block that was left out. */
export function getMarkdown(request: Request, api: Api): Answer {
  const holder = holderOfPath(request, api, 'page_id');
  if (holder.unreadable) throw refusal(500);
  const { markdown, unknown } = markdownOf(holder, api);
  const truncated = unknown.length > 0 || (holder.kind === 'page' && holder.truncated);
  return {
    status: 200,
    body: {
      object: 'page_markdown',
      id: holder.id,
      markdown,
      truncated,
      unknown_block_ids: unknown.slice(0, 100),
    },
  };
}

/** Properties that are lists; each of their items is one here. */
const listed = ['title', 'rich_text', 'relation', 'people'];

/** https://developers.notion.com/reference/retrieve-a-page-property */
export function getProperty(request: Request, api: Api): Answer {
  const page = pageOfPath(request, api);
  const wanted = request.params['property_id'] ?? '';
  const found = Object.entries(page.properties).find(([name, { type }]) =>
    [name, propertyId(name, type)].includes(wanted),
  );
  if (found === undefined) throw refusal(404, `Could not find property with name or id: ${wanted}`);
  const [name, value] = found;
  const whole = propertyValue(page, value, api);
  const id = propertyId(name, value['type']);
  if (listed.includes(textOf(whole['type']))) return itemList({ request, page, id, value: whole }, api);
  return { status: 200, body: { object: 'property_item', id, ...whole } };
}

interface Items {
  readonly request: Request;
  readonly page: Page;
  readonly id: string;
  readonly value: Json;
}

function itemList({ request, page, id, value }: Items, api: Api): Answer {
  const type = textOf(value['type']);
  const items = listOf(value[type]).map((item, index) => ({ id: `${index}`, item: recordOf(item) }));
  const scope = `property ${page.id} ${id} ${minute(page.edited)}`;
  const { items: some, nextCursor } = api.cursors.slice(items, scope, wantedByQuery(request));
  const results = some.map(({ item }) => ({ object: 'property_item', id, type, [type]: item }));
  const answer = listAnswer('property_item', results, nextCursor);
  const path = `${api.url()}/v1/pages/${page.id}/properties/${id}`;
  const next_url = nextCursor === null ? null : `${path}?start_cursor=${nextCursor}`;
  return { ...answer, body: { ...recordOf(answer.body), property_item: { id, next_url, type, [type]: {} } } };
}
