import type { Address, SharedFile, Turn } from '#domain/conversation.ts';
import { refusalOf, type FileLimits, threadKeyOf, unsettledInThread } from '#domain/mirrored-file.ts';
import type { ChatPlatform } from '#chat-ports.ts';
import type { Store } from '#ports.ts';
import type { FileStream, Ticketing } from '#ticket-ports.ts';
import { type ChatPlatforms, homeOf, platformOf } from './people.ts';

export interface ShareFilesDeps {
  readonly store: Store;
  readonly platforms: ChatPlatforms;
  readonly ticketing: Pick<Ticketing, 'openFile'>;
  readonly limits: FileLimits;
}

/**
 * Shows the files of what an agent said, on the ticket or in the triage channel, in the thread, each once, and takes
 * those away again that are no longer there.
 */
export function createShareFiles(deps: ShareFilesDeps) {
  const { store, platforms } = deps;

  return async function shareFiles(turnId: string, again: boolean): Promise<void> {
    const { address, turn, conversationId } = await store.conversations.outgoing(turnId);
    if (address === null) return;
    const known = await knownFiles(store, conversationId);
    const platform = platformOf(platforms, address.platform);
    const open = openerOf(turn, deps);
    const sharing = { address, platform, again, known, open };
    const { toRemove, toCarry } = unsettledInThread(turn);
    for (const index of toRemove) {
      const file = turn.files[index];
      const key = threadKeyOf(turn, index);
      if (file !== undefined) await remove({ file, shared: turn.mirroredFiles[key] }, sharing);
      await store.conversations.recordFile(turnId, { index: key, mirrored: '' });
    }
    for (const index of toCarry) {
      const file = turn.files[index];
      const mirrored = file === undefined ? null : await share(file, sharing, deps.limits);
      known.push(mirrored ?? '');
      await store.conversations.recordFile(turnId, { index: threadKeyOf(turn, index), mirrored: mirrored ?? '' });
    }
  };
}

interface Sharing {
  readonly address: Address;
  readonly platform: ChatPlatform;
  readonly again: boolean;
  /** Files that are noted as shown. */
  readonly known: readonly string[];
  readonly open: Opener;
}
type Opener = (file: SharedFile) => Promise<FileStream | null>;

/** Files come from where the agent wrote. */
function openerOf({ personRef }: Turn, { platforms, ticketing }: ShareFilesDeps): Opener {
  if (personRef === null) return (file) => ticketing.openFile(file);
  return (file) => homeOf(platforms, personRef).openFile(file);
}

/** Also what an earlier attempt may have left there. */
async function remove(
  { file, shared }: { file: SharedFile; shared: string | undefined },
  { address, platform, again, known }: Sharing,
): Promise<void> {
  const there = shared ?? (again ? await platform.findFile(address, { file, known }) : null);
  if (there !== null) await platform.removeFile(there);
}

/** Null: it is refused, or gone from where it was. */
async function share(
  file: SharedFile,
  { address, platform, again, known, open }: Sharing,
  limits: FileLimits,
): Promise<string | null> {
  const content = refusalOf(file, limits) === null ? await open(file) : null;
  return content === null ? null : platform.shareFile(address, { file, content, again, known });
}

async function knownFiles({ conversations }: Store, conversationId: string): Promise<string[]> {
  const { turns } = await conversations.load(conversationId);
  return turns.flatMap(({ mirroredFiles }) => Object.values(mirroredFiles));
}
