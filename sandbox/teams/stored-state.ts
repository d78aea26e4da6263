import type { StateFile } from '../vendor-state.ts';
import type { Outgoing } from './delivery.ts';
import type { StoredFiles } from './files.ts';
import type { StoredKey } from './keys.ts';
import type { StoredWorld } from './world.ts';

/** What the state file holds. */
export interface StoredState {
  readonly version: 1;
  readonly keys: readonly StoredKey[];
  readonly world: StoredWorld | null;
  readonly files: StoredFiles | null;
  readonly undelivered: readonly Outgoing[];
  readonly givenUp: readonly { readonly chat: string; readonly id: string }[];
}

const nothingYet: StoredState = { version: 1, keys: [], world: null, files: null, undelivered: [], givenUp: [] };

/** What was kept; nothing when there is none, or it is of another version. */
export function readState(file: StateFile): StoredState {
  const value = file.read();
  return isState(value) ? value : nothingYet;
}

function isState(value: unknown): value is StoredState {
  return typeof value === 'object' && value !== null && 'version' in value && value.version === 1 && 'world' in value;
}
