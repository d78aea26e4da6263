import type { Knex } from 'knex';

/** Runs `work` in a transaction: all of it happens, or nothing. */
export type InTransaction = <T>(work: (trx: Knex) => Promise<T>) => Promise<T>;

/** Works that may wait for each other in one transaction: more would keep the first waiting too long. */
const mostInOne = 16;

/**
 * Two replicas whose groups hold the same conversations in another order would lock each other out, and Postgres
 * notices that only after a second. Who meets a lock gives up at once, and goes on one by one.
 */
const neverWait = "set local lock_timeout = '50ms'";

interface Waiting {
  run(trx: Knex): Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/**
 * Puts works that come while a transaction is under way into the next one, together: a message then costs a fraction
 * of a begin, a commit and their round trips, instead of all of them, and alone it waits for nobody.
 *
 * A work that fails takes the others of its transaction down, so each is then run again, in one of its own.
 * Works therefore write to the database and do nothing else.
 *
 * @param begin runs one transaction.
 */
export function groupCommit(begin: InTransaction): InTransaction {
  let waiting: Waiting[] = [];
  let running = false;

  async function drain(): Promise<void> {
    running = true;
    while (waiting.length > 0) {
      const group = waiting.slice(0, mostInOne);
      waiting = waiting.slice(mostInOne);
      await commit(group);
    }
    running = false;
  }

  async function commit(group: readonly Waiting[]): Promise<void> {
    try {
      const values = await begin(async (trx) => {
        if (group.length > 1) await trx.raw(neverWait);
        const results: unknown[] = [];
        for (const work of group) results.push(await work.run(trx));
        return results;
      });
      for (const [index, work] of group.entries()) work.resolve(values[index]);
    } catch (error) {
      const [only] = group;
      if (group.length === 1 && only !== undefined) return only.reject(error);
      for (const work of group) await commit([work]);
    }
  }

  return function inTransaction<T>(work: (trx: Knex) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      waiting.push({ run: work, resolve: (value) => resolve(value as T), reject });
      if (!running) void drain();
    });
  };
}
