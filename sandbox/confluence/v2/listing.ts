import type { Answer } from '../../http.ts';
import type { Api, Request } from '../api.ts';
import { v2Refusal } from '../refusal.ts';

/** What a listing goes through: in this order, by a value and, where it is the same, by number of the id. */
export interface Listed<T> {
  readonly items: readonly T[];
  /** The name of the order, which the cursor carries. */
  readonly order: string;
  readonly descending?: boolean;
  value(item: T): string | number;
  id(item: T): string;
  isWanted?(item: T): boolean;
  bean(item: T): unknown;
}

interface Cursor {
  readonly id: string;
  readonly contentOrder: string;
  readonly contentOrderValue: string | number;
  /** The page that is to come was answered empty once. */
  readonly afterEmpty?: boolean;
}

/**
 * One page of a listing. The cursor names the last item that was given, so that what is added or removed before it
 * moves nothing. https://developer.atlassian.com/cloud/confluence/rest/v2/intro/#pagination
 *
 * @throws Refusal 400 for a limit out of 1 to 250 or a cursor that is not one of this listing.
 */
export function answerListing<T>(request: Request, api: Api, listed: Listed<T>): Answer {
  const limit = limitParam(request, 25);
  const cursor = cursorParam(request, listed.order);
  if (api.settings.emptyPages && cursor !== null && cursor.afterEmpty !== true) {
    return pageAnswer(request, api, { beans: [], next: { ...cursor, afterEmpty: true } });
  }
  const found = itemsAfter(cursor, listed, limit + 1);
  const page = found.slice(0, limit);
  const hasMore = found.length > limit || api.settings.emptyPages;
  const last = hasMore ? page.at(-1) : undefined;
  const next = last === undefined ? null : cursorOf(last, listed);
  return pageAnswer(request, api, { beans: page.map((item) => listed.bean(item)), next });
}

function itemsAfter<T>(cursor: Cursor | null, listed: Listed<T>, most: number): T[] {
  const found: T[] = [];
  for (const item of listed.items) {
    if (found.length === most) break;
    if (cursor !== null && !isAfter(item, cursor, listed)) continue;
    if (listed.isWanted?.(item) !== false) found.push(item);
  }
  return found;
}

function cursorOf<T>(item: T, listed: Listed<T>): Cursor {
  return { id: listed.id(item), contentOrder: listed.order, contentOrderValue: listed.value(item) };
}

function isAfter<T>(item: T, cursor: Cursor, listed: Listed<T>): boolean {
  const value = listed.value(item);
  const { descending = false } = listed;
  if (value === cursor.contentOrderValue) {
    const isHigher = Number(listed.id(item)) > Number(cursor.id);
    return descending ? !isHigher && listed.id(item) !== cursor.id : isHigher;
  }
  return value > cursor.contentOrderValue !== descending;
}

function pageAnswer(request: Request, api: Api, page: { beans: readonly unknown[]; next: Cursor | null }): Answer {
  const base = api.baseUrl();
  const next = page.next === null ? null : nextAddress(request, page.next);
  const links = [...(next === null ? [] : [`<${next}>; rel="next"`]), `<${base}>; rel="base"`];
  return {
    status: 200,
    headers: { link: links.join(', ') },
    body: { results: page.beans, _links: { ...(next === null ? {} : { next }), base } },
  };
}

function nextAddress({ call }: Request, cursor: Cursor): string {
  const token = Buffer.from(JSON.stringify(cursor)).toString('base64');
  const others = new URLSearchParams([...call.query].filter(([name]) => name !== 'cursor'));
  const query = [`cursor=${encodeURIComponent(token).replaceAll('%3D', '=')}`, others.toString()];
  return `${call.path}?${query.filter((part) => part !== '').join('&')}`;
}

/** @throws Refusal 400 when it is no whole number from 1 to 250. */
export function limitParam({ call }: Request, otherwise: number): number {
  const text = call.query.get('limit');
  if (text === null) return otherwise;
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 250) return limit;
  throw v2Refusal(400, `Provided value for 'limit' is not the correct type. Expected a whole number from 1 to 250.`);
}

function cursorParam({ call }: Request, order: string): Cursor | null {
  const text = call.query.get('cursor');
  if (text === null || text === '') return null;
  const read = readCursor(text);
  if (read?.contentOrder === order) return read;
  throw v2Refusal(
    400,
    "Provided value for 'cursor' is not the correct type. Expected type is Cursor.",
    'The provided cursor was not valid. You can get a new valid cursor by making the original pagination request again.',
  );
}

function readCursor(text: string): Cursor | null {
  try {
    const read: unknown = JSON.parse(Buffer.from(text, 'base64').toString());
    const isCursor = typeof read === 'object' && read !== null && 'contentOrder' in read && 'id' in read;
    return isCursor ? (read as Cursor) : null;
  } catch {
    return null;
  }
}
