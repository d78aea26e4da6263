import { RemoteError } from '#errors.ts';
import type { Pace } from './pace.ts';

/** One page of a listing. `next` is null at the end. */
export interface ListingPage<Item, Cursor> {
  readonly items: readonly Item[];
  readonly next: Cursor | null;
}

export interface Paging {
  readonly pace: Pace;
  /** How much to ask for; halved whenever the source fails over it, as some do over large pages. */
  readonly size: number;
}

/**
 * All items of a listing that comes in pages, in order. An empty page is no end as long as it names a next one.
 *
 * @throws RemoteError `rejected` when the source leads in a circle.
 */
export async function* pagesOf<Item, Cursor extends string>(
  fetchPage: (cursor: Cursor | null, size: number) => Promise<ListingPage<Item, Cursor>>,
  { pace, size }: Paging,
): AsyncGenerator<Item> {
  const seen = new Set<Cursor>();
  let current = size;
  let cursor: Cursor | null = null;
  do {
    const from: Cursor | null = cursor;
    const page: ListingPage<Item, Cursor> = await pace.run(
      () => fetchPage(from, current),
      (error) => {
        if (error.kind === 'unavailable') current = Math.max(1, Math.floor(current / 2));
      },
    );
    yield* page.items;
    cursor = page.next;
    if (cursor !== null && seen.has(cursor)) {
      throw new RemoteError('source', 'rejected', { message: 'a listing leads back to a page it came from' });
    }
    if (cursor !== null) seen.add(cursor);
  } while (cursor !== null);
}
