import { RemoteError } from '#errors.ts';
import type { Clock, Log } from '#ports.ts';
import { type Principal, readingRoles, spaceReaders } from './audience.ts';
import type { Site } from './site.ts';

export interface ChosenSpace {
  readonly id: string;
  readonly key: string;
  readonly readers: readonly Principal[];
}

/** The spaces that the setting names, by id, and who may read them. */
export interface Spaces {
  /**
   * As they are now, or were `maxAgeMs` ago at most.
   * @throws RemoteError `unauthorized` when none of them can be seen: then our account is wrong, the pages are not gone.
   */
  chosen(maxAgeMs: number): Promise<ReadonlyMap<string, ChosenSpace>>;
}

export function createSpaces(site: Site, options: { keys: readonly string[]; clock: Clock; log: Log }): Spaces {
  const { keys, clock, log } = options;
  let latest: { readonly at: number; readonly spaces: Promise<ReadonlyMap<string, ChosenSpace>> } | null = null;

  async function ask(): Promise<ReadonlyMap<string, ChosenSpace>> {
    const wanted = new Set(keys.map((key) => key.toLowerCase()));
    const found = (await site.spaces(keys)).filter(({ key }) => wanted.delete(key.toLowerCase()));
    if (found.length === 0) {
      throw new RemoteError('Confluence', 'unauthorized', {
        message: `none of the spaces ${keys.join(', ')} can be seen; check CONFLUENCE_SPACES, and that the account of CONFLUENCE_EMAIL may view them`,
      });
    }
    if (wanted.size > 0) log.warn('spaces of CONFLUENCE_SPACES cannot be seen', { keys: [...wanted] });
    const spaces = await Promise.all(found.map(async ({ id, key }) => ({ id, key, readers: await readersOf(id) })));
    return new Map(spaces.map((space) => [space.id, space]));
  }

  async function readersOf(spaceId: string): Promise<readonly Principal[]> {
    const permissions = await site.permissions(spaceId);
    const hasRoles = readingRoles(permissions).size > 0;
    return spaceReaders(permissions, hasRoles ? await site.roleAssignments(spaceId) : []);
  }

  return {
    chosen(maxAgeMs) {
      const at = clock().getTime();
      if (latest !== null && at - latest.at < maxAgeMs) return latest.spaces;
      const asked = { at, spaces: ask() };
      latest = asked;
      // what failed is asked again the next time
      asked.spaces.catch(() => {
        if (latest === asked) latest = null;
      });
      return asked.spaces;
    },
  };
}

export function spaceWithKey(spaces: ReadonlyMap<string, ChosenSpace>, key: string): ChosenSpace | null {
  return [...spaces.values()].find((space) => space.key.toLowerCase() === key.toLowerCase()) ?? null;
}
