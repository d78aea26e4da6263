import type { Address, SharedFile } from '#domain/conversation.ts';
import { refusalOf, type FileLimits, unsettledFiles } from '#domain/mirrored-file.ts';
import type { ChatPlatform, Store } from '#ports.ts';
import type { Ticketing } from '#ticket-ports.ts';
import { type ChatPlatforms, platformOf } from './people.ts';

export interface ShareFilesDeps {
  readonly store: Store;
  readonly platforms: ChatPlatforms;
  readonly ticketing: Pick<Ticketing, 'openFile'>;
  readonly limits: FileLimits;
}

/**
 * Shows the files of what an agent said on the ticket in the thread, each once, and takes those away again that are no
 * longer there.
 */
export function createShareFiles(deps: ShareFilesDeps) {
  const { store, platforms } = deps;

  return async function shareFiles(turnId: string, again: boolean): Promise<void> {
    const { address, turn, conversationId } = await store.conversations.outgoing(turnId);
    // What was written in the triage channel has its files there.
    if (address === null || turn.personRef !== null) return;
    const known = await knownFiles(store, conversationId);
    const sharing = { address, platform: platformOf(platforms, address.platform), again, known };
    const { toRemove, toCarry } = unsettledFiles(turn);
    for (const index of toRemove) {
      const file = turn.files[index];
      if (file !== undefined) await remove({ file, shared: turn.mirroredFiles[index] }, sharing);
      await store.conversations.recordFile(turnId, { index, mirrored: '' });
    }
    for (const index of toCarry) {
      const file = turn.files[index];
      const mirrored = file === undefined ? null : await share(file, sharing, deps);
      known.push(mirrored ?? '');
      await store.conversations.recordFile(turnId, { index, mirrored: mirrored ?? '' });
    }
  };
}

interface Sharing {
  readonly address: Address;
  readonly platform: ChatPlatform;
  readonly again: boolean;
  /** Files that are noted as shown. */
  readonly known: readonly string[];
}

/** Also what an earlier attempt may have left there. */
async function remove(
  { file, shared }: { file: SharedFile; shared: string | undefined },
  { address, platform, again, known }: Sharing,
): Promise<void> {
  const there = shared ?? (again ? await platform.findFile(address, { file, known }) : null);
  if (there !== null) await platform.removeFile(there);
}

/** Null: it is refused, or gone from the ticket. */
async function share(
  file: SharedFile,
  { address, platform, again, known }: Sharing,
  { ticketing, limits }: ShareFilesDeps,
): Promise<string | null> {
  const content = refusalOf(file, limits) === null ? await ticketing.openFile(file) : null;
  return content === null ? null : platform.shareFile(address, { file, content, again, known });
}

async function knownFiles({ conversations }: Store, conversationId: string): Promise<string[]> {
  const { turns } = await conversations.load(conversationId);
  return turns.flatMap(({ mirroredFiles }) => Object.values(mirroredFiles));
}
