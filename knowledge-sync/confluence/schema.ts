import { z } from 'zod';

/*
 * Only what is used of Confluence's answers; more may come, and what is optional may be missing or null.
 * Version 2: https://developer.atlassian.com/cloud/confluence/rest/v2/
 * Version 1, for search, restrictions and groups, which version 2 does not have:
 * https://developer.atlassian.com/cloud/confluence/rest/v1/
 */

/** Version 1 has some ids as numbers. */
const id = z.union([z.string().min(1), z.number()]).transform(String);
const links = z.object({ next: z.string().nullish(), webui: z.string().nullish() }).nullish();

/** A page of any listing. What its items are is read one by one. */
export const ListSchema = z.object({ results: z.array(z.unknown()), limit: z.number().nullish(), _links: links });

export const SpaceSchema = z.object({ id, key: z.string() });
export type SpaceAnswer = z.infer<typeof SpaceSchema>;

/** https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-space-permissions/ */
export const SpacePermissionSchema = z.object({
  principal: z.object({ type: z.string(), id: z.string() }).nullish(),
  operation: z.object({ key: z.string(), targetType: z.string() }).nullish(),
});
/** https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-space-roles/ */
export const RoleAssignmentSchema = z.object({
  principal: z.object({ principalType: z.string(), principalId: z.string() }),
  roleId: id,
});

const labels = z.object({ results: z.array(z.object({ name: z.string() })) }).nullish();

/** Schemas PageBulk and PageSingle. https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-page/ */
export const PageSchema = z.object({
  id,
  status: z.string(),
  title: z.string(),
  spaceId: id,
  parentId: id.nullish(),
  parentType: z.string().nullish(),
  version: z.object({ number: z.number(), createdAt: z.string().nullish() }),
  body: z
    .object({ storage: z.object({ value: z.string() }).nullish(), atlas_doc_format: z.unknown().optional() })
    .nullish(),
  labels,
  _links: links,
});
export type PageAnswer = z.infer<typeof PageSchema>;

/** A folder, whiteboard, database or embed: what else pages stand below. */
export const ContainerSchema = z.object({
  id,
  status: z.string().nullish(),
  parentId: id.nullish(),
  parentType: z.string().nullish(),
});

/** https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-ancestors/ */
export const AncestorSchema = z.object({ id, type: z.string() });

/** An address or name that its owner hides is missing, null or ''. */
export const UserSchema = z.object({
  accountId: z.string().nullish(),
  email: z.string().nullish(),
  displayName: z.string().nullish(),
  publicName: z.string().nullish(),
  accountStatus: z.string().nullish(),
});
export type UserAnswer = z.infer<typeof UserSchema>;

export const GroupSchema = z.object({ id: z.string().nullish(), name: z.string() });

/** Part of the users or groups of a restriction. `size` counts the part, not the whole. */
const named = <Item extends z.ZodType>(item: Item) =>
  z.object({
    results: z.array(item),
    limit: z.number().nullish(),
    size: z.number().nullish(),
    totalSize: z.number().nullish(),
    _links: links,
  });

/** Who may read a page by itself. https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-content-restrictions/ */
export const RestrictionSchema = z.object({
  restrictions: z.object({ user: named(UserSchema), group: named(GroupSchema) }),
});
export type RestrictionAnswer = z.infer<typeof RestrictionSchema>;

/** https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-content/#api-wiki-rest-api-content-search-get */
export const FoundSchema = z.object({
  id,
  type: z.string().nullish(),
  version: z.object({ number: z.number() }).nullish(),
  /** A {@link RestrictionSchema}, if it could be expanded: https://jira.atlassian.com/browse/CONFCLOUD-77618 */
  restrictions: z.object({ read: z.unknown().optional() }).nullish(),
});
export type Found = z.infer<typeof FoundSchema>;
