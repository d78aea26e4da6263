import type { ListedDocument } from '#knowledge-ports.ts';
import type { Clock, Log } from '#ports.ts';
import { climb } from './climb.ts';
import { type Directory, namedIn } from './directory.ts';
import type { Known, Seen } from './known.ts';
import { listedDocuments } from './listed.ts';
import type { NoteBook, Notes } from './notes.ts';
import type { GroupRef, Restriction } from './restriction.ts';
import type { Found } from './schema.ts';
import type { Site } from './site.ts';
import type { ChosenSpace, Spaces } from './spaces.ts';
import { changedPages, quoted, type Sweep, sweepRestrictions } from './sweep.ts';
import { isPage, type Node, type PageNode, pageNode } from './tree.ts';

/** All that is there at a time. */
export interface Survey {
  readonly documents: readonly ListedDocument[];
  /** Every group that may be named in an audience. */
  readonly groups: readonly GroupRef[];
}

export interface SurveyDeps {
  readonly site: Site;
  readonly spaces: Spaces;
  readonly directory: Directory;
  readonly known: Known;
  readonly book: NoteBook;
  readonly clock: Clock;
  readonly log: Log;
  /** None: all pages. */
  readonly labels: readonly string[];
  readonly sweepMs: number;
}

/** Pages that search has and the listing has not are asked for one by one: more of them than this are none of a moment. */
const mostMissing = 100;

/**
 * Looks at all the chosen spaces. With nothing changed it takes the pages of the listing (250 pages each), one search,
 * and for each space its permissions; every `sweepMs` a search for each space besides (100 pages at once).
 *
 * @throws RemoteError; then nothing is noted, and what was known stays.
 */
export async function takeSurvey(deps: SurveyDeps): Promise<Survey> {
  const listing = deps.known.beginListing();
  try {
    const { seen, survey } = await lookAtAll(deps, listing.learned);
    listing.finish(seen);
    return survey;
  } catch (error) {
    listing.finish(null);
    throw error;
  }
}

async function lookAtAll(deps: SurveyDeps, learned: Seen): Promise<{ seen: Seen; survey: Survey }> {
  const { clock, book, directory } = deps;
  const begun = clock().getTime();
  const notes = await book.load();
  const spaces = await deps.spaces.chosen(0);
  const sweep: Sweep = { ...deps, notes, spaces };
  const nodes = await listPages(deps, spaces);
  const changed = await changedPages(sweep);
  await addMissing(deps, { nodes, spaces, changed });
  const pageIds = [...nodes.keys()];
  await sweepRestrictions(sweep, pagesAmong(nodes, pageIds), changed);
  const wanted = await documentIds(deps, spaces, pageIds);
  await climb(sweep, nodes);
  const readers = Array.from(spaces.values(), (space) => space.readers).flat();
  await directory.learn(namedIn(readers, restrictionsOf(notes).values()));
  // From here on nothing is waited for: what was learned meanwhile is in what is told and in what is noted.
  addLearned(learned, { nodes, notes });
  forgetOthers(notes, { pageIds: new Set(pageIds), nodes, spaces });
  notes.listing.set('begun', begun);
  const restrictions = restrictionsOf(notes);
  const pages = pagesAmong(nodes, pageIds);
  const documents = listedDocuments(
    { nodes, restrictions, spaces, pages, wanted, includes: notes.includes },
    directory,
  );
  const { groups } = namedIn(readers, restrictions.values());
  await book.save(notes);
  for (const id of notes.includes.keys()) if (!nodes.has(id)) await book.put('includes', id, null);
  return { seen: { nodes, restrictions }, survey: { documents, groups } };
}

async function listPages({ site }: SurveyDeps, spaces: ReadonlyMap<string, ChosenSpace>): Promise<Map<string, Node>> {
  const nodes = new Map<string, Node>();
  await Promise.all(
    Array.from(spaces.keys(), async (spaceId) => {
      for await (const page of site.pages(spaceId)) {
        if (page.status === 'current' && page.spaceId === spaceId) nodes.set(page.id, pageNode(page));
      }
    }),
  );
  return nodes;
}

/** A listing in pages moves while it is read: what search has newer, or has alone, is asked for by itself. */
async function addMissing(
  { site }: SurveyDeps,
  {
    nodes,
    spaces,
    changed,
  }: { nodes: Map<string, Node>; spaces: ReadonlyMap<string, ChosenSpace>; changed: readonly Found[] },
): Promise<void> {
  const newer = changed.filter(({ id, version }) => {
    const node = nodes.get(id);
    return node === undefined || !isPage(node) || node.version < (version?.number ?? 0);
  });
  await Promise.all(
    newer.slice(0, mostMissing).map(async ({ id }) => {
      const page = await site.page(id, false);
      if (page?.status === 'current' && spaces.has(page.spaceId)) nodes.set(id, pageNode(page));
    }),
  );
}

/** Ids of the pages that are documents: by their labels, or all. The others are needed for what is below them. */
async function documentIds(
  { site, labels }: SurveyDeps,
  spaces: ReadonlyMap<string, ChosenSpace>,
  pageIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (labels.length === 0) return new Set(pageIds);
  const keys = Array.from(spaces.values(), ({ key }) => quoted(key)).join(',');
  const cql = `space in (${keys}) and type = page and label in (${labels.map(quoted).join(',')})`;
  const ids = new Set<string>();
  for await (const { id } of site.search(cql, 'version')) ids.add(id);
  return ids;
}

function pagesAmong(nodes: ReadonlyMap<string, Node>, ids: readonly string[]): readonly PageNode[] {
  return ids.flatMap((id) => {
    const node = nodes.get(id);
    return node !== undefined && isPage(node) ? [node] : [];
  });
}

function addLearned({ nodes, restrictions }: Seen, to: { nodes: Map<string, Node>; notes: Notes }): void {
  for (const [id, node] of nodes) to.nodes.set(id, node);
  for (const [id, restriction] of restrictions) {
    const page = to.notes.pages.get(id);
    const other = to.notes.above.get(id);
    if (page !== undefined) to.notes.pages.set(id, { ...page, restriction });
    if (other !== undefined) to.notes.above.set(id, { ...other, restriction });
  }
}

function forgetOthers(
  notes: Notes,
  there: { pageIds: ReadonlySet<string>; nodes: ReadonlyMap<string, Node>; spaces: ReadonlyMap<string, ChosenSpace> },
): void {
  for (const id of notes.pages.keys()) if (!there.pageIds.has(id)) notes.pages.delete(id);
  for (const id of notes.above.keys()) if (!there.nodes.has(id)) notes.above.delete(id);
  for (const id of notes.sweeps.keys()) if (!there.spaces.has(id)) notes.sweeps.delete(id);
}

function restrictionsOf({ pages, above }: Notes): Map<string, Restriction> {
  const notes = [...above.entries(), ...pages.entries()];
  return new Map(notes.map(([id, { restriction }]) => [id, restriction]));
}
