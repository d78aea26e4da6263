import type { Answer } from '../http.ts';
import { userBean } from './accounts.ts';
import { type Api, type Handler, numberParam, type Request } from './api.ts';
import { settableFields, type Site } from './fields.ts';
import { issueTypes } from './model.ts';
import { refusal } from './refusal.ts';
import { issueTypeBean, projectBean } from './render.ts';

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-myself/ */
export const myself: Handler = ({ actor }, { url }) => ({ status: 200, body: userBean(actor, url()) });

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-server-info/ */
export const serverInfo: Handler = (_, { url, now }) => ({
  status: 200,
  body: {
    baseUrl: url(),
    version: '1001.0.0-SNAPSHOT',
    versionNumbers: [1001, 0, 0],
    deploymentType: 'Cloud',
    buildNumber: 100_000,
    serverTime: now().toISOString().replace('Z', '+0000'),
    serverTitle: 'Jira',
    serverTimeZone: 'Etc/UTC',
  },
});

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-projects/#api-rest-api-3-project-projectidorkey-get */
export const getProject: Handler = (request, api) => {
  checkProject(request, api.site);
  const { projectId, projectKey, accounts } = api.site;
  return {
    status: 200,
    body: {
      ...projectBean({ id: projectId, key: projectKey }, api.url()),
      description: '',
      lead: userBean(accounts.bot, api.url()),
      issueTypes: issueTypes.map((type) => issueTypeBean(type, api.url())),
      assigneeType: 'UNASSIGNED',
    },
  };
};

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-createmeta-projectidorkey-issuetypes-get */
export const createMetaTypes: Handler = (request, api) => {
  checkProject(request, api.site);
  const beans = issueTypes.map((type) => issueTypeBean(type, api.url()));
  return metaPage(request, 'issueTypes', beans);
};

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-createmeta-projectidorkey-issuetypes-issuetypeid-get */
export const createMetaFields: Handler = (request, api) => {
  checkProject(request, api.site);
  if (!issueTypes.some(({ id }) => id === request.params.type)) throw refusal(404, ['The issue type was not found.']);
  const required = ['project', 'issuetype', 'summary', ...api.site.settings.requiredFields];
  const names = new Set([...required, ...settableFields]).difference(new Set(api.site.settings.hiddenFields));
  const fields = [...names].map((name) => ({
    fieldId: name,
    key: name,
    name,
    required: required.includes(name),
    hasDefaultValue: name === 'priority',
    schema: schemaOf(name),
    operations: name === 'labels' ? ['add', 'set', 'remove'] : ['set'],
  }));
  return metaPage(request, 'fields', fields);
};

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-user-search/#api-rest-api-3-user-search-get */
export const searchUsers: Handler = (request, { site, url }) => {
  const { query } = request.call;
  const text = query.get('query');
  const accountId = query.get('accountId');
  if (text !== null && accountId !== null)
    throw refusal(400, ["The 'query' and 'accountId' parameters exclude each other."]);
  if (text === null && accountId === null)
    throw refusal(400, ["Either the 'query', 'accountId' or 'property' parameter is required."]);
  const found = text === null ? [site.accounts.byId(accountId ?? '')] : site.accounts.search(text);
  const startAt = numberParam(request, 'startAt', 0);
  const page = found.slice(startAt, startAt + numberParam(request, 'maxResults', 50));
  return { status: 200, body: page.flatMap((account) => (account === null ? [] : [userBean(account, url())])) };
};

/** At most 1,000 a page. https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/#api-rest-api-3-users-search-get */
export const listUsers: Handler = (request, { site, url }) => {
  const startAt = numberParam(request, 'startAt', 0);
  const page = site.accounts.all.slice(startAt, startAt + Math.min(numberParam(request, 'maxResults', 50), 1_000));
  return { status: 200, body: page.map((account) => userBean(account, url())) };
};

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/#api-rest-api-3-user-get */
export const getUser: Handler = ({ call }, { site, url }) => {
  const accountId = call.query.get('accountId');
  if (accountId === null) throw refusal(400, ["The 'accountId' parameter is required."]);
  const account = site.accounts.byId(accountId);
  if (account === null) throw refusal(404, ['Specified user does not exist or you do not have required permissions']);
  return { status: 200, body: userBean(account, url()) };
};

/** Where a person's browser goes with an issue's link. */
export function browse(key: string, { store, site }: Api): Answer {
  const issue = store.find(key);
  const page = site.settings.pageUrl;
  if (issue === null) return { status: 404, body: `There is no issue ${key}.` };
  if (page === null) return { status: 200, body: `${issue.key} ${issue.summary}` };
  return { status: 302, headers: { location: `${page}/#issue=${issue.key}` }, body: null };
}

function checkProject({ params }: Request, { projectKey, projectId }: Site): void {
  const wanted = params.project ?? '';
  // documented as case sensitive
  if (wanted === projectKey || wanted === projectId) return;
  throw refusal(404, [`No project could be found with key '${wanted}'.`]);
}

/** What kind of value a field has. */
function schemaOf(name: string) {
  if (name.startsWith('customfield_')) return { type: 'string', customId: Number(name.slice('customfield_'.length)) };
  if (name === 'labels') return { type: 'array', items: 'string', system: name };
  const types: Readonly<Record<string, string>> = { reporter: 'user', assignee: 'user', duedate: 'date' };
  const type = types[name] ?? (['summary', 'description'].includes(name) ? 'string' : name);
  return { type, system: name };
}

function metaPage(request: Request, name: string, all: readonly unknown[]): Answer {
  const maxResults = numberParam(request, 'maxResults', 50);
  if (maxResults > 200) throw refusal(400, ["Parameter 'maxResults' must not exceed the limit '200'"]);
  const startAt = numberParam(request, 'startAt', 0);
  return {
    status: 200,
    body: { startAt, maxResults, total: all.length, [name]: all.slice(startAt, startAt + maxResults) },
  };
}
