import { userBean } from './accounts.ts';
import { htmlOf } from './html.ts';
import { isRecord } from './json.ts';
import {
  type Account,
  type Attachment,
  type Comment,
  components,
  type Issue,
  issueTypes,
  priorities,
  projects,
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

export function projectBean(key: string, projectType: string, url: string) {
  const project = projects.find((one) => one.key === key) ?? projects[0];
  return {
    self: `${url}/rest/api/3/project/${project.id}`,
    ...project,
    // the service desk is the first project's
    projectTypeKey: project === projects[0] ? projectType : 'software',
    simplified: false,
  };
}

/** The key of the issue's project. */
export function projectKeyOf({ key }: Pick<Issue, 'key'>): string {
  return key.slice(0, key.lastIndexOf('-'));
}

export function issueTypeBean(type: (typeof issueTypes)[number], url: string) {
  return { self: `${url}/rest/api/3/issuetype/${type.id}`, ...type, subtask: false };
}

export function issueTypeNamed(wanted: string, url: string) {
  const type = issueTypes.find(({ name }) => name === wanted);
  return type === undefined ? null : issueTypeBean(type, url);
}

export function issueTypeIdOf(wanted: string): string {
  return issueTypes.find(({ name }) => name === wanted)?.id ?? '';
}

export function priorityBean(wanted: string, url: string) {
  const priority = priorities.find(({ name }) => name === wanted);
  return priority === undefined ? null : { self: `${url}/rest/api/3/priority/${priority.id}`, ...priority };
}

export function resolutionBean(resolution: (typeof resolutions)[number], url: string) {
  return { self: `${url}/rest/api/3/resolution/${resolution.id}`, ...resolution };
}

export function componentBean(component: (typeof components)[number], url: string) {
  return { self: `${url}/rest/api/3/component/${component.id}`, ...component };
}

/** As an issue's field and the answer to an upload show it. */
export function attachmentBean(attachment: Attachment, url: string) {
  const { id, name, author, created, size, mimeType } = attachment;
  return {
    self: `${url}/rest/api/3/attachment/${id}`,
    id,
    filename: name,
    author: userBean(author, url),
    created: jiraTime(created),
    size,
    mimeType,
    content: contentUrl(id, url),
    ...(mimeType.startsWith('image/') ? { thumbnail: `${url}/rest/api/3/attachment/thumbnail/${id}` } : {}),
  };
}

export function contentUrl(attachmentId: string, url: string): string {
  return `${url}/rest/api/3/attachment/content/${attachmentId}`;
}

/** Null: no level. */
function securityBean({ security }: Issue, url: string) {
  const level = securityLevels.find(({ id }) => id === security?.id);
  return level === undefined ? null : { self: `${url}/rest/api/3/securitylevel/${level.id}`, ...level };
}

/** How a comment is shown: with its properties, `expand=properties`, and as HTML, `expand=renderedBody`. */
export interface CommentLook {
  readonly url: string;
  readonly properties?: boolean;
  readonly renderedBody?: boolean;
}

export function commentBean(comment: Comment, issue: Issue, { url, properties, renderedBody }: CommentLook) {
  return {
    self: `${url}/rest/api/3/issue/${issue.id}/comment/${comment.id}`,
    id: comment.id,
    author: userBean(comment.author, url),
    body: comment.body,
    ...(renderedBody === true ? { renderedBody: htmlOf(comment.body, { attachments: issue.attachments, url }) } : {}),
    updateAuthor: userBean(comment.updateAuthor ?? comment.author, url),
    created: jiraTime(comment.created),
    updated: jiraTime(comment.updated),
    jsdPublic: comment.public,
    ...(comment.visibility === undefined
      ? {}
      : { visibility: { ...comment.visibility, identifier: comment.visibility.value } }),
    ...(properties === true
      ? { properties: Object.entries(comment.properties).map(([key, value]) => ({ key, value })) }
      : {}),
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

/** All fields of an issue, by name, without its links to others. */
export function fieldBeans(issue: Issue, projectType: string, url: string): Record<string, unknown> {
  const resolution = resolutions.find(({ name }) => name === issue.resolution);
  return {
    summary: issue.summary,
    description: issue.description,
    status: statusBean(issue.status, url),
    statusCategory: statusBean(issue.status, url).statusCategory,
    resolution: resolution === undefined ? null : resolutionBean(resolution, url),
    resolutiondate: issue.resolved === null ? null : jiraTime(issue.resolved),
    created: jiraTime(issue.created),
    updated: jiraTime(issue.updated),
    duedate: issue.duedate,
    security: securityBean(issue, url),
    creator: userBean(issue.creator, url),
    reporter: userOrNull(issue.reporter, url),
    assignee: userOrNull(issue.assignee, url),
    labels: issue.labels,
    components: components
      .filter(({ name }) => issue.components.includes(name))
      .map((component) => componentBean(component, url)),
    priority: priorityBean(issue.priority, url),
    issuetype: issueTypeNamed(issue.issuetype, url),
    project: projectBean(projectKeyOf(issue), projectType, url),
    attachment: issue.attachments.map((attachment) => attachmentBean(attachment, url)),
    comment: {
      comments: issue.comments.map((comment) => commentBean(comment, issue, { url })),
      maxResults: issue.comments.length,
      total: issue.comments.length,
      startAt: 0,
    },
    ...Object.fromEntries(Object.entries(issue.otherFields).map(([name, value]) => [name, otherBean(value, url)])),
  };
}

/** Options have an address each. */
function otherBean(value: unknown, url: string): unknown {
  if (Array.isArray(value)) return value.map((one) => otherBean(one, url));
  if (!isRecord(value) || typeof value.id !== 'string') return value;
  return { self: `${url}/rest/api/3/customFieldOption/${value.id}`, ...value };
}

/** Those of the fields that are asked for: names, `*all`, `*navigable`, and names to leave out after a dash. */
export function selectedFields(all: Readonly<Record<string, unknown>>, wanted: readonly string[]) {
  const left = wanted.filter((name) => name.startsWith('-')).map((name) => name.slice(1));
  const named = wanted.filter((name) => !name.startsWith('-'));
  const isWhole = named.length === 0 || named.includes('*all') || named.includes('*navigable');
  // comments and files are not navigable
  const isNavigable = named.includes('*navigable') && !named.includes('*all');
  const isHidden = (name: string) => isNavigable && ['comment', 'attachment'].includes(name) && !named.includes(name);
  return Object.fromEntries(
    Object.entries(all).filter(
      ([name]) => (isWhole || named.includes(name)) && !left.includes(name) && !isHidden(name),
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
