import { createPage } from './edits.ts';
import { articleId, idFrom } from './ids.ts';
import type { Place, Seed } from './model.ts';
import type { Workspace } from './workspace.ts';

/**
 * Adds the articles that are not there yet, each below pages with the titles of its path. Pages at the top are shared
 * with the integration, and with them all below. What was changed or trashed since stays as it is.
 */
export function seedArticles(seeds: readonly Seed[], workspace: Workspace): void {
  const { store } = workspace;
  const days = latestDays(seeds);
  for (const seed of seeds) {
    const id = articleId(seed.key);
    if (store.page(id) !== null) continue;
    const parent = section(seed.path, days, workspace);
    createPage({ id, key: seed.key, parent, title: seed.title, markdown: seed.markdown }, at(seed.updated, workspace));
  }
  // adding a page is an edit of the page above it: sections are as old as what is in them
  for (const [words, day] of days) {
    const page = store.page(idFrom('section', ...(JSON.parse(words) as string[])));
    if (page !== null && page.version === 1 && page.edited <= timeOf(day)) store.put({ ...page, edited: timeOf(day) });
  }
}

/** The page at the end of the path; made with all above it when it is not there. */
function section(path: readonly string[], days: ReadonlyMap<string, string>, workspace: Workspace): Place {
  const title = path.at(-1);
  if (title === undefined) return { kind: 'workspace' };
  const id = idFrom('section', ...path);
  if (workspace.store.page(id) === null) {
    const parent = section(path.slice(0, -1), days, workspace);
    createPage({ id, parent, title }, at(days.get(JSON.stringify(path)) ?? '', workspace));
  }
  return { kind: 'page', id };
}

/** By path: the last day on which something below it was written. */
function latestDays(seeds: readonly Seed[]): Map<string, string> {
  const days = new Map<string, string>();
  for (const { path, updated } of seeds)
    for (let depth = 1; depth <= path.length; depth += 1) {
      const words = JSON.stringify(path.slice(0, depth));
      const before = days.get(words) ?? '';
      days.set(words, updated > before ? updated : before);
    }
  return days;
}

/** The workspace on the morning of that day; nobody is told what happens then. */
function at(day: string, workspace: Workspace): Workspace {
  return { ...workspace, now: () => new Date(timeOf(day)), happened: () => undefined };
}

function timeOf(day: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(day) ? `${day}T09:00:00.000Z` : '2026-01-01T09:00:00.000Z';
}
