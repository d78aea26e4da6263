import { timingSafeEqual } from 'node:crypto';
import type { Call } from '../http.ts';
import type { Api } from './api.ts';
import type { Account } from './model.ts';
import { notAuthenticated } from './refusal.ts';

/**
 * Who calls: basic authentication with the address of any account and the one token of the site.
 * https://developer.atlassian.com/cloud/jira/platform/basic-auth-for-rest-apis/
 *
 * @throws Refusal 401.
 */
export function authenticate({ headers }: Call, { site, store }: Api): Account {
  const encoded = /^Basic (.+)$/i.exec(headers.authorization ?? '')?.[1];
  if (encoded === undefined) throw notAuthenticated();
  const credentials = Buffer.from(encoded, 'base64').toString();
  const colon = credentials.indexOf(':');
  const account = site.accounts.byEmail(credentials.slice(0, colon));
  // customers have a portal, and no API token
  if (account === null || account.isCustomer === true || !isSame(credentials.slice(colon + 1), store.secret))
    throw notAuthenticated();
  return account;
}

function isSame(given: string, secret: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}
