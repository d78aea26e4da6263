import { type Api, bodyOf, type By, type Handler, historyEntry, issueOf, listParam, propertiesOf } from './api.ts';
import { addComment } from './comments.ts';
import { documentRefusal, type FieldValues, missingFields, projectIn, readFields } from './fields.ts';
import { changelogOf, editEntries } from './history.ts';
import { linkBeans } from './issue-links.ts';
import { isRecord } from './json.ts';
import type { AdfNode, CustomerRequest, Issue } from './model.ts';
import { refusal } from './refusal.ts';
import { fieldBeans, selectedFields, selectedProperties } from './render.ts';
import { updatedFields } from './updates.ts';

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-post */
export const createIssue: Handler = (request, api) => {
  const body = bodyOf(request);
  const fields = isRecord(body.fields) ? body.fields : {};
  const { values, errors } = readFields(fields, api.site);
  const refused = { ...missingFields(fields, api.site), ...errors };
  if (Object.keys(refused).length > 0) throw refusal(400, [], refused);
  checkDescription(values.description);
  const properties = propertiesOf(body.properties);
  const projectKey = projectIn(fields.project)?.key ?? api.site.projectKey;
  const made = newIssue(values, { projectKey, request: null }, { actor: request.actor, api });
  const issue = { ...made, properties };
  api.store.put(issue, request.actor);
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
      ...(expand.includes('changelog')
        ? { changelog: changelogOf(issue, { accounts: api.site.accounts, url: api.url() }) }
        : {}),
    },
  };
};

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-put */
export const editIssue: Handler = (request, api) => {
  const issue = issueOf(request, api);
  const body = bodyOf(request);
  const fields = { ...updatedFields(issue, body.update), ...(isRecord(body.fields) ? body.fields : {}) };
  const edited = editedIssue(issue, fields, { actor: request.actor, api });
  const properties = { ...issue.properties, ...propertiesOf(body.properties) };
  const commented = withComments({ ...edited, properties }, body.update, { actor: request.actor, api });
  api.store.put(commented, request.actor);
  if (request.call.query.get('returnIssue') !== 'true') return { status: 204, body: null };
  return getIssue(request, api);
};

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-assignee-put */
export const putAssignee: Handler = (request, api) => {
  const issue = issueOf(request, api);
  const { accountId } = bodyOf(request);
  if (accountId === undefined) throw refusal(400, ["'accountId' is required"]);
  // "-1" is the project's default assignee, and this project has none
  const assignee = accountId === null || accountId === '-1' ? null : { accountId };
  api.store.put(assigned(issue, assignee, { actor: request.actor, api }), request.actor);
  return { status: 204, body: null };
};

export const deleteIssue: Handler = (request, api) => {
  removeIssue(issueOf(request, api), { actor: request.actor, api });
  return { status: 204, body: null };
};

/** The issue with fields as sent in an edit, and its history. @throws Refusal 400. */
export function editedIssue(issue: Issue, fields: Readonly<Record<string, unknown>>, { actor, api }: By): Issue {
  const { values, errors } = readFields(fields, api.site, issue.issuetype);
  if (Object.keys(errors).length > 0) throw refusal(400, [], errors);
  if (values.description !== undefined) checkDescription(values.description, issue);
  const at = api.now();
  const otherFields = { ...issue.otherFields, ...values.otherFields };
  const edited: Issue = { ...issue, ...values, otherFields, updated: at.toISOString() };
  return { ...edited, history: [...issue.history, ...editEntries(issue, edited, { actor, at })] };
}

/** The issue with another assignee: that needs no field on a screen. @throws Refusal 400. */
export function assigned(issue: Issue, assignee: { readonly accountId: unknown } | null, { actor, api }: By): Issue {
  const settings = { ...api.site.settings, hiddenFields: [] };
  return editedIssue(issue, { assignee }, { actor, api: { ...api, site: { ...api.site, settings } } });
}

/** Takes the issue away, and the ends of its links in other issues. */
export function removeIssue(issue: Issue, { actor, api }: By): void {
  for (const { issueId } of issue.issueLinks) {
    const other = api.store.find(issueId);
    if (other === null) continue;
    api.store.put({ ...other, issueLinks: other.issueLinks.filter((link) => link.issueId !== issue.id) }, actor);
  }
  api.store.remove(issue, actor);
}

/** An issue as answers show it, with the fields and properties that are asked for. */
export function issueBean(
  issue: Issue,
  wanted: { fields: readonly string[]; properties: readonly string[] },
  { site, store, url }: Api,
) {
  const all = {
    ...fieldBeans(issue, site.settings.projectType, url()),
    issuelinks: linkBeans(issue, store, url()),
  };
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
export function withComments(issue: Issue, update: unknown, by: By): Issue {
  const operations: unknown[] = isRecord(update) && Array.isArray(update.comment) ? update.comment : [];
  let commented = issue;
  for (const operation of operations) {
    if (!isRecord(operation) || !isRecord(operation.add)) throw refusal(400, [], { comment: 'data was not an object' });
    commented = addComment(commented, operation.add, by).issue;
  }
  return commented;
}

/** An issue that is to be made, of values that are valid. */
export function newIssue(
  values: FieldValues,
  { projectKey, request }: { projectKey: string; request: CustomerRequest | null },
  { actor, api }: By,
): Issue {
  const at = api.now();
  const unless = { description: null, assignee: null, labels: [], priority: 'Medium', components: [], otherFields: {} };
  return {
    ...api.store.nextIssue(projectKey),
    ...unless,
    summary: '',
    issuetype: 'Task',
    duedate: null,
    reporter: actor,
    ...values,
    status: 'To Do',
    resolution: null,
    created: at.toISOString(),
    updated: at.toISOString(),
    resolved: null,
    creator: actor,
    comments: [],
    attachments: [],
    remoteLinks: [],
    issueLinks: [],
    formerKeys: [],
    request,
    properties: {},
    history: [historyEntry({ kind: 'created' }, { actor, at })],
  };
}

/** @throws Refusal 400 when it is no document that Jira takes. A new issue has no files that it could show. */
export function checkDescription(description: AdfNode | null | undefined, issue?: Issue): void {
  if (description === undefined || description === null) return;
  const word = documentRefusal(description, issue?.attachments ?? []);
  if (word !== null) throw refusal(400, [word]);
}
