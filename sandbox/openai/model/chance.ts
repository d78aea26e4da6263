import { createHash } from 'node:crypto';

/** Numbers that look like chance and are the same for the same words. */
export interface Chance {
  /** From 0 up to, but without, `below`. */
  below(below: number): number;
  /** One of them. @throws RangeError for none. */
  pick<T>(from: readonly T[]): T;
}

export function chanceOf(...seeds: readonly (string | number)[]): Chance {
  const seed = seeds.join('\u0000');
  let drawn = 0;
  function below(limit: number): number {
    drawn += 1;
    const hash = createHash('sha256').update(`${seed}\u0000${drawn}`).digest();
    return hash.readUInt32BE(0) % limit;
  }
  return {
    below,
    pick<T>(from: readonly T[]): T {
      if (from.length === 0) throw new RangeError('nothing to pick from');
      return from[below(from.length)] as T;
    },
  };
}
