import { createHash } from 'node:crypto';

/** Chance that is the same every time. */
export interface Chance {
  /** 0 to below 1. */
  share(): number;
  /** Whole, 0 to below `count`. */
  below(count: number): number;
  pick<T>(of: readonly T[]): T;
  shuffled<T>(of: readonly T[]): readonly T[];
}

/** The same for the same seed. https://en.wikipedia.org/wiki/Xorshift */
export function chanceFrom(seed: string): Chance {
  let state = createHash('sha256').update(seed).digest().readUInt32BE() || 1;
  const share = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const below = (count: number) => Math.floor(share() * count);
  return {
    share,
    below,
    pick: (of) => {
      const found = of[below(of.length)];
      if (found === undefined) throw new Error('nothing to pick from');
      return found;
    },
    shuffled: (of) =>
      of
        .map((one) => ({ one, at: share() }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ one }) => one),
  };
}

/** 0 to below 1, by the name alone. */
export function placeOf(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE() / 2 ** 32;
}
