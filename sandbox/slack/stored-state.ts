import { isRecord } from './block-kit/shape.ts';
import { noEvents, type StoredEvents } from './ledger.ts';
import type { Message } from './messages.ts';
import type { View } from './views.ts';
import type { WorkspaceState } from './workspace.ts';

/** Messages that are put into words at a time: some milliseconds of work. */
const pieceLength = 500;

/** What the state file holds. */
export interface StoredState {
  readonly version: 1;
  readonly workspace: WorkspaceState;
  readonly homes: Readonly<Record<string, View>>;
  /** Left out in a state of a time when events did not outlive a restart. */
  readonly events?: StoredEvents;
}

/** The state as JSON text in pieces, the messages a few hundred at a time. */
export function* toPieces({ version, workspace, homes, events = noEvents }: StoredState): Generator<string> {
  const { messages, ...rest } = workspace;
  yield `{"version":${version},"homes":${JSON.stringify(homes)},"events":${JSON.stringify(events)},"workspace":${JSON.stringify(rest).slice(0, -1)},"messages":{`;
  let comma = '';
  for (const [channelId, list] of Object.entries(messages)) {
    yield `${comma}${JSON.stringify(channelId)}:[`;
    yield* listPieces(list);
    yield ']';
    comma = ',';
  }
  yield '}}}';
}

function* listPieces(list: readonly Message[]): Generator<string> {
  for (let start = 0; start < list.length; start += pieceLength) {
    const text = list
      .slice(start, start + pieceLength)
      .map((message) => JSON.stringify(message))
      .join(',');
    yield start === 0 ? text : `,${text}`;
  }
}

export function isStoredState(value: unknown): value is StoredState {
  if (!isRecord(value) || value['version'] !== 1 || !isRecord(value['homes'])) return false;
  const { workspace } = value;
  if (!isRecord(workspace) || typeof workspace['lastMicros'] !== 'number') return false;
  return Array.isArray(workspace['channels']) && isRecord(workspace['messages']) && isRecord(workspace['readMarks']);
}
