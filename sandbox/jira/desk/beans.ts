import type { Answer } from '../../http.ts';
import { adfText } from '../adf.ts';
import { type Api, listParam, numberParam, type Request } from '../api.ts';
import { htmlOf } from '../html.ts';
import {
  type Account,
  type Comment,
  type Issue,
  requestTypes,
  serviceDesk,
  statusCategories,
  statuses,
} from '../model.ts';
import { jiraTime, projectBean } from '../render.ts';
import { formOf } from './forms.ts';

/** A page of a list. https://developer.atlassian.com/cloud/jira/service-desk/rest/intro/#pagination */
export function pageAnswer<T>(all: readonly T[], bean: (one: T) => unknown, { request, api }: Asked): Answer {
  const start = numberParam(request, 'start', 0);
  const limit = Math.min(numberParam(request, 'limit', 50), 100);
  const values = all.slice(start, start + limit);
  const isLastPage = start + limit >= all.length;
  const self = `${api.url()}${request.call.path}`;
  const next = isLastPage ? {} : { next: `${self}?start=${start + limit}&limit=${limit}` };
  return {
    status: 200,
    body: {
      _expands: [],
      size: values.length,
      start,
      limit,
      isLastPage,
      _links: { self, base: api.url(), context: '', ...next },
      values: values.map(bean),
    },
  };
}

export interface Asked {
  readonly request: Request;
  readonly api: Api;
}

export function deskBean({ site, url }: Api) {
  const project = projectBean(serviceDesk.projectKey, site.settings.projectType, url());
  return {
    id: serviceDesk.id,
    projectId: project.id,
    projectName: project.name,
    projectKey: project.key,
    projectTypeKey: project.projectTypeKey,
    _links: { self: `${url()}/rest/servicedeskapi/servicedesk/${serviceDesk.id}` },
  };
}

export function userDto({ accountId, displayName, emailAddress, hidesEmail }: Account, url: string) {
  return {
    accountId,
    ...(hidesEmail || emailAddress === '' ? {} : { emailAddress }),
    displayName,
    active: true,
    timeZone: 'Etc/UTC',
    _links: {
      jiraRest: `${url}/rest/api/2/user?accountId=${accountId}`,
      self: `${url}/rest/api/2/user?accountId=${accountId}`,
      avatarUrls: {},
    },
  };
}

/** An issue as its customer sees it. */
export function requestBean(issue: Issue, { request, api }: Asked) {
  const { serviceDeskId = '', requestTypeId = '', participants = [] } = issue.request ?? {};
  const url = api.url();
  const expand = listParam(request, 'expand');
  const people = participants.flatMap((id) => api.site.accounts.byId(id) ?? []);
  return {
    _expands: ['participant', 'requestType', 'serviceDesk'],
    issueId: issue.id,
    issueKey: issue.key,
    summary: issue.summary,
    requestTypeId,
    serviceDeskId,
    createdDate: dateDto(issue.created),
    ...(issue.reporter === null ? {} : { reporter: userDto(issue.reporter, url) }),
    requestFieldValues: fieldValues(issue, api),
    currentStatus: statusOf(issue),
    ...(expand.includes('serviceDesk') ? { serviceDesk: deskBean(api) } : {}),
    ...(expand.includes('participant') ? { participants: { values: people.map((one) => userDto(one, url)) } } : {}),
    _links: {
      jiraRest: `${url}/rest/api/2/issue/${issue.id}`,
      web: `${url}/servicedesk/customer/portal/${serviceDeskId}/${issue.key}`,
      self: `${url}/rest/servicedeskapi/request/${issue.id}`,
      agent: `${url}/browse/${issue.key}`,
    },
  };
}

/** A comment as customers and agents see it; the text of its document. */
export function commentDto(comment: Comment, issue: Issue, { request, api }: Asked) {
  const url = api.url();
  const isRendered = listParam(request, 'expand').includes('renderedBody');
  const html = () => htmlOf(comment.body, { attachments: issue.attachments, url });
  return {
    _expands: ['attachment', 'renderedBody'],
    id: comment.id,
    body: adfText(comment.body),
    ...(isRendered ? { renderedBody: { html: html() } } : {}),
    public: comment.public,
    author: userDto(comment.author, url),
    created: dateDto(comment.created),
    _links: { self: `${url}/rest/servicedeskapi/request/${issue.id}/comment/${comment.id}` },
  };
}

function dateDto(iso: string) {
  return {
    iso8601: jiraTime(iso).replace(/\.\d+/, ''),
    jira: jiraTime(iso),
    friendly: iso.slice(0, 16).replace('T', ' '),
    epochMillis: Date.parse(iso),
  };
}

function statusOf({ status, created, history }: Issue) {
  const key = statuses.find(({ name }) => name === status)?.category;
  const category = statusCategories.find((one) => one.key === key);
  const since = history.findLast(({ kind }) => kind === 'status')?.at ?? created;
  return { status, statusCategory: category?.key.toUpperCase() ?? 'UNDEFINED', statusDate: dateDto(since) };
}

function fieldValues(issue: Issue, { site }: Api) {
  const type = requestTypes.find(({ id }) => id === issue.request?.requestTypeId) ?? requestTypes[0];
  return formOf(type, site.settings).map(({ id, name }) => ({ fieldId: id, label: name, value: valueOf(id, issue) }));
}

function valueOf(fieldId: string, issue: Issue): unknown {
  if (fieldId === 'summary') return issue.summary;
  if (fieldId === 'description') return adfText(issue.description);
  return issue.otherFields[fieldId] ?? null;
}
