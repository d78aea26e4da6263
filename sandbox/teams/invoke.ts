import { baseActivity, eventId } from './activity.ts';
import type { Reception } from './app-link.ts';
import type { Json, Shown } from './contract.ts';
import type { Core } from './core.ts';
import { readJson } from './json.ts';
import type { Chat, Kept } from './world.ts';

export interface Invoke {
  readonly chat: Chat;
  readonly as: string;
  /** The message that it was pressed on. */
  readonly kept: Kept;
  readonly name: string;
  readonly value: Json;
}

export interface Invoked extends Reception {
  /** The answer's JSON; null: none. */
  readonly answer: Json | null;
}

export const nothing: Shown = { kind: 'nothing' };

/**
 * Asks the app while somebody waits. Never repeated.
 * https://github.com/microsoft/botframework-sdk/blob/main/specs/botframework-activity/botframework-activity.md#invoke-activity
 */
export function createInvoke(core: Core): (invoke: Invoke) => Promise<Invoked> {
  return async ({ chat, as, kept, name, value }) => {
    if (!core.isInstalled(chat)) return { status: 403, body: '', answer: null };
    const root = kept.threadId ?? kept.id;
    const base = baseActivity({ ...core, team: core.world.team, chat, as: core.directory.person(as), root });
    const reception = await core.link.send({
      ...base,
      type: 'invoke',
      name,
      id: eventId(),
      value,
      // of a message action only its payload tells which message it is about
      ...(name.startsWith('composeExtension/') ? {} : { replyToId: kept.id }),
      channelData: { ...(base['channelData'] as Json), source: { name: 'message' } },
    });
    return { ...reception, answer: readJson(reception.body) };
  };
}

/** `otherwise`: when the app says that all is well, and it is not. No answer at all is a gateway's time-out. */
export function failed({ status }: Reception, otherwise: number): Shown {
  if (status === null) return { kind: 'error', status: 504 };
  return { kind: 'error', status: status === 200 ? otherwise : status };
}
