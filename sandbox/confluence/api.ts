import type { Answer, Call } from '../http.ts';
import type { Accounts } from './accounts.ts';
import type { Account, Settings, Space } from './model.ts';
import { v2NotFound } from './refusal.ts';
import type { Store } from './store.ts';
import type { View } from './tree.ts';

/** What the routes stand on. */
export interface Api {
  readonly store: Store;
  readonly accounts: Accounts;
  readonly settings: Settings;
  /** The server's own address, with `/wiki`. */
  readonly baseUrl: () => string;
  readonly now: () => Date;
}

export interface Request {
  readonly call: Call;
  /** The parts of the path that the route names. */
  readonly params: Readonly<Record<string, string>>;
  /** The JSON that was sent; null for none. */
  readonly body: unknown;
  readonly actor: Account;
  /** What the actor may view. */
  readonly view: View;
}

export type Handler = (request: Request, api: Api) => Answer;

/** A comma-separated parameter, which may also come several times. */
export function listParam({ call }: Request, name: string): string[] {
  return call.query
    .getAll(name)
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

/** The space that the path names by its id. @throws Refusal 404. */
export function v2SpaceOf({ params, view }: Request, { store }: Api): Space {
  const space = store.space(params.space ?? '');
  if (space === null || space.id !== params.space || !view.space(space)) throw v2NotFound();
  return space;
}
