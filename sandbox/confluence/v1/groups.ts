import type { Answer } from '../../http.ts';
import type { Api, Handler, Request } from '../api.ts';
import type { Group } from '../model.ts';
import { badRequest, v1NotFound } from '../refusal.ts';
import { siteLinks } from './beans.ts';
import { pageOf, windowParam } from './paging.ts';
import { groupBean, userBean } from './people-beans.ts';

/** https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-group/ */
export const listGroups: Handler = (request, api) => {
  const groups = api.store.groups().toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const beans = groups.map((group) => groupBean(group, api));
  return { status: 200, body: withSite(pageOf(beans, windowParam(request, 200), request), api) };
};

export const getGroup: Handler = ({ call }, api) => {
  return { status: 200, body: groupBean(groupOf('id', call.query.get('id'), api), api) };
};

export const listMembersById: Handler = (request, api) => {
  return members(groupOf('id', request.params.group ?? null, api), request, api);
};

export const listMembersByName: Handler = (request, api) => {
  return members(groupOf('name', request.call.query.get('name'), api), request, api);
};

/** At most 200 at a time. */
function members({ emails }: Group, request: Request, api: Api): Answer {
  const beans = emails.map((email) => userBean(api.accounts.named(email), api));
  return { status: 200, body: withSite(pageOf(beans, windowParam(request, 200, 200), request), api) };
}

function groupOf(by: 'id' | 'name', value: string | null, { store }: Api): Group {
  if (value === null || value === '') throw badRequest(`${by} is required`);
  const group = store.group(value);
  if (group !== null && group[by] === value) return group;
  throw v1NotFound(`No group found with ${by}: ${value}`);
}

function withSite<T extends { readonly _links: object }>(page: T, api: Api) {
  return { ...page, _links: { ...page._links, ...siteLinks(api) } };
}
