import { createHash } from 'node:crypto';
import type { Handler } from '../api.ts';
import { badRequest } from '../refusal.ts';
import { siteLinks } from './beans.ts';
import { v1ContentOf } from './content.ts';
import { expandParam } from './expand.ts';
import { windowParam } from './paging.ts';
import { type Operation, restrictionBean } from './restriction-bean.ts';

const operations: readonly Operation[] = ['read', 'update'];

/** Users and groups are expanded unasked. https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-content-restrictions/ */
export const restrictions: Handler = (request, api) => {
  const content = v1ContentOf(request, api);
  const window = windowParam(request, 100);
  const expand = expandParam(request, ['restrictions.user', 'restrictions.group']);
  const results = operations.map((operation) => restrictionBean(operation, { content, expand, window }, api));
  const restrictionsHash = createHash('sha256').update(JSON.stringify(content.restrictedTo)).digest('hex');
  const self = `${api.baseUrl()}/rest/api/content/${content.id}/restriction`;
  return {
    status: 200,
    body: { results, ...window, size: results.length, restrictionsHash, _links: { ...siteLinks(api), self } },
  };
};

export const restrictionsByOperation: Handler = (request, api) => {
  const content = v1ContentOf(request, api);
  const expand = expandParam(request);
  const beans = operations.map(
    (operation) => [operation, restrictionBean(operation, { content, expand }, api)] as const,
  );
  const self = `${api.baseUrl()}/rest/api/content/${content.id}/restriction/byOperation`;
  return { status: 200, body: { ...Object.fromEntries(beans), _links: { ...siteLinks(api), self } } };
};

export const restrictionOf: Handler = (request, api) => {
  const content = v1ContentOf(request, api);
  const operation = operations.find((one) => one === request.params.operation);
  if (operation === undefined) throw badRequest(`Unsupported operation key: ${request.params.operation}`);
  const window = windowParam(request, 100);
  const bean = restrictionBean(operation, { content, expand: expandParam(request), window }, api);
  return { status: 200, body: { ...bean, _links: { ...bean._links, ...siteLinks(api) } } };
};
