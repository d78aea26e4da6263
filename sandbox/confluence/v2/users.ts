import { shownEmail } from '../accounts.ts';
import type { Handler } from '../api.ts';
import { v2Refusal } from '../refusal.ts';

/** https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-user/#api-users-bulk-post */
export const bulkUsers: Handler = ({ body }, { accounts, settings, baseUrl }) => {
  const found = idsOf(body).flatMap((id) => accounts.byId(id) ?? []);
  const results = found.map((account) => ({
    displayName: account.displayName,
    timeZone: settings.timeZone,
    personalSpaceId: null,
    isExternalCollaborator: account.isGuest,
    accountStatus: 'active',
    accountId: account.accountId,
    email: shownEmail(account, settings),
    accountType: 'atlassian',
    publicName: account.displayName,
    profilePicture: { path: '/wiki/aa-avatar/default', isDefault: true },
  }));
  return { status: 200, body: { results, _links: { base: baseUrl() } } };
};

/** @throws Refusal 400 when there are none, or more than 250. */
function idsOf(body: unknown): string[] {
  const ids = typeof body === 'object' && body !== null && 'accountIds' in body ? body.accountIds : null;
  const isList =
    Array.isArray(ids) && ids.length >= 1 && ids.length <= 250 && ids.every((id) => typeof id === 'string');
  if (isList) return [...new Set(ids)];
  throw v2Refusal(400, "Provided value for 'accountIds' is not the correct type. Expected 1 to 250 account ids.");
}
