import { shownEmail } from '../accounts.ts';
import type { Api } from '../api.ts';
import type { Account, Group } from '../model.ts';

/** The schema User. An address that is hidden is an empty text. */
export function userBean(account: Account, { settings, baseUrl }: Api) {
  const { accountId, displayName, isGuest } = account;
  return {
    type: 'known',
    accountId,
    accountType: 'atlassian',
    email: shownEmail(account, settings),
    publicName: displayName,
    displayName,
    timeZone: settings.timeZone,
    profilePicture: { path: '/wiki/aa-avatar/default', width: 48, height: 48, isDefault: true },
    isExternalCollaborator: isGuest,
    _expandable: { operations: '', personalSpace: '' },
    _links: { self: `${baseUrl()}/rest/api/user?accountId=${accountId}` },
  };
}

export function groupBean({ id, name }: Group, { baseUrl }: Pick<Api, 'baseUrl'>) {
  return { type: 'group', name, id, _links: { self: `${baseUrl()}/rest/api/group/by-id?id=${id}` } };
}
