import type { Answer } from '../http.ts';
import { type Api, checkedKey, checkedValue, type Handler, issueOf, type Request } from './api.ts';
import { withComment } from './comments.ts';
import { refusal } from './refusal.ts';

type Properties = Readonly<Record<string, unknown>>;

/** Where properties are: read, and kept again as changed. */
interface Owner {
  readonly self: string;
  readonly properties: Properties;
  readonly keep: (properties: Properties) => void;
}

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-properties/ */
export const issueProperties = routesOf((request, api) => {
  const issue = issueOf(request, api);
  return {
    self: `${api.url()}/rest/api/3/issue/${issue.id}/properties`,
    properties: issue.properties,
    keep: (properties) => api.store.put({ ...issue, properties }, request.actor),
  };
});

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comment-properties/ */
export const commentProperties = routesOf((request, api) => {
  const id = request.params.comment ?? '';
  const issue = api.store.withComment(id);
  const comment = issue?.comments.find((one) => one.id === id);
  if (issue === null || comment === undefined) throw refusal(404, [`Can not find a comment for the id: ${id}.`]);
  return {
    self: `${api.url()}/rest/api/3/comment/${id}/properties`,
    properties: comment.properties,
    keep: (properties) => api.store.put(withComment(issue, { ...comment, properties }, api.now()), request.actor),
  };
});

function routesOf(ownerOf: (request: Request, api: Api) => Owner) {
  return {
    list: (request: Request, api: Api): Answer => {
      const { self, properties } = ownerOf(request, api);
      const keys = Object.keys(properties).map((key) => ({ self: `${self}/${encodeURIComponent(key)}`, key }));
      return { status: 200, body: { keys } };
    },
    get: (request: Request, api: Api): Answer => {
      const key = existingKey(request, ownerOf(request, api));
      return { status: 200, body: { key, value: ownerOf(request, api).properties[key] } };
    },
    put: (request: Request, api: Api): Answer => {
      const { properties, keep } = ownerOf(request, api);
      const key = checkedKey(request.params.property ?? '');
      if (request.body === null) throw refusal(400, ['The property value must be a non-empty JSON.']);
      keep({ ...properties, [key]: checkedValue(request.body) });
      return { status: Object.hasOwn(properties, key) ? 200 : 201, body: null };
    },
    remove: (request: Request, api: Api): Answer => {
      const owner = ownerOf(request, api);
      const key = existingKey(request, owner);
      owner.keep(Object.fromEntries(Object.entries(owner.properties).filter(([name]) => name !== key)));
      return { status: 204, body: null };
    },
  } satisfies Record<string, Handler>;
}

function existingKey({ params }: Request, { properties }: Owner): string {
  const key = params.property ?? '';
  if (Object.hasOwn(properties, key)) return key;
  throw refusal(404, [`The property with key '${key}' does not exist.`]);
}
