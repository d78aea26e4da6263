import type { JobName, Jobs } from '#ports.ts';
import type { JobTable } from '../../src/jobs.ts';
import type { Random } from './random.ts';

export interface QueuedJob {
  readonly name: JobName;
  readonly key: string;
  readonly data: Readonly<Record<string, string>>;
  tries: number;
  isActive: boolean;
}

/**
 * The durable queue as the real one promises it: jobs of a name and key one after the other, one that failed or was
 * handed back before those behind it; those sent in one transaction in no order among them.
 */
export interface Queue {
  readonly jobs: Jobs;
  /** Jobs sent here exist once `commit` is called. */
  collect(): { readonly jobs: Jobs; commit(): void };
  /** Those that may be begun now. */
  ready(): readonly QueuedJob[];
  begin(job: QueuedJob): void;
  finish(job: QueuedJob, isDone: boolean): void;
  /** The process has ended: what was in hand is handed back. */
  handBack(): void;
  size(): number;
  /** Takes away those of this name that wait. */
  forget(name: JobName): void;
  waiting(): readonly string[];
}

export function createQueue(random: Random): Queue {
  let all: QueuedJob[] = [];

  const made = (name: JobName, key: string, data: QueuedJob['data']): QueuedJob => ({
    name,
    key,
    data,
    tries: 0,
    isActive: false,
  });
  const isLike = (name: JobName, key: string) => (job: QueuedJob) => job.name === name && job.key === key;
  const waits = (among: readonly QueuedJob[], name: JobName, key: string) =>
    among.some((job) => isLike(name, key)(job) && !job.isActive);

  function sender(add: (job: QueuedJob) => void, seen: () => readonly QueuedJob[]): Jobs {
    return {
      async send(name, key, data) {
        add(made(name, key, data));
      },
      async sendUnlessWaiting(name, key, data) {
        if (!waits(seen(), name, key)) add(made(name, key, data));
      },
    };
  }

  return {
    jobs: sender(
      (job) => void all.push(job),
      () => all,
    ),
    collect() {
      const collected: QueuedJob[] = [];
      const jobs = sender(
        (job) => void collected.push(job),
        () => [...all, ...collected],
      );
      return { jobs, commit: () => void all.push(...random.shuffled(collected)) };
    },
    ready: () => all.filter((job) => !job.isActive && all.find(isLike(job.name, job.key)) === job),
    begin(job) {
      job.isActive = true;
    },
    finish(job, isDone) {
      job.isActive = false;
      job.tries += 1;
      if (isDone) all = all.filter((one) => one !== job);
    },
    handBack() {
      for (const job of all) {
        if (!job.isActive) continue;
        job.isActive = false;
        job.tries += 1;
      }
    },
    size: () => all.length,
    forget: (name) => void (all = all.filter((job) => job.name !== name || job.isActive)),
    waiting: () => all.map(({ name, data, tries }) => `${name} ${JSON.stringify(data)} (${tries} tries)`),
  };
}

/** Runs a job as the real workers do: given up after its tries, and then done for. */
export async function runJob({ name, data, tries }: QueuedJob, table: JobTable): Promise<void> {
  const { run, maxTries, giveUp } = table[name];
  if (tries >= maxTries) return giveUp?.(data);
  return run(data, { again: tries > 0 });
}
