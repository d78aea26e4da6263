/**
 * Gives out message times as Slack writes them: epoch seconds, a dot, six digits. Each is later than the one before,
 * also when the machine's clock is not.
 */
export interface TsClock {
  next(): string;
  /** The last one given out, in microseconds since the epoch: to go on from after a restart. */
  lastMicros(): number;
}

export function createTsClock(startMicros: number): TsClock {
  let last = startMicros;
  return {
    next() {
      last = Math.max(Date.now() * 1000, last + 1);
      return `${Math.floor(last / 1_000_000)}.${String(last % 1_000_000).padStart(6, '0')}`;
    },
    lastMicros: () => last,
  };
}
