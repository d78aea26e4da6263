/** A query in its two parts; `orderBy` is empty when it has none. */
export interface Query {
  readonly where: string;
  readonly orderBy: string;
}

/** What stands in quotation marks is never an ORDER BY. https://support.atlassian.com/jira-software-cloud/docs/jql-syntax/ */
const token = /"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|\border\s+by\b/giu;

/** Parts a query where its ORDER BY begins. */
export function partsOf(jql: string): Query {
  for (const { 0: found, index } of jql.matchAll(token)) {
    if (/^[oO]/.test(found)) return { where: jql.slice(0, index).trim(), orderBy: jql.slice(index).trim() };
  }
  return { where: jql.trim(), orderBy: '' };
}

/**
 * The query of the listing. Where it says no order, the one of creation: it is the one that no edit changes, so nothing
 * changes places between two pages.
 */
export function listingJql(jql: string): string {
  const { where, orderBy } = partsOf(jql);
  return `${where} ${orderBy === '' ? 'ORDER BY created ASC' : orderBy}`;
}

/** The same query for the one issue. */
export function issueJql(jql: string, id: string): string {
  return `id = ${id} AND (${partsOf(jql).where})`;
}
