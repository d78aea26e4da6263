import type { Request } from '../api.ts';
import { badRequest } from '../refusal.ts';

export interface Window {
  readonly start: number;
  readonly limit: number;
}

/** `start` and `limit`. @throws Refusal 400 when one is no whole number from 0, or the limit above `max`. */
export function windowParam(request: Request, otherwise: number, max = Number.POSITIVE_INFINITY): Window {
  const limit = numberParam(request, 'limit', otherwise);
  if (limit > max) throw badRequest(`limit cannot be greater than ${max}`);
  return { start: numberParam(request, 'start', 0), limit };
}

export function numberParam({ call }: Request, name: string, otherwise: number): number {
  const text = call.query.get(name);
  if (text === null) return otherwise;
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0) return number;
  throw badRequest(`${name} cannot be less than zero`);
}

/** The part of the list, as UserArray and GroupArray have it. */
export function arrayOf(beans: readonly unknown[], { start, limit }: Window) {
  const results = beans.slice(start, start + limit);
  return { results, start, limit, size: results.length };
}

/** The same with links; `next` is there only when there is more. */
export function pageOf(beans: readonly unknown[], window: Window, { call }: Request) {
  const page = arrayOf(beans, window);
  const end = window.start + page.size;
  const path = call.path.slice('/wiki'.length);
  const address = (start: number) => {
    const query = new URLSearchParams([...call.query].filter(([name]) => name !== 'start' && name !== 'limit'));
    query.set('limit', String(window.limit));
    query.set('start', String(start));
    return `${path}?${query.toString()}`;
  };
  const next = end < beans.length && page.size > 0 ? { next: address(end) } : {};
  return { ...page, _links: { ...next, self: address(window.start) } };
}
