import { ApiError } from './api-error.ts';
import { acceptView } from './block-kit/index.ts';
import type { Json } from './messages.ts';
import type { Installation } from './roster.ts';
import { newId, newSecret } from './signing.ts';

/** Modals that may lie upon each other. https://docs.slack.dev/surfaces/modals */
const maxStack = 3;

/** A view as the API shows it. https://docs.slack.dev/reference/views */
export type View = Json & { readonly id: string; readonly hash: string; readonly type: string };

export interface Found {
  readonly view: View;
  readonly userId: string;
}

/** The modals and Home tabs that the app has put before people. */
export interface Views extends Modals {
  /**
   * @throws ApiError `not_enabled` when the app has no Home tab, `hash_conflict` when another view is shown than the
   * one the hash is of.
   */
  publish(userId: string, view: unknown, hash: string | null): View;
  /** What the new view leaves out is not taken from the old one. @throws ApiError `hash_conflict`. */
  update(found: Found, view: unknown, hash: string | null): View;
  find(viewId: string): Found | null;
  findByExternalId(externalId: string): Found | null;
  home(userId: string): View | null;
  homes(): Readonly<Record<string, View>>;
  /** Told whose modal or Home tab has changed. */
  onChange(listener: (userId: string) => void): void;
}

interface Modals {
  /** The modal on top, or null. */
  modal(userId: string): View | null;
  /** All open modals, the one on top last. */
  stack(userId: string): readonly View[];
  /** Opens a modal in the place of all that are open, or upon them. @throws ApiError `push_limit_reached`. */
  open(userId: string, view: unknown, onto: 'new' | 'stack'): View;
  /** Closes this modal, or all of them. */
  close(userId: string, which: View | 'all'): void;
}

export interface ViewsSource {
  readonly installation: Installation;
  /** Home tabs by user. */
  readonly stored: Readonly<Record<string, View>>;
  /** Whether the app has a Home tab. */
  readonly hasHome: boolean;
}

export function createViews({ installation, stored, hasHome }: ViewsSource): Views {
  const homes = new Map(Object.entries(stored));
  const stacks = new Map<string, readonly View[]>();
  const listeners: ((userId: string) => void)[] = [];

  function setHome(userId: string, view: View): void {
    homes.set(userId, view);
    for (const listener of listeners) listener(userId);
  }
  function setStack(userId: string, stack: readonly View[]): void {
    stacks.set(userId, stack);
    for (const listener of listeners) listener(userId);
  }
  function findBy(fits: (view: View) => boolean): Found | null {
    const modals = [...stacks].flatMap(([userId, stack]) => stack.map((view) => ({ userId, view })));
    const tabs = Array.from(homes, ([userId, view]) => ({ userId, view }));
    return [...modals, ...tabs].find(({ view }) => fits(view)) ?? null;
  }

  return {
    ...createModals(installation, (userId) => stacks.get(userId) ?? [], setStack),
    find: (viewId) => findBy((view) => view.id === viewId),
    findByExternalId: (externalId) => findBy((view) => view['external_id'] === externalId),
    home: (userId) => homes.get(userId) ?? null,
    homes: () => Object.fromEntries(homes),
    onChange: (listener) => void listeners.push(listener),
    publish(userId, given, hash) {
      if (!hasHome) throw new ApiError('not_enabled');
      const old = homes.get(userId);
      if (old !== undefined) refuseStale(old, hash);
      const view = complete(acceptView(given, 'home'), installation, []);
      const kept = old === undefined ? view : { ...view, id: old.id, root_view_id: old.id };
      setHome(userId, kept);
      return kept;
    },
    update({ view: old, userId }, given, hash) {
      refuseStale(old, hash);
      const view = complete(acceptView(given, old.type === 'home' ? 'home' : 'modal'), installation, []);
      const { id, root_view_id, previous_view_id } = old;
      const fresh: View = { ...view, id, root_view_id, previous_view_id };
      if (old.type === 'home') setHome(userId, fresh);
      const stack = stacks.get(userId) ?? [];
      if (stack.some(({ id }) => id === old.id)) {
        setStack(
          userId,
          stack.map((view) => (view.id === old.id ? fresh : view)),
        );
      }
      return fresh;
    },
  };
}

function createModals(
  installation: Installation,
  stackOf: (userId: string) => readonly View[],
  setStack: (userId: string, stack: readonly View[]) => void,
): Modals {
  return {
    stack: stackOf,
    modal: (userId) => stackOf(userId).at(-1) ?? null,
    open(userId, given, onto) {
      const stack = onto === 'new' ? [] : stackOf(userId);
      if (stack.length >= maxStack) throw new ApiError('push_limit_reached');
      const view = complete(acceptView(given, 'modal'), installation, stack);
      setStack(userId, [...stack, view]);
      return view;
    },
    close(userId, which) {
      const left = which === 'all' ? [] : stackOf(userId).filter(({ id }) => id !== which.id);
      if (left.length < stackOf(userId).length) setStack(userId, left);
    },
  };
}

function refuseStale(shown: View, hash: string | null): void {
  if (hash !== null && hash !== shown.hash) throw new ApiError('hash_conflict');
}

/** @param below the modals that it lies upon. */
function complete(given: Json, { teamId, appId, botId }: Installation, below: readonly View[]): View {
  const id = newId('V0');
  return {
    close: null,
    submit: null,
    private_metadata: '',
    callback_id: '',
    clear_on_close: false,
    notify_on_close: false,
    external_id: '',
    ...given,
    id,
    team_id: teamId,
    type: String(given['type']),
    state: { values: {} },
    hash: newHash(),
    previous_view_id: below.at(-1)?.id ?? null,
    root_view_id: below[0]?.id ?? id,
    app_id: appId,
    app_installed_team_id: teamId,
    bot_id: botId,
  };
}

function newHash(): string {
  return `${Math.floor(Date.now() / 1000)}.${newSecret(4)}`;
}
