import { timingSafeEqual } from 'node:crypto';
import type { Call } from '../http.ts';
import type { Api } from './api.ts';
import type { Account } from './model.ts';

/**
 * Who calls: basic authentication with the address of any account and the one token of the site; null for nobody.
 * https://developer.atlassian.com/cloud/confluence/basic-auth-for-rest-apis/
 */
export function authenticate({ headers }: Call, { accounts, store }: Api): Account | null {
  const encoded = /^Basic (.+)$/i.exec(headers.authorization ?? '')?.[1];
  if (encoded === undefined) return null;
  const credentials = Buffer.from(encoded, 'base64').toString();
  const colon = credentials.indexOf(':');
  const account = accounts.byEmail(credentials.slice(0, colon));
  return account !== null && isSame(credentials.slice(colon + 1), store.secret) ? account : null;
}

function isSame(given: string, secret: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(secret)];
  return a.length === b.length && timingSafeEqual(a, b);
}
