import { idFrom } from './ids.ts';
import type { Json, User } from './model.ts';

export interface Person {
  readonly name: string;
  readonly email: string;
}

/** Everybody of the workspace, and the bot that the integration acts as. */
export interface Users {
  readonly bot: User;
  readonly people: readonly User[];
  find(id: string): User | null;
  /** By e-mail address, in any case. */
  byEmail(email: string): User | null;
  /** Who writes when nobody is named: the first of the people, else the bot. */
  readonly author: User;
}

export function createUsers(people: readonly Person[], botName: string): Users {
  const members = people.map(({ name, email }) => ({ id: idFrom('user', email.toLowerCase()), name, email }));
  const bot = { id: idFrom('bot', botName), name: botName, email: null };
  const byId = new Map([...members, bot].map((user): [string, User] => [user.id, user]));
  return {
    bot,
    people: members,
    find: (id) => byId.get(id) ?? null,
    byEmail: (email) => members.find((user) => user.email.toLowerCase() === email.toLowerCase()) ?? null,
    author: members[0] ?? bot,
  };
}

/** https://developers.notion.com/reference/user */
export function userAnswer({ id, name, email }: User, workspace: { id: string; name: string }): Json {
  const common = { object: 'user', id, name, avatar_url: null };
  if (email !== null) return { ...common, type: 'person', person: { email } };
  const bot = {
    owner: { type: 'workspace', workspace: true },
    workspace_id: workspace.id,
    workspace_limits: { max_file_upload_size_in_bytes: 5_242_880 },
    workspace_name: workspace.name,
  };
  return { ...common, type: 'bot', bot };
}

export function partialUser(id: string): Json {
  return { object: 'user', id };
}
