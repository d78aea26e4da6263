import { type Api, type Handler, listParam, type Request, v2SpaceOf } from '../api.ts';
import { labelBean } from '../labels.ts';
import { type Content, type ContentType, versionOf } from '../model.ts';
import { v2NotFound, v2Refusal } from '../refusal.ts';
import { type Order, orderValues } from '../store.ts';
import { ancestorsOf } from '../tree.ts';
import { containerBean, pageBean, versionBean } from './beans.ts';
import { answerListing, limitParam, type Listed } from './listing.ts';

/** https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-page/#api-spaces-id-pages-get */
export const listSpacePages: Handler = (request, api) => {
  const space = v2SpaceOf(request, api);
  const listed = listedPages(request, api, space.id);
  const isRoot = choiceParam(request, 'depth', ['all', 'root']) === 'root';
  return answerListing(request, api, {
    ...listed,
    isWanted: (content) => (!isRoot || content.parentId === null) && listed.isWanted(content),
  });
};

/** https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-page/#api-pages-get */
export const listPages: Handler = (request, api) => {
  const spaces = idsParam(request, 'space-id');
  const listed = listedPages(request, api, spaces.length === 1 ? (spaces[0] ?? null) : null);
  const ids = new Set(idsParam(request, 'id'));
  return answerListing(request, api, {
    ...listed,
    isWanted: (content) =>
      (ids.size === 0 || ids.has(content.id)) &&
      (spaces.length === 0 || spaces.includes(content.spaceId)) &&
      listed.isWanted(content),
  });
};

/** https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-page/#api-pages-id-get */
export const getPage: Handler = (request, api) => {
  const format = choiceParam(request, 'body-format', ['storage', 'atlas_doc_format', 'view']);
  const content = contentOf(request, api, 'page');
  const wanted = statusParam(request, [...allStatuses, 'deleted', 'historical']);
  const isDraftAsked = wanted.includes('draft') || request.call.query.get('get-draft') === 'true';
  if (content.status === 'draft' ? !isDraftAsked : wanted.length > 0 && !wanted.includes(content.status)) {
    throw v2NotFound();
  }
  const bean = pageBean(content, format, api);
  const body = { ...bean, ...inclusions(content, request), _links: { ...bean._links, base: api.baseUrl() } };
  return { status: 200, body };
};

/**
 * What else pages stand below: folders, whiteboards, databases and embeds are told alike.
 * https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-folder/#api-folders-id-get
 */
export function getContainer(type: ContentType): Handler {
  return (request, api) => ({ status: 200, body: containerBean(contentOf(request, api, type), api) });
}

/**
 * Highest first; when there are more than the limit, the lowest of them.
 * https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-ancestors/
 */
export function listAncestors(type: ContentType): Handler {
  return (request, api) => {
    const above = ancestorsOf(contentOf(request, api, type), api.store);
    const nearest = above.slice(0, limitParam(request, 25)).toReversed();
    const results = nearest.map((content) => ({ id: content.id, type: content.type }));
    return { status: 200, body: { results, _links: { base: api.baseUrl() } } };
  };
}

/** What the path names, of any status. @throws Refusal 404 when the account may not view it. */
export function contentOf({ params, view }: Request, { store }: Api, type: ContentType): Content {
  const id = params.id ?? '';
  if (!/^\d+$/.test(id))
    throw v2Refusal(400, "Provided value for 'id' is not the correct type. Expected type is long.");
  const content = store.content(id);
  if (content === null || content.type !== type || !view.content(content)) throw v2NotFound();
  return content;
}

/** The pages that the parameters ask for, as every listing of pages has them. */
export function listedPages(request: Request, api: Api, spaceId: string | null) {
  const { order, descending } = sortParam(request);
  const format = choiceParam(request, 'body-format', ['storage', 'atlas_doc_format']);
  const statuses = statusParam(request, ['current', 'archived', 'trashed', 'deleted']);
  const wanted: readonly string[] = statuses.length === 0 ? ['current', 'archived'] : statuses;
  const title = request.call.query.get('title');
  const sorted = api.store.sorted(order, spaceId);
  return {
    items: descending ? sorted.toReversed() : sorted,
    order: `${descending ? '-' : ''}${order}`,
    descending,
    value: orderValues[order],
    id: ({ id }) => id,
    isWanted: (content: Content) =>
      content.type === 'page' &&
      wanted.includes(content.status) &&
      (title === null || content.title === title) &&
      request.view.content(content),
    bean: (content) => pageBean(content, format, api),
  } satisfies Listed<Content>;
}

const allStatuses = ['current', 'archived', 'trashed', 'draft'];

function inclusions(content: Content, { call }: Request) {
  const isAsked = (name: string) => call.query.get(name) === 'true';
  const part = (results: readonly unknown[], name: string) => ({
    results,
    meta: { hasMore: false },
    _links: { self: `/wiki/api/v2/pages/${content.id}/${name}` },
  });
  return {
    ...(isAsked('include-labels') ? { labels: part(content.labels.map(labelBean), 'labels') } : {}),
    ...(isAsked('include-versions')
      ? { versions: part(content.versions.toReversed().map(versionBean), 'versions') }
      : {}),
    ...(call.query.get('include-version') === 'false'
      ? { version: undefined }
      : { version: versionBean(versionOf(content)) }),
  };
}

function sortParam(request: Request): { order: Order; descending: boolean } {
  const orders = ['id', 'created-date', 'modified-date', 'title'] as const;
  const text = request.call.query.get('sort') ?? 'id';
  const descending = text.startsWith('-');
  const order = orders.find((one) => one === (descending ? text.slice(1) : text));
  if (order === undefined) throw wrongValue('sort', orders);
  return { order, descending };
}

function statusParam(request: Request, known: readonly string[]): string[] {
  const statuses = listParam(request, 'status');
  if (statuses.every((status) => known.includes(status))) return statuses;
  throw wrongValue('status', known);
}

function choiceParam<T extends string>({ call }: Request, name: string, known: readonly T[]): T | null {
  const text = call.query.get(name);
  if (text === null) return null;
  const found = known.find((one) => one === text);
  if (found === undefined) throw wrongValue(name, known);
  return found;
}

/** Whole numbers, at most 250. @throws Refusal 400. */
export function idsParam(request: Request, name: string): string[] {
  const ids = listParam(request, name);
  if (ids.length <= 250 && ids.every((id) => /^\d+$/.test(id))) return ids;
  throw v2Refusal(400, `Provided value for '${name}' is not the correct type. Expected at most 250 whole numbers.`);
}

function wrongValue(name: string, known: readonly string[]): Error {
  return v2Refusal(400, `Provided value for '${name}' is not the correct type. Expected one of ${known.join(', ')}.`);
}
