import { pageNode } from './above.ts';
import { readBody } from './body.ts';
import { collect } from './render.ts';
import { isSettled } from './revision.ts';
import type { Page } from './schema.ts';
import { type Survey, tolerate } from './survey-state.ts';
import type { Known, Showing } from './tree.ts';

/** Pages whose content is looked through before what was found is kept. */
const batch = 100;

/** Finds what is below pages: from the notes when they did not change, else by looking through their content. */
export async function explorePages(state: Survey): Promise<boolean> {
  const { pages, explored, nodes } = state;
  const next = [...pages.values()].filter(({ id }) => !explored.has(id));
  const changed: Page[] = [];
  for (const page of next) {
    if (!isUnchanged(page, nodes.get(page.id))) changed.push(page);
    else {
      explored.add(page.id);
      follow(state, page.id, false);
    }
  }
  const some = changed.slice(0, batch);
  for (const { id } of some) explored.add(id);
  const found = await Promise.all(some.map(async (page) => [page.id, await explore(state, page)] as const));
  const kept = new Map(found.flatMap(([id, node]) => (node === null ? [] : [[id, node] as const])));
  if (kept.size > 0) await state.keep(kept);
  return next.length > 0;
}

function isUnchanged({ last_edited_time: edited }: Page, node: Known | 'gone' | undefined): boolean {
  return node !== undefined && node !== 'gone' && node.edited !== '' && node.edited === edited;
}

const showNothing: Showing = { mayShow: () => false, nameOf: () => '' };

/** Looks through the content of a page; null when that failed, and is tried again by the next survey. */
async function explore(state: Survey, page: Page): Promise<Known | null> {
  const { client, nodes, clock } = state;
  const settled = isSettled(page.last_edited_time, clock());
  try {
    const nameOf = () => Promise.resolve(null);
    const parts = await readBody({ client, pageId: page.id, showing: showNothing, onlyChildren: true, nameOf });
    if (parts === null) return null;
    const { children, isComplete } = collect(parts);
    const edited = settled && isComplete ? (page.last_edited_time ?? '') : '';
    const node = { ...pageNode(page, nodes.get(page.id)), children: [...children], edited };
    nodes.set(page.id, node);
    follow(state, page.id, true);
    return node;
  } catch (error) {
    tolerate(state, error, page.id);
    return null;
  }
}

/** @param isFresh the children are as they are now, so one that was not shared before may be. */
function follow({ nodes, toRetrieve, toOpen, asked }: Survey, pageId: string, isFresh: boolean): void {
  const node = nodes.get(pageId);
  for (const { kind, id } of node === undefined || node === 'gone' ? [] : node.children) {
    const child = nodes.get(id);
    const isNews = child === undefined || (isFresh && child !== 'gone' && child.kind === 'outside');
    if (isNews && !asked.has(id)) (kind === 'page' ? toRetrieve : toOpen).add(id);
  }
}
