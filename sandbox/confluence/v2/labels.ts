import { type Handler, listParam } from '../api.ts';
import { labelBean } from '../labels.ts';
import { v2NotFound } from '../refusal.ts';
import { answerListing, type Listed } from './listing.ts';
import { contentOf, idsParam, listedPages } from './pages.ts';

/** https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-label/#api-pages-id-labels-get */
export const listPageLabels: Handler = (request, api) => {
  return answerListing(request, api, listedLabels(contentOf(request, api, 'page').labels));
};

/** https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-label/#api-labels-get */
export const listLabels: Handler = (request, api) => {
  const ids = idsParam(request, 'label-id');
  const prefixes = listParam(request, 'prefix');
  const seen = api.store.all().filter((content) => request.view.content(content));
  const listed = listedLabels([...new Set(seen.flatMap(({ labels }) => labels))]);
  const isGlobal = prefixes.length === 0 || prefixes.includes('global');
  return answerListing(request, api, {
    ...listed,
    isWanted: (name) => isGlobal && (ids.length === 0 || ids.includes(labelBean(name).id)),
  });
};

/** https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-page/#api-labels-id-pages-get */
export const listLabelPages: Handler = (request, api) => {
  const { label = '' } = request.params;
  const isIt = (name: string) => labelBean(name).id === label;
  if (!api.store.all().some((content) => request.view.content(content) && content.labels.some(isIt)))
    throw v2NotFound();
  const spaces = idsParam(request, 'space-id');
  const listed = listedPages(request, api, null);
  return answerListing(request, api, {
    ...listed,
    isWanted: (content) =>
      content.labels.some(isIt) &&
      (spaces.length === 0 || spaces.includes(content.spaceId)) &&
      listed.isWanted(content),
  });
};

function listedLabels(names: readonly string[]): Listed<string> {
  return {
    items: names.toSorted(),
    order: 'name',
    value: (name) => name,
    id: (name) => labelBean(name).id,
    bean: labelBean,
  };
}
