import type { Answer, Call } from '../http.ts';
import type { Api, Handler, Routes } from './api.ts';
import { addAttachments, attachmentMeta, deleteAttachment, getAttachment, getContent } from './attachments.ts';
import { authenticate } from './authenticate.ts';
import { createComment, deleteComment, editComment, getComment, listComments } from './comments.ts';
import { createMetaFields, createMetaTypes } from './create-meta.ts';
import { deskRoot, deskRoutes } from './desk/routes.ts';
import { createIssueLink } from './issue-links.ts';
import { createIssue, deleteIssue, editIssue, getIssue, putAssignee } from './issues.ts';
import { isRecord } from './json.ts';
import { deleteLink, listLinks, putLink } from './links.ts';
import { answerMedia, mediaRoot } from './media.ts';
import { serviceDesk } from './model.ts';
import { commentProperties, issueProperties } from './properties.ts';
import { deskRefusal, Refusal, refusal } from './refusal.ts';
import { goneSearch, searchByGet, searchByPost } from './search.ts';
import {
  browse,
  getProject,
  getUser,
  listComponents,
  listUsers,
  myPermissions,
  myself,
  searchAssignable,
  searchUsers,
  serverInfo,
} from './site.ts';
import { doTransition, listTransitions } from './transitions.ts';

/** Paths below `/rest/api/3/`; a part with a colon is a parameter. The first that fits is taken. */
const routes: Routes = [
  ['GET', 'myself', myself],
  ['GET', 'mypermissions', myPermissions],
  ['GET', 'serverInfo', serverInfo],
  ['GET', 'project/:project', getProject],
  ['GET', 'project/:project/components', listComponents],
  ['GET', 'user', getUser],
  ['GET', 'user/search', searchUsers],
  ['GET', 'user/assignable/search', searchAssignable],
  ['GET', 'users/search', listUsers],
  ['GET', 'search', goneSearch],
  ['POST', 'search', goneSearch],
  ['GET', 'search/jql', searchByGet],
  ['POST', 'search/jql', searchByPost],
  ['POST', 'issue', createIssue],
  ['GET', 'issue/createmeta/:project/issuetypes', createMetaTypes],
  ['GET', 'issue/createmeta/:project/issuetypes/:type', createMetaFields],
  ['GET', 'issue/:issue', getIssue],
  ['PUT', 'issue/:issue', editIssue],
  ['DELETE', 'issue/:issue', deleteIssue],
  ['PUT', 'issue/:issue/assignee', putAssignee],
  ['POST', 'issue/:issue/attachments', addAttachments],
  ['GET', 'attachment/meta', attachmentMeta],
  ['GET', 'attachment/content/:attachment', getContent],
  ['GET', 'attachment/:attachment', getAttachment],
  ['DELETE', 'attachment/:attachment', deleteAttachment],
  ['POST', 'issueLink', createIssueLink],
  ['GET', 'issue/:issue/comment', listComments],
  ['POST', 'issue/:issue/comment', createComment],
  ['GET', 'issue/:issue/comment/:comment', getComment],
  ['PUT', 'issue/:issue/comment/:comment', editComment],
  ['DELETE', 'issue/:issue/comment/:comment', deleteComment],
  ['GET', 'issue/:issue/remotelink', listLinks],
  ['POST', 'issue/:issue/remotelink', putLink],
  ['DELETE', 'issue/:issue/remotelink/:link', deleteLink],
  ['GET', 'issue/:issue/transitions', listTransitions],
  ['POST', 'issue/:issue/transitions', doTransition],
  ['GET', 'issue/:issue/properties', issueProperties.list],
  ['GET', 'issue/:issue/properties/:property', issueProperties.get],
  ['PUT', 'issue/:issue/properties/:property', issueProperties.put],
  ['DELETE', 'issue/:issue/properties/:property', issueProperties.remove],
  ['GET', 'comment/:comment/properties', commentProperties.list],
  ['GET', 'comment/:comment/properties/:property', commentProperties.get],
  ['PUT', 'comment/:comment/properties/:property', commentProperties.put],
  ['DELETE', 'comment/:comment/properties/:property', commentProperties.remove],
];

const root = '/rest/api/3/';
/** Where customers see their requests. */
const portalRoot = `/servicedesk/customer/portal/${serviceDesk.id}/`;

/** Answers one call as Jira Cloud does. https://developer.atlassian.com/cloud/jira/platform/rest/v3/ */
export function answerCall(call: Call, api: Api): Answer {
  try {
    if (call.path.startsWith(mediaRoot)) return answerMedia(call, api);
    if (call.path.startsWith(portalRoot)) return browse(decoded(call.path.slice(portalRoot.length)), api);
    if (call.path.startsWith('/browse/')) return browse(decoded(call.path.slice('/browse/'.length)), api);
    const actor = authenticate(call, api);
    const { handler, params } = routeOf(call, api);
    return handler({ call, params, body: jsonOf(call), actor }, api);
  } catch (error) {
    if (error instanceof Refusal) return call.path.startsWith(deskRoot) ? inDeskWords(error.answer) : error.answer;
    throw error;
  }
}

/** What the platform refuses, in the shape of the service desk. */
function inDeskWords(answer: Answer): Answer {
  const { errorMessages, errors } = isRecord(answer.body) ? answer.body : {};
  if (!Array.isArray(errorMessages)) return answer;
  const words = [...errorMessages, ...Object.values(isRecord(errors) ? errors : {})].join(' ');
  return deskRefusal(answer.status, words).answer;
}

/** Bytes that an upload may have, its form included; null for a path that takes no files. */
export function uploadLimit(method: string, path: string): number | null {
  return method === 'POST' && path.startsWith(`${root}issue/`) && path.endsWith('/attachments')
    ? 64 * 1024 * 1024
    : null;
}

function routeOf(call: Call, api: Api): { handler: Handler; params: Readonly<Record<string, string>> } {
  const [start, table]: [string, Routes] = call.path.startsWith(deskRoot) ? [deskRoot, deskRoutes] : [root, routes];
  if (!call.path.startsWith(start)) throw unknownAddress(call, api);
  const parts = call.path.slice(start.length).split('/').map(decoded);
  const fitting = table.flatMap(([method, path, handler]) => {
    const params = paramsOf(path.split('/'), parts);
    return params === null ? [] : [{ method, handler, params }];
  });
  if (fitting.length === 0) throw unknownAddress(call, api);
  const found = fitting.find(({ method }) => method === call.method);
  if (found === undefined) throw new Refusal({ status: 405, body: '' });
  return found;
}

/** @throws Refusal 400 when a percent sign stands for nothing. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw refusal(400, ['The address is not valid.']);
  }
}

function paramsOf(path: readonly string[], parts: readonly string[]): Record<string, string> | null {
  if (path.length !== parts.length) return null;
  const params: Record<string, string> = {};
  for (const [index, name] of path.entries()) {
    const part = parts[index] ?? '';
    if (name.startsWith(':')) params[name.slice(1)] = part;
    else if (name !== part) return null;
  }
  return params;
}

/** @throws Refusal 415 when it is not said to be JSON, 400 when it is none. */
function jsonOf({ headers, body }: Call): unknown {
  if (body === '') return null;
  const type = headers['content-type'] ?? '';
  if (!type.startsWith('application/json')) throw new Refusal({ status: 415, body: '' });
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw refusal(400, ['There was an error parsing JSON. Check that your request body is valid.']);
  }
}

function unknownAddress({ path }: Call, { url }: Api): Refusal {
  const message = `null for uri: ${url()}${path}`;
  return new Refusal({ status: 404, body: { message, 'status-code': 404 } });
}
