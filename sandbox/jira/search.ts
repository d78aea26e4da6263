import { type Api, bodyOf, type Handler, listParam, numberParam, type Request } from './api.ts';
import { issueBean } from './issues.ts';
import { inOrder, testOf } from './jql/match.ts';
import { parseJql } from './jql/parse.ts';
import type { Issue } from './model.ts';
import { refusal } from './refusal.ts';

interface Search {
  readonly jql: string;
  readonly fields: readonly string[];
  readonly properties: readonly string[];
  readonly maxResults: number;
  readonly nextPageToken: string | null;
  readonly reconcileIssues: readonly number[];
}

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/#api-rest-api-3-search-jql-get */
export const searchByGet: Handler = (request, api) => {
  const { query } = request.call;
  return search(
    {
      jql: query.get('jql') ?? '',
      fields: listParam(request, 'fields'),
      properties: listParam(request, 'properties'),
      maxResults: numberParam(request, 'maxResults', 50),
      nextPageToken: query.get('nextPageToken'),
      reconcileIssues: listParam(request, 'reconcileIssues').map(Number),
    },
    request,
    api,
  );
};

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/#api-rest-api-3-search-jql-post */
export const searchByPost: Handler = (request, api) => {
  const body = bodyOf(request);
  const unknown = Object.keys(body).find((name) => !searchFields.includes(name));
  if (unknown !== undefined) throw invalidPayload();
  return search(
    {
      jql: typeof body.jql === 'string' ? body.jql : '',
      fields: stringsOf(body.fields),
      properties: stringsOf(body.properties),
      maxResults: body.maxResults === undefined ? 50 : numberOf(body.maxResults),
      nextPageToken: typeof body.nextPageToken === 'string' ? body.nextPageToken : null,
      reconcileIssues: listOf(body.reconcileIssues).map(numberOf),
    },
    request,
    api,
  );
};

/** https://developer.atlassian.com/changelog/#CHANGE-2046 */
export const goneSearch: Handler = () => {
  throw refusal(410, [
    'The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046',
  ]);
};

const searchFields = [
  'expand',
  'fields',
  'fieldsByKeys',
  'jql',
  'maxResults',
  'nextPageToken',
  'properties',
  'reconcileIssues',
];
const maxPage = 5000;

/** No total, and `nextPageToken` only when there is more. */
function search(wanted: Search, request: Request, api: Api) {
  if (wanted.reconcileIssues.length > 50) throw refusal(400, ['The reconcileIssues parameter accepts at most 50 ids.']);
  const found = findIssues(wanted, request, api);
  const start = wanted.nextPageToken === null ? 0 : offsetOf(wanted.nextPageToken);
  const end = start + Math.min(Math.max(wanted.maxResults, 1), maxPage);
  const isLast = end >= found.length;
  const issues = found.slice(start, end).map((issue) => foundBean(issue, wanted, api));
  return { status: 200, body: { issues, ...(isLast ? {} : { nextPageToken: tokenOf(end) }), isLast } };
}

function findIssues({ jql, reconcileIssues }: Search, { actor }: Request, api: Api): Issue[] {
  const { where, orderBy } = parseJql(jql);
  if (where === null) {
    throw refusal(400, ['Unbounded JQL queries are not allowed here. Please add a search restriction to your query.']);
  }
  const { projectKey, projectId, accounts } = api.site;
  const now = api.now();
  const scene = { projectKey, projectId, accounts, actor, now, find: (idOrKey: string) => api.store.find(idOrKey) };
  const test = testOf(where, scene);
  const isSeen = ({ id, created }: Issue) =>
    now.getTime() - Date.parse(created) >= api.site.settings.searchLagMs || reconcileIssues.includes(Number(id));
  return inOrder(
    api.store.all().filter((issue) => isSeen(issue) && test(issue)),
    orderBy,
    scene,
  );
}

/** Without fields only ids are returned. */
function foundBean(issue: Issue, { fields, properties }: Search, api: Api) {
  const named = fields.filter((name) => name !== 'id');
  if (named.length === 0 && properties.length === 0) return { id: issue.id };
  if (named.every((name) => name === 'key') && properties.length === 0) return { id: issue.id, key: issue.key };
  return issueBean(issue, { fields: named, properties }, api);
}

function tokenOf(offset: number): string {
  return Buffer.from(JSON.stringify({ offset })).toString('base64url');
}

function offsetOf(token: string): number {
  try {
    const read: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (typeof read === 'object' && read !== null && 'offset' in read && typeof read.offset === 'number')
      return read.offset;
  } catch {
    // not one of ours either
  }
  throw refusal(400, ['The nextPageToken is invalid or has expired.']);
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  throw invalidPayload();
}

function stringsOf(value: unknown): readonly string[] {
  const list = listOf(value);
  if (list.every((one) => typeof one === 'string')) return list;
  throw invalidPayload();
}

function numberOf(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw invalidPayload();
}

function invalidPayload(): Error {
  return refusal(400, ['Invalid request payload. Refer to the REST API documentation and try again.']);
}
