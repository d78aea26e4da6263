import type { Knex } from 'knex';
import type { JobName } from '#ports.ts';
import type { Database } from './database.ts';
import { createJobs, type JobData } from './jobs.ts';

/** A job whose tries are used up. */
export interface DeadJob {
  readonly id: string;
  readonly name: JobName;
  readonly key: string;
  readonly data: JobData;
  readonly tries: number;
  readonly error: string;
  readonly diedAt: Date;
}

/** Jobs whose tries are used up, newest first. */
export async function deadJobs(knex: Knex): Promise<readonly DeadJob[]> {
  const { rows }: { rows: DeadJob[] } = await knex.raw(
    'select id, name, key, data, tries, error, died_at as "diedAt" from dead_job order by died_at desc limit 100',
  );
  return rows;
}

/** Sends a dead job again, and forgets that it was dead. False when there is none with this id. */
export async function reviveJob(database: Database, id: string): Promise<boolean> {
  return database.knex.transaction(async (trx) => {
    const { rows }: { rows: { name: JobName; key: string; data: JobData }[] } = await trx.raw(
      'delete from dead_job where id = :id returning name, key, data',
      { id },
    );
    const [job] = rows;
    if (job === undefined) return false;
    await createJobs(database, trx).send(job.name, job.key, job.data);
    return true;
  });
}
