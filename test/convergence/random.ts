/** Draws that are a function of the seed. */
export interface Random {
  /** From 0 to below `count`. */
  below(count: number): number;
  chance(probability: number): boolean;
  /** One of the list, which holds at least one. */
  pick<T>(list: readonly T[]): T;
  shuffled<T>(list: readonly T[]): T[];
}

/** Mulberry32: small, and good enough to choose by. */
export function randomOf(seed: number): Random {
  let state = (seed * 2_654_435_761) >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const below = (count: number) => Math.floor(next() * count);
  return {
    below,
    chance: (probability) => next() < probability,
    pick<T>(list: readonly T[]): T {
      const one = list[below(list.length)];
      if (one === undefined) throw new Error('nothing to pick from');
      return one;
    },
    shuffled<T>(list: readonly T[]): T[] {
      const left = [...list];
      const drawn: T[] = [];
      while (left.length > 0) drawn.push(...left.splice(below(left.length), 1));
      return drawn;
    },
  };
}
