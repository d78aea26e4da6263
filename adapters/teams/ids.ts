import { type Ids, shortId } from '../chat/hands.ts';

/** What Teams is called in the log. */
export const platform = 'Teams';

/** What a delivery may be called by in the log: types and ids, of whatever shape it is. */
export function idsOf(body: unknown): Ids {
  const { type, id, name, conversation } = Object(body) as Readonly<Record<string, unknown>>;
  const { id: chat } = Object(conversation) as { readonly id?: unknown };
  return { type: shortId(type), activityId: shortId(id), name: shortId(name), chat: shortId(chat) };
}
