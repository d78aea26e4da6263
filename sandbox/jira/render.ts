import { userBean } from './accounts.ts';
import {
  type Account,
  type Comment,
  type Issue,
  issueTypes,
  priorities,
  type RemoteLink,
  resolutions,
  securityLevels,
  statusCategories,
  statuses,
  type StatusName,
} from './model.ts';

/** Jira's way to write an instant: `2026-03-02T09:15:00.000+0000`. */
export function jiraTime(iso: string): string {
  return iso.replace('Z', '+0000');
}

export function statusBean(name: StatusName, url: string) {
  const status = statuses.find((one) => one.name === name) ?? statuses[0];
  const category = statusCategories.find(({ key }) => key === status.category);
  return { self: `${url}/rest/api/3/status/${status.id}`, id: status.id, name, statusCategory: category };
}

export function projectBean(project: { id: string; key: string }, url: string) {
  return {
    self: `${url}/rest/api/3/project/${project.id}`,
    id: project.id,
    key: project.key,
    name: 'IT support',
    projectTypeKey: 'software',
    simplified: false,
  };
}

export function issueTypeBean(type: (typeof issueTypes)[number], url: string) {
  return { self: `${url}/rest/api/3/issuetype/${type.id}`, ...type, subtask: false };
}

/** Null: no level. */
function securityBean({ security }: Issue, url: string) {
  const level = securityLevels.find(({ id }) => id === security?.id);
  return level === undefined ? null : { self: `${url}/rest/api/3/securitylevel/${level.id}`, ...level };
}

/** With `properties` the comment's properties come along: `expand=properties`. */
export function commentBean(comment: Comment, issue: Issue, { url, properties }: { url: string; properties: boolean }) {
  return {
    self: `${url}/rest/api/3/issue/${issue.id}/comment/${comment.id}`,
    id: comment.id,
    author: userBean(comment.author, url),
    body: comment.body,
    updateAuthor: userBean(comment.author, url),
    created: jiraTime(comment.created),
    updated: jiraTime(comment.updated),
    jsdPublic: comment.public,
    ...(comment.visibility === undefined
      ? {}
      : { visibility: { ...comment.visibility, identifier: comment.visibility.value } }),
    ...(properties ? { properties: Object.entries(comment.properties).map(([key, value]) => ({ key, value })) } : {}),
  };
}

export function linkBean(link: RemoteLink, issue: Issue, url: string) {
  return {
    id: link.id,
    self: `${url}/rest/api/3/issue/${issue.id}/remotelink/${link.id}`,
    ...(link.globalId === null ? {} : { globalId: link.globalId }),
    application: link.application,
    ...(link.relationship === null ? {} : { relationship: link.relationship }),
    object: link.object,
  };
}

/** All fields of an issue, by name. */
export function fieldBeans(issue: Issue, project: { id: string; key: string }, url: string): Record<string, unknown> {
  const type = issueTypes.find(({ name }) => name === issue.issuetype);
  return {
    summary: issue.summary,
    description: issue.description,
    status: statusBean(issue.status, url),
    statusCategory: statusBean(issue.status, url).statusCategory,
    resolution: resolutions.find(({ name }) => name === issue.resolution) ?? null,
    resolutiondate: issue.resolved === null ? null : jiraTime(issue.resolved),
    created: jiraTime(issue.created),
    updated: jiraTime(issue.updated),
    duedate: issue.duedate,
    security: securityBean(issue, url),
    creator: userBean(issue.creator, url),
    reporter: userOrNull(issue.reporter, url),
    assignee: userOrNull(issue.assignee, url),
    labels: issue.labels,
    priority: priorities.find(({ name }) => name === issue.priority) ?? null,
    issuetype: type === undefined ? null : issueTypeBean(type, url),
    project: projectBean(project, url),
    comment: {
      comments: issue.comments.map((comment) => commentBean(comment, issue, { url, properties: false })),
      maxResults: issue.comments.length,
      total: issue.comments.length,
      startAt: 0,
    },
    ...issue.otherFields,
  };
}

/** Those of the fields that are asked for: names, `*all`, `*navigable`, and names to leave out after a dash. */
export function selectedFields(all: Readonly<Record<string, unknown>>, wanted: readonly string[]) {
  const left = wanted.filter((name) => name.startsWith('-')).map((name) => name.slice(1));
  const named = wanted.filter((name) => !name.startsWith('-'));
  const isWhole = named.length === 0 || named.includes('*all') || named.includes('*navigable');
  // comments are not navigable
  const isNavigable = named.includes('*navigable') && !named.includes('*all') && !named.includes('comment');
  return Object.fromEntries(
    Object.entries(all).filter(
      ([name]) => (isWhole || named.includes(name)) && !left.includes(name) && !(isNavigable && name === 'comment'),
    ),
  );
}

/** Those of the properties that are asked for. */
export function selectedProperties(all: Readonly<Record<string, unknown>>, wanted: readonly string[]) {
  return Object.fromEntries(Object.entries(all).filter(([key]) => wanted.includes(key) || wanted.includes('*all')));
}

function userOrNull(account: Account | null, url: string) {
  return account === null ? null : userBean(account, url);
}
