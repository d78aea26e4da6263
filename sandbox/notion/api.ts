import type { Answer, Call } from '../http.ts';
import type { Cursors } from './cursors.ts';
import { parseId } from './ids.ts';
import { isRecord } from './json.ts';
import type { Block, Entity, Page } from './model.ts';
import { invalid, notFound, refusal } from './refusal.ts';
import type { Store } from './store.ts';
import { isShared } from './tree.ts';
import type { Users } from './users.ts';

/** Versions that are spoken. https://developers.notion.com/reference/versioning */
export const versions = ['2025-09-03', '2026-03-11'] as const;
export type Version = (typeof versions)[number];

/** What the sandbox lets be changed while it runs. */
export interface Settings {
  /** How long search does not know what is new or gone. */
  searchLagMs: number;
  /** Requests that are answered within each window; null is without limit. */
  rateLimit: { readonly requests: number; readonly windowMs: number; readonly status?: 429 | 529 } | null;
  /** The page of the sandbox, where links to articles lead; null: a plain text instead. */
  pageUrl: string | null;
}

/** What the routes stand on. */
export interface Api {
  readonly store: Store;
  readonly users: Users;
  readonly cursors: Cursors;
  readonly settings: Settings;
  readonly workspaceName: string;
  readonly integrationName: string;
  /** The server's own address. */
  readonly url: () => string;
  readonly now: () => Date;
}

export interface Request {
  readonly call: Call;
  readonly version: Version;
  /** The parts of the path that the route names. */
  readonly params: Readonly<Record<string, string>>;
  /** The JSON that was sent; null for none. */
  readonly body: unknown;
}

export type Handler = (request: Request, api: Api) => Answer;

/** The id in the path. @throws Refusal 400 when it is none. */
export function idOf({ params }: Request, name: string): string {
  const text = params[name] ?? '';
  const id = parseId(text);
  if (id === null) throw invalid(`path.${name}`, 'a valid uuid', text);
  return id;
}

/** The entity, when the integration may see it; else null, as if it were not there. */
export function visible(id: string, { store }: Api): Entity | null {
  const entity = store.find(id);
  return entity !== null && isShared(entity, store) ? entity : null;
}

/** The page that the path names. @throws Refusal 400, 404. */
export function pageOfPath(request: Request, api: Api): Page {
  const id = idOf(request, 'page_id');
  const entity = visible(id, api);
  if (entity?.kind === 'database')
    throw refusal(400, `Provided ID ${id} is a database, not a page. Use the retrieve database API instead.`);
  if (entity?.kind !== 'page') throw notFound('page', id, api.integrationName);
  return entity;
}

/** The page or block that the path names. @throws Refusal 400, 404. */
export function holderOfPath(request: Request, api: Api, name: string): Page | Block {
  const id = idOf(request, name);
  const entity = visible(id, api);
  if (entity?.kind !== 'page' && entity?.kind !== 'block')
    throw notFound(name === 'page_id' ? 'page' : 'block', id, api.integrationName);
  return entity;
}

/** The fields that were sent. @throws Refusal 400 when the body is no object, or has fields that are not known. */
export function bodyOf({ body }: Request, known: readonly string[]): Readonly<Record<string, unknown>> {
  if (!isRecord(body)) throw invalid('body', 'an object', body ?? undefined);
  for (const [name, value] of Object.entries(body))
    if (!known.includes(name)) throw invalid(`body.${name}`, 'not present', value);
  return body;
}
