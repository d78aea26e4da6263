import type { Answer } from '../http.ts';
import { type Api, idOf, type Request } from './api.ts';
import { listAnswer, wantedByQuery } from './lists.ts';
import type { Json, User } from './model.ts';
import { notFound } from './refusal.ts';
import { userAnswer } from './users.ts';

/** https://developers.notion.com/reference/get-self */
export function getSelf(_request: Request, api: Api): Answer {
  return { status: 200, body: shown(api.users.bot, api) };
}

/** https://developers.notion.com/reference/get-user */
export function getUser(request: Request, api: Api): Answer {
  const id = idOf(request, 'user_id');
  const user = api.users.find(id);
  if (user === null) throw notFound('user', id, api.integrationName);
  return { status: 200, body: shown(user, api) };
}

/** https://developers.notion.com/reference/get-users */
export function listUsers(request: Request, api: Api): Answer {
  const everybody = [...api.users.people, api.users.bot];
  const { items, nextCursor } = api.cursors.slice(everybody, 'users', wantedByQuery(request));
  return listAnswer(
    'user',
    items.map((user) => shown(user, api)),
    nextCursor,
  );
}

function shown(user: User, { store, workspaceName }: Api): Json {
  return userAnswer(user, { id: store.secrets.workspaceId, name: workspaceName });
}
