import type { Group } from '#domain/knowledge.ts';
import { RemoteError } from '#errors.ts';
import type { Log } from '#ports.ts';
import type { Directory } from './directory.ts';
import type { GroupRef } from './restriction.ts';
import type { UserAnswer } from './schema.ts';
import type { Site } from './site.ts';

export interface GroupsDeps {
  readonly site: Site;
  readonly directory: Directory;
  readonly log: Log;
  /** By settings; no page needs to name them. */
  readonly namedGroups: readonly string[];
}

/**
 * Groups with their members' addresses: those that pages name, and those that settings name. A group that every employee
 * is in needs no members for pages, only for settings; one that we may not see has none.
 */
export function createGroups(deps: GroupsDeps): (refs: readonly GroupRef[]) => Promise<readonly Group[]> {
  const { site, directory, log } = deps;
  const named = new Set(deps.namedGroups);
  /** Told once: settings do not change while we run. */
  const missing = new Set<string>();

  async function ofPage(name: string, id: string | null): Promise<Group> {
    const emails = id === null ? [] : await emailsOf(site.members(id));
    if (emails === null) log.warn('the members of a group cannot be seen: nobody reads by it', { groupId: id });
    return { name, emails: emails ?? [] };
  }

  async function ofSetting(name: string): Promise<Group> {
    const emails = await emailsOf(site.membersOfNamed(name));
    if (emails === null && !missing.has(name)) {
      missing.add(name);
      log.warn('a group that a setting names does not exist in Confluence, or cannot be seen: nobody reads by it', {
        group: name,
      });
    }
    return { name, emails: emails ?? [] };
  }

  return async (refs) => {
    const { everyoneGroups } = directory;
    const byName = new Map(refs.map((ref) => [directory.group(ref), ref.id]));
    const asked = [...byName].filter(([name, id]) => {
      return !named.has(name) && !everyoneGroups.has(name) && !everyoneGroups.has(id ?? name);
    });
    return await Promise.all([...asked.map(([name, id]) => ofPage(name, id)), ...Array.from(named, ofSetting)]);
  };
}

/** Null when there is no such group, or our account may not see it. */
async function emailsOf(members: AsyncIterable<UserAnswer>): Promise<readonly string[] | null> {
  const emails = new Set<string>();
  try {
    for await (const { email } of members) if (email) emails.add(email.toLowerCase());
  } catch (error) {
    if (error instanceof RemoteError && 'status' in error && [403, 404].includes(Number(error.status))) return null;
    throw error;
  }
  return [...emails].toSorted();
}
