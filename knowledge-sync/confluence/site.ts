import type { z } from 'zod';
import { orNull, readAs, type Requests } from './requests.ts';
import { isEmptyPart, partialRestriction, type Restriction, restrictionOf } from './restriction.ts';
import {
  AncestorSchema,
  ContainerSchema,
  type Found,
  FoundSchema,
  GroupSchema,
  ListSchema,
  type PageAnswer,
  PageSchema,
  type RestrictionAnswer,
  RestrictionSchema,
  RoleAssignmentSchema,
  type SpaceAnswer,
  SpacePermissionSchema,
  SpaceSchema,
  type UserAnswer,
  UserSchema,
} from './schema.ts';

/** What else pages stand below. https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-folder/ */
const containerPaths: Readonly<Record<string, string>> = {
  folder: 'folders',
  whiteboard: 'whiteboards',
  database: 'databases',
  embed: 'embeds',
};

export type Container = z.infer<typeof ContainerSchema>;
export type SpacePermission = z.infer<typeof SpacePermissionSchema>;
export type RoleAssignment = z.infer<typeof RoleAssignmentSchema>;
export type Ancestor = z.infer<typeof AncestorSchema>;

/**
 * What is asked of Confluence, each request in its turn and again where that may help (`pace`). Null: there is no such
 * thing, or our account may not see it; which of both Confluence does not tell.
 *
 * All throw RemoteError and nothing else.
 */
export interface Site {
  spaces(keys: readonly string[]): Promise<readonly SpaceAnswer[]>;
  permissions(spaceId: string): Promise<readonly SpacePermission[]>;
  /** None where the site does not have roles. */
  roleAssignments(spaceId: string): Promise<readonly RoleAssignment[]>;
  /** Every current page of the space, without text. */
  pages(spaceId: string): AsyncGenerator<PageAnswer>;
  /** Of any status but draft, with its labels. */
  page(id: string, withText: boolean): Promise<PageAnswer | null>;
  /** The current page of that title, with its text. */
  pageTitled(spaceId: string, title: string): Promise<PageAnswer | null>;
  /** Highest first. */
  ancestors(pageId: string): Promise<readonly Ancestor[] | null>;
  container(id: string, type: string): Promise<Container | null>;
  /** By the index, which is behind the pages by seconds to minutes. */
  search(cql: string, expand: string): AsyncGenerator<Found>;
  /** By the page itself, as it is now. */
  restriction(id: string): Promise<Restriction | null>;
  users(accountIds: readonly string[]): Promise<readonly UserAnswer[]>;
  groupName(id: string): Promise<string | null>;
  members(groupId: string): AsyncGenerator<UserAnswer>;
  membersOfNamed(groupName: string): AsyncGenerator<UserAnswer>;
}

/** The most that Confluence gives at once. */
const listingSize = 250;
/** With restrictions expanded. */
export const searchSize = 100;
/** Users, and as many groups, of a restriction. */
const namesSize = 100;
const mostNames = 10_000;
const membersSize = 200;
const usersAtOnce = 250;

export function createSite(requests: Requests): Site {
  return { ...createSpaceReading(requests), ...createPageReading(requests), ...createPeopleReading(requests) };
}

type SpaceReading = Pick<Site, 'spaces' | 'permissions' | 'roleAssignments' | 'pages' | 'search'>;
type PeopleReading = Pick<Site, 'users' | 'groupName' | 'members' | 'membersOfNamed'>;
type PageReading = Omit<Site, keyof SpaceReading | keyof PeopleReading>;

function createSpaceReading({ listing }: Requests): SpaceReading {
  const below = (spaceId: string, path: string) => `/api/v2/spaces/${segment(spaceId)}/${path}`;
  return {
    spaces: (keys) => all(listing(SpaceSchema, `/api/v2/spaces?keys=${keys.map(segment).join(',')}`, listingSize)),
    permissions: (id) => all(listing(SpacePermissionSchema, below(id, 'permissions'), listingSize)),
    async roleAssignments(id) {
      return (await orNull(all(listing(RoleAssignmentSchema, below(id, 'role-assignments'), listingSize)))) ?? [];
    },
    // archived pages would come unasked
    pages: (spaceId) => listing(PageSchema, below(spaceId, 'pages?status=current'), listingSize),
    search: (cql, expand) =>
      listing(FoundSchema, `/rest/api/content/search?${new URLSearchParams({ cql, expand }).toString()}`, searchSize),
  };
}

function createPageReading({ get, getOnce, listing }: Requests): PageReading {
  return {
    page(id, withText) {
      const text = withText ? '&body-format=storage' : '';
      return orNull(getOnce(PageSchema, `/api/v2/pages/${segment(id)}?include-labels=true${text}`));
    },
    async pageTitled(spaceId, title) {
      const query = new URLSearchParams({ 'space-id': spaceId, title, status: 'current', 'body-format': 'storage' });
      const found = await all(listing(PageSchema, `/api/v2/pages?${query.toString()}`, 5));
      return found.find((page) => page.spaceId === spaceId && page.status === 'current') ?? null;
    },
    async ancestors(pageId) {
      const path = `/api/v2/pages/${segment(pageId)}/ancestors?limit=${listingSize}`;
      const list = await orNull(get(ListSchema, path));
      return list?.results.map((item) => readAs(AncestorSchema, item, path)) ?? null;
    },
    async container(id, type) {
      const path = containerPaths[type];
      return path === undefined ? null : await orNull(get(ContainerSchema, `/api/v2/${path}/${segment(id)}`));
    },
    async restriction(id) {
      const path = `/rest/api/content/${segment(id)}/restriction/byOperation/read`;
      const parts: RestrictionAnswer[] = [];
      // users and groups are cut at the same place; whoever is beyond the last part stays out
      for (let start = 0; start < mostNames; start += namesSize) {
        const query = `expand=restrictions.user,restrictions.group&start=${start}&limit=${namesSize}`;
        const part = await orNull(get(RestrictionSchema, `${path}?${query}`));
        if (part === null) return null;
        parts.push(part);
        if (!partialRestriction(part) || isEmptyPart(part)) break;
      }
      return restrictionOf(parts);
    },
  };
}

function createPeopleReading({ get, listing }: Requests): PeopleReading {
  return {
    async users(accountIds) {
      const found: UserAnswer[] = [];
      for (let from = 0; from < accountIds.length; from += usersAtOnce) {
        const path = '/api/v2/users-bulk';
        const list = await get(ListSchema, path, { accountIds: accountIds.slice(from, from + usersAtOnce) });
        found.push(...list.results.map((item) => readAs(UserSchema, item, path)));
      }
      return found;
    },
    async groupName(id) {
      return (await orNull(get(GroupSchema, `/rest/api/group/by-id?id=${segment(id)}`)))?.name ?? null;
    },
    members: (groupId) => listing(UserSchema, `/rest/api/group/${segment(groupId)}/membersByGroupId`, membersSize),
    membersOfNamed: (name) => listing(UserSchema, `/rest/api/group/member?name=${segment(name)}`, membersSize),
  };
}

const segment = encodeURIComponent;

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
