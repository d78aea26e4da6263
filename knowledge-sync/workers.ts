/** Works on the items, some at a time, until there are none or `isOver` says so; what is in hand is finished. */
export async function workOn<Item>(
  items: readonly Item[],
  work: { concurrency: number; isOver: () => boolean; each: (item: Item) => Promise<void> },
): Promise<void> {
  // The workers share the iterator, so each item is taken once.
  const remaining = items.values();
  async function worker(): Promise<void> {
    for (const item of remaining) {
      if (work.isOver()) return;
      await work.each(item);
    }
  }
  await Promise.all(Array.from({ length: work.concurrency }, worker));
}
