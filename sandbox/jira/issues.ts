import { type Api, bodyOf, type Handler, historyEntry, issueOf, listParam, propertiesOf, type Request } from './api.ts';
import { addComment } from './comments.ts';
import { documentRefusal, type FieldValues, missingFields, readFields } from './fields.ts';
import { isRecord } from './json.ts';
import type { Account, Issue } from './model.ts';
import { refusal } from './refusal.ts';
import { fieldBeans, jiraTime, selectedFields, selectedProperties } from './render.ts';

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-post */
export const createIssue: Handler = (request, api) => {
  const body = bodyOf(request);
  const fields = isRecord(body.fields) ? body.fields : {};
  const { values, errors } = readFields(fields, api.site);
  const refused = { ...missingFields(fields, api.site), ...errors };
  if (Object.keys(refused).length > 0) throw refusal(400, [], refused);
  checkDescription(values);
  const properties = propertiesOf(body.properties);
  const issue = { ...newIssue(values, request, api), properties };
  api.store.put(issue);
  return {
    status: 201,
    body: { id: issue.id, key: issue.key, self: `${api.url()}/rest/api/3/issue/${issue.id}` },
  };
};

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-get */
export const getIssue: Handler = (request, api) => {
  const issue = issueOf(request, api);
  const fields = listParam(request, 'fields');
  const properties = listParam(request, 'properties');
  const expand = listParam(request, 'expand');
  return {
    status: 200,
    body: {
      ...issueBean(issue, { fields: fields.length === 0 ? ['*all'] : fields, properties }, api),
      ...(expand.includes('changelog') ? { changelog: changelogOf(issue) } : {}),
    },
  };
};

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-put */
export const editIssue: Handler = (request, api) => {
  const issue = issueOf(request, api);
  const body = bodyOf(request);
  const fields = { ...updatedLabels(issue, body.update), ...(isRecord(body.fields) ? body.fields : {}) };
  const { values, errors } = readFields(fields, api.site);
  if (Object.keys(errors).length > 0) throw refusal(400, [], errors);
  checkDescription(values);
  const now = api.now();
  const edited: Issue = {
    ...issue,
    ...values,
    otherFields: { ...issue.otherFields, ...values.otherFields },
    properties: { ...issue.properties, ...propertiesOf(body.properties) },
    updated: now.toISOString(),
    history: [...issue.history, historyEntry({ kind: 'edit' }, { actor: request.actor, at: now })],
  };
  api.store.put(withComments(edited, body.update, { actor: request.actor, api }));
  if (request.call.query.get('returnIssue') !== 'true') return { status: 204, body: null };
  return getIssue(request, api);
};

export const deleteIssue: Handler = (request, api) => {
  api.store.remove(issueOf(request, api).key);
  return { status: 204, body: null };
};

/** An issue as answers show it, with the fields and properties that are asked for. */
export function issueBean(
  issue: Issue,
  wanted: { fields: readonly string[]; properties: readonly string[] },
  { site, url }: Api,
) {
  const all = fieldBeans(issue, { id: site.projectId, key: site.projectKey }, url());
  return {
    expand: 'renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations',
    id: issue.id,
    self: `${url()}/rest/api/3/issue/${issue.id}`,
    key: issue.key,
    fields: selectedFields(all, wanted.fields),
    ...(wanted.properties.length === 0 ? {} : { properties: selectedProperties(issue.properties, wanted.properties) }),
  };
}

/** The comments of an `update` block, `{ comment: [{ add: { body } }] }`, added to the issue. */
export function withComments(
  issue: Issue,
  update: unknown,
  by: { actor: Account; api: Pick<Api, 'store' | 'now'> },
): Issue {
  const operations: unknown[] = isRecord(update) && Array.isArray(update.comment) ? update.comment : [];
  let commented = issue;
  for (const operation of operations) {
    if (!isRecord(operation) || !isRecord(operation.add)) throw refusal(400, [], { comment: 'data was not an object' });
    commented = addComment(commented, operation.add, by).issue;
  }
  return commented;
}

function newIssue(values: FieldValues, { actor }: Request, { store, now }: Api): Issue {
  const at = now();
  return {
    ...store.nextIssue(),
    summary: values.summary ?? '',
    description: values.description ?? null,
    status: 'To Do',
    resolution: null,
    created: at.toISOString(),
    updated: at.toISOString(),
    resolved: null,
    creator: actor,
    reporter: values.reporter ?? actor,
    assignee: values.assignee ?? null,
    labels: values.labels ?? [],
    priority: values.priority ?? 'Medium',
    issuetype: values.issuetype ?? 'Task',
    duedate: values.duedate ?? null,
    security: values.security,
    otherFields: values.otherFields ?? {},
    comments: [],
    remoteLinks: [],
    properties: {},
    history: [historyEntry({ kind: 'created' }, { actor, at })],
  };
}

function checkDescription({ description }: FieldValues): void {
  const word = description === undefined || description === null ? null : documentRefusal(description);
  if (word !== null) throw refusal(400, [word]);
}

/** Label operations of an `update` block: `{ labels: [{ add: 'x' }, { remove: 'y' }] }`. */
function updatedLabels(issue: Issue, update: unknown): { labels?: unknown } {
  if (!isRecord(update) || !Array.isArray(update.labels)) return {};
  let labels: unknown[] = [...issue.labels];
  for (const operation of update.labels as unknown[]) {
    if (!isRecord(operation)) return { labels: operation };
    if (Array.isArray(operation.set)) labels = operation.set;
    if (operation.add !== undefined) labels = [...labels, operation.add];
    if (operation.remove !== undefined) labels = labels.filter((label) => label !== operation.remove);
  }
  return { labels };
}

function changelogOf({ history }: Issue) {
  const changes = history.filter(({ kind }) => kind === 'status');
  return {
    startAt: 0,
    maxResults: changes.length,
    total: changes.length,
    histories: changes.map(({ at, actor, from, to }, index) => ({
      id: String(index + 1),
      author: { displayName: actor },
      created: jiraTime(at),
      items: [{ field: 'status', fieldtype: 'jira', fromString: from, toString: to }],
    })),
  };
}
