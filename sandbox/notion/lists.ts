import type { Answer } from '../http.ts';
import type { Request } from './api.ts';
import type { Wanted } from './cursors.ts';
import type { Json } from './model.ts';

/** https://developers.notion.com/reference/intro#pagination */
export function listAnswer(type: string, results: readonly Json[], nextCursor: string | null): Answer {
  return {
    status: 200,
    body: {
      object: 'list',
      results,
      next_cursor: nextCursor,
      has_more: nextCursor !== null,
      type,
      [type]: {},
    },
  };
}

export function wantedByQuery({ call }: Request): Wanted {
  return {
    part: 'query',
    startCursor: call.query.get('start_cursor') ?? undefined,
    pageSize: call.query.get('page_size') ?? undefined,
  };
}

export function wantedByBody(body: Readonly<Record<string, unknown>>): Wanted {
  return { part: 'body', startCursor: body['start_cursor'], pageSize: body['page_size'] };
}

/** Ids that a parameter names, which comes once or several times, with brackets or without. */
export function idsInQuery({ call }: Request, name: string): string[] | null {
  const ids = [...call.query.getAll(name), ...call.query.getAll(`${name}[]`)];
  return ids.length === 0 ? null : ids.flatMap((value) => value.split(',')).map(decoded);
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
