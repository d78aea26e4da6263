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
  /** @throws ApiError `hash_conflict` when another view is shown than the one the hash is of. */
  publish(userId: string, view: unknown, hash: string | null): View;
  /** @throws ApiError `hash_conflict`. */
  update(found: Found, view: unknown, hash: string | null): View;
  find(viewId: string): Found | null;
  findByExternalId(externalId: string): Found | null;
  home(userId: string): View | null;
  homes(): Readonly<Record<string, View>>;
}

interface Modals {
  /** The modal on top, or null. */
  modal(userId: string): View | null;
  /** Opens a modal in the place of all that are open, or upon them. @throws ApiError `push_limit_reached`. */
  open(userId: string, view: unknown, onto: 'new' | 'stack'): View;
  close(userId: string, all: boolean): void;
}

export function createViews(installation: Installation, stored: Readonly<Record<string, View>>): Views {
  const homes = new Map(Object.entries(stored));
  const stacks = new Map<string, readonly View[]>();

  function findBy(fits: (view: View) => boolean): Found | null {
    const modals = [...stacks].flatMap(([userId, stack]) => stack.map((view) => ({ userId, view })));
    const tabs = Array.from(homes, ([userId, view]) => ({ userId, view }));
    return [...modals, ...tabs].find(({ view }) => fits(view)) ?? null;
  }

  return {
    ...createModals(installation, stacks),
    find: (viewId) => findBy((view) => view.id === viewId),
    findByExternalId: (externalId) => findBy((view) => view['external_id'] === externalId),
    home: (userId) => homes.get(userId) ?? null,
    homes: () => Object.fromEntries(homes),
    publish(userId, given, hash) {
      const old = homes.get(userId);
      if (old !== undefined) refuseStale(old, hash);
      const view = complete(acceptView(given, 'home'), installation, []);
      const kept = old === undefined ? view : { ...view, id: old.id, root_view_id: old.id };
      homes.set(userId, kept);
      return kept;
    },
    update({ view: old, userId }, given, hash) {
      refuseStale(old, hash);
      const fresh = { ...old, ...acceptView(given, old.type === 'home' ? 'home' : 'modal'), hash: newHash() };
      if (old.type === 'home') homes.set(userId, fresh);
      const stack = stacks.get(userId) ?? [];
      stacks.set(
        userId,
        stack.map((view) => (view.id === old.id ? fresh : view)),
      );
      return fresh;
    },
  };
}

function createModals(installation: Installation, stacks: Map<string, readonly View[]>): Modals {
  return {
    modal: (userId) => stacks.get(userId)?.at(-1) ?? null,
    open(userId, given, onto) {
      const stack = onto === 'new' ? [] : (stacks.get(userId) ?? []);
      if (stack.length >= maxStack) throw new ApiError('push_limit_reached');
      const view = complete(acceptView(given, 'modal'), installation, stack);
      stacks.set(userId, [...stack, view]);
      return view;
    },
    close(userId, all) {
      const left = all ? [] : (stacks.get(userId) ?? []).slice(0, -1);
      stacks.set(userId, left);
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
