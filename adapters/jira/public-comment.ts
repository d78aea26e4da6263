import { z } from 'zod';

/** Properties of a comment, by key. https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-comment-properties/ */
export const Properties = z.array(z.object({ key: z.string(), value: z.unknown() }));

/** Public is only what says so, is marked as nothing else and is restricted to nobody. */
export function isPublic(comment: { jsdPublic?: unknown; visibility?: unknown; properties?: unknown }): boolean {
  const { jsdPublic, visibility, properties } = comment;
  if (jsdPublic !== true || (visibility !== null && visibility !== undefined)) return false;
  if (properties === undefined || properties === null) return true;
  const read = Properties.safeParse(properties);
  return read.success && !read.data.some(({ key, value }) => key === 'sd.public.comment' && !isForAll(value));
}

/** Customers cannot write such a comment: only who works in the service desk's project can. */
export function isInternal({ jsdPublic }: { jsdPublic?: unknown }): boolean {
  return jsdPublic === false;
}

/** `{ internal: false }`, and nothing else. https://developer.atlassian.com/cloud/jira/service-desk/ */
function isForAll(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'internal' in value && value.internal === false;
}
