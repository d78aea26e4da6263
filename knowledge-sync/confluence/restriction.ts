import { z } from 'zod';
import { type Found, type RestrictionAnswer, RestrictionSchema } from './schema.ts';

/** One of both is known. Names change, ids do not. */
const GroupRef = z.object({ id: z.string().nullable(), name: z.string().nullable() });
export type GroupRef = z.infer<typeof GroupRef>;

/** Whom a page is restricted to by itself; whoever is named in either list may read. */
export const RestrictedTo = z.object({ accountIds: z.array(z.string()), groups: z.array(GroupRef) });
export type RestrictedTo = z.infer<typeof RestrictedTo>;

/** `none`: not restricted by itself. `unknown`: it could not be asked, so it counts as restricted to nobody. */
export const Restriction = z.union([z.literal('none'), z.literal('unknown'), RestrictedTo]);
export type Restriction = z.infer<typeof Restriction>;

/**
 * Put together from its parts. Somebody who is named without an id can be nobody we know, but is a restriction; so is
 * whoever is counted and not named.
 */
export function restrictionOf(parts: readonly RestrictionAnswer[]): Restriction {
  const users = parts.flatMap(({ restrictions }) => restrictions.user.results);
  const groups = parts.flatMap(({ restrictions }) => restrictions.group.results);
  if (users.length + groups.length === 0 && !parts.some(partialRestriction)) return 'none';
  return {
    accountIds: [...new Set(users.map(({ accountId }) => accountId ?? '').filter((id) => id !== ''))].toSorted(),
    groups: groups.map(({ id, name }) => ({ id: id ?? null, name })),
  };
}

/**
 * Whether there may be more users or groups than this part has. An empty list says so as well when it counts some: our
 * account may not see who they are.
 */
export function partialRestriction({ restrictions: { user, group } }: RestrictionAnswer): boolean {
  return [user, group].some(({ results, limit, size, totalSize, _links }) => {
    const isFull = results.length > 0 && typeof limit === 'number' && results.length >= limit;
    const counted = Math.max(size ?? 0, totalSize ?? 0);
    return isFull || results.length < counted || typeof _links?.next === 'string';
  });
}

/** Whether this part has nobody, so that there is nothing to come after it, whatever it counts. */
export function isEmptyPart({ restrictions: { user, group } }: RestrictionAnswer): boolean {
  return user.results.length + group.results.length === 0;
}

/** What a search tells of a page's restriction; null when it does not tell it, or not all of it. */
export function foundRestriction({ restrictions }: Found): Restriction | null {
  const read = RestrictionSchema.safeParse(restrictions?.read);
  return !read.success || partialRestriction(read.data) ? null : restrictionOf([read.data]);
}
