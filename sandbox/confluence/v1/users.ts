import type { Handler } from '../api.ts';
import { badRequest, v1NotFound } from '../refusal.ts';
import { siteLinks } from './beans.ts';
import { userBean } from './people-beans.ts';

const maxUsers = 200;

/** https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-users/ */
export const getUser: Handler = ({ call }, api) => {
  const accountId = call.query.get('accountId');
  if (accountId === null) throw badRequest('accountId is required');
  const account = api.accounts.byId(accountId);
  if (account === null) throw v1NotFound(`No user found with key : ${accountId}`);
  return { status: 200, body: userBean(account, api) };
};

/** Of more than 200 the first 200; one that is not known is left out. */
export const getUsers: Handler = ({ call }, api) => {
  const ids = call.query.getAll('accountId').flatMap((value) => value.split(','));
  if (ids.length === 0) throw badRequest('accountId is required');
  const found = ids.slice(0, maxUsers).flatMap((id) => api.accounts.byId(id) ?? []);
  const results = found.map((account) => userBean(account, api));
  const page = { results, start: 0, limit: maxUsers, size: results.length };
  return { status: 200, body: { ...page, _links: siteLinks(api) } };
};

export const currentUser: Handler = ({ actor }, api) => ({ status: 200, body: userBean(actor, api) });
