import type { Clock, Log } from '#ports.ts';
import type { Notes } from './notes.ts';
import { foundRestriction, type Restriction } from './restriction.ts';
import type { Found } from './schema.ts';
import { searchSize, type Site } from './site.ts';
import type { ChosenSpace } from './spaces.ts';
import type { PageNode } from './tree.ts';

/** What a search is to tell of each page. */
const expand = 'version,restrictions.read.restrictions.user,restrictions.read.restrictions.group';
/** The index is behind, and counts in minutes. */
const overlapMinutes = 15;

export interface Sweep {
  readonly site: Site;
  readonly clock: Clock;
  readonly log: Log;
  readonly sweepMs: number;
  /** Changed in place. */
  readonly notes: Omit<Notes, 'includes'>;
  readonly spaces: ReadonlyMap<string, ChosenSpace>;
}

/**
 * Pages that changed since the latest listing, by search, with their restrictions: most new versions then need no
 * request of their own, and a page that the listing does not have yet can be asked for. Nothing when all restrictions
 * are asked for anyway.
 *
 * Search counts in minutes, is behind, and reads dates in the account's time zone: so it is asked relative to now, with
 * an overlap of a quarter of an hour, and what it tells counts by the page's version, whenever it comes. Newest first,
 * so that it ends where a hundred pages in a row are known already.
 */
export async function changedPages({ site, clock, notes, spaces, sweepMs }: Sweep): Promise<readonly Found[]> {
  const begun = notes.listing.get('begun');
  const now = clock().getTime();
  const isSweepDue = [...spaces.keys()].every((id) => isDue(notes.sweeps.get(id), now, sweepMs));
  if (begun === undefined || isSweepDue) return [];
  const minutes = Math.ceil((now - begun) / 60_000) + overlapMinutes;
  const keys = [...spaces.values()].map(({ key }) => quoted(key)).join(',');
  const cql = `space in (${keys}) and type = page and lastmodified >= now("-${minutes}m") order by lastmodified desc`;
  const found: Found[] = [];
  let known = 0;
  for await (const page of site.search(cql, expand)) {
    found.push(page);
    known = notes.pages.get(page.id)?.version === page.version?.number ? known + 1 : 0;
    if (known === searchSize) break;
  }
  return found;
}

/**
 * Brings the restrictions of the pages up to date: all of a space when its sweep is due, since setting a restriction
 * makes no new version; else those of the pages that are new or have a new version.
 */
export async function sweepRestrictions(
  sweep: Sweep,
  pages: readonly PageNode[],
  changed: readonly Found[],
): Promise<void> {
  const { notes, spaces, clock, sweepMs, site } = sweep;
  const versions = new Map(pages.map(({ id, version }) => [id, version]));
  const note = (found: Found): boolean => {
    const version = versions.get(found.id);
    const restriction = foundRestriction(found);
    if (version === undefined || restriction === null) return false;
    notes.pages.set(found.id, { version, restriction });
    return true;
  };
  for (const found of changed) note(found);
  for (const { id: spaceId, key } of spaces.values()) {
    const at = clock().getTime();
    if (!isDue(notes.sweeps.get(spaceId), at, sweepMs)) continue;
    const seen = new Set<string>();
    for await (const found of site.search(`space = ${quoted(key)} and type = page`, expand)) {
      if (note(found)) seen.add(found.id);
    }
    for (const page of pages) if (page.spaceId === spaceId && !seen.has(page.id)) notes.pages.delete(page.id);
    notes.sweeps.set(spaceId, at);
  }
  const stale = pages.filter(({ id, version }) => notes.pages.get(id)?.version !== version);
  await askFor(sweep, stale, note);
}

/** By search, a hundred at once; what the index does not have yet, or not all of, by the page itself. */
async function askFor(
  { site, notes, log }: Sweep,
  stale: readonly PageNode[],
  note: (found: Found) => boolean,
): Promise<void> {
  const left = new Map(stale.map((page) => [page.id, page]));
  for (let from = 0; from < stale.length; from += searchSize) {
    const ids = stale.slice(from, from + searchSize).map(({ id }) => id);
    for await (const found of site.search(`id in (${ids.join(',')})`, expand)) if (note(found)) left.delete(found.id);
  }
  await Promise.all(
    Array.from(left.values(), async ({ id, version }) => {
      const restriction: Restriction = (await site.restriction(id)) ?? 'unknown';
      if (restriction === 'unknown') log.warn('the restrictions of a page cannot be read: nobody may read it', { id });
      notes.pages.set(id, { version, restriction });
    }),
  );
}

export function isDue(at: number | undefined, now: number, everyMs: number): boolean {
  return at === undefined || now - at >= everyMs;
}

/** A text in CQL. https://developer.atlassian.com/cloud/confluence/cql-functions/ */
export function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}
