import { newId } from './ids.ts';
import { invalid, refusal } from './refusal.ts';

/** More than anybody follows at the same time. */
const maxOpen = 10_000;
const maxPageSize = 100;

/** A part of a list. */
export interface Slice<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** Which part of a list is wanted; `part` is where the request says it, body or query. */
export interface Wanted {
  readonly part: 'body' | 'query';
  readonly startCursor: unknown;
  readonly pageSize: unknown;
}

/** Names for places in lists. They hold for the one list they were given for. */
export interface Cursors {
  /**
   * @param scope what the list is: the same words for the same list.
   * @throws Refusal 400 for a cursor that is not one of this list, or a size that is none.
   */
  slice<Item extends { readonly id: string }>(items: readonly Item[], scope: string, wanted: Wanted): Slice<Item>;
}

interface Mark {
  readonly scope: string;
  readonly lastId: string;
  readonly position: number;
}

export function createCursors(): Cursors {
  const marks = new Map<string, Mark>();

  function open(mark: Mark): string {
    const name = newId();
    marks.set(name, mark);
    const oldest = marks.keys().next();
    if (marks.size > maxOpen && !oldest.done) marks.delete(oldest.value);
    return name;
  }

  /** Behind the item that came last, wherever it stands by now; when it is gone, where it stood. */
  function startOf(items: readonly { readonly id: string }[], scope: string, { part, startCursor }: Wanted): number {
    if (startCursor === undefined || startCursor === null) return 0;
    if (typeof startCursor !== 'string') throw invalid(`${part}.start_cursor`, 'a string', startCursor);
    const mark = marks.get(startCursor);
    if (mark?.scope !== scope) throw refusal(400, `The start_cursor provided is invalid: ${startCursor}`);
    if (items[mark.position - 1]?.id === mark.lastId) return mark.position;
    const found = items.findIndex(({ id }) => id === mark.lastId);
    return found === -1 ? mark.position - 1 : found + 1;
  }

  return {
    slice(items, scope, wanted) {
      const start = startOf(items, scope, wanted);
      const end = start + pageSizeOf(wanted);
      const page = items.slice(start, end);
      const last = page.at(-1);
      const isMore = end < items.length && last !== undefined;
      return { items: page, nextCursor: isMore ? open({ scope, lastId: last.id, position: end }) : null };
    },
  };
}

/** @throws Refusal 400. https://developers.notion.com/reference/intro#pagination */
function pageSizeOf({ part, pageSize }: Wanted): number {
  if (pageSize === undefined || pageSize === null) return maxPageSize;
  const size = part === 'query' ? Number(pageSize) : pageSize;
  if (typeof size !== 'number' || !Number.isInteger(size)) throw invalid(`${part}.page_size`, 'a number', pageSize);
  if (size > maxPageSize) throw invalid(`${part}.page_size`, `≤ \`${maxPageSize}\``, size);
  if (size < 1) throw invalid(`${part}.page_size`, '≥ `1`', size);
  return size;
}
