/** A person as the sample company describes them. Their Slack id is theirs for good, so that stored state stays true. */
export interface PersonSeed {
  readonly slackId: string;
  readonly name: string;
  readonly email: string;
  readonly title?: string;
  readonly team?: string;
  readonly role?: string;
  readonly office?: string;
  /** IANA name; Europe/Amsterdam if not set. */
  readonly timezone?: string;
  /** A guest of the workspace (is_restricted). */
  readonly guest?: boolean;
  /** Set for someone of another company, met in a shared channel: their workspace's id. */
  readonly foreignTeamId?: string;
}

/** A channel as the sample company describes it. */
export interface ChannelSeed {
  /** Made from the name if not set. */
  readonly id?: string;
  readonly name: string;
  readonly topic?: string;
  readonly private?: boolean;
  /** Slack ids; everybody of the workspace if not set. */
  readonly members?: 'all' | readonly string[];
  /** Whether the app has been invited. True if not set. */
  readonly hasApp?: boolean;
  /** Shared with another company (Slack Connect). */
  readonly isExtShared?: boolean;
  readonly isArchived?: boolean;
}

/** The ids of the workspace and of the one app that is installed in it. */
export interface Installation {
  readonly teamId: string;
  readonly teamName: string;
  readonly domain: string;
  readonly appId: string;
  readonly appName: string;
  readonly botId: string;
  readonly botUserId: string;
}

export interface Roster {
  readonly people: readonly PersonSeed[];
  person(userId: string): PersonSeed | null;
  /** The user object as users.info gives it, or null. https://docs.slack.dev/reference/objects/user-object */
  user(userId: string, withEmail: boolean): Record<string, unknown> | null;
  byEmail(email: string): PersonSeed | null;
  /** The name the person goes by in front of `@`; null for a stranger. */
  displayName(userId: string): string | null;
  handle(userId: string): string;
}

/** The people of the workspace, with the app's bot user among them. */
export function createRoster(people: readonly PersonSeed[], installation: Installation): Roster {
  const byId = new Map(people.map((person) => [person.slackId, person]));
  const { botUserId, appName } = installation;
  return {
    people,
    person: (userId) => byId.get(userId) ?? null,
    user(userId, withEmail) {
      if (userId === botUserId) return botUser(installation);
      const person = byId.get(userId);
      return person === undefined ? null : userObject(person, installation, withEmail);
    },
    byEmail: (email) => people.find((person) => person.email.toLowerCase() === email.toLowerCase()) ?? null,
    displayName: (userId) => (userId === botUserId ? appName : (byId.get(userId)?.name ?? null)),
    handle(userId) {
      const person = byId.get(userId);
      return person === undefined ? handleOf(appName) : handleOf(person.name);
    },
  };
}

function userObject(person: PersonSeed, installation: Installation, withEmail: boolean): Record<string, unknown> {
  const foreign = person.foreignTeamId !== undefined;
  const timeZone = person.timezone ?? 'Europe/Amsterdam';
  return {
    id: person.slackId,
    team_id: person.foreignTeamId ?? installation.teamId,
    name: handleOf(person.name),
    deleted: false,
    color: '9f69e7',
    real_name: person.name,
    tz: timeZone,
    tz_label: timeZone,
    tz_offset: offsetSeconds(timeZone, new Date()),
    profile: profileOf(person, installation, withEmail && !foreign),
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: person.guest ?? false,
    is_ultra_restricted: false,
    is_bot: false,
    is_app_user: false,
    ...(foreign ? { is_stranger: true } : {}),
    updated: 1_767_225_600,
    is_email_confirmed: true,
    who_can_share_contact_card: 'EVERYONE',
  };
}

function profileOf(person: PersonSeed, installation: Installation, withEmail: boolean): Record<string, unknown> {
  const [first = '', ...rest] = person.name.split(' ');
  return {
    title: person.title ?? '',
    phone: '',
    skype: '',
    real_name: person.name,
    real_name_normalized: person.name.normalize('NFD').replaceAll(/\p{M}/gu, ''),
    display_name: person.name,
    display_name_normalized: person.name.normalize('NFD').replaceAll(/\p{M}/gu, ''),
    first_name: first,
    last_name: rest.join(' '),
    fields: null,
    status_text: '',
    status_emoji: '',
    status_emoji_display_info: [],
    status_expiration: 0,
    avatar_hash: 'g0123456789a',
    ...(withEmail ? { email: person.email } : {}),
    team: person.foreignTeamId ?? installation.teamId,
  };
}

function botUser(installation: Installation): Record<string, unknown> {
  const { appName, appId, botId, botUserId, teamId } = installation;
  return {
    id: botUserId,
    team_id: teamId,
    name: handleOf(appName),
    deleted: false,
    real_name: appName,
    tz: 'America/Los_Angeles',
    tz_label: 'Pacific Standard Time',
    tz_offset: -28_800,
    profile: {
      title: '',
      real_name: appName,
      real_name_normalized: appName,
      display_name: '',
      display_name_normalized: '',
      api_app_id: appId,
      bot_id: botId,
      always_active: true,
      team: teamId,
    },
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: true,
    is_app_user: false,
    updated: 1_767_225_600,
  };
}

function handleOf(name: string): string {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '');
  return plain.toLowerCase().replaceAll(/[^a-z0-9]+/g, '.');
}

function offsetSeconds(timeZone: string, at: Date): number {
  const local = new Date(at.toLocaleString('en-US', { timeZone }));
  const utc = new Date(at.toLocaleString('en-US', { timeZone: 'UTC' }));
  return Math.round((local.getTime() - utc.getTime()) / 1000);
}
