import type { Json, TeamsPerson } from './contract.ts';
import { aadIdOf, tenantId, userIdOf } from './ids.ts';

/** People by the ids of both sides. */
export interface Directory {
  readonly people: readonly TeamsPerson[];
  /** @throws Error when nobody is called so. */
  person(slackId: string): TeamsPerson;
  /** By `29:…` or the Entra object id. */
  byTeamsId(id: string): TeamsPerson | null;
}

export function createDirectory(people: readonly TeamsPerson[]): Directory {
  const byName = new Map(people.map((person) => [person.slackId, person]));
  const byId = new Map(
    people.flatMap((person) => [userIdOf(person.slackId), aadIdOf(person.slackId)].map((id) => [id, person])),
  );
  return {
    people,
    person(slackId) {
      const found = byName.get(slackId);
      if (found === undefined) throw new Error(`sandbox teams: nobody is called ${slackId}`);
      return found;
    },
    byTeamsId: (id) => byId.get(id) ?? null,
  };
}

/**
 * As the connector tells of a member. `objectId` is what Teams' own API calls it, `aadObjectId` the Bot Framework's.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/get-teams-context
 */
export function memberJson({ slackId, name, email, guest }: TeamsPerson): Json {
  const [givenName = name, ...rest] = name.split(' ');
  const aadObjectId = aadIdOf(slackId);
  return {
    id: userIdOf(slackId),
    name,
    aadObjectId,
    objectId: aadObjectId,
    givenName,
    surname: rest.join(' '),
    email,
    userPrincipalName: guest === true ? `${email.replace('@', '_')}#EXT#@sandbox.onmicrosoft.com` : email,
    tenantId,
    userRole: guest === true ? 'guest' : 'user',
  };
}
