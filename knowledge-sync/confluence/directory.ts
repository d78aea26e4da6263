import type { Clock } from '#ports.ts';
import type { Naming, Principal } from './audience.ts';
import type { GroupRef, Restriction } from './restriction.ts';
import type { UserAnswer } from './schema.ts';
import type { Site } from './site.ts';

/** People and groups of the site, remembered for a while: a person's address and a group's name seldom change. */
export interface Directory extends Naming {
  /** Asks for those that are not known yet, so that they can be named. */
  learn(asked: { accountIds: Iterable<string>; groups: Iterable<GroupRef> }): Promise<void>;
  /** Null: there is none that we may see. */
  displayName(accountId: string): string | null;
}

interface KnownPerson {
  readonly email: string | null;
  readonly name: string | null;
  readonly at: number;
}

const rememberedMs = 60 * 60_000;

export function createDirectory(site: Site, options: { everyoneGroups: readonly string[]; clock: Clock }): Directory {
  const { everyoneGroups, clock } = options;
  const people = new Map<string, KnownPerson>();
  const groups = new Map<string, { name: string; at: number }>();
  const isKnown = (at: number | undefined) => at !== undefined && clock().getTime() - at < rememberedMs;

  async function learnPeople(accountIds: Iterable<string>): Promise<void> {
    const unknown = [...new Set(accountIds)].filter((id) => !isKnown(people.get(id)?.at));
    if (unknown.length === 0) return;
    const at = clock().getTime();
    const found = new Map((await site.users(unknown)).map((user) => [user.accountId ?? '', user]));
    for (const id of unknown) people.set(id, { ...known(found.get(id)), at });
  }

  async function learnGroup({ id, name }: GroupRef): Promise<void> {
    if (id === null || isKnown(groups.get(id)?.at)) return;
    const at = clock().getTime();
    groups.set(id, { name: name ?? (await site.groupName(id)) ?? id, at });
  }

  return {
    everyoneGroups: new Set(everyoneGroups),
    email: (accountId) => people.get(accountId)?.email ?? null,
    group: ({ id, name }) => (id === null ? undefined : groups.get(id)?.name) ?? name ?? id ?? '',
    displayName: (accountId) => people.get(accountId)?.name ?? null,
    async learn({ accountIds, groups: asked }) {
      // those that come with their name first: they need not be asked for
      const refs = [...asked].toSorted((a, b) => Number(a.name === null) - Number(b.name === null));
      await Promise.all([learnPeople(accountIds), ...refs.map(learnGroup)]);
    },
  };
}

/** An account that is closed reads no more. What is hidden is an empty text. */
function known(user: UserAnswer | undefined): Pick<KnownPerson, 'email' | 'name'> {
  const { email, displayName, publicName, accountStatus } = user ?? {};
  const isClosed = accountStatus === 'inactive' || accountStatus === 'closed';
  return { email: isClosed ? null : email?.toLowerCase() || null, name: displayName || publicName || null };
}

/** Everybody and every group that is named. */
export function namedIn(space: readonly Principal[], restrictions: Iterable<Restriction>) {
  const accountIds = new Set<string>();
  const groups: GroupRef[] = [];
  for (const principal of space) {
    if (principal.kind === 'person') accountIds.add(principal.accountId);
    if (principal.kind === 'group') groups.push(principal.group);
  }
  for (const restriction of restrictions) {
    if (typeof restriction === 'string') continue;
    for (const id of restriction.accountIds) accountIds.add(id);
    groups.push(...restriction.groups);
  }
  return { accountIds, groups };
}
