import { type Handler, listParam, v2SpaceOf } from '../api.ts';
import { spaceBean } from './beans.ts';
import { answerListing } from './listing.ts';
import { idsParam } from './pages.ts';

/** https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-space/#api-spaces-get */
export const listSpaces: Handler = (request, api) => {
  const ids = idsParam(request, 'ids');
  const keys = listParam(request, 'keys').map((key) => key.toLowerCase());
  const asked = {
    type: listParam(request, 'type'),
    status: listParam(request, 'status'),
    labels: listParam(request, 'labels'),
  };
  return answerListing(request, api, {
    items: api.store.spaces().toSorted((a, b) => Number(a.id) - Number(b.id)),
    order: 'id',
    value: ({ id }) => Number(id),
    id: ({ id }) => id,
    isWanted: (space) =>
      (ids.length === 0 || ids.includes(space.id)) &&
      (keys.length === 0 || keys.includes(space.key.toLowerCase())) &&
      (asked.type.length === 0 || asked.type.includes('global')) &&
      (asked.status.length === 0 || asked.status.includes('current')) &&
      asked.labels.length === 0 &&
      request.view.space(space),
    bean: (space) => spaceBean(space, api),
  });
};

/** https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-space/#api-spaces-id-get */
export const getSpace: Handler = (request, api) => {
  const bean = spaceBean(v2SpaceOf(request, api), api);
  return { status: 200, body: { ...bean, _links: { ...bean._links, base: api.baseUrl() } } };
};
