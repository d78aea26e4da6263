import { ConfluenceFailure } from './transport.ts';

/**
 * Where a listing goes on, as a path below the base address. Confluence gives it relative to the host (version 2), to
 * the base (version 1), or behind a gateway to a host that is not asked; what counts is where the API's own path begins.
 *
 * @throws ConfluenceFailure `rejected` when it leads to another host, which would be handed the credentials.
 */
export function pathOfNext(next: string, baseUrl: string): string {
  const url = URL.parse(next, `${baseUrl}/`);
  const own = new URL(baseUrl).origin;
  const path = url === null ? -1 : url.pathname.search(/\/(?:api\/v2|rest\/api)\//);
  if (url === null || url.origin !== own || path === -1) {
    throw new ConfluenceFailure('rejected', { message: 'a listing leads to another place', status: null });
  }
  return `${url.pathname.slice(path)}${url.search}`;
}

/** The path with another number of items to a page. */
export function withLimit(path: string, limit: number): string {
  const url = new URL(path, 'http://host');
  url.searchParams.set('limit', String(limit));
  return `${url.pathname}${url.search}`;
}
