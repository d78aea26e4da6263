import type { Store } from '#ports.ts';
import type { Queue } from './queue.ts';

export type Side = 'store' | 'slack' | 'jira';

/** A call that a flow has made and that waits to be let through. */
export interface Waiting {
  readonly side: Side;
  readonly what: string;
  /** Makes the call; the flow hears of it only through {@link Done.tell}. */
  call(): Promise<Done>;
}
export interface Done {
  readonly failed: unknown;
  tell(): void;
}

/** Where the calls of one process wait. A process that is killed is one whose calls are never let through again. */
export interface Gates {
  readonly waiting: readonly Waiting[];
  take(one: Waiting): void;
  store(store: Store, queue: Queue): Store;
  port<T extends object>(side: Side, port: T, free: readonly string[]): T;
}

export function createGates(): Gates {
  const waiting: Waiting[] = [];

  function wait<T>(at: { side: Side; what: string }, make: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      waiting.push({
        ...at,
        async call() {
          try {
            const value = await make();
            return { failed: null, tell: () => resolve(value) };
          } catch (failed) {
            return { failed, tell: () => reject(failed) };
          }
        },
      });
    });
  }

  function port<T extends object>(side: Side, target: T, free: readonly string[]): T {
    return new Proxy(target, {
      get(_, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function' || free.includes(String(name))) return value;
        return (...given: unknown[]) =>
          wait({ side, what: String(name) }, () => Reflect.apply(value, target, given) as Promise<unknown>);
      },
    });
  }

  return {
    waiting,
    take: (one) => void waiting.splice(waiting.indexOf(one), 1),
    port,
    store(store, queue) {
      const real = storeWith(store, queue);
      const parts = Object.entries(real).filter(([name]) => name !== 'transaction');
      const gated = parts.map(([name, part]) => [name, port('store', part as object, [])]);
      return {
        ...(Object.fromEntries(gated) as Omit<Store, 'transaction'>),
        transaction: (within) => wait({ side: 'store', what: 'transaction' }, () => real.transaction(within)),
      };
    },
  };
}

/** The real store, but its jobs go to the queue: with a transaction's commit, or not at all. */
export function storeWith(store: Store, queue: Queue): Store {
  return {
    ...store,
    jobs: queue.jobs,
    async transaction(work) {
      let commit = () => {};
      const value = await store.transaction((real) => {
        const collected = queue.collect();
        commit = () => collected.commit();
        const within: Store = { ...real, jobs: collected.jobs, transaction: (more) => more(within) };
        return work(within);
      });
      commit();
      return value;
    },
  };
}
