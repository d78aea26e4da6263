import type { Log } from '#ports.ts';

/** What a delivery may be called by in the log: types and ids, of whatever shape it is. */
export type Ids = Readonly<Record<string, unknown>>;

export interface Hands {
  /** Does the work, and knows of it until it is done. @throws what the work throws; an Error when closed. */
  take<T>(ids: Ids, work: () => Promise<T>): Promise<T>;
  open(): void;
  /** Returns when nothing is in hand any more. */
  close(): Promise<void>;
}

/** What is in hand, and whether more is taken. */
export function createHands(log: Log): Hands {
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
    async take(ids, work) {
      if (closed) throw new Error('closed: Teams delivers again');
      const working = work();
      keep(working);
      try {
        return await working;
      } catch (error) {
        log.error('teams: not stored, to be delivered again', { ...ids, errorName: nameOf(error) });
        throw error;
      }
    },
    open() {
      closed = false;
    },
    async close() {
      closed = true;
      while (inHand.size > 0) await Promise.all(inHand);
    },
  };
}

export function idsOf(body: unknown): Ids {
  const { type, id, name, conversation } = Object(body) as Readonly<Record<string, unknown>>;
  const { id: chat } = Object(conversation) as { readonly id?: unknown };
  return { type: short(type), activityId: short(id), name: short(name), chat: short(chat) };
}

function short(id: unknown): string | undefined {
  return typeof id === 'string' ? id.slice(0, 100) : undefined;
}

/** A database's error quotes the values it could not write, so its text stays out of the log. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
