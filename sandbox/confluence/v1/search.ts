import type { Api, Handler, Request } from '../api.ts';
import { inOrder, testOf } from '../cql/match.ts';
import { parseCql } from '../cql/parse.ts';
import { viewOfStorage } from '../body-formats.ts';
import { linksOf } from '../links.ts';
import { type Content, type Version, versionOf } from '../model.ts';
import { badRequest } from '../refusal.ts';
import { contentBean, siteLinks } from './beans.ts';
import { type Expand, expandParam } from './expand.ts';
import { numberParam } from './paging.ts';

/** https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-content/#api-wiki-rest-api-content-search-get */
export const searchContent: Handler = (request, api) => {
  const expand = expandParam(request);
  const { page, found, links } = search(request, api, mostOf(expand));
  const results = found.map((content) => contentBean(content, expand, api));
  return { status: 200, body: { results, ...page, size: results.length, _links: links } };
};

/** https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-search/#api-wiki-rest-api-search-get */
export const searchEverything: Handler = (request, api) => {
  const expand = expandParam(request).of('content');
  const { page, found, links, total } = search(request, api, mostOf(expand));
  const results = found.map((content) => resultBean(content, expand, api));
  const counts = { size: results.length, totalSize: total, archivedResultCount: 0 };
  const asked = { cqlQuery: request.call.query.get('cql') ?? '', searchDuration: 1 };
  return { status: 200, body: { results, ...page, ...counts, ...asked, _links: links } };
};

/** Fixed limits of the system; the answer says how many it gives. */
function mostOf(expand: Expand): number {
  return expand.has('body') ? 50 : 250;
}

/** The place in the results is a number: what changes while one pages moves the rest, as it does with Confluence. */
function search(request: Request, api: Api, most: number) {
  const { emptyPages } = api.settings;
  const all = findContent(request, api);
  const limit = Math.min(numberParam(request, 'limit', 25), most);
  const cursor = cursorParam(request);
  const start = cursor?.offset ?? numberParam(request, 'start', 0);
  const afterEmpty = emptyPages && cursor?.afterEmpty === false;
  const found = afterEmpty ? [] : all.slice(start, start + limit);
  const end = start + found.length;
  const hasNext = afterEmpty || (found.length > 0 && (end < all.length || emptyPages));
  const next = hasNext ? { next: nextAddress(request, { offset: end, afterEmpty, limit }) } : {};
  const path = request.call.path.slice('/wiki'.length);
  const self = `${api.baseUrl()}${path}?${request.call.query.toString()}`;
  return { page: { start, limit }, found, total: all.length, links: { ...siteLinks(api), ...next, self } };
}

/** What the index has: versions that are younger than the lag are not in it. */
function findContent(request: Request, api: Api): Content[] {
  const { call, actor, view } = request;
  const cql = call.query.get('cql');
  if (cql === null || cql.trim() === '') throw badRequest('CQL query is required');
  const { where, orderBy } = parseCql(cql);
  const { store, accounts, settings } = api;
  const now = api.now();
  const scene = { store, accounts, actor, now, timeZone: settings.timeZone };
  const test = where === null ? () => true : testOf(where, scene);
  const { spaceId, statuses } = contextParam(request, api);
  const indexed = store.sorted('id', spaceId).flatMap((content) => {
    if (!statuses.includes(content.status)) return [];
    const version = indexedVersion(content, now.getTime() - settings.searchLagMs);
    return version === null ? [] : [{ content, version }];
  });
  const found = indexed.filter((entry) => test(entry) && view.content(entry.content));
  return inOrder(found, orderBy, scene).map(({ content }) => content);
}

/** `cqlcontext`: a space, and statuses other than current. @throws Refusal 400 when it is no JSON. */
function contextParam({ call }: Request, { store }: Api): { spaceId: string | null; statuses: readonly unknown[] } {
  const context = readJson(call.query.get('cqlcontext') ?? '{}');
  if (typeof context !== 'object' || context === null) throw badRequest('Invalid cqlcontext');
  const statuses =
    'contentStatuses' in context && Array.isArray(context.contentStatuses) ? context.contentStatuses : [];
  const space = 'spaceKey' in context ? store.space(String(context.spaceKey)) : null;
  return { spaceId: space?.id ?? null, statuses: statuses.length === 0 ? ['current'] : statuses };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function indexedVersion(content: Content, until: number): Version | null {
  const last = versionOf(content);
  // most have been there for long
  if (Date.parse(last.createdAt) <= until) return last;
  return content.versions.findLast(({ createdAt }) => Date.parse(createdAt) <= until) ?? null;
}

function resultBean(content: Content, expand: Expand, api: Api) {
  const space = api.store.space(content.spaceId);
  const when = versionOf(content).createdAt;
  const text = viewOfStorage(content.storage).replaceAll(/<[^>]*>/g, ' ');
  return {
    content: contentBean(content, expand, api),
    title: content.title,
    excerpt: text.slice(0, 200),
    url: linksOf(content, api).webui,
    resultGlobalContainer: { title: space?.name ?? '', displayUrl: `/spaces/${space?.key ?? ''}` },
    breadcrumbs: [],
    entityType: 'content',
    iconCssClass: 'aui-icon content-type-page',
    lastModified: when,
    friendlyLastModified: when.slice(0, 10),
    score: 0,
  };
}

function nextAddress({ call }: Request, next: { offset: number; afterEmpty: boolean; limit: number }): string {
  const { offset, afterEmpty, limit } = next;
  const token = Buffer.from(JSON.stringify({ offset, afterEmpty })).toString('base64url');
  const own = ['next', 'cursor', 'limit', 'start'];
  const query = new URLSearchParams([
    ['next', 'true'],
    ['cursor', `_sa_${token}`],
    ['limit', String(limit)],
    ['start', String(offset)],
    ...[...call.query].filter(([name]) => !own.includes(name)),
  ]);
  return `${call.path.slice('/wiki'.length)}?${query.toString()}`;
}

/** @throws Refusal 400 when it is none that was given out. */
function cursorParam({ call }: Request): { offset: number; afterEmpty: boolean } | null {
  const text = call.query.get('cursor');
  if (text === null || text === '') return null;
  const read = readToken(text);
  if (read !== null) return read;
  throw badRequest('Invalid cursor');
}

function readToken(text: string): { offset: number; afterEmpty: boolean } | null {
  const read = readJson(Buffer.from(text.slice('_sa_'.length), 'base64url').toString());
  if (typeof read !== 'object' || read === null || !('offset' in read) || typeof read.offset !== 'number') return null;
  return { offset: read.offset, afterEmpty: 'afterEmpty' in read && read.afterEmpty === true };
}
