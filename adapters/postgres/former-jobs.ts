import type { Jobs } from '#ports.ts';
import type { Database } from './database.ts';

/** What the version before left to do: it added to the ticket by jobs named `comment`, for which there is no worker. */
const waiting = `
  select id, singleton_key as key from pgboss.job
  where name = 'comment' and state in ('created', 'retry', 'active') order by created_on`;

/**
 * Sends what is done in place of jobs of an earlier version that still wait, and takes those away. Not before the
 * workers have started: they make the queues.
 */
export async function carryOverJobs({ knex }: Pick<Database, 'knex'>, jobs: Jobs): Promise<void> {
  const { rows }: { rows: { id: string; key: string }[] } = await knex.raw(waiting);
  // sent before they go: a process that dies in between sends once more, which changes nothing
  for (const { key } of rows) await jobs.sendUnlessWaiting('mirror', key, { conversationId: key });
  await knex('pgboss.job')
    .whereIn(
      'id',
      rows.map(({ id }) => id),
    )
    .where({ name: 'comment' })
    .del();
}
