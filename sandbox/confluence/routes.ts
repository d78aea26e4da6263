import type { Answer, Call } from '../http.ts';
import type { Api, Handler, Request } from './api.ts';
import { authenticate } from './authenticate.ts';
import { badRequest, Refusal, v1ErrorBody, v1Refusal, v2NotFound, v2Refusal } from './refusal.ts';
import { viewOf } from './tree.ts';
import { getContent, getContentLabels } from './v1/content.ts';
import { getGroup, listGroups, listMembersById, listMembersByName } from './v1/groups.ts';
import { restrictionOf, restrictions, restrictionsByOperation } from './v1/restrictions.ts';
import { searchContent, searchEverything } from './v1/search.ts';
import { currentUser, getUser, getUsers } from './v1/users.ts';
import { listAttachments } from './v2/attachments.ts';
import { listLabelPages, listLabels, listPageLabels } from './v2/labels.ts';
import { getContainer, getPage, listAncestors, listPages, listSpacePages } from './v2/pages.ts';
import { listRoleAssignments, listSpacePermissions } from './v2/permissions.ts';
import { getSpace, listSpaces } from './v2/spaces.ts';
import { bulkUsers } from './v2/users.ts';
import { download, webPage } from './web.ts';

type Route = readonly [method: string, path: string, handler: Handler];

/** Paths below the root; a part with a colon is a parameter. The first that fits is taken. */
const v2Routes: readonly Route[] = [
  ['GET', 'spaces', listSpaces],
  ['GET', 'spaces/:space', getSpace],
  ['GET', 'spaces/:space/pages', listSpacePages],
  ['GET', 'spaces/:space/permissions', listSpacePermissions],
  ['GET', 'spaces/:space/role-assignments', listRoleAssignments],
  ['GET', 'pages', listPages],
  ['GET', 'pages/:id', getPage],
  ['GET', 'pages/:id/labels', listPageLabels],
  ['GET', 'pages/:id/ancestors', listAncestors('page')],
  ['GET', 'pages/:id/attachments', listAttachments],
  ...(['folder', 'whiteboard', 'database', 'embed'] as const).flatMap((type): Route[] => [
    ['GET', `${type}s/:id`, getContainer(type)],
    ['GET', `${type}s/:id/ancestors`, listAncestors(type)],
  ]),
  ['GET', 'labels', listLabels],
  ['GET', 'labels/:label/pages', listLabelPages],
  ['POST', 'users-bulk', bulkUsers],
];

const v1Routes: readonly Route[] = [
  ['GET', 'search', searchEverything],
  ['GET', 'content/search', searchContent],
  ['GET', 'content/:id', getContent],
  ['GET', 'content/:id/label', getContentLabels],
  ['GET', 'content/:id/restriction', restrictions],
  ['GET', 'content/:id/restriction/byOperation', restrictionsByOperation],
  ['GET', 'content/:id/restriction/byOperation/:operation', restrictionOf],
  ['GET', 'group', listGroups],
  ['GET', 'group/by-id', getGroup],
  ['GET', 'group/member', listMembersByName],
  ['GET', 'group/:group/membersByGroupId', listMembersById],
  ['GET', 'user', getUser],
  ['GET', 'user/bulk', getUsers],
  ['GET', 'user/current', currentUser],
];

const v2Root = '/wiki/api/v2/';
const v1Root = '/wiki/rest/api/';

/** Answers one call as Confluence Cloud does. https://developer.atlassian.com/cloud/confluence/rest/ */
export function answerCall(call: Call, api: Api): Answer {
  try {
    if (call.path.startsWith('/wiki/spaces/')) return webPage(call, api);
    const isV2 = call.path.startsWith(v2Root);
    const actor = authenticate(call, api);
    if (actor === null) throw notAuthenticated(isV2);
    const view = viewOf(actor, actor === api.accounts.bot && api.settings.botSeesAll, api.store);
    const asked = { call, actor, view };
    if (call.path.startsWith('/wiki/download/attachments/')) return download(asked, api);
    const { handler, params } = isV2 ? routeOf(call, v2Root, v2Routes) : routeOf(call, v1Root, v1Routes);
    const request: Request = { ...asked, params, body: jsonOf(call, isV2) };
    return handler(request, api);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

function routeOf(call: Call, root: string, routes: readonly Route[]) {
  const isV2 = root === v2Root;
  const unknown = isV2 ? v2NotFound() : v1Refusal(404, `null for uri: ${call.path}`);
  if (!call.path.startsWith(root)) throw unknown;
  const parts = call.path
    .slice(root.length)
    .split('/')
    .map((part) => decoded(part, isV2));
  const fitting = routes.flatMap(([method, path, handler]) => {
    const params = paramsOf(path.split('/'), parts);
    return params === null ? [] : [{ method, handler, params }];
  });
  if (fitting.length === 0) throw unknown;
  const found = fitting.find(({ method }) => method === call.method);
  if (found === undefined) throw new Refusal({ status: 405, body: '' });
  return found;
}

function decoded(part: string, isV2: boolean): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw isV2 ? v2Refusal(400) : badRequest('The address is not valid.');
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
function jsonOf({ headers, body }: Call, isV2: boolean): unknown {
  if (body === '') return null;
  const type = headers['content-type'] ?? '';
  if (!type.startsWith('application/json')) throw new Refusal({ status: 415, body: '' });
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw isV2 ? v2Refusal(400, 'The request body is not JSON.') : badRequest('The request body is not JSON.');
  }
}

function notAuthenticated(isV2: boolean): Refusal {
  const headers = { 'www-authenticate': 'OAuth realm="sandbox"', 'x-seraph-loginreason': 'AUTHENTICATED_FAILED' };
  const { answer } = isV2 ? v2Refusal(401) : new Refusal({ status: 401, body: v1ErrorBody(401, 'Unauthorized') });
  return new Refusal({ ...answer, headers });
}
