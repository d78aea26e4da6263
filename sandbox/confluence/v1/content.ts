import { type Api, type Handler, listParam, type Request } from '../api.ts';
import { v1LabelBean } from '../labels.ts';
import type { Content } from '../model.ts';
import { badRequest, noContent } from '../refusal.ts';
import { contentBean, siteLinks } from './beans.ts';
import { expandParam } from './expand.ts';
import { pageOf, windowParam } from './paging.ts';

/**
 * Without `status` only what is current. https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-content/
 */
export const getContent: Handler = (request, api) => {
  const content = v1ContentOf(request, api);
  const asked = listParam(request, 'status');
  const statuses = asked.length === 0 ? ['current'] : asked;
  if (!statuses.includes('any') && !statuses.includes(content.status)) throw noContent(content.id);
  const bean = contentBean(content, expandParam(request, ['space', 'history', 'version']), api);
  const links = typeof bean._links === 'object' ? bean._links : {};
  return { status: 200, body: { ...bean, _links: { ...links, ...siteLinks(api), collection: '/rest/api/content' } } };
};

/** https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-content-labels/ */
export const getContentLabels: Handler = (request, api) => {
  const content = v1ContentOf(request, api);
  const prefix = request.call.query.get('prefix') ?? 'global';
  const labels = prefix === 'global' ? content.labels.map(v1LabelBean) : [];
  return { status: 200, body: pageOf(labels, windowParam(request, 200), request) };
};

/** What the path names, of any status. @throws Refusal 400, or 404 when the account may not view it. */
export function v1ContentOf({ params, view }: Request, { store }: Api): Content {
  const id = params.id ?? '';
  if (!/^\d+$/.test(id)) throw badRequest(`Invalid content id: ${id}`);
  const content = store.content(id);
  if (content === null || !view.content(content)) throw noContent(id);
  return content;
}
