import type { Log } from '#ports.ts';

/** What a delivery may be called by in the log: types and ids, of whatever shape it is. */
export type Ids = Readonly<Record<string, unknown>>;

/** Whose deliveries they are, by the platform's name such as "Slack", and where it is said how they fare. */
export interface Source {
  readonly platform: string;
  readonly log: Log;
}

export interface Hands {
  /** Does the work, and knows of it until it is done. @throws what the work throws; an Error when closed. */
  take<T>(ids: Ids, work: () => Promise<T>): Promise<T>;
  /** Knows of what goes on beside it until it is done, however it ends. */
  keep(working: Promise<unknown>): void;
  /** Takes deliveries again after `close`. */
  open(): void;
  /** Takes no more; returns when nothing is in hand any more. */
  close(): Promise<void>;
}

/** What is in hand, and whether more is taken. */
export function createHands({ platform, log }: Source): Hands {
  const inHand = new Set<Promise<void>>();
  let closed = false;

  function keep(working: Promise<unknown>): void {
    const kept = working.then(forget, forget);
    inHand.add(kept);
    function forget(): void {
      inHand.delete(kept);
    }
  }

  return {
    keep,
    async take(ids, work) {
      if (closed) throw new Error(`closed: ${platform} delivers again`);
      const working = work();
      keep(working);
      try {
        return await working;
      } catch (error) {
        const told = { ...ids, errorName: nameOf(error) };
        log.error(`${platform.toLowerCase()}: not stored, to be delivered again`, told);
        throw error;
      }
    },
    open() {
      closed = false;
    },
    async close() {
      closed = true;
      // what is in hand may give more to keep
      while (inHand.size > 0) await Promise.all(inHand);
    },
  };
}

/** An id for the log, cut; nothing when it is no text. */
export function shortId(id: unknown): string | undefined {
  return typeof id === 'string' ? id.slice(0, 100) : undefined;
}

/** A database's error quotes the values it could not write, so its text stays out of the log. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
