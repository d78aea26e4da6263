import type { Knex } from 'knex';
import { type JobInsert, type JobResult, type JobWithMetadata } from 'pg-boss';
import { RemoteError } from '#errors.ts';
import type { Clock, JobName, Jobs, Log } from '#ports.ts';
import { bossOn } from './boss-connection.ts';
import type { Database } from './database.ts';
import { createPauses, type Pauses } from './job-pauses.ts';
import { firstRow } from './first-row.ts';

/** What the worker needs to know of a kind of job; src/jobs.ts has the table. */
export interface Work {
  readonly run: (data: JobData, attempt: { readonly again: boolean }) => Promise<void>;
  readonly maxTries: number;
  readonly giveUp: ((data: JobData) => Promise<void>) | null;
}
export type JobData = Readonly<Record<string, string>>;

export interface Workers {
  /** Returns when the jobs in hand are done, or handed back after ten seconds. */
  stop(): Promise<void>;
}

/** `knex` may be a transaction: the job then exists exactly when it commits. */
export function createJobs({ boss }: Database, knex: Knex): Jobs {
  const db = bossOn(knex);
  const send: Jobs['send'] = async (name, key, data) => {
    await boss.send(name, data, { singletonKey: key, db });
  };
  return {
    send,
    async sendUnlessWaiting(name, key, data) {
      if (!(await waits(knex, name, key))) await send(name, key, data);
    },
  };
}

const waiting = `
  select exists (
    select from pgboss.job where name = :name and singleton_key = :key and state in ('created', 'retry')
  ) as waits`;

async function waits(knex: Knex, name: JobName, key: string): Promise<boolean> {
  return (await firstRow<{ waits: boolean }>(knex, waiting, { name, key }))?.waits === true;
}

/** Jobs of one transaction, sent together when it is about to commit: one statement for each kind. */
export interface CollectedJobs extends Jobs {
  flush(): Promise<void>;
}

export function collectJobs({ boss }: Database, trx: Knex): CollectedJobs {
  const collected = new Map<JobName, JobInsert[]>();
  const of = (name: JobName) => collected.get(name) ?? [];
  const send: Jobs['send'] = async (name, key, data) => {
    collected.set(name, [...of(name), { singletonKey: key, data }]);
  };
  return {
    send,
    async sendUnlessWaiting(name, key, data) {
      if (of(name).some((job) => job.singletonKey === key) || (await waits(trx, name, key))) return;
      await send(name, key, data);
    },
    async flush() {
      const db = bossOn(trx);
      for (const [name, jobs] of collected) await boss.insert(name, jobs, { db });
    },
  };
}

/**
 * One job of a key at a time, in order. A job that failed for good would block its key for ever, so none
 * ever does: pg-boss retries without end, and `settle` below counts the tries.
 */
const policy = 'key_strict_fifo';

const queueOptions = {
  notify: true,
  retryLimit: 1_000_000,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 60,
  expireInSeconds: 24 * 3600, // a first sync may take hours; whether its process lives is told by the heartbeat
  heartbeatSeconds: 10, // the least pg-boss takes: how long a killed process holds up its jobs
  deleteAfterSeconds: 24 * 3600,
} as const;

const workOptions = {
  includeMetadata: true,
  perJobResults: true,
  // NOTIFY covers new jobs only: retries and freed keys wait for the next poll.
  pollingIntervalSeconds: 0.5,
  notifyPollingIntervalSeconds: 0.5,
  burstWhenBatchFull: true,
  batchSize: 16,
} as const;

/**
 * Batches of a kind at the same time. Two, because a batch ends with its slowest job: a call that hangs until its time
 * limit then holds up half of the others, not all. More cost fetches that bring few jobs each.
 */
const batchesAtOnce = 2;

/** A first sync can take hours: in a batch with it, the other sources would wait for its end. */
const oneByOne = { batchSize: 1, localConcurrency: 4 } as const;

/** Each waits for a model, for seconds: nobody's question waits in a batch behind another's. */
const manyAtOnce = { batchSize: 1, localConcurrency: 16 } as const;

function isOfSource(name: JobName): boolean {
  return name === 'sync' || name === 'refresh';
}

function atOnce(name: JobName, slow: readonly JobName[]) {
  if (isOfSource(name) || name === 'embed') return oneByOne;
  return slow.includes(name) ? manyAtOnce : { localConcurrency: batchesAtOnce };
}

/** Starts the workers of all kinds of jobs. */
export async function startWorkers(
  database: Database,
  table: Readonly<Record<JobName, Work>>,
  {
    slow = [],
    ...deps
  }: { log: Log; clock: Clock /** Kinds whose jobs wait for a model. */; slow?: readonly JobName[] },
): Promise<Workers> {
  const { boss, knex } = database;
  boss.on('error', (error) => deps.log.error('job queue failed', { error: error.message }));
  await boss.start();
  if (database.embedded) await handBackAbandoned(database);
  const pauses = createPauses(deps.clock);
  for (const [name, work] of Object.entries(table) as [JobName, Work][]) {
    await boss.createQueue(name, { policy, ...queueOptions });
    await boss.updateQueue(name, queueOptions); // of a queue that an earlier version created
    const settle = createSettle({ name, work, knex, pauses, ...deps });
    const wake = () => boss.notifyWorker(workerId);
    const workerId: string = await boss.work(
      name,
      { ...workOptions, ...atOnce(name, slow) },
      async (jobs: JobWithMetadata<JobData>[]) => {
        const results = await Promise.all(jobs.map(settle));
        setImmediate(wake); // the next job of these keys need not wait for the poll
        return results;
      },
    );
  }
  return { stop: () => boss.stop({ graceful: true, timeout: 10_000 }) };
}

/** An embedded database has one process at a time, so jobs marked active at the start were left by a killed one. */
async function handBackAbandoned({ boss, knex }: Database): Promise<void> {
  const { rows }: { rows: { name: string; id: string }[] } = await knex.raw(
    "select name, id from pgboss.job where state = 'active'",
  );
  for (const { name, id } of rows) await boss.fail(name, id, { message: 'the process ended' });
}

/** Runs one job and says what has become of it. Never throws: one job's failure is not its batch's. */
function createSettle(deps: { name: JobName; work: Work; knex: Knex; pauses: Pauses; log: Log; clock: Clock }) {
  const { name, work, knex, pauses, log, clock } = deps;

  return async function settle(job: JobWithMetadata<JobData>): Promise<JobResult> {
    const fields = { job: name, key: job.singletonKey, try: job.retryCount + 1 };
    const startedAt = clock().getTime();
    const whom = isOfSource(name) ? `source ${job.data['source'] ?? ''}` : name;
    try {
      if (job.retryCount >= triesFor(job, work)) {
        await bury(job);
        return { id: job.id, status: 'completed' };
      }
      await pauses.waitOut(whom);
      log.debug('job begins', fields);
      await work.run(job.data, { again: job.retryCount > 0 });
      log.info('job done', { ...fields, ms: clock().getTime() - startedAt });
      return { id: job.id, status: 'completed', output: job.output }; // else it would forget why earlier tries failed
    } catch (error) {
      pauses.note(whom, error);
      report(log, fields, error);
      const refused = error instanceof RemoteError && error.kind === 'rejected';
      return { id: job.id, status: 'failed', output: { message: messageOf(error), refused } };
    }
  };

  async function bury(job: JobWithMetadata<JobData>): Promise<void> {
    log.error('job given up: npm run jobs shows it', { job: name, key: job.singletonKey, tries: job.retryCount });
    await work.giveUp?.(job.data);
    await knex.raw(
      `insert into dead_job (id, name, key, data, tries, error, sent_at, started_at)
       values (:id, :name, :key, cast(:data as jsonb), :tries, :error, :sentAt, :startedAt) on conflict do nothing`,
      {
        id: job.id,
        name,
        key: job.singletonKey ?? '',
        data: JSON.stringify(job.data),
        tries: job.retryCount,
        error: messageOf(job.output),
        sentAt: job.createdOn,
        startedAt: job.startedOn,
      },
    );
  }
}

/** What a vendor refuses for its content it will refuse again: after about a quarter of an hour somebody must look. */
const mostTriesWhenRefused = 20;

function triesFor({ output }: JobWithMetadata<JobData>, { maxTries }: Work): number {
  const refused = typeof output === 'object' && output !== null && 'refused' in output && output.refused === true;
  return refused ? Math.min(maxTries, mostTriesWhenRefused) : maxTries;
}

function report(log: Log, fields: Readonly<Record<string, unknown>>, error: unknown): void {
  if (!(error instanceof RemoteError)) {
    log.error('job failed', { ...fields, error });
    return;
  }
  const remote = { ...fields, system: error.system, kind: error.kind, error: error.message };
  // The first two pass by themselves; the others need an admin.
  if (error.kind === 'rate-limited' || error.kind === 'unavailable') log.warn('job waits for a remote system', remote);
  else log.error('job refused by a remote system', remote);
}

function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  const message = typeof error === 'object' && error !== null && 'message' in error ? error.message : null;
  return typeof message === 'string' ? message : 'unknown';
}
