import type { Api } from '../api.ts';
import type { Content } from '../model.ts';
import type { Expand } from './expand.ts';
import { arrayOf, type Window } from './paging.ts';
import { groupBean, userBean } from './people-beans.ts';

export type Operation = 'read' | 'update';

export const restrictionWindow: Window = { start: 0, limit: 100 };

interface Asked {
  readonly content: Content;
  readonly expand: Expand;
  readonly window?: Window;
}

/**
 * The schema ContentRestriction: the page's own, nothing of what is above it. Nobody may be restricted from editing
 * here, so that `update` is always empty.
 */
export function restrictionBean(operation: Operation, asked: Asked, api: Api) {
  const { content, expand, window = restrictionWindow } = asked;
  const names = (operation === 'read' ? content.restrictedTo : null) ?? { groups: [], users: [] };
  const users = names.users.map((email) => userBean(api.accounts.named(email), api));
  const groups = names.groups.flatMap((name) => api.store.group(name) ?? []).map((group) => groupBean(group, api));
  const inner = expand.of('restrictions');
  const isAsked = expand.has('restrictions');
  const restrictions = {
    ...(inner.has('user') ? { user: arrayOf(users, window) } : {}),
    ...(inner.has('group') ? { group: arrayOf(groups, window) } : {}),
    _expandable: Object.fromEntries(['user', 'group'].filter((name) => !inner.has(name)).map((name) => [name, ''])),
  };
  const self = `${restrictionLinks(content, api).self}/${operation}`;
  return {
    operation,
    ...(isAsked ? { restrictions } : {}),
    _expandable: { ...(isAsked ? {} : { restrictions: '' }), content: `/rest/api/content/${content.id}` },
    _links: { self },
  };
}

export function restrictionLinks({ id }: Content, { baseUrl }: Pick<Api, 'baseUrl'>) {
  return { self: `${baseUrl()}/rest/api/content/${id}/restriction/byOperation` };
}
