import { RemoteError, SetupError } from '#errors.ts';
import type { Clock, Store } from '#ports.ts';
import { noteFault } from './tell-admin.ts';

export interface SyncSourceDeps {
  readonly store: Pick<Store, 'transaction'>;
  /** One sync of the source, from its listing to its report. */
  readonly sync: (source: string, options: { dry: boolean }) => Promise<{ brokenOff: Error | null }>;
  /** E-mail addresses of those who are told once when a source needs them. */
  readonly admins: readonly string[];
  /** Chunks have vectors: what the sync has brought is given its own. */
  readonly embeds: boolean;
  readonly clock: Clock;
}

/**
 * Syncs a source. What passes by itself is thrown, for the queue to try again; what needs an admin is noted, and told
 * to each of them when it is news.
 */
export function createSyncSource({ store, sync, admins, embeds, clock }: SyncSourceDeps) {
  return async function syncSource(source: string, dry: boolean): Promise<void> {
    const { brokenOff } = await sync(source, { dry });
    const needsAdmin = brokenOff !== null && isForAdmins(brokenOff);
    if (brokenOff !== null && !needsAdmin) throw brokenOff;
    if (dry) return;
    await store.transaction(async (within) => {
      if (embeds) await within.jobs.sendUnlessWaiting('embed', 'all', {});
      await noteFault(within, { source, fault: brokenOff?.message ?? null, admins, at: clock() });
    });
  };
}

function isForAdmins(error: Error): boolean {
  return error instanceof SetupError || (error instanceof RemoteError && error.kind === 'unauthorized');
}
