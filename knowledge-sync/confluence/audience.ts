import { type Audience, groupName, NOBODY } from '#domain/knowledge.ts';
import type { GroupRef, Restriction } from './restriction.ts';
import type { RoleAssignment, SpacePermission } from './site.ts';

export const sourceName = 'confluence';

/** Somebody, or all of them, whom Confluence lets read. */
export type Principal =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'person'; readonly accountId: string }
  | { readonly kind: 'group'; readonly group: GroupRef };

/** How those whom Confluence names are called here. */
export interface Naming {
  /** Lower case; null when it is hidden or the account is closed: that person is left out. */
  email(accountId: string): string | null;
  /** The group's name, or its id where the name cannot be known. */
  group(group: GroupRef): string;
  /** Names or ids of groups and access classes that every employee is in. */
  readonly everyoneGroups: ReadonlySet<string>;
}

/** Access to a page: that of its space, and the restrictions of itself and of every page above it. */
export interface Access {
  readonly space: readonly Principal[];
  readonly restrictions: readonly Restriction[];
}

/**
 * Who may read: whoever the space lets in, and each restriction. What is not restricted adds nothing. A restriction that
 * is not known, and a list in which nobody is anybody we know, leave nobody.
 * https://support.atlassian.com/confluence-cloud/docs/what-are-confluence-cloud-permissions-and-restrictions/
 *
 * The same access gives the same lists in the same order.
 */
export function audienceOf({ space, restrictions }: Access, naming: Naming): Audience {
  const lists = [namesOf(space, naming)];
  for (const restriction of restrictions) {
    if (restriction === 'unknown') return NOBODY;
    if (restriction !== 'none') lists.push(namesOf(principalsOf(restriction), naming));
  }
  if (lists.some((names) => names.length === 0)) return NOBODY;
  const different = new Map(lists.map((names) => [JSON.stringify(names), names]));
  return [...different.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, names]) => names);
}

function principalsOf({ accountIds, groups }: Exclude<Restriction, string>): readonly Principal[] {
  return [
    ...accountIds.map((accountId) => ({ kind: 'person' as const, accountId })),
    ...groups.map((group) => ({ kind: 'group' as const, group })),
  ];
}

function namesOf(principals: readonly Principal[], naming: Naming): readonly string[] {
  const names = new Set(principals.map((principal) => nameOf(principal, naming)).filter((name) => name !== null));
  return names.has('everyone') ? ['everyone'] : [...names].toSorted();
}

function nameOf(principal: Principal, naming: Naming): string | null {
  switch (principal.kind) {
    case 'everyone':
      return 'everyone';
    case 'person': {
      const email = naming.email(principal.accountId);
      return email === null ? null : `person:${email}`;
    }
    case 'group': {
      const name = naming.group(principal.group);
      const isEveryone = naming.everyoneGroups.has(name) || naming.everyoneGroups.has(principal.group.id ?? name);
      return isEveryone ? 'everyone' : groupName(sourceName, name);
    }
  }
}

/** Whether everyone who may read by `narrow` surely may by `wide`: each list of it has all of one of `narrow`'s names. */
export function isWithin(narrow: Audience, wide: Audience): boolean {
  if (wide.length === 0) return false;
  return wide.every((names) => {
    const allowed = new Set(names);
    return allowed.has('everyone') || narrow.some((list) => list.length > 0 && list.every((name) => allowed.has(name)));
  });
}

/** Ids of access classes in space roles: `anonymous-users` is the whole world. Others count where the setting names them. */
const anonymous = new Set(['anonymous', 'anonymous-users']);

/** Roles that let read the space; their members are told by the role assignments. */
export function readingRoles(permissions: readonly SpacePermission[]): ReadonlySet<string> {
  const roles = readers(permissions).filter(({ type, id }) => type === 'role' && !anonymous.has(id));
  return new Set(roles.map(({ id }) => id));
}

/**
 * Whom the space lets read. A kind of principal that is not known lets nobody in.
 *
 * Permissions name users, groups and roles; the roles' members are among the assignments. An access class
 * (`all-licensed-users`) is taken for a group, so that the setting can say that it is everyone.
 */
export function spaceReaders(
  permissions: readonly SpacePermission[],
  assignments: readonly RoleAssignment[],
): readonly Principal[] {
  const roles = readingRoles(permissions);
  const assigned = assignments
    .filter(({ roleId }) => roles.has(roleId))
    .map(({ principal }) => ({ type: principal.principalType.toLowerCase(), id: principal.principalId }));
  return [...readers(permissions), ...assigned].flatMap(principalOf);
}

interface NamedPrincipal {
  readonly type: string;
  readonly id: string;
}

function readers(permissions: readonly SpacePermission[]): readonly NamedPrincipal[] {
  return permissions.flatMap(({ principal, operation }) => {
    const isRead = operation?.key === 'read' && operation.targetType === 'space';
    return isRead && principal !== null && principal !== undefined
      ? [{ type: principal.type.toLowerCase(), id: principal.id }]
      : [];
  });
}

function principalOf({ type, id }: NamedPrincipal): readonly Principal[] {
  if (type === 'anonymous' || (anonymous.has(id) && (type === 'role' || type === 'access_class'))) {
    return [{ kind: 'everyone' }];
  }
  if (type === 'user') return [{ kind: 'person', accountId: id }];
  if (type === 'group') return [{ kind: 'group', group: { id, name: null } }];
  return type === 'access_class' ? [{ kind: 'group', group: { id: null, name: id } }] : [];
}
