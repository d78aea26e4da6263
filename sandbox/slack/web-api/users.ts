import { ApiError } from '../api-error.ts';
import type { Arguments } from './arguments.ts';
import { page, type Backend, type Methods } from './backend.ts';

/** Methods of https://docs.slack.dev/reference/methods?family=users; an e-mail address is shown with users:read.email only. */
export const users: Methods = {
  'users.info': { scopes: ['users:read'], run: info },
  'users.list': { scopes: ['users:read'], run: list },
  'users.lookupByEmail': { scopes: ['users:read.email'], run: lookupByEmail },
};

function withEmail({ scopes }: Backend): boolean {
  return scopes.includes('users:read.email');
}

function info(args: Arguments, backend: Backend) {
  const user = backend.workspace.roster.user(args.required('user'), withEmail(backend));
  if (user === null) throw new ApiError('user_not_found');
  return { user: args.flag('include_locale') ? { ...user, locale: 'en-US' } : user };
}

function list(args: Arguments, backend: Backend) {
  const { roster } = backend.workspace;
  const ids = [...roster.people.map((person) => person.slackId), backend.installation.botUserId];
  const { items, metadata } = page(ids, args, { max: 1000, otherwise: 1000 });
  return {
    members: items.map((id) => roster.user(id, withEmail(backend))),
    cache_ts: Math.floor(Date.now() / 1000),
    response_metadata: metadata,
  };
}

function lookupByEmail(args: Arguments, backend: Backend) {
  const { roster } = backend.workspace;
  const person = roster.byEmail(args.required('email'));
  if (person === null || person.foreignTeamId !== undefined) throw new ApiError('users_not_found');
  return { user: roster.user(person.slackId, withEmail(backend)) };
}
