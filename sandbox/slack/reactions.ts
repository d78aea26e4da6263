import type { Message, Reaction } from './messages.ts';

/** Somebody's reaction, to be added or taken back. `name` without colons. */
export interface ReactionWish {
  readonly user: string;
  readonly name: string;
  readonly on: boolean;
}

/** The name of an emoji as the API takes it, perhaps with a skin tone: `thumbsup::skin-tone-3`. */
export function isReactionName(name: string): boolean {
  return /^[a-z0-9_+'-]{1,100}(::skin-tone-[2-6])?$/.test(name);
}

/** The message with the reaction added or taken back, in the order in which they were first added; null when it is so already. */
export function withReaction(message: Message, { user, name, on }: ReactionWish): Message | null {
  const before = message.reactions ?? [];
  const users = before.find((one) => one.name === name)?.users ?? [];
  if (users.includes(user) === on) return null;
  const after = on ? [...users, user] : users.filter((one) => one !== user);
  const changed: Reaction = { name, users: after, count: after.length };
  const isNew = users.length === 0;
  const all = isNew ? [...before, changed] : before.map((one) => (one.name === name ? changed : one));
  const reactions = all.filter((one) => one.count > 0);
  if (reactions.length > 0) return { ...message, reactions };
  const { reactions: _none, ...bare } = message;
  return bare;
}
