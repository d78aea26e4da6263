import { RemoteError } from '#errors.ts';
import { askAbove, outOfSight } from './above.ts';
import { openDatabases, queryDataSources } from './databases.ts';
import { explorePages } from './explore.ts';
import { bareId, readId } from './ids.ts';
import type { Parent } from './schema.ts';
import {
  add,
  addDataSource,
  addPage,
  remember,
  type Survey,
  type Surveyed,
  type SurveyOptions,
  take,
  tolerate,
} from './survey-state.ts';
import { isSeen, known, type Nodes, standingOf } from './tree.ts';

/**
 * Finds every page. Search tells most of them at a hundred a request, but not all, and what it does not tell need not be
 * gone. So the rows of every data source are listed, pages remembered but not told are asked for one by one, and the
 * content of pages that are new or edited is looked through for what is below them. When nothing changed, that is one
 * request for each hundred pages told, each hundred rows, and each page that search hides.
 */
export async function survey(options: SurveyOptions): Promise<Surveyed> {
  const state: Survey = {
    ...options,
    nodes: new Map(
      [...options.before].filter(([, node]) => node !== 'gone' && ['outside', 'block'].includes(node.kind)),
    ),
    pages: new Map(),
    toQuery: new Set(),
    toOpen: new Set(),
    toRetrieve: new Set(),
    explored: new Set(),
    asked: new Set(),
    failures: 0,
    unsure: new Set(),
  };
  await askSearch(state);
  // Each step in turn, the cheap ones first, until none finds anything more to ask for.
  const steps = [queryDataSources, openDatabases, askDeclared, askRemembered, retrievePages, explorePages, askForAbove];
  for (let step = 0; step < steps.length; ) step = (await steps[step]?.(state)) ? 0 : step + 1;
  const { nodes, pages, unsure } = state;
  return { nodes, pages, unsure };
}

async function askSearch(state: Survey): Promise<void> {
  for await (const result of state.client.search()) add(state, result);
}

/** A root that somebody declared and search does not tell: a page, a database or a data source. */
async function askDeclared(state: Survey): Promise<boolean> {
  const { nodes, before, audiences, client, toOpen, asked } = state;
  const roots = [...audiences.keys()].flatMap((key) => readId(key) ?? []);
  const missing = roots.filter((id) => nodes.get(id) !== 'gone' && !isSeen(nodes.get(id)) && !asked.has(id));
  for (const id of missing) {
    asked.add(id);
    const page = await orRejected(() => client.page(id));
    if (page !== null) addPage(state, page);
    else if ((await orRejected(() => client.database(id))) !== null) {
      asked.delete(id);
      toOpen.add(id);
    } else {
      const dataSource = await orRejected(() => client.dataSource(id));
      if (dataSource !== null) addDataSource(state, dataSource);
      else {
        nodes.set(id, outOfSight(before.get(id)));
        state.log.warn('a page of NOTION_AUDIENCES is not shared with the integration', { id: bareId(id) });
      }
    }
  }
  return missing.length > 0;
}

/** An id that is one of something else is refused. */
async function orRejected<T>(request: () => Promise<T | null>): Promise<T | null> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof RemoteError && error.kind === 'rejected') return null;
    throw error;
  }
}

/** What was there the last time and was not told of now. */
function askRemembered(state: Survey): Promise<boolean> {
  const { before, nodes, toRetrieve, toOpen, asked } = state;
  for (const [id, node] of before) {
    if (node === 'gone' || nodes.has(id) || asked.has(id)) continue;
    if (node.kind === 'page') toRetrieve.add(id);
    if (node.kind === 'database') toOpen.add(id);
    if (node.kind === 'data_source' && node.parent.kind === 'database' && !asked.has(node.parent.id)) {
      toOpen.add(node.parent.id);
    }
  }
  return Promise.resolve(toOpen.size > 0);
}

async function retrievePages(state: Survey): Promise<boolean> {
  const ids = take(state, state.toRetrieve);
  await Promise.all(ids.map((id) => retrievePage(state, id)));
  return ids.length > 0;
}

async function retrievePage(state: Survey, id: string): Promise<void> {
  remember(state, id);
  try {
    const above = await askAbove({ kind: 'page', id }, state.client, state);
    if (above.kind === 'page') addPage(state, above.thing);
  } catch (error) {
    // It is not listed now, and remembered as it was: that it cannot be asked for does not mean that it is gone.
    tolerate(state, error, id);
  }
}

/**
 * Whatever stands above a page and is not known yet, or was out of sight the last time. A page among it that search hides
 * is a page like any other. What cannot be asked for stays unknown, and pages below it are not listed now.
 */
async function askForAbove(state: Survey): Promise<boolean> {
  const { nodes, pages, audiences, asked } = state;
  placeBlocks(nodes);
  const missing = new Map<string, Parent>();
  for (const id of pages.keys()) {
    const standing = standingOf(id, nodes, audiences);
    if (standing.kind === 'gone') continue;
    const above = standing.kind === 'unknown' ? standing.missing : standing.outside;
    if (above !== null && !asked.has(above.id)) missing.set(above.id, above);
  }
  await Promise.all(Array.from(missing.values(), (above) => askFor(above, state)));
  return missing.size > 0;
}

async function askFor(above: Parent, state: Survey): Promise<void> {
  const { client, toRetrieve, toOpen, asked } = state;
  if (above.kind === 'page') toRetrieve.add(above.id);
  else if (above.kind === 'database') toOpen.add(above.id);
  else {
    asked.add(above.id);
    remember(state, above.id);
    await askAbove(above, client, state).catch((error: unknown) => tolerate(state, error, above.id));
  }
}

/** A page found below another one stands on it, in whatever block that is. */
function placeBlocks(nodes: Nodes): void {
  for (const [id, node] of nodes) {
    for (const child of node === 'gone' ? [] : node.children) {
      const below = nodes.get(child.id);
      if (below === undefined || below === 'gone' || below.parent.kind !== 'block') continue;
      nodes.set(below.parent.id, known('block', { parent: { kind: 'page', id } }));
    }
  }
}
