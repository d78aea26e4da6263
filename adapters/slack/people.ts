import type { webApi } from '@slack/bolt';
import type { Person } from '#domain/conversation.ts';
import type { ChatPlatform } from '#chat-ports.ts';
import type { Log } from '#ports.ts';
import { withoutInvisible } from '../chat/clean-text.ts';
import { call, expecting, incomplete } from './call.ts';
import { fromAddress, fromPersonRef, personRef } from './events.ts';
import type { Identity } from './identity.ts';
import { errorCode, neededScopes } from './remote-error.ts';

export type SlackPeople = Pick<ChatPlatform, 'person' | 'personByEmail' | 'members'>;

/** A channel with more accounts than this is taken for one that anybody may be in. */
const mostMembers = 100;
/** Slack may give fewer than it is asked for, and then goes on on the next page. */
const mostPages = 20;

/** Slack's own account, which its `is_bot` does not tell. https://docs.slack.dev/reference/objects/user-object */
const slackbot = 'USLACKBOT';

/** Who people are, and who of them reads along. */
export function createPeople(
  client: webApi.WebClient,
  { identify, log }: { identify: () => Promise<Identity>; log: Log },
): SlackPeople {
  const warn = warnOnce(log);
  return {
    person: async (ref) => person(client, ref, await identify()),
    personByEmail: async (email) => personByEmail(client, email, await identify()),
    members: async (address) => members(client, fromAddress(address).channel, { own: await identify(), warn }),
  };
}

/**
 * Somebody whom Slack does not let us see, or does not know, is an outsider without an address: they are entitled to
 * nothing, and the conversation goes on.
 */
async function person(client: webApi.WebClient, ref: string, own: Identity): Promise<Person> {
  const { team, user: id } = fromPersonRef(ref);
  const answer = await call('users.info', () =>
    client.users
      .info({ user: id })
      .catch((error: unknown) => expecting(error, ['user_not_found', 'users_not_found', 'user_not_visible'], null)),
  );
  if (answer === null) return { ref, name: 'Unknown person', email: null, outsider: true, bot: false };
  if (answer.user === undefined) throw incomplete('users.info');
  return toPerson(answer.user, { ref, team, own });
}

/** https://docs.slack.dev/reference/methods/users.lookupByEmail */
async function personByEmail(client: webApi.WebClient, email: string, own: Identity): Promise<Person | null> {
  const answer = await call('users.lookupByEmail', () =>
    client.users.lookupByEmail({ email }).catch((error: unknown) => expecting(error, ['users_not_found'], null)),
  );
  if (answer === null) return null;
  const { user } = answer;
  if (user?.id === undefined) throw incomplete('users.lookupByEmail');
  const team = user.team_id ?? own.teamId;
  return toPerson(user, { ref: personRef(team, user.id), team, own });
}

type User = NonNullable<webApi.UsersInfoResponse['user']>;

function toPerson(user: User, { ref, team, own }: { ref: string; team: string; own: Identity }): Person {
  return {
    ref,
    name: nameOf(user),
    email: user.profile?.email?.trim() || null,
    outsider: isGuest(user) || !isColleague(user, team, own),
    bot: user.is_bot === true || user.deleted === true || user.id === slackbot,
  };
}

function nameOf({ profile, real_name: realName, name: handle }: User): string {
  const names = [profile?.display_name, profile?.real_name, realName, handle];
  return names.map((each) => withoutInvisible(each ?? '').trim()).find((each) => each !== '') ?? 'Unknown person';
}

function isGuest(user: User): boolean {
  return user.is_restricted === true || user.is_ultra_restricted === true || user.is_stranger === true;
}

/** Of our workspace, or of another one of our Enterprise organisation. */
function isColleague(user: User, team: string, own: Identity): boolean {
  if (own.enterpriseId !== null && user.enterprise_user?.enterprise_id === own.enterpriseId) return true;
  return team === own.teamId && (user.team_id ?? own.teamId) === own.teamId;
}

/**
 * Whom Slack names as members, without us. They are named under our workspace, wherever they are from: `person` sees
 * who is of another one. https://docs.slack.dev/reference/methods/conversations.members
 */
async function members(
  client: webApi.WebClient,
  channel: string,
  { own, warn }: { own: Identity; warn: (scopes: string) => void },
): Promise<readonly string[] | null> {
  const ids = new Set<string>();
  let cursor = '';
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await membersPage(client, { channel, cursor }, warn);
    if (answer === null) return null;
    for (const id of answer.members ?? []) if (id !== own.userId) ids.add(id);
    if (ids.size > mostMembers) return null;
    cursor = answer.response_metadata?.next_cursor ?? '';
    if (cursor === '') return Array.from(ids, (id) => personRef(own.teamId, id));
  }
  return null;
}

async function membersPage(
  client: webApi.WebClient,
  { channel, cursor }: { channel: string; cursor: string },
  warn: (scopes: string) => void,
): Promise<webApi.ConversationsMembersResponse | null> {
  const page = cursor === '' ? { channel } : { channel, cursor };
  return call('conversations.members', () =>
    client.conversations.members({ ...page, limit: 200 }).catch((error: unknown) => {
      if (errorCode(error) === 'missing_scope') warn(neededScopes(error) ?? 'channels:read, groups:read, mpim:read');
      return expecting(error, untold, null);
    }),
  );
}

/** With these Slack does not tell who reads along. It is no reason to leave the question without an answer. */
const untold = [
  'missing_scope',
  'channel_not_found',
  'not_in_channel',
  'fetch_members_failed',
  'method_not_supported_for_channel_type',
  'enterprise_is_restricted',
];

function warnOnce(log: Log): (scopes: string) => void {
  const warned = new Set<string>();
  return (scopes) => {
    if (warned.has(scopes)) return;
    warned.add(scopes);
    log.warn('slack: who reads along in a channel is not known; install the app again with the scope', { scopes });
  };
}
