import type { Knex } from 'knex';
import type { SyncRun } from '#domain/sync-run.ts';
import type { SyncRuns } from '#ports.ts';
import { allRows, firstRow } from './first-row.ts';
import { jsonOf } from './stored-text.ts';

/** Of each source; as many are told. */
const kept = 20;

const begin = `
  with left_behind as (
    update sync_run set state = 'broken-off', ended_at = :at, error = 'The process ended in the middle of it.'
    where source = :source and dry = :dry and state = 'running'
  ), outdated as (
    delete from sync_run where id in (
      select id from sync_run where source = :source order by id desc offset ${kept - 1}
    )
  )
  insert into sync_run (source, started_at, dry) values (:source, :at, :dry) returning id`;

const recordProgress = `
  update sync_run set listed = :listed, to_read = :toRead, done = :done, chunks = :chunks where id = :runId and state = 'running'`;

const end = `
  update sync_run set state = case when cast(:error as text) is null then 'done' else 'broken-off' end, ended_at = :at,
    added = :added, changed = :changed, removed = :removed, rights = :rights, kept = :kept, chunks = :chunks,
    failed = cast(:failed as jsonb), warnings = cast(:warnings as jsonb), error = :error
  where id = :runId and state = 'running'`;

const latest = `
  select source, state, dry, started_at as "startedAt", ended_at as "endedAt", listed, to_read as "toRead", done, added,
    changed, removed, rights, kept, chunks, failed, warnings, error
  from sync_run order by id desc limit ${kept}`;

const noteFault = `
  insert into source_fault (source, fault, since) values (:source, :fault, :at)
  on conflict (source) do update set fault = excluded.fault, since = excluded.since
  where source_fault.fault <> excluded.fault
  returning source`;

const forgetFault = 'delete from source_fault where source = :source returning source';

/** What became of the syncs, in Postgres. */
export function createSyncRuns(knex: Knex): SyncRuns {
  return {
    async begin(source, at, dry = false) {
      const row = await firstRow<{ id: string }>(knex, begin, { source, at, dry });
      if (row === null) throw new Error('the sync could not be recorded');
      return { runId: row.id };
    },
    async recordProgress(runId, { listed, toRead, done, chunks }) {
      await allRows(knex, recordProgress, { runId, listed, toRead, done, chunks });
    },
    async end(runId, { failed, warnings, ...result }) {
      const remarks = { failed: jsonOf(failed), warnings: jsonOf(warnings) };
      await allRows(knex, end, { runId, ...result, ...remarks });
    },
    latest: () => allRows<SyncRun>(knex, latest, {}),
    async noteFault(source, fault, at) {
      const changed =
        fault === null
          ? await firstRow(knex, forgetFault, { source })
          : await firstRow(knex, noteFault, { source, fault, at });
      return changed !== null;
    },
    async fault(source) {
      const row = await firstRow<{ fault: string }>(knex, 'select fault from source_fault where source = :source', {
        source,
      });
      return row?.fault ?? null;
    },
  };
}
