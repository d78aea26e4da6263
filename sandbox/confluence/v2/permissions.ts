import { type Api, type Handler, v2SpaceOf } from '../api.ts';
import { stableId, uuidOf } from '../control.ts';
import type { Space } from '../model.ts';
import { answerListing } from './listing.ts';

/** https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-space-permissions/ */
export const listSpacePermissions: Handler = (request, api) => {
  const permissions = permissionsOf(v2SpaceOf(request, api), api);
  return answerListing(request, api, {
    items: permissions.toSorted((a, b) => Number(a.id) - Number(b.id)),
    order: 'id',
    value: ({ id }) => Number(id),
    id: ({ id }) => id,
    bean: (permission) => permission,
  });
};

/** https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-space-roles/ */
export const listRoleAssignments: Handler = (request, api) => {
  const { groups, users, anonymous, byRole } = readersOf(v2SpaceOf(request, api), api);
  const assigned = [
    ...(byRole ? groups.map((id) => ({ principalType: 'GROUP', principalId: id })) : []),
    ...(byRole ? users.map((id) => ({ principalType: 'USER', principalId: id })) : []),
    ...(anonymous ? [{ principalType: 'ACCESS_CLASS', principalId: 'anonymous-users' }] : []),
  ];
  const numbered = assigned.map((principal, index) => ({ index, bean: { principal, roleId: viewerRole } }));
  return answerListing(request, api, {
    items: numbered,
    order: 'id',
    value: ({ index }) => index,
    id: ({ index }) => String(index),
    bean: ({ bean }) => bean,
  });
};

/** The one role that the sandbox's site has. */
const viewerRole = uuidOf('role/viewer');

type Principal = { readonly type: 'user' | 'group' | 'role'; readonly id: string };

/** Readers may view and comment, by themselves or by the role; the site's own account may administer. */
function permissionsOf(space: Space, api: Api) {
  const { groups, users, anonymous, byRole } = readersOf(space, api);
  const own: Principal[] = [
    ...groups.map((id) => ({ type: 'group' as const, id })),
    ...users.map((id) => ({ type: 'user' as const, id })),
  ];
  const role: Principal[] = byRole || anonymous ? [{ type: 'role', id: viewerRole }] : [];
  const readers = [...(byRole ? [] : own), ...role];
  const bot: Principal = { type: 'user', id: api.accounts.bot.accountId };
  return [
    ...readers.flatMap((principal) => [
      permissionOf(space, principal, ['read', 'space']),
      permissionOf(space, principal, ['create', 'comment']),
    ]),
    permissionOf(space, bot, ['administer', 'space']),
    permissionOf(space, bot, ['create', 'page']),
  ];
}

/** The readers by their ids. */
function readersOf({ readers }: Space, { store, accounts }: Api) {
  return {
    ...readers,
    groups: readers.groups.map((name) => store.group(name)?.id ?? name),
    users: readers.users.map((email) => accounts.named(email).accountId),
  };
}

function permissionOf(space: Space, principal: Principal, [key, targetType]: readonly [string, string]) {
  const id = stableId(`${space.id}/${principal.type}/${principal.id}/${key}/${targetType}`);
  return { id, principal, operation: { key, targetType } };
}
