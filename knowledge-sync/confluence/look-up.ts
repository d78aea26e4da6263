import type { ListedDocument } from '#knowledge-ports.ts';
import { spaceOfDocument } from './chosen-page.ts';
import { lookUpIncludes } from './includes.ts';
import type { NoteBook } from './notes.ts';
import { revisionOf } from './revision.ts';
import type { Rights } from './rights.ts';
import type { Site } from './site.ts';
import type { Spaces } from './spaces.ts';
import { pageNode } from './tree.ts';

export interface LookUpDeps {
  readonly site: Site;
  readonly spaces: Spaces;
  readonly rights: Rights;
  readonly book: NoteBook;
  readonly labels: readonly string[];
}

/** Permissions of a space change seldom, and are asked for with each listing. */
const permissionsAgeMs = 60_000;
/** "No such page" is believed only when our account can see the spaces at that time: else it may see nothing at all. */
const doubtAgeMs = 5_000;

/**
 * The page as it would be listed now: itself, what is above it, and the restrictions of all of these, in two rounds of
 * requests (two and one for each level); one that is gone takes one.
 */
export async function lookUpPage(
  id: string,
  { site, spaces: all, rights, book, labels }: LookUpDeps,
): Promise<ListedDocument | null> {
  const [page, spaces] = await Promise.all([site.page(id, false), all.chosen(permissionsAgeMs)]);
  if (page === null) await all.chosen(doubtAgeMs);
  const space = page === null ? null : spaceOfDocument(page, { spaces, labels });
  if (page === null || space === null) return null;
  const node = pageNode(page);
  const [audience, refs] = await Promise.all([rights.now(node, space), book.includesOf(id)]);
  const inclusions = await lookUpIncludes(refs, audience, {
    site,
    spaces,
    audienceOf: (included, its) => rights.now(included, its),
  });
  return { id, revision: revisionOf(node, space.key, inclusions), audience };
}
