import { createStateFile } from '../vendor-state.ts';
import { createEntities, type Entities } from './entities.ts';
import type { Entity } from './model.ts';

/** Something of the workspace changed. `id` is of the page, database or data source that a person would name. */
export interface Change {
  readonly type: 'page' | 'database' | 'dataSource';
  readonly id: string;
}

/** Where events are sent. The token signs them. */
export interface Subscription {
  readonly id: string;
  readonly url: string;
  readonly verificationToken: string;
}

/** All that the workspace holds, and what is kept with it. */
export interface Store extends Entities {
  /** Tells the listeners. */
  announce(change: Change): void;
  readonly secrets: Secrets;
  subscriptions(): readonly Subscription[];
  setSubscriptions(subscriptions: readonly Subscription[]): void;
  on(listener: (change: Change) => void): () => void;
  flush(): void;
}

/** Made once for a workspace and kept with it. */
export interface Secrets {
  readonly token: string;
  readonly workspaceId: string;
  readonly integrationId: string;
}

interface StoreOptions {
  /** Where the state is kept; without it, it is not. */
  readonly statePath?: string | undefined;
  newSecrets(): Secrets;
}

interface State {
  readonly version: 1;
  readonly secrets: Secrets;
  readonly subscriptions: readonly Subscription[];
  readonly entities: readonly Entity[];
}

/** Starts from the state that was kept, else empty. */
export function createStore(options: StoreOptions): Store {
  const file = createStateFile(options.statePath, (): State => {
    return { version: 1, secrets, subscriptions, entities: entities.all() };
  });
  const kept = readState(file.read());
  const secrets = kept?.secrets ?? options.newSecrets();
  let subscriptions = kept?.subscriptions ?? [];
  const entities = createEntities(kept?.entities ?? [], () => file.changed());
  const listeners = new Set<(change: Change) => void>();
  file.changed();

  return {
    ...entities,
    announce(change) {
      for (const listener of listeners) listener(change);
    },
    secrets,
    subscriptions: () => subscriptions,
    setSubscriptions(next) {
      subscriptions = next;
      file.changed();
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    flush: () => file.flush(),
  };
}

/** A state of another version is left aside: it is a sandbox. */
function readState(kept: unknown): State | null {
  const isState = typeof kept === 'object' && kept !== null && 'version' in kept && kept.version === 1;
  return isState ? (kept as State) : null;
}
