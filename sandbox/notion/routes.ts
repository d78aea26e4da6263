import type { Answer, Call } from '../http.ts';
import { type Api, type Handler, type Version, versions } from './api.ts';
import { getBlock, getChildren } from './block-routes.ts';
import { getDatabase, getDataSource } from './database-routes.ts';
import { newId } from './ids.ts';
import { getMarkdown, getPage, getProperty } from './page-routes.ts';
import { queryDataSource } from './query.ts';
import { Refusal, refusal } from './refusal.ts';
import { search } from './search.ts';
import { getSelf, getUser, listUsers } from './user-routes.ts';
import { showPage } from './web.ts';

/** Paths below `/v1/`; a part with a colon is a parameter. The first that fits is taken. */
const routes: readonly (readonly [method: string, path: string, handler: Handler])[] = [
  ['GET', 'users/me', getSelf],
  ['GET', 'users', listUsers],
  ['GET', 'users/:user_id', getUser],
  ['POST', 'search', search],
  ['GET', 'pages/:page_id', getPage],
  ['GET', 'pages/:page_id/markdown', getMarkdown],
  ['GET', 'pages/:page_id/properties/:property_id', getProperty],
  ['GET', 'blocks/:block_id', getBlock],
  ['GET', 'blocks/:block_id/children', getChildren],
  ['GET', 'databases/:database_id', getDatabase],
  ['GET', 'data_sources/:data_source_id', getDataSource],
  ['POST', 'data_sources/:data_source_id/query', queryDataSource],
];

const root = '/v1/';

/** Answers one call as Notion does; outside the API's paths as its web pages. https://developers.notion.com/reference/intro */
export function answerCall(call: Call, api: Api): Answer {
  if (!call.path.startsWith(root)) return showPage(call.path, api);
  const answer = apiAnswer(call, api);
  return { ...answer, headers: { 'x-notion-request-id': newId(), ...answer.headers } };
}

function apiAnswer(call: Call, api: Api): Answer {
  try {
    const { handler, params } = routeOf(call);
    authenticate(call, api);
    const version = versionOf(call);
    return handler({ call, version, params, body: jsonOf(call) }, api);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}

/** @throws Refusal 400: Notion has no 404 for addresses and no 405. */
function routeOf(call: Call): { handler: Handler; params: Readonly<Record<string, string>> } {
  const parts = call.path.slice(root.length).split('/').map(decoded);
  for (const [method, path, handler] of routes) {
    const params = method === call.method ? paramsOf(path.split('/'), parts) : null;
    if (params !== null) return { handler, params };
  }
  throw refusal(400, 'Invalid request URL.', 'invalid_request_url');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw refusal(400, 'Invalid request URL.', 'invalid_request_url');
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

/** @throws Refusal 401. https://developers.notion.com/reference/authentication */
function authenticate({ headers }: Call, { store }: Api): void {
  const [, token] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  if (token !== store.secrets.token) throw refusal(401);
}

/** @throws Refusal 400 when none is named, or one that is not spoken. */
function versionOf({ headers }: Call): Version {
  const said = headers['notion-version'];
  const found = versions.find((version) => version === said);
  if (found !== undefined) return found;
  const about = 'Notion-Version header failed validation: Notion-Version header should be';
  if (said === undefined) throw refusal(400, `${about} defined, instead was \`undefined\`.`, 'missing_version');
  const known = versions.map((version) => `\`"${version}"\``).join(' or ');
  throw refusal(400, `${about} ${known}, instead was \`${JSON.stringify(said)}\`.`);
}

/** @throws Refusal 400 when it is no JSON. */
function jsonOf({ method, body }: Call): unknown {
  if (body === '') return method === 'GET' ? null : {};
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw refusal(400, 'Error parsing JSON body.', 'invalid_json');
  }
}
