import type { Answer } from '../http.ts';
import { userBean } from './accounts.ts';
import { type Api, type Handler, listParam, numberParam, type Request } from './api.ts';
import { components, issueTypes, projects } from './model.ts';
import { refusal } from './refusal.ts';
import { componentBean, issueTypeBean, projectBean } from './render.ts';

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-myself/ */
export const myself: Handler = ({ actor }, { url }) => ({ status: 200, body: userBean(actor, url()) });

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permissions/#api-rest-api-3-mypermissions-get */
export const myPermissions: Handler = (request, { site }) => {
  const asked = listParam(request, 'permissions');
  if (asked.length === 0) throw refusal(400, ["The 'permissions' query parameter is required."]);
  const permissions = asked.map((key) => {
    const name = key.toLowerCase().replaceAll('_', ' ');
    return [key, { key, name, type: 'PROJECT', havePermission: !site.settings.missingPermissions.includes(key) }];
  });
  return { status: 200, body: { permissions: Object.fromEntries(permissions) } };
};

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
export const getProject: Handler = (request, { site, url }) => {
  const { key } = projectAsked(request);
  return {
    status: 200,
    body: {
      ...projectBean(key, site.settings.projectType, url()),
      description: '',
      lead: userBean(site.accounts.bot, url()),
      components: components.map((component) => componentBean(component, url())),
      issueTypes: issueTypes.map((type) => issueTypeBean(type, url())),
      assigneeType: 'UNASSIGNED',
    },
  };
};

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-components/#api-rest-api-3-project-projectidorkey-components-get */
export const listComponents: Handler = (request, { url }) => {
  const { id, key } = projectAsked(request);
  const place = { project: key, projectId: Number(id), assigneeType: 'PROJECT_DEFAULT', isAssigneeTypeValid: false };
  return { status: 200, body: components.map((component) => ({ ...componentBean(component, url()), ...place })) };
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

/**
 * Who may have the issue: whoever works on tickets, of those whom the search names.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-user-search/#api-rest-api-3-user-assignable-search-get
 */
export const searchAssignable: Handler = (request, { site, store, url }) => {
  const { query } = request.call;
  const issueKey = query.get('issueKey');
  const accountId = query.get('accountId');
  if (issueKey === null) throw refusal(400, ["The 'issueKey' or 'project' parameter is required."]);
  if (store.find(issueKey) === null)
    throw refusal(404, ['Issue does not exist or you do not have permission to see it.']);
  const named = accountId === null ? site.accounts.search(query.get('query') ?? '') : [site.accounts.byId(accountId)];
  const staff = new Set(site.accounts.staff.map((account) => account.accountId));
  const page = named.flatMap((account) => (account !== null && staff.has(account.accountId) ? [account] : []));
  return { status: 200, body: page.map((account) => userBean(account, url())) };
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

/** The project that the path names; documented as case sensitive. @throws Refusal 404. */
export function projectAsked({ params }: Request): (typeof projects)[number] {
  const wanted = params.project ?? '';
  const found = projects.find(({ id, key }) => wanted === key || wanted === id);
  if (found !== undefined) return found;
  throw refusal(404, [`No project could be found with key '${wanted}'.`]);
}
